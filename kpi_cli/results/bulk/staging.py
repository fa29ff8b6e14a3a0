"""The file as the table that a query reads: a row an entity, figures that DuckDB may trust, and what is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.results.bulk.figures import TEXTS, Column, plan_columns, read_texts, type_of
from kpi_cli.results.bulk.limits import EngineLimitError
from kpi_cli.results.bulk.names import (
    PEOPLE,
    find_repeated,
    is_plain_name,
    list_identity,
    read_names,
    write_key,
    write_people,
)
from kpi_cli.results.bulk.source import Source, escape
from kpi_cli.results.set_index import SetIndex

if TYPE_CHECKING:
    import duckdb

_STAGED = "staged"
_NAMES = "names"
_LOOKS = 100


class Staged(NamedTuple):
    """The view `table`: `entity`, `code`, `":row"`, a column a measure, and `"m:na"` where it may be not applicable.

    `doubt` is the condition of rows that the reader of tables must account for. Everyone on the roster who has no row
    is there too, with a `":row"` of NULL and no figure. `said`: some text says "not applicable". `rows` are those of
    the file, and `odd` its columns with texts that are not plain. Beside the percents that a person
    may have `rounded` stands `"m:digits"`.
    """

    table: str
    doubt: str
    said: bool
    rows: int
    odd: int
    rounded: frozenset[str]


def stage(connection: duckdb.DuckDBPyConnection, source: Source, index: SetIndex) -> Staged:
    """Sets up the view of `source`; what is dear to read again becomes a table first.

    Raises `EngineLimitError` for what only the Python engine can read.
    """
    columns, identity = plan_columns(source, index), list_identity(source)
    _keep_rows(connection, source, _write_staged(source, columns, identity, index))
    unusual = read_names(connection, _STAGED, source, index)
    _refuse_repeated(connection, source, len(identity), index)
    texts = read_texts(connection, _STAGED, columns, source, index)
    (said,) = connection.execute(f"SELECT COALESCE(bool_or(na), false) FROM {TEXTS}").fetchone() or (False,)
    people = write_people(len(identity)) if unusual else ""
    connection.execute(f"CREATE TEMP VIEW results AS {_write_results(columns, texts, people, index, said=said)}")
    (rows,) = connection.execute(f"SELECT COUNT(*) FROM {_STAGED}").fetchone() or (0,)
    rounded = frozenset(column.measure for column in columns if column.digits)
    return Staged("results", _write_doubt(columns, texts), said, rows, len(texts), rounded)


def _keep_rows(connection: duckdb.DuckDBPyConnection, source: Source, rows: str) -> None:
    if source.first_row is None:
        connection.execute(f"CREATE TEMP VIEW {_STAGED} AS {rows}")
        return
    import duckdb  # noqa: PLC0415  # an extra

    try:
        connection.execute(f"CREATE TABLE kept AS {rows}")
    except duckdb.Error as error:
        if "CSV" not in str(error):
            raise
        raise EngineLimitError(source.file, "csv", said=_say_line(error)) from None
    (count,) = connection.execute("SELECT COUNT(*) FROM kept").fetchone() or (0,)
    source.check_count(count)
    connection.execute(f'CREATE TEMP VIEW {_STAGED} AS SELECT rowid + {source.first_row} AS "row", * FROM kept')
    _check_order(connection, source, count, source.first_row)
    if connection.execute("SELECT 1 FROM kept WHERE headed LIMIT 1").fetchone():
        raise EngineLimitError(source.file, "tables", count=2)


def _check_order(connection: duckdb.DuckDBPyConnection, source: Source, count: int, start: int) -> None:
    """Raises `EngineLimitError` where rows do not lie as in the file: their numbers would be those of others then.

    One thread reads, which keeps the order; two of them have put blocks of rows in another. It is looked at in some
    places of the file, which blocks cannot miss. `start` is the number of the first of `count` rows.
    """
    if not count:
        return
    (first, *_) = list_identity(source)
    places = {count * part // _LOOKS for part in range(_LOOKS)} | {count - 1}
    numbers = ", ".join(str(start + place) for place in places)
    asked = f'SELECT "row", COALESCE(name0, \'\') FROM {_STAGED} WHERE "row" IN ({numbers}) ORDER BY "row"'
    found = dict(connection.execute(asked).fetchall())
    kept, rows = source.make_rows([[name] for name in found.values()]), source.read_rows(list(found))
    if [row.cell(0).text for row in kept] != [row.cell(first).text for row in rows]:
        raise EngineLimitError(source.file, "order")


def _say_line(error: Exception) -> str:
    """What DuckDB says first: the line, but not what kind of error it calls this."""
    return str(error).splitlines()[0].removeprefix("Invalid Input Error: ")


def _write_staged(source: Source, columns: Sequence[Column], identity: Sequence[int], index: SetIndex) -> str:
    names = [f"CAST(c{column} AS VARCHAR) AS name{position}" for position, column in enumerate(identity)]
    values = [f'{column.value} AS "{column.value_name}"' for column in columns]
    odd = [f'{column.odd} AS "{column.odd_name}"' for column in columns if column.odd]
    digits = [f'{column.digits} AS "{column.digits_name}"' for column in columns if column.digits]
    unfit = " OR ".join([source.surplus, *(column.unfit for column in columns if column.unfit)])
    number = ['"row"'] if source.first_row is None else []
    conditions = [f"({unfit}) AS unfit", f"({source.blank}) AS blank", f"({source.headed}) AS headed"]
    rows = f"SELECT {', '.join([*number, *names, *values, *odd, *digits, *conditions])} FROM ({source.scan})"
    return f"SELECT *, {is_plain_name(source, index)} AS plain FROM ({rows})"


def _refuse_repeated(connection: duckdb.DuckDBPyConnection, source: Source, names: int, index: SetIndex) -> None:
    named = f"SELECT COALESCE(p.name, s.name0) AS name, {write_key()} AS key FROM {_STAGED} AS s {write_people(names)}"
    connection.execute(f"CREATE TEMP VIEW {_NAMES} AS SELECT * FROM ({named}) WHERE key IS NOT NULL")
    entity = index.definition.entity
    has_roster = index.entities.has_roster
    repeated = find_repeated(connection, _NAMES, entity.prefixes, has_roster=has_roster)
    if repeated is not None:
        raise EngineLimitError(source.file, "repeated", entity=repeated)


def _write_results(
    columns: Sequence[Column], texts: Sequence[Column], people: str, index: SetIndex, *, said: bool
) -> str:
    whom = "p.name, CASE WHEN s.plain THEN s.name0 END" if people else "CASE WHEN s.plain THEN s.name0 END"
    shown = [
        's."row" AS ":row"',
        f"COALESCE({whom}) AS entity",
        f"{'p.code' if people else 'NULL::VARCHAR'} AS code",
        ("p.position" if people and index.entities.has_roster else 's."row"') + ' AS ":position"',
        ("NOT s.plain AND p.key IS NULL" if people else "NOT s.plain") + ' AS ":unnamed"',
        's.unfit AS ":unfit"',
        's.blank AS ":blank"',
        *(_write_value(column, mapped=column in texts) for column in columns),
        *(f'"t:{column.measure}".refused AS "{column.measure}:refused"' for column in texts),
        *(_write_digits(column, mapped=column in texts) for column in columns if column.digits),
        *_write_absent(columns, index),
        *(_write_inapplicable(texts, index) if said else ()),
    ]
    joins = [
        f"""LEFT JOIN {TEXTS} AS "t:{column.measure}" ON "t:{column.measure}".measure = '{column.measure}'"""
        f""" AND "t:{column.measure}".text = s."{column.odd_name}" """
        for column in texts
    ]
    rows = f"SELECT {', '.join(shown)} FROM {_STAGED} AS s {people} {' '.join(joins)}"
    return f"{rows}{_write_silent(index)}"


def _write_value(column: Column, *, mapped: bool) -> str:
    own = f's."{column.value_name}"'
    if not mapped:
        return f'{own} AS "{column.measure}"'
    kind = {"BOOLEAN": "flag", "VARCHAR": "choice"}.get(column.type, "number")
    return f'COALESCE({own}, CAST("t:{column.measure}".{kind} AS {column.type})) AS "{column.measure}"'


def _write_digits(column: Column, *, mapped: bool) -> str:
    own = f's."{column.digits_name}"'
    return f'COALESCE({own}, "t:{column.measure}".digits) AS "{column.digits_name}"' if mapped else own


def _write_absent(columns: Sequence[Column], index: SetIndex) -> list[str]:
    there = {column.measure for column in columns}
    measures = index.definition.measures.items()
    return [f'CAST(NULL AS {type_of(measure)}) AS "{name}"' for name, measure in measures if name not in there]


def _write_inapplicable(texts: Sequence[Column], index: SetIndex) -> list[str]:
    read = {column.measure for column in texts}
    return [
        f'{f"""COALESCE("t:{name}".na, false)""" if name in read else "false"} AS "{name}:na"'
        for name, measure in index.definition.measures.items()
        if measure.not_applicable == "allowed"
    ]


def _write_silent(index: SetIndex) -> str:
    """Everyone on the roster who has no row."""
    listed = ", ".join(
        f"('{escape(entity.name)}', '{escape(entity.code or '')}', {position})"
        for position, entity in enumerate(index.entities.entities)
    )
    if not listed:
        return ""
    return (
        ' UNION ALL BY NAME SELECT entity, code, position AS ":position", false AS ":unnamed", false AS ":unfit",'
        f' false AS ":blank" FROM (VALUES {listed})'
        f" AS roster(entity, code, position) WHERE code NOT IN (SELECT code FROM {PEOPLE} WHERE code IS NOT NULL)"
    )


def _write_doubt(columns: Sequence[Column], texts: Sequence[Column]) -> str:
    refused = [f'COALESCE("{column.measure}:refused", false)' for column in texts]
    return " OR ".join(['(":unnamed" AND NOT ":blank")', 'COALESCE(":unfit", false)', *refused])
