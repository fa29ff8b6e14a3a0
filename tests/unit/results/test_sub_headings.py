"""What may stand between a heading and its figures."""

from __future__ import annotations

import pytest

from kpi_cli.model import Measure
from kpi_cli.results.sub_headings import names_other_figures, names_unit

PERCENT = Measure(type="percent", title="การเบิกจ่าย")
BAHT = Measure(type="number", title="เงินที่เบิกจ่าย", unit="บาท")
COUNT = Measure(type="count", title="จำนวนครั้งที่ประชุม")
FLAG = Measure(type="flag", title="จัดประชุมแล้ว")


@pytest.mark.parametrize(
    ("text", "measure", "named"),
    [
        *[(text, PERCENT, True) for text in ("ร้อยละ", "( ร้อยละ )", "%", "หน่วย : ร้อยละ", "หน่วย=%", "[percent]")],
        *[(text, PERCENT, True) for text in ("ร้อยละ (%)", "คิดเป็นร้อยละ", "หน่วยนับ: ร้อยละ")],
        *[(text, PERCENT, False) for text in ("(แผน)", "เป้าหมาย", "(ปีก่อน)", "(บาท)", "(ครัวเรือน)", "เบิกจ่าย")],
        *[(text, BAHT, True) for text in ("บาท", "(บาท)", "หน่วย: บาท", "หน่วยนับ : บาท", "จำนวนเงิน (บาท)", "บาท.")],
        *[(text, BAHT, False) for text in ("ล้านบาท", "(พันบาท)", "ร้อยละ", "หน่วย ล้านบาท", "บาท (ปี 2563)")],
        *[(text, COUNT, True) for text in ("ครั้ง", "(ครั้ง)", "(เรื่อง)", "จำนวน (ครั้ง)", "ก", "(ข)")],
        *[(text, COUNT, False) for text in ("เรื่อง", "ปี 2563", "(ปี 2563)", "(ปี ๒๕๖๓)", "เป้าหมาย", "(แผน)", "(ปีก่อน)")],
        *[(text, FLAG, True) for text in ("มี/ไม่มี", "(ใช่ / ไม่ใช่)", "มี = 1 / ไม่มี = 0")],
        *[(text, FLAG, False) for text in ("(ครั้ง)", "มี/บ้าง")],
    ],
)
def test_a_unit_is_what_the_set_or_the_title_says_or_stands_in_brackets(
    text: str, measure: Measure, named: bool
) -> None:
    assert names_unit(text, measure) is named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        *[(text, True) for text in ("ปี 2563", "ปีงบประมาณ ๒๕๖๓", "ข้อมูล ปีก่อน", "เป้าหมาย", "แผน", "Last year", "FY2020")],
        *[(text, True) for text in ("ปี 2563 - 2564",)],
        *[(text, False) for text in ("กลุ่มใต้", "ลงชื่อ", "12563", "25630", "1999", "กลุ่มอำเภอเป้าหมาย")],
        *[(text, False) for text in ("ข้อมูล ณ วันที่ 31 มีนาคม 2564", "ปีงบประมาณ พ.ศ. ๒๕๖๔")],
    ],
)
def test_other_years_and_targets_are_other_figures(text: str, named: bool) -> None:
    assert names_other_figures(text, 2564) is named
    assert names_other_figures("ปีงบประมาณ 2564", None) is True
