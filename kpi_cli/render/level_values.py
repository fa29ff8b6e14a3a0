"""Which values give which level, in words, from the cells of the proof: `2  plan_achieved above 80 to 85`."""

from __future__ import annotations

from typing import NamedTuple

from kpi_cli.model import Indicator
from kpi_cli.render.cell_words import tell_cell
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.space.bands import Box, describe_levels

_MOST_BOXES = 8


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
    parts = [f"{measure} {tell_cell(cell, say)}" for measure, cell in box.items()]
    return f" {say('and')} ".join(parts) or say("any values")
