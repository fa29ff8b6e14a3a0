"""What hangs by a thread, in words: a table for every format that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.model import IndicatorSet
from kpi_cli.render.figure_words import show_short
from kpi_cli.render.numbers import MOST_DIGITS
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.values import as_decimal, canonical_number, exact_text, round_half_up
from kpi_cli.scoring.figures import Entity

if TYPE_CHECKING:
    from kpi_cli.scoring.fragile import Sensitivity, Turn

FRAGILE_TITLE = mark("Close to a threshold")
FRAGILE_HEADER = (mark("indicator"), mark("figure"), mark("level"), mark("rank"))
_ABOUT = mark("within {within} points of a percent, {within} % of any other threshold; one figure changed at a time")
_NONE = mark("no figure lies that close")


class FragileRow(NamedTuple):
    """One figure: who, of what, how far from which threshold, and what would change (`4 → 5`, or `4`)."""

    entity: str
    indicator: str
    figure: str
    level: str
    rank: str


def tell_within(sensitivity: Sensitivity, say: Translator, *, section: str) -> str:
    """How close is close, and that no figure of a section is where none is."""
    about = say(_ABOUT, within=canonical_number(sensitivity.within))
    return about if name_fragile(sensitivity, section=section) else f"{about}: {say(_NONE)}"


def list_fragile(
    sensitivity: Sensitivity, definition: IndicatorSet, say: Translator, *, section: str
) -> Iterator[FragileRow]:
    """The rows of one section, in the order of its ranking."""
    for one in sensitivity.found:
        if one.section == section:
            yield FragileRow(
                join_lines(one.entity.name),
                one.indicator,
                _tell_figure(one.turn, definition, say),
                f"{one.level} → {one.turn.level}",
                str(one.rank) if one.rank == one.other_rank else f"{one.rank} → {one.other_rank}",
            )


def name_fragile(sensitivity: Sensitivity | None, *, section: str) -> frozenset[Entity]:
    """Who is to be marked in the ranking of a section."""
    return frozenset(one.entity for one in sensitivity.found if one.section == section) if sensitivity else frozenset()


def _tell_figure(turn: Turn, definition: IndicatorSet, say: Translator) -> str:
    value = show_short(turn.value, definition.measures[turn.measure], say)
    figure = f"{turn.measure} {value}"
    if not turn.distance:
        return say("{figure}: exactly at the threshold", figure=figure)
    distance = _show_distance(turn.distance)
    return say("{figure}: {distance} from {bound}", figure=figure, distance=distance, bound=exact_text(turn.bound))


def _show_distance(distance: Fraction) -> str:
    exact = as_decimal(distance)
    short = exact is not None and len(exact.as_tuple().digits) <= MOST_DIGITS
    return canonical_number(exact) if exact is not None and short else exact_text(round_half_up(distance, 4))
