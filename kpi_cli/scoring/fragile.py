"""What hangs by a thread: figures so close to a threshold that a small correction would change a level, and the rank.

One figure moves at a time, all others stay. `within` is in points for a percent; for a number and a count it is per
cent of the threshold, so that one distance serves baht and sites alike. A figure at the best end of its range is
whole (all contracts, no debt): it was counted and not rounded, and is left alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias, cast

from kpi_cli.model import Indicator, IndicatorSet, Section
from kpi_cli.rules.cells import Stretch
from kpi_cli.rules.values import Number, Value
from kpi_cli.scoring.figures import MISSING, Entity, Figure
from kpi_cli.scoring.levels import MAX_REMEMBERED, Bands, Spots, list_spots
from kpi_cli.scoring.rank import Standing, read_tie_levels
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Scorecard, SectionRanking
from kpi_cli.scoring.weighing import LevelPoints, weigh_levels
from kpi_cli.space.dimensions import Dimension, build_dimensions


class Turn(NamedTuple):
    """A figure that would get another level if it lay `distance` away, at or just beyond `bound`."""

    measure: str
    value: Number
    bound: Number
    distance: Fraction
    level: int


class Fragility(NamedTuple):
    """One such figure of one entity: the level and the rank that it has, and those that it would have."""

    section: str
    entity: Entity
    indicator: str
    turn: Turn
    level: int
    rank: int
    other_rank: int


class Sensitivity(NamedTuple):
    """All that was found within a distance, in the order of sections, ranks and measures."""

    within: Decimal
    found: tuple[Fragility, ...]


FindTurns: TypeAlias = Callable[[Mapping[str, Figure]], tuple[Turn, ...]]


def find_fragile(
    definition: IndicatorSet, scorecard: Scorecard, *, within: Decimal, tie_break: Sequence[str] = ()
) -> Sensitivity:
    """Every figure within that distance of another level; `tie_break` is the one that the scorecard was ranked by."""
    rankings = {ranking.id: ranking for ranking in scorecard.sections}
    found = (
        fragility
        for section in definition.sections
        for fragility in _search_section(section, rankings[section.id], definition.scale, within, tie_break)
    )
    return Sensitivity(within, tuple(found))


def _search_section(
    section: Section, ranking: SectionRanking, scale: int, within: Decimal, tie_break: Sequence[str]
) -> Iterator[Fragility]:
    finders = [_prepare_turns(indicator, within) for indicator in section]
    ranked = [row for row in ranking.rows if row.score is not None]
    standings = sorted(_find_standing(row, tie_break) for row in ranked)
    for row in ranked:
        weights = tuple(None if one.level is None else one.weight for one in row.indicators)
        for find, one, points in zip(finders, row.indicators, weigh_levels(weights, scale), strict=True):
            for turn in () if one.level is None else find(row.figures):
                turned = _turn_row(row, one, turn.level, points)
                other_rank = _find_rank(standings, _find_standing(row, tie_break), _find_standing(turned, tie_break))
                yield Fragility(ranking.id, row.entity, one.id, turn, one.level or 0, row.rank or 0, other_rank)


def _find_standing(row: EntityScore, tie_break: Sequence[str]) -> Standing:
    return row.score or Fraction(), read_tie_levels(row.indicators, tie_break)


def _turn_row(row: EntityScore, one: IndicatorScore, level: int, points: LevelPoints) -> EntityScore:
    score = (row.score or Fraction()) - (one.points or 0) + points[level]
    indicators = tuple(other._replace(level=level) if other is one else other for other in row.indicators)
    return row._replace(total=row.total._replace(score=score, indicators=indicators))


def _find_rank(standings: Sequence[Standing], own: Standing, other: Standing) -> int:
    """The rank that `own` would have as `other`: behind all that are better, but for itself. `standings` ascend."""
    better = len(standings) - bisect_right(standings, other)
    return better - (own > other) + 1


class _Axis(NamedTuple):
    """A measure that the rules read; `places` are those of its cells (`levels.Spots`)."""

    dimension: Dimension
    places: tuple[int, ...]


def _prepare_turns(indicator: Indicator, within: Decimal) -> FindTurns:
    spots = list_spots(indicator)
    bands = Bands(indicator, spots)
    axes = {dimension.name: _make_axis(dimension, spots[dimension.name]) for dimension in build_dimensions(indicator)}

    @lru_cache(maxsize=MAX_REMEMBERED, typed=True)
    def find(*values: Value | None) -> tuple[Turn, ...]:
        known = dict(zip(axes, values, strict=True))
        places = bands.locate(known)
        return tuple(turn for axis in axes.values() for turn in _find_turns(axis, known, places, bands, within))

    return lambda figures: find(*(figures.get(name, MISSING).value for name in axes))


def _make_axis(dimension: Dimension, spots: Spots) -> _Axis:
    return _Axis(dimension, tuple(spots.find(cell.sample) for cell in dimension.cells))


def _find_turns(
    axis: _Axis, values: Mapping[str, Value | None], places: Mapping[str, int], bands: Bands, within: Decimal
) -> Iterator[Turn]:
    """The nearest turn to each other level that one number alone would bring."""
    dimension, value = axis.dimension, values[axis.dimension.name]
    if value is None or isinstance(value, bool | str) or value == _best_end(dimension):
        return
    present, nearest = bands.find_level(places), dict[int, Turn]()
    for cell, place in zip(dimension.cells, axis.places, strict=True):
        level = bands.find_level({**places, dimension.name: place})
        for part in cell.parts if level != present else ():
            turn = _reach(dimension, value, cast(Stretch, part), level)
            if turn.distance <= _limit(dimension, turn, within):
                nearest[level] = min(nearest.get(level, turn), turn, key=lambda one: one.distance)
    yield from sorted(nearest.values(), key=lambda turn: turn.distance)


def _best_end(dimension: Dimension) -> Decimal | None:
    low, high = dimension.measure.bounds
    return (high if dimension.up > 0 else low) if dimension.ordered else None


def _reach(dimension: Dimension, value: Number, part: Stretch, level: int) -> Turn:
    """How far `part` lies from `value`, which is none of it, measured to its nearer end."""
    end = part.low if part.low is not None and value <= part.low else part.high
    bound = cast(Decimal, end)  # what lies below has an upper end
    return Turn(dimension.name, value, bound, abs(Fraction(bound) - Fraction(value)), level)


def _limit(dimension: Dimension, turn: Turn, within: Decimal) -> Fraction:
    scale = 1 if dimension.measure.type == "percent" else abs(Fraction(turn.bound)) / 100
    return Fraction(within) * scale
