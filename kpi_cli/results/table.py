"""The rows of a table to what each says of an entity, in either layout; rows that say nothing are accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.model.names import clean_header
from kpi_cli.results.cell_findings import describe_reading
from kpi_cli.results.cells import MAX_COLUMNS, Kind, RawCell, Row, T, make_picker, shorten_text
from kpi_cli.results.cleanup import clean_name
from kpi_cli.results.entities import Named
from kpi_cli.results.headers import Role
from kpi_cli.results.merged_cells import Cover, MergedCells
from kpi_cli.results.reading import Reading, Refusal
from kpi_cli.results.row_identity import RowIdentity
from kpi_cli.results.set_index import CellReading, CellReadings, SetIndex, take_reading
from kpi_cli.results.sub_headings import names_other_figures, names_unit
from kpi_cli.results.tables import Table
from kpi_cli.results.words import DASHES
from kpi_cli.scoring.figures import Figure, FigureRow, Layout, make_many

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

    `covers` are what is merged over some of the columns from other rows; `notable` is False only where nothing is to
    be said of any cell.
    """

    row: Row
    measures: tuple[tuple[str, int], ...]
    found: Sequence[CellReading]
    notable: bool = True
    covers: Mapping[int, Cover] = {}


_NO_COVERS: Mapping[int, Cover] = {}
_Report: TypeAlias = Callable[[_Line], Iterable[Mapping[str, Figure]]]

_BATCH = 4_096
"""Rows whose cells are laid out in columns at a time; it bounds the memory that they take."""

_read_speaks, _read_notable = attrgetter("speaks"), attrgetter("notable")


def read_table(table: Table, index: SetIndex) -> Iterator[Said]:
    """What each row of `table` says, with every refusal and note, in the order of the rows."""
    if table.header.columns(Role.VALUE):
        yield from _read_long(table, index)
        return
    read_line = _LineReader(table, index, _prepare_report(table, index)).read
    for line in _read_cells(table, index):
        yield from read_line(line)


def _read_cells(table: Table, index: SetIndex) -> Iterator[_Line]:
    """The rows with what each cell says, read column by column: a column has few different cells, or numbers alike."""
    measures = table.header.measures
    readings = [index.readings[name] for name, _ in measures]
    for start in range(0, len(table.rows), _BATCH):
        rows = table.rows[start : start + _BATCH]
        columns = tuple(zip(*_fill_rows(rows, table.header.reach), strict=False))
        each = zip(readings, measures, strict=True)
        found = [list(map(known.__getitem__, columns[column])) for known, (_, column) in each]
        lines = zip(*found, strict=True) if found else [()] * len(rows)
        notable = any(known.notable for known in readings)
        count = len(rows)
        yield from make_many(_Line, rows, [measures] * count, lines, [notable] * count, [_NO_COVERS] * count)


def _fill_rows(rows: Iterable[Row], width: int) -> list[tuple[RawCell, ...]]:
    """The cells of `rows`, at least `width` of each."""
    return [row.cells if len(row.cells) >= width else row.fill(width) for row in rows]


def _prepare_report(table: Table, index: SetIndex) -> _Report:
    """A function to the figures of a row; of measures with two columns those of the second are apart."""
    measures = table.header.measures
    first = {name: number for number, (name, _) in reversed(list(enumerate(measures)))}
    names = tuple(index.owner)
    arrange: Callable[[Sequence[T]], tuple[T, ...]] = make_picker([first.get(name, len(measures)) for name in names])
    positions = {name: first[name] for name in names if name in first}
    columns = {name: measures[number][1] for name, number in first.items()}
    sheet = table.sheet._replace(rows=())  # the figures outlive the rows, which take most of the memory
    layout = Layout(names, positions, arrange, lambda row, name: sheet.cell_name(row, columns[name]))
    second = [number for number, (name, _) in enumerate(measures) if first[name] != number]

    def report(line: _Line) -> Iterable[Mapping[str, Figure]]:
        figures = FigureRow(layout, line.row.number, line.found)
        apart = [number for number in second if line.found[number].answer is not None or line.found[number].raw]
        return (figures, *(_place_figure(table, line, number) for number in apart)) if second else (figures,)

    return report


