"""A Parquet file scored by DuckDB from disk to disk: no row of it is held, whatever its size."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place, Severity, has_errors
from kpi_cli.workflows.sets import ChosenSet, choose_set

if TYPE_CHECKING:
    import duckdb

    from kpi_cli.model import IndicatorSet
    from kpi_cli.results.header import Table
    from kpi_cli.targets.sql.query import Plan

OnStep: TypeAlias = Callable[[str, int], None]
MEMORY = "700MB"
"""What DuckDB may hold; beyond it, it keeps what it must on disk."""
MOST_SUSPECTS = 1_000
_STEPS = 4
_SAMPLE = 100
_TABLE = "results"
_NUMERIC = ("DECIMAL", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "UINTEGER", "UBIGINT", "DOUBLE", "FLOAT")
_KINDS = {"flag": ("BOOLEAN",), "choice": ("VARCHAR",)}


class StreamRun(NamedTuple):
    """What came of it: how many rows were scored (None: nothing was), the set, and every finding."""

    rows: int | None
    diagnostics: tuple[Diagnostic, ...]
    chosen: ChosenSet | None = None


class _Source(NamedTuple):
    """The file as it is read: its name for people, its columns with their types, and the table that they head."""

    path: pathlib.Path
    columns: dict[str, str]
    table: Table | None
    diagnostics: tuple[Diagnostic, ...]


def stream_file(path: pathlib.Path, beside: pathlib.Path, set_reference: str | None, on_step: OnStep) -> StreamRun:
    """Scores the Parquet file at `path` into one at `beside`; nothing is written where anything is refused."""
    import duckdb

    chosen = choose_set(set_reference, workbook_ids={})
    if isinstance(chosen, Diagnostic):
        return StreamRun(None, (chosen,))
    definition = chosen.loaded.definition
    if definition is None:
        return StreamRun(None, chosen.loaded.diagnostics, chosen)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{_escape(folder)}'")
        try:
            run = _stream(connection, path, beside, definition, on_step)
        except duckdb.Error as error:
            problem = str(error).splitlines()[0]
            params = {"file": path.name, "problem": problem}
            run = StreamRun(None, (Diagnostic("unreadable", Severity.ERROR, Place(path.name), params, "engine"),))
    return StreamRun(run.rows, (*chosen.loaded.diagnostics, *run.diagnostics), chosen)


def _stream(
    connection: duckdb.DuckDBPyConnection,
    path: pathlib.Path,
    beside: pathlib.Path,
    definition: IndicatorSet,
    on_step: OnStep,
) -> StreamRun:
    from kpi_cli.targets.sql.dialects import DIALECTS
    from kpi_cli.targets.sql.exact import find_inexact
    from kpi_cli.targets.sql.query import plan_query
    from kpi_cli.targets.sql.stream import write_counts, write_rows

    plan = plan_query(definition)
    on_step(path.name, _STEPS)
    source = _open_source(connection, path, definition)
    found = (*find_inexact(plan, DIALECTS["duckdb"]), *source.diagnostics)
    if not has_errors(found):
        _name_columns(connection, source, definition)
        on_step(path.name, _STEPS)
        found = (*found, *_check_rows(connection, source, plan, definition))
    if has_errors(found):
        return StreamRun(None, found)
    on_step(path.name, _STEPS)
    connection.execute(write_counts(plan, _TABLE))
    on_step(path.name, _STEPS)
    connection.execute(f"COPY ({write_rows(plan, _TABLE)}) TO '{_escape(str(beside))}' (FORMAT parquet)")
    (rows,) = connection.execute(f"SELECT COUNT(*) FROM {_TABLE}").fetchone() or (0,)
    return StreamRun(rows, found)


def _open_source(connection: duckdb.DuckDBPyConnection, path: pathlib.Path, definition: IndicatorSet) -> _Source:
    """The columns of the file by the reader's own rules for headers, from its first rows."""
    from kpi_cli.results.columns import check_columns, find_missing_columns
    from kpi_cli.results.header import find_tables
    from kpi_cli.results.parquet_file import make_sheet
    from kpi_cli.results.set_index import index_set

    sample = connection.execute(f"SELECT * FROM {_scan(path)} LIMIT {_SAMPLE}")
    columns = {name: str(kind) for name, kind, *_ in sample.description or ()}
    headers = index_set(definition, "refuse").headers
    sheet = make_sheet(path.name, tuple(columns), enumerate(sample.fetchall(), start=1))
    tables = find_tables(sheet, headers.find)
    if len(tables) != 1:
        return _Source(path, columns, None, (Diagnostic("no-data", Severity.ERROR, Place(path.name), {}, ""),))
    (table,) = tables
    seen = [name for name, _ in table.header.measures]
    found = (*check_columns(table, headers), *find_missing_columns(definition, seen, Place(path.name)))
    return _Source(path, columns, table, (*found, *_check_types(path, columns, table, definition)))


