"""Measures what a small file costs where it is written: `python benchmarks/packed.py`, with the Python of `tables.py`.

For each output that has room for so many entities only (`kpi_cli.workflows.packed`), two files of less than a megabyte:
as many as there is room for with one figure each, and with all figures of the shipped set, which differ, as far as a
megabyte goes. Prints a table in Markdown, and exits with 1 where one takes more than 5 seconds of the processor or
300 MB, or is not written.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from districts import make_open_set
from hostile import MAX_MEGABYTES, MAX_SECONDS, MAX_SIZE, PATIENCE
from measuring import KPI, ROOT, Bench, Cost, make_surroundings, run_process

from kpi_cli import load_set
from kpi_cli.workflows.packed import ROOM, count_places

OUTPUTS = {
    "xlsx": "score {file} -o {folder}/out.xlsx",
    "html": "score {file} -o {folder}/out.html",
    "json": "score {file} -o {folder}/out.json",
    "md": "score {file} -o {folder}/out.md",
    "--missing": "score {file} --missing",
    "--fragile": "score {file} --fragile",
    "explain --all": "explain {file} --all -o {folder}/pages",
    "compare": "compare {file} {file}",
    "verify .xlsx": "verify {folder}/report.xlsx {file}",
    "verify .json": "verify {folder}/report.json {file}",
}
_RULE = "|---|---:|---|---:|---:|---:|---:|"
MOST_ROWS = 59_990
"""A csv file of less than a megabyte has no room for more."""


def main() -> int:
    """Writes everything; 1 where something breaks a bound."""
    only = _read_only()
    held, bench = True, Bench(ROOT, make_surroundings())
    print(
        "| what is written | entities | figures | MB | exit | seconds | MB held |\n|---|---:|---|---:|---:|---:|---:|"
    )
    with tempfile.TemporaryDirectory() as name:
        open_set = make_open_set(Path(name))
        definition = load_set(open_set).definition
        assert definition is not None
        places = count_places(definition)
        for kind in (kind for kind in ROOM if only in kind):
            for figures, path, rows in _make_files(Path(name), min(ROOM[kind] // places, MOST_ROWS)):
                folder = path.parent
                if kind.startswith("verify"):
                    report = folder / f"report{kind.removeprefix('verify ')}"
                    _run_kpi(bench, f"score {path} -o {report} --force --set {open_set}")
                command = OUTPUTS[kind].format(file=path, folder=folder)
                cost = _run_kpi(bench, f"{command} --set {open_set}{_may_replace(kind)}")
                broken = cost.code != 0 or cost.processor > MAX_SECONDS or (cost.megabytes or 0) > MAX_MEGABYTES
                held = held and not broken
                mark, size = " **broken**" if broken else "", path.stat().st_size / 1e6
                shown = f"{size:.2f} | {cost.code}{mark} | {cost.processor:.1f} | {cost.megabytes or 0:.0f}"
                print(f"| {kind} | {rows:,} | {figures} | {shown} |", flush=True)
    return 0 if held else 1


def _read_only() -> str:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only what contains this text, such as verify")
    only: str = parser.parse_args().only
    return only


def _run_kpi(bench: Bench, command: str) -> Cost:
    return run_process((*KPI, *command.split()), bench, PATIENCE)


def _may_replace(kind: str) -> str:
    return "" if kind.startswith(("verify", "compare")) else " --force"


def _make_files(folder: Path, entities: int) -> Iterator[tuple[str, Path, int]]:
    few = folder / "one_figure.csv"
    few.write_text("entity,budget_spent\n" + "".join(f"a{number:x},80\n" for number in range(entities)))
    yield "one", few, entities
    full = folder / "all_figures.csv"
    # In a process of its own: a child begins with the memory that its parent once held.
    table = Path(__file__).with_name("tables.py")
    subprocess.run([sys.executable, str(table), str(full), str(entities)], check=True)
    lines = full.read_bytes()[:MAX_SIZE].splitlines(keepends=True)
    kept = lines if full.stat().st_size < MAX_SIZE else lines[:-1]
    full.write_bytes(b"".join(kept))
    yield "all", full, len(kept) - 1


if __name__ == "__main__":
    sys.exit(main())
