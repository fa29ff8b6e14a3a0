from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.diagnostics import Path as DefinitionPath
from kpi_cli.render.json_text import dump
from kpi_cli.render.json_v1 import diagnostics_document, score_document
from kpi_cli.render.report import Report
from tests.unit.render.reports import DIAGNOSTICS, FILE, SHA, make_overall_report, make_report

SCHEMAS = Path(__file__).resolve().parents[3] / "docs" / "schemas"


def check_schema(document: Any, name: str) -> None:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(dump(document)))


def read_document(report: Report) -> Any:
    return json.loads(dump(score_document(report, "en")))


def rows_of(report: Report, section: int = 0) -> list[Any]:
    return read_document(report)["sections"][section]["ranking"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(make_report(), id="two-sections"),
        pytest.param(make_overall_report(), id="overall-and-grades"),
        pytest.param(make_report(scorecard=None), id="nothing-ranked"),
        pytest.param(make_report(scorecard=None, definition=None, set_file=None, set_sha256=None), id="no-set"),
    ],
)
def test_documents_meet_the_published_schema(report: Report) -> None:
    check_schema(score_document(report, "th"), "kpi.score-1.json")
    check_schema(diagnostics_document(report.diagnostics, "en"), "kpi.diagnostics-1.json")


@pytest.mark.parametrize(("name", "key"), [("kpi.score-1.json", "kpi_version"), ("kpi.diagnostics-1.json", "summary")])
def test_the_schema_can_say_no(name: str, key: str) -> None:
    found = json.loads(dump(diagnostics_document(DIAGNOSTICS, "en")))
    document = read_document(make_report()) if "score" in name else found
    with pytest.raises(jsonschema.ValidationError):
        check_schema({**document, "surplus": 1}, name)
    with pytest.raises(jsonschema.ValidationError):
        check_schema({each: value for each, value in document.items() if each != key}, name)


def test_head() -> None:
    document = score_document(make_report(), "en")
    assert list(document) == ["schema", "set", "inputs", "kpi_version", "sections", "overall", "diagnostics"]
    assert document["schema"] == "kpi.score/1"
    assert document["set"] == {
        "id": "small-set",
        "title": "ตัวชี้วัดและค่าเป้าหมาย รอบที่ ๑",
        "file": "small_set.yaml",
        "sha256": SHA,
    }
    assert document["inputs"] == [{"file": FILE, "sha256": "cd" * 32}]
    assert document["kpi_version"] == "0.1.0"
    assert document["overall"] is None


def test_row_that_is_complete() -> None:
    row = rows_of(make_report())[0]
    indicators = row.pop("indicators")
    assert row == {
        "rank": 1,
        "entity": {"code": "3104", "name": "นางรอง"},
        "score": 92.0,
        "possible": 92.0,
        "exact": "92",
        "complete": True,
        "grade": None,
        "groups": [{"id": "T2", "points": 42.0, "weight": 50}],
    }
    assert indicators[0] == {
        "id": "T1",
        "level": 5,
        "possible_level": 5,
        "points": 50.0,
        "weight": 50,
        "status": "scored",
        "values": {
            "spent": {"value": "250/3", "raw": "", "cell": "results.xlsx[Team!C5]"},
            "spent_baht": {"value": "250.50", "raw": "250.50", "cell": "results.xlsx[Team!D5]"},
            "budget_baht": {"value": None, "raw": None, "cell": None},
        },
    }
    assert indicators[1]["values"] == {"po": {"value": "100", "raw": "๑๐๐%", "cell": "results.xlsx[Team!E5]"}}


def test_scores_are_rounded_and_exact_beside_it() -> None:
    row = rows_of(make_report())[1]
    assert (row["score"], row["exact"]) == (83.33, "250/3")
    assert row["groups"] == [{"id": "T2", "points": None, "weight": 50}]
    assert [
        (each["level"], each["possible_level"], each["points"], each["status"]) for each in row["indicators"][1:]
    ] == [(None, None, None, "not_applicable")] * 2


def test_row_that_is_open_and_row_that_is_absent() -> None:
    _, _, pakham, chamni = rows_of(make_report())
    assert (pakham["score"], pakham["possible"], pakham["complete"]) == (54.0, 72.0, False)
    assert pakham["indicators"][1]["status"] == "incomplete"
    assert [chamni[key] for key in ("rank", "score", "possible", "exact")] == [None] * 4
    assert {each["status"] for each in chamni["indicators"]} == {"incomplete"}


def test_overall_rows_have_no_indicators() -> None:
    overall = read_document(make_overall_report())["overall"]
    assert overall["shares"] == {"team": 50, "individual": 50}
    assert set(overall) == {"shares", "ranking"}
    assert overall["ranking"][0] == {
        "rank": 1,
        "entity": {"code": "3111", "name": "สตึก"},
        "score": 91.67,
        "possible": 91.67,
        "exact": "275/3",
        "complete": True,
        "grade": "ดีเด่น",
    }


def test_nothing_ranked_keeps_the_sections() -> None:
    document = score_document(make_report(scorecard=None), "en")
    assert [(section["id"], section["ranking"]) for section in document["sections"]] == [
        ("team", []),
        ("individual", []),
    ]
    assert score_document(make_report(scorecard=None, definition=None), "en")["sections"] == []
    assert score_document(make_report(scorecard=None, definition=None), "en")["set"] is None


def test_diagnostic_has_every_key() -> None:
    document = json.loads(dump(diagnostics_document(DIAGNOSTICS, "en")))
    assert document["summary"] == {"errors": 0, "warnings": 0, "notes": 2}
    assert document["diagnostics"][0] == {
        "code": "cell-made-up",
        "severity": "note",
        "message": "cell-made-up: value 89.96, shown 90%",
        "help": None,
        "file": FILE,
        "line": None,
        "column": None,
        "end_line": None,
        "end_column": None,
        "cell": f"{FILE}[Team!C9]",
        "indicator": "T1",
        "level": 3,
        "witness": {"spent": "89.96", "plan": True, "share": None, "ratio": "1/3"},
        "related": [{"message": "also-here", "file": FILE, "line": None, "column": None, "cell": f"{FILE}[Team!C10]"}],
    }


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, [None] * 5),
        (DefinitionPath(("sections",)), [None] * 5),
        (Place("a.yaml", 41, 9, 41, 13), ["a.yaml", 41, 9, 41, 13]),
    ],
)
def test_places(place: Place | DefinitionPath | None, expected: list[object]) -> None:
    (item,) = json.loads(dump(diagnostics_document([Diagnostic("x", Severity.ERROR, place)], "en")))["diagnostics"]
    assert [item[key] for key in ("file", "line", "column", "end_line", "end_column")] == expected
