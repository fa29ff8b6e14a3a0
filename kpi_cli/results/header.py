"""Where the tables of a sheet begin, and what each of their columns holds. The header row is found, not assumed.

A table begins at a row that names the entity's column and, in that row or just below, a measure. The rows that follow
it at once and claim columns too belong to the header: titles for people may stand above the ids for programs, and a
cell merged over two rows stands in the upper one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat

from kpi_cli.results.cells import Kind, RawCell, Row, Sheet
from kpi_cli.results.headers import Claim, HeaderIndex, Role
from kpi_cli.results.spread import mark_spread
from kpi_cli.results.tables import Header, HeaderCell, Table, may_be_figure

_HEADER_ROWS = 4
_IDENTITY = frozenset({Role.ENTITY, Role.CODE})
_NAMING = _IDENTITY | {Role.LONG_ENTITY}
_LONG = frozenset({Role.MEASURE_NAME, Role.VALUE})
_LONG_ONLY = _LONG | {Role.LONG_ENTITY}


def find_tables(sheet: Sheet, headers: HeaderIndex) -> tuple[Table, ...]:
    """The tables of a sheet, from the top; none where no row is a header."""
    rows = sheet.rows
    claims = _list_claims(rows, headers)
    blocks = [*_find_blocks(rows, claims), (len(rows), len(rows))]
    found = []
    for (start, stop), (end, _) in pairwise(blocks):
        table = Table(sheet, _read_header(rows, claims, start, stop), rows[stop:end])
        found.append(_end_at_stray(mark_spread(table, rows[start:stop]), claims[stop:end]))
    return tuple(found)


def _end_at_stray(table: Table, claims: Sequence[Claims]) -> Table:
    """The table up to the row that would be a header if it named an entity and a measure, where figures follow it."""
    header = table.header
    measures = [column for _, column in header.measures]
    if not measures:
        return table
    identity = header.columns(Role.ENTITY) + header.columns(Role.CODE)
    found = (place for place, each in enumerate(claims) if each and _is_stray(each, identity, measures))
    place = next((each for each in found if not _has_figure(table.rows[each], measures, claims[each])), None)
    if place is None or not any(_has_figure(row, measures) for row in table.rows[place + 1 :]):
        return table
    return table._replace(rows=table.rows[:place], stray=table.rows[place])


def _has_figure(row: Row, measures: Iterable[int], claims: Collection[int] = ()) -> bool:
    """Whether a figure may stand under any of `measures`; what claims a column is none."""
    return any(column not in claims and may_be_figure(row.cell(column)) for column in measures)


def _is_stray(claims: Claims, identity: Iterable[int], measures: Iterable[int]) -> bool:
    """Whether a word for the entity stands where a name would, or a measure's title where its figure would."""
    names = any(claim.role in _NAMING for column in identity for claim in claims.get(column, ()))
    return names or any(claim.role is Role.MEASURE for column in measures for claim in claims.get(column, ()))


Claims = dict[int, tuple[Claim, ...]]


def row_claims(row: Row, headers: HeaderIndex) -> Claims:
    """What the texts of a row claim, by column."""
    (claims,) = _list_claims((row,), headers)
    return claims


_NO_CLAIMS: Claims = {}
_BATCH = 16_384
"""Rows that are looked at together: of a long table nearly none claims anything."""


def _list_claims(rows: Sequence[Row], headers: HeaderIndex) -> list[Claims]:
    """What each row claims, as few rows of a long table do; of many rows each cell is looked at once."""
    text = Kind.TEXT  # to look it up for every cell takes longer than all else that is asked of it
    known: dict[RawCell, tuple[Claim, ...]] = {}
    listed: list[Claims] = []
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        cells: set[RawCell] = set().union(*(row.cells for row in batch))
        texts = [cell for cell in cells if cell.kind is text]
        claims = headers.find_all([cell.text for cell in texts])
        if claims:
            known.update({cell: claims[cell.text] for cell in texts if cell.text in claims})
        if cells.isdisjoint(known):
            listed += repeat(_NO_CLAIMS, len(batch))
        else:
            listed += [_NO_CLAIMS if known.keys().isdisjoint(row.cells) else _claim_row(row, known) for row in batch]
    return listed


def _claim_row(row: Row, known: Mapping[RawCell, tuple[Claim, ...]]) -> Claims:
    return {column: known[cell] for column, cell in enumerate(row.cells) if cell in known}


def _find_blocks(rows: Sequence[Row], claims: Sequence[Claims]) -> Iterator[tuple[int, int]]:
    """The headers, each as the rows from `start` up to but not including `stop`."""
    position = 0
    while position < len(rows):
        may_start = claims[position] and _may_start(claims[position])
        stop = _end_of_header(rows, claims, position) if may_start else position
        if stop > position and _is_header(claims[position:stop]):
            yield position, stop
            position = stop
        else:
            position += 1


def _may_start(claims: Claims) -> bool:
    # One measure alone is the title of a sheet, and stands above any column.
    return len(claims) > 1 or bool(_roles([claims]) & _IDENTITY)


