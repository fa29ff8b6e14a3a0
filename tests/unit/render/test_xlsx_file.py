from __future__ import annotations

import datetime
import io
import itertools
import math
import zipfile
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.diagnostics import Diagnostic, Path, Place, Related, Severity
from kpi_cli.model import Group, Indicator
from kpi_cli.render.report import Report
from kpi_cli.render.translate import translate
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import choose_title, clean_cell_text, row_height, take_float
from kpi_cli.render.xlsx.titles import list_signs
from kpi_cli.render.xlsx_file import render_xlsx
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, Scorecard, SectionRanking
from tests.unit.render.reports import SET, SHA, TEAM, individual_row, make_overall_report, make_report

ILLEGAL = set("/[]:*?\\")


def reopen(report: Report, language: str = "en") -> Workbook:
    return load_workbook(io.BytesIO(render_xlsx(report, language)))  # type: ignore[arg-type]


def team_sheet(report: Report | None = None) -> Worksheet:
    return reopen(report or make_report())["ตัวชี้วัดงานรายทีม"]


def find_row(sheet: Worksheet, name: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == name)


def values(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def fill_of(sheet: Worksheet, row: int, column: int) -> str:
    return str(sheet.cell(row, column).fill.start_color.rgb)


def test_sheets() -> None:
    assert reopen(make_overall_report()).sheetnames == [
        "ตัวชี้วัดงานรายทีม",
        "Chart ตัวชี้วัดงานรายทีม",
        "ตัวชี้วัดงานรายบุคคล",
        "Chart ตัวชี้วัดงานรายบุคคล",
        "Overall",
        "Chart Overall",
        "Levels",
        "Indicators",
        "Details",
        "Made from",
    ]
    # Where nobody reported there is nothing to draw.
    assert reopen(make_report(), "th").sheetnames == [
        "ตัวชี้วัดงานรายทีม",
        "กราฟ ตัวชี้วัดงานรายทีม",
        "ตัวชี้วัดงานรายบุคคล",
        "จำนวนแต่ละระดับ",
        "ตัวชี้วัด",
        "รายละเอียด",
        "หมายเหตุ",
        "ที่มาของรายงาน",
    ]
    assert reopen(make_report(scorecard=None)).sheetnames == ["Indicators", "Notes", "Made from"]
    assert reopen(make_report(scorecard=None, definition=None)).sheetnames == ["Notes", "Made from"]


def test_titles_and_header() -> None:
    sheet = team_sheet()
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "ตัวชี้วัดและค่าเป้าหมาย รอบที่ ๑",
        "สำนักงานพัฒนาชุมชนจังหวัด",
        "ตัวชี้วัดงานรายทีม · full marks 100",
        "provisional: 1 อำเภอ incomplete, 1 อำเภอ not reported",
    ]
    assert values(sheet, 5) == [
        "rank", "อำเภอ", "score", "possible score", "T1", "T2.1", "T2.2", "sum of T2", "reporting",
    ]  # fmt: skip
    # Without a weight for the sum: สตึก has no T2, so its weights are not those.
    assert values(sheet, 6) == [None, None, None, None, 50, 30, 20, None, None]


def test_a_sum_stands_over_its_weight_where_everything_applies() -> None:
    rows = tuple(row for row in TEAM.rows if row.entity.name != "สตึก")
    sheet = team_sheet(make_report(scorecard=Scorecard((TEAM._replace(rows=rows),))))
    assert values(sheet, 6)[4:8] == [50, 30, 20, 50]


def test_rows_of_every_state() -> None:
    sheet = team_sheet()
    first = find_row(sheet, "นางรอง")
    assert first == 7
    assert values(sheet, first) == [1, "นางรอง", 92, None, 5, 5, 3, 42, "complete"]
    assert values(sheet, first + 1) == [
        2,
        "สตึก",
        pytest.approx(250 / 3),
        None,
        4,
        "n/a",
        "n/a",
        None,
        "complete",
    ]
    assert values(sheet, first + 2) == [3, "ปะคำ", 54, 72, 3, "2-5", 3, "≥ 24.00", "incomplete"]
    assert values(sheet, first + 3) == ["-", "ชำนิ", "not reported", None, None, None, None, None, "not reported"]


def test_numbers_are_numbers_with_formats() -> None:
    sheet = team_sheet()
    score, level = sheet.cell(8, 3), sheet.cell(8, 5)
    assert (score.data_type, score.number_format) == ("n", "0.00")
    assert (level.data_type, level.value) == ("n", 4)
    assert score.value == 83.3333333333333  # the cell keeps what the format rounds


