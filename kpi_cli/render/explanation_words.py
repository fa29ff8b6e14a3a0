"""An explanation in sentences, for every format: the level, what decided it, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.render.numbers import show_number
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.values import exact_text
from kpi_cli.scoring.explain import IndicatorExplanation

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


def tell_level(explained: IndicatorExplanation, say: Translator) -> str:
    """`level 4 of 5 · 20.00 of 25 points`, `level 2-5 of 5` while figures are missing, or that it does not apply."""
    if explained.level is None or explained.points is None:
        return say("not applicable: left out, with its weight")
    scale = len(explained.indicator.levels)
    level = str(explained.level)
    if explained.level != explained.possible_level:
        level += f"-{explained.possible_level}"
    points = {"points": show_number(explained.points), "weight": exact_text(explained.indicator.weight)}
    return say("level {level} of {scale} · {points} of {weight} points", level=level, scale=scale, **points)


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
