"""One sheet of a workbook, streamed: its rows of raw cells, as a person would see them."""

from __future__ import annotations

import math
import re
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpi_cli.results.cells import (
    BLANK,
    MAX_COLUMNS,
    Kind,
    Merged,
    RawCell,
    Row,
    UnreadableError,
    column_letters,
)
from kpi_cli.results.number_format import find_display, shows_date
from kpi_cli.results.xlsx_book import GENERAL, SharedParts, SheetPart, TextRuns
from kpi_cli.results.xlsx_xml import Budget, Handlers, stream_part
from kpi_cli.results.xml_names import (
    ALTERNATIVES,
    MAIN,
    PASSED_OVER,
    Attributes,
    Element,
    Elements,
    Once,
    Texts,
    name_all,
)
from kpi_cli.rules.values import drop_zero_sign, exact_text, move_point

MAX_ROWS = 1_048_576
"""What Excel has room for; a row beyond them, no program shows."""
MAX_MERGED = 1_000_000
"""The columns of all cells that are merged, added up: sixty titles over the whole width of a sheet."""
_EXACT_DIGITS = ".15g"  # what Excel itself keeps and shows; the digits after it are noise of binary fractions
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}\Z")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?\Z")
# What need not go through a binary fraction: no more than fifteen digits, and spelled as it is shown.
_PLAIN = re.compile(r"(?:0|-?(?:[1-9][0-9]*|0(?=\.)))(?:\.[0-9]*[1-9])?\Z")
_LONGEST_PLAIN = 15
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # a sheet has no time zone


class SheetCells(NamedTuple):
    """The rows of a sheet that are not blank, and the cells that are merged."""

    rows: tuple[Row, ...]
    merged: tuple[Merged, ...]


def read_cells(archive: zipfile.ZipFile, sheet: SheetPart, shared: SharedParts, budget: Budget) -> SheetCells:
    """The cells of a sheet; raises `UnreadableError` where it is broken or beyond the bounds."""
    reader = _SheetReader(sheet, shared, budget)
    stream_part(archive, sheet.part, Handlers(reader.list_elements(), reader.runs.parts), budget, most=None)
    reader.data.require()
    return SheetCells(tuple(reader.rows), tuple(sorted(reader.merged)))


