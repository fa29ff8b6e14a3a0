"""A Parquet file to one sheet of typed cells, through DuckDB (`kpi-cli[duckdb]`); a column keeps its exact type."""

from __future__ import annotations

import datetime
import glob
import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpi_cli.results.cells import (
    BLANK,
    Book,
    Kind,
    RawCell,
    Row,
    Sheet,
    UnreadableError,
    shorten_text,
)
from kpi_cli.results.parquet_bounds import NO_FOLDERS, check_bounds
from kpi_cli.rules.values import drop_end_zeros, drop_zero_sign

if TYPE_CHECKING:
    import duckdb

_BATCH = 1_000
ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""How DuckDB is opened: whatever a file asks for, nothing is fetched and nothing is loaded."""


def read_parquet(data: bytes, *, file: str) -> Book:
    """The rows of a Parquet file as one sheet; raises `UnreadableError` where it cannot be had."""
    try:
        import duckdb  # noqa: PLC0415  # an extra, and paid for by Parquet alone
    except ImportError:
        raise UnreadableError("parquet-needs-duckdb") from None
    # DuckDB reads files, not bytes; a copy, so that what is read is what was hashed.
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=ALONE) as connection:
        path = Path(folder, "results.parquet")
        path.write_bytes(data)
        name = name_file(path)
        try:
            with name_errors():
                return Book((_read_sheet(connection, name, path, file),))
        except duckdb.Error:
            raise UnreadableError("not-parquet") from None


def _read_sheet(connection: duckdb.DuckDBPyConnection, name: str, path: Path, file: str) -> Sheet:
    check_bounds(connection, name, path, held=True)
    rows = connection.execute(f"FROM read_parquet(?, {NO_FOLDERS})", [name])
    names = tuple(column for column, *_ in rows.description or ())
    return make_sheet(file, names, enumerate(_fetch(rows), start=1))


def _fetch(rows: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := rows.fetchmany(_BATCH):
        yield from batch


def make_sheet(file: str, names: tuple[str, ...], rows: Iterable[tuple[int, Sequence[object]]]) -> Sheet:
    """The sheet of some rows of a Parquet file, each with its number there."""
    header = Row(0, tuple(RawCell(Kind.TEXT, name) for name in names))
    return Sheet(file, (header, *_read_rows(iter(rows), [{} for _ in names])), keys=names)


def _read_rows(rows: Iterator[tuple[int, Sequence[object]]], known: Sequence[dict[object, RawCell]]) -> Iterator[Row]:
    """`known` are the cells of each column that were made before: what is repeated is one cell."""
    while batch := list(islice(rows, _BATCH)):
        numbers, values = zip(*batch, strict=True)
        columns = map(_read_column, zip(*values, strict=True), known)
        yield from map(Row, numbers, zip(*columns, strict=True))


def _read_column(values: Sequence[object], known: dict[object, RawCell]) -> Iterable[RawCell]:
    try:
        known.update((value, _read_value(value)) for value in {*values} - known.keys())
    except TypeError:  # lists and the like, which have no hash
        return map(_read_value, values)
    return map(known.__getitem__, values)


def _read_value(value: object) -> RawCell:
    match value:
        case None:
            return BLANK
        case bool():
            return RawCell(Kind.TRUTH, "true" if value else "false", truth=value, typed=True)
        case int() | Decimal():
            return _read_number(Decimal(value), str(value))
        case float():
            # The shortest decimal that is this float: what was meant by whoever wrote 89.995.
            value += 0.0  # so that there is one zero
            return _read_number(Decimal(repr(value)) if math.isfinite(value) else None, str(value))
        case str():
            return RawCell(Kind.TEXT, value, typed=True) if value.strip() else BLANK
        case datetime.date():
            return RawCell(Kind.DATE, value.isoformat())
    return RawCell(Kind.STRUCTURE, shorten_text(str(value)), typed=True)


def _read_number(number: Decimal | None, text: str) -> RawCell:
    return RawCell(Kind.NUMBER, text, None if number is None else drop_end_zeros(drop_zero_sign(number)), typed=True)


@contextmanager
def name_errors() -> Iterator[None]:
    """Whatever DuckDB raises of a broken file becomes its `Error`, but for what it makes of being told to stop."""
    import duckdb  # noqa: PLC0415

    try:
        yield
    except (RuntimeError, UnicodeDecodeError) as error:
        if "interrupted" in str(error):
            raise
        raise duckdb.DataError(str(error)) from error


def name_file(path: Path) -> str:
    """The name by which DuckDB reads this file and no other: `*`, `?` and `[` are patterns to it, `~` is home."""
    return glob.escape(str(path.absolute()))
