"""Rows in doubt: found by DuckDB, decided by the reader of tables as those of any file are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kpi_cli.diagnostics import Diagnostic, Place, Severity, has_errors
from kpi_cli.results.bulk.limits import MOST_ROWS, EngineLimitError
from kpi_cli.results.bulk.source import Source
from kpi_cli.results.cells import Kind, Row
from kpi_cli.results.read import read_rows
from kpi_cli.results.set_index import SetIndex
from kpi_cli.results.tables import LEADING_ROWS

if TYPE_CHECKING:
    import duckdb


def check_rows(
    connection: duckdb.DuckDBPyConnection, source: Source, index: SetIndex, *, table: str, doubt: str, suspects: str
) -> tuple[Diagnostic, ...]:
    """What is wrong with any row of `table`. A row in `doubt` must come to a finding, one of the `suspects` need not.

    Raises `EngineLimitError` where a row in doubt comes to none: something else than that row explains it.
    """
    asked = f'SELECT ":row", ({doubt}) FROM {table} WHERE ":row" IS NOT NULL AND (({doubt}) OR {suspects})'
    found = connection.execute(f'{asked} ORDER BY ":row" LIMIT {MOST_ROWS}').fetchall()
    if not found:
        return ()
    # The first rows too: one may be the line (1) (2) (3) below a header, if nobody's stands above it. And the row after
    # each: words matter where figures follow them.
    doubted, first = dict(found), source.table.rows[0].number
    numbers = sorted({*range(first, first + LEADING_ROWS), *doubted, *(number + 1 for number in doubted)})
    rows = dict(zip(numbers, source.read_rows(numbers), strict=False))  # after the last row there is none
    beside = _list_cells((row for number, row in rows.items() if number not in doubted and number != first), source)
    every = read_rows(source.table._replace(rows=tuple(rows.values())), index)
    findings = tuple(each for each in every if not (isinstance(each.place, Place) and each.place.cell in beside))
    if not has_errors(findings):
        unclear = [row for number, row in rows.items() if doubted.get(number)]
        _account_for(unclear, findings, source)
    (total,) = connection.execute(f"SELECT COUNT(*) FROM ({asked})").fetchone() or (0,)
    rest = total - len(found)
    if rest > 0:
        params = {"count": f"{rest:,}", "read": f"{len(found):,}"}
        findings = (*findings, Diagnostic("engine-limit", Severity.WARNING, Place(source.file), params, "rest"))
        if not has_errors(findings):
            raise EngineLimitError(source.file, "doubts", count=f"{total:,}")
    return findings


def _list_cells(rows: Iterable[Row], source: Source) -> set[str]:
    sheet = source.table.sheet
    return {sheet.cell_name(row.number, column) for row in rows for column in range(len(row.cells))}


def _account_for(rows: Sequence[Row], findings: Sequence[Diagnostic], source: Source) -> None:
    """Raises `EngineLimitError` for the first of `rows` in which something stands and nothing is found."""
    cells = {each.place.cell for each in findings if isinstance(each.place, Place)}
    for row in rows:
        name_cell = source.table.sheet.cell_namer(row.number)
        filled = [column for column, cell in enumerate(row.cells) if cell.kind is not Kind.BLANK]
        if filled and not any(name_cell(column) in cells for column in range(len(row.cells))):
            raise EngineLimitError(source.file, "row", at=name_cell(filled[0]))
