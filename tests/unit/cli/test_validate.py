"""`kpi validate` over files, folders, patterns and standard input, in every format."""

from __future__ import annotations

import errno
import io
import json
import os
import pathlib
import subprocess
import sys
from typing import Any

import openpyxl
import pytest
from click.testing import Result
from openpyxl.packaging.custom import StringProperty
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from kpi_cli.workflows import arguments
from kpi_cli.workflows.arguments import sort_arguments

SET = """\
kpi: 1
id: small
title: Made up
scale: 2
sections:
  - id: one
    title: One
    indicators:
      - id: A
        title: A
        weight: 100
        measures: {done: {type: percent, title: Done}}
        levels:
          1: {when: {done: "<= 50"}}
          2: {when: {done: "> 50"}}
"""
GAP = SET.replace('"<= 50"', '"< 50"')
ACCEPTED = GAP + '        accept: [{code: level-gap, level: 1, why: "the memo leaves 50% out"}]\n'
GOOD = "entity,done\nAlpha,80%\n"
REFUSED = "entity,done\nAlpha,0.8\nBeta,abc\n"


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """Sets in nested folders, results beside them, and what is neither."""
    monkeypatch.chdir(tmp_path)
    for variable in ("KPI_LANG", "KPI_SET", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    files = {
        "sets/good.yaml": SET,
        "sets/2565/gap.yml": GAP,
        "sets/2565/rosters/all.csv": "code,name\n1,Alpha\n",
        "sets/.hidden/gap.yaml": GAP,
        "results/good.csv": GOOD,
        "results/refused.csv": REFUSED,
        "mixed/good.yaml": SET,
        "mixed/refused.csv": REFUSED,
        "mixed/notes.md": "x",
        "mixed/README.txt": "x",
        "accepted.yaml": ACCEPTED,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["validate", *arguments], input=stdin)


def find(*arguments: str) -> list[tuple[str, str]]:
    """File and code of all that is found, notes aside."""
    found = json.loads(run(*arguments, "--format", "json").stdout)["diagnostics"]
    return [(item["file"], item["code"]) for item in found if item["severity"] != "note"]


REFUSALS = [("refused.csv", "cell-ambiguous-percent"), ("refused.csv", "cell-not-a-number")]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["sets"], [("sets/2565/gap.yml", "level-gap")]),
        (["sets", "sets/good.yaml", "sets/2565/gap.yml"], [("sets/2565/gap.yml", "level-gap")]),
        (["sets/**/*.y*ml"], [("sets/2565/gap.yml", "level-gap")]),
        (["sets/good.yaml", "results"], REFUSALS),
        (["sets/good.yaml", "results/refused.csv"], REFUSALS),
        (["sets/good.yaml", "results/good.csv"], []),
        (["mixed"], REFUSALS),
        (["mixed/[a-z]*"], REFUSALS),
        (["results/refused.csv", "--set", "sets/good.yaml"], REFUSALS),
        (["results/refused.csv", "--set", "sets/good.yaml", "--percent", "points"], REFUSALS[1:]),
        (["sets/2565", "results/refused.csv", "--set", "sets/good.yaml"],
         [("sets/2565/gap.yml", "level-gap"), *REFUSALS]),
        (["accepted.yaml"], []),
        (["nowhere.yaml"], [("nowhere.yaml", "unreadable")]),
    ],
)  # fmt: skip
def test_sets_and_results_alike(here: pathlib.Path, arguments: list[str], found: list[tuple[str, str]]) -> None:
    assert find(*arguments) == found


def test_validate_refuses_what_score_refuses(here: pathlib.Path) -> None:
    scored = CliRunner().invoke(app, ["score", "results", "--set", "sets/good.yaml", "--format", "json"])
    checked = run("results", "--set", "sets/good.yaml", "--format", "json")
    assert json.loads(checked.stdout)["diagnostics"] == json.loads(scored.stdout)["diagnostics"]
    assert scored.exit_code == checked.exit_code == 1


def test_workbooks_below_a_folder_of_sets_are_named_and_not_read(here: pathlib.Path) -> None:
    (here / "sets" / "results").mkdir()
    (here / "sets" / "results" / "a.xlsx").write_bytes(b"x")
    assert find("sets") == [("sets/results", "skipped-file"), ("sets/2565/gap.yml", "level-gap")]


def test_a_folder_that_is_a_whole_disk_is_refused(here: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arguments, "MAX_FILES", 3)  # as many as there are, but for the hidden one
    assert find("sets") == [("sets/2565/gap.yml", "level-gap")]
    (here / "sets" / "2565" / "one-more.md").touch()
    refused = run("sets", "--lang", "en")
    assert refused.exit_code == 2
    assert "the folder `sets` holds more than 3 files" in refused.output
    assert "level-gap" not in refused.output


