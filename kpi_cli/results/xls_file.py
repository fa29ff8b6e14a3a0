"""An .xls workbook (Excel 97 to 2003) to sheets of raw cells, through xlrd, which keeps number formats.

An extra (`pip install xlrd`): few still send one.
"""

from __future__ import annotations

import io
from typing import Any

from kpi_cli.results.cells import BLANK, Book, Kind, Merged, RawCell, Row, Sheet, UnreadableError
from kpi_cli.results.number_format import check_formats
from kpi_cli.results.room import ROOM
from kpi_cli.results.xlsx_sheet import FALSE, TRUE, make_text, read_number

MAX_XLS_BYTES = 10_000_000


def read_xls(data: bytes, *, file: str) -> Book:
    """All sheets of a workbook; raises `UnreadableError` for one that is broken, encrypted or too large."""
    if len(data) > MAX_XLS_BYTES:
        raise UnreadableError("too-large", limit=f"{MAX_XLS_BYTES // 1_000_000} MB")
    book = _open_book(data)
    check_formats("xls", {known.format_str for known in book.format_map.values() if known.format_str})
    room = [ROOM.cells]
    return Book(tuple(_read_sheet(book, sheet, room, file=file) for sheet in book.sheets()))


def _open_book(data: bytes) -> Any:
    try:
        import xlrd  # noqa: PLC0415  # an extra, and paid only by who needs it
    except ImportError:
        raise UnreadableError("old-xls") from None
    try:
        # Only with formats does xlrd tell 85 % from 0.85.
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except Exception as error:  # whatever a broken file makes of xlrd is said of the file
        if "encrypted" in str(error):
            raise UnreadableError("encrypted") from None
        raise UnreadableError("broken-workbook", problem=str(error)[:200] or type(error).__name__) from None


def _read_sheet(book: Any, sheet: Any, room: list[int], *, file: str) -> Sheet:
    rows = []
    for number in range(sheet.nrows):
        cells = [_read_cell(book, cell) for cell in sheet.row(number)]
        room[0] -= len(cells) - cells.count(BLANK)
        if room[0] < 0:
            raise UnreadableError("too-much-xml", part=sheet.name)
        while cells and cells[-1] is BLANK:
            cells.pop()
        if cells:
            rows.append(Row(number + 1, tuple(cells)))
    ranges = (Merged(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells)
    merged = sorted(one for one in ranges if one[:2] != one[2:])
    return Sheet(file, tuple(rows), sheet.name, hidden=bool(sheet.visibility), merged=tuple(merged))


def _read_cell(book: Any, cell: Any) -> RawCell:
    import xlrd  # noqa: PLC0415

    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return make_text(cell.value)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            return read_number(repr(cell.value), number_format, bool(book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return TRUE if cell.value else FALSE
        case xlrd.XL_CELL_ERROR:
            return RawCell(Kind.ERROR, xlrd.error_text_from_code.get(cell.value, f"#{cell.value}"))
    return BLANK
