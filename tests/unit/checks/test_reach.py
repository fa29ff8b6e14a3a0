from decimal import Decimal
from unittest import mock

import pytest

from kpi_cli.space import search
from tests.unit.checks.drafts import LEVEL_LINE, draft, locate, prove_codes, say

PERCENT = "m: {type: percent, title: M}"
TWO_WAYS = "x: {type: percent, title: X}\nd: {type: percent, title: D, better: lower}"
FLAGS = "a: {type: flag, title: A}\nb: {type: flag, title: B}\nc: {type: flag, title: C}"
NARROW = "m: {type: count, title: M, range: [0, 3]}"
MASKED = "wherever its rule holds, a higher level is reached"
PASSED = "wherever the ladder comes to it, level {} holds as well"
BLOCKED = "its rule never holds together with those below it"
NEVER = "its rule never holds"


@pytest.mark.parametrize(
    ("measures", "levels", "policy", "found"),
    [
        (PERCENT, ['m: ">= 0"', 'm: ">= 50"'], "highest", {}),
        (PERCENT, ['m: ">= 50"', 'm: ">= 0"'], "highest", {1: MASKED}),
        (PERCENT, ['m: ">= 50"', 'm: ">= 0"'], "ladder", {1: PASSED.format(2)}),
        (TWO_WAYS, ['x: ">= 50"', 'd: "< 10"', 'x: ">= 40"'], "ladder", {2: PASSED.format(3)}),
        (TWO_WAYS, ['x: ">= 50"', 'd: "< 10"', 'x: "< 50"'], "ladder", {3: BLOCKED}),
        (PERCENT, ['m: "< 90"', 'm: "< 80"', 'm: "< 90"', 'm: ">= 90"'], "ladder", {2: PASSED.format(3), 4: BLOCKED}),
        (PERCENT, ['m: ">= 50"', 'm: "< 50"'], "ladder", {2: BLOCKED}),
        (PERCENT, ['m: ">= 0"', 'm: "> 100"'], "highest", {2: NEVER}),
        (PERCENT, ['m: ">= 0"', 'm: "> 100"', 'm: ">= 50"'], "ladder", {2: NEVER, 3: BLOCKED}),
        (NARROW, ['m: ">= 1"', 'm: ">= 4"'], "highest", {2: NEVER}),
        (NARROW, ['m: ">= 1"', 'm: "(2..3)"'], "highest", {2: NEVER}),
        (FLAGS, ["a: true", "a: true, all: [{a: false}]", "b: true"], "highest", {2: NEVER}),
        (FLAGS, ["a: true", "b: true", "any: [{a: true}, {b: true}]"], "highest", {1: MASKED, 2: MASKED}),
        ("m: {type: number, title: M, range: [5, 5]}", ['m: "< 5"', 'm: "= 5"'], "highest", {1: NEVER}),
        ("m: {type: count, title: M, range: [0.2, 0.8]}", ['m: "< 5"', 'm: "= 5"'], "highest", {1: NEVER, 2: NEVER}),
    ],
)
def test_levels_that_no_value_reaches(measures: str, levels: list[str], policy: str, found: dict[int, str]) -> None:
    findings = prove_codes(draft(measures, levels, policy=policy), "level-unreachable")
    assert {finding.level: say(finding).split(": ")[1] for finding in findings} == found


def test_an_unreachable_level_is_placed_at_its_rule() -> None:
    (finding,) = prove_codes(draft(PERCENT, ['m: ">= 50"', 'm: ">= 0"']), "level-unreachable")
    assert locate(finding)[0] == LEVEL_LINE
    assert finding.severity == "error"


def test_a_rule_that_one_of_several_independent_measures_forbids_never_holds() -> None:
    text = draft(f"{FLAGS}\n{PERCENT}", ['a: true, m: "> 100"', "b: true"])
    with mock.patch.object(search, "_FEW_CELLS", -1):
        (finding,) = prove_codes(text, "level-unreachable")
    assert finding.variant == "never"


@pytest.mark.parametrize(
    ("measures", "levels", "worst"),
    [
        (PERCENT, ['m: ">= 0"'], None),
        (PERCENT, ['m: ">= 60"'], {"m": Decimal(0)}),
        (PERCENT, ['m: "> 0"'], {"m": Decimal(0)}),
        ("m: {type: percent, title: M, better: lower}", ['m: "< 5"'], {"m": Decimal(100)}),
        ("m: {type: number, title: M, better: lower}", ['m: "< 5"'], {"m": Decimal(5)}),
        ("m: {type: number, title: M, range: [null, null]}", ['m: "> 5"'], {"m": Decimal(0)}),
        ("m: {type: percent, title: M, better: none}", ['m: "< 5"'], {"m": Decimal(5)}),
        ("m: {type: percent, title: M, better: none}", ['m: ">= 0"'], None),
        ("m: {type: flag, title: M, better: lower}", ["m: false"], {"m": True}),
        ("m: {type: choice, title: M, choices: [p, q]}", ["m: p"], {"m": "q"}),
        (FLAGS, ["a: true, b: true"], {"a": False, "b": False}),
        (FLAGS, ["any: [{a: true}, {b: false}]"], None),
        (PERCENT, ['m: "< 60"'], None),
        ("m: {type: choice, title: M, choices: [p, q, r, s], better: higher}", ["m: [r, s]"], {"m": "p"}),
        ("m: {type: choice, title: M, choices: [p, q, r, s], better: lower}", ["m: [p, q]"], {"m": "s"}),
        ("m: {type: choice, title: M, choices: [p, q, r]}", ["m: q"], {"m": "p"}),
        ("m: {type: percent, title: M, better: none}", ['m: "< 5, 80"'], {"m": Decimal(5)}),
    ],
)
def test_the_worst_values(measures: str, levels: list[str], worst: dict[str, object] | None) -> None:
    found = prove_codes(draft(measures, levels), "below-first-level")
    assert [finding.witness for finding in found] == ([] if worst is None else [worst])


