"""What DuckDB makes of a file is what Python makes of it: the same refusals at the same cells, or the same verdicts.

Tables are drawn with everything that people type. Where DuckDB does not follow it says so, which is no difference.
KPI_BULK_ROUNDS asks for another number of tables.
"""

from __future__ import annotations

import csv
import os
import pathlib
import random
from collections.abc import Iterable

import duckdb
import pytest

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.workflows import ScoreOptions, score_files, stream_file
from tests.agreement.tables import Row, describe_row, normalise

SET = """\
kpi: 1
id: typed
title: Made up
ROSTERsections:
  - id: one
    title: One
    indicators:
      - id: A
        title: A
        weight: 70
        measures:
          done: {type: percent, title: Done, not_applicable: allowed, ratio: {part: part, whole: whole}}
          part: {type: number, title: Part}
          whole: {type: number, title: Whole}
        levels:
          1: {when: {done: "< 50"}}
          2: {when: {done: ">= 50"}}
          3: {when: {done: ">= 66.67"}}
          4: {when: {done: ">= 70"}}
          5: {when: {done: "> 85"}}
      - id: B
        title: B
        weight: 30
        measures:
          sites: {type: count, title: Sites}
          plan: {type: flag, title: Plan}
          kind: {type: choice, title: Kind, choices: [low, High, "-"], better: higher}
        levels:
          1: {when: {sites: ">= 1"}}
          2: {when: {sites: ">= 2"}}
          3: {when: {sites: ">= 3", kind: [low, High]}}
          4: {when: {sites: ">= 4", kind: High}}
          5: {when: {sites: ">= 5", plan: true}}
"""
ROSTER = "entity: {prefixes: [อ.], roster: [{code: '01', name: สตึก, name_en: Satuek}, {code: '02', name: นางรอง}]}\n"
PREFIXES = "entity: {prefixes: [อ.]}\n"
MEASURES = ("done", "part", "whole", "sites", "plan", "kind")
COMMON = (None, "", "0", "1", "2", "5", "85", "100")
ODD = ("๘๕", "๕", " 5 ", "3.0", "007", "-", "ไม่รายงาน", "1.50", "85%", "0.85", "N/A", "1,250", "85.00000001")
FLAGS = ("มี", "ไม่มี", "✓", "yes", "No", "true", "false", "low", "LOW", "High")
BAD = ("abc", "102", "-1", "1e3", "#DIV/0!", "80-85", "75,5", "0.123456789", "9" * 17, "NaN", "5 sites", "'5")
NAMES = ("สตึก", "นางรอง", "อ.สตึก", "Satuek", "satuek ", "01", "2", "รวม", "total", "-", "", None, "ลำปลายมาศ", "เเคนดง")
COLUMNS = ("entity", *MEASURES)
ROUNDS = int(os.environ.get("KPI_BULK_ROUNDS", "8"))


def draw_rows(draw: random.Random, *, mess: float) -> list[tuple[str | None, ...]]:
    """A few rows of texts, most of them sound."""
    names = draw.sample(NAMES, draw.randint(1, 4)) if draw.random() < mess else draw.sample(NAMES[:2], 2)
    return [(name, *(draw_text(draw, measure, mess=mess) for measure in MEASURES)) for name in names]


def draw_text(draw: random.Random, measure: str, *, mess: float) -> str | None:
    if measure in {"part", "whole"} and draw.random() < 0.8 - mess / 2:
        return None  # else most rows would hold a percent that their parts contradict
    if draw.random() < mess / 4:
        return draw.choice(BAD)
    if measure in {"plan", "kind"}:
        return draw.choice((None, "1", *FLAGS[:7]) if measure == "plan" else (None, "-", *FLAGS[7:]))
    return draw.choice(draw.choice([COMMON, COMMON, ODD[: len(ODD) if mess else 7]]))


def write_parquet(path: pathlib.Path, rows: Iterable[tuple[str | None, ...]], kinds: dict[str, str]) -> None:
    """The rows as a Parquet file; `kinds` are the columns that are of another type than text."""
    columns = ", ".join(f"TRY_CAST({name} AS {kinds.get(name, 'VARCHAR')}) AS {name}" for name in COLUMNS)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE r ({', '.join(f'{name} VARCHAR' for name in COLUMNS)})")
        connection.executemany(f"INSERT INTO r VALUES ({', '.join('?' * len(COLUMNS))})", list(rows))
        connection.execute(f"COPY (SELECT {columns} FROM r) TO '{path}' (FORMAT parquet)")


