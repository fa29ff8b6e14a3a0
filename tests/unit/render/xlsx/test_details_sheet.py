from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from kpi_cli.render.xlsx_file import render_xlsx
from kpi_cli.scoring.figures import Figure
from kpi_cli.scoring.scorecard import Scorecard
from tests.unit.render.reports import FILE, TEAM, figure, make_report
from tests.unit.render.xlsx.books import list_values, reopen

PLACE = f"{FILE}[Team!"
SECTION = "ตัวชี้วัดงานรายทีม"


def details(*figures: tuple[str, Figure]) -> list[list[object]]:
    """The rows of T1 of the one entity, which reported these figures."""
    row = TEAM.rows[0]._replace(figures=dict(figures))
    sheet = reopen(make_report(scorecard=Scorecard((TEAM._replace(rows=(row,)),))))["Details"]
    return [line for line in list_values(sheet, 2) if line[2] == "T1"]


def test_each_figure_is_traced_to_its_cell() -> None:
    header, *rows = list_values(reopen(make_report())["Details"])
    assert header == ["section", "อำเภอ", "indicator", "measure", "value", "as typed", "cell", "level", "points"]
    assert [SECTION, "นางรอง", "T2.1", "ร้อยละ T2.1", 100, "๑๐๐%", f"{PLACE}E5]", 5, 30] in rows
    assert [SECTION, "ปะคำ", "T2.1", "ร้อยละ T2.1", "missing", None, None, "2-5", 12] in rows
    assert [SECTION, "สตึก", "T2.1", "ร้อยละ T2.1", "missing", None, None, "n/a", None] in rows
    assert [row for row in rows if row[1] == "ชำนิ"] == [
        [section, "ชำนิ", None, "not reported", *[None] * 5] for section in (SECTION, "ตัวชี้วัดงานรายบุคคล")
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("89.995"), 89.995),
        (Decimal("1289406.75"), 1289406.75),
        (Fraction(250, 3), 83.3333333333333),
        (Decimal("0.12345678901234567891"), "0.12345678901234567891"),  # more digits than a workbook keeps
        (True, "yes"),
        (False, "no"),
        ("=1+1", "=1+1"),
        (None, "missing"),
    ],
)
def test_values(value: object, shown: object) -> None:
    assert details(("spent", figure(value, "x", "C5")))[0][4:6] == [shown, "x"]


def test_not_applicable_is_said() -> None:
    assert details(("spent", Figure(None, "N/A", "c", applicable=False)))[0][4:6] == ["n/a", "N/A"]


def test_a_percent_that_was_worked_out_names_both_cells() -> None:
    parts = ("spent_baht", figure(Decimal(1), "1", "D5")), ("budget_baht", figure(Decimal(2), "2", "E5"))
    percent, part, whole = details(("spent", Figure(Decimal(50))), *parts)
    assert percent[4:7] == [50, None, f"{PLACE}D5] /\n{PLACE}E5]"]
    assert (part[6], whole[6]) == (f"{PLACE}D5]", f"{PLACE}E5]")


def test_blank_parts_of_a_ratio_are_left_out_where_the_percent_is_reported() -> None:
    assert len(details(("spent", figure(Decimal(50), "50", "C5")))) == 1
    assert len(details(("spent_baht", figure(Decimal(50), "50", "C5")))) == 3


def test_the_rows_are_found_by_a_filter_and_by_every_reader() -> None:
    data = render_xlsx(make_report(), "en")
    sheet = load_workbook(io.BytesIO(data))["Details"]
    assert sheet.auto_filter.ref == f"A1:I{sheet.max_row}"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C2", "$1:$1")
    streamed = load_workbook(io.BytesIO(data), read_only=True)["Details"]  # believes the dimension
    assert [list(row) for row in streamed.iter_rows(values_only=True)] == list_values(sheet)


@pytest.mark.parametrize("raw", ["=1+1", "+66", "-2+3", "@SUM(1)", "\t=1", "#N/A", "<b>&", " x ", "85"])
def test_what_was_typed_stays_text(raw: str) -> None:
    row = TEAM.rows[0]._replace(figures={"spent": figure(None, raw, "C5")})
    sheet = reopen(make_report(scorecard=Scorecard((TEAM._replace(rows=(row,)),))))["Details"]
    cell = sheet.cell(2, 6)
    assert (cell.value, cell.data_type) == (raw, "s")
    assert bool(cell.quotePrefix) is raw.startswith(("=", "+", "-", "@", "\t"))
    assert cell.font.name == "TH Sarabun New"


def test_control_characters_and_long_texts_do_not_break_the_file() -> None:
    shown = details(("spent", figure(None, "\x00a\x1f" + "ก" * 40_000, "C5")))[0][5]
    assert shown == "a" + "ก" * 32_766
    assert len(str(shown)) == 32_767


def test_numbers_that_were_typed_carry_no_mark_of_doubt() -> None:
    data = render_xlsx(make_report(), "en")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    (part,) = [part for part in parts if b"ignoredErrors" in part]
    assert part.endswith(b'numberStoredAsText="1"/></ignoredErrors></worksheet>')