@pytest.mark.parametrize(
    ("measures", "levels", "policy", "skipped"),
    [
        (PERCENT, ['m: "< 75"', 'm: ">= 75"'], "highest", {}),
        (PERCENT, ['m: ">= 75"', 'm: "< 75"'], "highest", {(2, 1): {"m": Decimal(0)}}),
        (FLAGS, ["a: true", "a: true, b: true"], "highest", {}),
        (FLAGS, ["a: true", "b: true"], "highest", {(2, 1): {"a": False, "b": True}}),
        (FLAGS, ["a: true", "b: true"], "ladder", {}),
        (
            FLAGS,
            ["a: true", "b: true", "c: true"],
            "highest",
            {
                (2, 1): {"a": False, "b": True, "c": False},
                (3, 1): {"a": False, "b": False, "c": True},
                (3, 2): {"a": False, "b": False, "c": True},
            },
        ),
        ("m: {type: percent, title: M, better: none}", ['m: "< 75"', 'm: ">= 75"'], "highest", {(2, 1): {"m": 75}}),
        ("m: {type: percent, title: M, better: lower}", ['m: "> 75"', 'm: "<= 75"'], "highest", {}),
    ],
)
def test_skipped_levels(
    measures: str, levels: list[str], policy: str, skipped: dict[tuple[int, int], dict[str, object]]
) -> None:
    found = prove_codes(draft(measures, levels, policy=policy), "level-skipped")
    assert {(finding.level, finding.params["skipped"]): finding.witness for finding in found} == skipped


def test_a_skipped_level_is_placed_at_the_rule_that_does_not_ask_for_it() -> None:
    (finding,) = prove_codes(draft(FLAGS, ["a: true", "b: true"]), "level-skipped")
    assert locate(finding)[0] == LEVEL_LINE + 3
    assert say(finding) == (
        "a false, b true reaches level 2, though the rule of level 1 holds neither there nor at any worse value"
    )


@pytest.mark.parametrize(("measures", "rule", "shown"), [(PERCENT, 'm: "> 0"', "(0)"), (FLAGS, "a: true", "(false)")])
def test_a_single_measure_is_not_named_beside_its_value(measures: str, rule: str, shown: str) -> None:
    (finding,) = prove_codes(draft(measures, [rule]), "below-first-level")
    assert shown in say(finding)


NEITHER = "m: {type: percent, title: M, better: none}"
FLAG = "f: {type: flag, title: F, better: none}"
CHOICE = "k: {type: choice, title: K, choices: [p, q, r]}"


@pytest.mark.parametrize(
    ("measures", "levels", "policy", "said"),
    [
        (
            NEITHER,
            ['m: "< 10"', 'm: "(20..30]"'],
            "highest",
            "of `m` reach no level and score 0: from 10 to 20 or above 30 to 100",
        ),
        (NEITHER, ['m: "< 10"', 'm: "< 5, >= 60"'], "ladder", "of `m` reach no level and score 0: from 10 to 100"),
        (CHOICE, ["k: q"], "highest", "of `k` reach no level and score 0: p, r"),
        (FLAG, ["f: false"], "highest", "of `f` reach no level and score 0: true"),
        (f"{NEITHER}\n{CHOICE}", ['m: "< 5", k: q'], "highest", "reach no level and score 0, such as m 0, k p"),
    ],
)
def test_no_value_is_worst_where_none_is_better(measures: str, levels: list[str], policy: str, said: str) -> None:
    (finding,) = prove_codes(draft(measures, levels, policy=policy), "below-first-level")
    assert say(finding) == f"some values {said}"


def test_one_measure_that_has_a_better_value_has_a_worst_one() -> None:
    (finding,) = prove_codes(draft(f"{PERCENT}\n{CHOICE}", ['m: ">= 5", k: q']), "below-first-level")
    assert say(finding) == "the worst values (m 0, k p) reach no level and score 0"


def test_several_measures_are_named() -> None:
    (finding,) = prove_codes(draft(FLAGS, ["a: true, b: true"]), "below-first-level")
    assert "(a false, b false)" in say(finding)
