"""`kpi diff` as users call it: sets by file, id and pipe, results by both, exit codes, and what is said."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from tests.unit.two_sets import NEW, OLD, RESULTS


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in ("KPI_LANG", "KPI_SET", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for name, text in {"old.yaml": OLD, "new.yaml": NEW, "results.csv": RESULTS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, ["diff", *arguments], input=stdin)


def test_a_difference_is_a_result_and_no_finding():
    result = run("old.yaml", "new.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "spent from 74.5 to below 75 moves from level 2 to 1\n" in result.stdout
    assert run("old.yaml", "old.yaml").stdout.endswith("The two sets say the same.\n")


def test_the_other_way_round_moves_the_other_way():
    assert "spent from 74.5 to below 75 moves from level 1 to 2\n" in run("new.yaml", "old.yaml").stdout


def test_in_thai():
    assert "spent ตั้งแต่ 74.5 ถึงน้อยกว่า 75 ย้ายจากระดับ 2 เป็นระดับ 1\n" in run("old.yaml", "new.yaml", "--lang", "th").stdout


def test_results_are_scored_by_both():
    result = run("old.yaml", "new.yaml", "--results", "results.csv", "--format", "json")
    assert result.exit_code == 0
    (section,) = json.loads(result.stdout)["movement"]["sections"]
    assert [(row["entity"]["name"], row["gain"]) for row in section["entities"]] == [
        ("Beta", 11.0),
        ("Gamma", 2.0),
        ("Alpha", -12.0),
        ("Delta Hill", None),
    ]


def test_several_results_files_are_merged(here):
    lines = RESULTS.splitlines(keepends=True)
    (here / "one.csv").write_text("".join(lines[:2]), encoding="utf-8")
    (here / "two.csv").write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    apart = run("old.yaml", "new.yaml", "--results", "one.csv", "--results", "two.csv")
    whole = run("old.yaml", "new.yaml", "--results", "results.csv")
    assert (apart.exit_code, apart.stdout) == (0, whole.stdout)


def test_one_set_may_come_through_a_pipe():
    files = run("old.yaml", "new.yaml").stdout
    assert run("-", "new.yaml", stdin=OLD).stdout == files.replace("old.yaml", "<stdin>")
    assert run("old.yaml", "-", stdin=NEW).stdout == files.replace("new.yaml", "<stdin>")


def test_the_roster_of_a_set_from_a_pipe_is_looked_for_beside_the_other_set(here):
    text = OLD[: OLD.index("  roster:")] + "  roster: names.csv\n" + OLD[OLD.index("sections:") :]
    (here / "sets").mkdir()
    (here / "sets" / "names.csv").write_text("code,name\n1,Alpha\n", encoding="utf-8")
    (here / "sets" / "one.yaml").write_text(text, encoding="utf-8")
    result = run("-", "sets/one.yaml", stdin=text)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "The two sets say the same.")


def test_a_set_may_be_named_by_its_id():
    result = run("fy2564-round1", "new.yaml", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["old"]["id"] == "fy2564-round1"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-", "-"], 2, "standard input"),
        (["-", "new.yaml", "--results", "-"], 2, "standard input"),
        (["nowhere", "new.yaml"], 2, "nowhere"),
        (["old.yaml", "nowhere.yaml"], 2, "nowhere.yaml"),
        (["old.yaml", "new.yaml", "--results", "nowhere.csv"], 2, "nowhere.csv"),
        (["old.yaml"], 2, "NEW"),
        (["old.yaml", "new.yaml", "--format", "pdf"], 2, "pdf"),
        (["old.yaml", "bad.yaml"], 1, "weights-sum"),
        (["bad.yaml", "new.yaml"], 1, "weights-sum"),
    ],
)
def test_what_cannot_be_compared(here, arguments, code, said):
    (here / "bad.yaml").write_text(NEW.replace("weight: 60", "weight: 61"), encoding="utf-8")
    result = run(*arguments, stdin=OLD)
    assert result.exit_code == code
    assert said in result.stderr


@pytest.mark.parametrize(("old", "new"), [("old.yaml", "bad.yaml"), ("nowhere", "new.yaml")])
def test_json_says_so_too(here, old, new):
    (here / "bad.yaml").write_text("kpi: 1\n", encoding="utf-8")
    document = json.loads(run(old, new, "--format", "json").stdout)
    assert (document["effect"], document["changes"], document["movement"]) == (None, [], None)
    side = "new" if new == "bad.yaml" else "old"
    assert document["diagnostics"][side]


def test_a_hole_that_is_mended_can_be_compared(here):
    (here / "hole.yaml").write_text(OLD.replace('spent: "< 75"', 'spent: "< 70"'), encoding="utf-8")
    result = run("hole.yaml", "old.yaml")
    assert result.exit_code == 0
    assert "spent from 70 to below 74.5 moves from level 0 to 1\n" in result.stdout


def test_what_one_set_refuses_is_said_and_nothing_moves(here):
    (here / "high.csv").write_text(RESULTS.replace("74.6", "110"), encoding="utf-8")
    result = run("old.yaml", "new.yaml", "--results", "high.csv")
    assert result.exit_code == 1
    heading, finding, *_ = result.stderr.splitlines()
    assert heading == "Found on the side of the old set alone:"
    assert "high.csv[C2]" in finding
    assert "--keep-going" in result.stderr
    assert "Verdicts change" in result.stdout
    assert "Alpha" not in result.stdout


def test_keep_going_compares_the_rest(here):
    (here / "high.csv").write_text(RESULTS.replace("74.6", "110"), encoding="utf-8")
    result = run("old.yaml", "new.yaml", "--results", "high.csv", "--keep-going")
    assert result.exit_code == 1
    assert "A 0-5→5" in result.stdout


def test_what_both_refuse_is_said_once(here):
    (here / "odd.csv").write_text(RESULTS.replace("1,Alpha,74.6", "1,Alpha,much"), encoding="utf-8")
    result = run("old.yaml", "new.yaml", "--results", "odd.csv")
    assert result.exit_code == 1
    assert result.stderr.count("odd.csv[C2]") == 1
    assert "Found on" not in result.stderr


def test_percent_decides_for_the_run(here):
    (here / "small.csv").write_text(RESULTS.replace("74.6", "0.85"), encoding="utf-8")
    assert run("old.yaml", "new.yaml", "--results", "small.csv").exit_code == 1
    result = run("old.yaml", "new.yaml", "--results", "small.csv", "--percent", "fraction", "--format", "json")
    assert result.exit_code == 0
    (section,) = json.loads(result.stdout)["movement"]["sections"]
    (alpha,) = [row for row in section["entities"] if row["entity"]["name"] == "Alpha"]
    assert alpha["indicators"][0]["new"]["level"] == 4


def test_rosters_among_the_results_are_none(here):
    text = OLD[: OLD.index("  roster:")] + "  roster: names.csv\n" + OLD[OLD.index("sections:") :]
    (here / "inbox").mkdir()
    (here / "inbox" / "names.csv").write_text("code,name\n1,Alpha\n2,Beta\n3,Gamma\n", encoding="utf-8")
    (here / "inbox" / "one.yaml").write_text(text, encoding="utf-8")
    shutil.move("results.csv", "inbox")
    result = run("inbox/one.yaml", "inbox/one.yaml", "--results", "inbox")
    assert result.exit_code == 0
    assert "0 of 3 move" in result.stdout
