from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook, load_workbook

from kpi_cli.render.xlsx.archive import save_book
from kpi_cli.render.xlsx.cells import write_header
from kpi_cli.render.xlsx.long_rows import LongRows, Look


def make_book(count: int) -> tuple[Workbook, LongRows]:
    book = Workbook()
    sheet = book.create_sheet("long")
    write_header(sheet, 1, ["name", "value"])
    return book, LongRows(sheet, 1, (Look(20), Look(10)), [(f"x{n}", n) for n in range(count)])


def test_long_rows_stand_in_their_own_sheet() -> None:
    book, table = make_book(3)
    again = load_workbook(io.BytesIO(save_book(book, [table])))
    assert list(again["long"].iter_rows(values_only=True)) == [
        ("name", "value"),
        ("x0", 0),
        ("x1", 1),
        ("x2", 2),
    ]
    assert again.worksheets[0].max_row == 1


def test_no_rows_are_no_harm() -> None:
    book, table = make_book(0)
    assert load_workbook(io.BytesIO(save_book(book, [table])))["long"].max_row == 1


def test_no_clock_is_in_it() -> None:
    book, table = make_book(2)
    first = save_book(book, [table])
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}
