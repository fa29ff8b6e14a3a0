"""The statements of a scoring in two passes: how often each score occurs, then every row with its rank looked up.

No row is held and nothing is sorted but the scores that occur, so that memory does not grow with the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlglot import exp

from kpi_cli.targets.sql.expressions import any_of
from kpi_cli.targets.sql.query import Plan, build_query, name_results
from kpi_cli.targets.sql.suspects import find_lost, find_suspects

_GRAMMAR = "duckdb"
_COUNTS = "counts"


def write_lost(plan: Plan) -> str:
    """The condition of the rows in which a figure, for itself alone, must not count; a reader must find why."""
    return _write_any(find_lost(indicator) for indicator in plan.indicators)


def write_suspects(plan: Plan, rounded: Collection[str] = ()) -> str:
    """The condition of the rows that a reader must look at, since some percent in them may not count.

    `rounded`: the percents beside which the table says how many decimals they were typed with.
    """
    return _write_any(find_suspects(indicator, said=plan.said, rounded=rounded) for indicator in plan.indicators)


def _write_any(found: Iterable[Iterable[exp.Expr]]) -> str:
    return any_of([exp.false(), *(each for conditions in found for each in conditions)]).sql(dialect=_GRAMMAR)


def write_scores(plan: Plan, table: str) -> str:
    """The query of each row's levels and scores, which both passes go over: to write it costs more than to run it."""
    return build_query(replace(plan, ranked=False), exp.to_table(table)).sql(dialect=_GRAMMAR, comments=False)


def write_counts(plan: Plan, scores: str) -> str:
    """The first pass over `scores`, and a small table of ranks for each section."""
    orders = [_quote(f"{section.id}:order") for section in plan.sections]
    counted = f"SELECT {', '.join(orders)}, COUNT(*) AS n FROM ({scores}) GROUP BY ALL"
    return ";\n".join([f"CREATE TEMP TABLE {_COUNTS} AS {counted}", *(_write_ranks(one.id) for one in plan.sections)])


def _write_ranks(section: str) -> str:
    order = _quote(f"{section}:order")
    scores = f"SELECT {order} AS score, SUM(n) AS n FROM {_COUNTS} WHERE {order} IS NOT NULL GROUP BY ALL"
    rank = "CAST(1 + SUM(n) OVER (ORDER BY score DESC) - n AS BIGINT)"
    return f"CREATE TEMP TABLE {_name_ranks(section)} AS SELECT score, {rank} AS rank FROM ({scores})"


def write_rows(plan: Plan, scores: str) -> str:
    """The second pass: the rows that the query of `kpi sql` returns, column for column."""
    joins = [
        f"LEFT JOIN {_name_ranks(one.id)} ON {_name_ranks(one.id)}.score = {_order(one.id)}" for one in plan.sections
    ]
    ranks = {f"{one.id}:rank": f"{_name_ranks(one.id)}.rank" for one in plan.sections}
    names = name_results(replace(plan, ranked=True))
    columns = ", ".join(f"{ranks.get(name, f'scored.{_quote(name)}')} AS {_quote(name)}" for name in names)
    return f"SELECT {columns} FROM ({scores}) AS scored {' '.join(joins)}"


def _order(section: str) -> str:
    return f"scored.{_quote(f'{section}:order')}"


def _name_ranks(section: str) -> str:
    return _quote(f"{section}:ranks")


def _quote(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql(dialect=_GRAMMAR)
