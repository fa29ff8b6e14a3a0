"""What parts of a run cost, for the choices that ARCHITECTURE.md explains: `python benchmarks/parts.py`.

Each line is a whole process, timed in turn with the others; the ratio is to `kpi score` of the example, neighbour by
neighbour. A part that does the work of another way of building kpi is what that way would add to a run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median

from districts import ROOT

EXAMPLE = str(ROOT / "examples" / "buriram_fy2564_round1.xlsx")
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
    "the same, looking for cycles as Python does": f"import gc; gc.set_threshold = lambda *_: None; {SCORE}",
    "nothing": "pass",
    "importing the tables of rich": "import rich.console, rich.table",
    "reading the workbook with openpyxl, twice for its formulas": OPENPYXL,
    "reading it with our own reader": OURS,
}


def main(rounds: int = 11) -> None:
    """Times every part in turn and prints a table in Markdown."""
    left_out = {"PYTHONDONTWRITEBYTECODE"}  # as installed, with compiled modules
    surroundings = {key: value for key, value in os.environ.items() if key not in left_out} | {"PYTHONPATH": str(ROOT)}
    seconds: dict[str, list[float]] = {name: [] for name in PARTS}
    for number in range(rounds + 1):
        for name, code in PARTS.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, check=True)
            if number:  # the first round warms up
                seconds[name].append(time.perf_counter() - started)
    whole = next(iter(seconds.values()))
    print("| part | median | of a run |\n|---|---:|---:|")
    for name, times in seconds.items():
        ratio = median(part / run for part, run in zip(times, whole, strict=True))
        print(f"| {name} | {median(times) * 1000:.0f} ms | {ratio:.2f}x |")


if __name__ == "__main__":
    main()
