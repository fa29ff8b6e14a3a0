"""The query as a whole: figures, percents, levels, totals, scores and ranks, a step each, and what is returned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlglot import ErrorLevel, exp

from kpi_cli.model import Grade, Indicator, IndicatorSet, Section
from kpi_cli.targets.sql.dialects import Dialect, Keep
from kpi_cli.targets.sql.expressions import any_of, column, name_column
from kpi_cli.targets.sql.figures import (
    find_operands,
    is_reported,
    may_be_inapplicable,
    name_inapplicable,
    set_up_ratios,
    take_figures,
)
from kpi_cli.targets.sql.levels import compile_level
from kpi_cli.targets.sql.ranks import count_ranks, join_ranks, list_tie_keys, name_ranks
from kpi_cli.targets.sql.scores import (
    Scoring,
    add_totals,
    find_grade,
    is_complete,
    order_scores,
    plan_scoring,
    show_points,
    show_score,
)

ENTITY = "entity"
_WIDTH = 110


@dataclass(frozen=True)
class Plan:
    """What is compiled: sections of a set, with their scoring.

    `said`: the table has a column `"<measure>:na"` beside each measure that may be not applicable. `tie_break` names
    indicators whose levels decide among equal scores. Where it is not `ranked`, the query gives in the place of ranks
    the whole numbers (`"team:order"`) that stand to each other as the scores do. Where an engine has no booleans
    (`has_booleans`), flags are 1 and 0.
    """

    sections: tuple[Section, ...]
    scorings: tuple[Scoring, ...]
    grades: tuple[Grade, ...]
    said: bool = False
    tie_break: tuple[str, ...] = ()
    ranked: bool = True
    has_booleans: bool = True

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of all sections, in order."""
        return tuple(indicator for section in self.sections for indicator in section)


def plan_query(
    definition: IndicatorSet, *, sections: Sequence[str] = (), said: bool = False, tie_break: Sequence[str] = ()
) -> Plan:
    """The plan for `sections` (ids; none means all) of a set."""
    chosen = tuple(section for section in definition.sections if not sections or section.id in sections)
    scorings = tuple(
        plan_scoring(section, scale=definition.scale, optional=_find_optional(section, said=said)) for section in chosen
    )
    return Plan(chosen, scorings, definition.grades, said, tuple(tie_break))


def _find_optional(section: Section, *, said: bool) -> frozenset[str]:
    return frozenset(
        indicator.id
        for indicator in section
        if any(may_be_inapplicable(measure, said=said) for measure in indicator.measures.values())
    )


def compile_query(plan: Plan, *, dialect: Dialect, table: exp.Table) -> str:
    """The text of the query, without what stands above it."""
    query = build_query(plan, table, keep=dialect.keep)
    return query.sql(dialect=dialect.grammar, pretty=True, max_text_width=_WIDTH, unsupported_level=ErrorLevel.RAISE)


def name_results(plan: Plan) -> tuple[str, ...]:
    """The columns of the query, in order."""
    return tuple(each.alias_or_name for each in _list_results(plan))


def build_query(plan: Plan, table: exp.Table, *, keep: Keep = "none") -> exp.Select:
    """The query as a tree."""
    query = exp.select(*_list_results(plan), copy=False)
    source = table
    for name, list_columns in STEPS:
        step = exp.select(*list_columns(plan), copy=False).from_(source, copy=False)
        kept = keep == "all" or (keep == "shared" and plan.ranked and name == "scores")
        query = query.with_(exp.to_identifier(name), step, materialized=kept or None, copy=False)
        source = exp.to_table(name)
    query = query.from_(source, copy=False)
    return _add_ranks(query, plan, source) if plan.ranked else query


def _add_ranks(query: exp.Select, plan: Plan, source: exp.Table) -> exp.Select:
    for scoring in plan.scorings:
        query = query.with_(name_ranks(scoring), count_ranks(scoring, plan.tie_break, source), copy=False)
        query = join_ranks(query, scoring, plan.tie_break)
    return query


