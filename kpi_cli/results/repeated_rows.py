"""Rows of one entity in one table that a column tells apart which nothing reads: months, years, sources."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.results.cells import Row, shorten_text
from kpi_cli.results.cleanup import clean_name
from kpi_cli.results.entities import Named
from kpi_cli.results.set_index import CellReading
from kpi_cli.results.tables import HeaderCell, Table


class RepeatedRows:
    """The first row of each entity; said is once for a table that another one gives the same measures again."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._unread = tuple(cell for cell in table.header.cells if not cell.claims and cell.text.strip())
        self._first: dict[str, tuple[Row, Sequence[CellReading]]] = {}

    def __bool__(self) -> bool:
        return bool(self._unread)

    def find(self, named: Named, row: Row, found: Sequence[CellReading]) -> Diagnostic | None:
        """What is to be said of a `row` that speaks, of which `found` are the readings."""
        first, earlier = self._first.setdefault(named.key, (row, found))
        if first is row or not any(one.speaks and other.speaks for one, other in zip(earlier, found, strict=True)):
            return None
        header = next((each for each in self._unread if _differ(_show(first, each), _show(row, each))), None)
        if header is None:
            return None
        self._unread = ()
        params = {
            "entity": named.entity.name,
            "header": shorten_text(clean_name(header.text)),
            "values": (_show(first, header), _show(row, header)),
        }
        place = self._table.sheet.place(row.number, header.column)
        return Diagnostic("unclaimed-column", Severity.WARNING, place, params, "apart")


def _differ(one: str, other: str) -> bool:
    """A blank tells nothing apart."""
    return bool(one and other) and one != other


def _show(row: Row, header: HeaderCell) -> str:
    return shorten_text(clean_name(row.cell(header.column).text))
