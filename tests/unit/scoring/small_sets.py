"""Small sets for the tests of scoring: each indicator `X1` has one count `x1`, and so many are that level."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kpi_cli.model import Grade, Group, Indicator, IndicatorSet, Level, Measure, Section
from kpi_cli.rules.ast import AllOf, Rule, Test
from kpi_cli.rules.parser import parse_unary
from kpi_cli.rules.policy import Policy
from kpi_cli.rules.values import Value
from kpi_cli.scoring.figures import Entity, Figure, Record
from kpi_cli.scoring.scorecard import EntityScore

NOT_APPLICABLE = Figure(applicable=False)
COUNT = Measure(type="count", title="count")


def rule(**tests: str) -> Rule:
    """The rule that asks each measure for its unary test."""
    parts = tuple(Test(name, parse_unary(text)) for name, text in tests.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def indicator(
    name: str,
    weight: str = "100",
    *,
    when: Sequence[Rule] | None = None,
    measures: Mapping[str, Measure] | None = None,
    policy: Policy = "highest",
    scale: int = 5,
) -> Indicator:
    rules = when or [rule(**{name.lower(): f">= {level}"}) for level in range(1, scale + 1)]
    return Indicator(
        id=name,
        title=name,
        weight=Decimal(weight),
        policy=policy,
        measures=measures or {name.lower(): COUNT},
        levels={level: Level(when=each) for level, each in enumerate(rules, start=1)},
    )


def section(name: str, *items: Indicator | Group, share: str | None = None) -> Section:
    return Section(id=name, title=name, indicators=items, share=None if share is None else Decimal(share))


def indicator_set(*sections: Section, grades: Mapping[str, str] | None = None, scale: int = 5) -> IndicatorSet:
    bands = tuple(Grade(title=title, min=Decimal(low)) for title, low in (grades or {}).items())
    return IndicatorSet(kpi=1, id="small", title="small", scale=scale, sections=sections, grades=bands)


def record(name: str, **figures: Value | Figure | int | None) -> Record:
    """What `name` reported; a plain value stands for its figure, a whole number for its decimal."""
    return Record(Entity(None, name), {measure: _figure(value) for measure, value in figures.items()})


def _figure(value: Value | Figure | int | None) -> Figure:
    if isinstance(value, Figure):
        return value
    plain = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return Figure(plain)


def names_and_ranks(rows: Sequence[EntityScore]) -> list[tuple[str, int | None]]:
    return [(row.entity.name, row.rank) for row in rows]
