from __future__ import annotations

import datetime
import io
import pathlib
import sys
from decimal import Decimal

import pytest
import xlwt

from kpi_cli.results import number_format, xls_file
from kpi_cli.results.cells import BLANK, Kind, Merged, RawCell, UnreadableError
from kpi_cli.results.room import ROOM
from kpi_cli.results.xls_file import read_xls
from tests.unit.results.small_set import figures_of, read_files, summarise


def save(book: xlwt.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def make_book() -> xlwt.Workbook:
    book = xlwt.Workbook()
    sheet = book.add_sheet("รายทีม")
    percent, literal, date = (xlwt.easyxf(num_format_str=code) for code in ("0.0%", '0.00"%"', "yyyy-mm-dd"))
    sheet.write(0, 0, "สตึก")
    sheet.write(0, 1, 0.855, percent)
    sheet.write(0, 2, 85, literal)
    sheet.write(0, 3, 0.85)
    sheet.write(0, 4, True)
    sheet.write(0, 5, datetime.date(2021, 3, 31), date)
    sheet.write(0, 6, None, percent)
    sheet.row(0).set_cell_error(7, "#DIV/0!")
    sheet.write_merge(2, 3, 0, 1, "x")
    book.add_sheet("ซ่อน").visibility = 1
    return book


def test_cells_keep_their_number_formats() -> None:
    shown, hidden = read_xls(save(make_book()), file="f.xls").sheets
    assert [row.number for row in shown.rows] == [1, 3]
    assert list(shown.rows[0].cells) == [
        RawCell(Kind.TEXT, "สตึก"),
        RawCell(Kind.NUMBER, "85.5%", Decimal("0.855"), None, "scaled", 1),
        RawCell(Kind.NUMBER, "85", Decimal(85), None, "literal", 2),
        RawCell(Kind.NUMBER, "0.85", Decimal("0.85"), None, "", 9),
        RawCell(Kind.TRUTH, "TRUE", truth=True),
        RawCell(Kind.DATE, "2021-03-31"),
        BLANK,
        RawCell(Kind.ERROR, "#DIV/0!"),
    ]
    assert (shown.merged, shown.hidden, hidden.title, hidden.hidden) == ((Merged(3, 0, 4, 1),), False, "ซ่อน", True)


def test_the_same_refusals_as_elsewhere(tmp_path: pathlib.Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row, cells in enumerate((("entity", "growth"), ("สตึก", 0.85), ("นางรอง", 12.5))):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    results = read_files(tmp_path, {"a.xls": save(book)})
    assert summarise(results) == [("S!B2", "cell-ambiguous-percent")]
    assert figures_of(results, "นางรอง") == {"growth": Decimal("12.5")}


def refuse(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_xls(data, file="f.xls")
    return caught.value.variant


def test_what_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = save(make_book())
    for end in (10, 600, 3_000, len(data) // 2):
        assert refuse(data[:end]) == "broken-workbook"
    monkeypatch.setattr(xls_file, "ROOM", ROOM._replace(cells=3))
    assert refuse(data) == "too-much-xml"
    monkeypatch.setattr(xls_file, "MAX_XLS_BYTES", 3)
    assert refuse(data) == "too-large"


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    assert refuse(save(make_book())) == "old-xls"


@pytest.mark.parametrize("codes", [["0" * 256], [f"0.{n}" for n in range(2_000)]])
def test_number_formats_have_the_bounds_of_those_of_xlsx(codes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(number_format, "MAX_FORMATS", 1_000)
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row, code in enumerate(codes):
        sheet.write(row, 0, 1, xlwt.easyxf(num_format_str=code))
    assert refuse(save(book)) == "broken-workbook"
