"""Ranks from how often each score occurs: a section has a few hundred scores, however many rows.

So nothing is sorted but the scores that occur, and each row looks its rank up.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from kpi_cli.targets.sql.expressions import cast_bigint, column, is_present, name_column, number
from kpi_cli.targets.sql.scores import Scoring

SUFFIX = ":ranks"
"""Of the step that holds the ranks of a section."""
_MEANING = "1 and how many have a better score"


def list_tie_keys(scoring: Scoring, tie_break: Sequence[str]) -> list[exp.Alias]:
    """A column for each indicator of the section whose level decides among equal scores; none stands below 0."""
    return [
        name_column(exp.Coalesce(this=column(f"{name}:level"), expressions=[number(-1)]), _name_tie(name))
        for name in tie_break
        if name in scoring.weights
    ]


def _name_tie(indicator: str) -> str:
    return f"{indicator}:tie"


def count_ranks(scoring: Scoring, tie_break: Sequence[str], source: exp.Table) -> exp.Select:
    """A row for each score that occurs, with its rank in standard competition ranking.

    Those with a better score are those with this one or a better, less those with this.
    """
    names = _list_keys(scoring, tie_break)
    order = exp.Order(expressions=[exp.Ordered(this=column(name), desc=True, nulls_first=False) for name in names])
    counted = exp.Count(this=exp.Star())
    at_least = exp.Window(this=exp.Sum(this=counted.copy()), order=order)
    rank = exp.Sub(this=exp.Add(this=number(1), expression=at_least), expression=counted)
    keys = [column(name) for name in names]
    shown = name_column(cast_bigint(rank), f"{scoring.section}:rank", _MEANING)
    return (
        exp.select(*keys, shown, copy=False)
        .from_(source.copy(), copy=False)
        .where(is_present(f"{scoring.section}:order"), copy=False)
        .group_by(*(key.copy() for key in keys), copy=False)
    )


def join_ranks(query: exp.Select, scoring: Scoring, tie_break: Sequence[str]) -> exp.Select:
    """`query` with the rank of each row's score beside it; NULL without a score."""
    ranks = exp.Table(this=name_ranks(scoring))
    keys: list[int | str | exp.Expr] = [*map(column, _list_keys(scoring, tie_break))]
    return query.join(ranks, join_type="left", using=keys, copy=False)


def name_ranks(scoring: Scoring) -> exp.Identifier:
    """The step that holds the ranks of a section."""
    return exp.to_identifier(f"{scoring.section}{SUFFIX}", quoted=True)


def _list_keys(scoring: Scoring, tie_break: Sequence[str]) -> list[str]:
    """The columns that together tell one rank from another."""
    return [f"{scoring.section}:order", *(_name_tie(name) for name in tie_break if name in scoring.weights)]
