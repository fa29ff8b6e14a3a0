"""The order of rows, columns, sheets and files changes nothing, whether what they say agrees or not."""

from __future__ import annotations

import pathlib
import random
import tempfile
from collections import Counter
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.made_up import GIVEN, Row, law, list_verdicts, make_rows, score, write_csv_file

_NAMES = ["Alpha", "Beta", "Gamma"]
_FIGURES = {name: figures | st.sampled_from(["", "x", "-1"]) for name, figures in GIVEN.items()}
_ANY_ROWS = st.lists(st.fixed_dictionaries({"entity": st.sampled_from(_NAMES), **_FIGURES}), min_size=1, max_size=3)


@settings(law, max_examples=25)
@given(make_rows(), st.integers(0, 2**32))
def test_order_of_rows_columns_sheets_and_files_changes_nothing(rows: list[Row], seed: int) -> None:
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        straight = write_csv_file(folder / "straight.csv", rows)
        pieces = _tear(rows, rng)
        torn = [write_csv_file(folder / f"{number}.csv", part, part[0]) for number, part in enumerate(pieces[:2])]
        torn.append(_write_sheets(folder / "part.xlsx", pieces[2:]))
        rng.shuffle(torn)
        assert list_verdicts(score(folder, *torn)) == list_verdicts(score(folder, straight))


def _tear(rows: list[Row], rng: random.Random) -> list[list[Row]]:
    """Four tables that hold the rows between them: shuffled columns, shared out, and shuffled rows."""
    columns = rng.sample(list(rows[0])[1:], len(rows[0]) - 1)
    shares = [columns[0:2], columns[2:3], columns[3:6], columns[6:]]
    tables = (_keep(rng.sample(rows, len(rows)), rng.sample(["entity", *share], len(share) + 1)) for share in shares)
    return list(tables)


def _keep(rows: list[Row], columns: list[str]) -> list[Row]:
    return [{column: row[column] for column in columns} for row in rows]


@settings(law, max_examples=40)
@given(st.lists(_ANY_ROWS, min_size=2, max_size=3), st.integers(0, 2**32))
def test_the_order_of_what_disagrees_changes_nothing(tables: list[list[Row]], seed: int) -> None:
    """Entities that stand in several rows, sheets and files, with figures that differ or cannot be read."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        straight = _write_files(folder, "straight", tables)
        shuffled = [rng.sample(_keep(rows, rng.sample(list(rows[0]), len(rows[0]))), len(rows)) for rows in tables]
        moved = _write_files(folder, "moved", rng.sample(shuffled, len(shuffled)))
        first, second = score(folder, *straight), score(folder, *rng.sample(moved, len(moved)))
    assert list_verdicts(second) == list_verdicts(first)
    assert _count_findings(second) == _count_findings(first)


def _write_files(folder: pathlib.Path, name: str, tables: list[list[Row]]) -> list[str]:
    return [write_csv_file(folder / f"{name}.csv", tables[0]), _write_sheets(folder / f"{name}.xlsx", tables[1:])]


def _write_sheets(path: pathlib.Path, tables: list[list[Row]]) -> str:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(tables):
        sheet = book.create_sheet(f"Part {number}")
        for line in (list(rows[0]), *([row[column] or None for column in rows[0]] for row in rows)):
            sheet.append(line)
    book.save(path)
    return str(path)


def _count_findings(document: dict[str, Any]) -> Counter[tuple[str, str]]:
    return Counter((found["code"], found["indicator"]) for found in document["diagnostics"])
