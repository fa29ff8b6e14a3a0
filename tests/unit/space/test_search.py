"""Independent measures are proved apart, so that their number hardly matters; what is too large is said."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from unittest import mock

import pytest

from kpi_cli.space import allowance, search
from kpi_cli.space.allowance import Allowance, TooLargeError
from kpi_cli.space.blocks import split_dimensions
from kpi_cli.space.dimensions import build_dimensions
from kpi_cli.space.search import Space, decide_space
from tests.patience import within
from tests.unit.checks.drafts import LEVEL_LINE, draft, load_indicator, prove, say

NAMES = "abcdefghijklmnopqrst"


def percents(count: int) -> str:
    return "\n".join(f"{name}: {{type: percent, title: {name}}}" for name in NAMES[:count])


def steps(count: int) -> list[str]:
    """Five levels, each asking more of every measure."""
    return [", ".join(f'{name}: ">= {level * 10}"' for name in NAMES[:count]) for level in range(1, 6)]


def limit(**limits: int) -> AbstractContextManager[object]:
    """The limits of a search as they are given, `most_cells` and the like."""
    names = {"most_cells": "MOST_CELLS", "few_cells": "_FEW_CELLS", "few_levels": "_FEW_LEVELS"}
    return mock.patch.multiple(search, **{names[name]: value for name, value in limits.items()})


# a 0, 1-5, 6-; c no, yes. Sets of rules: 1 the first, 2 the second, 3 both.
TWO = load_indicator("a: {type: count, title: A}\nc: {type: flag, title: C}", ['a: "[1..5]"', "c: true"])
TOGETHER = decide_space(TWO)
with limit(few_cells=0):
    APART = decide_space(TWO)


def test_few_cells_are_walked_together_and_many_apart() -> None:
    assert [block.holding for block in TOGETHER.blocks] == [(0, 2, 1, 3, 0, 2)]
    assert [block.holding for block in APART.blocks] == [(2, 3, 2), (1, 3)]
    assert [dimension.name for dimension in APART.dimensions] == ["a", "c"]
    assert [cell.sample for cell in APART.cells_at((1, 0)).values()] == [1, False]
    assert list(TOGETHER.cells_at((5,))) == ["a", "c"]


@pytest.mark.parametrize("spots", [(1,), (1, 0, 0)])
def test_a_place_has_a_spot_in_each_block(spots: tuple[int, ...]) -> None:
    for look in (APART.cells_at, APART.find_worse):
        with pytest.raises(ValueError, match="zip"):
            look(spots)


@pytest.mark.parametrize(
    ("limits", "blocks"),
    [
        ({"few_cells": 6}, 1),
        ({"few_cells": 5}, 2),
        ({"few_cells": 0, "few_levels": 2}, 2),
        ({"few_cells": 0, "few_levels": 1}, 1),
        ({"few_cells": 0, "few_levels": 1, "most_cells": 6}, 1),
        ({"few_cells": 0, "few_levels": 1, "most_cells": 5}, 2),
        ({"few_cells": 0, "most_cells": 3}, 2),
    ],
)
def test_how_many_cells_are_few(limits: dict[str, int], blocks: int) -> None:
    with limit(**limits):
        assert len(decide_space(TWO).blocks) == blocks


def test_more_cells_than_are_walked_are_not_decided() -> None:
    with limit(most_cells=2), pytest.raises(TooLargeError):
        decide_space(TWO)


def test_the_levels_of_sets_of_rules() -> None:
    assert [APART.level_of(holding) for holding in (0, 1, 2, 3)] == [0, 1, 2, 2]
    assert [TOGETHER.shorten(holding) for holding in (0, 1, 2, 3)] == [0, 1, 3, 3]
    assert [APART.shorten(holding) for holding in (0, 1, 2, 3)] == [0, 1, 2, 3]
    ladder = Space(TWO.model_copy(update={"policy": "ladder"}), APART.blocks)
    assert [ladder.shorten(holding) for holding in (0, 1, 2, 3)] == [0, 1, 0, 3]


def test_which_sets_of_rules_hold_somewhere_and_where_most_simply() -> None:
    assert APART.find_levels() == {
        (0,): (0, (0, 0)), (1,): (1, (1, 0)), (2,): (1, (0, 1)), (3,): (2, (1, 1))
    }  # fmt: skip
    assert APART.find_states() == APART.find_levels()
    assert TOGETHER.find_levels() == {(0,): (0, (0,)), (1,): (1, (2,)), (3,): (1, (1,))}
    assert TOGETHER.find_states() == {(0,): (0, (0,)), (1,): (1, (2,)), (2,): (1, (1,)), (3,): (2, (3,))}


@pytest.mark.parametrize(
    ("measure", "turns", "together", "apart"),
    [
        ("a", (1, 2), {1, 3}, {1, 3}),
        ("a", (0, 1, 2, 3), {0, 3}, {0, 2}),
        ("c", (0, 1), {0, 1}, {0, 1}),
        ("c", (1, 2), {3}, {2, 3}),
        ("c", (), set(), set()),
    ],
)
def test_what_holds_while_a_measure_is_in_some_cells(
    measure: str, turns: tuple[int, ...], together: set[int], apart: set[int]
) -> None:
    assert TOGETHER.find_holding(measure, turns) == together
    assert APART.find_holding(measure, turns) == apart


def test_what_holds_at_two_cells_of_which_one_is_no_better() -> None:
    assert TOGETHER.find_pairs() == {
        (0, 0): (0, (0,)),
        (0, 1): (1, (2,)), (1, 1): (1, (2,)),
        (0, 3): (1, (1,)), (3, 3): (1, (1,)), (1, 3): (2, (3,)),
        (1, 0): (1, (4,)),
    }  # fmt: skip
    # Of a alone (2, 2), (2, 3), (3, 3) and the fall (3, 2) at 6-; of c alone (1, 1), (1, 3), (3, 3).
    assert APART.find_pairs() == {
        (0, 0): (0, (0, 0)), (0, 2): (1, (0, 1)), (2, 2): (1, (0, 1)),
        (0, 1): (1, (1, 0)), (0, 3): (2, (1, 1)), (2, 3): (2, (1, 1)),
        (1, 1): (1, (1, 0)), (1, 3): (2, (1, 1)), (3, 3): (2, (1, 1)),
        (1, 0): (1, (2, 0)), (1, 2): (2, (2, 1)), (3, 2): (2, (2, 1)),
    }  # fmt: skip


def test_of_two_cells_with_the_same_pair_the_simpler_is_found() -> None:
    """Worst first 6-, 3-5, 0-2: that nothing holds at two cells is seen most simply at 0."""
    space = decide_space(load_indicator("a: {type: count, title: A, better: lower}", ['a: "[3..5]"']))
    assert space.find_pairs() == {(0, 0): (0, (2,)), (0, 1): (1, (1,)), (1, 1): (1, (1,)), (1, 0): (0, (2,))}


def test_what_holds_at_a_cell_and_at_any_worse_value() -> None:
    assert TOGETHER.find_reached() == {
        (0, 0): (0, (0,)), (3, 2): (1, (1,)), (1, 1): (1, (2,)), (3, 3): (2, (3,)), (0, 1): (1, (4,))
    }  # fmt: skip
    assert APART.find_reached() == {
        (0, 0): (0, (0, 0)), (2, 2): (1, (0, 1)), (1, 1): (1, (1, 0)),
        (3, 3): (2, (1, 1)), (0, 1): (1, (2, 0)), (2, 3): (2, (2, 1)),
    }  # fmt: skip


def test_what_holds_at_the_worst_values() -> None:
    assert TOGETHER.find_worst() == {(0,): (0, (0,))}
    assert APART.find_worst() == {(0,): (0, (0, 0))}
    none_worse = load_indicator("a: {type: choice, title: A, choices: [p, q]}", ["a: q"])
    assert decide_space(none_worse).find_worst() == {(0,): (0, (0,)), (1,): (0, (1,))}


def test_what_holds_at_no_better_cells_and_where_nearest() -> None:
    """From 6- and yes: a million for each measure that changes, and one for each cell between."""
    assert TOGETHER.find_worse((5,)) == {(3,): (0, (5,)), (0,): (1_000_001, (4,)), (1,): (2_000_002, (2,))}
    assert APART.find_worse((2, 1)) == {
        (2,): (0, (2, 1)), (0,): (1_000_001, (2, 0)), (3,): (1_000_001, (1, 1)), (1,): (2_000_002, (1, 0))
    }  # fmt: skip


def test_of_what_is_equally_simple_the_worst_is_found() -> None:
    """Names cost nothing: rule 1 fails at p and p, at p and q, at q and p."""
    measures = "a: {type: choice, title: A, choices: [p, q]}\nb: {type: choice, title: B, choices: [p, q]}"
    with limit(few_cells=0):
        space = decide_space(load_indicator(measures, ["a: q, b: q"]))
        flags = decide_space(
            load_indicator("a: {type: flag, title: A}\nb: {type: flag, title: B}", ["a: true, b: true"])
        )
    assert space.find_levels() == {(0,): (0, (0, 0)), (1,): (0, (1, 1))}
    assert flags.find_levels() == {(0,): (0, (0, 0)), (1,): (2, (1, 1))}


def test_a_rule_holds_somewhere_where_every_block_lets_it() -> None:
    measures = "a: {type: count, title: A}\nc: {type: flag, title: C}"
    with limit(few_cells=0):
        space = decide_space(load_indicator(measures, ["c: true", 'a: "not(>= 0)", c: true', 'a: ">= 7"']))
    assert [space.holds_somewhere(level) for level in (1, 2, 3)] == [True, False, True]


def test_states_are_counted_before_they_are_combined() -> None:
    """Three cells and two, the two states of the first block, and two by two."""
    steps = 3 + 2 + 2 + 2 * 2
    assert len(replace(APART, allowance=Allowance(steps)).find_levels()) == 4
    with pytest.raises(TooLargeError):
        replace(APART, allowance=Allowance(steps - 1)).find_levels()


def test_as_many_pairs_as_are_walked_are_found() -> None:
    """Three cells; one pair at 0, two at 1-5, two at 6-, of which four differ."""
    space = decide_space(load_indicator("a: {type: count, title: A}", ['a: "[1..5]"']))
    steps = 3 + (1 + 2 + 2) + 4
    assert len(replace(space, allowance=Allowance(steps)).find_pairs()) == 4
    with pytest.raises(TooLargeError):
        replace(space, allowance=Allowance(steps - 1)).find_pairs()


def test_the_searches_of_a_run_share_what_is_left() -> None:
    left = Allowance(11)
    assert replace(APART, allowance=left).find_levels()
    assert left.left == 0
    with pytest.raises(TooLargeError):
        replace(TOGETHER, allowance=left).find_levels()
    left = Allowance(5)
    for steps in (6, 5):
        with pytest.raises(TooLargeError) if steps == 6 else nullcontext():
            left.take(steps)
    assert left.left == 0


def test_cells_are_counted_before_they_are_decided() -> None:
    """Six together, after three and two apart."""
    assert len(decide_space(TWO, Allowance(11)).blocks) == 1
    assert len(decide_space(TWO, Allowance(10)).blocks) == 2
    with pytest.raises(TooLargeError):
        decide_space(TWO, Allowance(4))


@pytest.mark.parametrize(
    ("levels", "groups"),
    [
        (['a: ">= 1", b: ">= 1", c: ">= 1"'], ["a", "b", "c"]),
        (['a: ">= 1", any: [{b: ">= 1"}, {c: ">= 1"}]'], ["a", "bc"]),
        (['any: [{a: ">= 1"}, {c: ">= 1"}]', 'b: ">= 1"'], ["ac", "b"]),
        (['any: [{a: ">= 1"}, {b: ">= 1"}]', 'any: [{b: ">= 1"}, {c: ">= 1"}]'], ["abc"]),
        (['any: [{a: ">= 1"}, {c: ">= 1"}]', 'any: [{b: ">= 1"}, {c: ">= 1"}]'], ["abc"]),
        (['all: [{a: ">= 1"}, {all: [{b: ">= 1"}]}]', 'c: ">= 1"'], ["a", "b", "c"]),
        (['a: ">= 1"'], ["a"]),
    ],
)
def test_split_dimensions(levels: list[str], groups: list[str]) -> None:
    indicator = load_indicator(percents(3), levels)
    split = split_dimensions(build_dimensions(indicator), indicator.rules)
    assert ["".join(dimension.name for dimension in group) for group in split] == groups


def test_twenty_independent_measures_are_proved_at_once() -> None:
    with within(1):
        found = prove(draft(percents(20), steps(20)))
    assert [finding.code for finding in found] == ["below-first-level"]


def test_a_hole_among_twenty_measures_is_found_with_its_witness() -> None:
    levels = steps(20)
    levels[4] = levels[4].replace('t: ">= 50"', 't: "[50..60)"')
    falls = [finding for finding in prove(draft(percents(20), levels)) if finding.code == "not-monotone"]
    assert [(finding.level, finding.params["lower"]) for finding in falls] == [(5, 4)]
    assert say(falls[0]).endswith("t 60 reaches only level 4, though t 59.99 reaches level 5")


def test_what_is_too_large_is_said_and_leaves_accepts_alone() -> None:
    every = ", ".join(f'{{{name}: ">= {level}"}}' for name in NAMES[:7] for level in range(1, 10))
    accept = ["code: level-gap, level: 1, why: cannot be known", "code: text-mismatch, level: 1, why: can be"]
    text = draft(percents(7), [f"any: [{every}]", 'a: ">= 10"'], accept=accept)
    found = {finding.code: finding for finding in prove(text)}
    assert set(found) == {"proof-too-large", "unused-accept"}
    assert found["unused-accept"].params["code"] == "text-mismatch"
    large = found["proof-too-large"]
    assert (large.severity, large.indicator) == ("warning", "A")
    assert large.params["cells"] == 11 * 10**6
    assert large.place.line == LEVEL_LINE + 5


def test_a_search_that_grows_too_large_is_said_beside_what_was_found() -> None:
    text = draft(percents(3), ['a: ">= 1", b: ">= 1"', 'a: "< 0", c: ">= 5"'])
    with mock.patch.object(allowance, "MOST_STEPS", 40), mock.patch.object(search, "_FEW_CELLS", 0):
        codes = {finding.code for finding in prove(text)}
    assert "proof-too-large" in codes
    assert "level-unreachable" in codes


def test_a_scale_of_a_hundred_levels_is_walked_whole() -> None:
    levels = [f'a: ">= {level}", b: ">= {level}"' for level in range(1, 101)]
    assert [finding.code for finding in prove(draft(percents(2), levels))] == ["below-first-level"]


def test_equal_cells_are_merged_before_they_are_counted() -> None:
    indicator = load_indicator(percents(2), ['a: "[1..2], [2..3], [3..4]"', 'b: ">= 5"'])
    assert [dimension.name for dimension in decide_space(indicator).dimensions] == ["a", "b"]
    assert [len(dimension.cells) for dimension in build_dimensions(indicator)] == [3, 2]


def test_pairs_of_levels_are_counted_before_they_are_listed() -> None:
    levels = [f'a: ">= {level}"' for level in range(1, 6)]
    with mock.patch.object(allowance, "MOST_STEPS", 40):
        assert [finding.code for finding in prove(draft(percents(1), levels))] == [
            "below-first-level",
            "proof-too-large",
        ]
