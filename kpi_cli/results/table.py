"""The rows of a table to what each says of an entity, in either layout; rows that say nothing are accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.model.names import clean_header
from kpi_cli.results.cells import Kind, RawCell, Row, shorten_text
from kpi_cli.results.entities import Named
from kpi_cli.results.header import Table
from kpi_cli.results.headers import Role
from kpi_cli.results.merged_cells import Cover, MergedCells
from kpi_cli.results.reading import Reading, Refusal
from kpi_cli.results.row_identity import find_home_cover, identify_row
from kpi_cli.results.set_index import CellReading, SetIndex
from kpi_cli.results.words import DASHES
from kpi_cli.scoring.figures import Figure

NOBODY = "-"
"""Stands for the name in what is said of a row without one."""


class Reported(NamedTuple):
    """One figure of a row."""

    measure: str
    figure: Figure


class CodeCell(NamedTuple):
    """The code that stands beside a name that is on no roster, and where; spellings of one code have one `key`."""

    key: str
    raw: str
    place: Place


class RowFigures(NamedTuple):
    """What one row says of one entity."""

    named: Named
    figures: tuple[Reported, ...]
    code: CodeCell | None = None


Said: TypeAlias = RowFigures | Diagnostic


class _Cell(NamedTuple):
    """A cell that was read as the figure of a measure."""

    measure: str
    column: int
    found: CellReading
    cover: Cover | None = None


def read_table(table: Table, index: SetIndex) -> Iterator[Said]:
    """What each row of `table` says, with every refusal and note, in the order of the rows."""
    merged = MergedCells(table)
    if table.header.columns(Role.VALUE):
        yield from _read_long(table, merged, index)
        return
    readers = [(name, column, index.read[name]) for name, column in table.header.measures]
    for row in table.rows:
        cells = [_Cell(name, column, read(row.cell(column))) for name, column, read in readers]
        yield from _read_row(table, row, _cover_cells(row, cells, merged, index), merged, index)


def _cover_cells(row: Row, cells: list[_Cell], merged: MergedCells, index: SetIndex) -> list[_Cell]:
    """The cells, with a refusal for each that only seems to hold what is merged over it from another row."""
    return [_cover_cell(row, cell, merged, index) for cell in cells] if merged else cells


def _cover_cell(row: Row, cell: _Cell, merged: MergedCells, index: SetIndex) -> _Cell:
    cover = merged.find_cover(row, cell.column)
    if cover is None:
        return cell
    params = {"range": str(cover.range), "raw": shorten_text(cover.seen.text)}
    refused = Reading(refusal=Refusal("cell-merged", "", params))
    speaks = index.read[cell.measure](cover.seen).speaks
    return cell._replace(found=CellReading(refused, speaks, notable=True), cover=cover)


def _read_row(table: Table, row: Row, cells: list[_Cell], merged: MergedCells, index: SetIndex) -> Iterator[Said]:
    own = _drop_continued(table, row, cells, merged)
    named = identify_row(table, row, index.entities, merged, speaks=any(cell.found.speaks for cell in own))
    surplus = _list_surplus(table, row)
    if isinstance(named, Named) and surplus:
        yield _refuse_length(table, row, named, surplus)
        yield RowFigures(named, ())
    elif isinstance(named, Named):
        yield from _report_cells(table, row, named, cells, index)
    elif isinstance(named, Diagnostic):
        yield named
        if named.severity is Severity.ERROR:
            yield from _refuse_cells(table, row, named, own, index)


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


def _drop_continued(table: Table, row: Row, cells: list[_Cell], merged: MergedCells) -> list[_Cell]:
    """Without the cells that are merged with the very row with which the name is: they say nothing of their own."""
    home = find_home_cover(table, row, merged)
    if home is None:
        return cells
    return [cell for cell in cells if cell.cover is None or cell.cover.range.top != home.range.top]


def _refuse_cells(
    table: Table, row: Row, unnamed: Diagnostic, cells: list[_Cell], index: SetIndex
) -> Iterator[Diagnostic]:
    """The refusals of a row that is refused itself: once it has a name they would come up only in the next run."""
    name = str(unnamed.params.get("entity", NOBODY))
    for cell in cells:
        if cell.found.reading.refusal is not None:
            yield _describe_cell(table, row, name, cell, index)


def _report_cells(table: Table, row: Row, named: Named, cells: list[_Cell], index: SetIndex) -> Iterator[Said]:
    name, name_cell = named.entity.name, table.sheet.cell_namer(row.number)
    figures = []
    for cell in cells:
        reading = cell.found.reading
        figure = Figure(reading.value, reading.raw, name_cell(cell.column), reading.applicable)
        figures.append(Reported(cell.measure, figure))
        if cell.found.notable:
            yield _describe_cell(table, row, name, cell, index)
    yield RowFigures(named, tuple(figures), None if index.entities.has_roster else _find_code(table, row))


def _find_code(table: Table, row: Row) -> CodeCell | None:
    for column in table.header.columns(Role.CODE):
        text = row.cell(column).text
        key = clean_header(text)
        if key.strip(DASHES):
            # A spreadsheet drops the zeros before a code that it takes for a number.
            return CodeCell(key.lstrip("0"), shorten_text(text), table.sheet.place(row.number, column))
    return None


def _describe_cell(table: Table, row: Row, name: str, cell: _Cell, index: SetIndex) -> Diagnostic:
    reading = cell.found.reading
    place, indicator = table.sheet.place(row.number, cell.column), index.owner[cell.measure]
    params = {"entity": name, "measure": cell.measure, "raw": reading.raw}
    refusal = reading.refusal
    if refusal is None:
        shown = {**params, "value": reading.value, "displayed": reading.displayed}
        return Diagnostic("display-rounding", Severity.NOTE, place, shown, indicator=indicator)
    return Diagnostic(
        refusal.code, Severity.ERROR, place, {**params, **refusal.params}, refusal.variant, indicator=indicator
    )


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
        cell = _Cell(measures[0], value_column, index.read[measures[0]](value))
        yield from _read_row(table, row, _cover_cells(row, [cell], merged, index), merged, index)
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
