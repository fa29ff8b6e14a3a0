"""Measures what DESIGN promises about speed: `python benchmarks/run.py`, with a Python that has kpi's dependencies.

Programs run in turn (A B C A B C ...), after a warm-up of each. A ratio is the median of the ratios of neighbours.
Prints a table in Markdown; exits with 1 where a promise does not hold. Rows whose peer is not installed
(`benchmarks/requirements.txt`) are left out, and said so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measuring import Bench, Clock, make_surroundings, show_seconds, take_median
from promises import MANY, Row, Sizes, Verdict, list_rows, prepare

HEADINGS = ("work", "median", "against", "median", "measured", "must be", "holds?", "floor", "median")
LEFT_OUT = "not measured: peer not installed"


def main() -> int:
    """Measures every row and prints the table; 1 where a promise does not hold."""
    options = _read_options()
    sizes = Sizes().cap(options.rows) if options.rows else Sizes()
    clock: Clock = "processor" if options.processor else "seconds"
    rows = [row for row in list_rows(sizes) if options.only in row.work.name]
    held = True
    print(f"Medians of {'seconds of the processor' if options.processor else 'seconds from start to exit'}.\n")
    print(f"| {' | '.join(HEADINGS)} |\n|---|---:|---|---:|---:|---|---|---|---:|")
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), make_surroundings(options.peers))
        prepare([row for row in rows if _is_installed(row, bench)], sizes, bench)
        for row in rows:
            held = _measure(row, bench, min(options.rounds, row.rounds), clock) and held
    return 0 if held else 1


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=MANY, help="rounds for each row; heavy ones take fewer")
    parser.add_argument("--only", default="", help="only rows whose work contains this text")
    parser.add_argument("--rows", type=int, help="the most rows of a table, to run it all quickly")
    parser.add_argument("--processor", action="store_true", help="count seconds of the processor, on a busy machine")
    parser.add_argument("--peers", type=Path, help="the folder of the peers' programs, where not beside this Python")
    return parser.parse_args()


def _is_installed(row: Row, bench: Bench) -> bool:
    return all(bench.has(work) for work in row.works)


def _measure(row: Row, bench: Bench, rounds: int, clock: Clock) -> bool:
    """Measures a row and prints it as soon as it is known; whether its promise holds."""
    if not _is_installed(row, bench):
        _print_row(row, {}, Verdict("", "", holds=True), LEFT_OUT)
        return True
    costs = bench.take_turns(row.works, rounds)
    medians = {work.name: show_seconds(take_median(taken, clock)) for work, taken in costs.items()}
    verdict = row.promise.judge(costs, row.work, clock)
    _print_row(row, medians, verdict, ("yes" if verdict.holds else "**no**") if verdict.bar else "")
    return verdict.holds


def _print_row(row: Row, medians: dict[str, str], verdict: Verdict, holds: str) -> None:
    against = row.promise.against.name if row.promise.against else ""
    names = (row.work.name, against, row.floor.name)
    work, other, floor = ((name, medians.get(name, "")) for name in names)
    print(f"| {' | '.join((*work, *other, verdict.figure, verdict.bar, holds, *floor))} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
