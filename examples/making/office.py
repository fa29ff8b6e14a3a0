"""The workbook of one office: 23 districts, a sheet a section, laid out as it would be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from making.figures import Figures, load_figures, load_indicators, load_measures, load_roster
from making.plan import (
    Box,
    Column,
    Sheet,
    Show,
    as_fraction,
    as_number,
    as_points,
    as_words,
    place_row,
    show_figure,
)
from openpyxl.utils import get_column_letter

TITLE = "แบบรายงานผลการดำเนินงานตามตัวชี้วัดการประเมินผลการปฏิบัติราชการ"
OFFICE = "สำนักงานพัฒนาชุมชนจังหวัดบุรีรัมย์ ปีงบประมาณ พ.ศ. ๒๕๖๔ รอบการประเมินที่ ๑ (๑ ตุลาคม ๒๕๖๓ - ๓๑ มีนาคม ๒๕๖๔)"
MADE_UP = "ตัวเลขสมมุติทั้งหมด ใช้เป็นตัวอย่างเท่านั้น · All figures in this file are made up"
HEADER_ROW = 6
FIRST_ROW = HEADER_ROW + 1
FIRST_FIGURE = 3
"""The column of the first figure; before it stand ที่ and อำเภอ."""

TEAM = ("T1", "T2", "T3.1", "T3.2", "T3.3", "T4", "T5")
INDIVIDUAL = ("I1", "I2", "I3", "I4", "I5", "I6")

# How the office types a measure, where not as a plain number; and the alias it writes for a long title.
SHOWS: Mapping[str, Show] = {
    "budget_spent": as_points(),
    "budget_spent_baht": as_number("#,##0.00"),
    "budget_allocated_baht": as_number("#,##0.00"),
    "plan_achieved": as_fraction(),
    "briefing_held": as_words("✓", "✗"),
    "po_issued": as_fraction(),
    "garden_households": as_points(),
    "cloth_plan": as_words("มี", "ไม่มี"),
    "publicity_points": as_number("#,##0.00"),
    "loans_cleared": as_fraction(),
    "bpm_recorded": as_fraction(),
    "gvh_reported": as_fraction("0.0%"),
    "household_database": as_words("มี", "ไม่มี"),
    "households_developed": as_points(),
    "otop_online": as_points(),
    "otop_readiness_report": as_words("ใช่", "ไม่ใช่"),
    "otop_income_growth": as_number("0.00"),
    "fund_plan": as_words("มี", "ไม่มี"),
    "fund_understanding": as_words("✓", "✗"),
    "fund_database": as_words("ครบ", "ไม่ครบ"),
    "fund_targets": as_words("มี", "ไม่มี"),
    "fund_team": as_words("มี", "ไม่มี"),
    "fund_team_plan": as_words("มี", "ไม่มี"),
    "debtor_register": as_words("ใช่", "ไม่ใช่"),
    "debt_plan_proposed": as_words("✓", "✗"),
    "debt_plan_carried_out": as_words("✓", "✗"),
    "overdue_debt": as_fraction("0.000%"),
}
ALIASES = {
    "plan_achieved": "ผลงานตามแผน (%)",
    "briefing_held": "ประชุมชี้แจง โคก หนอง นา",
    "garden_models": "ต้นแบบปลูกผัก (ราย/หน่วย)",
    "garden_clip_types": "คลิปประกวดปลูกผัก (ประเภท)",
    "cloth_meetings": "ประชุมผ้าไทย (ครั้ง)",
    "publicity_points": "คะแนนประชาสัมพันธ์",
    "stories_selected": "เรื่องที่ได้รับคัดเลือก",
    "bpm_recorded": "บันทึก BPM (%)",
    "household_database": "มีฐานข้อมูลครัวเรือน",
    "households_developed": "พัฒนาคุณภาพชีวิต (%)",
    "otop_readiness_report": "รายงานสำรวจความพร้อม",
    "debt_plan_proposed": "เสนอแผนบริหารหนี้",
    "debt_plan_carried_out": "ดำเนินการตามแผนบริหารหนี้",
}
REMARKS = {
    "ชำนิ": {"team": "ยังไม่ส่งรายงานทีม"},
    "ปะคำ": {"team": "รอยืนยันจำนวน PO"},
    "นาโพธิ์": {"team": "ไม่มีครัวเรือนต้นแบบ"},
    "หนองหงส์": {"team": "ไม่มีสัญญาครบกำหนด"},
    "พุทไธสง": {"individual": "ไม่มีรายได้ปีก่อนให้เทียบ"},
}


def plan_office() -> tuple[Sheet, ...]:
    """The two sheets of the single workbook."""
    return (
        _plan_section("รายทีม", "ตัวชี้วัดงานรายทีม", section="team", indicators=TEAM),
        _plan_section("รายบุคคล", "ตัวชี้วัดงานรายบุคคล", section="individual", indicators=INDIVIDUAL),
    )


def columns_of(indicators: Sequence[str], aliases: Mapping[str, str] = ALIASES) -> tuple[Column, ...]:
    """Every measure of `indicators`, as the office types it."""
    measures = load_measures()
    ids = [name for indicator in indicators for name in load_indicators()[indicator]["measures"]]
    return tuple(Column(name, aliases.get(name, measures[name]["title"]), SHOWS.get(name, as_number())) for name in ids)


def _plan_section(title: str, heading: str, *, section: str, indicators: Sequence[str]) -> Sheet:
    columns, figures = columns_of(indicators), load_figures()
    last = get_column_letter(FIRST_FIGURE + len(columns))
    group_boxes, merges = _plan_groups(indicators)
    boxes = {
        "A1": Box(f"{TITLE} · {heading}", look="title"),
        "A2": Box(OFFICE, look="subtitle"),
        "A3": Box(MADE_UP, look="made-up"),
        **group_boxes,
        **_plan_headers(columns),
        **_plan_rows(columns, figures, section),
        **_plan_totals(columns, figures),
        **_plan_footer(),
    }
    return Sheet(
        title,
        boxes,
        merges=(f"A1:{last}1", f"A2:{last}2", f"A3:{last}3", "A5:A6", "B5:B6", f"{last}5:{last}6", *merges),
        widths={"A": 5, "B": 18, last: 26, **_plan_widths(indicators)},
        heights={1: 28, 5: 104, HEADER_ROW: 176},
        freeze=f"C{FIRST_ROW}",
    )


def _plan_groups(indicators: Sequence[str]) -> tuple[dict[str, Box], tuple[str, ...]]:
    known, boxes, merges, column = load_indicators(), {}, [], FIRST_FIGURE
    for indicator in indicators:
        found = known[indicator]
        last = column + len(found["measures"]) - 1
        text = f"{found['code']} {found['title']} (น้ำหนัก {found['weight']})"
        boxes |= place_row(5, [Box(text, look="heading")] * (last - column + 1), first_column=column)
        merges.append(f"{get_column_letter(column)}5:{get_column_letter(last)}5")
        column = last + 1
    return boxes, tuple(merge for merge in merges if len(set(merge.split(":"))) > 1)


def _plan_widths(indicators: Sequence[str]) -> dict[str, float]:
    known, widths = load_indicators(), []
    for indicator in indicators:
        ids = list(known[indicator]["measures"])
        widths += [24 if len(ids) == 1 else 16 if name.endswith("_baht") else 13 for name in ids]
    return {get_column_letter(FIRST_FIGURE + index): width for index, width in enumerate(widths)}


def _plan_headers(columns: Sequence[Column]) -> dict[str, Box]:
    # The headings that span two rows stand in the upper one, as Excel keeps a merged cell's text.
    last = FIRST_FIGURE + len(columns)
    spanning = {1: "ที่", 2: "อำเภอ", last: "หมายเหตุ"}
    upper = {f"{get_column_letter(each)}5": Box(text, look="heading") for each, text in spanning.items()}
    headers = [Box(column.header, look="header") for column in columns]
    return upper | place_row(HEADER_ROW, headers, first_column=FIRST_FIGURE)


def _plan_rows(columns: Sequence[Column], figures: Figures, section: str) -> dict[str, Box]:
    boxes: dict[str, Box] = {}
    for index, district in enumerate(load_roster()):
        row = FIRST_ROW + index
        shown = [_add_formula(column, figures[district], show_figure(column, figures[district]), row, columns)
                 for column in columns]  # fmt: skip
        remark = Box(REMARKS.get(district, {}).get(section), look="name")
        boxes |= place_row(row, [Box(index + 1), Box(district, look="name"), *shown, remark])
    return boxes


def _add_formula(column: Column, figures: Mapping[str, str], box: Box, row: int, columns: Sequence[Column]) -> Box:
    # T1 is worked out in points and rounded; T5 is left as the bare ratio, with all the digits that Excel keeps.
    letters = {each.measure: get_column_letter(FIRST_FIGURE + index) for index, each in enumerate(columns)}
    if column.measure == "budget_spent" and {"budget_spent", "budget_spent_baht"} <= figures.keys():
        part, whole = letters["budget_spent_baht"], letters["budget_allocated_baht"]
        return Box(box.value, box.format, f"ROUND({part}{row}/{whole}{row}*100,2)")
    if column.measure == "loans_cleared" and "loans_due_contracts" in figures:
        part, whole = letters["loans_cleared_contracts"], letters["loans_due_contracts"]
        ratio = int(figures["loans_cleared_contracts"]) / int(figures["loans_due_contracts"])
        return Box(ratio, "0.00%", f"{part}{row}/{whole}{row}")
    return box


def _plan_totals(columns: Sequence[Column], figures: Figures) -> dict[str, Box]:
    measures, last = load_measures(), FIRST_ROW + len(load_roster()) - 1
    sums, means = [], []
    for index, column in enumerate(columns):
        cells = f"{get_column_letter(FIRST_FIGURE + index)}{FIRST_ROW}:{get_column_letter(FIRST_FIGURE + index)}{last}"
        kind = measures[column.measure]["type"]
        sums.append(_sum_box(column, figures, cells) if kind in ("count", "number") else Box())
        means.append(_mean_box(column, figures, cells) if kind == "percent" else Box())
    labelled = [
        (label, totals) for label, totals in (("รวม", sums), ("เฉลี่ย", means)) if any(box.formula for box in totals)
    ]
    boxes: dict[str, Box] = {}
    for row, (label, totals) in enumerate(labelled, start=last + 1):
        boxes |= place_row(row, [Box(), Box(label), *totals, Box()])
    return {reference: _as_total(box) for reference, box in boxes.items()}


def _sum_box(column: Column, figures: Figures, cells: str) -> Box:
    total = sum(Decimal(each[column.measure]) for each in figures.values() if column.measure in each)
    return Box(float(total), column.show("0").format, f"SUM({cells})")


def _mean_box(column: Column, figures: Figures, cells: str) -> Box:
    known = [Decimal(each[column.measure]) for each in figures.values() if _is_number(each.get(column.measure))]
    if column.measure == "loans_cleared":
        ratios = [each for each in figures.values() if "loans_due_contracts" in each]
        known += [100 * Decimal(each["loans_cleared_contracts"]) / int(each["loans_due_contracts"]) for each in ratios]
    mean = (sum(known) / len(known)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    percent = column.show("100")
    return Box(float(mean if percent.value == 100 else mean / 100), percent.format, f"AVERAGE({cells})")


def _is_number(figure: str | None) -> bool:
    return figure is not None and figure != "na"


def _as_total(box: Box) -> Box:
    return Box(box.value, box.format, box.formula, look="total")


def _plan_footer() -> dict[str, Box]:
    row = FIRST_ROW + len(load_roster()) + 3
    return {
        f"B{row}": Box("ลงชื่อ ........................................ ผู้รายงาน", look="footer"),
        f"B{row + 1}": Box("วันที่ ........ เดือน .................... พ.ศ. ..........", look="footer"),
    }