def write_csv(path: pathlib.Path, rows: Iterable[tuple[str | None, ...]], draw: random.Random) -> None:
    """The rows as a csv file, as different programs write one."""
    mark, delimiter, end = draw.choice(["", "\ufeff"]), draw.choice([",", ";", "\t"]), draw.choice(["\n", "\r\n"])
    above = draw.choice([[], [("รายงาน",)], [("รายงาน", *[""] * 6), ("",) * 7]])
    beyond = draw.choice([(), (), ("",), ("5",)])
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(mark)
        writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
        writer.writerows([*above, COLUMNS])
        for row in rows:
            stream.write(draw.choice(["", "", "", end]))
            writer.writerow([*(cell or "" for cell in row), *beyond])


def list_errors(diagnostics: Iterable[Diagnostic]) -> set[tuple[str, str | None]]:
    errors = (each for each in diagnostics if each.severity is Severity.ERROR)
    return {(each.code, each.place.cell if isinstance(each.place, Place) else None) for each in errors}


def read_parquet(path: pathlib.Path) -> dict[str, Row]:
    with duckdb.connect() as connection:
        relation = connection.sql(f"SELECT COLUMNS(*)::VARCHAR FROM '{path}'")
        rows = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    return {row.pop("entity"): {name: normalise(name, text or "") for name, text in row.items()} for row in rows}


def compare(file: pathlib.Path, reference: str, percent: str) -> str:
    """Fails where the engines differ; gives what they agreed on: `refused`, `scored` or, by DuckDB alone, `limit`."""
    python = score_files([str(file)], ScoreOptions(reference, percent))
    out = file.with_name("out.parquet")
    run = stream_file(file, out, reference, lambda _name, _total: None, percent=percent)
    found = list_errors(run.diagnostics)
    if any(code == "engine-limit" for code, _ in found):
        return "limit"
    assert found == list_errors(python.report.diagnostics)
    if run.rows is None:
        return "refused"
    card = python.report.scorecard
    assert card is not None
    expected = {row.entity.name: describe_row(row, section) for section in card.sections for row in section.rows}
    assert read_parquet(out) == {
        name: {column: text for column, text in row.items() if not column.endswith(":grade")}
        for name, row in expected.items()
    }
    return "scored"


KINDS = (
    {},
    {"done": "DOUBLE", "part": "DECIMAL(18, 2)", "sites": "INTEGER", "plan": "BOOLEAN"},
    {"done": "DECIMAL(9, 4)", "whole": "FLOAT", "part": "DOUBLE", "sites": "DOUBLE"},
)


@pytest.mark.parametrize("roster", [ROSTER, PREFIXES, ""], ids=["roster", "prefixes", "nobody-known"])
@pytest.mark.parametrize("percent", ["refuse", "points", "fraction"])
@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_both_engines_refuse_and_score_alike(tmp_path: pathlib.Path, suffix: str, roster: str, percent: str) -> None:
    reference, file = tmp_path / "set.yaml", tmp_path / f"in{suffix}"
    reference.write_text(SET.replace("ROSTER", roster), encoding="utf-8")
    draw, seen = random.Random(f"{suffix}{roster}{percent}"), set()
    for number in range(ROUNDS):
        rows = draw_rows(draw, mess=(number % 3) / 2)
        if suffix == ".csv":
            write_csv(file, rows, draw)
        else:
            write_parquet(file, rows, draw.choice(KINDS))
        seen.add(compare(file, str(reference), percent))
    assert {"refused", "scored"} <= seen  # what DuckDB leaves to Python is not all that there is


def test_words_above_figures_are_warned_of_alike(tmp_path: pathlib.Path) -> None:
    reference, file = tmp_path / "set.yaml", tmp_path / "in.csv"
    reference.write_text(SET.replace("ROSTER", ""), encoding="utf-8")
    file.write_text("entity,done,sites\n,ปี 2563,\nสตึก,90,3\nนางรอง,80,2\n,ปี 2562,\n", encoding="utf-8")
    python = score_files([str(file)], ScoreOptions(str(reference)))
    run = stream_file(file, tmp_path / "out.csv", str(reference), lambda _name, _total: None)
    found = [
        [
            (each.place, f"{each.code}/{each.variant}")
            for each in diagnostics
            if each.code == "skipped-row" and each.variant
        ]
        for diagnostics in (python.report.diagnostics, run.diagnostics)
    ]
    assert found[0] == found[1] == [(Place("in.csv", cell="in.csv[B2]"), "skipped-row/sub-heading")]
