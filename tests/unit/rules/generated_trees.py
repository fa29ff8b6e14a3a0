"""Hypothesis strategies: the unary tests that `parse_unary` can make, rules over them, and values for them."""

from decimal import Decimal

from hypothesis import strategies as st

from kpi_cli.rules.ast import AllOf, AnyOf, Compare, Either, Interval, Is, Negation, OneOf, Rule, Test, UnaryTest

NAMES = ("alpha", "beta", "gamma")

numbers = st.builds(
    lambda digits, places: Decimal(f"{digits}e-{places}"), st.integers(-(10**30), 10**30), st.integers(0, 6)
) | st.integers(-20, 20).map(Decimal)
comparisons = st.builds(Compare, st.sampled_from(["<", "<=", ">", ">=", "="]), numbers)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted([draw(numbers), draw(numbers)])
    low_closed, high_closed = (True, True) if low == high else (draw(st.booleans()), draw(st.booleans()))
    return Interval(low, high, low_closed, high_closed)


def _nest(single: st.SearchStrategy[UnaryTest]) -> st.SearchStrategy[UnaryTest]:
    either = st.lists(single, min_size=2, max_size=4).map(lambda tests: Either(tuple(tests)))
    return (single | either).map(Negation) | single


single_tests = st.recursive(comparisons | intervals() | st.booleans().map(Is), _nest, max_leaves=8)
"""Without a comma at the top: what may stand inside an `Either`."""
unary_tests = single_tests | st.lists(single_tests, min_size=2, max_size=4).map(lambda tests: Either(tuple(tests)))
numeric_tests: st.SearchStrategy[UnaryTest] = st.recursive(comparisons | intervals(), _nest, max_leaves=6)
choice_tests = st.lists(st.sampled_from(["low", "middle", "high"]), min_size=1, unique=True).map(
    lambda names: OneOf(tuple(names))
)

values = st.integers(-20, 20).map(Decimal) | st.fractions(-20, 20, max_denominator=9)
_tests = st.builds(Test, st.sampled_from(NAMES), numeric_tests)


def _join(rules: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    parts = st.lists(rules, max_size=3).map(tuple)
    return parts.map(AllOf) | parts.map(AnyOf)


rules: st.SearchStrategy[Rule] = st.recursive(_tests, _join, max_leaves=6)
"""Rules over the numeric measures of `NAMES`."""
