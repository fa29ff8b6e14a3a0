"""`kpi template` as a user meets it: what it writes, what it refuses, and that scoring takes what was filled in."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import openpyxl
import pytest
from click.testing import Result
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from kpi_cli.model import Measure
from kpi_cli.model.answers import NO, YES
from kpi_cli.render.template.words import yes_and_no
from kpi_cli.render.translate import LANGUAGES, translate
from kpi_cli.workflows import ScoreOptions, load_set_file, score_files
from tests.agreement.sheets import find_id_row

SHIPPED = pathlib.Path(__file__).parents[3] / "indicators" / "fy2564_round1.yaml"
TEAM, INDIVIDUAL = "ตัวชี้วัดงานรายทีม", "ตัวชี้วัดงานรายบุคคล"


@pytest.fixture(autouse=True)
def _here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def kpi(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments])


def write(*arguments: str) -> openpyxl.Workbook:
    result = kpi("template", "-o", "t.xlsx", *arguments)
    assert result.exit_code == 0, result.stderr
    return openpyxl.load_workbook("t.xlsx")


def ids_of(sheet: Worksheet) -> list[str]:
    return [cell.value for cell in sheet[find_id_row(sheet)] if cell.value]


def fill(book: openpyxl.Workbook, answer: Callable[[Measure], object], rows: int = 23) -> None:
    definition = load_set_file(SHIPPED).definition
    assert definition is not None
    parts = {name for indicator in definition.indicators for name in indicator.ratio_parts}
    for sheet in book.worksheets[:-1]:
        header = find_id_row(sheet)
        for cell in sheet[header]:
            measure = definition.measures.get(cell.value) if cell.value not in parts else None
            for row in range(header + 1, header + 1 + rows) if measure else ():
                sheet.cell(row, cell.column).value = answer(measure)  # type: ignore[arg-type]
    book.save("t.xlsx")


def plain_answer(measure: Measure) -> object:
    return "มี" if measure.type == "flag" else 3 if measure.type == "count" else 85


def test_a_sheet_a_section_and_one_that_explains() -> None:
    book = write()
    assert book.sheetnames == [TEAM, INDIVIDUAL, "วิธีกรอก"]
    team = ids_of(book[TEAM])
    assert team[:2] == ["code", "entity"]
    assert team[2:7] == ["budget_spent", "budget_spent_baht", "budget_allocated_baht", "T1:level", "T1:points"]
    assert team[-2:] == ["team:score", "team:rank"]
    assert {one for one in ids_of(book[INDIVIDUAL]) if one.startswith("individual:")} == {
        "individual:score",
        "individual:rank",
    }


def test_the_roster_is_filled_in_and_only_inputs_may_be_written() -> None:
    sheet = write()[TEAM]
    header = find_id_row(sheet)
    assert (sheet.cell(header + 1, 1).value, sheet.cell(header + 1, 2).value) == ("3101", "เมืองบุรีรัมย์")
    assert sheet.cell(header + 23, 2).value == "เฉลิมพระเกียรติ"
    assert sheet.protection.sheet
    assert not sheet.protection.password
    open_cells = {sheet.cell(header, c.column).value for c in sheet[header + 1] if not c.protection.locked}
    assert open_cells == {one for one in ids_of(sheet) if ":" not in one} - {"code", "entity"}


def test_cells_hold_points_and_say_in_thai_what_they_take() -> None:
    sheet = write("--lang", "th")[TEAM]
    header = find_id_row(sheet)
    columns = {cell.value: cell for cell in sheet[header] if cell.value}
    assert sheet.cell(header + 1, columns["plan_achieved"].column).number_format == '0.00"%"'
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    by_id = {name: rules.get(f"{cell.column_letter}{header + 1}") for name, cell in columns.items()}
    assert (by_id["plan_achieved"].type, by_id["plan_achieved"].formula2) == ("decimal", "100")
    assert by_id["garden_models"].type == "whole"
    assert by_id["briefing_held"].formula1 == '"มี,ไม่มี"'
    assert by_id["po_issued"].type == "custom"
    assert "ร้อยละ" in by_id["plan_achieved"].error
    assert all(len(rule.error) <= 255 and len(rule.promptTitle) <= 32 for rule in rules.values())
    assert all(len(rule.formula1) <= 255 and "{" not in rule.formula1 for rule in rules.values())


def test_the_wording_of_the_levels_is_a_comment_at_each_indicator() -> None:
    sheet = write()[TEAM]
    comments = [cell.comment.text for row in sheet.iter_rows(max_row=6) for cell in row if cell.comment]
    assert len(comments) == 7
    assert "ระดับ 5: ไม่น้อยกว่าร้อยละ ๙๐" in comments[0]


def test_conditions_hold_no_lists_in_braces() -> None:
    for sheet in write().worksheets:
        for area in sheet.conditional_formatting:
            assert all("{" not in rule.formula[0] and len(rule.formula[0]) <= 255 for rule in area.rules)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_drop_down_are_words_that_are_read(language: str) -> None:
    yes, no = yes_and_no(translate(language))  # type: ignore[arg-type]
    assert yes in YES
    assert no in NO


def test_plain_leaves_out_all_that_is_worked_out() -> None:
    book = write("--plain")
    assert not any(":" in one for sheet in book.worksheets[:-1] for one in ids_of(sheet))
    assert not any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def test_an_owner_gets_what_that_owner_reports_and_no_score_of_it() -> None:
    book = write("--owner", "กลุ่มงานประสานฯ", "--force")
    assert book.sheetnames == [TEAM, "วิธีกรอก"]
    ids = ids_of(book[TEAM])
    assert [one for one in ids if one.endswith(":level")] == ["T1:level", "T5:level"]
    assert "team:score" not in ids
    assert "plan_achieved" not in ids


def test_one_section_alone() -> None:
    assert write("--section", "individual").sheetnames == [INDIVIDUAL, "วิธีกรอก"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--owner", "nobody"], "กลุ่มงานประสานฯ"),
        (["--section", "nothing"], "team, individual"),
        (["-o", "t.csv"], ".xlsx"),
        (["fy2564-round1", "--set", "fy2564-round1"], "twice"),
        (["-o", "nowhere/t.xlsx"], "no such folder"),
    ],
)
def test_what_is_refused(arguments: list[str], said: str) -> None:
    result = kpi("template", "--lang", "en", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(pathlib.Path().iterdir())


def test_the_file_is_named_after_the_set_and_not_written_over() -> None:
    assert kpi("template", "--quiet").exit_code == 0
    path = pathlib.Path("fy2564-round1-template.xlsx")
    before = path.read_bytes()
    assert kpi("template").exit_code == 2
    assert kpi("template", "--force").exit_code == 0
    assert path.read_bytes() == before  # the same set makes the same bytes


def test_an_unfilled_template_says_that_nobody_has_reported() -> None:
    write()
    run = score_files(["t.xlsx"], ScoreOptions())
    assert run.report.diagnostics == ()
    assert run.chosen is not None
    assert run.chosen.origin == "workbook"
    assert not run.some_reported


def test_a_filled_template_is_scored_without_a_word() -> None:
    fill(write(), plain_answer)
    run = score_files(["t.xlsx"], ScoreOptions())
    assert run.report.diagnostics == ()
    assert run.report.scorecard is not None
    assert all(row.complete for section in run.report.scorecard.sections for row in section.rows)


def test_a_workbook_of_an_older_definition_is_told() -> None:
    fill(write(), plain_answer)
    book = openpyxl.load_workbook("t.xlsx")
    book.custom_doc_props["kpi-set-sha256"].value = "0" * 64
    book.save("t.xlsx")
    (found,) = score_files(["t.xlsx"], ScoreOptions()).report.diagnostics
    assert (found.code, found.severity) == ("set-changed", "warning")


def test_without_a_roster_names_may_be_written() -> None:
    pathlib.Path("mine.yaml").write_text(
        """kpi: 1
