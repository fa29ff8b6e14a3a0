"""Variables of the environment are words of whoever set them: obeyed by nobody, and a defect in nothing."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys
from collections.abc import Sequence

import pytest

PROJECT = pathlib.Path(__file__).parents[2]
EXAMPLE = str(PROJECT / "examples" / "messy.xlsx")
HOSTILE = ("\x1b[2J", "\x9b31m", "\u202e", "../../../etc/passwd", "x" * 5_000, "-1", "=1+1", "\udcff")
VARIABLES = {
    "KPI_SET": HOSTILE,
    "KPI_LANG": HOSTILE[:3],
    "LC_ALL": HOSTILE[:2],
    "COLUMNS": HOSTILE[-3:],
    "TERM": HOSTILE[:2],
}
# What a terminal obeys, or what reverses the text around it; line breaks and tabs are no such thing.
OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("arguments", [["score", EXAMPLE], ["show"]], ids=lambda arguments: arguments[0])
def test_no_variable_is_obeyed_by_a_terminal(variable: str, arguments: Sequence[str], tmp_path: pathlib.Path) -> None:
    for value in VARIABLES[variable]:
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", variable: value}
        ended = subprocess.run(
            [sys.executable, "-m", "kpi_cli", *arguments], cwd=tmp_path, env=environment, capture_output=True
        )
        said = (ended.stdout + ended.stderr).decode("utf-8", "strict")
        assert ended.returncode in {0, 1, 2}, said
        assert OBEYED.findall(said) == [], value
        assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
