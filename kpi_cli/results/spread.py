"""Headings that stand over several columns of figures: nobody can say which of them is meant.

Such a heading is merged over the columns, or has none to its right and words below it that tell them apart (last year
and this year, target and result).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from kpi_cli.results.cells import Kind, Merged, RawCell, Row
from kpi_cli.results.headers import Role
from kpi_cli.results.tables import LEADING_ROWS, HeaderCell, Table, may_be_figure


def mark_spread(table: Table, header_rows: Sequence[Row]) -> Table:
    """The table, with each measure's heading marked that stands over other columns in which figures stand."""
    surroundings = _look_around(table, header_rows)
    cells = [cell for cell in table.header.cells if cell.claim is not None and cell.claim.role is Role.MEASURE]
    beside = {cell.column: {*surroundings.list_merged(cell), *surroundings.list_told_apart(cell)} for cell in cells}
    filled = table.find_filled(sorted(set().union(*beside.values())), may_be_figure)
    spread = {column for column, others in beside.items() if not filled.keys().isdisjoint(others)}
    if not spread:
        return table
    marked = (cell._replace(spread=True) if cell.column in spread else cell for cell in table.header.cells)
    return table._replace(header=replace(table.header, cells=tuple(marked)))


class _Surroundings(NamedTuple):
    """What stands around the headings of a table.

    The columns that have a heading of their own are `claimed`; what is `merged` in the header is listed by its first
    column.
    """

    header_rows: Sequence[Row]
    sub_rows: Sequence[_SubRow]
    claimed: set[int]
    merged: Mapping[int, list[Merged]]
    width: int

    def list_merged(self, cell: HeaderCell) -> Iterator[int]:
        """The other columns over which a heading is merged."""
        for merged in self.merged.get(cell.column, ()):
            if merged.top <= cell.row <= merged.bottom:
                yield from (each for each in range(merged.left, merged.right + 1) if each not in self.claimed)

    def list_told_apart(self, cell: HeaderCell) -> Iterator[int]:
        """The columns without a heading to the right of one, with words below it."""
        rows = [row for row in self.header_rows if row.number > cell.row]
        for below in self.sub_rows:
            if not below.may_stand_below(cell):
                break
            rows.append(below.row)
        yield from (each for each in self._list_untitled(cell) if any(_is_word(row.cell(each)) for row in rows))

    def _list_untitled(self, cell: HeaderCell) -> Iterator[int]:
        own = next(row for row in self.header_rows if row.number == cell.row)
        right = range(cell.column + 1, self.width)
        return takewhile(lambda each: own.cell(each).kind is Kind.BLANK and each not in self.claimed, right)


def _look_around(table: Table, header_rows: Sequence[Row]) -> _Surroundings:
    claimed = {cell.column for cell in table.header.cells if cell.claims}
    merged: defaultdict[int, list[Merged]] = defaultdict(list)
    for one in table.sheet.merged:
        if one.top <= header_rows[-1].number and one.bottom >= header_rows[0].number:
            merged[one.left].append(one)
    sub_rows = tuple(_list_sub_rows(table))
    # The last heading may stand over columns beyond the header: a blank cell at the end of a row is not stored.
    width = max(table.header.width, *(len(each.row.cells) for each in sub_rows), 0)
    return _Surroundings(header_rows, sub_rows, claimed, merged, width)


class _SubRow(NamedTuple):
    """A row below the header without a figure; `named` where something stands in the column of names."""

    row: Row
    named: bool

    def may_stand_below(self, cell: HeaderCell) -> bool:
        """Whether it may tell the columns of a heading apart: somebody's row has words for figures then."""
        return not self.named or _is_word(self.row.cell(cell.column))


def _list_sub_rows(table: Table) -> Iterator[_SubRow]:
    header = table.header
    identity = header.columns(Role.ENTITY) + header.columns(Role.CODE)
    measures = [column for _, column in header.measures]
    for row in table.rows[:LEADING_ROWS]:
        if any(may_be_figure(row.cell(each)) for each in measures):
            return
        yield _SubRow(row, any(row.cell(column).kind is not Kind.BLANK for column in identity))


def _is_word(cell: RawCell) -> bool:
    return cell.kind is Kind.TEXT and not may_be_figure(cell)
