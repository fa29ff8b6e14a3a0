"""Standard competition ranking (1, 2, 2, 4) on the exact score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

from kpi_cli.scoring.figures import make_many
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Total

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
    places = _order_totals({row.total for row in rows})
    standings: defaultdict[tuple[int, TieLevels], list[EntityScore]] = defaultdict(list)
    unranked: list[EntityScore] = []
    for row, ties in zip(rows, tie_levels, strict=True):
        place = places.get(row.total)
        same = unranked if place is None else standings[place, ties]
        same.append(row)
    ranked: list[EntityScore] = []
    for standing in sorted(standings, reverse=True):
        rank = len(ranked) + 1
        _, entities, totals, figures = zip(*standings[standing], strict=True)
        ranked += make_many(EntityScore, [rank] * len(entities), entities, totals, figures)
    return (*ranked, *unranked)


def _order_totals(totals: Iterable[Total]) -> dict[Total, int]:
    """The place of each total that has a score among all scores, equal ones at one place, higher is better.

    Totals share their fractions, and those are slow to compare: each object is looked at once.
    """
    scored = [(total, total.score) for total in totals if total.score is not None]
    scores = {id(score): score for _, score in scored}
    places = {score: place for place, score in enumerate(sorted(set(scores.values())))}
    by_identity = {identity: places[score] for identity, score in scores.items()}
    return {total: by_identity[id(score)] for total, score in scored}
