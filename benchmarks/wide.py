"""Measures DuckDB on small files and the widest set it takes for one: `python benchmarks/wide.py`.

A set of as many indicators as `kpi_cli.results.bulk.limits` has room for, and files of less than a megabyte with as
many rows, figures and texts that are not plain; each is scored into every kind of file that DuckDB writes. Prints a
table in Markdown, and exits with 1 where one takes more than 5 seconds of the processor or 300 MB, or is not written.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile import MAX_MEGABYTES, MAX_SECONDS, MAX_SIZE, PATIENCE
from measuring import KPI, ROOT, Bench, make_surroundings, run_process

from kpi_cli.results.bulk.limits import SMALL_ODD, SMALL_WIDTH, SMALL_WORK

_LEVELS = "< 75", ">= 75", ">= 80", ">= 85", ">= 90"
_WIDTH_OF_AN_INDICATOR = 1 + len(_LEVELS) + 5
INDICATORS = SMALL_WIDTH // _WIDTH_OF_AN_INDICATOR
ROWS = SMALL_WORK // (INDICATORS * _WIDTH_OF_AN_INDICATOR)
_SUFFIXES = "csv", "json", "parquet"


def main() -> int:
    """Writes everything; 1 where something breaks a bound."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    held, bench = True, Bench(ROOT, make_surroundings())
    print("| what is read | rows | MB | what is written | exit | seconds | MB held |")
    print("|---|---:|---:|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        definition = _make_set(folder / "wide.yaml")
        for title, path, rows in _make_files(folder):
            for suffix in _SUFFIXES:
                command = f"score {path} --set {definition} --engine duckdb -o {folder}/out.{suffix} --force"
                cost = run_process((*KPI, *command.split()), bench, PATIENCE)
                broken = cost.code != 0 or cost.processor > MAX_SECONDS or (cost.megabytes or 0) > MAX_MEGABYTES
                held = held and not broken
                mark = " **broken**" if broken else ""
                shown = f"{cost.code}{mark} | {cost.processor:.1f} | {cost.megabytes or 0:.0f}"
                print(f"| {title} | {rows:,} | {path.stat().st_size / 1e6:.2f} | {suffix} | {shown} |", flush=True)
    return 0 if held else 1


def _make_set(path: Path) -> Path:
    """A hundred or so alike indicators; made up."""
    assert 100 % INDICATORS == 0, "a weight that is no whole number"
    indicators = "".join(
        f"      - id: T{number}\n        title: Indicator {number}\n        weight: {100 // INDICATORS}\n"
        f"        measures: {{m{number}: {{title: Measure {number}, type: percent}}}}\n        levels:\n"
        + "".join(f"          {level}: {{when: {{m{number}: '{test}'}}}}\n" for level, test in enumerate(_LEVELS, 1))
        for number in range(INDICATORS)
    )
    head = "kpi: 1\nid: wide\ntitle: A wide set\nscale: 5\nsections:\n  - id: team\n    title: Team\n    indicators:\n"
    path.write_text(head + indicators, encoding="utf-8")
    return path


def _make_files(folder: Path) -> Iterator[tuple[str, Path, int]]:
    makers: dict[str, Callable[[int, int], str]] = {
        "all figures": lambda _row, _place: "80",
        "one figure a row": lambda row, place: "80" if row % INDICATORS == place else "",
        "texts, a few": lambda _row, place: "80 %" if place < SMALL_ODD else "80",
        "texts, all different": _make_text,
    }
    yield "one column", *_write_csv(folder / "one.csv", 1, makers["all figures"])
    for title, make in makers.items():
        yield title, *_write_csv(folder / f"{title.replace(' ', '_').replace(',', '')}.csv", INDICATORS, make)
    yield "Parquet, all figures", *_write_parquet(folder / "all.parquet")


def _make_text(row: int, place: int) -> str:
    whole, hundredths = divmod(5_000 + (row * SMALL_ODD + place) % 4_900, 100)
    return f"{whole}.{hundredths:02d}{' %' if place < SMALL_ODD else ''}"


def _write_csv(path: Path, columns: int, make: Callable[[int, int], str]) -> tuple[Path, int]:
    """As many rows as there is room for, in less than a megabyte."""
    lines = [",".join(["entity", *(f"m{place}" for place in range(columns))])]
    size = len(lines[0])
    for row in range(min(ROWS, 59_990)):
        line = ",".join([f"a{row:x}", *(make(row, place) for place in range(columns))])
        size += len(line) + 2
        if size >= MAX_SIZE:
            break
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, len(lines) - 1


def _write_parquet(path: Path) -> tuple[Path, int]:
    import duckdb  # noqa: PLC0415  # an extra

    figures = ", ".join(f"80 AS m{place}" for place in range(INDICATORS))
    rows = f"SELECT 'a' || range AS entity, {figures} FROM range({ROWS})"
    duckdb.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    return path, ROWS


if __name__ == "__main__":
    sys.exit(main())
