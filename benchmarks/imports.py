"""What each command imports: `python benchmarks/imports.py` prints how many modules, and the time that they take.

Counted are the modules beyond those of a bare interpreter; of them those of kpi. Times are those that
`python -X importtime` reports, medians of the rounds, beside the seconds of the whole run.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from districts import SHIPPED_SET, copy_example
from measuring import Bench, Cost, Work, make_surroundings, show_seconds, take_median

EXAMPLE = "example.xlsx"
COMMANDS = (
    ("--version",),
    ("--help",),
    ("score", "--help"),
    ("schema",),
    ("init", "begun.yaml", "--force"),
    ("show",),
    ("try", "T1", "budget_spent=85"),
    ("validate", str(SHIPPED_SET)),
    ("score", EXAMPLE),
    ("score", EXAMPLE, "--missing"),
    ("score", EXAMPLE, "-o", "report.html", "--force"),
    ("score", EXAMPLE, "-o", "summary.xlsx", "--force"),
    ("explain", EXAMPLE, "ปะคำ"),
    ("compare", EXAMPLE, EXAMPLE),
    ("diff", str(SHIPPED_SET), str(SHIPPED_SET)),
    ("sql",),
    ("template", "-o", "template.xlsx", "--force"),
    ("verify", "summary.xlsx", EXAMPLE),
)
"""In an order in which each finds the files that it reads."""
_LINE = re.compile(r"^import time: +(?P<microseconds>\d+) \| +\d+ \| *(?P<name>\S+)$", re.MULTILINE)
HEADINGS = ("command", "modules", "of kpi", "importing", "of the processor")


def main() -> None:
    """Runs every command and prints the table."""
    options = _read_options()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), make_surroundings())
        copy_example(bench.folder)
        bare = _list_imports(bench, "-c", "pass")
        print(f"| {' | '.join(HEADINGS)} |\n|---|---:|---:|---:|---:|")
        for command in COMMANDS:
            if options.only in " ".join(command):
                print(f"| {' | '.join(_measure(command, bare, bench, options.rounds))} |", flush=True)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="runs of each command")
    parser.add_argument("--only", default="", help="only commands that contain this text")
    return parser.parse_args()


def _measure(command: tuple[str, ...], bare: Mapping[str, int], bench: Bench, rounds: int) -> Iterator[str]:
    arguments = ("-m", "kpi_cli", *command)
    found = [_list_imports(bench, *arguments) for _ in range(rounds)]
    costs = [bench.run(_work(*arguments)) for _ in range(rounds)]
    paid = [{name: time for name, time in each.items() if name not in bare} for each in found]
    ours = sum(name.startswith("kpi_cli") for name in paid[0])
    yield f"`kpi {' '.join(Path(word).name for word in command if word != '--force')}`"
    yield from (str(len(paid[0])), str(ours))
    yield from (show_seconds(median(sum(each.values()) / 1e6 for each in paid)), _show_processor(costs))


def _list_imports(bench: Bench, *arguments: str) -> dict[str, int]:
    """The modules that Python imports, each with its own microseconds."""
    said = bench.run(_work("-X", "importtime", *arguments)).err
    return {match["name"]: int(match["microseconds"]) for match in _LINE.finditer(said)}


def _work(*arguments: str) -> Work:
    return Work(" ".join(arguments), (sys.executable, *arguments), done=(0, 1))


def _show_processor(costs: list[Cost]) -> str:
    return show_seconds(take_median(costs, "processor"))


if __name__ == "__main__":
    main()
