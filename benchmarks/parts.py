"""What parts of a run cost, for the choices that ARCHITECTURE.md explains: `python benchmarks/parts.py`.

Each line is a whole process, timed in turn with the others; the ratio is to `kpi score` of the example, neighbour by
neighbour. A part that does the work of another way of building kpi is what that way would add to a run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from districts import copy_example
from measuring import Bench, Work, make_surroundings, show_seconds, take_median, take_ratio

EXAMPLE = "example.xlsx"
SCORE = f"import sys; sys.argv = ['kpi', 'score', {EXAMPLE!r}]; from kpi_cli.cli.main import main; main()"
OPENPYXL = (
    "import openpyxl\n"
    "for data_only in (True, False):\n"
    f"    book = openpyxl.load_workbook({EXAMPLE!r}, read_only=True, data_only=data_only)\n"
    "    [row for sheet in book for row in sheet.iter_rows()]"
)
OURS = (
    "import pathlib; from kpi_cli.results.xlsx_file import read_xlsx\n"
    f"read_xlsx(pathlib.Path({EXAMPLE!r}).read_bytes(), file='f')"
)
PARTS = {
    "`kpi score`, the example": SCORE,
    "the same, looking for cycles as Python does": f"import gc; gc.disable = lambda: None; {SCORE}",
    "nothing": "pass",
    "importing the parser of the command line": "import typer",
    "importing the tables of rich": "import rich.console, rich.table",
    "reading the workbook with openpyxl, twice for its formulas": OPENPYXL,
    "reading it with our own reader": OURS,
}


def main() -> None:
    """Times every part in turn and prints a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args()
    works = [Work(name, (sys.executable, "-c", code)) for name, code in PARTS.items()]
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), make_surroundings())
        copy_example(bench.folder)
        costs = bench.take_turns(works, options.rounds)
    whole = costs[works[0]]
    print("| part | median | of a run |\n|---|---:|---:|")
    for work, taken in costs.items():
        ratio = take_ratio(taken, whole, "seconds")
        print(f"| {work.name} | {show_seconds(take_median(taken, 'seconds'))} | {ratio:.2f}x |")


if __name__ == "__main__":
    main()
