import pytest

from tests.unit.checks.drafts import LEVEL_LINE, draft, locate, prove_codes, say

PERCENT = "m: {type: percent, title: M}"
TWO = "m: {type: percent, title: M}\nn: {type: percent, title: N}"


@pytest.mark.parametrize(
    ("measures", "levels", "said"),
    [
        (PERCENT, ['m: "< 75"', 'm: ">= 75"', 'm: ">= 80"'], []),
        (PERCENT, ['m: "<= 80"', 'm: "> 80"'], []),
        (PERCENT, ['m: "< 5"', 'm: "= 0"'], []),
        (
            PERCENT,
            ['m: "> 70"', 'm: "> 75"', 'm: ">= 80"'],
            ["`m` is compared with `>= 80` at level 3, but with `> 70` at level 1"],
        ),
        (
            PERCENT,
            ['m: ">= 70"', 'm: "> 75"', 'm: ">= 80"'],
            ["`m` is compared with `> 75` at level 2, but with `>= 70` at level 1"],
        ),
        (PERCENT, ['m: ">= 70"', 'm: "> 75"'], ["`m` is compared with `> 75` at level 2, but with `>= 70` at level 1"]),
        (
            PERCENT,
            ['m: "< 5, > 90"', 'm: "not(<= 3)"'],
            ["`m` is compared with `<= 3` at level 2, but with `< 5` at level 1"],
        ),
        (PERCENT, ['m: "> 3, >= 5"'], []),
        (
            PERCENT,
            ['m: "> 1"', 'm: ">= 2"', 'm: "> 3"', 'm: ">= 4"', 'm: "> 5"'],
            ["`m` is compared with `>= 2` at level 2, but with `> 1` at level 1"],
        ),
        (
            PERCENT,
            ['m: ">= 1"', 'm: "> 2"', 'm: "> 3"', 'm: ">= 4"'],
            ["`m` is compared with `> 2` at level 2, but with `>= 1` at level 1"],
        ),
        (TWO, ['m: "> 70", n: ">= 70"', 'm: "> 75", n: ">= 80"'], []),
        (PERCENT, ['m: "(70..75)"', 'm: ">= 75"'], []),
    ],
)
def test_mixed_operators(measures: str, levels: list[str], said: list[str]) -> None:
    assert [say(finding) for finding in prove_codes(draft(measures, levels), "mixed-operators")] == said


def test_it_is_placed_at_the_odd_one() -> None:
    (finding,) = prove_codes(draft(PERCENT, ['m: "> 70"', 'm: ">= 75"', 'm: "> 80"']), "mixed-operators")
    assert locate(finding)[0] == LEVEL_LINE + 1
    assert (finding.level, finding.severity) == (2, "note")
    assert [related.place.line for related in finding.related] == [LEVEL_LINE]
