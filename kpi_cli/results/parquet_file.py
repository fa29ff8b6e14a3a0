"""A Parquet file to one sheet of typed cells, through DuckDB (`kpi-cli[duckdb]`); a column keeps its exact type."""

from __future__ import annotations

import datetime
import glob
import math
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpi_cli.results.cells import (
    BLANK,
    MAX_COLUMNS,
    Book,
    Kind,
    RawCell,
    Row,
    Sheet,
    UnreadableError,
    shorten_text,
)
from kpi_cli.rules.values import drop_zero_sign

MAX_CELLS = 50_000_000
"""As many cells as can be held at once; beyond it `kpi sql` scores where the data is."""
ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""How DuckDB is opened: whatever a file asks for, nothing is fetched and nothing is loaded."""


def read_parquet(data: bytes, *, file: str) -> Book:
    """The rows of a Parquet file as one sheet; raises `UnreadableError` where it cannot be had."""
    names, rows = _query(data)
    return Book((make_sheet(file, names, enumerate(rows, start=1)),))


def make_sheet(file: str, names: tuple[str, ...], rows: Iterable[tuple[int, Sequence[object]]]) -> Sheet:
    """The sheet of some rows of a Parquet file, each with its number there."""
    header = Row(0, tuple(RawCell(Kind.TEXT, name) for name in names))
    body = (Row(number, tuple(map(_read_value, row))) for number, row in rows)
    return Sheet(file, (header, *body), keys=names)


def name_file(path: Path) -> str:
    """The name by which DuckDB reads this file and no other: `*`, `?` and `[` are patterns to it, `~` is home."""
    return glob.escape(str(path.absolute()))


def _query(data: bytes) -> tuple[tuple[str, ...], Sequence[tuple[Any, ...]]]:
    try:
        import duckdb  # noqa: PLC0415  # an extra, and paid for by Parquet alone
    except ImportError:
        raise UnreadableError("parquet-needs-duckdb") from None
    # DuckDB reads files, not bytes; a copy, so that what is read is what was hashed.
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=ALONE) as connection:
        path = Path(folder, "results.parquet")
        path.write_bytes(data)
        try:
            relation = connection.read_parquet(name_file(path))
            names = tuple(relation.columns)
            count = relation.shape[0]
            if len(names) > MAX_COLUMNS or count * len(names) > MAX_CELLS:
                raise UnreadableError("too-many-cells", limit=f"{MAX_CELLS:,}")
            return names, relation.fetchall()
        except duckdb.Error:
            raise UnreadableError("not-parquet") from None


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
            return _read_number(Decimal(repr(value)) if math.isfinite(value) else None, str(value))
        case str():
            return RawCell(Kind.TEXT, value, typed=True) if value.strip() else BLANK
        case datetime.date():
            return RawCell(Kind.DATE, value.isoformat())
    return RawCell(Kind.STRUCTURE, shorten_text(str(value)), typed=True)


def _read_number(number: Decimal | None, text: str) -> RawCell:
    return RawCell(Kind.NUMBER, text, None if number is None else drop_zero_sign(number), typed=True)