def test_a_folder_that_may_not_be_looked_into_is_never_passed_over(
    here: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = os.scandir

    def refuse(path: str) -> Any:
        if pathlib.Path(path).name == "2565":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    refused = run("sets", "--lang", "en")
    assert refused.exit_code == 2
    assert "error[unreadable] `sets/2565` cannot be looked into: Permission denied" in refused.output
    assert find("sets/2565") == [("sets/2565", "unreadable")]
    # The results of a folder without sets are read all the same.
    (here / "results" / "2565").mkdir()
    (here / "results" / "good.csv").rename(here / "results" / "good.txt")
    assert ("results/2565", "unreadable") in find("results", "--set", "sets/good.yaml")
    assert "good.txt" in run("results", "--set", "sets/good.yaml", "--lang", "en").stderr


def test_a_failed_case_hides_nothing_that_is_proved(here: pathlib.Path) -> None:
    text = GAP + "        tests: [{given: {done: 60}, level: 1}]\n"
    (here / "both.yaml").write_text(text, encoding="utf-8")
    assert {code for _, code in find("both.yaml")} == {"level-gap", "test-failed"}
    assert {code for _, code in find("--set", "both.yaml")} == {"level-gap", "test-failed"}


@pytest.mark.parametrize(
    ("text", "is_set"),
    [
        (SET, True),
        ("# a comment\n", True),
        ("---\nkpi: 1\n", True),
        ('{"kpi": 1}', True),
        ("", True),
        (GOOD, False),
        ('[{"entity": "Alpha", "done": 80}]', False),
        ("\ufeffอำเภอ,Done\nAlpha,80%\n", False),
        ("PK\x03\x04", False),
    ],
)
def test_standard_input_is_known_by_its_beginning(monkeypatch: pytest.MonkeyPatch, text: str, is_set: bool) -> None:
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(text.encode())))  # type: ignore[arg-type]
    monkeypatch.setattr("sys.stdin", stream)
    named = sort_arguments(["-"])
    assert (named.sets, named.results) == ((("-",), ()) if is_set else ((), ("-",)))
    assert stream.buffer.read() == text.encode()  # what was looked at is still there


@pytest.mark.parametrize(
    ("text", "arguments", "code", "said"),
    [
        (GAP, ["-"], 1, "<stdin>:14:29: error[level-gap]"),
        (SET, ["-"], 0, "0 errors"),
        (REFUSED, ["-", "--set", "sets/good.yaml"], 1, "stdin[B2]"),
        (REFUSED, ["-", "sets/good.yaml"], 1, "stdin[B2]"),
    ],
)
def test_standard_input(here: pathlib.Path, text: str, arguments: list[str], code: int, said: str) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "kpi_cli", "validate", "--lang", "en", *arguments],
        input=text.encode(),
        capture_output=True,
    )
    assert said in process.stdout.decode()
    assert process.returncode == code


def read_reasons(format_: str) -> tuple[int, str]:
    options = ["--notes"] if format_ == "text" else []
    result = run("accepted.yaml", "--strict", "--format", format_, *options)
    return result.exit_code, result.stdout


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif"])
def test_what_is_accepted_is_no_finding_and_shows_its_reason(here: pathlib.Path, format_: str) -> None:
    code, printed = read_reasons(format_)
    reason = "the memo leaves 50% out"
    assert code == 0
    assert (reason.replace("%", "%25") if format_ == "github" else reason) in printed


@pytest.mark.parametrize(
    ("accept", "codes"),
    [
        ("{code: level-gap, level: 1, why: x}", set()),
        ("{code: level-gap, at: {done: 50}, why: x}", set()),
        ("{code: level-gap, level: 2, why: x}", {"level-gap", "unused-accept"}),
        ("{code: level-gap, at: {done: 51}, why: x}", {"level-gap", "unused-accept"}),
        ("{code: not-monotone, level: 1, why: x}", {"level-gap", "unused-accept"}),
        ("{code: test-failed, level: 1, why: x}", {"level-gap", "unused-accept"}),
        ("{code: level-gap, level: 1, why: x}, {code: level-gap, level: 1, why: y}", {"unused-accept"}),
    ],
)
def test_an_accept_silences_exactly_what_it_names(here: pathlib.Path, accept: str, codes: set[str]) -> None:
    (here / "draft.yaml").write_text(GAP + f"        accept: [{accept}]\n", encoding="utf-8")
    assert {code for _, code in find("draft.yaml")} == codes
    strict = run("draft.yaml", "--strict").exit_code
    assert strict == (1 if codes else 0)
    assert run("draft.yaml").exit_code == (1 if "level-gap" in codes else 0)


