"""Hypothesis strategies: indicators of one to three measures of every type, and all their values on a fine grid.

Every type, direction and policy; ranges that are negative, a point, or unbounded; thresholds inside and outside of
them, fractional ones for counts; `not(...)` of anything; `any` and `all` in each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import product

from hypothesis import strategies as st

from kpi_cli.model import Indicator, Level, Measure
from kpi_cli.rules.ast import (
    AllOf,
    AnyOf,
    Compare,
    Either,
    Interval,
    Is,
    Negation,
    OneOf,
    Rule,
    Test,
    UnaryTest,
    measures_of,
)
from kpi_cli.rules.values import Value

CHOICES = ("p", "q", "r")
_BETTER = st.sampled_from(["higher", "lower", "none", None])
_BOUNDS = {
    "percent": [None, (1, 2), (0, 1), (2, 2)],
    "number": [None, (None, None), (1, None), (None, 2), (0, 2), (-2, 0), (None, -1)],
    "count": [None, (0, 2), (1, None), (None, 2), (2, 2)],
}
_THRESHOLDS = {
    "percent": [0, 1, 2, -1],
    "number": [0, 1, 2, -1, -2],
    "count": [0, 1, 2, Decimal("0.5"), Decimal("1.5"), -1],
}


@st.composite
def measures(draw: st.DrawFn, kinds: tuple[str, ...] = ("percent", "number", "count", "flag", "choice")) -> Measure:
    kind = draw(st.sampled_from(kinds))
    bounds = draw(st.sampled_from(_BOUNDS[kind])) if kind in _BOUNDS else None
    limits = None if bounds is None else tuple(None if bound is None else Decimal(bound) for bound in bounds)
    return Measure(
        type=kind,
        title=kind,
        range=limits,
        better=draw(_BETTER),
        choices=CHOICES if kind == "choice" else None,
    )


@cache
def _number_tests(kind: str) -> st.SearchStrategy[UnaryTest]:
    numbers = st.sampled_from(_THRESHOLDS[kind]).map(Decimal)
    compares = st.builds(Compare, st.sampled_from(["<", "<=", ">", ">=", "="]), numbers)
    single = compares | compares | _intervals(numbers)
    two = st.lists(single | single.map(Negation), min_size=2, max_size=2).map(lambda tests: Either(tuple(tests)))
    return single | single | two | (single | two).map(Negation)


@st.composite
def _intervals(draw: st.DrawFn, numbers: st.SearchStrategy[Decimal]) -> Interval:
    low, high = sorted([draw(numbers), draw(numbers)])
    closed = [True, True] if low == high else [draw(st.booleans()), draw(st.booleans())]
    return Interval(low, high, *closed)


@cache
def _rules(kinds: tuple[tuple[str, str], ...]) -> st.SearchStrategy[Rule]:
    """Rules over measures of these names and types; to make a strategy takes longer than to draw from it."""
    tests = st.one_of([_tests(name, kind) for name, kind in kinds])
    return st.recursive(tests, _join, max_leaves=4)


def _tests(name: str, kind: str) -> st.SearchStrategy[Rule]:
    if kind == "flag":
        unary: st.SearchStrategy[UnaryTest] = st.booleans().map(Is)
    elif kind == "choice":
        names = st.lists(st.sampled_from(CHOICES), min_size=1, max_size=2, unique=True)
        unary = names.map(lambda some: OneOf(tuple(some)))
    else:
        unary = _number_tests(kind)
    return unary.map(lambda each: Test(name, each))


def _join(rules: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    parts = st.lists(rules, min_size=1, max_size=3).map(tuple)
    return parts.map(AllOf) | parts.map(AllOf) | parts.map(AnyOf)


@st.composite
def indicators(draw: st.DrawFn, given: Mapping[str, Measure] | None = None) -> Indicator:
    named = given or {f"m{index}": draw(measures()) for index in range(draw(st.integers(1, 3)))}
    rules = _rules(tuple((name, measure.type) for name, measure in named.items()))
    levels = {level: Level(when=draw(rules)) for level in range(1, draw(st.integers(2, 4)) + 1)}
    policy = draw(st.sampled_from(["highest", "highest", "ladder"]))
    return Indicator(id="X", title="X", weight=Decimal(100), policy=policy, measures=named, levels=levels)


@st.composite
def indicator_pairs(draw: st.DrawFn) -> tuple[Indicator, Indicator]:
    """An indicator and another definition of it: a rule, the policy, a range, the choices or a measure is another."""
    old = draw(indicators())
    named = {name: draw(_changed(measure)) for name, measure in old.measures.items()}
    if len(named) > 1 and draw(st.booleans()):
        del named[draw(st.sampled_from(sorted(named)))]
    if draw(st.booleans()):
        named["n"] = draw(measures())
    new = draw(indicators(named))
    kept = {number: draw(st.sampled_from([level, new.levels[number]])) for number, level in _list_kept(old, new)}
    return old, new.model_copy(update={"levels": {**new.levels, **kept}})


def _changed(measure: Measure) -> st.SearchStrategy[Measure]:
    if measure.type == "choice":
        names = st.sampled_from([CHOICES, CHOICES[::-1], (*CHOICES, "s")])
        return names.map(lambda choices: measure.model_copy(update={"choices": choices}))
    kinds = ("flag",) if measure.type == "flag" else ("percent", "number") if measure.type != "count" else ("count",)
    return st.just(measure) | measures(kinds)


def _list_kept(old: Indicator, new: Indicator) -> list[tuple[int, Level]]:
    """The levels of `old` whose rules `new` can keep."""
    return [
        (number, level)
        for number, level in old.levels.items()
        if number in new.levels and set(measures_of(level.when)) <= set(new.measures)
    ]


def list_values(measure: Measure) -> list[Value]:
    """Values of a measure from worst to best, finer than any threshold: between two of them always lies one."""
    low, high = measure.bounds
    if measure.type == "flag":
        values: list[Value] = [False, True]
    elif measure.type == "choice":
        values = list(measure.choices or CHOICES)
    else:
        halves = range(0, 8, 2) if measure.type == "count" else range(-5, 6)
        numbers = [Decimal(half) / 2 for half in halves]
        values = [n for n in numbers if (low is None or n >= low) and (high is None or n <= high)]
    return values[::-1] if measure.direction == "lower" else values


def list_points(grid: dict[str, list[Value]]) -> list[dict[str, Value]]:
    return [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
