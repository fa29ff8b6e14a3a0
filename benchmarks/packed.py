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

_KPI_SET = "--set {folder}/open.yaml"
OUTPUTS = {
    "xlsx": f"score {{file}} {_KPI_SET} -o {{folder}}/out.xlsx --force",
    "html": f"score {{file}} {_KPI_SET} -o {{folder}}/out.html --force",
    "json": f"score {{file}} {_KPI_SET} -o {{folder}}/out.json --force",
    "md": f"score {{file}} {_KPI_SET} -o {{folder}}/out.md --force",
    "--missing": f"score {{file}} {_KPI_SET} --missing",
    "--fragile": f"score {{file}} {_KPI_SET} --fragile",
    "explain --all": f"explain {{file}} {_KPI_SET} --all -o {{folder}}/pages --force",
    "compare": f"compare {{file}} {{file}} {_KPI_SET}",
    "diff": "diff {folder}/open.yaml {folder}/other.yaml --results {file}",
    "template": "template {folder}/listed.yaml -o {folder}/template.xlsx --force",
    "verify .xlsx": f"verify {{folder}}/report.xlsx {{file}} {_KPI_SET}",
    "verify .json": f"verify {{folder}}/report.json {{file}} {_KPI_SET}",
}
MOST_ROWS = 59_990
"""A csv file of less than a megabyte has no room for more."""
MOST_FULL_REPORT = 540
"""Nor has a report that is verified, of entities with all figures."""


def main() -> int:
    """Writes everything; 1 where something breaks a bound."""
    only = _read_only()
    held, bench = True, Bench(ROOT, make_surroundings())
    print("| what is written | entities | figures | MB | exit | seconds | MB held |")
    print("|---|---:|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        definition = load_set(_make_sets(folder)).definition
        assert definition is not None
        for kind in (kind for kind in ROOM if only in kind):
            for figures, path, rows in _make_files(folder, kind, ROOM[kind] // count_places(definition)):
                cost = _run_kpi(bench, OUTPUTS[kind].format(file=path, folder=folder))
                broken = cost.code != 0 or cost.processor > MAX_SECONDS or (cost.megabytes or 0) > MAX_MEGABYTES
                held = held and not broken
                mark, size = " **broken**" if broken else "", path.stat().st_size / 1e6
                shown = f"{size:.2f} | {cost.code}{mark} | {cost.processor:.1f} | {cost.megabytes or 0:.0f}"
                print(f"| {kind} | {rows:,} | {figures} | {shown} |", flush=True)
    return 0 if held else 1


def _make_sets(folder: Path) -> Path:
    """The shipped set without its roster, and one of another title."""
    path = make_open_set(folder)
    text = path.read_text(encoding="utf-8")
    (folder / "other.yaml").write_text(text.replace("title: ", "title: Another ", 1), encoding="utf-8")
    return path


def _read_only() -> str:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only what contains this text, such as verify")
    only: str = parser.parse_args().only
    return only


def _run_kpi(bench: Bench, command: str) -> Cost:
    return run_process((*KPI, *command.split()), bench, PATIENCE)


def _make_files(folder: Path, kind: str, room: int) -> Iterator[tuple[str, Path, int]]:
    """Files for as many entities as there is room for; for `verify` their reports too, for a template a roster."""
    if kind == "template":
        yield "none", _make_roster(folder, room), room
        return
    makers = (("one", _make_names), ("all", _make_table))
    for figures, make in makers:
        most = MOST_FULL_REPORT if (kind, figures) == ("verify .xlsx", "all") else MOST_ROWS
        path, rows = make(folder, min(room, most))
        if kind.startswith("verify"):
            report = folder / f"report{kind.removeprefix('verify ')}"
            command = f"score {{file}} {_KPI_SET} -o {report} --force".format(file=path, folder=folder)
            made = _run_kpi(Bench(ROOT, make_surroundings()), command)
            assert made.code == 0, made.err
        yield figures, path, rows


def _make_names(folder: Path, entities: int) -> tuple[Path, int]:
    path = folder / "one_figure.csv"
    path.write_text("entity,budget_spent\n" + "".join(f"a{number:x},80\n" for number in range(entities)))
    return path, entities


def _make_table(folder: Path, entities: int) -> tuple[Path, int]:
    """As many rows as fit into a megabyte."""
    path = folder / "all_figures.csv"
    # In a process of its own: a child begins with the memory that its parent once held.
    table = Path(__file__).with_name("tables.py")
    subprocess.run([sys.executable, str(table), str(path), str(entities)], check=True)
    lines = path.read_bytes()[:MAX_SIZE].splitlines(keepends=True)
    kept = lines if path.stat().st_size < MAX_SIZE else lines[:-1]
    path.write_bytes(b"".join(kept))
    return path, len(kept) - 1


def _make_roster(folder: Path, entities: int) -> Path:
    listed = "".join(f"    - {{code: 'c{number}', name: a{number:x}}}\n" for number in range(entities))
    path = folder / "listed.yaml"
    text = (folder / "open.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("entity:\n", f"entity:\n  roster:\n{listed}", 1), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
