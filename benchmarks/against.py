"""What a change costs or saves: `python benchmarks/against.py OTHER`, where OTHER is another checkout of kpi.

Both score one csv in turn (A B A B ...), after a warm-up of each, and must write the same scores to the byte. Prints
the medians, and the ratio of this checkout to the other: the median of the ratios of neighbours.
"""

from __future__ import annotations

import argparse
import filecmp
import sys
import tempfile
from pathlib import Path

from districts import make_open_set
from measuring import ROOT, Bench, Clock, Work, make_surroundings, show_seconds, take_median, take_ratio
from promises import make_table

_RUN_FROM = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module('kpi_cli', run_name='__main__', alter_sys=True)
"""
CLOCKS: tuple[Clock, ...] = ("processor", "seconds")


def main() -> int:
    """Measures both and prints a table; 1 where they write different scores."""
    options = _read_options()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), make_surroundings())
        make_open_set(bench.folder)
        make_table(bench, "results.csv", options.rows)
        this, other = (_score(path, out) for path, out in ((ROOT, "this.csv"), (options.other.resolve(), "other.csv")))
        costs = bench.take_turns((this, other), options.rounds)
        same = filecmp.cmp(bench.folder / "this.csv", bench.folder / "other.csv", shallow=False)
    print("| clock | this checkout | the other | ratio |\n|---|---:|---:|---:|")
    for clock in CLOCKS:
        medians = (show_seconds(take_median(costs[work], clock)) for work in (this, other))
        print(f"| {clock} | {' | '.join(medians)} | {take_ratio(costs[this], costs[other], clock):.3f} |")
    print(f"\n{options.rows:,} rows of csv, {options.rounds} rounds, {'the same' if same else 'OTHER'} scores.")
    return 0 if same else 1


def _score(checkout: Path, out: str) -> Work:
    asked = ("score", "results.csv", "--set", "open.yaml", "--engine", "python", "-o", out, "--force", "--quiet")
    return Work(str(checkout), (sys.executable, "-c", _RUN_FROM, str(checkout), *asked))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path, help="the folder of another checkout of kpi")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of both")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the csv")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
