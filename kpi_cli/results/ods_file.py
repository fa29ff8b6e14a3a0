"""An ods workbook (LibreOffice, Google) to sheets of raw cells.

Its cells say themselves whether they are a percentage and carry the text that they show, so that nothing is guessed.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache

from kpi_cli.results.cells import (
    BLANK,
    MAX_COLUMNS,
    Book,
    Kind,
    Merged,
    PercentSign,
    RawCell,
    Row,
    Sheet,
    UnreadableError,
)
from kpi_cli.results.room import find_room
from kpi_cli.results.xlsx_archive import open_archive
from kpi_cli.results.xlsx_sheet import MAX_MERGED, NOT_CALCULATED, make_text, read_number
from kpi_cli.results.xlsx_xml import Attributes, Budget, Handlers, stream_part

MAX_ODS_BYTES = 50_000_000
MAX_SHEETS = 1_000
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_DECIMALS = re.compile(r"[0-9๐-๙](?:[.,]([0-9๐-๙]*))?[^0-9๐-๙]*\Z")
_PERCENT = "%"
# Drawings and notes on a cell have paragraphs too, which are none of its figure.
_BESIDE = ("annotation", "shapes", "frame", "custom-shape", "line", "rect", "g", "control")


def read_ods(data: bytes, *, file: str) -> Book:
    """All sheets of a workbook; raises `UnreadableError` for one that is broken, encrypted or beyond bounds."""
    if len(data) > MAX_ODS_BYTES:
        raise UnreadableError("too-large", limit=f"{MAX_ODS_BYTES // 1_000_000} MB")
    budget = Budget(find_room(len(data)))
    with open_archive(data, needs=_CONTENT) as archive:
        _check_encryption(archive, budget)
        reader = _Reader(budget, file)
        starts = {
            "style": reader.begin_style,
            "table-properties": reader.note_display,
            "table": reader.begin_table,
            "table-row": reader.begin_row,
            "table-cell": reader.begin_cell,
            "covered-table-cell": reader.begin_cell,
            "p": reader.begin_paragraph,
            "s": reader.add_spaces,
            **dict.fromkeys(_BESIDE, reader.begin_beside),
        }
        ends = {
            "table": reader.finish_table,
            "table-row": reader.finish_row,
            "table-cell": reader.finish_cell,
            "covered-table-cell": reader.finish_cell,
            "p": reader.finish_paragraph,
            **dict.fromkeys(_BESIDE, reader.finish_beside),
        }
        stream_part(archive, _CONTENT, Handlers(starts, ends, reader.add_text), budget, most=None)
    return Book(tuple(reader.sheets))


def _check_encryption(archive: zipfile.ZipFile, budget: Budget) -> None:
    found: list[Attributes] = []
    if _MANIFEST in archive.namelist():
        stream_part(archive, _MANIFEST, Handlers({"encryption-data": found.append}), budget)
    if found:
        raise UnreadableError("encrypted")


@dataclass(slots=True)
class _Reader:
    """What stands so far of the sheet, the row and the cell that are being read."""

    budget: Budget
    file: str
    sheets: list[Sheet] = field(default_factory=list)
    hidden_styles: set[str] = field(default_factory=set)
    style: str = ""
    table: Attributes = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    merged_columns: int = 0
    number: int = 0
    repeated: int = 1
    width: int = 0
    cells: list[RawCell] = field(default_factory=list)
    cell: Attributes = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    inside: bool = False
    beside: int = 0

    def begin_style(self, attributes: Attributes) -> None:
        self.style = attributes.get("style:name", "")

    def note_display(self, attributes: Attributes) -> None:
        if attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def begin_table(self, attributes: Attributes) -> None:
        self.table, self.rows, self.merged, self.number = attributes, [], [], 0
        if len(self.sheets) >= MAX_SHEETS:
            self.refuse()

    def finish_table(self) -> None:
        title = self.table.get("table:name", "")
        hidden = self.table.get("table:style-name", "") in self.hidden_styles
        self.sheets.append(Sheet(self.file, tuple(self.rows), title, hidden=hidden, merged=tuple(sorted(self.merged))))

    def begin_row(self, attributes: Attributes) -> None:
        self.repeated, self.width, self.cells = _read_count(attributes.get("table:number-rows-repeated")), 0, []

    def finish_row(self) -> None:
        if self.cells:
            self.budget.add_rows(_CONTENT, self.repeated, width=len(self.cells))
            cells = tuple(self.cells)
            self.rows += (Row(self.number + one, cells) for one in range(1, self.repeated + 1))
        self.number += self.repeated

    def begin_cell(self, attributes: Attributes) -> None:
        self.cell, self.inside = attributes, False
        self.text.clear()

    def finish_cell(self) -> None:
        repeated = _read_count(self.cell.get("table:number-columns-repeated"))
        cell = _read_cell(self.cell, "".join(self.text))
        self.note_merged()
        if cell is not BLANK:
            if self.width + repeated > MAX_COLUMNS:
                raise UnreadableError("broken-workbook", problem=f"{_CONTENT}: column {self.width + repeated}")
            self.cells.extend([BLANK] * (self.width - len(self.cells)))
            self.cells.extend([cell] * repeated)
            self.budget.cells += repeated * self.repeated
        self.width += repeated

    def note_merged(self) -> None:
        rows = _read_count(self.cell.get("table:number-rows-spanned"))
        columns = _read_count(self.cell.get("table:number-columns-spanned"))
        if rows > 1 or columns > 1:
            top = self.number + 1
            self.merged.append(Merged(top, self.width, top + rows - 1, self.width + columns - 1))
            self.merged_columns += columns
            if self.merged_columns > MAX_MERGED:
                self.refuse()

    def begin_paragraph(self, _: Attributes) -> None:
        if not self.beside:
            self.inside = True
            self.text += ["\n"] if self.text else []

    def finish_paragraph(self) -> None:
        self.inside = False

    def add_text(self, text: str) -> None:
        if self.inside and not self.beside:
            self.text.append(text)
            self.budget.characters += len(text)

    def add_spaces(self, attributes: Attributes) -> None:
        self.add_text(" " * min(_read_count(attributes.get("text:c")), 100))

    def begin_beside(self, _: Attributes) -> None:
        self.beside += 1

    def finish_beside(self) -> None:
        self.beside -= 1

    def refuse(self) -> None:
        raise UnreadableError("too-much-xml", part=_CONTENT)


def _read_count(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and 0 < len(text) < 8 else 1


def _read_cell(attributes: Attributes, shown: str) -> RawCell:
    if attributes.get("calcext:value-type") == "error" or shown.startswith("Err:"):
        return RawCell(Kind.ERROR, shown)
    match attributes.get("office:value-type"):
        case "percentage" | "float" | "currency" as kind:
            return _read_number(attributes.get("office:value", ""), shown, kind)
        case "boolean":
            truth = attributes.get("office:boolean-value") == "true"
            return RawCell(Kind.TRUTH, "TRUE" if truth else "FALSE", truth=truth)
        case "date" | "time":
            return RawCell(Kind.DATE, attributes.get("office:date-value") or shown)
        case None if not shown and "table:formula" in attributes:
            return NOT_CALCULATED
    return make_text(shown)


@lru_cache(maxsize=65_536)
def _read_number(value: str, shown: str, kind: str) -> RawCell:
    """The stored number, with what its shown text tells: a percent sign, and how many decimals."""
    sign: PercentSign = "scaled" if kind == "percentage" else "literal" if _PERCENT in shown else ""
    cell = read_number(value, "0.0%" if sign == "scaled" else "0.0", False)
    decimals = _DECIMALS.search(shown)
    return cell._replace(percent_sign=sign, places=len(decimals[1] or "") if decimals else None)
