"""The rows of a table to what each says of an entity, in either layout; rows that say nothing are accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.results.cells import Kind, RawCell, Row, shorten_text
from kpi_cli.results.entities import Named
from kpi_cli.results.header import Table
from kpi_cli.results.headers import Role
from kpi_cli.results.row_identity import Skipped, identify_row
from kpi_cli.results.set_index import CellReading, SetIndex
from kpi_cli.scoring.figures import Figure


class Reported(NamedTuple):
    """One figure of a row."""

    measure: str
    figure: Figure


class RowFigures(NamedTuple):
    """What one row says of one entity."""

    named: Named
    figures: tuple[Reported, ...]


Said: TypeAlias = RowFigures | Diagnostic


class _Cell(NamedTuple):
    """A cell that was read as the figure of a measure."""

    measure: str
    column: int
    found: CellReading


def read_table(table: Table, index: SetIndex) -> Iterator[Said]:
    """What each row of `table` says, with every refusal and note, in the order of the rows."""
    if table.header.columns(Role.VALUE):
        yield from _read_long(table, index)
        return
    readers = [(name, column, index.read[name]) for name, column in table.header.measures]
    for row in table.rows:
        cells = [_Cell(name, column, read(row.cell(column))) for name, column, read in readers]
        yield from _read_row(table, row, cells, index)


def _read_row(table: Table, row: Row, cells: list[_Cell], index: SetIndex) -> Iterator[Said]:
    speaks = any(cell.found.speaks for cell in cells)
    named = identify_row(table, row, index.entities, speaks=speaks)
    if isinstance(named, Diagnostic):
        yield named
    elif not isinstance(named, Skipped):
        yield from _report_cells(table, row, named, cells, index)


def _report_cells(table: Table, row: Row, named: Named, cells: list[_Cell], index: SetIndex) -> Iterator[Said]:
    sheet, name = table.sheet, named.entity.name
    figures = []
    for cell in cells:
        where = sheet.cell_name(row.number, cell.column)
        reading = cell.found.reading
        figure = Figure(reading.value, reading.raw, where, reading.applicable)
        figures.append(Reported(cell.measure, figure))
        if cell.found.notable:
            yield _describe_cell(table, row, name, cell, index)
    yield RowFigures(named, tuple(figures))


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


def _read_long(table: Table, index: SetIndex) -> Iterator[Said]:
    names = table.header.columns(Role.MEASURE_NAME)
    values = table.header.columns(Role.VALUE)
    if len(names) != 1 or len(values) != 1:
        yield Diagnostic("ambiguous-column", Severity.ERROR, table.sheet.whole, {}, "long")
        return
    for row in table.rows:
        yield from _read_long_row(table, row, names[0], values[0], index)


def _read_long_row(table: Table, row: Row, name_column: int, value_column: int, index: SetIndex) -> Iterator[Said]:
    name, value = row.cell(name_column), row.cell(value_column)
    measures = [claim.measure for claim in index.headers.find(name.text) if claim.role is Role.MEASURE]
    if len(measures) == 1:
        cell = _Cell(measures[0], value_column, index.read[measures[0]](value))
        yield from _read_row(table, row, [cell], index)
        return
    named = identify_row(table, row, index.entities, speaks=value.kind is not Kind.BLANK)
    if isinstance(named, Diagnostic):
        yield named
    elif not isinstance(named, Skipped):
        yield from _refuse_measure(table, row, name_column, name, index, ambiguous=bool(measures))


def _refuse_measure(
    table: Table, row: Row, column: int, name: RawCell, index: SetIndex, *, ambiguous: bool
) -> Iterator[Diagnostic]:
    if any(claim.role is Role.COMPUTED for claim in index.headers.find(name.text)):
        return
    suggestion = index.headers.suggest(name.text, measures_only=True)
    kind = (
        "blank" if name.kind is Kind.BLANK else "ambiguous" if ambiguous else "column-near" if suggestion else "column"
    )
    params = {"header": shorten_text(name.text), "suggestion": suggestion}
    yield Diagnostic("unknown-measure", Severity.ERROR, table.sheet.place(row.number, column), params, kind)
