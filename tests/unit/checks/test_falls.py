import pytest

from tests.unit.checks.drafts import LEVEL_LINE, draft, locate, prove_codes, say

PERCENT = "m: {type: percent, title: M}"
LOWER = "m: {type: percent, title: M, better: lower}"
NEITHER = "m: {type: percent, title: M, better: none}"
COUNT = "m: {type: count, title: M}"
PAIR = "m: {type: percent, title: M}\nf: {type: flag, title: F}"
CHOICE = "m: {type: choice, title: M, choices: [low, middle, high], better: higher}"


@pytest.mark.parametrize(
    ("measures", "levels", "policy", "said"),
    [
        (PERCENT, ['m: "<= 80"', 'm: "> 80"'], "highest", []),
        (PERCENT, ['m: "< 80"', 'm: "> 80"'], "highest", ["80 reaches no level, though 79.99 reaches level 1"]),
        (PERCENT, ['m: "<= 80"', 'm: ">= 85"'], "highest", ["81 reaches no level, though 80 reaches level 1"]),
        (PERCENT, ['m: "< 80"', 'm: ">= 80.05"'], "highest", ["80 reaches no level, though 79.99 reaches level 1"]),
        (
            PERCENT,
            ['m: ">= 60"', 'm: "[70..80]"'],
            "highest",
            ["81 reaches only level 1, though 80 reaches level 2"],
        ),
        (
            PERCENT,
            ['m: "[10..20]"', 'm: "[15..18]"'],
            "highest",
            [
                "21 reaches no level, though 20 reaches level 1",
                "21 reaches no level, though 18 reaches level 2",
                "19 reaches only level 1, though 18 reaches level 2",
            ],
        ),
        (LOWER, ['m: "< 50"', 'm: "< 20"'], "highest", []),
        (LOWER, ['m: "> 20"', 'm: "< 20"'], "highest", ["20 reaches no level, though 20.01 reaches level 1"]),
        (NEITHER, ['m: "< 80"', 'm: "> 85"'], "highest", []),
        (COUNT, ['m: "[1..2]"', 'm: ">= 4"'], "highest", ["3 reaches no level, though 2 reaches level 1"]),
        (COUNT, ['m: "[1..2]"', 'm: ">= 3"'], "highest", []),
        (CHOICE, ["m: middle", "m: low"], "highest", [
            "high reaches no level, though middle reaches level 1",
            "high reaches no level, though low reaches level 2",
            "middle reaches only level 1, though low reaches level 2",
        ]),
        (PERCENT, ['m: "<= 90"', 'm: ">= 50"'], "ladder", [
            "91 reaches no level, though 49.99 reaches level 1",
            "91 reaches no level, though 90 reaches level 2",
        ]),
        (PERCENT, ['m: ">= 0"', 'm: "[5..7]"', 'm: ">= 6"'], "ladder", [
            "8 reaches only level 1, though 5.99 reaches level 2",
            "8 reaches only level 1, though 7 reaches level 3",
        ]),
        (PAIR, ['m: "< 80"', 'm: ">= 80", f: true'], "highest", [
            "m 80, f false reaches no level, though m 79.99 reaches level 1"
        ]),
        (PAIR, ['m: ">= 0"', "f: false"], "highest", [
            "m 0, f true reaches only level 1, though f false reaches level 2"
        ]),
        (PAIR, ['any: [{m: "< 10"}, {f: true}]', 'm: ">= 20"'], "highest", [
            "m 10, f false reaches no level, though m 9.99 reaches level 1"
        ]),
    ],
)  # fmt: skip
def test_what_falls(measures: str, levels: list[str], policy: str, said: list[str]) -> None:
    found = prove_codes(draft(measures, levels, policy=policy), "level-gap", "not-monotone")
    assert [say(finding) for finding in found] == said


def test_a_step_is_as_large_as_the_measure_says() -> None:
    text = draft("m: {type: number, title: M, step: 0.5}", ['m: "< 80"', 'm: "> 80"'])
    assert [say(finding) for finding in prove_codes(text, "level-gap")] == [
        "80 reaches no level, though 79.5 reaches level 1"
    ]


