"""`kpi explain` as users call it: who is found, what is printed, which files are written, how a run ends."""

import json
import pathlib

import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from tests.unit.cli.test_commands import GOOD, REFUSED, SET

EXAMPLE = pathlib.Path(__file__).resolve().parents[3] / "examples" / "buriram_fy2564_round1.xlsx"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in ("KPI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("KPI_SET", "small.yaml")
    (tmp_path / "small.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "refused.csv").write_text(REFUSED, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, ["explain", *map(str, arguments)])


def read(*arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)


@pytest.mark.parametrize("who", ["Alpha", "alpha", "1"])
def test_an_entity_by_its_name_or_code(who):
    found = read("good.csv", who)
    assert (found["schema"], found["entity"]) == ("kpi.explain/1", {"code": "1", "name": "Alpha"})
    # A level 5: 60; B level 2: 16
    assert [(one["id"], one["score"], one["rank"]) for one in found["sections"]] == [
        ("one", 76.0, 2),
        ("two", 100.0, 1),
    ]
    assert "diagnostics" not in found


def test_one_indicator_alone():
    (section,) = read("good.csv", "Alpha", "b")["sections"]
    (indicator,) = section["indicators"]
    assert (section["id"], indicator["id"], indicator["level"], indicator["points"]) == ("one", "B", 2, 16.0)
    assert indicator["next"] == {
        "level": 3,
        "gain": 8.0,
        "changes": [{"measure": "sites", "from": "2", "to": ">= 3", "example": "3"}],
    }
    assert indicator["rules"][2]["tests"] == [
        {"measure": "sites", "test": ">= 3", "value": "2", "cell": "good.csv[C2]", "holds": False}
    ]


def test_what_a_person_reads():
    shown = run("good.csv", "Alpha", "B").stdout
    assert shown.startswith("Alpha (1)\nOne · 76.00 of 100 points · rank 2 of 3\n")
    assert "good.csv[C2]" in shown
    assert "sites >= 3 (has 2: 1 more)" in shown
    assert "ระดับ 2 จาก 5" in run("good.csv", "Alpha", "B", "--lang", "th").stdout
    assert run("good.csv", "Alpha", "--format", "md").stdout.startswith("# Alpha (1)\n")


def test_the_steps_stand_in_the_order_of_what_they_bring():
    # Beta: A 3 -> 4 brings 12; C 0 -> 5 brings 100; B is at the top
    shown = run("good.csv", "Beta").stdout
    steps = shown.split("What brings the most points\n")[1].split()
    assert [steps[0], steps[1]] == ["+100.00", "C"]
    assert "+12.00  A" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["good.csv", "Alpa"], "did you mean “Alpha”?"),
        (["good.csv", "Nobody"], "nobody is called “Nobody”"),
        (["good.csv", "Alpha", "Z"], "has no indicator `Z`"),
        (["good.csv"], "say whom to explain"),
        (["Alpha"], "say whom to explain"),
        (["nowhere.csv", "Alpha"], "nowhere.csv"),
        (["good.csv", "--all"], "-o FOLDER"),
        (["good.csv", "Alpha", "-o", "pages"], "--all"),
        (["good.csv", "--all", "-o", "pages", "--format", "json"], "pages of markdown"),
        (["good.csv", "--all", "-o", "small.yaml"], "is not a folder"),
        (["good.csv", "--all", "-o", "no/where"], "no/where cannot be made"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_ends_with_2(here, arguments, said):
    before = sorted(here.iterdir())
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert sorted(here.iterdir()) == before


def test_json_says_whom_it_did_not_find():
    result = run("good.csv", "Alfa", "--format", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["entity"], found["sections"]) == (2, None, [])
    assert found["diagnostics"][0]["code"] == "unknown-entity"


def test_refusals_explain_nobody_and_end_with_1():
    result = run("refused.csv", "Alpha")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "cell-ambiguous-percent" in result.stderr
    found = json.loads(run("refused.csv", "Alpha", "--format", "json").stdout)
    assert (found["entity"], found["sections"]) == (None, [])
    assert [one["code"] for one in found["diagnostics"]] == ["cell-ambiguous-percent", "cell-not-whole"]


def test_keep_going_explains_without_them_and_still_ends_with_1():
    result = run("refused.csv", "Alpha", "A", "--keep-going", "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    (indicator,) = found["sections"][0]["indicators"]
    assert (indicator["level"], indicator["possible_level"]) == (0, 5)
    assert indicator["next"]["changes"][0]["from"] is None
    assert len(found["diagnostics"]) == 2


def test_percent_is_read_as_asked():
    found = read("refused.csv", "Alpha", "A", "--keep-going", "--percent", "fraction")
    assert found["sections"][0]["indicators"][0]["level"] == 5


def test_an_entity_that_is_called_as_a_file_is(here):
    (here / "Alpha").mkdir()
    assert read("good.csv", "Alpha")["entity"]["name"] == "Alpha"


def test_several_files_come_before_the_entity(here):
    (here / "more.csv").write_text("entity,plan\nAlpha,yes\n", encoding="utf-8")
    (here / "less.csv").write_text("entity,done,sites\nAlpha,80%,2\n", encoding="utf-8")
    assert read("more.csv", "less.csv", "Alpha", "B")["sections"][0]["indicators"][0]["level"] == 2


def test_a_page_for_everyone(here):
    result = run("good.csv", "--all", "-o", "pages")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Wrote 3 pages to pages" in result.stderr
    assert sorted(path.name for path in (here / "pages").iterdir()) == ["1.md", "2.md", "3.md"]
    assert (here / "pages" / "2.md").read_text(encoding="utf-8").startswith("# Beta (2)\n")


def test_pages_are_written_over_only_when_asked(here):
    run("good.csv", "--all", "-o", "pages")
    (here / "pages" / "2.md").write_text("mine", encoding="utf-8")
    (here / "pages" / "1.md").unlink()
    result = run("good.csv", "--all", "-o", "pages")
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert (here / "pages" / "2.md").read_text(encoding="utf-8") == "mine"
    assert not (here / "pages" / "1.md").exists()
    assert run("good.csv", "--all", "-o", "pages", "--force").exit_code == 0
    assert (here / "pages" / "2.md").read_text(encoding="utf-8").startswith("# Beta")


def test_no_page_is_written_beside_a_refusal(here):
    assert run("refused.csv", "--all", "-o", "pages").exit_code == 1
    assert not (here / "pages").exists()


def test_names_of_pages_are_made_safe(here):
    open_set = "\n".join(line for line in SET.splitlines() if "roster" not in line and line != "entity:")
    (here / "small.yaml").write_text(open_set, encoding="utf-8")
    (here / "odd.csv").write_text("entity,done,sites,plan\n../up,80%,2,yes\nCON,60,5,no\n", encoding="utf-8")
    assert run("odd.csv", "--all", "-o", "pages").exit_code == 0
    assert sorted(path.name for path in (here / "pages").iterdir()) == ["_CON.md", "up.md"]
    assert not (here / "up.md").exists()


def test_score_names_the_one_whom_missing_figures_leave_open(here):
    (here / "open.csv").write_text("entity,done,sites,plan\nAlpha,80%,2,yes\nBeta,,5,no\n", encoding="utf-8")
    scored = CliRunner().invoke(app, ["score", "open.csv", "--set", "small.yaml", "--percent", "points"])
    assert "Next: kpi explain open.csv Beta --set small.yaml --percent points" in scored.stderr
    assert "kpi explain" not in CliRunner().invoke(app, ["score", "good.csv"]).stderr


def test_the_example_says_why_and_what_next(monkeypatch):
    monkeypatch.delenv("KPI_SET")
    found = read(EXAMPLE, "สตึก", "T2")["sections"][0]["indicators"][0]
    assert (found["level"], found["points"]) == (4, 20.0)
    assert found["next"] == {
        "level": 5,
        "gain": 5.0,
        "changes": [{"measure": "plan_achieved", "from": "95", "to": "> 95", "example": "95.01"}],
    }
