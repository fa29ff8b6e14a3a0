"""What the entities score in one section: levels, weighed over what is applicable, and their sum (DESIGN section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias, cast

from kpi_cli.model import Group, IndicatorSet, Section
from kpi_cli.rules.values import as_decimal
from kpi_cli.scoring.figures import Entity, Record
from kpi_cli.scoring.grade import find_grade
from kpi_cli.scoring.levels import Assessment, prepare_assessment
from kpi_cli.scoring.scorecard import EntityScore, GroupScore, IndicatorScore, Status

LevelPoints: TypeAlias = tuple[Fraction, ...]
"""The points of levels 0..scale of one indicator; none where it is not applicable."""


def score_section(section: Section, records: Sequence[Record], definition: IndicatorSet) -> tuple[EntityScore, ...]:
    """One row for each record, in the order of the records and as yet without ranks."""
    assess_each = [prepare_assessment(indicator) for indicator in section]
    return tuple(
        _score_entity(record.entity, [assess(record.figures) for assess in assess_each], section, definition)
        for record in records
    )


def _score_entity(
    entity: Entity, assessments: Sequence[Assessment], section: Section, definition: IndicatorSet
) -> EntityScore:
    weights = tuple(one.indicator.weight if one.band is not None else None for one in assessments)
    weighed = list(zip(assessments, weigh_levels(weights, definition.scale), strict=True))
    indicators = tuple(score_indicator(one, points) for one, points in weighed)
    reported = any(figure.reported for one in assessments for figure in one.figures.values())
    scored = reported and any(weight is not None for weight in weights)
    score = _add_levels(tuple(one.level for one in indicators), weights, definition.scale)
    possible = _add_levels(tuple(one.possible_level for one in indicators), weights, definition.scale)
    return EntityScore(
        rank=None,
        entity=entity,
        score=score if scored else None,
        possible=possible if scored else None,
        complete=reported and all(one.status is not Status.INCOMPLETE for one in indicators),
        reported=reported,
        grade=find_grade(score, definition.grades) if scored else None,
        groups=_add_groups(section.groups, {one.id: one for one in indicators}),
        indicators=indicators,
    )


@lru_cache(maxsize=1_024)  # most entities have everything applicable
def weigh_levels(weights: tuple[Decimal | None, ...], scale: int) -> tuple[LevelPoints, ...]:
    """The points of every level of each indicator, of 100 in all; a weight of None is not applicable."""
    total = sum(Fraction(weight) for weight in weights if weight is not None)
    return tuple(
        () if weight is None else tuple(100 * Fraction(weight) * level / (scale * total) for level in range(scale + 1))
        for weight in weights
    )


@lru_cache(maxsize=4_096)  # sums of fractions cost more than all else of a long table, and many rows are alike
def _add_levels(levels: tuple[int | None, ...], weights: tuple[Decimal | None, ...], scale: int) -> Fraction:
    """The points of `levels` together; a level of None is not applicable."""
    weighed = zip(levels, weigh_levels(weights, scale), strict=True)
    return sum((points[level] for level, points in weighed if level is not None), Fraction())


def score_indicator(assessment: Assessment, points: LevelPoints) -> IndicatorScore:
    """An indicator weighed: `points` are those of its levels."""
    band = assessment.band
    return IndicatorScore(
        id=assessment.indicator.id,
        weight=assessment.indicator.weight,
        status=assessment.status,
        level=None if band is None else band.proven,
        possible_level=None if band is None else band.possible,
        points=None if band is None else points[band.proven],
        figures=assessment.figures,
    )


def _add_groups(groups: Sequence[Group], scores: Mapping[str, IndicatorScore]) -> tuple[GroupScore, ...]:
    return tuple(_add_group(group, [scores[one.id] for one in group.indicators]) for group in groups)


def _add_group(group: Group, indicators: Sequence[IndicatorScore]) -> GroupScore:
    points = [one.points for one in indicators if one.points is not None]
    return GroupScore(
        group.id,
        sum(points, Fraction()) if points else None,
        _add_weights(tuple(one.weight for one in group.indicators)),
    )


@lru_cache(maxsize=256)
def _add_weights(weights: tuple[Decimal, ...]) -> Decimal:
    # Through fractions: a sum of Decimals is rounded to the context's 28 digits.
    total = as_decimal(sum(map(Fraction, weights), Fraction()))
    return cast(Decimal, total)  # a sum of decimals has a finite expansion
