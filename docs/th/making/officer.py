"""An officer's folder, as the guide tells of it: `python docs/th/making/officer.py FOLDER`; every figure is made up.

inbox/       what the four working groups sent, the same as examples/inbox
เดือนก่อน/    what they had sent a month before: some districts stood lower
ส่งผิด/       the same inbox with five slips that offices make
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

INBOX = Path(__file__).resolve().parents[3] / "examples" / "inbox"


def lay_down(folder: Path) -> None:
    """Writes the three folders into `folder`."""
    for name in ("inbox", "เดือนก่อน", "ส่งผิด"):
        shutil.copytree(INBOX, folder / name)
    _change(folder / "เดือนก่อน" / "ยุทธศาสตร์.xlsx", _go_back_a_month)
    _change(folder / "ส่งผิด" / "ยุทธศาสตร์.xlsx", _slip_in_strategy)
    _change(folder / "ส่งผิด" / "ส่งเสริม.xlsx", _slip_in_promotion)


def _change(path: Path, change: Callable[[Worksheet], None]) -> None:
    book = load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def _go_back_a_month(sheet: Worksheet) -> None:
    """Some districts had done less of their plans."""
    for name, percent in {"สตึก": 88, "ลำปลายมาศ": 92, "นาโพธิ์": 84, "กระสัง": 72.5}.items():
        _put(_find_row(sheet, name)[2], f"{percent}%")


def _slip_in_strategy(sheet: Worksheet) -> None:
    """A fraction without a percent sign, a range for a figure, a name that is not on the roster."""
    _put(_find_row(sheet, "สตึก")[2], 0.95)
    _put(_find_row(sheet, "คูเมือง")[2], "80-85")
    _put(_find_row(sheet, "นางรอง")[0], "อ.นางลอง")


def _slip_in_promotion(sheet: Worksheet) -> None:
    """A formula that was never calculated, and an answer that is neither yes nor no."""
    _put(_find_row(sheet, "แคนดง")[2], "=D6/E6")
    _put(_find_row(sheet, "บ้านด่าน")[6], "กำลังจัดทำ")


def _find_row(sheet: Worksheet, name: str) -> tuple[Cell, ...]:
    """The first row of the district `name`."""
    return next(row for row in _rows(sheet) if str(row[0].value).endswith(name))


def _rows(sheet: Worksheet) -> Iterator[tuple[Cell, ...]]:
    return sheet.iter_rows(min_row=5)


def _put(cell: Cell, value: object) -> None:
    cell.value = value
    cell.number_format = "General"


if __name__ == "__main__":
    lay_down(Path(sys.argv[1]))
