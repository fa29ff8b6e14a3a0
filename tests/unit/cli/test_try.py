"""`kpi try` as users call it, on the shipped set: the levels of READINGS, the words, the exit codes."""

import json

import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    for variable in ("KPI_LANG", "KPI_SET", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)


def run(*arguments):
    return CliRunner().invoke(app, ["try", *arguments])


def read(*arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)


@pytest.mark.parametrize(
    ("arguments", "level", "possible"),
    [
        (["T1", "budget_spent=89.995"], 4, 4),
        (["T1", "budget_spent_baht=899,950", "budget_allocated_baht=1000000"], 4, 4),
        (["T2", "plan_achieved=80"], 1, 1),
        (["T2", "plan_achieved=๘๕%"], 2, 2),
        (["t2", "plan_achieved=85.01"], 3, 3),
        (["T3.1", "briefing_held=ไม่มี", "po_issued=100"], 0, 0),
        (["T3.1", "briefing_held=มี"], 1, 5),
        (["T4", "publicity_points=9,999", "stories_selected=0"], 4, 4),
        (["T5", "loans_cleared=N/A"], None, None),
        (["I6", "overdue_debt=0"], 5, 5),
        (["I6", "overdue_debt=0.004"], 4, 4),
        (["I6", "overdue_debt=-"], 0, 5),
        (["I4", "otop_income_growth=-12"], 1, 1),
        (["T1"], 0, 5),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_the_level_of_figures_typed_in(arguments, level, possible):
    found = read(*arguments)
    assert (found["schema"], found["level"], found["possible_level"]) == ("kpi.try/1", level, possible)
    assert run(*arguments).exit_code == 0


def test_json_says_which_tests_decided():
    found = read("T2", "plan_achieved=85%")
    assert (found["id"], found["weight"], found["points"], found["status"]) == ("T2", 25, 10.0, "scored")
    assert found["rules"][2] == {
        "level": 3,
        "text": "มากกว่าร้อยละ ๘๕",
        "holds": False,
        "tests": [{"measure": "plan_achieved", "test": "> 85", "value": "85", "cell": None, "holds": False}],
    }
    assert found["values"] == {"plan_achieved": {"value": "85", "raw": "85%", "cell": None}}
    assert found["accepted"][0]["code"] == "text-mismatch"


def test_words_say_the_level_the_rule_and_the_reason():
    shown = run("T2", "plan_achieved=80").stdout
    assert "level 1 of 5 · 5.00 of 25 points" in shown
    assert "the rule of level 1 is the highest that holds" in shown
    assert "▸ 1  plan_achieved <= 80  holds    น้อยกว่าร้อยละ ๘๐" in shown
    assert "accepted level 1" in shown
    assert "ระดับ 1 จาก 5" in run("T2", "plan_achieved=80", "--lang", "th").stdout


def test_what_is_missing_is_said():
    shown = run("T3.2", "garden_households=95").stdout
    assert "level 1-5 of 5" in shown
    assert "the rules up to level 1 hold, and that of level 2 is open" in shown
    assert "level 5 is still possible; missing: garden_models" in shown


def test_a_bare_fraction_is_points_and_said_to_be():
    result = run("I6", "overdue_debt=0.85")
    assert result.exit_code == 0
    assert "“0.85” is taken as 0.85%" in result.stderr
    assert "write 85%" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["T9"], "T3.1"),
        (["T1", "budget_spend=85"], "did you mean `budget_spent`?"),
        (["T1", "plan_achieved=85"], "that is one of T2"),
        (["T1", "budget_spent=102"], "not within 0 to 100"),
        (["T1", "budget_spent"], "budget_spent=..."),
        (["T1", "=85"], "is not MEASURE=VALUE"),
        (["T1", "budget_spent=85", "budget_spent=86"], "given twice"),
        (["T1", "budget_spent=N/A"], "no answer here"),
        (["T1", "--set", "nowhere"], "nowhere"),
        ([], "INDICATOR"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_ends_with_2(arguments, said):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_json_of_refused_figures_says_why():
    result = run("T1", "budget_spent=102", "--format", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["id"], found["level"]) == (2, "T1", None)
    assert [item["code"] for item in found["diagnostics"]] == ["cell-out-of-range"]


def test_json_is_printed_whatever_is_wrong_with_the_set():
    done = run("T1", "--set", "nosuch", "--format", "json")
    assert done.exit_code == 2
    document = json.loads(done.stdout)
    found = document.pop("diagnostics")
    assert document == {"schema": "kpi.try/1", "id": "T1", "level": None}
    assert [item["code"] for item in found] == ["unreadable"]