def _end_of_header(rows: Sequence[Row], claims: Sequence[Claims], start: int) -> int:
    stop = start + 1
    identity = _identity_columns(claims[start])
    for position in range(start + 1, min(start + _HEADER_ROWS, len(rows))):
        if _has_name(rows[position], identity - _identity_columns(claims[position])):
            break
        if _roles(claims[position : position + 1]) - {Role.COMPUTED}:
            stop = position + 1
        elif any(map(may_be_figure, rows[position].cells)):
            break
    return stop


def _identity_columns(claims: Claims) -> set[int]:
    return {column for column, found in claims.items() for claim in found if claim.role in _NAMING}


def _has_name(row: Row, columns: Iterable[int]) -> bool:
    return any(row.cell(column).kind is not Kind.BLANK for column in columns)


def _roles(claims: Sequence[Claims]) -> set[Role]:
    return {claim.role for row in claims for found in row.values() for claim in found}


def _is_header(claims: Sequence[Claims]) -> bool:
    roles = _roles(claims)
    return (bool(roles & _IDENTITY) and (Role.MEASURE in roles or roles >= _LONG)) or roles >= _LONG_ONLY


def _read_header(rows: Sequence[Row], claims: Sequence[Claims], start: int, stop: int) -> Header:
    # Of rows that claim equally many columns the last one counts: it is the row of ids of a template.
    anchor = max(range(start, stop), key=lambda position: (len(claims[position]), position))
    width = max(len(row.cells) for row in rows[start:stop])
    cells = (_read_column(rows[start:stop], claims[start:stop], anchor - start, column) for column in range(width))
    header = tuple(cell for cell in cells if cell is not None)
    dropped = _list_strangers(header)
    return Header(tuple(_drop_strangers(cell, dropped) for cell in header), width)


def _list_strangers(header: Sequence[HeaderCell]) -> frozenset[Role]:
    """The roles that say nothing here: those of the long layout in a wide one, and its อำเภอ beside an entity."""
    roles = {cell.claim.role for cell in header if cell.claim}
    if Role.MEASURE in roles:
        return _LONG_ONLY
    return frozenset({Role.LONG_ENTITY}) if roles & _IDENTITY else frozenset()


def _read_column(rows: Sequence[Row], claims: Sequence[Claims], anchor: int, column: int) -> HeaderCell | None:
    """The header of one column, by ids before titles; None where there is none."""
    # A heading above a cell that claims nothing stands over a group of columns, and says nothing of this one.
    heading = rows[anchor].cell(column).kind is not Kind.BLANK and column not in claims[anchor]
    positions = range(anchor if heading else 0, len(rows))
    groups = {position for position in positions if _stands_over_group(rows, claims, position, column)}
    said = [(position, claim) for position in positions for claim in claims[position].get(column, ())]
    found = [pair for pair in said if pair[0] not in groups]
    by_id = [pair for pair in found if pair[1].by_id]
    computed = [pair for pair in by_id if pair[1].role is Role.COMPUTED]  # no title of a measure looks like one
    chosen = computed or by_id or found
    texts = [position for position in positions if rows[position].cell(column).kind is not Kind.BLANK]
    if not texts:
        return None
    position = chosen[-1][0] if chosen else anchor if anchor in texts else texts[-1]
    distinct = tuple(dict.fromkeys(claim for _, claim in chosen))
    overruled = _find_overruled(rows, claims, position, column) if by_id else ""
    return HeaderCell(rows[position].number, column, rows[position].cell(column).text, distinct, overruled=overruled)


def _stands_over_group(rows: Sequence[Row], claims: Sequence[Claims], position: int, column: int) -> bool:
    """Whether a title has none beside it, and titles of measures below it: it is that of a group of columns."""
    below = position + 1
    if below == len(rows) or rows[position].cell(column + 1).kind is not Kind.BLANK:
        return False
    return bool(_measures_of(claims[below], column)) and rows[below].cell(column + 1).kind is not Kind.BLANK


def _find_overruled(rows: Sequence[Row], claims: Sequence[Claims], position: int, column: int) -> str:
    """The title above an id where it is that of another measure; a heading over several columns is none."""
    own = _measures_of(claims[position], column)
    above = next((each for each in reversed(range(position)) if _measures_of(claims[each], column)), None)
    if not own or above is None or own & _measures_of(claims[above], column):
        return ""
    return "" if rows[above].cell(column + 1).kind is Kind.BLANK else rows[above].cell(column).text


def _measures_of(claims: Claims, column: int) -> set[str]:
    return {claim.measure for claim in claims.get(column, ()) if claim.role is Role.MEASURE}


def _drop_strangers(cell: HeaderCell, dropped: frozenset[Role]) -> HeaderCell:
    """The cell without what does not hold in this layout."""
    held = (claim for claim in cell.claims if claim.role not in dropped)
    return cell._replace(
        claims=tuple(Claim(Role.ENTITY) if claim.role is Role.LONG_ENTITY else claim for claim in held)
    )
