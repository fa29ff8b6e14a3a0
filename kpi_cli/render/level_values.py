"""Which values give which level, in words, from the cells of the proof: `2  plan_achieved above 80 to 85`."""

from __future__ import annotations

from typing import NamedTuple

from kpi_cli.model import Indicator
from kpi_cli.render.rule_words import INTERVALS
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.cells import Cell, Part, Stretch
from kpi_cli.rules.values import canonical_number
from kpi_cli.space.bands import Box, describe_levels

_MOST_BOXES = 8
# By whether the stretch holds its one end.
_UP_TO = {True: mark("up to {high}"), False: mark("below {high}")}
_FROM = {True: mark("from {low}"), False: mark("above {low}")}


class LevelRow(NamedTuple):
    """One level: the boxes of values that give it, in words, and the memo's words."""

    level: int
    boxes: tuple[str, ...]
    text: str


def list_level_values(indicator: Indicator, say: Translator) -> list[LevelRow]:
    """Every level from the lowest, 0 among them where figures may reach none; empty where there are too many cells."""
    boxes = describe_levels(indicator)
    if boxes is None:
        return []
    return [_tell_level(indicator, level, boxes.get(level, ()), say) for level in sorted({*boxes, *indicator.levels})]


def _tell_level(indicator: Indicator, level: int, boxes: tuple[Box, ...], say: Translator) -> LevelRow:
    told = tuple(tell_boxes(boxes, say)) or (say("no value"),)
    text = join_lines(indicator.levels[level].text or "") if level else say("(no level is reached)")
    return LevelRow(level, told, text)


def tell_boxes(boxes: tuple[Box, ...], say: Translator) -> list[str]:
    """A line for each box, for the first of them where nobody would read them all; how many more is said."""
    lines = [tell_box(box, say) for box in boxes[:_MOST_BOXES]]
    more = len(boxes) - len(lines)
    return [*lines, say("and {n} more combinations", n=more)] if more else lines


def tell_box(box: Box, say: Translator) -> str:
    """`spent from 75 to below 80 and plan is yes`."""
    parts = [f"{measure} {_tell_cell(cell, say)}" for measure, cell in box.items()]
    return f" {say('and')} ".join(parts) or say("any values")


def _tell_cell(cell: Cell, say: Translator) -> str:
    return f" {say('or')} ".join(_tell_part(part, say) for part in cell.parts)


def _tell_part(part: Part, say: Translator) -> str:
    if isinstance(part, Stretch):
        return tell_stretch(part, say)
    if isinstance(part, bool):
        return say("is yes") if part else say("is no")
    return join_lines(part)


def tell_stretch(stretch: Stretch, say: Translator) -> str:
    """`from 75 to below 80`."""
    low, high = (None if end is None else canonical_number(end) for end in (stretch.low, stretch.high))
    if low is None and high is None:
        return say("any value")
    if low is None:
        return say(_UP_TO[stretch.high_closed], high=high)
    if high is None:
        return say(_FROM[stretch.low_closed], low=low)
    return f"= {low}" if low == high else say(INTERVALS[stretch.low_closed, stretch.high_closed], low=low, high=high)
