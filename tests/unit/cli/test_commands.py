"""The commands as users call them: exit codes, streams, files, and what is said."""

import json
import os
import pathlib
import subprocess
import sys

import openpyxl
import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app

SET = """\
kpi: 1
id: small
title: Made up
entity:
  roster: [{code: "1", name: Alpha}, {code: "2", name: Beta}, {code: "3", name: Gamma}]
sections:
  - id: one
    title: One
    indicators:
      - id: A
        title: A
        weight: 60
        measures: {done: {type: percent, title: Done}}
        levels:
          1: {when: {done: "< 50"}}
          2: {when: {done: ">= 50"}}
          3: {when: {done: ">= 60"}}
          4: {when: {done: ">= 70"}}
          5: {when: {done: ">= 80"}}
      - id: B
        title: B
        weight: 40
        measures: {sites: {type: count, title: Sites}}
        levels:
          1: {when: {sites: ">= 1"}}
          2: {when: {sites: ">= 2"}}
          3: {when: {sites: ">= 3"}}
          4: {when: {sites: ">= 4"}}
          5: {when: {sites: ">= 5"}}
  - id: two
    title: Two
    indicators:
      - id: C
        title: C
        weight: 100
        measures: {plan: {type: flag, title: Plan}}
        levels:
          1: {when: {plan: true}}
          2: {when: {plan: true}}
          3: {when: {plan: true}}
          4: {when: {plan: true}}
          5: {when: {plan: true}}
"""
GOOD = "entity,done,sites,plan\nAlpha,80%,2,yes\nBeta,60,5,no\nGamma,75,4,yes\n"
REFUSED = "entity,done,sites,plan\nAlpha,0.8,2,yes\nBeta,60,5.5,no\nGamma,75,4,yes\n"
VARIABLES = ("KPI_LANG", "KPI_SET", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "small.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "refused.csv").write_text(REFUSED, encoding="utf-8")
    return tmp_path


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def score(*arguments, stdin=None):
    return run("score", "--set", "small.yaml", *arguments, stdin=stdin)


def read_ranking(result, section=0):
    rows = json.loads(result.stdout)["sections"][section]["ranking"]
    return [(row["rank"], row["entity"]["name"], row["score"]) for row in rows]


def test_scores_by_hand(here):
    # A 60 x level/5 + B 40 x level/5: Alpha 5,2 -> 76; Beta 3,5 -> 76; Gamma 4,4 -> 80.
    result = score("good.csv", "--format", "json")
    assert result.exit_code == 0
    assert read_ranking(result) == [(1, "Gamma", 80.0), (2, "Alpha", 76.0), (2, "Beta", 76.0)]
    assert read_ranking(result, 1) == [(1, "Alpha", 100.0), (1, "Gamma", 100.0), (3, "Beta", 0.0)]


@pytest.mark.parametrize(
    ("tie_break", "order"),
    [("A", ["Gamma", "Alpha", "Beta"]), ("B", ["Gamma", "Beta", "Alpha"]), ("B,A", ["Gamma", "Beta", "Alpha"])],
)
def test_tie_break(here, tie_break, order):
    rows = read_ranking(score("good.csv", "--tie-break", tie_break, "--format", "json"))
    assert [name for _, name, _ in rows] == order
    assert [rank for rank, _, _ in rows] == [1, 2, 3]


def test_overall_from_the_command_line_says_so(here):
    result = score("good.csv", "--overall", "one=50,two=50", "--format", "json")
    overall = json.loads(result.stdout)["overall"]
    assert overall["shares"] == {"one": 50, "two": 50}
    assert [(row["rank"], row["entity"]["name"], row["score"]) for row in overall["ranking"]] == [
        (1, "Gamma", 90.0),
        (2, "Alpha", 88.0),
        (3, "Beta", 38.0),
    ]
    assert "command line" in score("good.csv", "--overall", "one=50,two=50").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--overall", "one=50"], "sum to 50"),
        (["--overall", f"one=33.{'3' * 32},two=66.{'6' * 31}8"], f"sum to 100.{'0' * 31}1,"),
        (["--overall", "one=fifty,two=50"], "one=fifty"),
        (["--overall", "one=50,nowhere=50"], "nowhere"),
        (["--tie-break", "A,Z"], "`Z`"),
        (["--percent", "sometimes"], "sometimes"),
        (["--format", "pdf"], "pdf"),
        (["-o", "out.pdf"], "out.pdf"),
        (["-o", "nowhere/out.csv"], "nowhere"),
        (["-o", "good.csv"], "good.csv"),
        (["-o", "good.csv", "--force"], "never written over"),
        (["-o", "small.yaml", "--force"], "small.yaml"),
        (["--set", "nowhere"], "nowhere"),
    ],
)
def test_usage_errors_end_with_2_and_say_what(here, arguments, said):
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    result = score("good.csv", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


def test_refusals_are_all_said_and_nothing_is_ranked(here):
    result = score("refused.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "refused.csv[B2]" in result.stderr
    assert "refused.csv[C3]" in result.stderr
    assert "--keep-going" in result.stderr


def test_refusals_in_json_leave_rankings_empty(here):
    document = json.loads(score("refused.csv", "--format", "json").stdout)
    assert [section["ranking"] for section in document["sections"]] == [[], []]
    assert [item["cell"] for item in document["diagnostics"]] == ["refused.csv[B2]", "refused.csv[C3]"]


@pytest.mark.parametrize("arguments", [["nowhere.csv"], ["empty.csv"], ["good.csv", "--set", "nowhere"]])
def test_keep_going_is_offered_only_where_it_helps(here, arguments):
    (here / "empty.csv").write_text("entity,done,sites,plan\n", encoding="utf-8")
    result = score(*arguments)
    assert result.exit_code in {0, 1, 2}
    assert "keep-going" not in result.stderr


def test_a_display_that_hides_a_verdict_is_shown_unasked(here):
    book = openpyxl.Workbook()
    book.active.append(["entity", "done", "sites", "plan"])
    book.active.append(["Alpha", 0.7996, 2, "yes"])
    book.active["B2"].number_format = "0%"
    book.save(here / "rounded.xlsx")
    result = score("rounded.xlsx")
    assert result.exit_code == 0
    assert "rounded.xlsx[Sheet!B2]" in result.stderr
    assert "display-rounding" in result.stderr


def test_keep_going_ranks_the_rest_and_still_ends_with_1(here):
    # Alpha: A missing, proven 0, B level 2 -> 16 of possible 76. Beta: A level 3, B missing -> 36 of possible 76.
    result = score("refused.csv", "--keep-going", "--format", "json")
    assert result.exit_code == 1
    rows = json.loads(result.stdout)["sections"][0]["ranking"]
    assert [(row["entity"]["name"], row["score"], row["possible"], row["complete"]) for row in rows] == [
        ("Gamma", 80.0, 80.0, True),
        ("Beta", 36.0, 76.0, False),
        ("Alpha", 16.0, 76.0, False),
    ]


@pytest.mark.parametrize(("reading", "level"), [("points", 1), ("fraction", 5)])
def test_percent_decides_for_the_run(here, reading, level):
    (here / "one.csv").write_text("entity,done,sites,plan\nAlpha,0.8,2,yes\n", encoding="utf-8")
    document = json.loads(score("one.csv", "--percent", reading, "--format", "json").stdout)
    row = next(row for row in document["sections"][0]["ranking"] if row["entity"]["name"] == "Alpha")
    assert row["indicators"][0]["level"] == level


def test_every_output_is_written_and_said(here):
    result = score("good.csv", *(part for kind in ("xlsx", "csv", "json", "md") for part in ("-o", f"out.{kind}")))
    assert result.exit_code == 0
    assert (here / "out.xlsx").read_bytes()[:2] == b"PK"
    assert (here / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfset,section,code,entity,rank,score")  # for Excel
    assert json.loads((here / "out.json").read_text(encoding="utf-8"))["schema"] == "kpi.score/1"
    assert "Gamma" in (here / "out.md").read_text(encoding="utf-8")
    assert result.stderr.count("Wrote") == 4


def test_an_existing_file_is_kept_without_force(here):
    (here / "out.csv").write_text("mine")
    assert score("good.csv", "-o", "out.csv").exit_code == 2
    assert (here / "out.csv").read_text() == "mine"
    assert score("good.csv", "-o", "out.csv", "--force").exit_code == 0
    assert "Gamma" in (here / "out.csv").read_text(encoding="utf-8-sig")


def test_a_report_among_the_inputs_may_be_made_again(here):
    (here / "inbox").mkdir()
    (here / "inbox" / "good.csv").write_text(GOOD, encoding="utf-8")
    outputs = [part for kind in ("json", "csv", "xlsx") for part in ("-o", f"inbox/out.{kind}")]
    first = score("inbox", *outputs)
    assert first.exit_code == 0
    again = score("inbox", *outputs, "--force", "--format", "json")
    assert again.exit_code == 0
    assert read_ranking(again) == [(1, "Gamma", 80.0), (2, "Alpha", 76.0), (2, "Beta", 76.0)]
    assert [item["file"] for item in json.loads(again.stdout)["inputs"]] == ["good.csv"]
    assert score("inbox", "-o", "inbox/good.csv", "--force").exit_code == 2


def test_nothing_is_written_where_nothing_is_ranked(here):
    result = score("refused.csv", "-o", "out.csv")
    assert result.exit_code == 1
    assert not (here / "out.csv").exists()
    assert "out.csv" in result.stderr


def test_quiet_leaves_data_and_errors(here):
    (here / "part.csv").write_text("entity,done\nAlpha,80%\n", encoding="utf-8")
    assert "missing-column" in score("part.csv").stderr
    assert score("part.csv", "--quiet").stderr == ""
    assert score("good.csv", "--quiet").stderr == ""
    assert "refused.csv[B2]" in score("refused.csv", "--quiet").stderr


def test_strict_makes_a_warning_a_finding(here):
    (here / "part.csv").write_text("entity,done\nAlpha,80%\n", encoding="utf-8")
    assert score("part.csv").exit_code == 0
    assert score("part.csv", "--strict").exit_code == 1


def test_standard_input(here):
    assert read_ranking(score("-", "--format", "json", stdin=GOOD))[0] == (1, "Gamma", 80.0)


def test_a_missing_file_is_unreadable_and_json_still_says_so(here):
    result = score("nowhere.csv", "--format", "json")
    assert result.exit_code == 2
    assert [item["code"] for item in json.loads(result.stdout)["diagnostics"]][:1] == ["unreadable"]


def test_the_set_that_is_used_is_said(here):
    assert "small (small.yaml), named by --set" in score("good.csv").stderr


def test_a_set_with_errors_scores_nobody(here):
    (here / "small.yaml").write_text(SET.replace("weight: 60", "weight: 61"), encoding="utf-8")
    result = score("good.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "weights-sum" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["sound.yaml"], 0),
        (["small.yaml"], 1),  # its section two has levels that no value reaches; scoring does not mind
        (["sound.yaml", "good.csv", "--set", "sound.yaml"], 0),
        (["refused.csv", "--set", "sound.yaml"], 1),
        (["nowhere.yaml"], 2),
        ([], 0),
    ],
)
def test_validate_exit_codes(here, arguments, code):
    (here / "sound.yaml").write_text(SET[: SET.index("  - id: two")], encoding="utf-8")
    assert run("validate", *arguments).exit_code == code


def test_validate_json_counts(here):
    sound = SET[: SET.index("  - id: two")]
    (here / "bad.yaml").write_text(sound.replace("weight: 60", "weight: 61"), encoding="utf-8")
    document = json.loads(run("validate", "bad.yaml", "--format", "json").stdout)
    assert document["schema"] == "kpi.diagnostics/1"
    assert document["summary"] == {"errors": 1, "warnings": 0, "notes": 0}
    (found,) = document["diagnostics"]
    assert (found["code"], found["file"], found["line"]) == ("weights-sum", "bad.yaml", 7)


@pytest.mark.parametrize(
    ("arguments", "code", "shown"),
    [
        ([], 0, "T3.2"),
        (["T2"], 0, "plan_achieved"),
        (["small.yaml"], 0, "sites >= 5"),
        (["small.yaml", "B"], 0, "sites >= 5"),
        (["small.yaml", "Z"], 2, ""),
        (["small.yaml", "B", "more"], 2, ""),
        (["--set", "small.yaml", "B", "--format", "md"], 0, "sites"),
        (["nowhere"], 2, ""),
    ],
)
def test_show(here, arguments, code, shown):
    result = run("show", *arguments)
    assert result.exit_code == code
    assert shown in result.stdout


def test_schema_is_json(here):
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--help"], {"PYTHONIOENCODING": "ascii"}),
        (["score", "--help"], {"PYTHONIOENCODING": "ascii", "LANG": "C"}),
        (["score", "good.csv", "--set", "small.yaml", "--lang", "th"], {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}),
        (["show", "--lang", "th"], {"PYTHONIOENCODING": "ascii"}),
        (["validate"], {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}),
    ],
)
def test_a_poor_locale_does_not_crash(here, arguments, environment):
    process = subprocess.run(
        [sys.executable, "-m", "kpi_cli", *arguments],
        capture_output=True,
        env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.returncode == 0
    assert b"Traceback" not in process.stderr
    process.stdout.decode("utf-8")


def test_the_package_runs_as_a_module(here):
    process = subprocess.run(
        [sys.executable, "-m", "kpi_cli", "--version"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (process.returncode, process.stdout.split()[0]) == (0, "kpi")


def test_a_defect_is_said_in_two_lines_and_ends_with_3(here):
    broken = "import kpi_cli.workflows as w\nw.score_files = lambda *a, **k: 1 / 0"
    code = f"{broken}\nfrom kpi_cli.cli.main import main\nmain()"
    process = subprocess.run(
        [sys.executable, "-c", code, "score", "good.csv"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.returncode == 3
    assert "Traceback" not in process.stderr
    assert "ZeroDivisionError" in process.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "code"),
    [
        ([], "broken.yaml", 1),
        ([], "nowhere", 2),
        (["sound.yaml", "--set", "nowhere"], "", 2),
        (["sound.yaml", "good.csv"], "", 0),  # held against the one set among the arguments
        (["*.yaml"], "", 1),
        (["fy2564-round1"], "", 0),
        (["here"], "", 0),  # a set with its roster beside it: the roster is no results file
    ],
)
def test_validate_checks_what_scoring_would_use(here, monkeypatch, arguments, environment, code):
    sound = SET[: SET.index("  - id: two")]
    (here / "sound.yaml").write_text(sound, encoding="utf-8")
    (here / "broken.yaml").write_text(sound.replace("weight: 60", "weight: 50"), encoding="utf-8")
    (here / "here").mkdir()
    inline = sound[sound.index("  roster:") : sound.index("sections:")]
    (here / "here" / "set.yaml").write_text(sound.replace(inline, "  roster: r.csv\n"), encoding="utf-8")
    (here / "here" / "r.csv").write_text("code,name\n1,Alpha\n", encoding="utf-8")
    if environment:
        monkeypatch.setenv("KPI_SET", environment)
    assert run("validate", *arguments).exit_code == code


def test_keep_going_lists_everyone_though_nothing_is_left(here):
    (here / "refused.csv").write_text("entity,done,sites,plan\nAlpha,abc,,\n", encoding="utf-8")
    result = score("refused.csv", "--keep-going", "--format", "json")
    rows = json.loads(result.stdout)["sections"][0]["ranking"]
    assert result.exit_code == 1
    assert [(row["entity"]["name"], row["rank"], row["score"]) for row in rows] == [
        ("Alpha", None, None),
        ("Beta", None, None),
        ("Gamma", None, None),
    ]


def test_keep_going_ranks_nobody_where_no_file_could_be_read(here):
    result = score("nowhere.csv", "--keep-going", "--format", "json")
    assert result.exit_code == 2
    assert [section["ranking"] for section in json.loads(result.stdout)["sections"]] == [[], []]


def test_many_missing_columns_are_one_line(here):
    measures = "".join(f"          m{n}: {{type: count, title: M{n}}}\n" for n in range(5))
    rules = ", ".join(f'm{n}: ">= 1"' for n in range(5))
    (here / "small.yaml").write_text(
        "kpi: 1\nid: small\ntitle: S\nscale: 1\nsections:\n  - id: s\n    title: S\n    indicators:\n"
        f"      - id: A\n        title: A\n        weight: 100\n        measures:\n{measures}"
        f"        levels:\n          1: {{when: {{{rules}}}}}\n",
        encoding="utf-8",
    )
    (here / "few.csv").write_text("entity,m0,m1\nAlpha,1,1\n", encoding="utf-8")
    (here / "none.csv").write_text("entity,m0\nAlpha,1\n", encoding="utf-8")
    assert score("few.csv").stderr.count("missing-column") == 3
    many = score("none.csv").stderr
    assert many.count("missing-column") == 1
    assert "m1, m2, m3, m4" in many


def test_two_sets_of_one_id_are_not_chosen_between(here):
    (here / "indicators").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (here / "indicators" / name).write_text(SET.replace("id: small", '"id" : small', 1), encoding="utf-8")
    result = run("score", "good.csv", "--set", "small")
    assert result.exit_code == 2
    assert "a.yaml, indicators/b.yaml" in result.stderr
    (here / "indicators" / "b.yaml").unlink()
    assert run("score", "good.csv", "--set", "small").exit_code == 0


@pytest.mark.parametrize("arguments", [["--help"], ["show"], ["score", "good.csv", "--set", "small.yaml"]])
def test_a_full_disk_behind_standard_output_is_no_defect(here, arguments):
    full = pathlib.Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with full.open("w") as stream:
        process = subprocess.run(
            [sys.executable, "-m", "kpi_cli", *arguments],
            stdout=stream,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    assert process.returncode == 2
    assert b"No space left" in process.stderr
    assert b"Traceback" not in process.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["schema", "--quiet", "--lang", "th", "--format", "json"],
        ["show", "--format", "json"],
        ["validate", "--format", "table"],
    ],
)
def test_the_options_that_stand_everywhere(here, arguments):
    assert run(*arguments).exit_code == 0


@pytest.mark.parametrize("arguments", [["show", "small.yaml"], ["sql", "small.yaml"], ["template", "small.yaml"]])
def test_a_set_that_is_an_argument_is_not_said_to_be_an_option(here, arguments):
    assert "small (small.yaml), named as an argument" in run(*arguments).stderr
    assert (
        "small (small.yaml), named by --set" in run(arguments[0], "--set", "small.yaml", *_write_over(arguments)).stderr
    )


def _write_over(arguments):
    return ["--force"] if arguments[0] == "template" else []


@pytest.mark.parametrize("name", ["nofile.yaml", "nofile.yml", "folder/nofile"])
def test_show_calls_a_missing_file_a_file(here, name):
    result = run("show", name)
    assert f"there is no file `{name}`" in result.stderr
    assert result.exit_code == 2


def test_the_command_that_a_template_ends_with_runs(here):
    (here / "indicators").mkdir()
    assert run("template", "small.yaml", "-o", "t.xlsx").stderr.endswith("Next: kpi score t.xlsx --set small.yaml\n")
    assert run("score", "t.xlsx", "--set", "small.yaml").exit_code == 0
    (here / "small.yaml").rename(here / "indicators" / "small.yaml")
    assert run("template", "small", "-o", "t.xlsx", "--force").stderr.endswith("Next: kpi score t.xlsx\n")
    assert run("score", "t.xlsx").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["score", "a", "--format", "xml"], "en", [" score --help' for help.", "Error: Invalid value for"]),
        (["score", "a", "--format", "xml"], "th", ["วิธีใช้: ", " score [OPTIONS]", " score --help'", "ผิดพลาด: "]),
        (["score", "a", "--format", "xml", "--lang", "th"], "en", ["ผิดพลาด: "]),
        (["score", "a", "--lang=en", "--format", "xml"], "th", ["Usage: ", "Error: "]),
        (["scor"], "th", [" --help'", "ผิดพลาด: ไม่มีคำสั่ง 'scor' หมายถึง `score` หรือไม่"]),
        (["--nonsense"], "th", [" --help'", "ผิดพลาด: ไม่มีตัวเลือก --nonsense"]),
    ],
)
def test_what_the_parser_refuses_is_said_in_the_language_of_the_run(here, arguments, environment, said):
    process = subprocess.run(
        [sys.executable, "-m", "kpi_cli", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "KPI_LANG": environment, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (process.returncode, process.stdout) == (2, "")
    assert "Value error" not in process.stderr
    assert [part for part in said if part not in process.stderr] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["try", "T3"],
        ["try", "t3"],
        ["show", "fy2564-round1", "T3"],
        ["show", "T3"],
        ["explain", "shipped.csv", "A", "T3"],
    ],
)
def test_a_group_is_called_a_heading(here, arguments):
    (here / "shipped.csv").write_text("entity,plan_achieved\nสตึก,80%\n", encoding="utf-8")
    result = run(*arguments)
    assert "`T3` is a heading, not an indicator; the indicators under it are: T3.1, T3.2, T3.3" in result.stderr
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--fragile"], "--fragile"),
        (["--within", "1"], "--fragile"),
        (["--overall", "one=100"], "--overall"),
        (["--tie-break", "A"], "--tie-break"),
    ],
)
def test_missing_refuses_what_it_would_drop(here, options, named):
    result = score("good.csv", "--missing", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"--missing ranks nobody, so {named} does not go with it" in result.stderr


def test_what_is_offered_next_goes_before_the_files(here, monkeypatch):
    (here / "-a.csv").write_text(GOOD)
    monkeypatch.setattr("sys.argv", ["kpi", "score", "--set", "small.yaml", "--", "-a.csv"])
    assert "Next: kpi score --set small.yaml -o summary.xlsx -- -a.csv\n" in score("--", "-a.csv").stderr
    (here / "-a.csv").write_text(GOOD.replace("80%", ""))
    assert "Next: kpi explain ./-a.csv " in score("--", "-a.csv").stderr


def test_force_is_not_offered_over_an_input(here):
    refused = score("good.csv", "-o", "good.csv")
    assert refused.exit_code == 2
    assert "one of the inputs" in refused.stderr
    assert "--force" not in refused.stderr


def test_nothing_follows_standard_input(here, monkeypatch):
    part = GOOD.replace("80%", "")
    monkeypatch.setattr("sys.argv", ["kpi", "score", "-"])
    assert "Next:" in score("good.csv").stderr
    for text in (GOOD, part):
        assert "Next:" not in score("-", stdin=text).stderr


def test_the_help_of_score_names_what_it_reads(here):
    text = " ".join(run("score", "--help").stdout.split())
    assert "(.xlsx, .xls, .ods), a .csv, .json or .parquet file" in text
    assert "Implies --fragile" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([""], "there is no file `''`"),
        (["good.csv", "--set", ""], "no indicator set has the id ``"),
        (["good.csv", "--set", "small.yaml", "--overall", "one=50,one=50"], "--overall: `one` is named twice"),
    ],
)
def test_an_empty_or_repeated_value_is_never_passed_over(here, arguments, said):
    result = run("score", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
