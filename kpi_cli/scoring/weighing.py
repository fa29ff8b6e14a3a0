"""Levels to points of a section's 100, over the weights of what is applicable, and their sum.

Sums of fractions cost more than all else of a long table. Here points are whole numbers of one unit, exactly, and a
sum becomes a fraction once; what many entities share, such as an indicator at one level, is one object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import getitem
from typing import NamedTuple, TypeAlias, cast

from kpi_cli.model import Grade, Group, Indicator, IndicatorSet, Section
from kpi_cli.rules.policy import Band
from kpi_cli.rules.values import as_decimal
from kpi_cli.scoring.figures import Record
from kpi_cli.scoring.grade import find_grade
from kpi_cli.scoring.levels import MAX_REMEMBERED, find_status
from kpi_cli.scoring.scorecard import EntityScore, GroupScore, IndicatorScore, Status

LevelPoints: TypeAlias = tuple[Fraction, ...]
"""The points of levels 0..scale of one indicator; none where it is not applicable."""


@lru_cache(maxsize=1_024)
def weigh_levels(weights: tuple[Decimal | None, ...], scale: int) -> tuple[LevelPoints, ...]:
    """The points of every level of each indicator, of 100 in all; a weight of None is not applicable."""
    total = sum(Fraction(weight) for weight in weights if weight is not None)
    return tuple(
        () if weight is None else tuple(100 * Fraction(weight) * level / (scale * total) for level in range(scale + 1))
        for weight in weights
    )


def score_indicator(indicator: Indicator, band: Band | None, points: LevelPoints) -> IndicatorScore:
    """An indicator weighed: `points` are those of its levels; a band of None is not applicable."""
    return IndicatorScore(
        id=indicator.id,
        weight=indicator.weight,
        status=find_status(band),
        level=None if band is None else band.proven,
        possible_level=None if band is None else band.possible,
        points=None if band is None else points[band.proven],
    )


class Weighing:
    """The scores of entities that have the same indicators of a section applicable."""

    def __init__(self, section: Section, applicable: Sequence[bool], definition: IndicatorSet) -> None:
        indicators = tuple(section)
        weights = tuple(one.weight if counts else None for one, counts in zip(indicators, applicable, strict=True))
        points = weigh_levels(weights, definition.scale)
        unit = lcm(*(each.denominator for one in points for each in one))
        self._any_applicable = any(applicable)
        self._weighed = [_Weighed(one, each, unit) for one, each in zip(indicators, points, strict=True)]
        self._totals = _Totals(unit, definition.grades)
        positions = {one.id: number for number, one in enumerate(indicators)}
        self._groups = [_Groups(group, positions, applicable, self._totals) for group in section.groups]
        self._sums: dict[tuple[Band | None, ...], _Sum] = {}

    def score_entity(self, record: Record, bands: tuple[Band | None, ...], *, reported: bool) -> EntityScore:
        """The row of one entity, as yet without a rank."""
        found = self._sums.get(bands) or self._remember(bands)
        scored = reported and self._any_applicable
        total = found.total if scored else _NO_TOTAL
        return EntityScore(
            None,
            record.entity,
            total.points,
            found.possible if scored else None,
            reported and found.complete,
            reported,
            total.grade,
            found.groups,
            found.indicators,
            record.figures,
        )

    def _remember(self, bands: tuple[Band | None, ...]) -> _Sum:
        found = self._add(bands)
        if len(self._sums) < MAX_REMEMBERED:
            self._sums[bands] = found
        return found

    def _add(self, bands: tuple[Band | None, ...]) -> _Sum:
        indicators, proven, possible, complete = zip(*map(getitem, self._weighed, bands), strict=True)
        groups = tuple([group.add(proven) for group in self._groups])
        total = self._totals[sum(proven)]
        return _Sum(total, self._totals[sum(possible)].points, all(complete), groups, indicators)


class _Sum(NamedTuple):
    """What the bands of a section's indicators add up to."""

    total: _Total
    possible: Fraction | None
    complete: bool
    groups: tuple[GroupScore, ...]
    indicators: tuple[IndicatorScore, ...]


class _Part(NamedTuple):
    """An indicator at one band, and its points in units, proven and possible."""

    score: IndicatorScore
    proven: int
    possible: int
    complete: bool


class _Weighed(dict[Band | None, _Part]):
    """One indicator at each of its bands."""

    def __init__(self, indicator: Indicator, points: LevelPoints, unit: int) -> None:
        super().__init__()
        self._indicator, self._points = indicator, points
        self._units = [int(each * unit) for each in points]

    def __missing__(self, band: Band | None) -> _Part:
        score = score_indicator(self._indicator, band, self._points)
        proven, possible = (0, 0) if band is None else (self._units[band.proven], self._units[band.possible])
        part = self[band] = _Part(score, proven, possible, score.status is not Status.INCOMPLETE)
        return part


class _Total(NamedTuple):
    """Points, and the grade that they reach."""

    points: Fraction | None
    grade: str | None


_NO_TOTAL = _Total(None, None)


class _Totals(dict[int, _Total]):
    """Units as points."""

    def __init__(self, unit: int, grades: Sequence[Grade]) -> None:
        super().__init__()
        self._unit, self._grades = unit, grades

    def __missing__(self, units: int) -> _Total:
        points = Fraction(units, self._unit)
        total = self[units] = _Total(points, find_grade(points, self._grades))
        return total


class _Groups(dict[int, GroupScore]):
    """The subtotals of one group, by the units of its indicators."""

    def __init__(self, group: Group, positions: Mapping[str, int], applicable: Sequence[bool], totals: _Totals) -> None:
        super().__init__()
        own = [positions[one.id] for one in group.indicators]
        self._own, self._totals, self._group = own, totals, group
        self._any_applicable = any(applicable[number] for number in own)

    def __missing__(self, units: int) -> GroupScore:
        points = self._totals[units].points if self._any_applicable else None
        weight = _add_weights(one.weight for one in self._group.indicators)
        subtotal = self[units] = GroupScore(self._group.id, points, weight)
        return subtotal

    def add(self, units: Sequence[int]) -> GroupScore:
        """The subtotal, from the units of the section's indicators."""
        return self[sum([units[number] for number in self._own])]


def _add_weights(weights: Iterable[Decimal]) -> Decimal:
    # Through fractions: a sum of Decimals is rounded to the context's 28 digits.
    total = as_decimal(sum(map(Fraction, weights), Fraction()))
    return cast(Decimal, total)  # a sum of decimals has a finite expansion
