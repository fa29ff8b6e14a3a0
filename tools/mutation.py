"""Breaks what decides a verdict, a line at a time, and lists the breaks that no test notices (mutmut does both).

`python tools/mutation.py rules` (or another of PARTS; several, or none for all), after `pip install mutmut`. It works
on a copy, in one process, five to ten minutes a part; how far it is goes to standard error, what it found to standard
output. docs/mutation_testing.md says what that was.
"""

from __future__ import annotations

import collections
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

PROJECT = pathlib.Path(__file__).resolve().parents[1]
COPIED = ("kpi_cli", "indicators", "examples", "docs", "tests", "pyproject.toml", "README.md")
_SCORES = ("score", "rank", "section", "weighing", "levels", "figures", "grade", "verify", "verify_texts")
_REASONS = ("explain", "next_level", "sufficiency", "trace")
_COMPARISONS = ("compare", "diff", "level_moves", "fragile", "losses", "owed")
# What is broken, and the fast tests that should notice.
PARTS: dict[str, tuple[list[str], list[str]]] = {
    "rules": (["kpi_cli/rules/*.py"], ["tests/unit/rules"]),
    "space": (
        ["kpi_cli/space/*.py"],
        ["tests/unit/space", "tests/unit/checks/test_falls.py", "tests/unit/checks/test_reach.py"],
    ),
    "scores": (
        [f"kpi_cli/scoring/{name}.py" for name in (*_SCORES, "overall", "scorecard")],
        [f"tests/unit/scoring/test_{name}.py" for name in _SCORES],
    ),
    "reasons": (
        [f"kpi_cli/scoring/{name}.py" for name in _REASONS],
        [f"tests/unit/scoring/test_{name}.py" for name in _REASONS],
    ),
    "comparisons": (
        [f"kpi_cli/scoring/{name}.py" for name in (*_COMPARISONS, "set_parts")],
        [f"tests/unit/scoring/test_{name}.py" for name in _COMPARISONS],
    ),
    "cells": (
        [
            f"kpi_cli/results/{name}.py"
            for name in ("cell", "cell_number", "number_format", "typed_figures", "reading", "cleanup", "kinds")
        ],
        [
            f"tests/unit/results/test_{name}.py"
            for name in ("cell", "number_format", "typed_figures", "cleanup", "kinds")
        ],
    ),
    "tables": (
        [f"kpi_cli/results/{name}.py" for name in ("header", "row_identity", "entities", "merge", "ratios")],
        [f"tests/unit/results/test_{name}.py" for name in ("header", "read", "entities", "merged_cells")],
    ),
}
# Not what measures time, or counts what is remembered.
_CHOSEN = "not quick and not decided_once and not counted_before"
_SETTINGS = """
[tool.mutmut]
source_paths = ["kpi_cli/"]
only_mutate = {only}
also_copy = ["kpi_cli", "indicators", "examples", "docs", "tests", "README.md"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-x", "-q", "-k", "{chosen}"]
timeout_multiplier = 15
"""
# Answers that were remembered before a line is broken would hide that it is: nothing is remembered here. And a law that
# no break of the first thirty examples breaks is tried no longer, the same ones each time. Where a break never ends, a
# test gets ten seconds of the processor, and what memory it takes is bounded; 24 is what mutmut knows as a timeout.
_CONFTEST = """
import functools, os, resource, signal
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
signal.signal(signal.SIGPROF, lambda *_: os._exit(24))
def pytest_runtest_setup():
    signal.setitimer(signal.ITIMER_PROF, 10)
def pytest_runtest_teardown():
    signal.setitimer(signal.ITIMER_PROF, 0)
from hypothesis import Phase, settings
settings.register_profile("quick", max_examples=30, database=None, derandomize=True, deadline=None,
                          phases=[Phase.explicit, Phase.generate])
settings.load_profile("quick")
_remember = functools.lru_cache
def lru_cache(maxsize=128, typed=False):
    return _remember(0)(maxsize) if callable(maxsize) else _remember(0)
functools.lru_cache = functools.cache = lru_cache
"""
# `mutmut show` for many, and of each only the line that it breaks.
_SHOW = """
import os, sys
os.environ["MUTANT_UNDER_TEST"] = ""
from mutmut.mutation.diff_apply import get_diff_for_mutant
for mutant in sys.argv[1:]:
    lines = get_diff_for_mutant(mutant).splitlines()[2:]
    print(f"\\n{mutant}", *[line for line in lines if line[0] in "+-"], sep="\\n")
"""
# mutmut passes over what is decorated: here nothing is remembered, and a property is made from a plain function.
_REMEMBERED = re.compile(r"^ *@lru_cache\(.*\n", re.MULTILINE)
_PROPERTY = re.compile(r"^( +)@property\n\1def (\w+)(.*\n(?:\1 .*\n|\n(?=\1 ))*)", re.MULTILINE)
_RESULT = re.compile(r"^\s+(?P<mutant>\S+): (?P<state>.+)$", re.MULTILINE)
_KILLED = frozenset({"killed", "timeout", "suspicious", "segfault", "caught by type check"})


