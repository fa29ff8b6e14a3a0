"""Standard competition ranking (1, 2, 2, 4) on the exact score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore

TieLevels: TypeAlias = tuple[int, ...]
"""What decides among equal scores: proven levels, compared in order, higher is better."""
Standing: TypeAlias = tuple[Fraction, TieLevels]

_NOT_APPLICABLE = -1  # below level 0: who reached nothing still comes before who had nothing to reach


def read_tie_levels(indicators: Iterable[IndicatorScore], tie_break: Sequence[str]) -> TieLevels:
    """The proven levels of the indicators that `tie_break` names, in its order; ids of another section do not count."""
    levels = {one.id: _NOT_APPLICABLE if one.level is None else one.level for one in indicators}
    return tuple(levels[name] for name in tie_break if name in levels)


def rank_entities(rows: Sequence[EntityScore], tie_levels: Sequence[TieLevels]) -> tuple[EntityScore, ...]:
    """`rows` with ranks, best first and ties in the order given; then those without a score, in the order given.

    `tie_levels` stands beside `rows`, one for each. Rows that are equal in score and tie levels share a rank.
    """
    pairs = list(zip(rows, tie_levels, strict=True))
    ranks = _rank_standings(Counter((row.score, ties) for row, ties in pairs if row.score is not None))
    ranked = [(ranks[row.score, ties], row) for row, ties in pairs if row.score is not None]
    ranked.sort(key=lambda pair: pair[0])
    unranked = (row for row in rows if row.score is None)
    return (*(row._replace(rank=rank) for rank, row in ranked), *unranked)


def _rank_standings(counts: Mapping[Standing, int]) -> dict[Standing, int]:
    ranks: dict[Standing, int] = {}
    better = 0
    for standing in sorted(counts, reverse=True):
        ranks[standing] = better + 1
        better += counts[standing]
    return ranks
