"""Standard competition ranking (1, 2, 2, 4) on the exact score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import TypeAlias

from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore

TieLevels: TypeAlias = tuple[int, ...]
"""What decides among equal scores: proven levels, compared in order, higher is better."""
Standing: TypeAlias = tuple[Fraction, TieLevels]

_NOT_APPLICABLE = -1  # below level 0: who reached nothing still comes before who had nothing to reach


def read_tie_levels(indicators: Iterable[IndicatorScore], tie_break: Sequence[str]) -> TieLevels:
    """The proven levels of the indicators that `tie_break` names, in its order; ids of another section do not count."""
    if not tie_break:
        return ()
    levels = {one.id: _NOT_APPLICABLE if one.level is None else one.level for one in indicators}
    return tuple(levels[name] for name in tie_break if name in levels)


def rank_entities(rows: Sequence[EntityScore], tie_levels: Sequence[TieLevels]) -> tuple[EntityScore, ...]:
    """`rows` with ranks, best first and ties in the order given; then those without a score, in the order given.

    `tie_levels` stands beside `rows`, one for each. Rows that are equal in score and tie levels share a rank.
    """
    order = _order_scores(rows)
    beside = zip(rows, tie_levels, strict=True)
    standings = [((order[id(row.score)], ties), row) for row, ties in beside if row.score is not None]
    ranks = _rank_standings(Counter(standing for standing, _ in standings))
    ranked = [(ranks[standing], row) for standing, row in standings]
    ranked.sort(key=itemgetter(0))
    unranked = (row for row in rows if row.score is None)
    return (*(EntityScore._make((rank, *row[1:])) for rank, row in ranked), *unranked)


def _order_scores(rows: Iterable[EntityScore]) -> dict[int, int]:
    """By the identity of each score its place among all scores, equal ones at one place, higher is better.

    Rows share their fractions, and those are slow to compare: each object is looked at once.
    """
    scores = {id(row.score): row.score for row in rows if row.score is not None}
    places = {score: place for place, score in enumerate(sorted(set(scores.values())))}
    return {identity: places[score] for identity, score in scores.items()}


def _rank_standings(counts: Mapping[tuple[int, TieLevels], int]) -> dict[tuple[int, TieLevels], int]:
    ranks: dict[tuple[int, TieLevels], int] = {}
    better = 0
    for standing in sorted(counts, reverse=True):
        ranks[standing] = better + 1
        better += counts[standing]
    return ranks
