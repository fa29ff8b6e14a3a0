"""Parquet files that are sound and unlike any that an office would send: odd types, names, sizes and encodings."""

from __future__ import annotations

import os
import pathlib
import random
import tempfile
import traceback
from typing import NamedTuple

import duckdb

from tests.fuzz.seeds import FIGURES, NAMES, find_types, list_measures

_TYPED = {
    "percent": (
        "85::INT",
        "90.25::DECIMAL(9, 2)",
        "80.5::DOUBLE",
        "'75'",
        "(i * 37 % 101)::DECIMAL(5, 2)",
        "i::DOUBLE",
    ),
    "number": ("10::BIGINT", "2.50::DECIMAL(18, 2)", "1e6::DOUBLE", "'1,250'", "i::FLOAT", "NULL::DOUBLE"),
    "count": ("3::BIGINT", "1::TINYINT", "2::UINTEGER", "3.0::DOUBLE", "'3'", "(i % 5)::INT", "NULL"),
    "flag": ("true", "i % 2 = 0", "'yes'", "CASE WHEN i % 3 = 0 THEN 'มี' ELSE 'ไม่มี' END", "NULL::BOOLEAN"),
    "choice": ("'low'", "['low', 'high'][i % 2 + 1]"),
}
"""Values of the type of a measure: files of these alone are scored, where those of others are refused."""
_PLAIN = ("85::INT", "3::BIGINT", "true", "90.25::DECIMAL(9, 2)", "80.5::DOUBLE", "'85'", "NULL", "1::TINYINT", "'yes'")
_NUMBERS = (
    *(
        "-0.0::DOUBLE",
        "'NaN'::DOUBLE",
        "'inf'::FLOAT",
        "1e300::DOUBLE",
        "0.1::FLOAT",
        "89.995::DOUBLE",
        "5e-324::DOUBLE",
    ),
    *("85::UTINYINT", "85::USMALLINT", "85::UINTEGER", "85::UBIGINT", "85::HUGEINT", "-1::INT", "0.5::DECIMAL(3, 2)"),
    *("9223372036854775807::BIGINT", "18446744073709551615::UBIGINT", "1::DECIMAL(38, 0)", "0.123::DECIMAL(38, 37)"),
    *("99999999999999999999999999999999999999::DECIMAL(38, 0)", "85::DECIMAL(4, 2)", "1e16::DOUBLE", "i::INT"),
)
_OTHERS = (
    *("DATE '2021-02-25'", "DATE 'infinity'", "TIME '12:00:00'", "TIMESTAMP '2021-02-25 12:00:00'"),
    *(
        "TIMESTAMPTZ '2021-02-25 12:00:00+07'",
        "TIMESTAMP_NS '2021-02-25 12:00:00'",
        "TIMESTAMP_S '1970-01-01 00:00:00'",
    ),
    *(
        "TIMESTAMP 'infinity'",
        "DATE '0044-03-15 (BC)'",
        "TIMETZ '12:00:00+07'",
        "INTERVAL 3 DAY",
        "'00000000-0000-0000-0000-000000000085'::UUID",
    ),
    *(
        "[85]",
        "[]::INT[]",
        "[NULL]::INT[]",
        "[[85]]",
        "{'a': 85}",
        "{'a': {'b': [85]}}",
        "MAP {'a': 85}",
        "MAP {85: []}",
    ),
    *(r"'\x00\xFF'::BLOB", "'101'::BIT", "'yes'::ENUM ('yes', 'no')", "'85'::ENUM ('85', '')", "array_value(1, 2)"),
    *("repeat('x', 200000)", "repeat('ก', 900000)", "repeat('9', 1000)", "repeat('อ.', 50000)", "chr(0) || '85'"),
)
_ODD_NAMES = (
    *("row", "plain", "unfit", "unnamed", "name0", "c0", "rowid", "position", "file_row_number", "filename", "entity"),
    *("code", "key", "texts", "people", "A", "a", "é", "อำเภอ", "ชื่ออำเภอ", "measure", "value", "'", '"', "x" * 300),
    *("\x1b[2J", "a\nb", "*", "?", "${x}", "T1:level", "team:rank", "one", "na", "done:na", "done:odd", "text", "ค่า"),
)
_OPTIONS = (
    *("COMPRESSION zstd", "COMPRESSION uncompressed", "COMPRESSION gzip", "COMPRESSION lz4_raw", "COMPRESSION brotli"),
    *("PARQUET_VERSION v2", "PARQUET_VERSION v2, COMPRESSION zstd", "ROW_GROUP_SIZE 2048", "DICTIONARY_SIZE_LIMIT 1"),
)
_ROWS = (0, 1, 1, 2, 3, 5, 5, 23, 23, 200, 3000, 50_000, 200_000)
_MOST_LONG = 20
"""Rows of long texts: all of them are held while the file is made."""


