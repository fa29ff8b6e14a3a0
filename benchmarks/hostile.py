"""Measures what hostile files cost: `python benchmarks/hostile.py`, with a Python that has kpi's dependencies.

Each file is made by a function of `hostile_*.py`, lies in a folder of its own, and is read by `kpi score` in a process
of its own. Prints a table in Markdown: the file, its size, the exit code, seconds of the processor and the most memory
that the process held. Exits with 1 where a file of less than a megabyte takes more than 5 seconds or 300 MB, or where
kpi ends with anything but 0, 1 or 2. Where the system does not say how much memory a process held, that column is
empty.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from districts import make_open_set
from hostile_ods import ODS, XLS
from hostile_text import CSV, JSON
from hostile_xlsx import XLSX
from measuring import KPI, ROOT, Bench, Cost, make_surroundings, run_process

PATIENCE = 60
"""Seconds after which a process is ended."""
MAX_SECONDS, MAX_MEGABYTES, MAX_SIZE = 5.0, 300, 1_000_000
KINDS: dict[str, tuple[Callable[[], bytes], ...]] = {
    ".xlsx": XLSX,
    ".ods": ODS,
    ".xls": XLS,
    ".csv": CSV,
    ".json": JSON,
}


def list_files(kinds: str = "") -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The names of the files whose names contain `kinds`, each with the function that makes it."""
    named = ((f"{make.__name__}{suffix}", make) for suffix, makers in KINDS.items() for make in makers)
    return ((name, make) for name, make in named if kinds in name)


def main() -> int:
    """Makes and reads every file; 1 where one breaks a bound."""
    options = _read_options()
    if options.make:
        options.path.write_bytes(dict(list_files())[options.make]())
        return 0
    held, bench = True, Bench(ROOT, make_surroundings())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sets = {"": (), "open": ("--set", str(make_open_set(folder)))}
        print("| file | MB | set | exit | seconds | MB held | says |\n|---|---:|---|---:|---:|---:|---|")
        for file, _ in list_files(options.only):
            path = folder / file
            _make(file, path)
            size = path.stat().st_size
            for kind, arguments in sets.items():
                cost = run_process((*KPI, "score", str(path), *arguments, "--lang", "en"), bench, PATIENCE)
                broken = _is_broken(cost, size)
                held = held and not broken
                print(_row(file, size, kind, cost, broken), flush=True)
            path.unlink()
    return 0 if held else 1


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only the files whose name contains this text")
    parser.add_argument("--make", metavar="NAME", help="only make this file, at PATH")
    parser.add_argument("path", nargs="?", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _make(name: str, path: Path) -> None:
    # In a process of its own: a child begins with the memory that its parent once held.
    subprocess.run([sys.executable, __file__, "--make", name, str(path)], check=True)


def _is_broken(cost: Cost, size: int) -> bool:
    if cost.code not in (0, 1, 2) or (cost.megabytes or 0) > MAX_MEGABYTES:
        return True
    return size < MAX_SIZE and cost.processor > MAX_SECONDS


def _row(file: str, size: int, kind: str, cost: Cost, broken: bool) -> str:
    held = "" if cost.megabytes is None else f"{cost.megabytes:.0f}"
    mark = " **broken**" if broken else ""
    says = cost.err.partition("\n")[0].replace("|", "\\|")[:90]
    return f"| {file} | {size / 1e6:.2f} | {kind} | {cost.code}{mark} | {cost.processor:.1f} | {held} | {says} |"


if __name__ == "__main__":
    sys.exit(main())
