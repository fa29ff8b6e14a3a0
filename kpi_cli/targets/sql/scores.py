"""Scores, points and ranks of a section from its levels, in whole numbers as far as they go.

Weights are scaled to the smallest whole numbers, so that what was reached is the whole number sum(weight * level), of
scale * sum(weights that apply). Nothing is divided before the very end, and no rank rests on a division that rounds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from kpi_cli.model import Grade, Section
from kpi_cli.rules.values import as_decimal
from kpi_cli.targets.sql.expressions import (
    add,
    all_of,
    any_of,
    cast_bigint,
    cast_decimal,
    choose,
    column,
    divide,
    is_present,
    name_column,
    number,
)

SCORE_DECIMALS = 6
"""Of a score that is no short decimal, because weights were left out of it; rounded half up, and for display only."""
_SCORE_DIGITS = 9
"""Of a score of 100 in its smallest steps."""
_FINE = 2 * 100 * 1_000_000
"""Half steps of the last decimal in a score of 100."""


@dataclass(frozen=True)
class Scoring:
    """How one section is scored: its weights as whole numbers (indicator id -> weight) and who may be left out."""

    section: str
    scale: int
    weights: dict[str, int]
    optional: frozenset[str]

    @property
    def total(self) -> int:
        """The sum of all weights."""
        return sum(self.weights.values())

    @property
    def resolution(self) -> int:
        """What makes whole numbers of the parts reached, without making two different parts equal.

        Two parts differ by at least 1/(weight * other weight), so by at least one step of 1/total².
        """
        return self.total * self.total

    @property
    def exact_factor(self) -> Decimal | None:
        """The score of one point of weight and level, where all weights always count and it is a decimal."""
        return None if self.optional else as_decimal(Fraction(100, self.scale * self.total))

    @property
    def largest(self) -> int:
        """No whole number that scoring the section computes is larger."""
        if self.exact_factor is not None:
            return self.scale * self.total
        return self.scale * self.total * (1 + max(self.resolution, _FINE))


def plan_scoring(section: Section, *, scale: int, optional: frozenset[str]) -> Scoring:
    """The scoring of `section`, of whose indicators the `optional` ones may not be applicable."""
    fractions = {indicator.id: Fraction(indicator.weight) for indicator in section}
    times = math.lcm(*(each.denominator for each in fractions.values()))
    common = math.gcd(*(int(times * each) for each in fractions.values()))
    weights = {name: int(times * each) // common for name, each in fractions.items()}
    return Scoring(section.id, scale, weights, optional)


def add_totals(scoring: Scoring) -> list[exp.Alias]:
    """What was reached and what still can be, as whole numbers, and the weight that counts where it may vary.

    NULL where nothing was reported, or nothing applies.
    """
    reached, possible = (_sum_levels(scoring, kind) for kind in ("level", "possible_level"))
    counted = all_of([column(f"{scoring.section}:reported"), *_any_applies(scoring)])
    totals = [
        name_column(choose([(counted.copy(), reached)]), f"{scoring.section}:reached"),
        name_column(choose([(counted, possible)]), f"{scoring.section}:reachable"),
    ]
    return totals + ([name_column(_sum_weights(scoring), f"{scoring.section}:weight")] if scoring.optional else [])


def _sum_levels(scoring: Scoring, kind: str) -> exp.Expr:
    return cast_bigint(add([_weigh(scoring, name, kind) for name in scoring.weights]))


def _weigh(scoring: Scoring, name: str, kind: str) -> exp.Expr:
    level: exp.Expr = column(f"{name}:{kind}")
    if name in scoring.optional:
        level = exp.Coalesce(this=level, expressions=[number(0)])
    return exp.Mul(this=number(scoring.weights[name]), expression=level)


def _any_applies(scoring: Scoring) -> list[exp.Expr]:
    if scoring.optional < scoring.weights.keys():
        return []
    return [any_of(is_present(f"{name}:level") for name in scoring.weights)]


def _sum_weights(scoring: Scoring) -> exp.Expr:
    always = sum(weight for name, weight in scoring.weights.items() if name not in scoring.optional)
    varying: list[exp.Expr] = [
        choose([(is_present(f"{name}:level"), number(weight))], number(0))
        for name, weight in scoring.weights.items()
        if name in scoring.optional
    ]
    return cast_bigint(add([number(always), *varying] if always else varying))


def order_scores(scoring: Scoring) -> exp.Expr:
    """A whole number that stands to others as the exact scores do."""
    reached = column(f"{scoring.section}:reached")
    if not scoring.optional:
        return reached
    fine = exp.Mul(this=reached, expression=number(scoring.resolution))
    return divide(fine, column(f"{scoring.section}:weight"))


def show_score(scoring: Scoring, total: str) -> exp.Expr:
    """A total of the section, such as what was reached, as a score of 100."""
    return _show_part(scoring, column(total), factor=1)


def show_points(scoring: Scoring, name: str) -> exp.Expr:
    """The points of one indicator, of the section's 100 after what does not apply was left out."""
    return _show_part(scoring, cast_bigint(column(f"{name}:level")), factor=scoring.weights[name])