class _Column(NamedTuple):
    """A column: what it is called, and the expression of its value in row `i`."""

    name: str
    value: str


def make_odd_parquet(definition: str, rng: random.Random) -> bytes:
    """A file with columns for measures of the set of that text, and others that nobody asked for."""
    sound = rng.random() < 0.4
    columns = [_make_entity(rng, sound=sound), *_make_figures(definition, rng, sound=sound)]
    if not sound:
        columns += [_Column(rng.choice(_ODD_NAMES), _pick_value(rng)) for _ in range(rng.choice((0, 0, 1, 3)))]
        columns = rng.sample(columns, len(columns))
    data = _write(_tell_apart(columns), rows=rng.choice(_ROWS[1:8] if sound else _ROWS), option=rng.choice(_OPTIONS))
    return _name_alike(data, rng) if not sound and rng.random() < 0.2 else data


def _make_entity(rng: random.Random, *, sound: bool) -> _Column:
    if sound:
        return _Column(
            "entity", rng.choice(("'Name ' || i", "'n' || i", "'อำเภอ' || i", "i::INT", "(3101 + i)::BIGINT"))
        )
    name = rng.choice(("entity", "entity", "entity", "code", "อำเภอ", *_ODD_NAMES))
    listed = ", ".join(_quote(name) for name in rng.choices(NAMES, k=4))
    names = (
        f"[{listed}][i % 4 + 1]",
        f"{_quote(rng.choice(NAMES))} || i",
        f"{_quote(rng.choice(NAMES))}",
        "i::VARCHAR",
    )
    return _Column(name, rng.choice((*names, *names, _pick_value(rng), "CASE WHEN i % 2 = 0 THEN 'Name ' || i END")))


def _make_figures(definition: str, rng: random.Random, *, sound: bool) -> list[_Column]:
    measures, types = list_measures(definition), find_types(definition)
    chosen = rng.sample(measures, rng.randint(1, min(5, len(measures)) if sound else len(measures)))
    fitting = {name: _TYPED.get(types.get(name, ""), _PLAIN) for name in chosen}
    return [_Column(name, rng.choice(fitting[name]) if sound else _pick_value(rng)) for name in chosen]


def _pick_value(rng: random.Random) -> str:
    """An expression; now and then a NULL between its values, or another text in each row."""
    texts = ", ".join(_quote(text) for text in rng.choices(FIGURES, k=3))
    value = rng.choice(
        (rng.choice(_PLAIN), rng.choice(_NUMBERS), rng.choice(_OTHERS), f"[{texts}][i % 3 + 1]", "'text ' || i")
    )
    return f"CASE WHEN i % 3 = 1 THEN {value} END" if rng.random() < 0.2 else value


def _quote(text: str) -> str:
    """A literal of SQL; what it cannot hold is left out."""
    return "'" + text.replace("'", "''").replace("\x00", "") + "'"


def _tell_apart(columns: list[_Column]) -> list[_Column]:
    """The columns that DuckDB can write side by side: to it, names that differ in capitals only are one."""
    return list({column.name.lower(): column for column in columns}.values())


def _name_alike(data: bytes, rng: random.Random) -> bytes:
    """The file with one of its names given to another column too, where the lengths allow it."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = pathlib.Path(folder, "x.parquet")
        path.write_bytes(data)
        names = [name.encode() for name in connection.read_parquet(str(path)).columns]
    pairs = [(one, other) for one in names for other in names if one != other and len(one) == len(other) > 1]
    one, other = rng.choice(pairs) if pairs else (b"", b"")
    return data.replace(one, other) if one else data


def _write(columns: list[_Column], *, rows: int, option: str) -> bytes:
    """Made in a process of its own: what DuckDB keeps here would be counted in every trial that is forked from this."""
    if any("repeat" in value for _, value in columns):
        rows = min(rows, _MOST_LONG)
    shown = ", ".join(f"""{value} AS "{name.replace('"', '""')}" """ for name, value in columns)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "x.parquet")
        child = os.fork()
        if child == 0:
            _copy(f"COPY (SELECT {shown} FROM range({rows}) AS r(i)) TO '{path}' (FORMAT parquet, {option})")
        os.waitpid(child, 0)
        return path.read_bytes()


def _copy(statement: str) -> None:
    """Never returns."""
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute(statement)
    except BaseException:  # no file is left, and that is seen
        traceback.print_exc()
    finally:
        os._exit(0)
