from unittest import mock

import pytest

from kpi_cli.checks import suggest
from kpi_cli.checks.suggest import suggest_cases
from kpi_cli.rules.values import exact_text
from kpi_cli.space import search
from tests.unit.checks.drafts import load_indicator

PERCENT = "m: {type: percent, title: M}"
PAIR = "m: {type: number, title: M}\nf: {type: flag, title: F}"


@pytest.mark.parametrize(
    ("measures", "levels", "cases"),
    [
        (PERCENT, ['m: "<= 80"', 'm: "> 80"'], "0:1 79.99:1 80:1 80.01:2 100:2"),
        (PERCENT, ['m: ">= 100"'], "0:0 99.99:0 100:1"),
        (PERCENT, ['m: ">= 0"'], "0:1 0.01:1 100:1"),
        ("m: {type: percent, title: M, range: [3, 3]}", ['m: ">= 0"'], "3:1"),
        ("m: {type: percent, title: M, better: lower}", ['m: "< 5"'], "0:1 4.99:1 5:0 5.01:0 100:0"),
        ("m: {type: percent, title: M, step: 5}", ['m: ">= 50"', 'm: ">= 51"'],
         "0:0 45:0 46:0 50:1 51:2 55:2 56:2 100:2"),
        ("m: {type: count, title: M}", ['m: ">= 3"'], "0:0 2:0 3:1 4:1"),
        ("m: {type: count, title: M, range: [0, 3]}", ['m: ">= 3"'], "0:0 2:0 3:1"),
        ("m: {type: number, title: M}", ['m: "> 3"', 'm: "> 3.001"'], "0:0 2.99:0 2.991:0 3:0 3.001:1 3.01:2 3.011:2"),
        ("m: {type: number, title: M}", ['m: "> 3"', 'm: "= 3.005"'],
         "0:0 2.99:0 2.995:0 3:0 3.001:1 3.005:2 3.01:1 3.015:1"),
        ("m: {type: choice, title: M, choices: [p, q, r]}", ["m: q"], "p:0 q:1 r:0"),
        ("m: {type: flag, title: M}", ["m: false"], "false:1 true:0"),
        ("m: {type: count, title: M, range: [0.2, 0.8]}", ['m: ">= 0"'], ""),
        ("m: {type: count, title: M, range: [0.2, 0.8]}\nf: {type: flag, title: F}", ['m: ">= 0"', "f: true"], ""),
        (PAIR, ['m: ">= 10"', 'm: ">= 20", f: true'],
         "0,true:0 9.99,true:0 10,true:1 10.01,true:1 19.99,true:1 20,true:2 20.01,true:2 20,false:1"),
        (PAIR, ['m: ">= 10", f: false', 'm: ">= 20"'],
         "0,true:0 9.99,true:0 9.99,false:0 10,false:1 10,true:0 10.01,true:0 19.99,true:0 20,true:2 20.01,true:2"),
    ],
)  # fmt: skip
def test_cases_on_both_sides_of_every_threshold(measures: str, levels: list[str], cases: str) -> None:
    suggested = suggest_cases(load_indicator(measures, levels))
    shown = [f"{','.join(map(exact_text, case.given.values()))}:{case.level}" for case in suggested]
    assert shown == cases.split()


def test_small_cells_between_steps_have_a_case_of_their_own() -> None:
    indicator = load_indicator(
        "m: {type: number, title: M, step: 1}", ['m: ">= 3"', 'm: "(3..3.5)"', 'm: "(3.2..3.3)"']
    )
    assert {case.level for case in suggest_cases(indicator)} == {0, 1, 2, 3}


def test_where_there_is_too_much_to_search_the_best_values_stand_around() -> None:
    indicator = load_indicator(PAIR, ['any: [{m: ">= 10"}, {f: true}]'])
    with mock.patch.object(search, "MOST_CELLS", 1):
        cases = suggest_cases(indicator)
    assert [(exact_text(case.given["m"]), case.given["f"], case.level) for case in cases] == [
        ("0", True, 1),
        ("9.99", True, 1),
        ("10", True, 1),
        ("10.01", True, 1),
        ("10", False, 1),
    ]


def test_contexts_that_differ_in_the_measure_itself_alone_are_tried_once() -> None:
    """Fifty levels of one measure make fifty contexts, of which 150 values would each be tried in all."""
    indicator = load_indicator(PERCENT, [f'm: ">= {level}"' for level in range(50)])
    with mock.patch.object(suggest, "_decide", wraps=suggest._decide) as decide:
        cases = suggest_cases(indicator)
    assert {case.level for case in cases} == set(range(1, 51))
    assert decide.call_count < 8 * len(cases)


@pytest.mark.parametrize(("most", "kept"), [(9, [1, 2]), (1, [1])])
def test_of_contexts_alike_the_first_is_tried_and_in_its_place(most: int, kept: list[int]) -> None:
    contexts: list[suggest.Given] = [{"m": 1, "f": True}, {"m": 2, "f": False}, {"m": 3, "f": True}]
    assert [each["m"] for each in suggest._drop_alike(contexts, "m", most=most)] == kept
