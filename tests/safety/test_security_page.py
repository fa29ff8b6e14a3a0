"""What `SECURITY.md` promises is there: every test that it names, and every defence that can be taken out."""

from __future__ import annotations

import pathlib
import re

import pytest

from tests.safety.defence_table import DEFENCES, Defence

PROJECT = pathlib.Path(__file__).parents[2]
PAGE = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(test_\w+)`", PAGE)))
TESTS = {
    name
    for path in pathlib.Path(PROJECT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)
}


def test_every_test_that_is_named_exists() -> None:
    assert NAMED
    assert [name for name in NAMED if name not in TESTS] == []


@pytest.mark.parametrize("defence", DEFENCES, ids=lambda defence: defence.name)
def test_a_defence_stands_where_it_is_taken_out(defence: Defence) -> None:
    """Else `defences.py` would take out nothing, and see its test pass."""
    file, _, test = defence.test.partition("::")
    assert (PROJECT / "kpi_cli" / defence.file).read_text(encoding="utf-8").count(defence.code) == 1
    assert f"def {test}(" in (PROJECT / file).read_text(encoding="utf-8")
    assert test in NAMED
