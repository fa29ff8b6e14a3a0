"""The levels of a row as narrow columns that the eye can scan: groups stand close, and apart from what is around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kpi_cli.model import Group, Section
from kpi_cli.render.text import display_width

_GAP = 2
_GAP_IN_GROUP = 1
_GAP_AROUND_GROUP = 3


class LevelColumn(NamedTuple):
    """One indicator's column: its width, and the spaces before it."""

    id: str
    width: int
    gap: int


class Placed(NamedTuple):
    """A text with the spaces before it."""

    indent: str
    id: str
    text: str


def plan_columns(section: Section, texts: Sequence[Mapping[str, str]]) -> list[LevelColumn]:
    """A column for each indicator of `section`, wide enough for what the rows show (indicator id -> text)."""
    columns, after_group = [], False
    for item in section.indicators:
        is_group = isinstance(item, Group)
        gap = _GAP_AROUND_GROUP if is_group or after_group else _GAP
        for indicator in item.indicators if isinstance(item, Group) else (item,):
            widths = (display_width(text.get(indicator.id, "")) for text in texts)
            columns.append(LevelColumn(indicator.id, max(display_width(indicator.id), 2, *widths), gap))
            gap = _GAP_IN_GROUP
        after_group = is_group
    return columns


def break_columns(columns: Sequence[LevelColumn], width: int) -> list[list[LevelColumn]]:
    """The columns in as many lines as it takes to stay within `width` cells."""
    lines: list[list[LevelColumn]] = [[]]
    for column in columns:
        if lines[-1] and measure_columns([*lines[-1], column]) > width:
            lines.append([])
        lines[-1].append(column)
    return lines


def measure_columns(columns: Sequence[LevelColumn]) -> int:
    """The cells that the columns take beside each other."""
    return sum(column.width + column.gap for column in columns) - (columns[0].gap if columns else 0)


def place_texts(columns: Sequence[LevelColumn], texts: Mapping[str, str]) -> Iterator[Placed]:
    """The texts of one line, each centred in its column."""
    behind = 0
    for position, column in enumerate(columns):
        text = texts.get(column.id, "")
        room = column.width - display_width(text)
        before = (room + 1) // 2
        yield Placed(" " * (behind + (column.gap if position else 0) + before), column.id, text)
        behind = room - before
