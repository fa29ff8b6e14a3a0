"""How a run ends: at once, and leaves all as it is; being told to stop is no defect."""

from __future__ import annotations

import os
import signal
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


def test_nothing_is_taken_apart_once_a_command_has_ended() -> None:
    script = """
import sys
from kpi_cli.cli import app, main
class Table:
    def __del__(self):
        print("taken apart")
def run():
    table = Table()
    sys.exit(1)
app.app = run
sys.argv = ["kpi", "score", "results.csv"]
main.main()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


@pytest.mark.skipif(os.name == "nt", reason="sends itself a POSIX signal")
def test_a_library_that_hides_the_signal_does_not_make_a_defect_of_it() -> None:
    script = """
import os, signal
from kpi_cli.cli import main
def run(arguments):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except SystemExit:
        raise RuntimeError("Query interrupted") from None
main._run = run
main.main()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (128 + signal.SIGTERM, "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process so")
def test_too_little_memory_is_no_defect() -> None:
    script = """
import resource
from kpi_cli.cli import main
def run(arguments):
    resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9))
    bytearray(2 * 10**9)
main._run = run
main.main()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr.partition(";")[0]) == (2, "kpi: there is not enough memory for this")
