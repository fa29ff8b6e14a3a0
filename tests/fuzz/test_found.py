"""What the fuzzers found, each once: the command and the files, as small as they could be made."""

from __future__ import annotations

import os
import pathlib
import tempfile

import duckdb
import pytest

from tests.fuzz.sandbox import judge, run_here, run_trial
from tests.fuzz.trials import Trial

SHARES = b"""
kpi: 1
id: shares
title: A set
scale: 1
sections:
  - id: team
    title: Team
    share: 100
    indicators:
      - {id: A, title: A, weight: 100, measures: {done: {type: flag, title: Done}}, levels: {1: {when: {done: true}}}}
"""
HIDDEN = SHARES.replace(b"title: A set", rb'title: "\x9b2J\u202e"')
CHOICE = HIDDEN.replace(b"type: flag", rb'type: choice, choices: ["\x1b[2J", other]').replace(
    b"{done: true}", rb'{done: ["\x1b[2J"]}'
)


def through_both(query: str, *damage: bytes) -> Trial:
    """A Parquet file of what `query` selects, with one piece of it replaced, scored by DuckDB and by Python."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = pathlib.Path(folder, "in.parquet")
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        data = path.read_bytes()
    own, twin = (
        ("score", "in.parquet", "--set", "set.yaml", "-o", f"{output}.csv", "--engine", engine)
        for output, engine in (("out", "duckdb"), ("twin", "python"))
    )
    unshared = SHARES.replace(b"    share: 100\n", b"")
    return Trial(own, {"in.parquet": data.replace(*damage) if damage else data, "set.yaml": unshared}, twin=twin)


QUOTES = "'" * 130_000
RESULTS = "\n".join(["entity,done", *(f"{QUOTES}{number},yes" for number in range(7))]).encode()
TWICE = b'{"schema": "kpi.score/1", "overall": {%s, "x": 1, "x": 2}}' % b",".join(b'"%d": 1' % n for n in range(80_000))
REPORT = TWICE.replace(b'"schema"', b'"set": {"id": "shares"}, "schema"')

FOUND = {
    "an overall ranking of nobody, as a table": Trial(
        ("score", "none.json", "--keep-going", "--set", "set.yaml"), {"none.json": b"[]", "set.yaml": SHARES}
    ),
    "a set whose name is too long for a file": Trial(("show", "x" * 300), {}),
    "a results file whose name is too long": Trial(("validate", "x" * 300), {}),
    "a set whose name is too long, with its suffix": Trial(("validate", f"{'x' * 300}.yaml", f"{'x' * 300}*.yaml"), {}),
    "a folder whose name is too long": Trial(
        ("explain", "some.json", "--all", "-o", "x" * 300, "--set", "set.yaml"),
        {"some.json": b'[{"entity": "x", "done": true}]', "set.yaml": SHARES},
    ),
    "a C1 control and a reversed direction in show --format json": Trial(
        ("show", "set.yaml", "--format", "json"), {"set.yaml": HIDDEN}
    ),
    "a terminal escape in the name of a file, in an annotation": Trial(
        ("validate", "a\x1b[2J.csv", "--format", "github"), {}
    ),
    "a terminal escape in a choice, in a query": Trial(("sql", "set.yaml"), {"set.yaml": CHOICE}),
    "a terminal escape in a choice, in the formulas of a template": Trial(
        ("template", "set.yaml", "-o", "out.xlsx"), {"set.yaml": CHOICE}
    ),
    "a Parquet file without a row, scored by DuckDB": through_both("SELECT 'x' AS entity, true AS done WHERE false"),
    "a set of yes and no alone, scored by DuckDB": through_both("SELECT 'x' AS entity, true AS done"),
    "a column called as DuckDB calls the numbers of rows": through_both(
        "SELECT 'x' AS entity, true AS done, 7 AS file_row_number"
    ),
    "a name in Parquet that is no text": through_both("SELECT 'x' AS entity, true AS done", b"done", b"d\xffne"),
}


SLOW = {
    "names of 130,000 characters, folded on the screen": Trial(
        ("score", "long.csv", "--set", "set.yaml"), {"long.csv": RESULTS, "set.yaml": SHARES}
    ),
    "a title of half a million characters, shortened on the screen": Trial(
        ("score", "some.csv", "--set", "set.yaml"),
        {"some.csv": b"entity,done\nx,yes\n", "set.yaml": SHARES.replace(b"title: Team", b"title: " + b"T" * 500_000)},
    ),
    "a report with 80,000 keys, the last of them twice": Trial(
        ("verify", "report.json", "some.csv", "--set", "set.yaml"),
        {"some.csv": b"entity,done\nx,yes\n", "set.yaml": SHARES, "report.json": REPORT},
    ),
}
"""What took longer than 5 seconds of the processor, or never ended."""


@pytest.mark.parametrize("name", FOUND)
def test_it_is_mended(name: str) -> None:
    assert judge(FOUND[name], run_here(FOUND[name])) == ""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process of its own is forked")
@pytest.mark.parametrize("name", SLOW)
def test_it_ends_in_time(name: str) -> None:
    # The child begins with the memory of the process that runs all these tests: what it holds says nothing here.
    assert judge(SLOW[name], run_trial(SLOW[name])._replace(megabytes=0)) == ""
