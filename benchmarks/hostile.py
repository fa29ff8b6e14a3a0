"""Measures what hostile files cost: `python benchmarks/hostile.py`, with a Python that has kpi's dependencies.

Each file is made by a function of `hostile_*.py`, lies in a folder of its own, and is read by `kpi score` in a process
of its own. Prints a table in Markdown: the file, its size, the exit code, seconds and the most memory that the process
held. Exits with 1 where a file of less than a megabyte takes more than 5 seconds or 300 MB, or where kpi ends with
anything but 0, 1 or 2. Where the system does not say how much memory a process held, that column is empty.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from districts import ROOT
from hostile_ods import ODS, XLS
from hostile_text import CSV, JSON
from hostile_xlsx import XLSX

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
KPI = (sys.executable, "-m", "kpi_cli")


class Cost(NamedTuple):
    """What one file cost: seconds of the processor, and megabytes at the highest."""

    code: int
    seconds: float
    megabytes: float | None
    says: str


def list_files(kinds: str = "") -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The names of the files whose names contain `kinds`, each with the function that makes it."""
    named = ((f"{make.__name__}{suffix}", make) for suffix, makers in KINDS.items() for make in makers)
    return ((name, make) for name, make in named if kinds in name)


def make_open_set(folder: Path) -> Path:
    """Writes the shipped set without its roster: every name is an entity, none is refused."""
    text = (ROOT / "indicators" / "fy2564_round1.yaml").read_text(encoding="utf-8")
    path = folder / "open.yaml"
    path.write_text("".join(line for line in text.splitlines(True) if "roster:" not in line), encoding="utf-8")
    return path


def main() -> int:
    """Makes and reads every file; 1 where one breaks a bound."""
    options = _read_options()
    if options.make:
        options.path.write_bytes(dict(list_files())[options.make]())
        return 0
    held = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sets = {"": (), "open": ("--set", str(make_open_set(folder)))}
        print("| file | MB | set | exit | seconds | MB held | says |\n|---|---:|---|---:|---:|---:|---|")
        for file, _ in list_files(options.only):
            path = folder / file
            _make(file, path)
            size = path.stat().st_size
            for kind, arguments in sets.items():
                cost = measure((*KPI, "score", str(path), *arguments, "--lang", "en"))
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


def measure(command: tuple[str, ...]) -> Cost:
    """What `command` costs, run in a process of its own with its output thrown away."""
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("KPI_")}
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=surroundings | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=said
        )
        if not hasattr(os, "wait4"):
            return Cost(process.wait(), time.perf_counter() - started, None, "")
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        said.seek(0)
        words = said.read(200).decode("utf-8", "replace").partition("\n")[0]
    per_megabyte = 1_048_576 if sys.platform == "darwin" else 1_024
    seconds = usage.ru_utime + usage.ru_stime
    return Cost(os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss / per_megabyte, words)


def _is_broken(cost: Cost, size: int) -> bool:
    if cost.code not in (0, 1, 2) or (cost.megabytes or 0) > MAX_MEGABYTES:
        return True
    return size < MAX_SIZE and cost.seconds > MAX_SECONDS


def _row(file: str, size: int, kind: str, cost: Cost, broken: bool) -> str:
    held = "" if cost.megabytes is None else f"{cost.megabytes:.0f}"
    mark = " **broken**" if broken else ""
    says = cost.says.replace("|", "\\|")[:90]
    return f"| {file} | {size / 1e6:.2f} | {kind} | {cost.code}{mark} | {cost.seconds:.1f} | {held} | {says} |"


if __name__ == "__main__":
    sys.exit(main())