class _SheetReader:
    """What stands so far of the sheet, the row and the cell that are being read."""

    def __init__(self, sheet: SheetPart, shared: SharedParts, budget: Budget) -> None:
        self.sheet, self.part, self.shared, self.budget = sheet.title, sheet.part, shared, budget
        self.data = Once(self.part, "sheetData")
        self.rows: list[Row] = []
        self.runs = TextRuns(self.part)
        self.merged: list[Merged] = []
        self.merged_columns = 0
        self.row = 0
        self.column = -1
        self.given: set[int] = set()
        self.cells: list[RawCell] = []
        self.kind = "n"
        self.style: str | None = None
        self.has_formula = False
        self.value: str | None = None
        """The element that holds the value of the cell."""

    def list_elements(self) -> Elements:
        """What counts in a sheet."""
        refused = {ALTERNATIVES: Element(self.refuse_alternatives)}
        in_cell = {
            "v": Element(self.note_value, inside=Texts()),
            "f": Element(self.begin_formula),
            "is": Element(self.note_inline, inside=self.runs.elements | refused),
        }
        in_row = {"c": Element(self.begin_cell, self.finish_cell, name_all(MAIN, in_cell) | refused)}
        in_data = {"row": Element(self.begin_row, self.finish_row, name_all(MAIN, in_row) | refused)}
        in_sheet = {
            "sheetData": Element(self.data.note, inside=name_all(MAIN, in_data) | refused),
            "mergeCells": Element(inside=name_all(MAIN, {"mergeCell": Element(self.note_merged)})),
        }
        return name_all(MAIN, {"worksheet": Element(inside=name_all(MAIN, in_sheet) | PASSED_OVER)})

    def begin_row(self, attributes: Attributes) -> None:
        before = self.row
        number = attributes.get("r")
        self.row = before + 1 if number is None else int(number) if _ROW_NUMBER.match(number) else 0
        if not 0 < self.row <= MAX_ROWS:  # other programs would show it elsewhere, or nowhere
            said = self.row if number is None else number[:20]
            raise UnreadableError("broken-workbook", problem=f"{self.part}: row {said}")
        if self.row <= before:
            self.refuse_row(before)
        self.column, self.cells = -1, []
        self.given.clear()

    def begin_cell(self, attributes: Attributes) -> None:
        column = self.column + 1
        if attributes:
            next_one = f"{column_letters(column)}{self.row}"
            reference = attributes.get("r", next_one)
            column = column if reference == next_one else self.find_column(reference)
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s")
        else:
            self.kind, self.style = "n", None
        self.column = column
        if column in self.given:
            raise UnreadableError("cell-twice", sheet=self.sheet, cell=self.cell_name())
        self.given.add(column)
        self.has_formula, self.value = False, None

    def find_column(self, reference: str) -> int:
        column, row = find_place(reference)
        if row != self.row:
            raise UnreadableError("broken-workbook", problem=f"{self.part}: cell {reference} in row {self.row}")
        return column

    def begin_formula(self, _: Attributes) -> None:
        self.has_formula = True

    def note_value(self, _: Attributes) -> None:
        if self.value is not None:
            raise UnreadableError("value-twice", sheet=self.sheet, cell=self.cell_name())
        self.value = "v"

    def note_inline(self, attributes: Attributes) -> None:
        self.note_value(attributes)
        self.value = "is"
        if self.kind != "inlineStr":
            raise self.misplace_value()

    def misplace_value(self) -> UnreadableError:
        """The value stands where cells of this type have none: one program shows it, and another a blank cell."""
        problem = f"{self.part}: cell {self.cell_name()}: {self.value} of type {self.kind[:20]}"
        return UnreadableError("broken-workbook", problem=problem)

    def cell_name(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    def refuse_row(self, before: int) -> None:
        if self.row == before:
            raise UnreadableError("row-twice", sheet=self.sheet, row=self.row)
        raise UnreadableError("broken-workbook", problem=f"{self.part}: row {self.row} after row {before}")

    def refuse_alternatives(self, _: Attributes) -> None:
        raise UnreadableError("alternatives", sheet=self.sheet, row=self.row)

    def finish_cell(self) -> None:
        cell = self.read_cell(self.runs.take())
        if cell is BLANK:
            return
        column, cells = self.column, self.cells
        if not 0 <= column < MAX_COLUMNS:
            raise UnreadableError("broken-workbook", problem=f"{self.part}: column {column + 1}")
        gap = column - len(cells)
        if gap < 0:  # out of order
            cells[column] = cell
            return
        if gap:
            cells.extend([BLANK] * gap)
        cells.append(cell)
        self.budget.cells += 1

    def finish_row(self) -> None:
        if not self.cells:
            return
        self.budget.add_rows(self.part, 1, width=len(self.cells))
        self.rows.append(Row(self.row, tuple(self.cells)))

    def note_merged(self, attributes: Attributes) -> None:
        merged = find_merged(attributes.get("ref", ""))
        if merged is None:
            return
        self.merged.append(merged)
        self.merged_columns += merged.right - merged.left + 1
        if self.merged_columns > MAX_MERGED:
            raise UnreadableError("too-much-xml", part=self.part)

    def read_cell(self, text: str) -> RawCell:
        kind = self.kind
        if kind == "s":
            return make_text(self.shared.text(text)) if text else BLANK
        if kind in {"inlineStr", "str"}:
            if self.value == "v" and kind == "inlineStr" and text.strip():
                raise self.misplace_value()
            return make_text(text)
        stripped = text.strip()
        if not stripped:
            return NOT_CALCULATED if self.has_formula else BLANK
        if kind == "n":
            number_format = GENERAL if self.style is None else self.shared.number_format(self.style)
            return read_number(stripped, number_format, self.shared.epoch_1904)
        if kind == "b":
            return TRUE if stripped in {"1", "true"} else FALSE
        if kind == "e":
            return RawCell(Kind.ERROR, text)
        if kind == "d":
            return RawCell(Kind.DATE, text)
        raise self.misplace_value()


NOT_CALCULATED = RawCell(Kind.NOT_CALCULATED)
TRUE, FALSE = RawCell(Kind.TRUTH, "TRUE", truth=True), RawCell(Kind.TRUTH, "FALSE", truth=False)


@lru_cache(maxsize=4096)
def find_place(reference: str) -> tuple[int, int]:
    """The column of a cell's reference, from 0, and its row; raises `UnreadableError` for what is none."""
    match = _REFERENCE.match(reference)
    if match is None:
        raise UnreadableError("broken-workbook", problem=f"cell {reference[:20]}")
    return _count_column(match[1]), int(match[2])


@lru_cache(maxsize=MAX_COLUMNS)
def _count_column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def find_merged(reference: str) -> Merged | None:
    """The cells of a merged range; None where it is one cell; raises `UnreadableError` for what is no range."""
    ends = [_REFERENCE.match(end) for end in reference.split(":", 1)]
    first, last = ends[0], ends[-1]
    if first is None or last is None:
        raise UnreadableError("broken-workbook", problem=f"merged {reference[:20]}")
    top, bottom = sorted((int(first[2]), int(last[2])))
    left, right = sorted((_count_column(first[1]), _count_column(last[1])))
    return Merged(top, left, bottom, right) if (top, left) != (bottom, right) else None


@lru_cache(maxsize=65_536)
def make_text(text: str) -> RawCell:
    """A cell of text; nothing but white space is blank."""
    return RawCell(Kind.TEXT, text) if text.strip() else BLANK


@lru_cache(maxsize=65_536)
def read_number(text: str, number_format: str, epoch_1904: bool) -> RawCell:
    """A cell of a number, as its format shows it; raises `UnreadableError` for text that is none."""
    if len(text) <= _LONGEST_PLAIN and _PLAIN.match(text) and not shows_date(number_format):
        return _show_number(Decimal(text), text, number_format)
    if not _NUMBER.match(text):
        raise UnreadableError("broken-workbook", problem=f"number {text[:20]}")
    stored = float(text)
    if not math.isfinite(stored):
        return RawCell(Kind.NUMBER, text)
    number = drop_zero_sign(Decimal(format(stored, _EXACT_DIGITS)))
    if shows_date(number_format):
        return RawCell(Kind.DATE, _show_date(stored, epoch_1904))
    return _show_number(number, exact_text(number), number_format)


def _show_number(number: Decimal, text: str, number_format: str) -> RawCell:
    display = find_display(number_format, number)
    shown = f"{exact_text(move_point(number, 2))}%" if display.percent_sign == "scaled" else text
    return RawCell(Kind.NUMBER, shown, number, None, display.percent_sign, display.places)


def _show_date(days: float, epoch_1904: bool) -> str:
    try:
        moment = _EPOCHS[epoch_1904] + timedelta(days=days, seconds=0.5)  # what is stored may lie just below a second
    except OverflowError:
        return str(days)
    shown = moment.replace(microsecond=0)
    return str(shown.time()) if 0 < days < 1 else str(shown).removesuffix(" 00:00:00")
