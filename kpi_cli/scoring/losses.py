"""Where a section's points are lost: how much each indicator costs on average, and how many stand at each level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, SectionRanking


class Loss(NamedTuple):
    """One indicator over all entities that reported in its section.

    `lost` is the mean of the points of the section's 100 that its proven levels leave out, over the entities to which
    it applies; None where it applies to nobody. `levels` counts them by proven level, 0..scale.
    """

    id: str
    lost: Fraction | None
    levels: tuple[int, ...]
    not_applicable: int


_Lost: TypeAlias = tuple[IndicatorScore, Fraction | None]
"""An indicator with the points that it leaves out; None where it does not apply."""


def count_losses(ranking: SectionRanking, *, scale: int) -> tuple[Loss, ...]:
    """The losses of a section, in the order of its indicators; empty where nobody reported."""
    rows = [row for row in ranking.rows if row.reported]
    columns = zip(*(_list_lost(row) for row in rows), strict=True)
    return tuple(_count_loss(column, scale) for column in columns)


def _list_lost(row: EntityScore) -> list[_Lost]:
    """Each indicator of a row with the points that it leaves out."""
    worth = _full_points(row)
    return [(one, None if one.points is None else Fraction(one.weight) * worth - one.points) for one in row.indicators]


def _full_points(row: EntityScore) -> Fraction:
    """What a weight of 1 is worth in a row: its points of 100 after what is not applicable was left out."""
    total = sum((Fraction(one.weight) for one in row.indicators if one.level is not None), Fraction())
    return 100 / total if total else Fraction()


def _count_loss(column: Sequence[_Lost], scale: int) -> Loss:
    lost = [points for _, points in column if points is not None]
    levels = Counter(one.level for one, _ in column)
    return Loss(
        id=column[0][0].id,
        lost=sum(lost, Fraction()) / len(lost) if lost else None,
        levels=tuple(levels[level] for level in range(scale + 1)),
        not_applicable=len(column) - len(lost),
    )
