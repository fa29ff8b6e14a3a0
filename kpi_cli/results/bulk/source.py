"""A file as DuckDB is to read it: a table in SQL whose columns are called c0, c1, ..., and the header over them."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.results.bulk.limits import EngineLimitError
from kpi_cli.results.cells import Row, UnreadableError
from kpi_cli.results.header import find_tables
from kpi_cli.results.headers import Role
from kpi_cli.results.parquet_bounds import NO_FOLDERS, check_bounds
from kpi_cli.results.parquet_file import make_sheet, name_file
from kpi_cli.results.set_index import SetIndex
from kpi_cli.results.tables import Table

if TYPE_CHECKING:
    import duckdb

_SAMPLE = 100
_ROW_NUMBER = "file_row_number"
NAMING = (Role.ENTITY, Role.CODE, Role.LONG_ENTITY)
"""What the column of names of another table would be headed by."""
HEADING = (*NAMING, Role.MEASURE)
"""What a text in the place of a name or of a figure may head: another table, which DuckDB does not read."""


class Source(NamedTuple):
    """`scan` is a SELECT of `"row"`, the number of a row, and of every column; `kinds` are DuckDB's types of them.

    `table` has the header and the first rows. `read_rows` gives rows by their numbers, and `make_rows` one of some
    texts, as the reader of such files makes them. `typed`: texts were written by a program, not by a person.

    Where there is a `first_row`, the rows are numbered from there in the order of the file, and `scan` has no number of
    them; then `check_count` raises `EngineLimitError` where there are not as many as there should be. `surplus` is the
    condition of a row with more cells than the header accounts for, `blank` that of one with nothing in it, and
    `headed` that of one that would head a table of its own, as far as columns that are not read tell.
    """

    file: str
    scan: str
    kinds: tuple[str, ...]
    table: Table
    read_rows: Callable[[Sequence[int]], tuple[Row, ...]]
    make_rows: Callable[[Sequence[Sequence[str]]], tuple[Row, ...]]
    typed: bool
    first_row: int | None = None
    surplus: str = "false"
    blank: str = "false"
    headed: str = "false"
    check_count: Callable[[int], None] = lambda _rows: None

    def columns(self, *roles: Role) -> tuple[int, ...]:
        """The columns that hold one of `roles`, in the order of the roles."""
        return tuple(column for role in roles for column in self.table.header.columns(role))


def open_parquet(connection: duckdb.DuckDBPyConnection, path: pathlib.Path, index: SetIndex) -> Source:
    """A Parquet file; raises `EngineLimitError` where its columns head no single table."""
    name = name_file(path)
    _check_bounds(connection, name, path)
    _refuse_number(connection, path, name)
    scan = f"read_parquet('{escape(name)}', file_row_number = true, {NO_FOLDERS})"
    sample = connection.execute(f"SELECT * EXCLUDE (file_row_number) FROM {scan} LIMIT {_SAMPLE}")
    described = sample.description or ()
    names = tuple(name for name, *_ in described)
    sheet = make_sheet(path.name, names, enumerate(sample.fetchall(), start=1))
    table = choose_table(find_tables(sheet, index.headers), path.name)

    def read_rows(numbers: Sequence[int]) -> tuple[Row, ...]:
        wanted = ", ".join(str(number - 1) for number in numbers)
        rows = connection.execute(
            f"SELECT file_row_number + 1, * EXCLUDE (file_row_number) FROM {scan}"
            f" WHERE file_row_number IN ({wanted}) ORDER BY file_row_number"
        ).fetchall()
        return make_sheet(path.name, names, ((number, row) for number, *row in rows)).rows[1:]

    def make_rows(texts: Sequence[Sequence[str]]) -> tuple[Row, ...]:
        width = max(map(len, texts), default=0)
        return make_sheet(path.name, ("",) * width, enumerate(texts, start=1)).rows[1:]

    columns = [f"{quote(name)} AS c{column}" for column, name in enumerate(names)]
    select = f'SELECT file_row_number + 1 AS "row", {", ".join(columns)} FROM {scan}'
    kinds = tuple(str(kind) for _, kind, *_ in described)
    return Source(path.name, select, kinds, table, read_rows, make_rows, typed=True)


def _check_bounds(connection: duckdb.DuckDBPyConnection, name: str, path: pathlib.Path) -> None:
    """Raises `UnreadableError` for what is no Parquet file, or holds more than is read."""
    import duckdb  # noqa: PLC0415  # an extra

    try:
        check_bounds(connection, name, path, held=False)
    except duckdb.OperationalError:  # no room, or no leave to read it
        raise
    except duckdb.Error:
        raise UnreadableError("not-parquet") from None


def _refuse_number(connection: duckdb.DuckDBPyConnection, path: pathlib.Path, name: str) -> None:
    """A column that is called as DuckDB calls the numbers of rows would take their place."""
    relation = connection.sql(f"FROM read_parquet(?, {NO_FOLDERS})", params=[name])
    for column, kind in zip(relation.columns, relation.types, strict=True):
        if column.lower() == _ROW_NUMBER:
            raise EngineLimitError(path.name, "column", column=column, type=str(kind))


def choose_table(tables: Sequence[Table], file: str) -> Table:
    """The only table of a file, one row an entity, with rows below its header."""
    if len(tables) != 1:
        raise EngineLimitError(file, "tables", count=len(tables))
    (table,) = tables
    if table.header.columns(Role.VALUE):
        raise EngineLimitError(file, "long")
    measures = [name for name, _ in table.header.measures]
    twice = next((name for name in measures if measures.count(name) > 1), None)
    if twice is not None:
        raise EngineLimitError(file, "twice", column=twice)
    if not table.rows:
        raise EngineLimitError(file, "no-rows")
    return table


def escape(text: str) -> str:
    """`text` between single quotes of SQL."""
    return text.replace("'", "''")


def quote(name: str) -> str:
    """A name of SQL, in quotes."""
    return '"' + name.replace('"', '""') + '"'


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Puts `rows`, one at least, into `table`: by columns, since DuckDB takes one row as slowly as a thousand."""
    columns = [list(values) for values in zip(*rows, strict=True)]
    connection.execute(f"INSERT INTO {table} SELECT {', '.join('unnest(?)' for _ in columns)}", columns)
