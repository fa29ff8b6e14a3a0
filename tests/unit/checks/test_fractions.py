"""A percent that is compared with fractions: where nothing else would tell that 0.8 is not 80 %."""

from __future__ import annotations

import pytest

from tests.unit.checks.drafts import LEVEL_LINE, draft, locate, prove_codes, say

PERCENT = "m: {type: percent, title: M}"
CODE = "fraction-thresholds"


def list_found(measures: str, levels: list[str], **options: list[str]) -> list[tuple[int | None, str]]:
    return [(found.level, found.severity) for found in prove_codes(draft(measures, levels, **options), CODE)]


@pytest.mark.parametrize(
    ("measures", "levels", "level"),
    [
        (PERCENT, ['m: "< 0.8"', 'm: ">= 0.8"'], 1),
        (PERCENT, ['m: ">= 0"', 'm: ">= 0.75"', 'm: ">= 0.8"', 'm: "1"'], 3),
        (PERCENT, ['m: "[0..0.5]"', 'm: "(0.5..0.9]"', 'm: "> 0.9"'], 2),
        (PERCENT, ['m: "not(>= 0.8)"', "any: [{m: '>= 0.8'}, {m: '0.7'}]"], 1),
        ("m: {type: percent, title: M, range: [-100, null]}", ['m: ">= 0.5"', 'm: ">= 0.9"'], 2),
        ("m: {type: percent, title: M}\nn: {type: count, title: N}", ['m: ">= 0.5"', 'm: ">= 0.9", n: ">= 3"'], 2),
        (PERCENT, ['m: "< 75"', 'm: ">= 75"'], None),
        (PERCENT, ['m: ">= 0.5"', 'm: ">= 0.9"', 'm: ">= 1.5"'], None),
        (PERCENT, ['m: ">= 0"', 'm: "> 0"', 'm: ">= 1"'], None),
        (PERCENT, ['m: ">= -0.5"', 'm: ">= 0.5"'], None),
        ("m: {type: percent, title: M, range: [0, 1.5]}", ['m: ">= 0.5"', 'm: ">= 0.9"'], 2),
        ("m: {type: percent, title: M, range: [0, 1]}", ['m: ">= 0.5"', 'm: ">= 0.9"'], None),
        ("m: {type: percent, title: M, better: lower}", ['m: "<= 0.5"', 'm: "<= 0.1"'], None),
        ("m: {type: percent, title: M, better: none}", ['m: "< 0.5"', 'm: ">= 0.5"'], None),
        ("m: {type: number, title: M}", ['m: "< 0.5"', 'm: ">= 0.5"'], None),
        ("m: {type: percent, title: M}\nn: {type: number, title: N}", ['n: ">= 0"', 'm: ">= 80", n: ">= 0.5"'], None),
    ],
)
def test_a_percent_compared_with_fractions_alone(measures: str, levels: list[str], level: int | None) -> None:
    assert list_found(measures, levels) == ([] if level is None else [(level, "warning")])


def test_each_percent_is_judged_by_itself_and_named_by_its_highest() -> None:
    two = "m: {type: percent, title: M}\nn: {type: percent, title: N}"
    text = draft(two, ['m: ">= 0.5", n: ">= 50"', 'm: ">= 0.85", n: ">= 60"'])
    (found,) = prove_codes(text, CODE)
    assert say(found) == "`m` is a percent and is compared with no more than 1: 0.85 is 0.85 %, not 85 %"
    assert locate(found)[0] == LEVEL_LINE + 2


def test_it_can_be_accepted() -> None:
    accept = ["code: fraction-thresholds, level: 2, why: so it is meant"]
    assert list_found(PERCENT, ['m: ">= 0.5"', 'm: ">= 0.9"'], accept=accept) == [(2, "note")]
