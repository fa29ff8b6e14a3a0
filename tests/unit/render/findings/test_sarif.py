"""SARIF held to its schema as OASIS publishes it, and to what code scanning asks beyond that."""

from __future__ import annotations

import json
import pathlib
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from kpi_cli.diagnostics import Diagnostic, Path, Place, Related, Severity
from kpi_cli.render.findings.sarif import FINGERPRINT, sarif_document, show_uri

SCHEMA = json.loads((pathlib.Path(__file__).parents[3] / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
PLACE = Place("sets/draft.yaml", 41, 35, 41, 39)
GAP = Diagnostic(
    "level-gap",
    Severity.ERROR,
    PLACE,
    {"better": 80, "worse": "79.99", "level": 1},
    indicator="T2",
    level=1,
    witness={"plan": 80},
    related=(Related("level-ends", PLACE, {"level": 1}), Related("level-begins", Place("x", 44, 3), {"level": 2})),
)
CELL = Diagnostic(
    "cell-not-whole",
    Severity.ERROR,
    Place("a.xlsx", cell="a.xlsx[Team!C5]"),
    {"entity": "Alpha", "measure": "sites", "raw": "2.5"},
)
NOWHERE = Diagnostic("unknown-id", Severity.ERROR, None, {"option": "--overall", "id": "x", "known": ()})
ACCEPTED = replace(
    GAP, severity=Severity.NOTE, variant="accepted", params={**GAP.params, "why": "the memo leaves 80 out"}
)


def log(*diagnostics: Diagnostic, **files: str) -> dict[str, Any]:
    document = sarif_document(diagnostics, language="en", files=files)
    validator = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(document)] == []
    (run,) = document["runs"]
    return run  # type: ignore[no-any-return]


def test_the_schema_would_notice() -> None:
    broken = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "kpi", "rules": [{"name": "x"}]}}}]}
    assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(broken))


@pytest.mark.parametrize("found", [(), (GAP,), (CELL,), (NOWHERE,), (ACCEPTED, GAP, CELL, NOWHERE, GAP)], ids=len)
def test_it_meets_the_schema(found: tuple[Diagnostic, ...]) -> None:
    assert len(log(*found)["results"]) == len(found)


def test_a_result_has_its_rule_its_region_and_what_is_related() -> None:
    run = log(CELL, GAP)
    result = run["results"][1]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (result["ruleId"], rule["id"], rule["name"]) == ("level-gap", "level-gap", "LevelGap")
    assert rule["shortDescription"]["text"] == "A value reaches no level, though a worse one does"
    assert rule["help"]["text"].splitlines() == [
        "A value reaches no level, though a worse one does",
        "- let one of the levels take it in, or accept it, with a reason",
        "What it means, and how to mend it: docs/diagnostics.md#level-gap",
    ]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert result["message"]["text"].startswith("T2: 80 reaches no level, though 79.99 reaches level 1\nhelp: ")
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "sets/draft.yaml"},
        "region": {"startLine": 41, "startColumn": 35, "endLine": 41, "endColumn": 39},
    }
    assert [item["message"]["text"] for item in result["relatedLocations"]] == [
        "level 1 ends here",
        "level 2 begins here",
    ]
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_path_that_was_never_placed_is_no_location() -> None:
    assert log(replace(GAP, place=Path(("sections",)), related=()))["results"][0]["locations"] == []


def test_a_cell_has_no_line_and_is_named() -> None:
    run = sarif_document([CELL], language="en", files={"a.xlsx": "inbox/ส่ง เสริม.xlsx"})["runs"][0]
    (location,) = run["results"][0]["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "a.xlsx[Team!C5]", "kind": "cell"}]
    assert location["physicalLocation"] == {
        "artifactLocation": {
            "uri": "inbox/%E0%B8%AA%E0%B9%88%E0%B8%87%20%E0%B9%80%E0%B8%AA%E0%B8%A3%E0%B8%B4%E0%B8%A1.xlsx"
        },
        "region": {"startLine": 1},
    }


def test_what_is_accepted_is_a_note_with_its_reason() -> None:
    accepted, other = log(ACCEPTED, GAP)["results"]
    assert accepted["level"] == "note"
    assert accepted["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "the memo leaves 80 out"}
    ]
    assert "the memo leaves 80 out" in accepted["message"]["text"]
    assert other["suppressions"] == []  # SARIF 3.27.23: on every result, or on none


def fingerprints(*diagnostics: Diagnostic, language: Any = "en") -> list[str]:
    run = sarif_document(diagnostics, language=language, files={})["runs"][0]
    return [result["partialFingerprints"][FINGERPRINT] for result in run["results"]]


def test_a_fingerprint_stays_when_lines_move_the_language_changes_or_it_is_accepted() -> None:
    moved = replace(GAP, place=replace(PLACE, line=80, end_line=80), related=())
    assert len({*fingerprints(GAP), *fingerprints(moved), *fingerprints(ACCEPTED)}) == 1
    assert fingerprints(GAP) == fingerprints(GAP, language="th")


def test_different_findings_have_different_fingerprints() -> None:
    others = (
        GAP,
        replace(GAP, indicator="T3"),
        replace(GAP, level=2),
        replace(GAP, witness={"plan": 81}),
        replace(GAP, place=replace(PLACE, file="other.yaml")),
        CELL,
        replace(CELL, place=Place("a.xlsx", cell="a.xlsx[Team!C6]")),
        CELL,
    )
    assert len(set(fingerprints(*others))) == len(others)


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("sets/draft.yaml", "sets/draft.yaml"),
        ("sets/ชุด 1#?.yaml", "sets/%E0%B8%8A%E0%B8%B8%E0%B8%94%201%23%3F.yaml"),
        ("c:x.yaml", "c%3Ax.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("/srv/a b.yaml", "file:///srv/a%20b.yaml"),
    ],
)
def test_a_path_as_a_uri(file: str, uri: str) -> None:
    assert show_uri(file) == uri


def test_backslashes_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi_cli.render.findings.sarif.PurePath", pathlib.PureWindowsPath)
    assert show_uri("sets\\a b.yaml") == "sets/a%20b.yaml"
    assert show_uri("C:\\sets\\a b.yaml") == "file:///C:/sets/a%20b.yaml"


def test_a_code_with_many_causes_gives_no_general_advice() -> None:
    found = (Diagnostic("unreadable", Severity.ERROR, Place("a.yaml"), {}), Diagnostic("level-skipped", Severity.NOTE))
    rules = sarif_document(found, language="en", files={})["runs"][0]["tool"]["driver"]["rules"]
    helps = {rule["id"]: rule["help"]["text"].splitlines() for rule in rules}
    assert len(helps["unreadable"]) == 2  # what it is, and where to read on
    assert "- if the levels are steps that build on each other, say `policy: ladder`" in helps["level-skipped"]
