"""A file of any size scored by DuckDB from disk to disk: no row of it is held."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place, Severity, has_errors
from kpi_cli.workflows.scoring import PercentReading
from kpi_cli.workflows.sets import ChosenSet, choose_set

if TYPE_CHECKING:
    import duckdb

    from kpi_cli.model import IndicatorSet
    from kpi_cli.render.translate import Language
    from kpi_cli.results.bulk.source import Source
    from kpi_cli.results.bulk.staging import Staged
    from kpi_cli.results.set_index import SetIndex
    from kpi_cli.targets.sql.query import Plan
    from kpi_cli.workflows.stream_out import Output

OnStep: TypeAlias = Callable[[str, int], None]
MEMORY, SMALL_MEMORY = "700MB", "300MB"
"""What DuckDB may hold, and of a small file; beyond it, it keeps what it must on disk."""
_STEPS = 4


class StreamRun(NamedTuple):
    """What came of it: how many rows were scored (None: nothing was), the set, and every finding."""

    rows: int | None
    diagnostics: tuple[Diagnostic, ...]
    chosen: ChosenSet | None = None


def stream_file(
    path: pathlib.Path,
    beside: pathlib.Path,
    set_reference: str | None,
    on_step: OnStep,
    *,
    percent: PercentReading = "refuse",
    language: Language = "en",
) -> StreamRun:
    """Scores the file at `path` into one at `beside`; nothing is written where anything is refused.

    Names tell the kinds: .csv or .parquet, and .csv, .json or .parquet. `language` is that of the findings in a json.
    """
    from kpi_cli.checks.check import check_for_scores
    from kpi_cli.results.set_index import index_set
    from kpi_cli.workflows.stream_out import Output

    chosen = choose_set(set_reference, workbook_ids={}, check=check_for_scores)
    if isinstance(chosen, Diagnostic):
        return StreamRun(None, (chosen,))
    definition = chosen.loaded.definition
    if definition is None:
        return StreamRun(None, chosen.loaded.diagnostics, chosen)
    run = _run_engine(Output(beside, path, chosen, language, ()), index_set(definition, percent), on_step)
    return StreamRun(run.rows, (*chosen.loaded.diagnostics, *run.diagnostics), chosen)


def _run_engine(output: Output, index: SetIndex, on_step: OnStep) -> StreamRun:
    """The run in a DuckDB of its own, whose files are gone afterwards."""
    import duckdb

    from kpi_cli.results.bulk.limits import EngineLimitError
    from kpi_cli.results.cells import UnreadableError
    from kpi_cli.results.parquet_file import ALONE, name_errors

    with tempfile.TemporaryDirectory() as folder:
        try:
            with name_errors(), duckdb.connect(config=ALONE) as connection:
                _set_up(connection, folder, output)
                return _stream(connection, output, index, on_step)
        except EngineLimitError as error:
            return StreamRun(None, (error.diagnostic,))
        except UnreadableError as error:
            params = {"file": output.source.name, **error.params}
            return StreamRun(
                None, (Diagnostic("unreadable", Severity.ERROR, Place(output.source.name), params, error.variant),)
            )
        except duckdb.Error as error:
            return StreamRun(None, (_name_problem(str(error), folder, output.source.name),))


def _name_problem(said: str, folder: str, file: str) -> Diagnostic:
    """What DuckDB said, and whether it is the `folder` of its own files that has no room: there is another remedy."""
    params = {"file": file, "problem": said.splitlines()[0], "folder": str(pathlib.Path(folder).parent)}
    variant = "engine-folder" if folder in said or "max_temp_directory_size" in said else "engine"
    return Diagnostic("unreadable", Severity.ERROR, Place(file), params, variant)


def _set_up(connection: duckdb.DuckDBPyConnection, folder: str, output: Output) -> None:
    """Has DuckDB keep its tables in `folder`, and of a small file hold little (docs/limits)."""
    from kpi_cli.results.bulk.source import escape

    kept = escape(str(pathlib.Path(folder, "rows.duckdb")))
    connection.execute(f"ATTACH '{kept}' AS kept (ROW_GROUP_SIZE {output.rows_held}); USE kept")
    connection.execute(f"SET temp_directory = '{escape(folder)}'; SET enable_progress_bar = false")
    connection.execute(f"SET memory_limit = '{SMALL_MEMORY if output.is_small else MEMORY}'")
    if output.is_small:
        # Each thread holds rows of its own; and to order dozens of joins takes longer than to join.
        connection.execute("SET threads = 1; SET disabled_optimizers = 'join_order,filter_pushdown'")


def _stream(connection: duckdb.DuckDBPyConnection, output: Output, index: SetIndex, on_step: OnStep) -> StreamRun:
    from kpi_cli.results.bulk.limits import check_breadth, check_width, check_work
    from kpi_cli.results.bulk.staging import stage
    from kpi_cli.workflows.stream_out import check_weights

    path = output.source
    on_step(path.name, _STEPS)
    width = check_width(index.definition, path.name) if output.is_small else None
    source = _open(connection, path, index)
    if output.is_small:
        check_breadth(path.name, len(source.kinds))
    found = _check_header(source, index)
    if has_errors(found):
        return StreamRun(None, found)
    staged = stage(connection, source, index)
    if width is not None:
        check_work(path.name, rows=staged.rows, odd=staged.odd, width=width)
    on_step(path.name, _STEPS)
    plan = _plan(index.definition, staged)
    if output.suffix == ".csv":
        check_weights(plan, path.name)
    found = (*found, *_check(connection, source, index, staged, plan))
    if has_errors(found):
        return StreamRun(None, found)
    return StreamRun(_write(connection, output._replace(diagnostics=found), staged, plan, on_step), found)


def _open(connection: duckdb.DuckDBPyConnection, path: pathlib.Path, index: SetIndex) -> Source:
    from kpi_cli.results.bulk.csv_source import open_csv
    from kpi_cli.results.bulk.limits import EngineLimitError
    from kpi_cli.results.bulk.source import open_parquet
    from kpi_cli.scoring.overall import find_shares

    if find_shares(index.definition) is not None:
        raise EngineLimitError(path.name, "shares")
    return (open_csv if path.suffix.lower() == ".csv" else open_parquet)(connection, path, index)


def _check_header(source: Source, index: SetIndex) -> tuple[Diagnostic, ...]:
    from kpi_cli.results.columns import check_columns, find_missing_columns

    seen = [name for name, _ in source.table.header.measures]
    return (
        *check_columns(source.table, index.headers),
        *find_missing_columns(index.definition, seen, Place(source.file)),
    )


def _plan(definition: IndicatorSet, staged: Staged) -> Plan:
    from kpi_cli.targets.sql.query import plan_query

    return plan_query(definition, said=staged.said)


def _check(
    connection: duckdb.DuckDBPyConnection, source: Source, index: SetIndex, staged: Staged, plan: Plan
) -> tuple[Diagnostic, ...]:
    """What keeps the set from being computed with exactly, and what is wrong with any row."""
    from kpi_cli.results.bulk.doubts import check_rows
    from kpi_cli.targets.sql.dialects import DIALECTS
    from kpi_cli.targets.sql.exact import find_inexact
    from kpi_cli.targets.sql.stream import write_lost, write_suspects

    inexact = find_inexact(plan, DIALECTS["duckdb"])
    doubt, suspects = f"{staged.doubt} OR {write_lost(plan)}", write_suspects(plan, staged.rounded)
    return inexact or check_rows(connection, source, index, table=staged.table, doubt=doubt, suspects=suspects)


def _write(connection: duckdb.DuckDBPyConnection, output: Output, staged: Staged, plan: Plan, on_step: OnStep) -> int:
    """Scores in two passes; gives how many rows there are."""
    from kpi_cli.targets.sql.stream import write_counts, write_rows, write_scores
    from kpi_cli.workflows.stream_out import write_output

    whom = "entity" if output.suffix == ".parquet" else "{'code': code, 'name': entity, 'position': \":position\"}"
    scored = f'SELECT * REPLACE ({whom} AS entity) FROM {staged.table} WHERE NOT ":unnamed"'
    connection.execute(f"CREATE TEMP VIEW scored AS {scored}")
    on_step(output.source.name, _STEPS)
    scores = write_scores(plan, "scored")
    connection.execute(write_counts(plan, scores))
    on_step(output.source.name, _STEPS)
    write_output(connection, plan, write_rows(plan, scores), output)
    (rows,) = connection.execute("SELECT COUNT(*) FROM scored").fetchone() or (0,)
    return int(rows)
