"""How time and memory grow with the rows: `python benchmarks/growth.py`, from 23 rows to 10,000,000.

Each line is `kpi score` of a made-up table, in a process of its own: workbooks and csv by the Python engine up to what
one sends by hand, csv and Parquet by DuckDB up to what a warehouse holds. `--rows 100000` stops earlier; medians of
`--rounds`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from districts import make_districts, make_open_set
from measuring import KPI, Bench, Work, make_surroundings, show_seconds, take_median
from promises import make_table

ROWS = (23, 878, 100_000, 1_000_000, 10_000_000)
HEADINGS = ("rows", "file", "MB", "engine", "seconds", "of the processor", "rows a second", "MB held")


class Kind(NamedTuple):
    """A kind of file: its suffix, the engine that scores it, where the scores go, and the most rows worth measuring.

    Of csv the Python engine reads 50 MB, which a million rows are beyond.
    """

    suffix: str
    engine: str
    output: tuple[str, ...]
    most: int


KINDS = (
    Kind(".xlsx", "python", ("--format", "csv"), 878),
    Kind(".csv", "python", ("--format", "csv"), 100_000),
    Kind(".csv", "duckdb", ("-o", "scores.parquet", "--force"), ROWS[-1]),
    Kind(".parquet", "duckdb", ("-o", "scores.parquet", "--force"), ROWS[-1]),
)


def main() -> None:
    """Measures every size of every kind, and prints each line as soon as it is known."""
    options = _read_options()
    print(f"| {' | '.join(HEADINGS)} |\n|---:|---|---:|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), make_surroundings())
        make_open_set(bench.folder)
        for kind, rows in _list_sizes(options.rows, options.only):
            print(f"| {' | '.join(_measure(kind, rows, bench, options.rounds))} |", flush=True)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS[-1], help="the most rows of a table")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each; the largest are run once")
    parser.add_argument("--only", default="", help="only files of this suffix")
    return parser.parse_args()


def _list_sizes(most: int, suffix: str) -> Iterator[tuple[Kind, int]]:
    kinds = [kind for kind in KINDS if suffix in kind.suffix]
    return ((kind, rows) for kind in kinds for rows in ROWS if rows <= min(most, kind.most))


def _measure(kind: Kind, rows: int, bench: Bench, rounds: int) -> Iterator[str]:
    results, definition = _make(kind, rows, bench)
    options = ("--set", definition, "--engine", kind.engine, "--quiet", *kind.output)
    work = Work(f"{rows} rows of {kind.suffix}", (*KPI, "score", results, *options))
    costs = [bench.run(work) for _ in range(rounds if rows < ROWS[-1] else 1)]
    seconds, size = take_median(costs, "seconds"), (bench.folder / results).stat().st_size
    yield from (f"{rows:,}", kind.suffix, f"{size / 1e6:.3g}", kind.engine)
    yield from (show_seconds(seconds), show_seconds(take_median(costs, "processor")))
    yield from (f"{rows / seconds:,.0f}", f"{max(cost.megabytes or 0 for cost in costs):.0f}")


def _make(kind: Kind, rows: int, bench: Bench) -> tuple[str, str]:
    """The names of the file, which takes the place of the one before, and of the set that it is scored by."""
    if kind.suffix == ".xlsx":
        make_districts(bench.folder / str(rows), rows)
        return f"{rows}/results.xlsx", f"{rows}/set.yaml"
    make_table(bench, f"results{kind.suffix}", rows)
    return f"results{kind.suffix}", "open.yaml"


if __name__ == "__main__":
    sys.exit(main())
