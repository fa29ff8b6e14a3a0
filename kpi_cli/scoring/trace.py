"""Why an indicator has its level: every rule, every part and every test of it, with the figure it was held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kpi_cli.model import Indicator
from kpi_cli.rules.ast import Rule, Test, UnaryTest, iterate_tests, list_parts, measures_of
from kpi_cli.rules.evaluate import Truth, rule_holds, test_holds
from kpi_cli.scoring.figures import MISSING, Figure


class TracedTest(NamedTuple):
    """One test, the figure it was held against, and whether it holds; None where the figure is missing."""

    test: Test
    figure: Figure
    holds: Truth


class TracedPart(NamedTuple):
    """A part of a rule, all of which must hold, and whether it does."""

    rule: Rule
    holds: Truth


class TracedRule(NamedTuple):
    """The rule of one level, whether it holds, and what that rests on: its parts, and every test in them."""

    level: int
    text: str | None
    rule: Rule
    holds: Truth
    parts: tuple[TracedPart, ...]
    tests: tuple[TracedTest, ...]


def trace_rules(indicator: Indicator, figures: Mapping[str, Figure]) -> tuple[TracedRule, ...]:
    """The rules of levels 1, 2, ... held against `figures`, by the evaluation that scores; an absent one is missing."""
    values = {name: figure.value for name, figure in figures.items()}
    return tuple(
        TracedRule(
            number,
            level.text,
            level.when,
            rule_holds(level.when, values),
            tuple(TracedPart(part, rule_holds(part, values)) for part in list_parts(level.when)),
            tuple(_trace_test(test, figures.get(test.measure, MISSING)) for test in iterate_tests(level.when)),
        )
        for number, level in sorted(indicator.levels.items())
    )


def _trace_test(test: Test, figure: Figure) -> TracedTest:
    return TracedTest(test, figure, test_holds(test.unary, figure.value))


def find_missing(indicator: Indicator, figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """The measures that a rule reads and nobody reported."""
    read = dict.fromkeys(name for rule in indicator.rules for name in measures_of(rule))
    return tuple(name for name in read if not figures.get(name, MISSING).reported)


def unaries_of(measure: str, rules: Iterable[TracedRule]) -> tuple[UnaryTest, ...]:
    """What the rules ask of one measure."""
    return tuple(one.test.unary for rule in rules for one in rule.tests if one.test.measure == measure)