def test_a_gap_is_placed_at_the_rule_that_ends_with_the_one_that_begins() -> None:
    (gap,) = prove_codes(draft(PERCENT, ['m: "< 80"', 'm: "> 80"', 'm: ">= 90"']), "level-gap")
    column = len('          1: {when: {m: "') + 1
    assert locate(gap) == (LEVEL_LINE, column, column + len("< 80"))
    assert (gap.level, gap.witness) == (1, {"m": 80})
    assert [(related.label, locate_line(related.place), related.params) for related in gap.related] == [
        ("level-ends", LEVEL_LINE, {"level": 1}),
        ("level-begins", LEVEL_LINE + 1, {"level": 2}),
    ]
    assert {name: gap.params[name] for name in ("ending", "test", "next_level", "next_test")} == {
        "ending": 1,
        "test": "<= 80",
        "next_level": 2,
        "next_test": ">= 80",
    }


def locate_line(place: object) -> int | None:
    return getattr(place, "line", None)


@pytest.mark.parametrize(
    "levels",
    [
        ['m: "<= 80"', 'm: ">= 85"'],
        ['m: "[0..80)"', 'm: "> 80"'],
        ['m: "< 80"', 'm: "(80..100]"'],
        ['m: "< 80"', 'm: "= 100"'],
    ],
)
def test_only_two_comparisons_with_one_number_are_mended_by_taking_it_in(levels: list[str]) -> None:
    found = prove_codes(draft(PERCENT, levels), "level-gap")
    assert [(finding.variant, "test" in finding.params) for finding in found] == [("", False)]


def test_where_lower_is_better_the_signs_turn() -> None:
    (gap,) = prove_codes(draft(LOWER, ['m: "> 20"', 'm: "< 20"']), "level-gap")
    assert (gap.params["test"], gap.params["next_test"]) == (">= 20", "<= 20")


def test_a_fall_names_the_level_that_is_left_and_the_one_that_remains() -> None:
    (fall,) = prove_codes(draft(PERCENT, ['m: ">= 60"', 'm: "[70..80]"']), "not-monotone")
    assert (fall.level, fall.params["lower"], fall.witness) == (2, 1, {"m": 81})
    assert locate(fall)[0] == LEVEL_LINE + 1
    assert [(related.label, locate_line(related.place)) for related in fall.related] == [
        ("level-ends", LEVEL_LINE + 1),
        ("level-holds", LEVEL_LINE),
    ]


def test_on_the_ladder_the_rung_that_breaks_is_the_place() -> None:
    text = draft(PERCENT, ['m: ">= 0"', 'm: "[5..7]"', 'm: ">= 6"'], policy="ladder")
    assert {locate(finding)[0] for finding in prove_codes(text, "not-monotone")} == {LEVEL_LINE + 1}


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ('all: [{m: ">= 10"}, {m: "<= 90"}]', "<= 90"),
        ('any: [{f: true, m: "<= 90"}, {m: "<= 50"}]', "<= 50"),
        ('f: true, all: [{any: [{m: "<= 90"}]}]', "<= 90"),
        ('m: "not(> 90)"', "not(> 90)"),
    ],
)
def test_the_place_is_the_test_that_ends_however_deep(rule: str, found: str) -> None:
    text = draft(PAIR, [rule])
    gaps = prove_codes(text, "level-gap")
    line, start, end = locate(gaps[-1])
    assert line is not None
    assert start is not None
    assert end is not None
    assert text.splitlines()[line - 1][start - 1 : end - 1] == found


TWO = "a: {type: count, title: A}\nb: {type: count, title: B}"
LOWER_CHOICE = "m: {type: choice, title: M, choices: [p, q, r, s], better: lower}"
HIGHER_CHOICE = "m: {type: choice, title: M, choices: [p, q, r, s], better: higher}"


