from decimal import Decimal
from fractions import Fraction

import pytest

from kpi_cli.rules.cells import Continuous, Domain, Names, Whole
from kpi_cli.space.dimensions import (
    Dimension,
    build_dimensions,
    domain_of,
    find_best,
    find_least,
    find_worst,
    step_by,
)
from tests.unit.checks.drafts import load_indicator
from tests.unit.rules.test_cells import show

PERCENT = "m: {type: percent, title: M}"
LOWER = "m: {type: percent, title: M, better: lower}"
NUMBER = "m: {type: number, title: M}"
DEBT = "m: {type: number, title: M, better: lower}"
COUNT = "m: {type: count, title: M}"
TENS = "m: {type: number, title: M, step: 10}"
FLAG = "m: {type: flag, title: M}"
NEITHER = "m: {type: count, title: M, better: none}"


def build(measures: str, *tests: str) -> Dimension:
    """The one dimension of an indicator with a level for each test of `m`."""
    (dimension,) = build_dimensions(load_indicator(measures, [f"m: {test}" for test in tests]))
    return dimension


@pytest.mark.parametrize(
    ("measures", "tests", "cells", "turns"),
    [
        # neighbours that no test tells apart are one cell; a test turns where it begins to hold, and where it ends
        (PERCENT, ['"< 50, >= 50"', '">= 80"'], "[0..80) | [80..100]", [(0, 2), (1, 2)]),
        (PERCENT, ['">= 80"', '"not(>= 80)"', '"< 0"'], "[0..80) | [80..100]", [(1, 2), (0, 1), ()]),
        (LOWER, ['"<= 5"', '"> 80, 5"'], "(80..100] | (5..80] | [5..5] | [0..5)", [(2, 4), (0, 1, 2, 3)]),
        # what is no neighbour stays apart where the order matters, and else is one cell
        (COUNT, ['"2, 5"'], "0-1 | 2-2 | 3-4 | 5-5 | 6-", [(1, 2, 3, 4)]),
        (NEITHER, ['"2, 5"', '">= 9"'], "0-1 3-4 6-8 | 2-2 5-5 | 9-", [(1, 2), (2, 3)]),
        ("m: {type: choice, title: M, choices: [p, q, r]}", ["[p, r]", "r"], "p | q | r", [(0, 1, 2, 3), (2, 3)]),
    ],
)  # fmt: skip
def test_cells_that_no_test_tells_apart_are_one(
    measures: str, tests: list[str], cells: str, turns: list[tuple[int, ...]]
) -> None:
    dimension = build(measures, *tests)
    assert " | ".join(map(show, dimension.cells)) == cells
    assert list(dimension.turns) == turns


@pytest.mark.parametrize(
    ("measures", "test", "rows"),
    [
        # a cell, its worst value, the least of it to aim at, its best value
        (PERCENT, '"[10..20), (30..40]"', [
            "[0..10) 0 0 9.99", "[10..20) 10 10 19.99", "[20..30] 20 20 30", "(30..40] 31 30.01 40",
            "(40..100] 41 40.01 100",
        ]),
        (LOWER, '"[10..20), (30..40]"', [
            "(40..100] 100 100 40.01", "(30..40] 40 40 30.01", "[20..30] 30 30 20", "[10..20) 10 19.99 10",
            "[0..10) 0 9.99 0",
        ]),
        (NUMBER, '"> 5"', ["[0..5] 0 0 5", "(5..] 6 5.01 6"]),
        (DEBT, '"<= 5"', ["(5..] 6 6 5.01", "[0..5] 5 5 0"]),
        (TENS, '"> 5"', ["[0..5] 0 0 5", "(5..] 6 15 6"]),
        (TENS, '">= 5"', ["[0..5) 0 0 0", "[5..] 5 5 5"]),
        (COUNT, '"> 5"', ["0-5 0 0 5", "6- 6 6 6"]),
        # no step leads into what is narrower than one
        (PERCENT, '"(30..30.005)"', [
            "[0..30] 0 0 30", "(30..30.005) 30.001 30.001 30.001", "[30.005..100] 30.005 30.005 100",
        ]),
        (FLAG, "true", ["False False False False", "True True True True"]),
        ("m: {type: flag, title: M, better: lower}", "true", ["True True True True", "False False False False"]),
        # none is worse: only the simplest is aimed at
        ("m: {type: percent, title: M, better: none}", '"[10..20), (30..40]"', [
            "[0..10) [20..30] (40..100] 0 0 100", "[10..20) (30..40] 10 10 40",
        ]),
        ("m: {type: choice, title: M, choices: [p, q, r]}", "[q, r]", ["p p p p", "q r q q r"]),
    ],
)  # fmt: skip
def test_the_worst_the_least_and_the_best_of_a_cell(measures: str, test: str, rows: list[str]) -> None:
    dimension = build(measures, test)
    found = [[find(dimension, cell) for find in (find_worst, find_least, find_best)] for cell in dimension.cells]
    shown = [" ".join([show(cell), *map(str, values)]) for cell, values in zip(dimension.cells, found, strict=True)]
    assert shown == rows


