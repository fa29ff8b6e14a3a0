"""Measures what DESIGN promises about speed: `python benchmarks/run.py`, with a Python that has kpi's dependencies.

Whole processes are timed in turn (A B A B ...), after a warm-up of each. The ratio is the median of the ratios of
neighbours, so that a machine that slows down midway slows both sides. Prints a table in Markdown; exits with 1 where
a promise does not hold. Rows whose peer is not installed (`benchmarks/requirements.txt`) are left out, and said so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from districts import ROOT, SHIPPED_SET, copy_example, make_districts

KPI = (sys.executable, "-m", "kpi_cli")
EXAMPLE = "example.xlsx"
SET = str(SHIPPED_SET)


@dataclass(frozen=True, slots=True)
class Work:
    """One side of a comparison: a command, and what shows that it did its work: the exit code, and a word it prints."""

    name: str
    command: tuple[str, ...]
    done: tuple[int, ...] = (0,)
    says: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A promise: `work` takes at most `limit` times as long as `against`."""

    work: Work
    against: Work
    limit: float


@dataclass(frozen=True, slots=True)
class Timing:
    """What was measured of a row: both medians in seconds, and the median ratio of neighbours."""

    work: float
    against: float
    ratio: float


PYTHON = Work("`python -c pass`", (sys.executable, "-c", "pass"))
SCORE = Work("`kpi score`, the example", (*KPI, "score", EXAMPLE), says="98.00")
# frictionless reads the first sheet only, and finds fault with it (1): that is its answer.
FRICTIONLESS = Work(
    "`frictionless validate`, the same file", ("frictionless", "validate", EXAMPLE), (0, 1), "type-error"
)
SCORE_23 = Work("the same, 23 districts", (*KPI, "score", "23/results.xlsx", "--set", "23/set.yaml"), says="สมมุติ0023")
SCORE_878 = Work(
    "`kpi score`, 878 districts", (*KPI, "score", "878/results.xlsx", "--set", "878/set.yaml"), says="สมมุติ0023"
)
SUMMARY_878 = Work(
    "`kpi score -o summary.xlsx`, 878 districts",
    (*SCORE_878.command, "-o", "878/summary.xlsx", "--force"),
    says="สมมุติ0023",
)
TABLE_878 = Work("the same without the workbook", SCORE_878.command, says="สมมุติ0023")
VALIDATE = Work("`kpi validate`, the shipped set", (*KPI, "validate", SET))
CHECK_JSONSCHEMA = Work("`check-jsonschema`, the same file", ("check-jsonschema", "--schemafile", "schema.json", SET))

ROWS = (
    Row(Work("`kpi --version`", (*KPI, "--version")), PYTHON, 7),
    Row(Work("`kpi --help`", (*KPI, "--help")), PYTHON, 7),
    Row(VALIDATE, CHECK_JSONSCHEMA, 0.9),
    Row(SCORE, FRICTIONLESS, 0.55),
    Row(SCORE_878, SCORE_23, 3),
    Row(SUMMARY_878, TABLE_878, 6),
)


def main() -> int:
    """Measures every row and prints the table; 1 where a promise does not hold."""
    options = _read_options()
    surroundings = _surroundings(options.peers)
    rows = [row for row in ROWS if options.only in row.work.name]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder, surroundings)
        run = _runner(folder, surroundings)
        results = {row: _measure(row, run, options.rounds) for row in rows if _is_installed(row, surroundings)}
    _print_table(rows, results)
    return 0 if all(timing.ratio <= row.limit for row, timing in results.items()) else 1


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="pairs to time for each row")
    parser.add_argument("--only", default="", help="only rows whose work contains this text")
    parser.add_argument("--peers", type=Path, help="the folder of the peers' programs, where not beside this Python")
    return parser.parse_args()


def _surroundings(peers: Path | None) -> Mapping[str, str]:
    # Peers first, then the programs beside this Python; Python finds kpi_cli here even where it is not installed.
    folders = [str(peers)] if peers else []
    path = os.pathsep.join([*folders, str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # As installed: without the compiled modules that pip leaves beside the sources, each run would compile them again.
    left_out = {"PYTHONDONTWRITEBYTECODE"}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("KPI_") and key not in left_out}
    return clean | {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def _prepare(folder: Path, surroundings: Mapping[str, str]) -> None:
    copy_example(folder)
    for number in (23, 878):
        make_districts(folder / str(number), number)
    schema = subprocess.run([*KPI, "schema"], env=surroundings, capture_output=True, check=True)
    (folder / "schema.json").write_bytes(schema.stdout)


def _is_installed(row: Row, surroundings: Mapping[str, str]) -> bool:
    return shutil.which(row.against.command[0], path=surroundings["PATH"]) is not None


def _runner(folder: Path, surroundings: Mapping[str, str]) -> Callable[[Work], float]:
    def run(work: Work) -> float:
        program = shutil.which(work.command[0], path=surroundings["PATH"]) or work.command[0]
        start = time.perf_counter()
        ended = subprocess.run([program, *work.command[1:]], cwd=folder, env=surroundings, capture_output=True)
        seconds = time.perf_counter() - start
        if ended.returncode not in work.done or work.says.encode() not in ended.stdout:
            raise SystemExit(f"{work.name} ended with {ended.returncode}:\n{ended.stderr.decode('utf-8', 'replace')}")
        return seconds

    return run


def _measure(row: Row, run: Callable[[Work], float], rounds: int) -> Timing:
    for work in (row.work, row.against):
        run(work)
    pairs = [(run(row.work), run(row.against)) for _ in range(rounds)]
    return Timing(
        median(mine for mine, _ in pairs),
        median(theirs for _, theirs in pairs),
        median(mine / theirs for mine, theirs in pairs),
    )


def _print_table(rows: Sequence[Row], results: Mapping[Row, Timing]) -> None:
    print("| work | median | against | median | ratio | must be | holds? |")
    print("|---|---:|---|---:|---:|---:|---|")
    for row in rows:
        print(_format_row(row, results.get(row)))


def _format_row(row: Row, timing: Timing | None) -> str:
    if timing is None:
        return f"| {row.work.name} | | {row.against.name} | | | <= {row.limit:g}x | not measured: peer not installed |"
    times = f"{timing.work * 1000:.0f} ms", f"{timing.against * 1000:.0f} ms"
    holds = "yes" if timing.ratio <= row.limit else "NO"
    return (
        f"| {row.work.name} | {times[0]} | {row.against.name} | {times[1]} "
        f"| {timing.ratio:.2f}x | <= {row.limit:g}x | {holds} |"
    )


if __name__ == "__main__":
    raise SystemExit(main())
