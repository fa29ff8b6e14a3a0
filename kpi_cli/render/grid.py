"""Cells to lines of text: columns side by side, each cell of one or more lines, each line of styled runs.

Laid out here and not by rich: importing its tables costs a run dearly (`benchmarks/parts.py` measures it), and widths,
folds and colours of Thai text are already known where the cells are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from kpi_cli.render.style import Paint
from kpi_cli.render.text import display_width

GAP = 2


class Run(NamedTuple):
    """A piece of text in one style, such as `bold`."""

    text: str
    style: str = ""


Line: TypeAlias = Sequence[Run]
Cell: TypeAlias = Sequence[Line]


class Column(NamedTuple):
    """How wide a column is in cells of the terminal (0: as wide as its texts), and to which side its texts keep."""

    width: int
    right: bool = False


def make_cell(text: str, style: str = "") -> Cell:
    """A cell of one style; line breaks in `text` begin new lines."""
    return [[Run(line, style)] for line in text.split("\n")]


def draw_grid(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], paint: Paint) -> list[str]:
    """The lines of all rows, columns `GAP` apart, without spaces at the ends of lines."""
    return [line for row in rows for line in _draw_row(columns, row, paint)]


def _draw_row(columns: Sequence[Column], row: Sequence[Cell], paint: Paint) -> Iterator[str]:
    nothing: Line = ()
    for lines in zip_longest(*row, fillvalue=nothing):
        runs = [run for column, line in zip(columns, lines, strict=True) for run in _place(column, line)]
        yield join_runs(runs, paint)


def join_runs(runs: Sequence[Run], paint: Paint) -> str:
    """The text of `runs` in their styles, without blank ones at the end."""
    stop = len(runs)
    while stop and not runs[stop - 1].text.strip():
        stop -= 1
    return "".join([paint(run.text, run.style) if run.style else run.text for run in runs[:stop]])


def _place(column: Column, line: Line) -> Iterator[Run]:
    if not column.width:  # the last one, behind which nothing stands
        yield from line
        return
    room = Run(" " * (column.width - sum(display_width(run.text) for run in line)))
    yield from (room, *line) if column.right else (*line, room)
    yield Run(" " * GAP)
