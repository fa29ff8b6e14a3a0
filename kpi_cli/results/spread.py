"""Headings that stand over several columns of figures: nobody can say which of them is meant.

Such a heading is merged over the columns, or has none to its right and words below it that tell them apart (last year
and this year, target and result).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from kpi_cli.results.cells import Kind, Merged, RawCell, Row
from kpi_cli.results.headers import Role
from kpi_cli.results.tables import HeaderCell, Table, may_be_figure

_MAX_SUB_ROWS = 4


def mark_spread(table: Table, header_rows: Sequence[Row]) -> Table:
    """The table, with each measure's heading marked that stands over other columns in which figures stand."""
    claimed = {cell.column for cell in table.header.cells if cell.claims}
    place = _Place(table, tuple(header_rows), claimed, tuple(_list_wide(table, header_rows)))
    beside = {cell.column: list(_list_beside(cell, place)) for cell in table.header.cells if _holds_measure(cell)}
    filled = table.find_filled(sorted({column for columns in beside.values() for column in columns}), may_be_figure)
    spread = {column for column, others in beside.items() if not filled.keys().isdisjoint(others)}
    if not spread:
        return table
    cells = (cell._replace(split=True) if cell.column in spread else cell for cell in table.header.cells)
    return table._replace(header=replace(table.header, cells=tuple(cells)))


class _Place(NamedTuple):
    """A table and the rows of its header, the columns that are known, and what is merged over several columns."""

    table: Table
    header_rows: tuple[Row, ...]
    claimed: set[int]
    wide: tuple[Merged, ...]


def _list_wide(table: Table, header_rows: Sequence[Row]) -> Iterator[Merged]:
    first, last = header_rows[0].number, header_rows[-1].number
    for merged in table.sheet.merged:
        if merged.left < merged.right and merged.top <= last and merged.bottom >= first:
            yield merged


def _holds_measure(cell: HeaderCell) -> bool:
    return cell.claim is not None and cell.claim.role is Role.MEASURE


def _list_beside(cell: HeaderCell, place: _Place) -> Iterator[int]:
    """The other columns of which `cell` may be the heading."""
    for merged in place.wide:
        if merged.top <= cell.row <= merged.bottom and merged.left <= cell.column <= merged.right:
            yield from (each for each in range(merged.left, merged.right + 1) if each not in place.claimed)
    own = next(row for row in place.header_rows if row.number == cell.row)
    untitled = takewhile(
        lambda each: own.cell(each).kind is Kind.BLANK and each not in place.claimed,
        range(cell.column + 1, place.table.header.width),
    )
    rows = _list_sub_rows(cell, place)
    yield from (each for each in untitled if any(_is_word(row.cell(each)) for row in rows))


def _list_sub_rows(cell: HeaderCell, place: _Place) -> list[Row]:
    """The rows below the heading with words that may tell its columns apart: the first one with a figure ends them."""
    below = [row for row in place.header_rows if row.number > cell.row]
    header = place.table.header
    identity = header.columns(Role.ENTITY) + header.columns(Role.CODE)
    measures = [column for _, column in header.measures]

    def is_sub_row(row: Row) -> bool:
        named = any(row.cell(column).kind is not Kind.BLANK for column in identity)
        return not any(may_be_figure(row.cell(each)) for each in measures) and (
            not named or _is_word(row.cell(cell.column))
        )

    return below + list(takewhile(is_sub_row, place.table.rows[:_MAX_SUB_ROWS]))


def _is_word(cell: RawCell) -> bool:
    return cell.kind is Kind.TEXT and not may_be_figure(cell)
