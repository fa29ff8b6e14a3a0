"""A set to the text of an SQL query, or to what keeps it from being one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.version import VERSION
from kpi_cli.workflows.ids import find_unknown_ids

if TYPE_CHECKING:
    from kpi_cli.model import IndicatorSet
    from kpi_cli.targets.sql.dialects import Dialect


class QueryOptions(NamedTuple):
    """What to compile, and for whom: see `targets.sql.query.Plan` for `said`, `tie_break` and `ranked`."""

    dialect: str = "duckdb"
    table: str = "results"
    sections: tuple[str, ...] = ()
    tie_break: tuple[str, ...] = ()
    said: bool = False
    ranked: bool = True


class QueryRun(NamedTuple):
    """The query, None where something is wrong with the options (`usage_errors`) or the set (`diagnostics`)."""

    text: str | None = None
    usage_errors: tuple[Diagnostic, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def write_query(definition: IndicatorSet, options: QueryOptions) -> QueryRun:
    """The scoring of `definition` as one query over a table of results."""
    from kpi_cli.targets.sql.dialects import DIALECTS
    from kpi_cli.targets.sql.exact import find_inexact
    from kpi_cli.targets.sql.preface import write_preface
    from kpi_cli.targets.sql.query import compile_query, plan_query
    from kpi_cli.targets.sql.table import is_step, read_table_name

    dialect = DIALECTS[options.dialect]
    table = read_table_name(options.table, dialect)
    refused = (_refuse_table(options, dialect),) if table is None else ()
    hidden = (_refuse_table(options, dialect, "step"),) if table is not None and is_step(table) else ()
    usage = (*_find_unknown(definition, options), *refused, *hidden)
    if usage or table is None:
        return QueryRun(usage_errors=usage)
    whole = plan_query(definition, sections=options.sections, said=options.said, tie_break=options.tie_break)
    plan = replace(whole, ranked=options.ranked, has_booleans=dialect.has_booleans)
    inexact = find_inexact(plan, dialect)
    if inexact:
        return QueryRun(diagnostics=inexact)
    preface = write_preface(definition, plan, dialect, version=VERSION)
    text = preface + compile_query(plan, dialect=dialect, table=table) + "\n"
    # What is left of them stands in comments, where a text put in their place may have a line break in it.
    return QueryRun(text.replace(dialect.variable, " ".join(dialect.variable)) if dialect.variable else text)


def _find_unknown(definition: IndicatorSet, options: QueryOptions) -> tuple[Diagnostic, ...]:
    return (
        *find_unknown_ids("--section", options.sections, [section.id for section in definition.sections]),
        *find_unknown_ids("--tie-break", options.tie_break, [indicator.id for indicator in definition.indicators]),
    )


def _refuse_table(options: QueryOptions, dialect: Dialect, variant: str = "") -> Diagnostic:
    return Diagnostic("sql-table", Severity.ERROR, None, {"table": options.table, "dialect": dialect.title}, variant)
