"""Order changes nothing, outputs lose nothing, and the same input gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kpi_cli.cli.app import app

PROJECT = pathlib.Path(__file__).parents[2]
EXAMPLE = PROJECT / "examples" / "buriram_fy2564_round1.xlsx"
SET = """
kpi: 1
id: laws
title: Made up
sections:
  - id: one
    title: One
    share: 60
    indicators:
      - id: A
        title: A
        weight: 70
        measures:
          done: {type: percent, title: Done, ratio: {part: some, whole: every}, not_applicable: allowed}
          some: {type: number, title: Some}
          every: {type: number, title: Every}
        levels: {1: {when: {done: "< 50"}}, 2: {when: {done: ">= 50"}}, 3: {when: {done: ">= 200/3"}}}
      - id: B
        title: B
        weight: 30
        measures: {sites: {type: count, title: Sites}}
        levels: {1: {when: {sites: ">= 1"}}, 2: {when: {sites: ">= 2"}}, 3: {when: {sites: ">= 3"}}}
  - id: two
    title: Two
    share: 40
    indicators:
      - id: C
        title: C
        weight: 100
        measures: {plan: {type: flag, title: Plan}, kind: {type: choice, title: Kind, choices: [low, high]}}
        levels: {1: {when: {plan: true}}, 2: {when: {plan: true}}, 3: {when: {plan: true, kind: high}}}
scale: 3
""".replace('">= 200/3"', '">= 66.67"')
_FIGURES = {
    "done": st.sampled_from(["", "N/A"]),
    "some": st.integers(0, 7).map(str) | st.sampled_from(["0.1", ""]),
    "every": st.sampled_from(["7", "3", "9.5"]),
    "sites": st.sampled_from(["", "0", "1", "2", "3"]),
    "plan": st.sampled_from(["yes", "no", ""]),
    "kind": st.sampled_from(["low", "high", ""]),
}
_ROWS = st.lists(st.fixed_dictionaries(_FIGURES), min_size=1, max_size=5).map(
    lambda rows: [{"entity": f"Name {number}", **row} for number, row in enumerate(rows)]
)


def score(folder: pathlib.Path, *arguments: str) -> dict[str, Any]:
    """The json of `kpi score` on the files in `folder`."""
    (folder / "set.yaml").write_text(SET, encoding="utf-8")
    command = ["score", *arguments, "--set", str(folder / "set.yaml"), "--format", "json", "--keep-going", "--force"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code in {0, 1}, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def verdicts(document: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """All that is decided, by section and name: without the cells, and without the order of ties."""
    rankings = [(section["id"], section["ranking"]) for section in document["sections"]]
    rankings.append(("overall", document["overall"]["ranking"]))
    found = {}
    for id_, ranking in rankings:
        for row in ranking:
            figures = {
                name: figure["value"]
                for indicator in row.get("indicators", ())
                for name, figure in indicator["values"].items()
            }
            levels = [(one["level"], one["possible_level"], one["status"]) for one in row.get("indicators", ())]
            parts = (row["rank"], row["exact"], row["possible"], row["complete"], levels, figures)
            found[id_, row["entity"]["name"]] = parts
    return found


@settings(max_examples=25, deadline=None)
@given(_ROWS, st.integers(0, 2**32))
def test_order_of_rows_columns_sheets_and_files_changes_nothing(rows: list[dict[str, str]], seed: int) -> None:
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        straight = folder / "straight.csv"
        _write_csv(straight, rows, list(rows[0]))
        pieces = _tear(rows, rng)
        for number, (columns, part) in enumerate(pieces[:2]):
            _write_csv(folder / f"part{number}.csv", part, columns)
        _write_sheets(folder / "part.xlsx", pieces[2:])
        torn = [str(folder / file) for file in ("part0.csv", "part1.csv", "part.xlsx")]
        rng.shuffle(torn)
        assert verdicts(score(folder, *torn)) == verdicts(score(folder, str(straight)))


def _tear(rows: list[dict[str, str]], rng: random.Random) -> list[tuple[list[str], list[dict[str, str]]]]:
    """Four tables that hold the rows between them: shuffled columns, shared out, and shuffled rows."""
    columns = [column for column in rows[0] if column != "entity"]
    rng.shuffle(columns)
    shares = [columns[0:2], columns[2:3], columns[3:5], columns[5:]]
    return [(rng.sample(["entity", *share], len(share) + 1), rng.sample(rows, len(rows))) for share in shares]


def _write_csv(path: pathlib.Path, rows: list[dict[str, str]], columns: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def _write_sheets(path: pathlib.Path, tables: list[tuple[list[str], list[dict[str, str]]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, (columns, rows) in enumerate(tables):
        sheet = book.create_sheet(f"Part {number}")
        for line in (columns, *([row[column] or None for column in columns] for row in rows)):
            sheet.append(list(line))
    book.save(path)


@settings(max_examples=25, deadline=None)
@given(_ROWS)
def test_what_json_says_of_figures_is_scored_the_same(rows: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        _write_csv(folder / "rows.csv", rows, list(rows[0]))
        first = score(folder, str(folder / "rows.csv"))
        (folder / "again.json").write_text(json.dumps(_read_back(first)), encoding="utf-8")
        again = score(folder, str(folder / "again.json"))
    assert verdicts(again) == verdicts(first)


def _read_back(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Results made of a report: a ratio worked out is left to its parts, "not applicable" is written as such."""
    rows: dict[str, dict[str, Any]] = {}
    for section in document["sections"]:
        for row in section["ranking"]:
            target = rows.setdefault(row["entity"]["name"], {"entity": row["entity"]["name"]})
            for indicator in row["indicators"]:
                values = {name: figure["value"] for name, figure in indicator["values"].items() if name != "done"}
                target.update(values)
                if indicator["id"] == "A" and indicator["status"] == "not_applicable":
                    target["done"] = "N/A"
    return list(rows.values())


