"""Sets that were made to be slow end, with a result or with findings, in bounded time and memory."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from tests.patience import PATIENCE

PROJECT = pathlib.Path(__file__).parents[2]
MAX_SECONDS, MAX_MEGABYTES = 5, 300
# Those that look at combinations; what the others take grows with the text.
COMMANDS = "validate", "suggest", "try", "score --fragile", "html", "explain", "diff"


@pytest.mark.parametrize(
    "title",
    [
        "one list of points",
        "one list denied",
        "one indicator of three measures",
        "66 of three measures",
        "99 of 100 flags",
        "250 of 14 mixed flags",
        "100 of 99 comparisons",
        "33 of 100 levels",
        "198 of four mixed measures",
        "45 ladders of 100 levels",
        "texts of 3,000 numbers",
        "30 of 2 x 300 choices",
        "a long rule under a text of 2,000 numbers",
        "a long rule with 100 cases",
        "a long rule with 10,000 cases",
    ],
)
def test_a_heavy_set_takes_bounded_time_and_memory(title: str) -> None:
    words = [sys.executable, "benchmarks/heavy.py", "--only", title, "--commands", ",".join(COMMANDS)]
    run = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in run.stdout.splitlines()[2:]]
    assert [row[2] for row in rows] == list(COMMANDS), run.stderr
    assert [row for row in rows if row[3].split()[0] not in {"0", "1", "2"}] == []
    assert [row for row in rows if float(row[4]) > PATIENCE * MAX_SECONDS] == []
    assert [row for row in rows if int(row[5]) > MAX_MEGABYTES] == []