def _list_figures(plan: Plan) -> list[exp.Expr]:
    figures = (take_figures(indicator, said=plan.said, has_booleans=plan.has_booleans) for indicator in plan.indicators)
    return [column(ENTITY), *(each for columns in figures for each in columns)]


def _list_percents(plan: Plan) -> list[exp.Expr]:
    ratios = (set_up_ratios(indicator, said=plan.said) for indicator in plan.indicators)
    return [exp.Star(), *(each for columns in ratios for each in columns)]


def _list_levels(plan: Plan) -> list[exp.Expr]:
    columns = [each for indicator in plan.indicators for each in _list_own_levels(indicator, plan)]
    reported = [
        name_column(is_reported(tuple(section), said=plan.said), f"{section.id}:reported") for section in plan.sections
    ]
    return [column(ENTITY), *columns, *reported]


def _list_own_levels(indicator: Indicator, plan: Plan) -> Iterator[exp.Expr]:
    operands = find_operands(indicator)
    proven, possible = (
        compile_level(indicator, operands, inapplicable=_is_inapplicable(indicator, plan), possible=each)
        for each in (False, True)
    )
    yield name_column(proven, f"{indicator.id}:level", f"{indicator.id}: {indicator.title}")
    yield name_column(
        possible, f"{indicator.id}:possible_level", f"{indicator.id}: the most that missing figures leave"
    )


def _is_inapplicable(indicator: Indicator, plan: Plan) -> exp.Expr | None:
    measures = indicator.measures.items()
    said = [
        column(name_inapplicable(name)) for name, measure in measures if may_be_inapplicable(measure, said=plan.said)
    ]
    return any_of(said) if said else None


def _list_totals(plan: Plan) -> list[exp.Expr]:
    return [exp.Star(), *(each for scoring in plan.scorings for each in add_totals(scoring))]


def _list_scores(plan: Plan) -> list[exp.Expr]:
    return [exp.Star(), *(each for scoring in plan.scorings for each in _list_own_scores(scoring, plan))]


def _list_own_scores(scoring: Scoring, plan: Plan) -> Iterator[exp.Expr]:
    section = scoring.section
    yield name_column(show_score(scoring, f"{section}:reached"), f"{section}:score")
    yield name_column(order_scores(scoring), f"{section}:order")
    yield from list_tie_keys(scoring, plan.tie_break)
    yield name_column(show_score(scoring, f"{section}:reachable"), f"{section}:possible")
    yield name_column(is_complete(scoring), f"{section}:complete")
    if plan.grades:
        yield name_column(find_grade(scoring, plan.grades), f"{section}:grade")


STEPS: tuple[tuple[str, Callable[[Plan], list[exp.Expr]]], ...] = (
    ("figures", _list_figures),
    ("percents", _list_percents),
    ("levels", _list_levels),
    ("totals", _list_totals),
    ("scores", _list_scores),
)


def _list_results(plan: Plan) -> list[exp.Expr]:
    """What DESIGN section 7 promises, then what else there is to say."""
    sections = [scoring.section for scoring in plan.scorings]
    levels = [f"{indicator.id}:level" for indicator in plan.indicators]
    scores = [f"{section}:{kind}" for section in sections for kind in ("score", "rank" if plan.ranked else "order")]
    more = [each for indicator in plan.indicators for each in _list_more(indicator, plan)]
    kinds = ("possible", "complete", "grade") if plan.grades else ("possible", "complete")
    rest = [column(f"{section}:{kind}") for section in sections for kind in kinds]
    return [*map(column, [ENTITY, *levels, *scores]), *more, *rest]


def _list_more(indicator: Indicator, plan: Plan) -> Iterator[exp.Expr]:
    scoring = next(each for each in plan.scorings if indicator.id in each.weights)
    yield column(f"{indicator.id}:possible_level")
    yield name_column(show_points(scoring, indicator.id), f"{indicator.id}:points")
