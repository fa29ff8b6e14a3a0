"""A csv file has the same rows and cells for DuckDB as for the reader of csv files, or DuckDB does not read it."""

from __future__ import annotations

import pathlib
import random
import re

import duckdb
import pytest

from kpi_cli.results.bulk.csv_source import open_csv
from kpi_cli.results.bulk.limits import EngineLimitError
from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.csv_file import read_csv
from kpi_cli.results.set_index import SetIndex, index_set
from tests.unit.results.small_set import SMALL

PIECES = ("a", "5", ",", ",", '"', '""', " ", "\n", "\n", "\t", "'", "-", "ก", "\r\n", "#", "\\", "\u2028")


@pytest.fixture(scope="module")
def index() -> SetIndex:
    return index_set(SMALL, "refuse")


def read_by_duckdb(
    connection: duckdb.DuckDBPyConnection, path: pathlib.Path, index: SetIndex
) -> list[list[str]] | None:
    """The cells of the rows below the header; None where DuckDB does not read the file."""
    try:
        source = open_csv(connection, path, index)
        rows = connection.execute(source.scan).fetchall()
        source.check_count(len(rows))
    except (EngineLimitError, UnreadableError, duckdb.Error):
        return None
    return [[cell or "" for cell in row] for row in rows]


def read_by_python(path: pathlib.Path) -> list[list[str]]:
    (sheet,) = read_csv(path.read_bytes(), file=path.name).sheets
    return [[cell.text for cell in row.cells] for row in sheet.rows[1:]]


def strip(rows: list[list[str]]) -> list[list[str]]:
    """Without the blank cells at the ends of rows, and without blank rows."""
    bare = [[cell if cell.strip() else "" for cell in row] for row in rows]
    cut = [row[: max((number for number, cell in enumerate(row, 1) if cell), default=0)] for row in bare]
    return [row for row in cut if row]


def unescape(rows: list[list[str]]) -> list[list[str]]:
    """As the reader of csv files takes the mark off what an export of ours escaped."""
    return [[cell[1:] if re.match(r"''*[=+\-@\t\r]", cell) else cell for cell in row] for row in rows]


def test_any_text_has_the_same_cells(tmp_path: pathlib.Path, index: SetIndex) -> None:
    draw, read, connection = random.Random(2564), 0, duckdb.connect()
    for _ in range(150):
        text = "".join(draw.choices(PIECES, k=draw.randint(3, 30)))
        path = tmp_path / "in.csv"
        path.write_text(f"entity,homes,clips,held\nA,1,2,true\n{text}\nZ,1,2,true\n", encoding="utf-8", newline="")
        found = read_by_duckdb(connection, path, index)
        if found is not None:
            read += 1
            assert strip(unescape(found)) == strip(read_by_python(path)), text
    assert read > 10
