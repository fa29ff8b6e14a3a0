"""The rows of a table to what each says of an entity, in either layout; rows that say nothing are accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.model.names import clean_header
from kpi_cli.results.cells import Kind, RawCell, Row, make_picker, shorten_text
from kpi_cli.results.entities import Named
from kpi_cli.results.header import Table
from kpi_cli.results.headers import Role
from kpi_cli.results.merged_cells import Cover, MergedCells
from kpi_cli.results.reading import Reading, Refusal
from kpi_cli.results.row_identity import find_home_cover, identify_row
from kpi_cli.results.set_index import CellReading, CellReadings, SetIndex, crosses_threshold, take_reading
from kpi_cli.results.words import DASHES
from kpi_cli.scoring.figures import Answer, Figure, FigureRow, Layout

NOBODY = "-"
"""Stands for the name in what is said of a row without one."""


class CodeCell(NamedTuple):
    """The code that stands beside a name that is on no roster, and where; spellings of one code have one `key`."""

    key: str
    raw: str
    place: Place


class RowFigures(NamedTuple):
    """What one row says of one entity; of a measure with two columns in two of these."""

    named: Named
    figures: Mapping[str, Figure]
    code: CodeCell | None = None


Said: TypeAlias = RowFigures | Diagnostic


class _Line(NamedTuple):
    """A row whose cells were read: what was found for each of `measures`, each in its column.

    `covers` are what is merged over some of the columns from other rows.
    """

    row: Row
    measures: tuple[tuple[str, int], ...]
    found: Sequence[CellReading]
    covers: Mapping[int, Cover] = {}


_Report: TypeAlias = Callable[[_Line], Iterable[Mapping[str, Figure]]]

_BATCH = 4_096
"""Rows whose cells are laid out in columns at a time; it bounds the memory that they take."""

_read_speaks, _read_notable = attrgetter("speaks"), attrgetter("notable")


def read_table(table: Table, index: SetIndex) -> Iterator[Said]:
    """What each row of `table` says, with every refusal and note, in the order of the rows."""
    merged = MergedCells(table)
    if table.header.columns(Role.VALUE):
        yield from _read_long(table, merged, index)
        return
    report = _prepare_report(table, index)
    for line in _read_cells(table, index):
        yield from _read_line(table, _cover_line(line, merged, index), merged, index, report)


def _read_cells(table: Table, index: SetIndex) -> Iterator[_Line]:
    """The rows with what each cell says, read column by column: a column has few different cells, or numbers alike."""
    measures = table.header.measures
    for start in range(0, len(table.rows), _BATCH):
        rows = table.rows[start : start + _BATCH]
        columns = tuple(zip(*(row.fill(table.header.width) for row in rows), strict=False))
        found = [map(index.readings[name].__getitem__, columns[column]) for name, column in measures]
        lines = zip(*found, strict=True) if found else repeat(())
        yield from (_Line(row, measures, readings) for row, readings in zip(rows, lines, strict=False))


def _prepare_report(table: Table, index: SetIndex) -> _Report:
    """A function to the figures of a row; of measures with two columns those of the second are apart."""
    measures = table.header.measures
    first = {name: number for number, (name, _) in reversed(list(enumerate(measures)))}
    names = tuple(index.owner)
    arrange: Callable[[Sequence[Answer]], tuple[Answer, ...]]
    arrange = make_picker([first.get(name, len(measures)) for name in names])
    positions = {name: first[name] for name in names if name in first}
    columns = {name: measures[number][1] for name, number in first.items()}
    sheet = table.sheet._replace(rows=())  # the figures outlive the rows, which take most of the memory
    layout = Layout(names, positions, arrange, lambda row, name: sheet.cell_name(row, columns[name]))
    second = [number for number, (name, _) in enumerate(measures) if first[name] != number]

    def report(line: _Line) -> Iterable[Mapping[str, Figure]]:
        yield FigureRow(layout, line.row.number, line.found)
        yield from (_place_figure(table, line, number) for number in second)

    return report


def _place_figure(table: Table, line: _Line, number: int) -> Mapping[str, Figure]:
    name, column = line.measures[number]
    return {name: line.found[number].at(table.sheet.cell_name(line.row.number, column))}


def _cover_line(line: _Line, merged: MergedCells, index: SetIndex) -> _Line:
    """The line, with a refusal for each cell that only seems to hold what is merged over it from another row."""
    found = ((column, merged.find_cover(line.row, column)) for _, column in line.measures) if merged else ()
    covers = {column: cover for column, cover in found if cover is not None}
    if not covers:
        return line
    each = zip(line.measures, line.found, strict=True)
    refused = (
        _refuse_covered(covers[column], index.readings[name]) if column in covers else reading
        for (name, column), reading in each
    )
    return line._replace(found=tuple(refused), covers=covers)


def _refuse_covered(cover: Cover, readings: CellReadings) -> CellReading:
    params = {"range": str(cover.range), "raw": shorten_text(cover.seen.text)}
    refused = Reading(refusal=Refusal("cell-merged", "", params))
    return take_reading(refused, speaks=readings[cover.seen].speaks)


def _read_line(table: Table, line: _Line, merged: MergedCells, index: SetIndex, report: _Report) -> Iterator[Said]:
    row, own = line.row, _drop_continued(table, line, merged)
    named = identify_row(table, row, index.entities, merged, speaks=any(map(_read_speaks, own.found)))
    surplus = _list_surplus(table, row)
    if isinstance(named, Named) and surplus:
        yield _refuse_length(table, row, named, surplus)
        yield RowFigures(named, {})
    elif isinstance(named, Named):
        yield from _describe_line(table, line, named.entity.name, index)
        code = None if index.entities.has_roster else _find_code(table, row)
        for figures in report(line):
            yield RowFigures(named, figures, code)
    elif isinstance(named, Diagnostic):
        yield named
        if named.severity is Severity.ERROR:
            # The refusals of a row that is refused itself: once it has a name they would come up only in the next run.
            refused = own._replace(found=[reading if reading.refusal else _NO_WORD for reading in own.found])
            yield from _describe_line(table, refused, str(named.params.get("entity", NOBODY)), index)


_NO_WORD = take_reading(Reading(), speaks=False)


def _list_surplus(table: Table, row: Row) -> list[int]:
    """The filled cells of a csv row beyond the header: where a comma cut a figure in two, all after it are moved."""
    if not table.sheet.is_csv:
        return []
    beyond = range(table.header.width, len(row.cells))
    return [column for column in beyond if row.cells[column].kind is not Kind.BLANK]


def _refuse_length(table: Table, row: Row, named: Named, surplus: list[int]) -> Diagnostic:
    raw = shorten_text(row.cell(surplus[0]).text)
    params = {"entity": named.entity.name, "raw": raw, "count": len(surplus)}
    return Diagnostic("row-too-long", Severity.ERROR, table.sheet.place(row.number, surplus[0]), params)


def _drop_continued(table: Table, line: _Line, merged: MergedCells) -> _Line:
    """Without the cells that are merged with the very row with which the name is: they say nothing of their own."""
    home = find_home_cover(table, line.row, merged)
    if home is None:
        return line
    continued = {column for column, cover in line.covers.items() if cover.range.top == home.range.top}
    each = zip(line.measures, line.found, strict=True)
    own = [(measure, reading) for measure, reading in each if measure[1] not in continued]
    return line._replace(measures=tuple(measure for measure, _ in own), found=[reading for _, reading in own])


def _find_code(table: Table, row: Row) -> CodeCell | None:
    for column in table.header.columns(Role.CODE):
        text = row.cell(column).text
        key = clean_header(text)
        if key.strip(DASHES):
            # A spreadsheet drops the zeros before a code that it takes for a number.
            return CodeCell(key.lstrip("0"), shorten_text(text), table.sheet.place(row.number, column))
    return None


def _describe_line(table: Table, line: _Line, name: str, index: SetIndex) -> Iterator[Diagnostic]:
    """What is to be said of the cells of a row."""
    if any(map(_read_notable, line.found)):
        for (measure, column), found in zip(line.measures, line.found, strict=True):
            if found.notable:
                place = table.sheet.place(line.row.number, column)
                yield from _describe_reading(found, place, name, measure, index)


def _describe_reading(
    found: CellReading, place: Place, name: str, measure: str, index: SetIndex
) -> Iterator[Diagnostic]:
    said = {"entity": name, "measure": measure, "raw": found.raw}
    indicator, refusal, value, shown = index.owner[measure], found.refusal, found.answer, found.displayed
    if refusal is not None:
        params = {**said, **refusal.params}
        yield Diagnostic(refusal.code, Severity.ERROR, place, params, refusal.variant, indicator=indicator)
    elif (
        isinstance(value, Decimal)
        and shown is not None
        and crosses_threshold(index.thresholds[measure], value=value, shown=shown)
    ):
        params = {**said, "value": value, "displayed": shown}
        yield Diagnostic("display-rounding", Severity.NOTE, place, params, indicator=indicator)


def _read_long(table: Table, merged: MergedCells, index: SetIndex) -> Iterator[Said]:
    names = table.header.columns(Role.MEASURE_NAME)
    values = table.header.columns(Role.VALUE)
    if len(names) != 1 or len(values) != 1:
        yield Diagnostic("ambiguous-column", Severity.ERROR, table.sheet.whole, {}, "long")
        return
    for row in table.rows:
        yield from _read_long_row(table, row, (names[0], values[0]), merged, index)


def _read_long_row(
    table: Table, row: Row, columns: tuple[int, int], merged: MergedCells, index: SetIndex
) -> Iterator[Said]:
    name_column, value_column = columns
    name, value = row.cell(name_column), row.cell(value_column)
    measures = [claim.measure for claim in index.headers.find(name.text) if claim.role is Role.MEASURE]
    if len(measures) == 1:
        line = _Line(row, ((measures[0], value_column),), (index.readings[measures[0]][value],))
        covered = _cover_line(line, merged, index)
        yield from _read_line(table, covered, merged, index, lambda line: (_place_figure(table, line, 0),))
        return
    named = identify_row(table, row, index.entities, merged, speaks=value.kind is not Kind.BLANK)
    if isinstance(named, Diagnostic):
        yield named
    if isinstance(named, Named) or (isinstance(named, Diagnostic) and named.severity is Severity.ERROR):
        yield from _refuse_measure(table, row, name_column, name, index, ambiguous=bool(measures))


def _refuse_measure(
    table: Table, row: Row, column: int, name: RawCell, index: SetIndex, *, ambiguous: bool
) -> Iterator[Diagnostic]:
    if any(claim.role is Role.COMPUTED for claim in index.headers.find(name.text)):
        return
    place = table.sheet.place(row.number, column)
    indicator = index.find_indicator(name.text)
    if indicator is not None:
        params: dict[str, object] = {"header": indicator.id, "known": tuple(indicator.measures)}
        yield Diagnostic("unknown-measure", Severity.ERROR, place, params, "is-indicator")
        return
    suggestion = index.headers.suggest(name.text, measures_only=True)
    kind = (
        "blank" if name.kind is Kind.BLANK else "ambiguous" if ambiguous else "column-near" if suggestion else "column"
    )
    params = {"header": shorten_text(name.text), "suggestion": suggestion}
    yield Diagnostic("unknown-measure", Severity.ERROR, place, params, kind)
