"""What is found in a sheet: tables, each with its header, and what each of their columns holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kpi_cli.model.names import clean_header
from kpi_cli.results.cells import Kind, RawCell, Row, Sheet
from kpi_cli.results.cleanup import clean_figure
from kpi_cli.results.headers import Claim, Role
from kpi_cli.results.words import FLAGS, MISSING, NOT_APPLICABLE

LEADING_ROWS = 4
"""Rows below a header that may hold units and sub-headings, and number the columns."""


class HeaderCell(NamedTuple):
    """The header of one column: the row and text by which it is known, and all that it claims (at best one thing)."""

    row: int
    column: int
    text: str
    claims: tuple[Claim, ...]
    spread: bool = False
    """Whether it is a heading over several columns of figures, so that nobody can say which of them is meant."""
    overruled: str = ""
    """The title of another measure that stands right above the id."""

    @property
    def claim(self) -> Claim | None:
        """What the column holds; None where nothing, or more than one thing, is claimed."""
        return self.claims[0] if len(self.claims) == 1 and not self.spread else None


@dataclass(frozen=True)
class Header:
    """The columns of a table, from left to right; `width` counts those without a title too."""

    cells: tuple[HeaderCell, ...]
    width: int

    def columns(self, role: Role) -> tuple[int, ...]:
        """The columns that hold `role` beyond doubt."""
        return self._by_role.get(role, ())

    @cached_property
    def _by_role(self) -> dict[Role, tuple[int, ...]]:
        found: dict[Role, tuple[int, ...]] = {}
        for claim, column in ((cell.claim, cell.column) for cell in self.cells):
            if claim:
                found[claim.role] = (*found.get(claim.role, ()), column)
        return found

    @cached_property
    def measures(self) -> tuple[tuple[str, int], ...]:
        """The measures that have a column, each with it."""
        claimed = ((cell.claim, cell.column) for cell in self.cells if cell.claim)
        return tuple((claim.measure, column) for claim, column in claimed if claim.role is Role.MEASURE)

    @cached_property
    def reach(self) -> int:
        """How many columns there are up to the last one that holds a measure."""
        return max((column + 1 for _, column in self.measures), default=0)


class Table(NamedTuple):
    """A header and the rows below it, up to the next header."""

    sheet: Sheet
    header: Header
    rows: tuple[Row, ...]
    stray: Row | None = None
    """The row below that reads as the header of another table but is none: whose figures follow it nobody can say."""

    def find_filled(self, columns: Iterable[int], holds: Callable[[RawCell], bool]) -> dict[int, int]:
        """By each of the ascending `columns` in which a cell `holds` something, the number of the first such row.

        No row is walked beyond its own cells: a table may have very many short rows, and very many columns without a
        title.
        """
        filled: dict[int, int] = {}
        waiting = list(columns)
        for row in self.rows if waiting else ():
            reached = bisect_left(waiting, len(row.cells))
            found = [column for column in waiting[:reached] if holds(row.cells[column])]
            if found:
                filled |= dict.fromkeys(found, row.number)
                waiting[:reached] = [column for column in waiting[:reached] if column not in filled]
        return filled


def may_be_figure(cell: RawCell) -> bool:
    """Whether `cell` may hold a figure, or a word that stands for one."""
    if cell.kind is not Kind.TEXT:
        return cell.kind is not Kind.BLANK
    key = clean_header(cell.text)
    return clean_figure(cell.text)[:1].isdecimal() or key in FLAGS or key in MISSING or key in NOT_APPLICABLE