def _check_types(
    path: pathlib.Path, columns: dict[str, str], table: Table, definition: IndicatorSet
) -> tuple[Diagnostic, ...]:
    """Columns of a type that must be read cell by cell: that is the work of the Python engine."""
    names = list(columns)
    found = []
    for measure, column in table.header.measures:
        kind = columns[names[column]]
        if not kind.startswith(_KINDS.get(definition.measures[measure].type, _NUMERIC)):
            found.append(_refuse(path, "column", column=names[column], type=kind))
    return tuple(found)


def _name_columns(connection: duckdb.DuckDBPyConnection, source: _Source, definition: IndicatorSet) -> None:
    """The file as the table that a query reads: a column a measure, NULL for those that the file has not."""
    from kpi_cli.results.headers import Role
    from kpi_cli.targets.sql.query import ENTITY

    assert source.table is not None  # noqa: S101  # without a table there was an error
    header, names = source.table.header, list(source.columns)
    identity = (*header.columns(Role.ENTITY), *header.columns(Role.CODE))[0]
    columns = {ENTITY: names[identity], **{measure: names[column] for measure, column in header.measures}}
    shown = [f'{_quote(column)} AS "{name}"' for name, column in columns.items()]
    kinds = {"flag": "BOOLEAN", "choice": "VARCHAR"}
    absent = [
        f'CAST(NULL AS {kinds.get(measure.type, "DECIMAL(24, 8)")}) AS "{name}"'
        for name, measure in definition.measures.items()
        if name not in columns
    ]
    scan = _scan(source.path, numbered=True)
    rows = ", ".join([*shown, *absent, 'file_row_number + 1 AS "row"'])
    connection.execute(f"CREATE TEMP VIEW {_TABLE} AS SELECT {rows} FROM {scan}")


def _check_rows(
    connection: duckdb.DuckDBPyConnection, source: _Source, plan: Plan, definition: IndicatorSet
) -> tuple[Diagnostic, ...]:
    """What is wrong with any row. The engine finds those in doubt, the reader decides them as it does everywhere."""
    from kpi_cli.results.parquet_file import make_sheet
    from kpi_cli.results.read import read_sheet
    from kpi_cli.targets.sql.stream import write_suspects

    twice = f"SELECT entity FROM {_TABLE} GROUP BY entity HAVING COUNT(*) > 1 LIMIT 1"
    repeated = connection.execute(twice).fetchone()
    if repeated and repeated[0] is not None:
        return (_refuse(source.path, "repeated", entity=repeated[0]),)
    strangers = _find_strangers(connection, definition)
    suspects = write_suspects(plan, _TABLE, strangers)
    scan = f"SELECT file_row_number + 1, * EXCLUDE (file_row_number) FROM {_scan(source.path, numbered=True)}"
    doubtful = f"{scan} WHERE file_row_number + 1 IN ({suspects} LIMIT {MOST_SUSPECTS}) ORDER BY file_row_number"
    rows = [(number, tuple(row)) for number, *row in connection.execute(doubtful).fetchall()]
    found = read_sheet(make_sheet(source.path.name, tuple(source.columns), rows), definition) if rows else ()
    return tuple(each for each in found if each.severity is Severity.ERROR)


def _find_strangers(connection: duckdb.DuckDBPyConnection, definition: IndicatorSet) -> list[str]:
    """Names that are not on the roster; without one everybody is welcome."""
    from kpi_cli.results.entities import EntityIndex, Unnamed

    if definition.entity.roster is None:
        return []
    index = EntityIndex(definition.entity)
    names = connection.execute(f"SELECT DISTINCT entity FROM {_TABLE} WHERE entity IS NOT NULL").fetchall()
    return [name for (name,) in names if isinstance(index.identify(names=[str(name)], codes=[]), Unnamed)]


def _scan(path: pathlib.Path, *, numbered: bool = False) -> str:
    option = ", file_row_number = true" if numbered else ""
    return f"read_parquet('{_escape(str(path))}'{option})"


def _escape(text: str) -> str:
    return text.replace("'", "''")


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _refuse(path: pathlib.Path, variant: str, **params: object) -> Diagnostic:
    """What the other engine can do and this one cannot."""
    return Diagnostic("engine-limit", Severity.ERROR, Place(path.name), params, variant)