def test_levels_look_as_they_are() -> None:
    sheet = team_sheet()
    assert sheet.cell(9, 6).border.left.style == "mediumDashed"  # 2-5
    assert fill_of(sheet, 10, 2) == "FFF2F2F2"


def test_steps_get_darker_in_grey_too() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (2, 4, 6))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    greys = [grey(str(fill.start_color.rgb)) for fill in looks.STEP_FILLS]
    assert all(after < before - 3 for before, after in itertools.pairwise(greys))


def test_prints_as_an_office_prints() -> None:
    book = reopen(make_overall_report())
    for sheet in book.worksheets:
        is_chart = sheet.title.startswith("Chart")
        assert sheet.page_setup.orientation == ("portrait" if is_chart or sheet.title == "Levels" else "landscape")
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
        assert (sheet.freeze_panes is None) is is_chart
        assert sheet.print_title_rows
        assert sheet.oddFooter.right.text == "page &P of &N"
        fonts = {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert fonts == {"TH Sarabun New"}
        sizes = {cell.font.size for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert min(sizes) >= 14
    team = book["ตัวชี้วัดงานรายทีม"]
    assert (team.freeze_panes, team.print_title_rows) == ("C7", "$5:$6")


@pytest.mark.parametrize(("count", "height"), [(30, 1), (31, 0)])
def test_a_long_ranking_takes_more_pages(count: int, height: int) -> None:
    rows = tuple(individual_row(Entity(str(n), f"x{n}"), level=3) for n in range(count))
    sheet = reopen(make_report(scorecard=Scorecard((SectionRanking("individual", "x", rows),))))["x"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, height)


def test_columns_are_wide_enough_for_what_they_hold() -> None:
    name = "อำเภอที่มีชื่อยาวกว่าปกติพอควร"
    rows = (individual_row(Entity(None, name), level=3),)
    sheet = reopen(make_report(scorecard=Scorecard((SectionRanking("individual", "x", rows),))))["x"]
    assert sheet.column_dimensions["B"].width > 22


@pytest.mark.parametrize("name", ["=1+1", "+66", "-x", "@A1", '=HYPERLINK("x")', "#N/A", "1"])
def test_text_stays_text(name: str) -> None:
    rows = (individual_row(Entity(None, name), level=3),)
    sheet = reopen(make_report(scorecard=Scorecard((SectionRanking("individual", "=x", rows),))))["=x"]
    cell = sheet.cell(find_row(sheet, name), 2)
    assert (cell.value, cell.data_type) == (name, "s")
    assert bool(cell.quotePrefix) is name.startswith(("=", "+", "-", "@"))


def test_notes() -> None:
    diagnostics = (
        Diagnostic("made-up", Severity.ERROR, Place("a", cell="=a.xlsx[x!C1]"), {"value": "=cmd\x00"}),
        Diagnostic("other", Severity.NOTE),
    )
    sheet = reopen(make_report(diagnostics=diagnostics), "th")["หมายเหตุ"]
    assert values(sheet, 1) == ["ความสำคัญ", "ตำแหน่ง", "รหัส", "สิ่งที่พบ", "วิธีแก้"]
    assert values(sheet, 2)[:4] == ["ผิดพลาด", "=a.xlsx[x!C1]", "made-up", r"made-up: value =cmd\x00"]
    assert values(sheet, 3)[:4] == ["หมายเหตุ", None, "other", "other"]
    assert [fill_of(sheet, row, 1) for row in (2, 3)] == ["FFF4B084", "FFDDEBF7"]


def test_notes_begin_with_errors_and_name_related_cells() -> None:
    related = (Related("also-made-up", Place("b", cell="b.xlsx[x!K29]")), Related("nowhere", Path(())))
    diagnostics = (
        Diagnostic("other", Severity.NOTE),
        Diagnostic("doubt", Severity.WARNING),
        Diagnostic("made-up", Severity.ERROR, related=related),
    )
    sheet = reopen(make_report(diagnostics=diagnostics))["Notes"]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)] == ["made-up", "doubt", "other"]
    assert sheet.cell(2, 4).value == "made-up\nb.xlsx[x!K29]: also-made-up"
    assert sheet.row_dimensions[2].height == 2 * looks.LINE_HEIGHT


