"""The same figures as in the single workbook, spread over the four working groups' own files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from making.figures import Figures, load_figures, load_measures, load_roster
from making.office import MADE_UP
from making.plan import (
    Box,
    Column,
    Sheet,
    Show,
    as_fraction,
    as_number,
    as_points,
    as_text,
    as_thai_text,
    as_words,
    place_row,
    show_figure,
)
from openpyxl.utils import get_column_letter

UNREPORTED_TEAM = "ชำนิ"
"""The district that did not send its team report: it stands in no team sheet here."""


def plan_inbox() -> Mapping[str, tuple[Sheet, ...]]:
    """File name -> its sheets, one file a working group."""
    return {
        "ประสาน.xlsx": (_plan_coordination(),),
        "ยุทธศาสตร์.xlsx": (_plan_strategy(),),
        "ส่งเสริม.xlsx": (_plan_promotion_team(), _plan_promotion_individual()),
        "สารสนเทศ.xlsx": (_plan_information(),),
    }


def _plan_coordination() -> Sheet:
    # Titles for people, and under them a row of ids for programs; districts in the order of the alphabet.
    columns = (
        _titled("budget_spent", as_text("{}%")),
        _titled("budget_spent_baht", as_number("#,##0.00")),
        _titled("budget_allocated_baht", as_number("#,##0.00")),
        _titled("loans_cleared", as_text("ร้อยละ {}")),
        _titled("loans_cleared_contracts", as_number()),
        _titled("loans_due_contracts", as_number()),
    )
    ids = [Box("entity", look="ids"), *(Box(column.measure, look="ids") for column in columns)]
    names = {district: f"อำเภอ{district}" for district in sorted(_reporting())}
    return _plan_wide("รายทีม", "กลุ่มงานประสานฯ", columns, names, ids=ids)


def _plan_promotion_team() -> Sheet:
    columns = (
        _titled("briefing_held", as_words("ใช่", "ไม่ใช่"), "จัดประชุมชี้แจง นพต."),
        _titled("po_issued", as_text("{} %"), "ร้อยละ PO", absent="-"),
        _titled("po_households", as_number(), "ครัวเรือนที่ออก PO แล้ว", absent="ไม่รายงาน"),
        _titled("model_households", as_number(), "ครัวเรือนต้นแบบทั้งหมด", absent="-"),
        _titled("cloth_meetings", as_number(), "ประชุมชี้แจงผ้าไทย"),
        _titled("cloth_plan", as_words("✔", "✘"), "แผนผ้าไทย"),
        _titled("cloth_channels", as_number(), "ประชาสัมพันธ์ผ้าไทย (ช่องทาง)"),
        _titled("cloth_agencies", as_number("0.0"), "หน่วยงานสวมใส่ผ้าไทย"),
        _titled("cloth_clips", as_number(), "คลิปผ้าไทย"),
    )
    names = {district: f"สพอ.{district}" for district in reversed(_reporting())}
    return _plan_wide("รายทีม", "กลุ่มงานส่งเสริมฯ · งานรายทีม", columns, names)


def _plan_promotion_individual() -> Sheet:
    columns = (
        _titled("bpm_recorded", as_points(), "ร้อยละการบันทึก BPM"),
        _titled("gvh_reported", as_points('0.0"%"'), "รายงาน GVH (%)"),
        _titled("household_database", as_words("มี", "ไม่มี"), "ฐานข้อมูลครัวเรือน"),
        _titled("households_developed", as_fraction(), "ครัวเรือนที่ได้รับการพัฒนา (%)"),
        _titled("otop_online", as_text("{}%"), "ร้อยละ OTOP ออนไลน์"),
        _titled("otop_readiness_report", as_words("มี", "ไม่มี"), "รายงานความพร้อม OTOP"),
        _titled("otop_income_growth", as_fraction(), "รายได้ OTOP ที่เพิ่มขึ้น", inapplicable="ไม่ประเมิน"),
        _titled("fund_plan", as_words("ผ่าน", "ไม่ผ่าน"), "แผนทุนชุมชน"),
        _titled("fund_understanding", as_words("ผ่าน", "ไม่ผ่าน"), "สร้างความเข้าใจทุนชุมชน"),
        _titled("fund_database", as_words("ครบ", "ไม่ครบ"), "ฐานข้อมูลกองทุนชุมชน"),
        _titled("fund_targets", as_words("√", "×"), "กองทุนชุมชนเป้าหมาย"),
        _titled("fund_team", as_words("yes", "no"), "ทีมคู่หู คู่คิด"),
        _titled("fund_team_plan", as_words("true", "false"), "แผนทีมคู่หู คู่คิด"),
        _titled("debtor_register", as_words("1", "0"), "ทะเบียนลูกหนี้"),
        _titled("debt_plan_proposed", as_words("ใช่", "ไม่ใช่"), "เสนอแผนต่อคณะอนุกรรมการ"),
        _titled("debt_plan_carried_out", as_words("ใช่", "ไม่ใช่"), "รายงานผลตามแผนบริหารหนี้"),
        _titled("overdue_debt", as_text("{}%"), "หนี้เกินกำหนด (%)"),
    )
    names = {district: f"สพอ.{district}" for district in reversed(load_roster())}
    return _plan_wide("รายบุคคล", "กลุ่มงานส่งเสริมฯ · งานรายบุคคล", columns, names)


def _plan_information() -> Sheet:
    # Typed as text in Thai digits, the most points first.
    columns = (
        _titled("publicity_points", as_thai_text()),
        _titled("stories_selected", as_thai_text()),
    )
    figures = load_figures()
    ordered = sorted(_reporting(), key=lambda district: -float(figures[district]["publicity_points"]))
    names = {district: f" {district} " for district in ordered}
    return _plan_wide("คะแนนประชาสัมพันธ์", "กลุ่มงานสารสนเทศฯ", columns, names, entity="ชื่ออำเภอ")


def _plan_strategy() -> Sheet:
    # A long list: a line for each district and measure. เมืองบุรีรัมย์ goes by its short name.
    measures = load_measures()
    headers = [Box(text, look="header") for text in ("อำเภอ", "ตัวชี้วัด", "ค่า", "หมายเหตุ")]
    boxes = {**_plan_titles("กลุ่มงานยุทธศาสตร์ฯ"), **place_row(4, headers)}
    lines = _list_lines(load_figures())
    for row, (district, label, box) in enumerate(lines, start=5):
        name = "อ.เมือง" if district == "เมืองบุรีรัมย์" else f"อ.{district}"
        text = measures[label]["title"] if label in ("garden_models", "garden_sites") else LONG_LABELS.get(label, label)
        boxes |= place_row(row, [Box(name, look="name"), Box(text, look="name"), box, Box()])
    return Sheet("ผลงานรายตัวชี้วัด", boxes, widths={"A": 20, "B": 60, "C": 12, "D": 16}, freeze="A5")


LONG_LABELS = {
    "plan_achieved": "ร้อยละความสำเร็จตามแผน",
    "garden_households": "ครัวเรือนปลูกผัก (%)",
    "garden_channels": "สื่อสารปลูกผัก (ช่องทาง)",
    "garden_lessons": "ถอดบทเรียนปลูกผัก",
}


def _list_lines(figures: Figures) -> Iterable[tuple[str, str, Box]]:
    shows: Mapping[str, Show] = {
        "plan_achieved": as_fraction(),
        "garden_households": as_points(),
        "garden_models": as_number(),
        "garden_channels": as_number(),
        "garden_sites": as_number(),
        "garden_lessons": as_number(),
        "garden_clip_types": as_number(),
    }
    for measure, show in shows.items():
        for district in _reporting():
            yield district, measure, show(figures[district][measure])


def _plan_wide(
    title: str,
    group: str,
    columns: Sequence[Column],
    names: Mapping[str, str],
    *,
    entity: str = "อำเภอ",
    ids: Sequence[Box] = (),
) -> Sheet:
    figures = load_figures()
    headers = [Box(entity, look="header"), *(Box(column.header, look="header") for column in columns)]
    boxes = {**_plan_titles(group), **place_row(4, headers), **place_row(5, ids)}
    for row, (district, name) in enumerate(names.items(), start=6 if ids else 5):
        shown = [show_figure(column, figures[district]) for column in columns]
        boxes |= place_row(row, [Box(name, look="name"), *shown])
    widths = {get_column_letter(index): 18 for index in range(2, len(columns) + 2)}
    return Sheet(title, boxes, widths={"A": 24, **widths}, heights={4: 110}, freeze="B5")


def _plan_titles(group: str) -> dict[str, Box]:
    text = f"รายงานผลการดำเนินงาน รอบการประเมินที่ ๑ · {group}"
    return {"A1": Box(text, look="title"), "A2": Box(MADE_UP, look="made-up")}


def _titled(measure: str, show: Show, header: str = "", *, absent: str = "", inapplicable: str = "N/A") -> Column:
    return Column(measure, header or load_measures()[measure]["title"], show, absent, inapplicable)


def _reporting() -> tuple[str, ...]:
    return tuple(district for district in load_roster() if district != UNREPORTED_TEAM)
