"""The rows of a table to what each says of an entity, in either layout; rows that say nothing are accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.results.cells import Kind, RawCell, Row, T, make_picker, shorten_text
from kpi_cli.results.entities import Named
from kpi_cli.results.headers import Role
from kpi_cli.results.line_reader import Block, Line, LineReader, Report, Said
from kpi_cli.results.merged_cells import MergedCells
from kpi_cli.results.repeated_rows import RepeatedRows
from kpi_cli.results.row_identity import RowIdentity
from kpi_cli.results.set_index import SetIndex
from kpi_cli.results.tables import Table
from kpi_cli.scoring.figures import Figure, FigureRow, Layout, count_rows


def read_table(table: Table, index: SetIndex) -> Iterator[Said]:
    """What each row of `table` says, with every refusal and note, in the order of the rows."""
    if table.header.columns(Role.VALUE):
        yield from _read_long(table, index)
        return
    layout = _plan_layout(table, index)
    second = _list_second(table)
    report = _prepare_report(table, layout, second)
    reader = LineReader(table, index, report, RepeatedRows(table), None if second else layout)
    for block in _read_blocks(table, index):
        yield from reader.read_block(block)


def _read_blocks(table: Table, index: SetIndex) -> Iterator[Block]:
    """The rows with what each cell says, read column by column: a column has few different cells, or numbers alike."""
    measures = table.header.measures
    readings = [index.readings[name] for name, _ in measures]
    at_once = count_rows(table.header.reach)
    for start in range(0, len(table.rows), at_once):
        rows = table.rows[start : start + at_once]
        columns = tuple(zip(*_fill_rows(rows, table.header.reach), strict=False))
        each = zip(readings, measures, strict=True)
        found = [list(map(known.__getitem__, columns[column])) for known, (_, column) in each]
        lines = list(zip(*found, strict=True)) if found else [()] * len(rows)
        yield Block(rows, measures, lines, any(known.notable for known in readings))


def _fill_rows(rows: Iterable[Row], width: int) -> list[tuple[RawCell, ...]]:
    """The cells of `rows`, at least `width` of each."""
    return [row.cells if len(row.cells) >= width else row.fill(width) for row in rows]


def _list_first(table: Table) -> dict[str, int]:
    """Where each measure stands among those of the table; one with two columns stands in the first."""
    return {name: number for number, (name, _) in reversed(list(enumerate(table.header.measures)))}


def _list_second(table: Table) -> list[int]:
    """Where measures stand among those of the table that have a column before."""
    first = _list_first(table)
    return [number for number, (name, _) in enumerate(table.header.measures) if first[name] != number]


def _plan_layout(table: Table, index: SetIndex) -> Layout:
    measures, first = table.header.measures, _list_first(table)
    names = tuple(index.owner)
    arrange: Callable[[Sequence[T]], tuple[T, ...]] = make_picker([first.get(name, len(measures)) for name in names])
    positions = {name: first[name] for name in names if name in first}
    columns = {name: measures[number][1] for name, number in first.items()}
    sheet = table.sheet._replace(rows=())  # the figures outlive the rows, which take most of the memory
    return Layout(names, positions, arrange, lambda row, name: sheet.cell_name(row, columns[name]))


def _prepare_report(table: Table, layout: Layout, second: Sequence[int]) -> Report:
    """A function to the figures of a row; of measures with two columns those of the `second` are apart."""

    def report(line: Line) -> Iterable[Mapping[str, Figure]]:
        figures = FigureRow(layout, line.row.number, line.found)
        apart = [number for number in second if line.found[number].answer is not None or line.found[number].raw]
        return (figures, *(_place_figure(table, line, number) for number in apart)) if second else (figures,)

    return report


def _place_figure(table: Table, line: Line, number: int) -> Mapping[str, Figure]:
    name, column = line.measures[number]
    return {name: line.found[number].at(table.sheet.cell_name(line.row.number, column))}


def _read_long(table: Table, index: SetIndex) -> Iterator[Said]:
    names = table.header.columns(Role.MEASURE_NAME)
    values = table.header.columns(Role.VALUE)
    if len(names) != 1 or len(values) != 1:
        yield Diagnostic("ambiguous-column", Severity.ERROR, table.sheet.whole, {}, "long")
        return
    reader = LineReader(table, index, lambda line: (_place_figure(table, line, 0),))
    identity = RowIdentity(table, index.entities, MergedCells(table))
    for row in table.rows:
        name, value = row.cell(names[0]), row.cell(values[0])
        measures = [claim.measure for claim in index.headers.find(name.text) if claim.role is Role.MEASURE]
        if len(measures) == 1:
            yield from reader.read(Line(row, ((measures[0], values[0]),), (index.readings[measures[0]][value],)))
            continue
        named = identity.identify(row, speaks=value.kind is not Kind.BLANK)
        if isinstance(named, Diagnostic):
            yield named
        if isinstance(named, Named) or (isinstance(named, Diagnostic) and named.severity is Severity.ERROR):
            yield from _refuse_measure(table, row, names[0], name, index, ambiguous=bool(measures))


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
