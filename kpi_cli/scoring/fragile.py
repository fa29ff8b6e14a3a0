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
from kpi_cli.scoring.levels import MAX_REMEMBERED
from kpi_cli.scoring.rank import Standing, read_tie_levels
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Scorecard, SectionRanking
from kpi_cli.scoring.weighing import LevelPoints, weigh_levels
from kpi_cli.space.blocks import decide_line
from kpi_cli.space.dimensions import Dimension, build_dimensions
from kpi_cli.space.search import Space


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


def _prepare_turns(indicator: Indicator, within: Decimal) -> FindTurns:
    dimensions, space = build_dimensions(indicator), Space(indicator, ())

    @lru_cache(maxsize=MAX_REMEMBERED, typed=True)
    def find(*values: Value | None) -> tuple[Turn, ...]:
        known = dict(zip(names, values, strict=True))
        return tuple(turn for dimension in dimensions for turn in _find_turns(space, dimension, known, within))

    names = tuple(dimension.name for dimension in dimensions)

    def find_own(figures: Mapping[str, Figure]) -> tuple[Turn, ...]:
        found = find(*(figures.get(name, MISSING).value for name in names))
        # 3 and 3.0 are equal, and who typed one did not type both.
        return tuple(turn._replace(value=cast(Number, figures[turn.measure].value)) for turn in found)

    return find_own


class _Near(NamedTuple):
    """A part of the cell at `spot` that a value would reach at `bound`."""

    spot: int
    bound: Decimal
    distance: Fraction


def _find_turns(
    space: Space, dimension: Dimension, values: Mapping[str, Value | None], within: Decimal
) -> Iterator[Turn]:
    """The nearest turn to each other level that one number alone would bring."""
    value = values[dimension.name]
    if value is None or isinstance(value, bool | str) or value == _best_end(dimension):
        return
    near = list(_list_near(dimension, value, within))
    if not near:
        return
    levels = [space.level_of(holding) for holding in decide_line(dimension, space.indicator.rules, values)]
    present = next(level for cell, level in zip(dimension.cells, levels, strict=True) if cell.holds(value))
    nearest: dict[int, Turn] = {}
    for spot, bound, distance in near:
        turn = Turn(dimension.name, value, bound, distance, levels[spot])
        if turn.level != present:
            nearest[turn.level] = min(nearest.get(turn.level, turn), turn, key=lambda one: one.distance)
    yield from sorted(nearest.values(), key=lambda turn: turn.distance)


def _list_near(dimension: Dimension, value: Number, within: Decimal) -> Iterator[_Near]:
    """What other cells have within reach of `value`, measured to the nearer end of each of their parts."""
    others = ((spot, cell) for spot, cell in enumerate(dimension.cells) if not cell.holds(value))
    for spot, part in ((spot, cast(Stretch, part)) for spot, cell in others for part in cell.parts):
        end = part.low if part.low is not None and value <= part.low else part.high
        bound = cast(Decimal, end)  # what lies below has an upper end
        distance = abs(Fraction(bound) - Fraction(value))
        if distance <= _limit(dimension, bound, within):
            yield _Near(spot, bound, distance)


def _best_end(dimension: Dimension) -> Decimal | None:
    low, high = dimension.measure.bounds
    return (high if dimension.up > 0 else low) if dimension.ordered else None


def _limit(dimension: Dimension, bound: Decimal, within: Decimal) -> Fraction:
    scale = 1 if dimension.measure.type == "percent" else abs(Fraction(bound)) / 100
    return Fraction(within) * scale