@pytest.mark.parametrize(
    ("measures", "levels", "said"),
    [
        (TWO, ['any: [{a: ">= 9", b: "0"}, {a: "8", b: "4"}]'],
         "a 8, b 5 reaches no level, though b 4 reaches level 1"),
        (TWO, ['any: [{a: "1", b: "3"}, {a: "2", b: "0"}]'], "a 3, b 0 reaches no level, though a 2 reaches level 1"),
        (TWO, ['any: [{a: "0", b: "9"}, {a: "8", b: "8"}]'],
         "a 0, b 10 reaches no level, though b 9 reaches level 1"),
        (HIGHER_CHOICE, ["m: [p, q]", "m: s"], "r reaches no level, though q reaches level 1"),
        (LOWER_CHOICE, ["m: [r, s]"], "p reaches no level, though r reaches level 1"),
    ],
)  # fmt: skip
def test_the_worse_value_is_the_nearest(measures: str, levels: list[str], said: str) -> None:
    assert [say(finding) for finding in prove_codes(draft(measures, levels), "level-gap")][:1] == [said]


@pytest.mark.parametrize(
    ("levels", "begins"),
    [
        (['m: "< 80"', 'm: "> 80"', 'm: "> 90"'], [2]),
        (['m: "< 80"', 'm: "[10..20]"', 'm: "> 90"'], [3]),
        (['m: "< 80"', 'm: "[80..80]"'], []),
        (['m: "< 80"', "f: true"], []),
        (['m: "< 80"', "f: true", 'm: "= 85, = 95"'], [3]),
    ],
)
def test_the_level_that_begins_next(levels: list[str], begins: list[int]) -> None:
    found = prove_codes(draft(PAIR if "f: true" in levels else PERCENT, levels), "level-gap")
    first = next((finding for finding in found if finding.level == 1), None)
    related = first.related if first else ()
    assert [each.params["level"] for each in related if each.label == "level-begins"] == begins


@pytest.mark.parametrize(
    ("measures", "levels", "begins"),
    [
        (PERCENT, ['m: "< 50"', 'm: ">= 50"', 'm: ">= 90"'], []),  # above level 1 the ladder is broken
        (PERCENT, ['m: "< 50, > 60"', 'm: "< 50, > 60"'], [2]),
        (PERCENT, ['m: "< 50"', 'm: "< 20, > 60"'], []),  # level 2 is reached, but at worse values
        (PAIR, ['any: [{m: "< 50"}, {f: true}]', 'm: ">= 90"'], [2]),
    ],
)
def test_a_rung_begins_only_where_it_is_reached(measures: str, levels: list[str], begins: list[int]) -> None:
    gap, *_ = prove_codes(draft(measures, levels, policy="ladder"), "level-gap")
    assert [each.params["level"] for each in gap.related if each.label == "level-begins"] == begins


def test_only_the_two_tests_of_one_threshold_are_offered_to_take_it_in() -> None:
    (gap,) = prove_codes(draft(PERCENT, ['m: "< 80"', 'm: "> 85"']), "level-gap")
    assert (gap.variant, gap.witness) == ("", {"m": 80})
    (fall,) = prove_codes(draft(PERCENT, ['m: ">= 0"', 'm: "< 80"', 'm: "> 80"']), "not-monotone")
    assert (fall.variant, fall.witness) == ("", {"m": 80})


@pytest.mark.parametrize(
    ("measures", "levels", "variants"),
    [
        (PERCENT, ['m: ">= 5"', 'm: "< 5"'], [("direction", "lower")]),
        (PERCENT, ['m: "< 5"'], [("direction", "lower")]),
        (LOWER, ['m: "<= 5"', 'm: "> 5"'], [("direction", "higher")]),
        (PERCENT, ['m: ">= 0"', 'm: "[5..7]"'], [("", None)]),  # an upper bound is no direction
        (PERCENT, ['m: "< 80"', 'm: "> 85"'], [("", None)]),  # the next level begins above
        (PERCENT, ['m: "< 80"', 'm: "> 80"'], [("at-threshold", None)]),
    ],
)
def test_levels_that_run_backwards_ask_for_the_other_direction(
    measures: str, levels: list[str], variants: list[tuple[str, str | None]]
) -> None:
    found = prove_codes(draft(measures, levels), "level-gap", "not-monotone")
    assert [(finding.variant, finding.params.get("turned")) for finding in found] == variants
