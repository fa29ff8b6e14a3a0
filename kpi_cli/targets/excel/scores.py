"""Points, score and rank as formulas over the cells of the levels (DESIGN section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from kpi_cli.model.answers import MISSING
from kpi_cli.targets.excel.formula import call, write_number, write_text

# Scores that are equal must be so to the last digit, or they would not share a rank; two that differ do so long before.
_DIGITS = 10


@dataclass(frozen=True)
class Weighed:
    """An indicator in a row: its weight, the cell of its level (or None where it stands elsewhere)."""

    weight: Decimal
    level: str | None
    may_be_not_applicable: bool = False


@dataclass(frozen=True)
class Weights:
    """All indicators of a section, with the scale of its levels."""

    indicators: Sequence[Weighed]
    scale: int

    def share(self, weight: Decimal, level: str) -> str:
        """The points that a level is worth, of 100 over what applies."""
        return f"100*{write_number(weight)}*{level}/({self.scale}*{self._add_applicable()})"

    def _add_applicable(self) -> str:
        """The sum of the weights of what applies in the row; an indicator that does not has no number for a level."""
        doubtful = [one for one in self.indicators if one.may_be_not_applicable and one.level is not None]
        fixed = sum((Fraction(one.weight) for one in self.indicators if one not in doubtful), Fraction())
        terms = [f"{write_number(one.weight)}*ISNUMBER({one.level})" for one in doubtful]
        return f"({'+'.join([write_number(fixed), *terms])})"


def tells_apart(weights: Sequence[Decimal], scale: int, *, may_lack: bool) -> bool:
    """Whether scores that differ still do once they are rounded to the digits that the sheet keeps.

    `may_lack`: whether the weights of what is not applicable are left out. Two scores then differ by 100 times
    1/(scale * weight * other weight) at least, of weights in their smallest unit; else by 100/(scale * weight).
    """
    fractions = [Fraction(weight) for weight in weights]
    total = sum(fractions) * lcm(*(each.denominator for each in fractions))
    return Fraction(100) / (scale * total * (total if may_lack else 1)) > Fraction(10, 10**_DIGITS)


def compile_points(weights: Weights, weight: Decimal, level: str) -> str:
    """The points of one indicator, nothing where it is not applicable."""
    return f'IF(ISNUMBER({level}),{weights.share(weight, level)},"")'


def compile_score(points: Sequence[str], levels: Sequence[str], *, reported: str) -> str:
    """The sum of points where anything is reported and applies."""
    scored = f"AND({reported},{call('COUNT', levels)}>0)"
    return f'IF({scored},ROUND({call("SUM", points)},{_DIGITS}),"")'


def compile_possible(weights: Weights, possible: Sequence[str]) -> str:
    """The score that missing figures leave possible; `possible` are cells of levels, in the order of the indicators."""
    pairs = zip(weights.indicators, possible, strict=True)
    points = [f"N({level})*{write_number(one.weight)}" for one, level in pairs]
    return f"ROUND({weights.share(Decimal(1), call('SUM', points))},{_DIGITS})"


def compile_rank(score: str, scores: str) -> str:
    """The rank of `score` among `scores`, 1, 2, 2, 4; nothing where there is none."""
    return f'IF(ISNUMBER({score}),RANK({score},{scores}),"")'


def compile_reported(figures: Sequence[str], row: str) -> str:
    """Whether anything stands in the cells or ranges `figures`, which lie in the range `row`, but words for nothing."""
    silent = "".join(f"-COUNTIF({row},{write_text(word)})" for word in MISSING)
    return f"{call('COUNTA', figures)}{silent}>0"
