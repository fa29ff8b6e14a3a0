"""An explanation in sentences, for every format: the level, what decided it, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil

from kpi_cli.render.figure_words import show_short
from kpi_cli.render.headings import NOT_REPORTED
from kpi_cli.render.numbers import MOST_DIGITS, find_digits, show_gain, show_number, show_score
from kpi_cli.render.rule_words import tell_unary
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.ast import measures_of
from kpi_cli.rules.values import as_decimal, canonical_number, exact_text
from kpi_cli.scoring.explain import IndicatorExplanation, SectionExplanation, Step
from kpi_cli.scoring.next_level import Change
from kpi_cli.scoring.trace import unaries_of

# By policy, whether a level is reached, and whether figures leave it open.
_DECIDED = {
    ("highest", True, False): mark("the rule of level {level} is the highest that holds"),
    ("highest", True, True): mark("the rule of level {level} is the highest that surely holds"),
    ("highest", False, False): mark("no level's rule holds"),
    ("highest", False, True): mark("no level's rule surely holds"),
    ("ladder", True, False): mark("the rules up to level {level} hold, and that of level {above} does not"),
    ("ladder", True, True): mark("the rules up to level {level} hold, and that of level {above} is open"),
    ("ladder", False, False): mark("the rule of level 1 does not hold, and no level counts without it"),
    ("ladder", False, True): mark("the rule of level 1 is open, and no level counts without it"),
}
_ALL_HOLD = mark("the rules of all levels hold")
# Which way a figure must move, by whether it is a number that grows, and whether it is missing.
_CHANGES = {
    "any": mark("{measure}: report the figure (missing; any value will do)"),
    "missing": mark("{test} (missing)"),
    "other": mark("{test} (has {value})"),
    "more": mark("{test} (has {value}: {distance} more)"),
    "less": mark("{test} (has {value}: {distance} less)"),
}
_SHORTEST_DISTANCE = 8


def tell_level(explained: IndicatorExplanation, say: Translator) -> str:
    """`level 4 of 5 · 20.00 of 25 points`, `level 2-5 of 5` while figures are missing, or that it does not apply.

    Where weights of others were left out, it is worth more than its own, which then stands behind.
    """
    if explained.level is None or explained.points is None:
        return say("not applicable: left out, with its weight")
    scale = len(explained.indicator.levels)
    level = str(explained.level)
    if explained.level != explained.possible_level:
        level += f"-{explained.possible_level}"
    points, worth = show_points(explained, explained.points)
    told = say(
        "level {level} of {scale} · {points} of {weight} points", level=level, scale=scale, points=points, weight=worth
    )
    return " · ".join((told, *tell_weight(explained, say)))


def show_points(explained: IndicatorExplanation, points: Fraction) -> tuple[str, str]:
    """Points, and how many the indicator is worth, in full where that is short: 79.999 of 99.999, never 80.00 of it."""
    worth, weight = explained.worth, explained.indicator.weight
    digits = find_digits({Fraction(), points, worth})
    exact = as_decimal(worth)
    places = 0 if exact is None else len(canonical_number(exact).partition(".")[2])
    if worth == weight:
        return show_number(points, max(digits, places)), exact_text(weight)
    if exact is not None and places <= MOST_DIGITS:
        return show_number(points, max(digits, places)), canonical_number(exact)
    return show_number(points, digits), show_number(worth, digits)


def tell_weight(explained: IndicatorExplanation, say: Translator) -> Iterator[str]:
    """The weight as the set has it, where the indicator is worth something else."""
    weight = explained.indicator.weight
    if explained.worth != weight:
        yield say("weight {weight}", weight=exact_text(weight))


def tell_decision(explained: IndicatorExplanation, say: Translator) -> Iterator[str]:
    """Which rule decided the level, and which level is still possible, for want of what figures."""
    if explained.level is None:
        unmeasured = [name for name, figure in explained.figures.items() if not figure.applicable]
        yield say("not applicable: {measures}", measures=", ".join(unmeasured))
        return
    yield say(_choose_decision(explained), level=explained.level, above=explained.level + 1)
    if explained.level != explained.possible_level:
        missing = ", ".join(explained.missing)
        yield say(
            "level {level} is still possible; missing: {missing}", level=explained.possible_level, missing=missing
        )


def _choose_decision(explained: IndicatorExplanation) -> str:
    policy = explained.indicator.policy
    if policy == "ladder" and explained.level == len(explained.indicator.levels):
        return _ALL_HOLD
    return _DECIDED[policy, bool(explained.level), explained.level != explained.possible_level]


def tell_step(step: Step, say: Translator) -> str:
    """`level 5, +5.00 points`."""
    return say("level {level}, +{gain} points", level=step.level, gain=show_gain(step.gain))


def tell_changes(explained: IndicatorExplanation, say: Translator) -> list[str]:
    """What the next level takes, a line for each change: `plan_achieved > 95 (has 95%: 0.01 more)`."""
    if explained.next is None:
        return []
    return [_tell_change(change, explained, say) for change in explained.next.changes]


def _tell_change(change: Change, explained: IndicatorExplanation, say: Translator) -> str:
    test = f"{change.measure} {tell_unary(change.to, say)}"
    if change.current is None and change.takes_any:
        return say(_CHANGES["any"], measure=change.measure)
    if change.current is None:
        return say(_CHANGES["missing"], test=test)
    tests = (*unaries_of(change.measure, explained.rules), change.to)
    value = show_short(change.current, explained.indicator.measures[change.measure], say, tests)
    if isinstance(change.current, bool | str) or isinstance(change.example, bool | str):
        return say(_CHANGES["other"], test=test, value=value)
    distance = Fraction(change.example) - Fraction(change.current)
    return say(_CHANGES["more" if distance > 0 else "less"], test=test, value=value, distance=_round_up(abs(distance)))


def _round_up(distance: Fraction) -> str:
    """In full where that is short, else rounded up, so that what is said suffices."""
    exact = as_decimal(distance)
    if exact is not None and len(exact.as_tuple().digits) <= _SHORTEST_DISTANCE:
        return exact_text(exact)
    return exact_text(Fraction(ceil(distance * 100), 100))


def tell_no_step(explained: IndicatorExplanation, say: Translator) -> str:
    """Why there is no next level; empty where there is one, where none is higher, and where none applies."""
    if explained.too_large:
        return say("what the next level takes is not worked out: the rules mix too many measures")
    if explained.next is not None or explained.level in (None, len(explained.indicator.levels)):
        return ""
    read = {name for rule in explained.indicator.rules for name in measures_of(rule)}
    parts = [name for name in explained.indicator.measures if name in explained.indicator.ratio_parts & read]
    if parts:  # of which none is ever proposed
        return say("no better figure reaches a higher level without another one for {parts}", parts=", ".join(parts))
    return say("no better figure reaches a higher level")


def tell_standing(section: SectionExplanation, digits: Mapping[str, int], say: Translator) -> str:
    """`88.00 of 100 · rank 2 of 22`, or why there is no score; `digits` are those of each section's ranking."""
    row = section.row
    if not row.reported:
        return say(NOT_REPORTED)
    if row.score is None:
        return say("not applicable")
    score = show_score(row, digits[section.id])
    standing = say("{score} of 100 points · rank {rank} of {ranked}", score=score, rank=row.rank, ranked=section.ranked)
    return standing if row.complete else standing + " · " + say("incomplete")
