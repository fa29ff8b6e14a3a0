"""Numbers and levels as people read them: rounded half up, with enough digits to justify the verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from kpi_cli.model import IndicatorSet
from kpi_cli.rules.values import Number, round_half_up
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Scorecard

LEAST_DIGITS = 2
MOST_DIGITS = 6


@lru_cache(maxsize=65_536)
def show_number(value: Number, digits: int = LEAST_DIGITS) -> str:
    """`value` with `digits` decimals, halves up: 83.333... is `83.33`."""
    return format(round_half_up(value, digits), "f")


@lru_cache(maxsize=65_536)
def round_to_json(value: Number | None) -> float | None:
    """`value` with 2 decimals as a JSON number, halves up; None stays None."""
    return None if value is None else float(round_half_up(value))


def show_plain(value: Decimal) -> int | float:
    """A weight or a share as a JSON number: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def digits_needed(rows: Iterable[EntityScore], bounds: Iterable[Number] = ()) -> int:
    """The fewest decimals, from 2 to 6, at which scores that differ also look different, from `bounds` too.

    A displayed 90.00 that missed a grade from 90 on, because it is 89.998, is the complaint every such table gets.
    """
    # Rows share their totals, and those their fractions, which are slow to compare: each object is looked at once.
    totals = {row.total for row in rows}
    scores = {id(score): score for total in totals for score in (total.score, total.possible) if score is not None}
    return find_digits({*scores.values(), *(Fraction(bound) for bound in bounds)})


def section_digits(scorecard: Scorecard, definition: IndicatorSet) -> dict[str, int]:
    """The decimals of each section's own table, by its id: a score has them wherever else it is shown."""
    bounds = [grade.min for grade in definition.grades]
    return {section.id: digits_needed(section.rows, bounds) for section in scorecard.sections}


def find_digits(distinct: Collection[Fraction]) -> int:
    """The same of the numbers themselves, each of them once."""
    for digits in range(LEAST_DIGITS, MOST_DIGITS):
        if len({round_half_up(value, digits) for value in distinct}) == len(distinct):
            return digits
    return MOST_DIGITS


def show_gain(gain: Fraction, least: int = LEAST_DIGITS) -> str:
    """What a score gains, without a sign, and with the decimals in which it is not nothing: 0.0002 is not 0.00."""
    return show_number(gain, max(least, find_digits({Fraction(), gain})))


def show_score(row: EntityScore, digits: int = LEAST_DIGITS) -> str:
    """The score, or `54.00-62.00` where missing figures leave it open; empty where there is none."""
    if row.score is None:
        return ""
    proven = show_number(row.score, digits)
    if row.possible is None or row.possible == row.score:
        return proven
    return f"{proven}-{show_number(row.possible, digits)}"


def show_level(indicator: IndicatorScore) -> str:
    """The level, `2-5` where missing figures leave it open, `n/a` where it does not apply."""
    return show_band(indicator.level, possible=indicator.possible_level)


def show_band(level: int | None, *, possible: int | None) -> str:
    """The same of a proven level and a possible one; both are None where the indicator does not apply."""
    if level is None:
        return "n/a"
    return str(level) if level == possible else f"{level}-{possible}"


def level_step(level: int, scale: int) -> int:
    """Which of six steps a level is, 0 for none and 5 for the best, on any scale: for colours."""
    return -(-level * 5 // scale)
