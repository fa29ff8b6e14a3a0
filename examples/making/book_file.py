"""Writes sheets to an xlsx file that is the same, byte for byte, each time."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from making.plan import Box, Sheet
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.dimensions import SheetFormatProperties
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

MADE = datetime.datetime(2021, 4, 9, 9, 0, 0)
FACE = "TH Sarabun New"
THIN = Side(style="thin", color="FF7F7F7F")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
PLAIN = Alignment(vertical="center")
# look -> font, fill, border, alignment
LOOKS = {
    "title": (Font(name=FACE, size=18, bold=True), None, None, PLAIN),
    "subtitle": (Font(name=FACE, size=16), None, None, PLAIN),
    "made-up": (Font(name=FACE, size=16, bold=True, color="FFC00000"), None, None, PLAIN),
    "heading": (Font(name=FACE, size=14, bold=True), "FFDDEBF7", GRID, CENTRE),
    "header": (Font(name=FACE, size=12, bold=True), "FFF2F2F2", GRID, CENTRE),
    "ids": (Font(name=FACE, size=11, italic=True, color="FF7F7F7F"), None, GRID, CENTRE),
    "body": (Font(name=FACE, size=14), None, GRID, Alignment(horizontal="center", vertical="center")),
    "name": (Font(name=FACE, size=14), None, GRID, PLAIN),
    "total": (Font(name=FACE, size=14, bold=True), "FFFFF2CC", GRID, CENTRE),
    "footer": (Font(name=FACE, size=14), None, None, PLAIN),
}


def save_book(path: Path, sheets: Sequence[Sheet], *, kpi_set: str | None = None) -> None:
    """Writes `sheets` to `path`; `kpi_set` is the custom property that names the indicator set."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet)
    book.properties.creator = book.properties.lastModifiedBy = "ตัวอย่าง"
    book.properties.title = "ตัวเลขสมมุติ / made-up figures"
    book.properties.created = MADE
    if kpi_set:
        book.custom_doc_props.append(StringProperty(name="kpi-set", value=kpi_set))
    raw = io.BytesIO()
    book.save(raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_settle(raw.getvalue(), sheets))


def _write_sheet(target: Worksheet, sheet: Sheet) -> None:
    for reference, box in sheet.boxes.items():
        _write_box(target, reference, box)
    for merge in sheet.merges:
        target.merge_cells(merge)
    for letter, width in sheet.widths.items():
        target.column_dimensions[letter].width = width
    for row, height in sheet.heights.items():
        target.row_dimensions[row].height = height
    for row in sheet.hidden_rows:
        target.row_dimensions[row].hidden = True
    target.sheet_format = SheetFormatProperties(defaultRowHeight=22, customHeight=True)
    target.sheet_state = sheet.state
    target.freeze_panes = sheet.freeze
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = target.PAPERSIZE_A3
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)


def _write_box(target: Worksheet, reference: str, box: Box) -> None:
    cell = target[reference]
    cell.value = box.value
    if box.literal:
        cell.data_type, cell.quotePrefix = "s", True
    cell.number_format = box.format
    font, fill, border, alignment = LOOKS[box.look]
    cell.font, cell.alignment = font, alignment
    if fill:
        cell.fill = PatternFill("solid", start_color=fill, end_color=fill)
    if border:
        cell.border = border


def _settle(raw: bytes, sheets: Sequence[Sheet]) -> bytes:
    # openpyxl stamps the time of saving, and stores a formula or a value but never both.
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(settled, "w") as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, _settle_part(name, old.read(name), sheets))
    return settled.getvalue()


def _settle_part(name: str, content: bytes, sheets: Sequence[Sheet]) -> bytes:
    if name == "docProps/core.xml":
        stamp = f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode()
        return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
    number = re.fullmatch(r"xl/worksheets/sheet([0-9]+)\.xml", name)
    return _store_formulas(content, sheets[int(number[1]) - 1]) if number else content


def _store_formulas(content: bytes, sheet: Sheet) -> bytes:
    text = content.decode("utf-8")
    for reference, box in sheet.boxes.items():
        if box.formula:
            stored = f"<f>{escape(box.formula, quote=False)}</f>"
            text, count = re.subn(rf'(<c r="{reference}"[^>]*>)(<v>)', rf"\g<1>{stored}\g<2>", text)
            assert count == 1, f"no value was written in {sheet.title}!{reference}"
    return text.encode("utf-8")
