"""Answers hostile files, each in a process of its own: a line each of what was found, the seconds, the memory."""

from __future__ import annotations

import os
import pathlib
import re
import sys
import time

from kpi_cli.render.findings.text import render_diagnostics
from kpi_cli.render.terminal import render_score
from kpi_cli.workflows import ScoreOptions, score_files


def main(definition: str, *files: str) -> None:
    """Writes `name TAB code/variant of the gravest finding TAB seconds TAB most megabytes held` of each file."""
    for file in files:
        child = os.fork()  # what is remembered of one file is not held against the next
        if child == 0:
            _measure(file, definition)
            os._exit(0)
        os.waitpid(child, 0)


def _measure(file: str, definition: str) -> None:
    started = time.process_time()
    found = _answer(file, definition)
    seconds = time.process_time() - started
    sys.stdout.write(f"{pathlib.Path(file).name}\t{found}\t{seconds:.1f}\t{_most_memory()}\n")
    sys.stdout.flush()


def _answer(file: str, definition: str) -> str:
    """Does all that `kpi score` does for a file; the gravest finding."""
    report = score_files([file], ScoreOptions(definition)).report
    found = report.diagnostics
    # What is printed costs too: a table of 60,000 names took longer than to read and to score them.
    render_diagnostics(found, sources={}, language="en", colour=False)
    render_score(report, language="en", colour=False, width=None)
    names = [f"{item.code}/{item.variant}".rstrip("/") for item in found if item.severity == "error"]
    return next((name for name in names if name.startswith("unreadable")), names[0] if names else "scored")


def _most_memory() -> int:
    # Not ru_maxrss: a child begins with what its parent held, and the parent is a whole test run.
    peak = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path("/proc/self/status").read_text())
    return int(peak[1]) // 1_000 if peak else 0


if __name__ == "__main__":
    main(*sys.argv[1:])
