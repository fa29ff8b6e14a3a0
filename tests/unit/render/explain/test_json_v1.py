"""`kpi.explain/1` to the key (DESIGN section 7), and `kpi.try/1` beside it."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.render.explain.json_v1 import explain_document, refused_trial_document, trial_document
from kpi_cli.scoring.explain import explain_figures
from kpi_cli.scoring.figures import Figure
from tests.unit.render.explanations import RECORDS, explain
from tests.unit.render.reports import FILE, SPENDING, STEPS
from tests.unit.render.test_json_v1 import check_schema

FOUND = (Diagnostic("cell-made-up", Severity.ERROR),)


def document(code: str = "3101") -> dict[str, Any]:
    entity = next(record.entity for record in RECORDS if record.entity.code == code)
    return explain_document(explain(entity), (), "en")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.entity.code)
def test_documents_meet_the_published_schema(record: Any) -> None:
    check_schema(explain_document(explain(record.entity), (), "th"), "kpi.explain-1.json")
    check_schema(explain_document(explain(record.entity), FOUND, "th"), "kpi.explain-1.json")
    check_schema(explain_document(None, FOUND, "th"), "kpi.explain-1.json")
    for one in (SPENDING, STEPS):
        check_schema(trial_document(explain_figures(one, record.figures, scale=5), FOUND, "en"), "kpi.try-1.json")
    check_schema(refused_trial_document(SPENDING.id, FOUND, "en"), "kpi.try-1.json")


def test_the_schema_can_say_no() -> None:
    for surplus in ({"surplus": 1}, {"schema": "kpi.score/1"}, {"sections": None}):
        with pytest.raises(jsonschema.ValidationError):
            check_schema({**document(), **surplus}, "kpi.explain-1.json")


def test_the_keys_of_the_contract() -> None:
    found = document()
    assert list(found) == ["schema", "entity", "sections"]
    assert found["entity"] == {"code": "3101", "name": "เมือง <b>"}
    section = found["sections"][0]
    assert (list(section), section["score"], section["rank"]) == (["id", "score", "rank", "indicators"], 22.0, 1)
    assert list(section["indicators"][0]) == [
        "id",
        "level",
        "possible_level",
        "points",
        "weight",
        "rules",
        "next",
    ]


def test_a_ratio_its_rules_and_what_comes_next() -> None:
    first = document()["sections"][0]["indicators"][0]
    assert (first["level"], first["points"]) == (1, 10.0)
    assert first["rules"][1] == {
        "level": 2,
        "text": "ไม่น้อยกว่าร้อยละ 70",
        "holds": False,
        "tests": [{"measure": "spent", "test": ">= 70", "value": "200/3", "cell": None, "holds": False}],
    }
    assert first["next"] == {
        "level": 2,
        "gain": 10.0,
        "changes": [{"measure": "spent", "from": "200/3", "to": ">= 70", "example": "70"}],
    }


def test_missing_figures_and_flags() -> None:
    po = document()["sections"][0]["indicators"][1]
    assert po["rules"][0]["holds"] is None
    assert po["rules"][0]["tests"][0]["cell"] == f"{FILE}[Team!E5]"
    assert po["next"]["changes"] == [{"measure": "po", "from": None, "to": ">= 60", "example": "60"}]
    steps = document()["sections"][1]["indicators"][0]
    assert steps["next"] == {
        "level": 4,
        "gain": 80.0,
        "changes": [{"measure": "plan", "from": False, "to": "true", "example": True}],
    }


def test_what_does_not_apply_has_nothing_next() -> None:
    steps = document("3102")["sections"][1]["indicators"][0]
    assert (steps["level"], steps["points"], steps["next"]) == (None, None, None)


def test_diagnostics_stand_there_where_there_are_any() -> None:
    assert explain_document(None, FOUND, "en")["entity"] is None
    assert [one["code"] for one in explain_document(explain(), FOUND, "en")["diagnostics"]] == ["cell-made-up"]


def test_a_trial_says_what_is_known_of_its_indicator() -> None:
    found = trial_document(explain_figures(SPENDING, {"spent": Figure(None)}, scale=5), (), "en")
    assert (found["status"], found["missing"], found["note"]) == ("incomplete", ["spent"], "อ่านตามที่พิมพ์")
    assert found["accepted"] == [{"code": "text-mismatch", "level": 1, "why": "เอกสารไม่ได้กำหนดค่าที่ 60 พอดี"}]