def _show_part(scoring: Scoring, reached: exp.Expr, *, factor: int) -> exp.Expr:
    """`factor` * `reached` as a part of 100: exact where all weights always count, else rounded half up."""
    if scoring.exact_factor is not None:
        return exp.Mul(this=reached, expression=number(factor * scoring.exact_factor))
    common = math.gcd(factor * _FINE, scoring.scale)
    scale = scoring.scale // common
    half, whole = _multiply_weight(scoring, scale), _multiply_weight(scoring, 2 * scale)
    fine = exp.Mul(this=number(factor * _FINE // common), expression=reached)
    rounded = divide(exp.Add(this=fine, expression=half), whole)
    step = number(Decimal(1).scaleb(-SCORE_DECIMALS))
    return exp.Mul(this=cast_decimal(rounded, digits=_SCORE_DIGITS), expression=step)


def _multiply_weight(scoring: Scoring, factor: int) -> exp.Expr:
    """`factor` * the weight that counts; one number where it never varies, since engines multiply two in 32 bits."""
    if not scoring.optional:
        return number(factor * scoring.total)
    weight = column(f"{scoring.section}:weight")
    return weight if factor == 1 else exp.Mul(this=number(factor), expression=weight)


def is_complete(scoring: Scoring) -> exp.Expr:
    """Whether something was reported and nothing missing can raise a level."""
    same = exp.EQ(this=column(f"{scoring.section}:reached"), expression=column(f"{scoring.section}:reachable"))
    return all_of([column(f"{scoring.section}:reported"), exp.Coalesce(this=same, expressions=[exp.true()])])


def find_grade(scoring: Scoring, grades: Sequence[Grade]) -> exp.Case:
    """The name of the band that the exact score lies in."""
    bands = sorted(grades, key=lambda grade: grade.min, reverse=True)
    return choose((_reaches_grade(scoring, grade), exp.Literal.string(grade.title)) for grade in bands)


def _reaches_grade(scoring: Scoring, grade: Grade) -> exp.GTE:
    of_reached, of_weight = _weigh_grade(scoring, grade)
    reached = exp.Mul(this=number(of_reached), expression=column(f"{scoring.section}:reached"))
    return exp.GTE(this=reached, expression=_multiply_weight(scoring, of_weight))


def find_largest_of_grade(scoring: Scoring, grade: Grade) -> int:
    """No whole number that is compared to find out whether `grade` is reached is larger."""
    of_reached, of_weight = _weigh_grade(scoring, grade)
    return max(of_reached * scoring.scale, abs(of_weight)) * scoring.total


def _weigh_grade(scoring: Scoring, grade: Grade) -> tuple[int, int]:
    """By what is multiplied what was reached, and the weight with which that is compared."""
    needed = Fraction(grade.min) * scoring.scale
    return 100 * needed.denominator, needed.numerator