def _place_figure(table: Table, line: _Line, number: int) -> Mapping[str, Figure]:
    name, column = line.measures[number]
    return {name: line.found[number].at(table.sheet.cell_name(line.row.number, column))}


class _LineReader:
    """Lines of one table to what they say; `report` gives the figures of a line."""

    def __init__(self, table: Table, index: SetIndex, report: _Report) -> None:
        self._table, self._index, self._report = table, index, report
        merged = MergedCells(table)
        self._merged = merged or None  # asked for every row, and nearly no table has any
        self._identity = RowIdentity(table, index.entities, merged)
        self._codes = () if index.entities.has_roster else table.header.columns(Role.CODE)
        self._begun = False
        self._words: tuple[Diagnostic, ...] = ()
        self._longest = table.header.width if table.sheet.is_csv else MAX_COLUMNS

    def read(self, line: _Line) -> Sequence[Said]:
        """What the line says of whom, or what is to be said of the line."""
        own = line
        if self._merged is not None:
            line = self._cover(line, self._merged)
            own = self._drop_continued(line)
        speaks = any(map(_read_speaks, own.found))
        named = self._identity.identify(line.row, speaks=speaks)
        if isinstance(named, Named):
            said = self._read_named(line, named)
            if speaks and self._words:
                said, self._words = (*said, *self._words), ()
            self._begun = self._begun or speaks
            return said
        if not isinstance(named, Diagnostic):
            return ()
        if named.code == "skipped-row":
            self._words = self._words or self._warn_of_words(own, named)
        return self._refuse(own, named)

    def _warn_of_words(self, line: _Line, skipped: Diagnostic) -> tuple[Diagnostic, ...]:
        """What is to be said of the words of a row that was passed over, if figures follow it."""
        each = zip(line.measures, line.found, strict=True)
        words = [(name, found.raw or "") for (name, _), found in each if _is_prose(found)]
        if self._begun and len(words) > 1:
            return (replace(skipped, severity=Severity.WARNING, variant="words"),)
        own, measures = str(skipped.params.get("text", "")), self._index.definition.measures
        others = (raw for name, raw in words if not self._begun and not names_unit(raw, measures[name]))
        other = own if names_other_figures(own) else next(others, None)
        if other is None:
            return ()
        params = {"text": clean_name(other)}
        return (replace(skipped, severity=Severity.WARNING, variant="sub-heading", params=params),)

    def _refuse(self, line: _Line, found: Diagnostic) -> Sequence[Diagnostic]:
        if found.severity is not Severity.ERROR:
            return (found,)
        # The refusals of a row that is refused itself: once it has a name they would come up only then.
        refused = line._replace(found=[reading if reading.refusal else _NO_WORD for reading in line.found])
        return (found, *self._describe(refused, str(found.params.get("entity", NOBODY))))

    def _read_named(self, line: _Line, named: Named) -> Sequence[Said]:
        surplus = self._list_surplus(line.row) if len(line.row.cells) > self._longest else ()
        if surplus:
            return self._refuse_length(line.row, named, surplus), RowFigures(named, {})
        code = self._find_code(line.row) if self._codes else None
        said = [RowFigures(named, figures, code) for figures in self._report(line)]
        if line.notable and any(map(_read_notable, line.found)):
            return (*self._describe(line, named.entity.name), *said)
        return said

    def _cover(self, line: _Line, merged: MergedCells) -> _Line:
        """The line, with a refusal for each cell that only seems to hold what is merged over it."""
        found = ((name, column, merged.find_cover(line.row, column)) for name, column in line.measures)
        covers = {
            column: cover
            for name, column, cover in found
            if cover is not None and self._is_in_doubt(cover, line.row.cell(column), name)
        }
        if not covers:
            return line
        each = zip(line.measures, line.found, strict=True)
        refused = (
            _refuse_covered(covers[column], self._index.readings[name]) if column in covers else reading
            for (name, column), reading in each
        )
        return line._replace(found=tuple(refused), notable=True, covers=covers)

    def _is_in_doubt(self, cover: Cover, own: RawCell, measure: str) -> bool:
        """Not where a word for nothing is merged over several measures of one row, and nothing lies below it."""
        speaks = self._index.readings[measure][cover.seen].speaks
        return cover.from_above or speaks or own.kind is not Kind.BLANK

    def _drop_continued(self, line: _Line) -> _Line:
        """Without the cells that are merged with the very row with which the name is: they say nothing of their own."""
        home = self._identity.find_home_cover(line.row)
        if home is None:
            return line
        continued = {column for column, cover in line.covers.items() if cover.range.top == home.range.top}
        each = zip(line.measures, line.found, strict=True)
        own = [(measure, reading) for measure, reading in each if measure[1] not in continued]
        return line._replace(measures=tuple(measure for measure, _ in own), found=[reading for _, reading in own])

    def _list_surplus(self, row: Row) -> list[int]:
        """The filled cells of a row beyond the header: where a comma cut a figure in two, all after it are moved."""
        beyond = range(self._longest, len(row.cells))
        return [column for column in beyond if row.cells[column].kind is not Kind.BLANK]

    def _refuse_length(self, row: Row, named: Named, surplus: Sequence[int]) -> Diagnostic:
        raw = shorten_text(row.cell(surplus[0]).text)
        params = {"entity": named.entity.name, "raw": raw, "count": len(surplus)}
        return Diagnostic("row-too-long", Severity.ERROR, self._table.sheet.place(row.number, surplus[0]), params)

    def _find_code(self, row: Row) -> CodeCell | None:
        for column in self._codes:
            text = row.cell(column).text
            key = clean_header(text)
            if key.strip(DASHES):
                # A spreadsheet drops the zeros before a code that it takes for a number.
                return CodeCell(key.lstrip("0"), shorten_text(text), self._table.sheet.place(row.number, column))
        return None

    def _describe(self, line: _Line, name: str) -> Iterator[Diagnostic]:
        """What is to be said of the cells of a row."""
        for (measure, column), found in zip(line.measures, line.found, strict=True):
            if found.notable:
                place = self._table.sheet.place(line.row.number, column)
                yield from describe_reading(found, place, name, measure, self._index)