@settings(max_examples=25, deadline=None)
@given(_ROWS)
def test_csv_and_xlsx_say_what_json_says(rows: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        _write_csv(folder / "rows.csv", rows, list(rows[0]))
        files = [str(folder / f"out{suffix}") for suffix in (".csv", ".xlsx")]
        document = score(folder, str(folder / "rows.csv"), "-o", files[0], "-o", files[1])
        table = list(csv.DictReader(io.StringIO(pathlib.Path(files[0]).read_text(encoding="utf-8-sig"))))
        book = openpyxl.load_workbook(files[1])
        cells = {cell for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line}
    expected = _flatten(document)
    assert {(row["section"], row["entity"]): _levels_of(row) for row in table} == expected
    scores = [
        row["score"] for section in document["sections"] for row in section["ranking"] if row["score"] is not None
    ]
    assert [score for score in scores if not any(_is_near(cell, score) for cell in cells)] == []


def _is_near(cell: object, score: float) -> bool:
    return isinstance(cell, int | float) and abs(cell - score) < 0.005


def _flatten(document: dict[str, Any]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for section in document["sections"]:
        for row in section["ranking"]:
            levels = {one["id"]: (one["level"], one["possible_level"]) for one in row["indicators"]}
            found[section["id"], row["entity"]["name"]] = (row["rank"], row["complete"], levels)
    for row in document["overall"]["ranking"]:
        found["overall", row["entity"]["name"]] = (row["rank"], row["complete"], {})
    return found


def _levels_of(row: dict[str, str]) -> Any:
    pairs = {id_: (row[f"{id_}:level"], row[f"{id_}:possible_level"]) for id_ in "ABC"}
    own = {"one": "AB", "two": "C", "overall": ""}[row["section"]]
    assert all(pair == ("", "") for id_, pair in pairs.items() if id_ not in own)
    levels = {id_: tuple(int(part) if part else None for part in pairs[id_]) for id_ in own}
    return int(row["rank"]) if row["rank"] else None, row["complete"] == "true", levels


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_same_input_gives_the_same_bytes(tmp_path: pathlib.Path, language: str) -> None:
    """In two processes that hash texts differently, as two machines do, and at two times."""
    outputs = [f"out{suffix}" for suffix in (".json", ".csv", ".md", ".html", ".xlsx")]
    runs = []
    for number in ("1", "2"):
        folder = tmp_path / number
        folder.mkdir()
        options = [part for output in outputs for part in ("-o", output)]
        command = [sys.executable, "-m", "kpi_cli", "score", str(EXAMPLE), *options, "--lang", language, "--notes"]
        environment = {**os.environ, "PYTHONHASHSEED": number, "TZ": f"UTC+{number}"}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr
        runs.append({"printed": done.stdout, **{output: (folder / output).read_bytes() for output in outputs}})
    assert [output for output in runs[0] if runs[0][output] != runs[1][output]] == []
