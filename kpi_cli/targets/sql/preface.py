"""What stands above the query, as comments: what it was made from, what it reads and what it returns."""

from __future__ import annotations

from kpi_cli.model import IndicatorSet
from kpi_cli.rules.values import canonical_number
from kpi_cli.targets.sql.dialects import Dialect
from kpi_cli.targets.sql.expressions import COUNT_DIGITS, DECIMALS, INTEGER_DIGITS
from kpi_cli.targets.sql.figures import name_inapplicable
from kpi_cli.targets.sql.query import Plan

_DIGITS = INTEGER_DIGITS + DECIMALS
_FLAG = {True: "a boolean", False: "1 or 0"}
_OVERALL = "The overall score of the sections' shares is not here; kpi score gives it."


_ORDER = 'No ranks: "<section>:order" is a whole number, equal for equal scores and higher for better ones.'


def write_preface(definition: IndicatorSet, plan: Plan, dialect: Dialect, *, version: str) -> str:
    """The comment lines, English as the SQL below them."""
    lines = [
        definition.title,
        f"Indicator set {definition.id}, sha256 {definition.sha256}",
        f"compiled for {dialect.title} by kpi {version}; compile it again where the set changes.",
        "",
        "Reads a row an entity: a column `entity` and a column a measure. NULL is missing, and so is what kpi refuses.",
        f"A percent (85 is 85 %) or a number is an exact decimal, DECIMAL({_DIGITS}, {DECIMALS}) at most;",
        f"a count is whole, of {COUNT_DIGITS} digits at most; a flag is {_FLAG[dialect.has_booleans]}, a choice text.",
        *_describe_inapplicable(plan),
        *_describe_ratios(plan),
        *([] if plan.ranked else [_ORDER]),
        *([_OVERALL] if any(section.share is not None for section in definition.sections) else []),
        "",
        *_describe_sections(plan),
    ]
    return "".join(f"-- {' '.join(line.split())}".rstrip() + "\n" for line in lines)


def _describe_inapplicable(plan: Plan) -> list[str]:
    measures = [
        name
        for indicator in plan.indicators
        for name, measure in indicator.measures.items()
        if measure.not_applicable == "allowed"
    ]
    if plan.said and measures:
        columns = ", ".join(map(name_inapplicable, measures))
        return [f"Not applicable is what a boolean column says ({columns}), or a whole of 0."]
    return ["Not applicable is a percent whose parts are reported with a whole of 0."] if measures else []


def _describe_ratios(plan: Plan) -> list[str]:
    """What the query does not refuse: the digits that a percent was typed with are not in the table."""
    if not any(measure.ratio for indicator in plan.indicators for measure in indicator.measures.values()):
        return []
    return [
        "Where a percent and both its parts are there the parts count; that it contradicts them only kpi score finds."
    ]


def _describe_sections(plan: Plan) -> list[str]:
    return [
        f"{section.id}: "
        + ", ".join(f"{indicator.id} weighs {canonical_number(indicator.weight)}" for indicator in section)
        for section in plan.sections
    ]