def _is_prose(found: CellReading) -> bool:
    return found.refusal is not None and found.refusal.variant == "prose"


_NO_WORD = take_reading(Reading(), speaks=False)


def _refuse_covered(cover: Cover, readings: CellReadings) -> CellReading:
    params = {"range": str(cover.range), "raw": shorten_text(cover.seen.text)}
    refused = Reading(refusal=Refusal("cell-merged", "", params))
    return take_reading(refused, speaks=readings[cover.seen].speaks)


def _read_long(table: Table, index: SetIndex) -> Iterator[Said]:
    names = table.header.columns(Role.MEASURE_NAME)
    values = table.header.columns(Role.VALUE)
    if len(names) != 1 or len(values) != 1:
        yield Diagnostic("ambiguous-column", Severity.ERROR, table.sheet.whole, {}, "long")
        return
    reader = _LineReader(table, index, lambda line: (_place_figure(table, line, 0),))
    identity = RowIdentity(table, index.entities, MergedCells(table))
    for row in table.rows:
        name, value = row.cell(names[0]), row.cell(values[0])
        measures = [claim.measure for claim in index.headers.find(name.text) if claim.role is Role.MEASURE]
        if len(measures) == 1:
            yield from reader.read(_Line(row, ((measures[0], values[0]),), (index.readings[measures[0]][value],)))
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
