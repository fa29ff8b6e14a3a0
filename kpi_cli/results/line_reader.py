"""What one row of a table says of whom, or what is to be said of the row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.model.names import clean_header
from kpi_cli.results.cell_findings import describe_reading
from kpi_cli.results.cells import MAX_COLUMNS, Kind, RawCell, Row, shorten_text
from kpi_cli.results.cleanup import clean_name
from kpi_cli.results.entities import Named
from kpi_cli.results.headers import Role
from kpi_cli.results.merged_cells import Cover, MergedCells
from kpi_cli.results.reading import Reading, Refusal
from kpi_cli.results.repeated_rows import RepeatedRows
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


class Line(NamedTuple):
    """A row whose cells were read: what was found for each of `measures`, each in its column.

    `covers` are what is merged over some of the columns; `notable` is False only where nothing is to be said of any
    cell.
    """

    row: Row
    measures: tuple[tuple[str, int], ...]
    found: Sequence[CellReading]
    notable: bool = True
    covers: Mapping[int, Cover] = {}


_NO_COVERS: Mapping[int, Cover] = {}


class Block(NamedTuple):
    """Rows of one table that follow each other, and what was found for each of `measures` in each of them.

    `notable` is as in `Line`, for all of them.
    """

    rows: Sequence[Row]
    measures: tuple[tuple[str, int], ...]
    found: Sequence[tuple[CellReading, ...]]
    notable: bool

    def list_lines(self) -> Iterator[Line]:
        """The rows one by one."""
        alike = ([each] * len(self.rows) for each in (self.notable, _NO_COVERS))
        return make_many(Line, self.rows, [self.measures] * len(self.rows), self.found, *alike)


Report: TypeAlias = Callable[[Line], Iterable[Mapping[str, Figure]]]

_read_speaks, _read_notable = attrgetter("speaks"), attrgetter("notable")


class LineReader:
    """Lines of one table to what they say; `report` gives the figures of a line, and `repeated` their first rows.

    `layout` is that of the figures where a line has no others than those of its cells.
    """

    def __init__(
        self,
        table: Table,
        index: SetIndex,
        report: Report,
        repeated: RepeatedRows | None = None,
        layout: Layout | None = None,
    ) -> None:
        self._table, self._index, self._report, self._layout = table, index, report, layout
        merged = MergedCells(table)
        self._merged = merged or None  # asked for every row, and nearly no table has any
        self._identity = RowIdentity(table, index.entities, merged)
        self._codes = () if index.entities.has_roster else table.header.columns(Role.CODE)
        self._begun = False
        self._words: tuple[Diagnostic, ...] = ()
        self._repeated = repeated or None  # as few tables have a column that nothing reads
        self._longest = table.header.width if table.sheet.is_csv else MAX_COLUMNS

    def read_block(self, block: Block) -> Iterable[Said]:
        """What the lines of a block say: all at once where each plainly says one thing, as in most of a long table."""
        named = None if self._layout is None or not self._is_plain(block) else self._identity.name_all(block.rows)
        if named is None or self._layout is None:
            return chain.from_iterable(map(self.read, block.list_lines()))
        self._begun = self._begun or any(reading.speaks for line in block.found for reading in line)
        each = zip([row.number for row in block.rows], block.found, strict=True)
        figures = [FigureRow(self._layout, number, found) for number, found in each]
        return make_many(RowFigures, named, figures, [None] * len(named))

    def _is_plain(self, block: Block) -> bool:
        """Whether nothing is to be said of the cells of a block, nor of words above it."""
        if block.notable or self._words or self._repeated is not None:
            return False
        return max([len(row.cells) for row in block.rows]) <= self._longest

    def read(self, line: Line) -> Sequence[Said]:
        """What the line says of whom, or what is to be said of the line."""
        own = line
        if self._merged is not None:
            line = self._cover(line, self._merged)
            own = self._drop_continued(line)
        speaks = any(map(_read_speaks, own.found))
        named = self._identity.identify(line.row, speaks=speaks)
        if isinstance(named, Named):
            said = self._read_named(line, named)
            if speaks:
                self._begun = True
                if self._words or self._repeated is not None:
                    said = (*said, *self._list_warnings(line, named))
            return said
        if not isinstance(named, Diagnostic):
            return ()
        if named.code == "skipped-row":
            self._words = self._words or self._warn_of_words(own, named)
        return self._refuse(own, named)

    def _list_warnings(self, line: Line, named: Named) -> Iterator[Diagnostic]:
        yield from self._words
        self._words = ()
        repeated = None if self._repeated is None else self._repeated.find(named, line.row, line.found)
        yield from () if repeated is None else (repeated,)

    def _warn_of_words(self, line: Line, skipped: Diagnostic) -> tuple[Diagnostic, ...]:
        """What is to be said of the words of a row that was passed over, if figures follow it."""
        each = zip(line.measures, line.found, strict=True)
        words = [(name, found.raw or "") for (name, _), found in each if _is_prose(found)]
        if self._begun and len(words) > 1:
            return (replace(skipped, severity=Severity.WARNING, variant="words"),)
        own, definition = str(skipped.params.get("text", "")), self._index.definition
        others = (raw for name, raw in words if not self._begun and not names_unit(raw, definition.measures[name]))
        other = own if names_other_figures(own, definition.fiscal_year) else next(others, None)
        if other is None:
            return ()
        params = {"text": clean_name(other)}
        return (replace(skipped, severity=Severity.WARNING, variant="sub-heading", params=params),)

    def _refuse(self, line: Line, found: Diagnostic) -> Sequence[Diagnostic]:
        if found.severity is not Severity.ERROR:
            return (found,)
        # The refusals of a row that is refused itself: once it has a name they would come up only then.
        refused = line._replace(found=[reading if reading.refusal else _NO_WORD for reading in line.found])
        return (found, *self._describe(refused, str(found.params.get("entity", NOBODY))))

    def _read_named(self, line: Line, named: Named) -> Sequence[Said]:
        surplus = self._list_surplus(line.row) if len(line.row.cells) > self._longest else ()
        if surplus:
            return self._refuse_length(line.row, named, surplus), RowFigures(named, {})
        code = self._find_code(line.row) if self._codes else None
        said = [RowFigures(named, figures, code) for figures in self._report(line)]
        if line.notable and any(map(_read_notable, line.found)):
            return (*self._describe(line, named.entity.name), *said)
        return said

    def _cover(self, line: Line, merged: MergedCells) -> Line:
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

    def _drop_continued(self, line: Line) -> Line:
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

    def _describe(self, line: Line, name: str) -> Iterator[Diagnostic]:
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
