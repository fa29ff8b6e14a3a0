"""Scored rows to a file: DuckDB writes the lines, and they are put together byte by byte."""

from __future__ import annotations

import hashlib
import pathlib
import shutil
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.render.bulk_file import csv_head, csv_lines, json_head, json_lines, json_tail
from kpi_cli.render.numbers import find_digits
from kpi_cli.results.bulk.limits import EngineLimitError
from kpi_cli.results.bulk.source import escape
from kpi_cli.results.room import SMALL

if TYPE_CHECKING:
    import duckdb

    from kpi_cli.render.translate import Language
    from kpi_cli.targets.sql.query import Plan
    from kpi_cli.workflows.sets import ChosenSet

SUFFIXES = (".parquet", ".csv", ".json")
_RANKED = "ranked"
_GROUP, _SMALL_GROUP = 122_880, 2_048
"""Rows: what DuckDB holds by itself, and the fewest that it can."""
_MOST_WEIGHT = 5_000
"""Of a section's whole weights: scores of fewer differ in the six decimals that the query keeps of them."""
# A character of no name, so that a line is no list of fields.
_AS_IT_IS = "(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')"


class Output(NamedTuple):
    """A file that is to be written, and what it says beside the rows."""

    path: pathlib.Path
    source: pathlib.Path
    chosen: ChosenSet
    language: Language
    diagnostics: tuple[Diagnostic, ...]

    @property
    def suffix(self) -> str:
        """The kind of file."""
        return self.path.suffix.lower()

    @property
    def is_small(self) -> bool:
        """Whether what is read is a file that must take little memory."""
        return self.source.stat().st_size < SMALL

    @property
    def rows_held(self) -> int:
        """How many rows are held before they are packed and written, be it to DuckDB's own disk."""
        return _SMALL_GROUP if self.is_small else _GROUP


def write_output(connection: duckdb.DuckDBPyConnection, plan: Plan, rows: str, output: Output) -> None:
    """Writes what the query `rows` gives; for csv and json its `entity` is a struct of code, name and position."""
    if output.suffix == ".parquet":
        options = f"(FORMAT parquet, ROW_GROUP_SIZE {output.rows_held})"
        connection.execute(f"COPY ({rows}) TO '{escape(str(output.path))}' {options}")
        return
    connection.execute(f"CREATE TABLE {_RANKED} AS {rows}")
    with output.path.open("wb") as stream:
        if output.suffix == ".csv":
            _write_csv(connection, plan, output, stream)
        else:
            _write_json(connection, output, stream)


def check_weights(plan: Plan, file: str) -> None:
    """Raises `EngineLimitError` where the digits of a csv file could not be told from the query's own."""
    for scoring in plan.scorings:
        if scoring.total > _MOST_WEIGHT:
            raise EngineLimitError(file, "weights", section=scoring.section)


def _write_csv(connection: duckdb.DuckDBPyConnection, plan: Plan, output: Output, stream: BinaryIO) -> None:
    definition = output.chosen.loaded.definition
    assert definition is not None  # noqa: S101  # a set that was scored by
    stream.write(csv_head(definition))
    for section in plan.sections:
        scores = f'SELECT "{section.id}:score" FROM {_RANKED} UNION SELECT "{section.id}:possible" FROM {_RANKED}'
        distinct = {Fraction(Decimal(score)) for (score,) in connection.execute(scores).fetchall() if score is not None}
        digits = find_digits({*distinct, *(Fraction(grade.min) for grade in definition.grades)})
        _copy_lines(connection, csv_lines(definition, section, _RANKED, digits=digits), output.path, stream)


def _write_json(connection: duckdb.DuckDBPyConnection, output: Output, stream: BinaryIO) -> None:
    loaded = output.chosen.loaded
    assert loaded.definition is not None  # noqa: S101  # a set that was scored by
    with output.source.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    stream.write(json_head(loaded.definition, set_file=loaded.file, file=output.source.name, sha256=sha256))
    _copy_lines(connection, json_lines(loaded.definition, _RANKED), output.path, stream)
    stream.seek(-len(",\n"), 2)
    stream.write(json_tail(output.diagnostics, output.language))


def _copy_lines(connection: duckdb.DuckDBPyConnection, query: str, path: pathlib.Path, stream: BinaryIO) -> None:
    lines = path.with_name("lines")
    connection.execute(f"COPY ({query}) TO '{escape(str(lines))}' {_AS_IT_IS}")
    with lines.open("rb") as copied:
        shutil.copyfileobj(copied, stream, 1 << 20)
    lines.unlink()
