from __future__ import annotations

import pytest
from openpyxl import Workbook

from kpi_cli.render.translate import translate
from kpi_cli.render.xlsx.signatures import write_signatures
from tests.unit.render.reports import make_overall_report
from tests.unit.render.xlsx.books import list_values, reopen


@pytest.mark.parametrize("title", ["ตัวชี้วัดงานรายทีม", "ตัวชี้วัดงานรายบุคคล", "คะแนนรวมทุกส่วน"])
def test_every_ranking_has_a_place_to_sign(title: str) -> None:
    book = reopen(make_overall_report(), "th")
    assert title in book.sheetnames
    texts = [str(value) for row in list_values(book[title]) for value in row if value and "....." in str(value)]
    for word in ("ผู้รายงาน", "ผู้รับรอง"):
        assert sum(text.startswith("ลงชื่อ ....") and text.endswith(word) for text in texts) == 1


@pytest.mark.parametrize(("width", "merged"), [(9, ["A3:D3", "E3:I3"]), (2, []), (1, [])])
def test_places_lie_side_by_side_where_there_is_room(width: int, merged: list[str]) -> None:
    sheet = Workbook().worksheets[0]
    write_signatures(sheet, 3, width, translate("en"))
    ranges = sorted(str(one) for one in sheet.merged_cells.ranges if one.size["columns"] > 1)
    assert [one for one in ranges if ":" in one and one[1] == "3"] == merged
    assert sum("officer" in str(value) for row in list_values(sheet) for value in row) == 2
