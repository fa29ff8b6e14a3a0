"""`kpi compare` as users call it: which set scores which side, what has no counterpart, exit codes."""

import json

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from tests.unit.two_sets import NEW, OLD, RESULTS

LATER = RESULTS.replace("1,Alpha,74.6", "1,Alpha,95")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in ("KPI_LANG", "KPI_SET", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for name, text in {"old.yaml": OLD, "new.yaml": NEW, "one.csv": RESULTS, "two.csv": LATER}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, ["compare", *arguments], input=stdin)


def read(*arguments, stdin=None):
    return json.loads(run(*arguments, "--format", "json", stdin=stdin).stdout)


def gains(document):
    return {row["entity"]["name"]: row["gain"] for row in document["movement"]["sections"][0]["entities"]}


def test_a_movement_is_a_result_and_no_finding():
    result = run("one.csv", "two.csv", "--set", "old.yaml")
    assert result.exit_code == 0
    assert "A 2→5" in result.stdout
    # 60 x (5 - 2) / 5 = 36
    assert gains(read("one.csv", "two.csv", "--set", "old.yaml")) == {
        "Alpha": 36.0, "Beta": 0.0, "Gamma": 0.0, "Delta": None
    }  # fmt: skip


def test_each_side_has_its_own_set():
    document = read("one.csv", "one.csv", "--set-old", "old.yaml", "--set-new", "new.yaml")
    assert (document["old"]["set"]["id"], document["new"]["set"]["id"]) == ("round-one", "round-two")
    # As in two_sets: 64 -> 52, 72 -> 83, 64 -> 66.
    assert gains(document) == {"Alpha": -12.0, "Beta": 11.0, "Gamma": 2.0, "Delta Hill": None}
    (section,) = document["movement"]["sections"]
    assert (section["came"], section["went"]) == (["D"], ["C"])


def test_one_set_for_both_gives_way_to_that_of_a_side():
    document = read("one.csv", "two.csv", "--set", "old.yaml", "--set-new", "new.yaml")
    assert (document["old"]["set"]["id"], document["new"]["set"]["id"]) == ("round-one", "round-two")
    assert "different definitions" in run("one.csv", "two.csv", "--set", "old.yaml", "--set-new", "new.yaml").stdout
    assert "different definitions" not in run("one.csv", "two.csv", "--set", "old.yaml").stdout


def test_where_the_sets_differ_the_next_command_says_in_what():
    differing = run("one.csv", "two.csv", "--set", "old.yaml", "--set-new", "new.yaml")
    assert "Next: kpi diff old.yaml new.yaml\n" in differing.stderr
    assert "Next" not in run("one.csv", "two.csv", "--set", "old.yaml").stderr
    assert (
        "Next" not in run("one.csv", "two.csv", "--set", "old.yaml", "--set-new", "new.yaml", "--format", "md").stderr
    )


def test_a_workbook_names_its_set(here):
    (here / "indicators").mkdir()
    for name, text in (("one", OLD), ("two", NEW)):
        (here / "indicators" / f"{name}.yaml").write_text(text, encoding="utf-8")
        book = openpyxl.Workbook()
        for line in RESULTS.splitlines():
            book.active.append([float(part) if part.replace(".", "").isdigit() else part for part in line.split(",")])
        for row in book.active.iter_rows(min_row=2, max_col=1):
            row[0].value = str(int(row[0].value))
        for row in book.active.iter_rows(min_row=2, min_col=3, max_col=3):
            row[0].number_format = '0.00"%"'
        book.custom_doc_props.append(StringProperty(name="kpi-set", value=f"round-{name}"))
        book.save(here / f"{name}.xlsx")
    result = run("one.xlsx", "two.xlsx", "--format", "json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert (document["old"]["set"]["id"], document["new"]["set"]["id"]) == ("round-one", "round-two")
    assert result.stderr.count("named by the workbook") == 2


def test_the_set_is_said_once_where_it_is_the_same():
    assert run("one.csv", "two.csv", "--set", "old.yaml").stderr.count("round-one") == 1


def test_over_all_sections_with_shares():
    result = read("one.csv", "two.csv", "--set", "old.yaml", "--overall", "team=100")
    assert result["movement"]["overall"]["entities"][0]["gain"] == 36.0


def test_tie_break_decides_ranks():
    # Alpha and Gamma have 64 in the first round: B 5 before B 3.
    plain = read("one.csv", "one.csv", "--set", "old.yaml")["movement"]["sections"][0]["entities"]
    broken = read("one.csv", "one.csv", "--set", "old.yaml", "--tie-break", "B")["movement"]["sections"][0]["entities"]
    assert [row["new"]["rank"] for row in plain] == [1, 2, 2, None]
    assert [(row["entity"]["name"], row["new"]["rank"]) for row in broken[1:3]] == [("Alpha", 2), ("Gamma", 3)]


def test_one_side_may_come_through_a_pipe():
    assert gains(read("-", "two.csv", "--set", "old.yaml", stdin=RESULTS))["Alpha"] == 36.0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-", "-"], 2, "standard input"),
        (["one.csv", "nowhere.csv"], 2, "nowhere.csv"),
        (["one.csv", "two.csv", "--set-new", "nowhere"], 2, "nowhere"),
        (["one.csv"], 2, "NEW"),
        (["one.csv", "two.csv", "--overall", "nowhere=100"], 2, "nowhere"),
        (["one.csv", "two.csv", "--tie-break", "Z"], 2, "Z"),
        (["one.csv", "bad.csv"], 1, "bad.csv[C2]"),
        (["bad.csv", "two.csv"], 1, "--keep-going"),
        (["one.csv", "two.csv", "--set-old", "bad.yaml"], 1, "weights-sum"),
    ],
)
def test_what_cannot_be_compared(here, arguments, code, said):
    (here / "bad.csv").write_text(RESULTS.replace("74.6", "much"), encoding="utf-8")
    (here / "bad.yaml").write_text(OLD.replace("weight: 60", "weight: 61"), encoding="utf-8")
    result = run(*arguments, "--set", "old.yaml", stdin=RESULTS)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_keep_going_compares_the_rest(here):
    (here / "bad.csv").write_text(RESULTS.replace("74.6", "much"), encoding="utf-8")
    result = run("one.csv", "bad.csv", "--set", "old.yaml", "--keep-going")
    assert result.exit_code == 1
    assert "A 2→0-5" in result.stdout
    assert "left out" in result.stderr


def test_in_thai_and_quiet():
    result = run("one.csv", "two.csv", "--set", "old.yaml", "--lang", "th", "--quiet")
    assert result.stderr == ""
    assert "เปลี่ยนแปลง 3 จาก 4" in result.stdout
