"""What `kpi score` takes for a large csv file: rows a second, and the most memory that the process held.

usage: python benchmarks/large_csv.py [--rows N] [--rounds N] [--format csv|json]

The file is made up: the shipped set without its roster, N districts, 35 measures: percents of two decimals, counts, yes
and no, and one figure in 33 missing. Each round is a process of its own, from start to exit, its output thrown away.
Seconds are of the processor, so that a busy machine does not matter much; medians. Exits with 1 where the promise of
DESIGN section 9 does not hold.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from districts import FIGURES
from hostile import KPI, Cost, make_open_set, measure

LEAST_ROWS_A_SECOND, MOST_MEGABYTES = 25_000, 300
MISSING_ONE_IN = 33


def main() -> int:
    """Makes the file, scores it in every round, prints the table; 1 where the promise does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--format", default="csv", choices=("csv", "json"), help="what kpi prints")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        results, definition = Path(name) / "results.csv", make_open_set(Path(name))
        write_results(results, options.rows)
        command = (*KPI, "score", str(results), "--set", str(definition), "--format", options.format, "--quiet")
        costs = [measure(command) for _ in range(options.rounds)]
    return _print_costs(costs, options.rows, options.format)


def write_results(path: Path, rows: int) -> None:
    """Writes made-up results of `rows` districts, the same in every run."""
    draws = {name: _choose_draw(figures) for name, figures in FIGURES.items()}
    chance = random.Random(2564)  # figures, not secrets
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("entity", *draws))
        writer.writerows((f"สมมุติ{number:06d}", *_draw_row(draws, chance)) for number in range(rows))


Draw = Callable[[random.Random], object]


def _draw_row(draws: dict[str, Draw], chance: random.Random) -> Iterator[object]:
    for draw in draws.values():
        yield "" if chance.randrange(MISSING_ONE_IN) == 0 else draw(chance)


def _choose_draw(figures: object) -> Draw:
    """Percents of two decimals where some of `figures` have a point, else one of them."""
    numbers = [each for each in figures if not isinstance(each, str)]  # type: ignore[attr-defined]
    if any(isinstance(each, float) for each in numbers):
        most = 9_999 if max(numbers) <= 100 else 100 * int(max(numbers))
        return lambda chance: f"{chance.randrange(101, most) / 100:.2f}"
    return lambda chance: chance.choice(tuple(figures))  # type: ignore[arg-type]


def _print_costs(costs: list[Cost], rows: int, format_: str) -> int:
    failed = next((cost for cost in costs if cost.code != 0), None)
    if failed is not None:
        raise SystemExit(f"kpi ended with {failed.code}: {failed.says}")
    speed = rows / median(cost.seconds for cost in costs)
    held = median(cost.megabytes or 0 for cost in costs)
    print("| rows | out | seconds | rows a second | MB held | must be |\n|---:|---|---:|---:|---:|---|")
    seconds = median(cost.seconds for cost in costs)
    promise = f">= {LEAST_ROWS_A_SECOND:,} rows a second, <= {MOST_MEGABYTES} MB"
    print(f"| {rows:,} | {format_} | {seconds:.2f} | {speed:,.0f} | {held:.0f} | {promise} |")
    return 0 if speed >= LEAST_ROWS_A_SECOND and held <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
