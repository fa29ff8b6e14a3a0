"""Makes every example again: `python examples/make_examples.py`, needs openpyxl and PyYAML only.

`--printed` also runs kpi on them and keeps what it prints; `--into DIR` writes somewhere else.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from making.book_file import save_book
from making.inbox import plan_inbox
from making.messy import plan_messy
from making.office import plan_office
from making.printed import print_all

HERE = Path(__file__).parent


def main() -> None:
    """Writes the workbooks, and what is printed for them if asked."""
    options = _read_options()
    make_workbooks(options.into)
    if options.printed:
        print_all(options.into / "printed")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE, help="the folder to write to")
    parser.add_argument("--printed", action="store_true", help="also write what kpi prints")
    return parser.parse_args()


def make_workbooks(folder: Path) -> None:
    """Writes the single workbook, the inbox of the four working groups and the messy workbook."""
    save_book(folder / "buriram_fy2564_round1.xlsx", plan_office(), kpi_set="fy2564-round1")
    for name, sheets in plan_inbox().items():
        save_book(folder / "inbox" / name, sheets)
    save_book(folder / "messy.xlsx", plan_messy())


if __name__ == "__main__":
    main()
