"""The tree of a rule. A rule tests measures; a unary test is the right-hand side of one (DMN 1.5, S-FEEL).

`span` is where a node stands in the text it was parsed from; it travels beside the node and never takes part in
equality, so that `parse(print(rule)) == rule`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["<", "<=", ">", ">=", "="]
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Compare:
    """`>= 75`; a bare number is `=` and that number."""

    operator: Operator
    threshold: Decimal
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Interval:
    """`[low..high]`, open at an end that is not closed."""

    low: Decimal
    high: Decimal
    low_closed: bool
    high_closed: bool
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Either:
    """Unary tests joined by commas: one of them must hold."""

    tests: tuple[UnaryTest, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Negation:
    """`not(...)`."""

    test: UnaryTest
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Is:
    """`true` or `false`, for a flag."""

    flag: bool
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class OneOf:
    """One of some names, for a choice."""

    names: tuple[str, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


UnaryTest: TypeAlias = Compare | Interval | Either | Negation | Is | OneOf


@dataclass(frozen=True)
class Test:
    """One measure held against one unary test; `keys` lead to it from the root of its file, for places only."""

    measure: str
    unary: UnaryTest
    keys: tuple[str | int, ...] = field(default=(), compare=False, repr=False)

    __test__ = False  # pytest takes every Test* class for its own


@dataclass(frozen=True)
class AllOf:
    """Every rule must hold; no rule at all always holds."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class AnyOf:
    """One rule must hold; no rule at all never holds."""

    rules: tuple[Rule, ...]


Rule: TypeAlias = Test | AllOf | AnyOf


def list_parts(rule: Rule) -> tuple[Rule, ...]:
    """The parts of `rule` that must all hold: those of an "all", else the rule itself."""
    return rule.rules if isinstance(rule, AllOf) and rule.rules else (rule,)


def iterate_tests(rule: Rule) -> Iterator[Test]:
    """Every test of `rule`, in the order in which it was written."""
    if isinstance(rule, Test):
        yield rule
    else:
        for part in rule.rules:
            yield from iterate_tests(part)


def count_comparisons(rule: Rule) -> int:
    """How many comparisons `rule` is made of; each name of a choice is one."""
    return sum(_count_unary(test.unary) for test in iterate_tests(rule))


def _count_unary(unary: UnaryTest) -> int:
    match unary:
        case Either():
            return sum(map(_count_unary, unary.tests))
        case Negation():
            return _count_unary(unary.test)
        case OneOf():
            return len(unary.names)
        case _:
            return 1


def measures_of(rule: Rule) -> tuple[str, ...]:
    """The ids of the measures that `rule` reads, each once, in order of appearance."""
    return tuple(dict.fromkeys(test.measure for test in iterate_tests(rule)))


def thresholds_of(unary: UnaryTest) -> frozenset[Decimal]:
    """The numbers at which the verdict of `unary` may change."""
    match unary:
        case Compare():
            return frozenset({unary.threshold})
        case Interval():
            return frozenset({unary.low, unary.high})
        case Either():
            return frozenset().union(*(thresholds_of(test) for test in unary.tests))
        case Negation():
            return thresholds_of(unary.test)
        case Is() | OneOf():
            return frozenset()