def test_made_from() -> None:
    book = reopen(make_report())
    shown = {row[0].value: row[1].value for row in book["Made from"].iter_rows(min_row=2)}
    assert shown == {
        "indicator set": "small-set · ตัวชี้วัดและค่าเป้าหมาย รอบที่ ๑",
        "file of the set": "small_set.yaml",
        "sha256 of the set": SHA,
        "results file": f"results.xlsx · sha256 {'cd' * 32}",
        "made by": "kpi 0.1.0",
    }
    properties = {one.name: one.value for one in book.custom_doc_props.props}  # type: ignore[attr-defined]
    assert properties == {"kpi-report": make_report().version, "kpi-set": "small-set", "kpi-set-sha256": SHA}


def test_overall() -> None:
    sheet = reopen(make_overall_report())["Overall"]
    assert "shares from the command line" in str(sheet.cell(3, 1).value)
    row = find_row(sheet, "สตึก")
    assert values(sheet, row)[:4] == [1, "สตึก", pytest.approx(275 / 3), "ดีเด่น"]
    assert values(sheet, row)[4:] == [pytest.approx(250 / 3), 100]
    assert values(sheet, find_row(sheet, "ปะคำ"))[4:] == ["54.00-72.00", 60]
    assert values(sheet, row - 2)[4:] == ["ตัวชี้วัดงานรายทีม", "ตัวชี้วัดงานรายบุคคล"]
    assert values(sheet, find_row(sheet, "ชำนิ"))[4:] == [None, None]


def test_a_section_without_a_report_is_one_line() -> None:
    sheet = reopen(make_report(), "th")["ตัวชี้วัดงานรายบุคคล"]
    assert [cell.value for row in sheet.iter_rows() for cell in row] == [
        "ตัวชี้วัดและค่าเป้าหมาย รอบที่ ๑",
        "สำนักงานพัฒนาชุมชนจังหวัด",
        "ตัวชี้วัดงานรายบุคคล · ยังไม่มีอำเภอใดรายงาน",
    ]


OPTIONS = {"percent": "fraction", "tie-break": "T1, T2.1", "keep-going": "25"}


def test_options_stand_above_the_rankings_and_in_the_provenance() -> None:
    book = reopen(make_report(options=OPTIONS))
    sheet = book["ตัวชี้วัดงานรายทีม"]
    assert [" ".join(str(sheet.cell(row, 1).value).split()) for row in range(4, 8)] == [
        "percent figures from 0 to 1 without a % sign were read as fractions: 0.9 is 90% (--percent fraction)",
        "equal scores were ranked by T1, T2.1 (--tie-break)",
        "ranked without the cells that were refused: errors 25 (--keep-going)",
        "provisional: 1 อำเภอ incomplete, 1 อำเภอ not reported, refused cells left out (errors 25)",
    ]
    told = [row[1].value for row in book["Made from"].iter_rows() if row[0].value == "option"]
    assert [str(sentence).rpartition("(")[2] for sentence in told] == [
        "--percent fraction)",
        "--tie-break)",
        "--keep-going)",
    ]


def test_the_key_explains_what_is_there_and_nothing_else() -> None:
    def signs(rows: tuple[EntityScore, ...]) -> list[str]:
        return [sign.partition(":")[0] for sign in list_signs(rows, translate("en"))]

    assert signs(TEAM.rows) == ["under each indicator", "2-5 in a dashed border", "≥", "n/a"]
    assert signs(TEAM.rows[:1]) == ["under each indicator"]
    assert signs((individual_row(Entity(None, "x"), level=0),)) == ["under each indicator", "0"]
    assert list_signs(TEAM.rows, translate("en"))[0] in values(team_sheet(), 12)