id: mine
title: Mine
sections:
  - id: s
    title: S
    indicators:
      - id: A
        title: A
        weight: 100
        measures: {m: {type: choice, title: M, choices: ["good, very", bad], better: lower}}
        levels: {1: {when: {m: bad}}, 2: {when: {m: "bad"}}, 3: {when: {m: bad}}, 4: {when: {m: bad}},
                 5: {when: {m: ["good, very"]}}}
""",
        encoding="utf-8",
    )
    book = write("mine.yaml")
    sheet = book["S"]
    header = find_id_row(sheet)
    name = sheet.cell(header + 1, 2)
    assert not name.protection.locked
    (rule,) = (rule for rule in sheet.data_validations.dataValidation)
    assert rule.formula1.startswith("'How to fill in'!$")
    name.value, sheet.cell(header + 1, 3).value = "Alpha", "good, very"
    book.save("t.xlsx")
    run = score_files(["t.xlsx"], ScoreOptions(set_reference="mine.yaml"))
    assert [item.code for item in run.report.diagnostics if item.severity != "note"] == []
    assert run.report.scorecard is not None
    assert [row.entity.name for row in run.report.scorecard.sections[0].rows] == ["Alpha"]


DIGITS = """kpi: 1
id: digits
title: Digits
scale: 1
sections:
  - id: s
    title: S
    indicators:
      - id: A
        title: A
        weight: A_WEIGHT
        measures: {m: {type: number, title: M}}
        levels: {1: {when: {m: ">= LIMIT"}}}
      - {id: B, title: B, weight: B_WEIGHT, measures: {n: {type: flag, title: N}}, levels: {1: {when: {n: true}}}}
"""


@pytest.mark.parametrize(
    ("limit", "first", "second", "shown", "left_out"),
    [
        ("80.1234567890123", "50", "50", {"A:level", "B:level", "s:rank"}, set()),
        ("80.00000000000001", "50", "50", {"B:level"}, {"No level is shown live for A"}),
        ("80", "50.00000001", "49.99999999", {"A:level", "B:level", "s:rank"}, set()),
        ("80", "50.000000000001", "49.999999999999", {"A:level", "B:level"}, {"No score and no rank"}),
    ],
)
def test_what_a_spreadsheet_would_round_is_not_live(
    limit: str, first: str, second: str, shown: set[str], left_out: set[str]
) -> None:
    """It keeps fifteen digits of a number, and the scorer all of them: they would give other levels, other ranks."""
    text = DIGITS.replace("LIMIT", limit).replace("A_WEIGHT", first).replace("B_WEIGHT", second)
    pathlib.Path("digits.yaml").write_text(text, encoding="utf-8")
    said = kpi("template", "digits.yaml", "-o", "t.xlsx", "--lang", "en")
    assert said.exit_code == 0
    assert {
        words for words in ("No level is shown live for A", "No score and no rank") if words in said.stderr
    } == left_out
    live = set(ids_of(openpyxl.load_workbook("t.xlsx")["S"])) & {"A:level", "B:level", "s:rank"}
    assert live == shown
