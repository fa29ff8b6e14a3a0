"""How much a Parquet file may hold: what repeats takes next to no room in it, and all of its room here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kpi_cli.results.cells import MAX_COLUMNS, UnreadableError
from kpi_cli.results.room import SMALL

if TYPE_CHECKING:
    import duckdb

MAX_SMALL_ROWS = 100_000
MAX_SMALL_HELD_ROWS = 60_000
MAX_SMALL_CELLS = 300_000
MAX_CELLS = 10_000_000
"""As many as Python can hold at once; DuckDB holds none."""
MAX_TEXT = 131_072
"""Characters of one text, as in csv."""
MAX_CHARACTERS = 10
"""Of all texts, to a byte of the file, or of a small one."""
NO_FOLDERS = "hive_partitioning = false"
"""A file is what it holds: of a folder that is called `year=2020` DuckDB would make a column."""
MAX_RATIO, RATIO_FROM = 200, 10_000_000
"""Unpacked : packed, where it is more than so many bytes, as in a workbook."""


def check_bounds(connection: duckdb.DuckDBPyConnection, name: str, path: Path, *, held: bool) -> None:
    """Raises `UnreadableError` where a file holds more than is read; DuckDB knows it by `name`.

    `held`: Python keeps all cells at once.
    """
    size = path.stat().st_size
    relation = connection.sql(f"FROM read_parquet(?, {NO_FOLDERS})", params=[name])
    if len(relation.columns) > MAX_COLUMNS:
        raise UnreadableError("too-many-cells", limit=f"{MAX_COLUMNS:,}")
    _check_packing(connection, name, size, held=held)
    texts = [position for position, kind in enumerate(relation.types, start=1) if kind == "VARCHAR"]
    if texts:
        _check_texts(connection, name, texts, most=_most_characters(size, held=held))


def _check_packing(connection: duckdb.DuckDBPyConnection, name: str, size: int, *, held: bool) -> None:
    """What the file says of itself, before any of it is unpacked."""
    unpacked, cells = _ask(
        connection, "SELECT SUM(total_uncompressed_size), SUM(num_values) FROM parquet_metadata(?)", name
    )
    if unpacked > max(RATIO_FROM, MAX_RATIO * size):
        raise UnreadableError("zip-bomb", size=f"{unpacked // 1_000_000:,} MB")
    (rows,) = _ask(connection, "SELECT SUM(num_rows) FROM parquet_file_metadata(?)", name)
    if size < SMALL and rows > MAX_SMALL_ROWS:
        raise UnreadableError("packed-rows", count=f"{rows:,}")
    most = MAX_SMALL_CELLS if size < SMALL else MAX_CELLS
    if held and size < SMALL and rows > MAX_SMALL_HELD_ROWS:
        raise UnreadableError("too-many-rows", limit=f"{MAX_SMALL_HELD_ROWS:,}")
    if held and cells > most:
        raise UnreadableError("too-many-cells", limit=f"{most:,}")


def _most_characters(size: int, *, held: bool) -> int | None:
    return MAX_CHARACTERS * max(size, SMALL) if held or size < SMALL else None


def _check_texts(connection: duckdb.DuckDBPyConnection, name: str, texts: list[int], *, most: int | None) -> None:
    """Reads the columns of those numbers once: what a text unpacks to is seen in no other way."""
    lengths = [f"COALESCE(length(#{position}), 0)" for position in texts]
    asked = f"SELECT MAX(greatest({', '.join(lengths)})), SUM({' + '.join(lengths)}) FROM read_parquet(?, {NO_FOLDERS})"
    longest, total = _ask(connection, asked, name)
    if longest > MAX_TEXT:
        raise UnreadableError("long-text", limit=f"{MAX_TEXT:,}")
    if most is not None and total > most:
        raise UnreadableError("zip-bomb", size=f"{total // 1_000_000:,} MB")


def _ask(connection: duckdb.DuckDBPyConnection, query: str, name: str) -> list[int]:
    return [int(figure or 0) for figure in connection.execute(query, [name]).fetchone() or ()]
