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

from kpi_cli.model import Group, Indicator, IndicatorSet, Section
from kpi_cli.rules.policy import Band
from kpi_cli.rules.values import as_decimal
from kpi_cli.scoring.grade import Grades
from kpi_cli.scoring.levels import MAX_REMEMBERED, find_status
from kpi_cli.scoring.scorecard import GroupScore, IndicatorScore, Status, Total

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


class Totals(dict[tuple[Band | None, ...], Total]):
    """What a section comes to for who reported something, by the bands of its indicators; None is not applicable.

    Equal bands are added up once.
    """

    def __init__(self, section: Section, definition: IndicatorSet) -> None:
        super().__init__()
        self._section, self._scale, self._grades = section, definition.scale, Grades(definition.grades)
        self._weighings: dict[tuple[bool, ...], _Weighing] = {}

    def __missing__(self, bands: tuple[Band | None, ...]) -> Total:
        total = self._weigh(tuple([band is not None for band in bands])).add(bands)
        if len(self) < MAX_REMEMBERED:
            self[bands] = total
        return total

    def _weigh(self, applicable: tuple[bool, ...]) -> _Weighing:
        found = self._weighings.get(applicable)
        if found is None:
            found = self._weighings[applicable] = _Weighing(self._section, applicable, self._scale, self._grades)
        return found


class _Weighing:
    """What hangs on which indicators of a section are applicable: in most entities all of them are."""

    def __init__(self, section: Section, applicable: Sequence[bool], scale: int, grades: Grades) -> None:
        indicators = tuple(section)
        weights = tuple(one.weight if counts else None for one, counts in zip(indicators, applicable, strict=True))
        points = weigh_levels(weights, scale)
        unit = lcm(*(each.denominator for one in points for each in one))
        self._any_applicable = any(applicable)
        self._weighed = [_Weighed(one, each, unit) for one, each in zip(indicators, points, strict=True)]
        self._sums = _Sums(unit, grades)
        positions = {one.id: number for number, one in enumerate(indicators)}
        self._groups = [_Groups(group, positions, applicable, self._sums) for group in section.groups]

    def add(self, bands: tuple[Band | None, ...]) -> Total:
        """What `bands` add up to."""
        indicators, proven, possible, complete = zip(*map(getitem, self._weighed, bands), strict=True)
        groups = tuple([group.add(proven) for group in self._groups])
        score, most = (self._sums[sum(proven)], self._sums[sum(possible)]) if self._any_applicable else (_NONE, _NONE)
        # By position, as many as there are: names of parameters take as long as all that is worked out here.
        return Total(score.points, most.points, all(complete), True, score.grade, groups, indicators)


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


class _Sum(NamedTuple):
    """Points, and the grade that they reach."""

    points: Fraction | None
    grade: str | None


_NONE = _Sum(None, None)


class _Sums(dict[int, _Sum]):
    """Units as points."""

    def __init__(self, unit: int, grades: Grades) -> None:
        super().__init__()
        self._unit, self._grades = unit, grades

    def __missing__(self, units: int) -> _Sum:
        points = Fraction(units, self._unit)
        found = self[units] = _Sum(points, self._grades.find(points))
        return found


class _Groups(dict[int, GroupScore]):
    """The subtotals of one group, by the units of its indicators."""

    def __init__(self, group: Group, positions: Mapping[str, int], applicable: Sequence[bool], sums: _Sums) -> None:
        super().__init__()
        own = [positions[one.id] for one in group.indicators]
        self._own, self._sums, self._group = own, sums, group
        self._any_applicable = any(applicable[number] for number in own)

    def __missing__(self, units: int) -> GroupScore:
        points = self._sums[units].points if self._any_applicable else None
        weight = add_weights(one.weight for one in self._group.indicators)
        subtotal = self[units] = GroupScore(self._group.id, points, weight)
        return subtotal

    def add(self, units: Sequence[int]) -> GroupScore:
        """The subtotal, from the units of the section's indicators."""
        return self[sum([units[number] for number in self._own])]


def add_weights(weights: Iterable[Decimal]) -> Decimal:
    """The sum of `weights`, through fractions: one of Decimals is rounded to the context's 28 digits."""
    total = as_decimal(sum(map(Fraction, weights), Fraction()))
    return cast(Decimal, total)  # a sum of decimals has a finite expansion
