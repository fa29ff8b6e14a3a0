"""The examples are the same when made again, score as worked out by hand, and the messy one is refused cell by cell."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
WORKBOOKS = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*.xlsx"))
PRINTED = sorted(path.name for path in (EXAMPLES / "printed").glob("*.txt"))
GROUPS = ("ประสาน", "ยุทธศาสตร์", "ส่งเสริม", "สารสนเทศ")
FIGURES = yaml.load((EXAMPLES / "making" / "figures.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
WORKED_SUM = {"team": [5, 1, 4, 4, 5, 4, 1], "individual": [4, 3, 4, 1, 5, 4]}

Json = dict[str, Any]


def run_python(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("KPI_")}
    surroundings |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=surroundings, capture_output=True, check=False)


def score(*arguments: str, exit_code: int = 0) -> Json:
    ended = run_python("-m", "kpi_cli", "score", *arguments, "--format", "json", "--lang", "en")
    assert ended.returncode == exit_code, ended.stderr.decode("utf-8")
    found: Json = json.loads(ended.stdout)
    return found


@pytest.fixture(scope="module")
def single() -> Json:
    return score("examples/buriram_fy2564_round1.xlsx")


@pytest.fixture(scope="module")
def inbox() -> Json:
    return score("examples/inbox")


@pytest.fixture(scope="module")
def kept_going() -> Json:
    return score("examples/messy.xlsx", "--keep-going", exit_code=1)


# --- Made again ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    ended = run_python("examples/make_examples.py", "--printed", "--into", str(folder))
    assert ended.returncode == 0, ended.stderr.decode("utf-8")
    return folder


def test_every_example_is_there() -> None:
    inbox = [f"inbox/{group}.xlsx" for group in GROUPS]
    assert sorted(WORKBOOKS) == sorted(["buriram_fy2564_round1.xlsx", "messy.xlsx", *inbox])


@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbook_is_made_again_cell_by_cell(made_again: Path, name: str) -> None:
    assert list(describe_workbook(made_again / name)) == list(describe_workbook(EXAMPLES / name))


def describe_workbook(path: Path) -> Iterator[tuple[object, ...]]:
    """Everything that matters for reading: both the formulas and the values that are stored for them."""
    for stored in (False, True):
        book = load_workbook(path, data_only=stored)
        yield tuple((each.name, each.value) for each in book.custom_doc_props.props)
        for sheet in book.worksheets:
            hidden = sorted(row for row, each in sheet.row_dimensions.items() if each.hidden)
            yield sheet.title, sheet.sheet_state, sorted(map(str, sheet.merged_cells.ranges)), hidden
            for row in sheet.iter_rows():
                yield from ((cell.coordinate, cell.value, cell.data_type, cell.number_format) for cell in row)


def test_bytes_are_the_same_each_time(made_again: Path, tmp_path: Path) -> None:
    assert run_python("examples/make_examples.py", "--into", str(tmp_path)).returncode == 0
    assert [(tmp_path / name).read_bytes() for name in WORKBOOKS] == [
        (made_again / name).read_bytes() for name in WORKBOOKS
    ]


@pytest.mark.parametrize("name", PRINTED)
def test_printed_output_is_current(made_again: Path, name: str) -> None:
    assert (made_again / "printed" / name).read_text(encoding="utf-8") == (EXAMPLES / "printed" / name).read_text(
        encoding="utf-8"
    )


def test_every_command_has_its_printed_output(made_again: Path) -> None:
    assert sorted(path.name for path in (made_again / "printed").iterdir()) == PRINTED


def test_stored_values_are_what_the_formulas_make() -> None:
    path = EXAMPLES / "buriram_fy2564_round1.xlsx"
    values, formulas, found = load_workbook(path, data_only=True), load_workbook(path), 0
    for sheet in formulas.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            made = calculate(str(cell.value), values[sheet.title])
            assert values[sheet.title][cell.coordinate].value == pytest.approx(made, abs=1e-4), cell.coordinate
            found += 1
    assert found > 40


def calculate(formula: str, sheet: Any) -> float:
    function = re.fullmatch(r"=(SUM|AVERAGE)\(([A-Z]+[0-9]+:[A-Z]+[0-9]+)\)", formula)
    if function:
        numbers = [cell.value for row in sheet[function[2]] for cell in row if isinstance(cell.value, int | float)]
        return sum(numbers) / (1 if function[1] == "SUM" else len(numbers))
    quotient = re.fullmatch(r"=(ROUND\()?([A-Z]+[0-9]+)/([A-Z]+[0-9]+)(?:\*100,2\))?", formula)
    assert quotient, formula
    ratio: float = sheet[quotient[2]].value / sheet[quotient[3]].value
    return round(ratio * 100, 2) if quotient[1] else ratio


# --- The single workbook and the inbox -------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["single", "inbox"])
def test_no_errors_and_no_warnings(source: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(source)["diagnostics"]
    assert [each for each in found if each["severity"] != "note"] == []


def test_single_workbook_names_its_set() -> None:
    properties = load_workbook(EXAMPLES / "buriram_fy2564_round1.xlsx").custom_doc_props.props
    assert [(each.name, each.value) for each in properties] == [("kpi-set", "fy2564-round1")]


@pytest.mark.parametrize("indicator", FIGURES)
def test_levels_are_those_worked_out_by_hand(single: Json, indicator: str) -> None:
    found = {row["entity"]["name"]: each for row, each in iterate_indicators(single) if each["id"] == indicator}
    expected = {district: level for district, (level, *_) in FIGURES[indicator]["rows"].items()}
    unreported = {district for district, each in found.items() if district not in expected}
    assert len(found) == 23
    assert {district: describe_level(found[district]) for district in expected} == expected
    assert unreported == ({"ชำนิ"} if indicator.startswith("T") else set())


def iterate_indicators(scores: Json) -> Iterator[tuple[Json, Json]]:
    for section in scores["sections"]:
        for row in section["ranking"]:
            yield from ((row, each) for each in row["indicators"])


def describe_level(indicator: Json) -> str:
    if indicator["status"] == "not_applicable":
        return "na"
    level, possible = indicator["level"], indicator["possible_level"]
    return str(level) if level == possible else f"{level}-{possible}"


def test_inbox_scores_exactly_as_the_single_workbook(single: Json, inbox: Json) -> None:
    assert without_places(inbox) == without_places(single)


def without_places(scores: Json) -> Json:
    """The sections without what differs between files: how a figure was typed, and in which cell."""
    for _, indicator in iterate_indicators(scores):
        indicator["values"] = {name: simplest(each["value"]) for name, each in indicator["values"].items()}
    return scores["sections"]


def simplest(value: object) -> object:
    return Fraction(value) if isinstance(value, str) else value


@pytest.mark.parametrize(("section", "exact"), [("team", "66"), ("individual", "74")])
def test_worked_sum_of_readings(single: Json, section: str, exact: str) -> None:
    row = find_row(single, section, "กระสัง")
    assert (row["score"], row["possible"], Fraction(row["exact"])) == (float(exact), float(exact), Fraction(exact))
    assert [each["level"] for each in row["indicators"]] == WORKED_SUM[section]


def find_row(scores: Json, section: str, district: str) -> Json:
    return next(row for row in section_rows(scores, section) if row["entity"]["name"] == district)


def section_rows(scores: Json, section: str) -> list[Json]:
    return next(each["ranking"] for each in scores["sections"] if each["id"] == section)


# Worked out by hand from the levels: rank, district, exact score.
TOTALS = {
    # 5 x (T1 + T2) + 2 x (the other levels); where T3.1 or T5 does not apply, times 100/90
    "team": """
        1 เฉลิมพระเกียรติ 98, 2 นางรอง 94, 3 เมืองบุรีรัมย์ 93, 3 ประโคนชัย 93, 5 ลำปลายมาศ 92, 6 สตึก 89, 7 คูเมือง 82,
        8 พุทไธสง 80, 8 ห้วยราช 80, 8 โนนสุวรรณ 80, 11 พลับพลาชัย 79, 12 หนองกี่ 77, 13 นาโพธิ์ 650/9, 14 ละหานทราย 71,
        15 กระสัง 66, 16 บ้านด่าน 59, 17 ปะคำ 53, 18 บ้านกรวด 50, 18 หนองหงส์ 50, 20 แคนดง 47, 21 บ้านใหม่ไชยพจน์ 42,
        22 โนนดินแดง 20, None ชำนิ None""",
    # 4 x (I1 + I2 + I5 + I6) + 2 x (I3 + I4); where I4 does not apply, times 100/90
    "individual": """
        1 เฉลิมพระเกียรติ 100, 2 เมืองบุรีรัมย์ 98, 3 ประโคนชัย 96, 3 ลำปลายมาศ 96, 5 สตึก 94, 6 นางรอง 92, 7 คูเมือง 90,
        7 ห้วยราช 90, 9 พุทไธสง 760/9, 10 พลับพลาชัย 84, 11 โนนสุวรรณ 80, 12 บ้านด่าน 78, 13 กระสัง 74, 13 หนองกี่ 74,
        13 นาโพธิ์ 74, 16 ละหานทราย 70, 17 ปะคำ 54, 18 ชำนิ 52, 19 บ้านกรวด 40, 19 แคนดง 40, 21 หนองหงส์ 34,
        22 บ้านใหม่ไชยพจน์ 24, 23 โนนดินแดง 4""",
}


@pytest.mark.parametrize("section", TOTALS)
def test_ranks_and_scores_are_those_worked_out_by_hand(single: Json, section: str) -> None:
    found = [f"{row['rank']} {row['entity']['name']} {row['exact']}" for row in section_rows(single, section)]
    assert found == [line.strip() for line in TOTALS[section].split(",")]


def test_incomplete_district_has_a_possible_score(single: Json) -> None:
    row = find_row(single, "team", "ปะคำ")
    assert (row["score"], row["possible"], row["complete"]) == (53.0, 61.0, False)


# --- The messy workbook ----------------------------------------------------------------------------------------------


def read_expected() -> Iterator[tuple[str, str, str]]:
    """(cell, how it reads, finding) of every row of the tables in messy_expected.md."""
    for line in (EXAMPLES / "messy_expected.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] not in ("cell", "---"):
            yield cells[0], cells[2], cells[3]


EXPECTED = list(read_expected())
FINDINGS = sorted(
    (f"messy.xlsx[{cell}]" if cell else "", *re.fullmatch(r"(\w+) `([a-z-]+)`", finding).groups())
    for cell, _, finding in EXPECTED
    if finding
)
REFUSED = [f"messy.xlsx[{cell}]" for cell, reads, _ in EXPECTED if reads == "refused"]
READINGS = [(f"messy.xlsx[{cell}]", reads) for cell, reads, _ in EXPECTED if reads.startswith("`")]
SILENT_COLUMNS = {
    "E": "plan_achieved",
    "G": "po_issued",
    "H": "otop_income_growth",
    "D": "household_database",
}
SILENT = [(cell, reads) for cell, reads, _ in EXPECTED if reads in ("missing", "not applicable")]


def test_messy_findings_are_exactly_those_expected(kept_going: Json) -> None:
    found = sorted((each["cell"] or "", each["severity"], each["code"]) for each in kept_going["diagnostics"])
    assert found == FINDINGS


def test_messy_is_not_ranked(kept_going: Json) -> None:
    refused = score("examples/messy.xlsx", exit_code=1)
    assert [section["ranking"] for section in refused["sections"]] == [[], []]
    assert refused["diagnostics"] == kept_going["diagnostics"]


@pytest.mark.parametrize("cell", REFUSED)
def test_messy_cell_is_refused_and_never_counted(kept_going: Json, cell: str) -> None:
    assert values_of(kept_going, cell) == [None]


def values_of(scores: Json, cell: str) -> list[object]:
    figures = (each for _, indicator in iterate_indicators(scores) for each in indicator["values"].values())
    return [simplest(figure["value"]) for figure in figures if figure["cell"] == cell]


@pytest.mark.parametrize(("cell", "reads"), READINGS, ids=[cell for cell, _ in READINGS])
def test_messy_cell_reads_as_expected(kept_going: Json, cell: str, reads: str) -> None:
    expected = {"`true`": True, "`false`": False}.get(reads)
    assert values_of(kept_going, cell) == [Fraction(reads.strip("`")) if expected is None else expected]


@pytest.mark.parametrize(("cell", "reads"), SILENT, ids=[cell for cell, _ in SILENT])
def test_messy_cell_without_a_value(kept_going: Json, cell: str, reads: str) -> None:
    # The districts 3101 to 3123 stand in rows 5 to 27.
    reference = cell.split("!")[1]
    code, measure = str(3096 + int(reference[1:])), SILENT_COLUMNS[reference[0]]
    owners = (each for row, each in iterate_indicators(kept_going) if row["entity"]["code"] == code)
    indicator = next(each for each in owners if measure in each["values"])
    assert indicator["values"][measure]["value"] is None
    assert (indicator["status"] == "not_applicable") == (reads == "not applicable")


def test_keep_going_ranks_the_rest(kept_going: Json) -> None:
    team = section_rows(kept_going, "team")
    assert len(team) == 23
    assert {row["entity"]["name"] for row in team if row["rank"] is None} == {"ชำนิ"}
    assert not any(row["complete"] for row in team if row["entity"]["name"] == "ประโคนชัย")
