"""The values of a cell in words: `from 75 to below 80`."""

from __future__ import annotations

from kpi_cli.render.rule_words import INTERVALS
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.cells import Cell, Part, Stretch
from kpi_cli.rules.values import canonical_number

# By whether the stretch holds its one end.
_UP_TO = {True: mark("up to {high}"), False: mark("below {high}")}
_FROM = {True: mark("from {low}"), False: mark("above {low}")}


def tell_cell(cell: Cell, say: Translator) -> str:
    """`from 10 to 20 or above 30`, `is yes`."""
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