def test_narrow_tables_are_as_wide_as_their_titles() -> None:
    sheet = reopen(make_overall_report())["ตัวชี้วัดงานรายบุคคล"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEF"]
    assert sum(widths) >= 100


def test_titles_break_at_spaces() -> None:
    title = "ตัวชี้วัดและค่าเป้าหมายการประเมินผลการปฏิบัติราชการ ปีงบประมาณ พ.ศ. ๒๕๖๔ รอบการประเมินที่ ๑"
    sheet = team_sheet(make_report(definition=SET.model_copy(update={"title": title})))
    shown = str(sheet.cell(1, 1).value)
    assert "\n" in shown
    assert shown.replace("\n", " ") == title
    assert sheet.row_dimensions[1].height == 27 * len(shown.splitlines())


def test_indicators_are_spelt_out() -> None:
    sheet = reopen(make_report())["Indicators"]
    assert values(sheet, 2)[1:] == ["T1", "ร้อยละของการใช้จ่ายเงินงบประมาณ", 50, "กลุ่มงานประสานฯ"]
    assert values(sheet, 3)[1:] == ["T2", "นโยบายสำคัญ", None, None]


def test_same_report_same_bytes() -> None:
    first = render_xlsx(make_report(), "th")
    assert first == render_xlsx(make_report(), "th")
    times = {info.date_time for info in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}
    properties = load_workbook(io.BytesIO(first)).properties
    assert {properties.created, properties.modified} == {datetime.datetime(1980, 1, 1)}


@pytest.mark.parametrize(
    ("wanted", "taken", "title"),
    [
        ("ตัวชี้วัด", [], "ตัวชี้วัด"),
        ("a/b[c]:*?\\", [], "a b c"),
        ("x" * 40, [], "x" * 31),
        ("Team", ["team"], "Team (2)"),
        ("x" * 40, ["X" * 31], "x" * 27 + " (2)"),
        ("a", ["a", "a (2)"], "a (3)"),
        ("'quoted'", [], "quoted"),
        ("History", [], "History (2)"),
        ("", [], "-"),
        ("\x00:", [], "-"),
    ],
)
def test_choose_title(wanted: str, taken: list[str], title: str) -> None:
    assert choose_title(wanted, taken) == title


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=50), max_size=5))
def test_titles_are_legal_and_distinct(wanted: list[str]) -> None:
    taken: list[str] = []
    for each in wanted:
        taken.append(choose_title(each, taken))
    assert all(0 < len(title) <= 31 and not set(title) & ILLEGAL for title in taken)
    assert len({title.casefold() for title in taken}) == len(taken)


def test_cell_text_is_clean_and_bounded() -> None:
    assert clean_cell_text("a\x00\x1b\u202eb\tc\nd") == "ab\tc\nd"
    assert len(clean_cell_text("x" * 40_000)) == 32_767


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ([], 1),
        ([("", 10)], 1),
        ([("x" * 8, 10)], 1),
        ([("x" * 9, 10)], 2),  # in another font it may not fit
        ([("ชำ" * 10, 10)], 3),
        ([("a\n\nb", 10)], 3),
        ([("a", 10), ("a b c d e", 4), ("a", 10)], 3),
    ],
)
def test_a_row_is_as_high_as_its_longest_text(texts: list[tuple[str, float]], lines: int) -> None:
    assert row_height(tuple(texts)) == lines * looks.LINE_HEIGHT


def test_no_row_is_higher_than_excel_takes() -> None:
    assert row_height((("x" * 32_767, 10),)) == 409
    report = make_report(definition=SET.model_copy(update={"title": "ก ข " * 3_000}))
    heights = [row.height for sheet in reopen(report).worksheets for row in sheet.row_dimensions.values() if row.height]
    assert max(heights) <= 409


def test_a_tie_break_heads_the_sheets_of_sections_that_have_it() -> None:
    book = reopen(make_overall_report()._replace(options={"tie-break": "T1"}))
    told = "equal scores were ranked by T1 (--tie-break)"
    headed = {sheet.title for sheet in book if told in {cell.value for row in sheet["A1:A6"] for cell in row}}
    assert headed == {"ตัวชี้วัดงานรายทีม", "Chart ตัวชี้วัดงานรายทีม", "Overall", "Chart Overall", "Levels"}


def test_the_weight_of_a_group_is_added_up_exactly() -> None:
    """70, and a little more than half the way to the next float: in 28 digits it is less than half."""
    weights = [Decimal(text) for text in ("30", "50.00000000000000710542735760100185871125", "20")]
    team, *others = SET.sections
    spending, group = team.indicators
    assert isinstance(spending, Indicator)
    assert isinstance(group, Group)
    pair = zip(group.indicators, weights[1:], strict=True)
    group = group.model_copy(update={"indicators": tuple(one.model_copy(update={"weight": own}) for one, own in pair)})
    team = team.model_copy(update={"indicators": (spending, group)})
    ranking = SectionRanking(team.id, team.title, TEAM.rows[:1])
    definition = SET.model_copy(update={"sections": (team, *others)})
    sheet = team_sheet(make_report(definition=definition, scorecard=Scorecard((ranking,))))
    heading = next(cell for row in sheet for cell in row if cell.value == "sum of T2")
    assert sheet.cell(heading.row + 1, heading.column).value == math.nextafter(70, 71)


@pytest.mark.parametrize(
    ("number", "kept"),
    [(Fraction(40, 9), "4.44444444444444"), (Fraction(250, 3), "83.3333333333333"), (Decimal("89.995"), "89.995")],
)
def test_numbers_have_the_digits_that_a_spreadsheet_keeps(number: Decimal | Fraction, kept: str) -> None:
    assert repr(take_float(number)) == kept
