from unittest import mock

import pytest

from kpi_cli.space import bands
from kpi_cli.space.bands import Box, describe_levels
from tests.unit.checks.drafts import load_indicator
from tests.unit.rules.test_cells import show

PERCENT = "m: {type: percent, title: M}"
PAIR = "m: {type: percent, title: M}\nf: {type: flag, title: F}"
FLAGS = "a: {type: flag, title: A}\nb: {type: flag, title: B}"


def show_box(box: Box) -> str:
    return ", ".join(f"{name} {show(cell)}" for name, cell in box.items()) or "any"


@pytest.mark.parametrize(
    ("measures", "levels", "policy", "boxes"),
    [
        (PERCENT, ['m: "<= 80"', 'm: "> 80"', 'm: "> 85"'], "highest", {
            1: ["m [0..80]"], 2: ["m (80..85]"], 3: ["m (85..100]"]
        }),
        (PERCENT, ['m: ">= 0"'], "highest", {1: ["any"]}),
        (PERCENT, ['m: "[10..20], [30..40)"'], "highest", {
            0: ["m [0..10) (20..30) [40..100]"], 1: ["m [10..20] [30..40)"]
        }),
        ("m: {type: percent, title: M, better: lower}", ['m: "< 50"', 'm: "= 0"'], "highest", {
            0: ["m [50..100]"], 1: ["m (0..50)"], 2: ["m [0..0]"]
        }),
        ("m: {type: percent, title: M, better: none}", ['m: "< 5, > 90"'], "highest", {
            0: ["m [5..90]"], 1: ["m [0..5) (90..100]"]
        }),
        ("m: {type: count, title: M}", ['m: "[2..4]"'], "highest", {0: ["m 0-1 5-"], 1: ["m 2-4"]}),
        ("m: {type: choice, title: M, choices: [p, q, r]}", ["m: [p, r]"], "highest", {0: ["m q"], 1: ["m p r"]}),
        (FLAGS, ["a: true", "b: true"], "ladder", {
            0: ["a False"], 1: ["a True, b False"], 2: ["a True, b True"]
        }),
        (FLAGS, ["a: true", "b: true"], "highest", {
            0: ["a False, b False"], 1: ["a True, b False"], 2: ["b True"]
        }),
        (PAIR, ['m: ">= 10"', 'm: ">= 25", f: true'], "highest", {
            0: ["m [0..10)"], 1: ["m [10..25)", "m [25..100], f False"], 2: ["m [25..100], f True"]
        }),
    ],
)  # fmt: skip
def test_which_values_give_which_level(
    measures: str, levels: list[str], policy: str, boxes: dict[int, list[str]]
) -> None:
    described = describe_levels(load_indicator(measures, levels, policy=policy))
    assert described is not None
    assert {level: [show_box(box) for box in each] for level, each in described.items()} == boxes


FEWEST = ["m [0..10) [20..100], f False", "m [10..100], f True"]
IN_ORDER = ["m [0..10), f False", "m [10..20), f True", "m [20..100]"]


@pytest.mark.parametrize(
    ("measures", "cells", "boxes"), [(2, 6, FEWEST), (3, 7, FEWEST), (1, 6, IN_ORDER), (2, 5, IN_ORDER)]
)
def test_the_measure_is_cut_first_that_makes_the_fewest_boxes(measures: int, cells: int, boxes: list[str]) -> None:
    """As far as trying every order stays cheap: the indicator has two measures and six cells."""
    rule = 'any: [{m: "< 10", f: false}, {m: "[10..20)", f: true}, {m: ">= 20"}]'
    with mock.patch.multiple(bands, _MOST_REORDERED=measures, _MOST_CELLS_REORDERED=cells):
        described = describe_levels(load_indicator(PAIR, [rule]))
    assert described is not None
    assert [show_box(box) for box in described[1]] == boxes


def test_what_nobody_could_read_is_not_described() -> None:
    names = "abcdefghijklmnopqrst"
    measures = "\n".join(f"{name}: {{type: flag, title: {name}}}" for name in names)
    assert describe_levels(load_indicator(measures, [", ".join(f"{name}: true" for name in names)])) is None


def test_as_many_cells_as_are_shown_are_described() -> None:
    two_cells = load_indicator(PERCENT, ['m: ">= 80"'])
    with mock.patch.object(bands, "MOST_CELLS_SHOWN", 2):
        assert describe_levels(two_cells) is not None
    with mock.patch.object(bands, "MOST_CELLS_SHOWN", 1):
        assert describe_levels(two_cells) is None
