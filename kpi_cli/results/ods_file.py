"""An ods workbook (LibreOffice, Google) to sheets of raw cells.

Its cells say themselves whether they are a percentage and carry the text that they show, so that nothing is guessed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
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
from kpi_cli.results.words import ERROR_TEXT
from kpi_cli.results.xlsx_archive import open_archive
from kpi_cli.results.xlsx_sheet import FALSE, MAX_MERGED, NOT_CALCULATED, TRUE, make_text, read_number
from kpi_cli.results.xlsx_xml import Budget, Handlers, stream_part
from kpi_cli.results.xml_names import SEPARATOR, Attributes, Element, Elements, Texts, name_all

MAX_ODS_BYTES = 50_000_000
MAX_SHEETS = 1_000
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_DECIMALS = re.compile(r"[0-9๐-๙](?:[.,]([0-9๐-๙]*))?[^0-9๐-๙]*\Z")
_PERCENT = "%"
_GROUPS = ("table-header-rows", "table-rows", "table-row-group")
# Pieces of a paragraph that hold text as it is seen: runs of a font, links, and fields.
_WITHIN_TEXT = (
    *("span", "a", "meta", "meta-field", "ruby", "ruby-base"),
    *("sheet-name", "title", "date", "time", "file-name", "page-number", "page-count"),
)
_ODF = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_OFFICE, _TABLE, _TEXT, _STYLE = map(_ODF.format, ("office", "table", "text", "style"))
_MANIFESTS = (_ODF.format("manifest"), "http://openoffice.org/2001/manifest")
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


class _Name:
    """The names of attributes."""

    STYLE = f"{_STYLE}{SEPARATOR}name"
    DISPLAY = f"{_TABLE}{SEPARATOR}display"
    TABLE = f"{_TABLE}{SEPARATOR}name"
    TABLE_STYLE = f"{_TABLE}{SEPARATOR}style-name"
    ROWS = f"{_TABLE}{SEPARATOR}number-rows-repeated"
    COLUMNS = f"{_TABLE}{SEPARATOR}number-columns-repeated"
    ROWS_SPANNED = f"{_TABLE}{SEPARATOR}number-rows-spanned"
    COLUMNS_SPANNED = f"{_TABLE}{SEPARATOR}number-columns-spanned"
    FORMULA = f"{_TABLE}{SEPARATOR}formula"
    SPACES = f"{_TEXT}{SEPARATOR}c"
    TYPE = f"{_OFFICE}{SEPARATOR}value-type"
    CALC_TYPE = f"{_CALC}{SEPARATOR}value-type"
    VALUE = f"{_OFFICE}{SEPARATOR}value"
    TRUTH = f"{_OFFICE}{SEPARATOR}boolean-value"
    DATE = f"{_OFFICE}{SEPARATOR}date-value"


def read_ods(data: bytes, *, file: str) -> Book:
    """All sheets of a workbook; raises `UnreadableError` for one that is broken, encrypted or beyond bounds."""
    if len(data) > MAX_ODS_BYTES:
        raise UnreadableError("too-large", limit=f"{MAX_ODS_BYTES // 1_000_000} MB")
    budget = Budget(find_room(len(data)))
    with open_archive(data, needs=_CONTENT) as archive:
        _check_encryption(archive, budget)
        reader = _Reader(budget, file)
        stream_part(archive, _CONTENT, Handlers(_list_elements(reader), reader.text), budget, most=None)
    return Book(tuple(reader.sheets))


def _check_encryption(archive: zipfile.ZipFile, budget: Budget) -> None:
    found: list[Attributes] = []
    entries = name_all(_MANIFESTS, {"file-entry": Element(inside=_manifest("encryption-data", Element(found.append)))})
    root = _manifest("manifest", Element(inside=entries))
    if _MANIFEST in archive.namelist():
        stream_part(archive, _MANIFEST, Handlers(root), budget)
    if found:
        raise UnreadableError("encrypted")


def _manifest(name: str, element: Element) -> Elements:
    return name_all(_MANIFESTS, {name: element})


def _list_elements(reader: _Reader) -> Elements:
    """What counts in the content of a workbook."""
    in_style = _name(_STYLE, {"table-properties": Element(reader.note_display)})
    in_styles = _name(_STYLE, {"style": Element(reader.begin_style, inside=in_style)})
    in_body = {"spreadsheet": Element(inside=_list_tables(reader))}
    in_content = {"automatic-styles": Element(inside=in_styles), "body": Element(inside=_name(_OFFICE, in_body))}
    return _name(_OFFICE, {"document-content": Element(inside=_name(_OFFICE, in_content))})


def _list_tables(reader: _Reader) -> Elements:
    """Tables of rows, which may lie in groups of groups, of cells. What is drawn or noted on them is none of them."""
    paragraph = Element(reader.begin_paragraph, inside=_list_texts(reader))
    in_row = {
        "table-cell": Element(reader.begin_cell, reader.finish_cell, _name(_TEXT, {"p": paragraph})),
        "covered-table-cell": Element(reader.begin_cell, reader.finish_covered),
    }
    rows = _name(_TABLE, {"table-row": Element(reader.begin_row, reader.finish_row, _name(_TABLE, in_row))})
    rows |= _name(_TABLE, dict.fromkeys(_GROUPS, Element(inside=rows)))
    return _name(_TABLE, {"table": Element(reader.begin_table, reader.finish_table, rows)})


def _list_texts(reader: _Reader) -> Elements:
    """What belongs to the text of a paragraph."""
    texts = Texts()
    spaces = {
        "s": Element(reader.add_spaces),
        "tab": Element(lambda _: reader.add_text("\t")),
        "line-break": Element(lambda _: reader.add_text("\n")),
    }
    texts |= _name(_TEXT, spaces | dict.fromkeys(_WITHIN_TEXT, Element(inside=texts)))
    return texts


def _name(space: str, elements: Mapping[str, Element]) -> Elements:
    return name_all((space,), elements)


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

    def begin_style(self, attributes: Attributes) -> None:
        self.style = attributes.get(_Name.STYLE, "")

    def note_display(self, attributes: Attributes) -> None:
        if attributes.get(_Name.DISPLAY) == "false":
            self.hidden_styles.add(self.style)

    def begin_table(self, attributes: Attributes) -> None:
        self.table, self.rows, self.merged, self.number = attributes, [], [], 0
        if len(self.sheets) >= MAX_SHEETS:
            self.refuse()

    def finish_table(self) -> None:
        title = self.table.get(_Name.TABLE, "")
        hidden = self.table.get(_Name.TABLE_STYLE, "") in self.hidden_styles
        self.sheets.append(Sheet(self.file, tuple(self.rows), title, hidden=hidden, merged=tuple(sorted(self.merged))))

    def begin_row(self, attributes: Attributes) -> None:
        self.repeated, self.width, self.cells = _read_count(attributes.get(_Name.ROWS)), 0, []

    def finish_row(self) -> None:
        if self.cells:
            self.budget.add_rows(_CONTENT, self.repeated, width=len(self.cells))
            cells = tuple(self.cells)
            self.rows += (Row(self.number + one, cells) for one in range(1, self.repeated + 1))
        self.number += self.repeated

    def begin_cell(self, attributes: Attributes) -> None:
        self.cell = attributes
        self.text.clear()

    def finish_cell(self) -> None:
        repeated = _read_count(self.cell.get(_Name.COLUMNS))
        cell = _read_cell(self.cell, "".join(self.text))
        self.note_merged()
        if cell is not BLANK:
            if self.width + repeated > MAX_COLUMNS:
                raise UnreadableError("broken-workbook", problem=f"{_CONTENT}: column {self.width + repeated}")
            self.cells.extend([BLANK] * (self.width - len(self.cells)))
            self.cells.extend([cell] * repeated)
            self.budget.cells += repeated * self.repeated
        self.width += repeated

    def finish_covered(self) -> None:
        # Nobody sees what lies under a cell that is merged with it, and nobody is scored by it.
        self.width += _read_count(self.cell.get(_Name.COLUMNS))

    def note_merged(self) -> None:
        rows = _read_count(self.cell.get(_Name.ROWS_SPANNED))
        columns = _read_count(self.cell.get(_Name.COLUMNS_SPANNED))
        if rows > 1 or columns > 1:
            top = self.number + 1
            self.merged.append(Merged(top, self.width, top + rows - 1, self.width + columns - 1))
            self.merged_columns += columns
            if self.merged_columns > MAX_MERGED:
                self.refuse()

    def begin_paragraph(self, _: Attributes) -> None:
        self.text += ["\n"] if self.text else []

    def add_text(self, text: str) -> None:
        self.text.append(text)
        self.budget.characters += len(text)

    def add_spaces(self, attributes: Attributes) -> None:
        self.add_text(" " * min(_read_count(attributes.get(_Name.SPACES)), 100))

    def refuse(self) -> None:
        raise UnreadableError("too-much-xml", part=_CONTENT)


def _read_count(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and 0 < len(text) < 8 else 1


def _read_cell(attributes: Attributes, shown: str) -> RawCell:
    if attributes.get(_Name.CALC_TYPE) == "error" or ERROR_TEXT.match(shown):
        return RawCell(Kind.ERROR, shown)
    match attributes.get(_Name.TYPE):
        case "percentage" | "float" | "currency" as kind:
            return _read_number(attributes.get(_Name.VALUE, ""), shown, kind)
        case "boolean":
            return TRUE if attributes.get(_Name.TRUTH) == "true" else FALSE
        case "date" | "time":
            return RawCell(Kind.DATE, attributes.get(_Name.DATE) or shown)
        case None if not shown and _Name.FORMULA in attributes:
            return NOT_CALCULATED
    return make_text(shown)


@lru_cache(maxsize=65_536)
def _read_number(value: str, shown: str, kind: str) -> RawCell:
    """The stored number, with what its shown text tells: a percent sign, and how many decimals."""
    sign: PercentSign = "scaled" if kind == "percentage" else "literal" if _PERCENT in shown else ""
    cell = read_number(value, "0.0%" if sign == "scaled" else "0.0", False)
    decimals = _DECIMALS.search(shown)
    return cell._replace(percent_sign=sign, places=len(decimals[1] or "") if decimals else None)
