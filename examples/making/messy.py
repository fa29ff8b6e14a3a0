"""A workbook with every trap of a results file in a cell of its own; `messy_expected.md` says how each must read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from making.figures import load_figures, load_measures, load_roster
from making.office import INDIVIDUAL, MADE_UP, TEAM, columns_of
from making.plan import Box, Column, Sheet, as_number, as_points, as_words, place_row, show_figure

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1

NAMES = {
    "A5": "อำเภอเมืองบุรีรัมย์",
    "A6": "อ.คูเมือง",
    "A7": "สพอ.กระสัง",
    "A9": "  หนองกี่  ",
    "A12": "บ้าน\u200bกรวด",  # a zero-width space
    "A13": "พุทไธสง\n",
    "A14": "ลํ\u0e32ปลายมาศ",  # sara am in two signs
    "A16": "ปะคํ\u0e32",
    "A26": "เเคนดง",  # sara e twice for sara ae
}
TEAM_HEADERS = {
    "J4": "ร้อยละของครัวเรือน\nที่ปลูก\u200bผักสวนครัว\nไม่น้อยกว่า 10 ชนิด",
    "M4": "จํ\u0e32นวนเเหล่งเรียนรู้ในการปลูกผักระดับอํ\u0e32เภอ",
    "T4": "จำนวนคลิปประชาสัมพันธ์ผ้าไทย ไส่ให้สนุก",
    "Z4": "ผู้รับผิดชอบ",
}
# Percents, one way of typing them after the other, down the column of plan_achieved.
TEAM_PERCENTS: Mapping[str, Box] = {
    "E5": Box(0.85, "0%"),
    "E6": Box("85%"),
    "E7": Box("85.5 %"),
    "E8": Box("ร้อยละ ๘๕"),
    "E9": Box("๘๕.๕๐"),
    "E10": Box(85),
    "E11": Box(0.5, '0.00"%"'),
    "E12": Box(0.85),
    "E13": Box(0),
    "E14": Box("1,250"),
    "E15": Box("75,5"),
    "E16": Box("80-85"),
    "E17": Box("#DIV/0!"),
    "E18": Box("=B18"),
    "E19": Box(-5),
    "E20": Box(102),
    "E21": Box(0.8996, "0%"),
    "E22": Box(None),
    "E23": Box("N/A"),
    "E24": Box("-"),
    "E25": Box("ไม่รายงาน"),
    "E26": Box(1),
    "E27": Box("ประมาณ 95"),
}
TEAM_FLAGS: Mapping[str, Box] = {
    "F5": Box("มี"),
    "F6": Box("ใช่"),
    "F7": Box("ผ่าน"),
    "F8": Box("ครบ"),
    "F9": Box("✓"),
    "F10": Box("✔"),
    "F11": Box("√"),
    "F12": Box("Yes"),
    "F13": Box(True),
    "F14": Box(1),
    "F15": Box("ไม่มี"),
    "F16": Box("ไม่ใช่"),
    "F17": Box("ไม่ผ่าน"),
    "F18": Box("ไม่ครบ"),
    "F19": Box("✗"),
    "F20": Box("✘"),
    "F21": Box("×"),
    "F23": Box("no"),
    "F24": Box(False),
    "F25": Box(0),
    "F26": Box("บางส่วน"),
    "F27": Box(2),
}
TEAM_OTHERS: Mapping[str, Box] = {
    "B7": Box(92.63, '0.00"%"'),  # the two amounts make 91.63
    "B9": Box("８６.４"),  # full-width digits
    "C8": Box(0, "#,##0.00"),
    "D8": Box(0, "#,##0.00"),  # a percent of nothing, where that is no answer
    "C10": Box("1,738,425.25"),
    "D10": Box("๒,๑๑๕,๐๐๐.๐๐"),
    "G9": Box("ไม่มีเป้าหมาย"),
    "G14": Box("N/A"),
    "G21": Box("ไม่ประเมิน"),
    "K5": Box(2.5),
    "K7": Box("11.0"),
    "O5": Box(4),
    "U5": Box("1,250"),
    "U11": Box(datetime.date(2021, 3, 31), "d/m/yyyy"),
}
BELOW_THE_TABLE: Mapping[str, Box] = {
    "A28": Box("อ.เมือง"),  # เมืองบุรีรัมย์ again, in agreement
    "E28": Box(85),
    "V28": Box(2),
    "A29": Box("คูเมือง"),  # คูเมือง again, and its 13 contradicts the 12 above
    "K29": Box(13),
    "L29": Box(3),
    "A30": Box("นางลอง"),  # not on the roster
    "K30": Box(16),
    "K31": Box(10),  # figures of nobody
    "A32": Box("รวม"),
    "K32": Box(300),
    "A33": Box("ค่าเฉลี่ย"),
    "E33": Box(85.2, '0.00"%"'),
    "A35": Box('=HYPERLINK("http://example.invalid","ลงชื่อ")', literal=True),
    "A36": Box("\x9b31mลงชื่อ ........ ผู้รายงาน\x9b0m"),  # would colour a terminal red
}
INDIVIDUAL_OTHERS: Mapping[str, Box] = {
    "A22": Box("ชํ\u0e32นิ", look="name"),
    "B20": Box(0.948, "0.0%"),
    "B21": Box("=87.5", literal=True),
    "C15": Box("#N/A"),
    "D18": Box("   "),
    "E9": Box("0.8"),
    "G12": Box("TRUE"),
    "H7": Box(-12),
    "H13": Box("N/A"),
    "R5": Box(0),
    "R8": Box(0.00004, "0.00%"),
    "R12": Box("15.6\u00a0%"),
}


def plan_messy() -> tuple[Sheet, ...]:
    """The sheets of the messy workbook."""
    return (
        Sheet("คำชี้แจง", {"A1": Box(MADE_UP, look="made-up"), "A2": Box("กรอกข้อมูลในแผ่นงานถัดไป", look="footer")}),
        _plan_team(),
        _plan_individual(),
        _plan_quarters(),
        _plan_hidden(),
    )


def _plan_team() -> Sheet:
    boxes = _plan_table(TEAM) | _plan_headers(TEAM_HEADERS)
    boxes |= {reference: Box(name, look="name") for reference, name in NAMES.items()}
    boxes |= {**TEAM_PERCENTS, **TEAM_FLAGS, **TEAM_OTHERS, **BELOW_THE_TABLE}
    # ห้วยราช in row 20 is hidden, and read all the same.
    return Sheet("รายทีม", boxes, widths={"A": 24}, heights={HEADER_ROW: 150}, hidden_rows=(20,), freeze="B5")


def _plan_individual() -> Sheet:
    boxes = {**_plan_table(INDIVIDUAL), **INDIVIDUAL_OTHERS}
    return Sheet("รายบุคคล", boxes, widths={"A": 24}, heights={HEADER_ROW: 150}, freeze="B5")


def _plan_quarters() -> Sheet:
    # One heading over two columns: nobody can say which of them is the figure of the round.
    boxes = {
        "A1": Box("อำเภอ", look="header"),
        "B1": Box("OTOP ออนไลน์ (%)", look="header"),
        "C1": Box(None, look="header"),
        "D1": Box("รายได้ OTOP เพิ่มขึ้น (%)", look="header"),
        "B2": Box("ไตรมาส ๑", look="header"),
        "C2": Box("ไตรมาส ๒", look="header"),
        "A3": Box("เมืองบุรีรัมย์", look="name"),
        "B3": Box(9.1, '0.00"%"'),
        "C3": Box(18.4, '0.00"%"'),
        "D3": Box(9.8, '0.00"%"'),
    }
    return Sheet("รายไตรมาส", boxes, merges=("A1:A2", "B1:C1", "D1:D2"))


def _plan_hidden() -> Sheet:
    boxes = {
        "A1": Box("อำเภอ", look="header"),
        "B1": Box("ผลงานตามแผน (%)", look="header"),
        "A2": Box("เมืองบุรีรัมย์", look="name"),
        "B2": Box(12),
    }
    return Sheet("ร่างเดิม", boxes, state="hidden")


def _plan_table(indicators: Sequence[str]) -> dict[str, Box]:
    columns, figures = tuple(_plainly(column) for column in columns_of(indicators, aliases={})), load_figures()
    headers = [Box("อำเภอ", look="header"), *(Box(column.header, look="header") for column in columns)]
    boxes = {"A1": Box("ตัวอย่างไฟล์ที่มีปัญหาทุกแบบ", look="title"), "A2": Box(MADE_UP, look="made-up")}
    boxes |= place_row(HEADER_ROW, headers)
    for row, district in enumerate(load_roster(), start=FIRST_ROW):
        shown = [show_figure(column, figures[district]) for column in columns]
        boxes |= place_row(row, [Box(district, look="name"), *shown])
    return boxes


def _plainly(column: Column) -> Column:
    # Around the traps everything is typed the plain way.
    shows = {"flag": as_words("มี", "ไม่มี"), "percent": as_points()}
    return Column(column.measure, column.header, shows.get(load_measures()[column.measure]["type"], as_number()))


def _plan_headers(headers: Mapping[str, str]) -> dict[str, Box]:
    return {reference: Box(text, look="header") for reference, text in headers.items()}