def main(arguments: Sequence[str]) -> int:
    """Runs the parts named; 1 where a mutant survived."""
    unknown = set(arguments) - set(PARTS)
    if unknown:
        sys.stderr.write(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}\n")
        return 2
    return max([run_part(name) for name in arguments or PARTS])


def run_part(name: str) -> int:
    """Runs one part in a copy of the project, prints the share that was killed and every survivor."""
    with tempfile.TemporaryDirectory(prefix=f"kpi-mutation-{name}-") as folder:
        copy = pathlib.Path(folder)
        copy_project(copy, *PARTS[name])
        mutmut = [sys.executable, "-m", "mutmut"]
        subprocess.run([*mutmut, "run", "--max-children", "1"], cwd=copy, stdout=sys.stderr, check=False)  # noqa: S603
        listed = _read_output([*mutmut, "results", "--all", "true"], copy)
        states = {match["mutant"]: match["state"] for match in _RESULT.finditer(listed)}
        if not states or "not checked" in states.values():
            return 2
        survivors = [mutant for mutant, state in states.items() if state not in _KILLED]
        print_shares(name, states)
        sys.stdout.write(_read_output([sys.executable, "-c", _SHOW, *survivors], copy))
        return 1 if survivors else 0


def _read_output(command: list[str], folder: pathlib.Path) -> str:
    return subprocess.run(  # noqa: S603  # ours
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    ).stdout


def copy_project(copy: pathlib.Path, only: list[str], tests: list[str]) -> None:
    """What the tests need, with settings for mutmut."""
    for item in COPIED:
        source = PROJECT / item
        if source.is_dir():
            shutil.copytree(source, copy / item, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / item)
    for path in (path for pattern in only for path in copy.glob(pattern)):
        plain = _REMEMBERED.sub("", path.read_text(encoding="utf-8"))
        path.write_text(_PROPERTY.sub(r"\1def _\2\3\1\2 = property(_\2)\n", plain), encoding="utf-8")
    (copy / "tests" / "conftest.py").write_text(_CONFTEST, encoding="utf-8")
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write(_SETTINGS.format(only=only, tests=tests, chosen=_CHOSEN))


def print_shares(name: str, states: Mapping[str, str]) -> None:
    """A line a module, and one for all: how many mutants there were and how many were killed."""
    counts: dict[str, collections.Counter[bool]] = collections.defaultdict(collections.Counter)
    for mutant, state in states.items():
        counts[mutant.partition(".x")[0]][state in _KILLED] += 1
    counts[name] = sum(counts.values(), collections.Counter())
    for module, count in counts.items():
        total = count.total()
        sys.stdout.write(f"{module:<40} {count[True]:>5} of {total:>5} killed, {100 * count[True] / total:.1f} %\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
