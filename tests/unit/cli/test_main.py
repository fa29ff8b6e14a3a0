"""A run ends at once: what it leaves is not looked through for cycles before it goes with the process."""

from __future__ import annotations

import subprocess
import sys

import pytest

_COUNT_FROZEN = """
import gc, sys
from kpi_cli.cli.main import main
sys.argv = ["kpi", *{arguments!r}]
try:
    main()
except SystemExit:
    print(gc.get_freeze_count(), file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["try", "T1", "budget_spent=80"], ["try", "no-such-indicator"]])
def test_nothing_is_looked_through_once_a_command_has_ended(arguments: list[str]) -> None:
    code = _COUNT_FROZEN.format(arguments=arguments)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    frozen = int(run.stderr.splitlines()[-1])
    assert frozen > 10_000  # all that the parser and the set are made of