def test_a_dimension_has_the_thresholds_of_every_test_in_ascending_order() -> None:
    dimension = build(PERCENT, '"[85..90)"', '"> 80, < 85"', "not(5)")
    assert dimension.thresholds == tuple(map(Decimal, (5, 80, 85, 90)))
    assert (dimension.name, dimension.measure.title, dimension.ordered) == ("m", "M", True)


def test_only_measures_that_a_rule_reads_are_dimensions_in_the_order_of_the_definition() -> None:
    measures = "\n".join(f"{name}: {{type: flag, title: {name}}}" for name in "abcd")
    indicator = load_indicator(measures, ["d: true", "any: [{b: true}, {a: true}]"])
    assert [dimension.name for dimension in build_dimensions(indicator)] == ["a", "b", "d"]


@pytest.mark.parametrize(
    ("measures", "ordered", "up"),
    [
        (PERCENT, True, 1),
        (LOWER, True, -1),
        ("m: {type: percent, title: M, better: none}", False, 1),
    ],
)
def test_which_way_is_better(measures: str, ordered: bool, up: int) -> None:
    dimension = build(measures, '"> 5"')
    assert (dimension.ordered, dimension.up) == (ordered, up)


@pytest.mark.parametrize(
    ("measure", "test", "domain"),
    [
        ("type: percent", '"> 5"', Continuous(Decimal(0), Decimal(100))),
        ("type: number", '"> 5"', Continuous(Decimal(0), None)),
        ("type: number, range: [null, 7.5]", '"> 5"', Continuous(None, Decimal("7.5"))),
        ("type: count", '"> 5"', Whole(Decimal(0), None)),
        ("type: count, range: [null, 9]", '"> 5"', Whole(Decimal(0), Decimal(9))),
        ("type: count, range: [2, 9]", '"> 5"', Whole(Decimal(2), Decimal(9))),
        ("type: flag", "true", Names((False, True))),
        ("type: choice, choices: [p, q]", "p", Names(("p", "q"))),
    ],
)
def test_domain_of(measure: str, test: str, domain: Domain) -> None:
    assert domain_of(build(f"m: {{{measure}, title: M}}", test).measure) == domain


def test_a_count_that_two_sets_share_begins_at_zero_though_one_of_them_takes_less() -> None:
    joined = build(COUNT, '"> 5"').measure.model_copy(update={"range": (Decimal(-3), Decimal(9))})
    assert domain_of(joined) == Whole(Decimal(0), Decimal(9))


@pytest.mark.parametrize(
    ("measures", "value", "steps", "reached"),
    [
        (PERCENT, Decimal(80), 1, Decimal("80.01")),
        (PERCENT, Decimal(80), -2, Decimal("79.98")),
        (LOWER, Decimal(80), 1, Decimal("79.99")),
        (TENS, Fraction(5, 2), 1, Decimal("12.5")),
        (PERCENT, Fraction(250, 3), 1, None),
    ],
)
def test_step_by(measures: str, value: Decimal | Fraction, steps: int, reached: Decimal | None) -> None:
    assert step_by(build(measures, '"> 5"'), value, steps) == reached
