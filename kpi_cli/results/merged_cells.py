"""Merged cells: all but the first are stored blank, so that other rows and columns would lose what they show."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from kpi_cli.results.cells import BLANK, Kind, Merged, RawCell, Row
from kpi_cli.results.headers import Role
from kpi_cli.results.tables import Table

_READ_ROLES = (Role.ENTITY, Role.CODE, Role.VALUE)
_top = attrgetter("top")


class Cover(NamedTuple):
    """A merged range that covers a cell which is not its first one, and the cell that is seen in its place."""

    range: Merged
    seen: RawCell

    @property
    def from_above(self) -> bool:
        """Whether it covers several rows: of which of them it speaks nobody can say."""
        return self.range.top < self.range.bottom


class MergedCells:
    """The ranges that are merged below the header of a table, by the columns that are read."""

    def __init__(self, table: Table) -> None:
        ranges = _find_ranges(table)
        self._rows = {row.number: row for row in table.rows} if ranges else {}
        self._by_column: dict[int, list[Merged]] = {}
        columns = set(_list_columns(table)) if ranges else set()
        for merged in ranges:
            for column in columns.intersection(range(merged.left, merged.right + 1)):
                self._by_column.setdefault(column, []).append(merged)

    def __bool__(self) -> bool:
        return bool(self._by_column)

    def find_cover(self, row: Row, column: int) -> Cover | None:
        """What covers the cell of `row` in `column`; None for a cell of its own, and where nothing is to be seen."""
        ranges = self._by_column.get(column, [])
        above = bisect_right(ranges, row.number, key=_top) - 1
        merged = ranges[above] if above >= 0 else None
        if merged is None or row.number > merged.bottom or (merged.top, merged.left) == (row.number, column):
            return None
        first = self._rows[merged.top].cell(merged.left) if merged.top in self._rows else BLANK
        seen = row.cell(column) if first.kind is Kind.BLANK else first
        return None if seen.kind is Kind.BLANK else Cover(merged, seen)


def _find_ranges(table: Table) -> tuple[Merged, ...]:
    """Those that begin in the rows of the table; what begins in its header is no figure's."""
    merged = table.sheet.merged
    if not merged or not table.rows:
        return ()
    start = bisect_left(merged, table.rows[0].number, key=_top)
    return merged[start : bisect_right(merged, table.rows[-1].number, key=_top)]


def _list_columns(table: Table) -> Iterable[int]:
    for role in _READ_ROLES:
        yield from table.header.columns(role)
    yield from (column for _, column in table.header.measures)