def test_github_and_sarif_name_files_by_their_path(here: pathlib.Path) -> None:
    arguments = [str(here / "sets"), "results/refused.csv", "--set", "sets/good.yaml", "--lang", "en"]
    annotations = run(*arguments, "--format", "github").stdout
    assert "::error file=sets/2565/gap.yml,line=14,endLine=14,col=29,endColumn=33,title=kpi level-gap::A: 50" in (
        annotations
    )
    assert "::error file=results/refused.csv,title=kpi cell-ambiguous-percent::refused.csv[B2]: " in annotations
    (log,) = json.loads(run(*arguments, "--format", "sarif").stdout)["runs"]
    assert {_uri(result) for result in log["results"]} == {"sets/2565/gap.yml", "results/refused.csv"}


def _uri(result: dict[str, Any]) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


OTHER = SET.replace("id: small", "id: other").replace('"<= 50"', '"<= 60"').replace('"> 50"', '"> 60"')


def write_workbook(path: pathlib.Path, set_id: str | None) -> None:
    book = openpyxl.Workbook()
    book.active.append(["entity", "done"])
    book.active.append(["Alpha", 80])
    if set_id:
        book.custom_doc_props.append(StringProperty(name="kpi-set", value=set_id))
    book.save(path)


@pytest.mark.parametrize(
    ("carried", "options", "said"),
    [
        ("other", [], "Indicator set other (indicators/other.yaml), named by the workbook"),
        ("other", ["--set", "sets/good.yaml"], "Indicator set small (sets/good.yaml), named by --set"),
        ("small", [], "Indicator set small (sets/good.yaml), named as an argument"),
        (None, [], "Indicator set small (sets/good.yaml), named as an argument"),
    ],
)
def test_the_set_among_the_files_comes_after_the_workbooks_own(
    here: pathlib.Path, carried: str | None, options: list[str], said: str
) -> None:
    (here / "indicators").mkdir()
    (here / "indicators" / "other.yaml").write_text(OTHER, encoding="utf-8")
    write_workbook(here / "a.xlsx", carried)
    result = run("a.xlsx", "sets/good.yaml", *options)
    assert said in result.stderr
    assert result.exit_code == 0


def test_a_workbook_of_an_unknown_set_says_to_name_its_file(here: pathlib.Path) -> None:
    write_workbook(here / "a.xlsx", "mine")
    result = run("a.xlsx")
    assert "a.xlsx: error[unreadable] this file is made for the indicator set `mine`" in result.stdout
    assert "--set FILE.yaml" in result.stdout
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("argument", "said", "unsaid"),
    [
        ("nofile.yaml", "there is no file `nofile.yaml`", "--set"),
        ("no*.yaml", "`no*.yaml` matches no file that can be read", "there is no file"),
        ("hollow", "sets are read from .yaml and .yml; results are read from .xlsx", "there is no file"),
    ],
)
def test_what_is_not_there_is_called_what_it_is(here: pathlib.Path, argument: str, said: str, unsaid: str) -> None:
    (here / "hollow").mkdir()
    for options in ([], ["--suggest-tests"]):
        result = run(argument, *options)
        assert said in result.output
        assert unsaid not in result.output
        assert result.exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sets/good.yaml"], "Checked: sets/good.yaml\n"),
        (["sets/good.yaml", "results/good.csv"], "Checked: sets/good.yaml, good.csv, against small\n"),
        (["results/good.csv", "--set", "sets/good.yaml"], "Checked: good.csv, against small\n"),
        (["nowhere.yaml"], ""),
        ([], ""),
    ],
)
def test_it_says_what_it_checked(here: pathlib.Path, arguments: list[str], said: str) -> None:
    assert said in run(*arguments).stderr
    assert ("Checked" in run(*arguments).stderr) is bool(said)
    assert "Checked" not in run(*arguments, "--quiet").stderr
    assert "Checked" not in run(*arguments, "--format", "json").output


def test_notes_that_are_only_counted_are_offered(here: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["kpi", "validate", "accepted.yaml"])
    assert run("accepted.yaml").stderr.endswith("Next: kpi validate accepted.yaml --notes\n")
    assert "Next:" not in run("accepted.yaml", "--notes").stderr
    assert "Next:" not in run("sets/good.yaml").stderr


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[1, 2]", ["not-a-record", "not-a-record"]),
        ('[1, {"entity": "Alpha", "done": 80}]', ["not-a-record"]),
        ("[]", ["no-data"]),
    ],
)
def test_json_that_holds_no_record_is_found_once(here: pathlib.Path, text: str, codes: list[str]) -> None:
    (here / "a.json").write_text(text, encoding="utf-8")
    found = find("a.json", "--set", "sets/good.yaml")
    assert [code for _, code in found if code != "missing-column"] == codes
    assert "sheet" not in run("a.json", "--set", "sets/good.yaml").output
