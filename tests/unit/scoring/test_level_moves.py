"""Which values move where a definition changes, worked out by hand."""

from unittest import mock

import pytest

from kpi_cli.scoring import level_moves
from kpi_cli.scoring.level_moves import LevelMoves, find_level_moves
from kpi_cli.space.allowance import Allowance
from tests.unit.checks.drafts import load_indicator
from tests.unit.space.test_bands import show_box

PERCENT = "m: {type: percent, title: M}"
PAIR = "m: {type: percent, title: M}\nf: {type: flag, title: F}"
CHOICE = "m: {type: choice, title: M, choices: [p, q]}"
STEPS = ['m: "< 75"', 'm: ">= 75"', 'm: ">= 80"']


def find(old, new, policies=("highest", "highest")):
    before, after = (
        load_indicator(measures, rules, policy=policy)
        for (measures, rules), policy in zip((old, new), policies, strict=True)
    )
    return find_level_moves(old=before, new=after)


def show(moves: LevelMoves):
    return [(move.old, move.new, [show_box(box) for box in move.boxes]) for move in moves.moves]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((PERCENT, ['m: "< 75"', 'm: ">= 74.5"']), (PERCENT, ['m: "< 75"', 'm: ">= 75"']), [
            (2, 1, ["m [74.5..75)"])
        ]),
        ((PERCENT, STEPS), (PERCENT, ['m: "< 75"', 'm: ">= 75"', 'm: "> 80"']), [(3, 2, ["m [80..80]"])]),
        ((PERCENT, ['m: "<= 80"']), (PERCENT, ['m: "[0..80)"']), [(1, 0, ["m [80..80]"])]),
        ((PERCENT, ['m: ">= 50"', 'm: "< 50"']), (PERCENT, ['m: "> 100"']), [
            (1, 0, ["m [50..100]"]), (2, 0, ["m [0..50)"])
        ]),
        ((PERCENT, STEPS), (PERCENT, STEPS[:2]), [(3, 2, ["m [80..100]"])]),
        ((PERCENT, STEPS), (PAIR, [*STEPS[:2], 'm: ">= 80", f: true']), [(3, 2, ["m [80..100], f False"])]),
        ((PERCENT, STEPS), ("m: {type: percent, title: M, range: [0, 120]}", STEPS), [(None, 3, ["m (100..120]"])]),
        (("m: {type: percent, title: M, range: [10, 100]}", STEPS), (PERCENT, STEPS), [(None, 1, ["m [0..10)"])]),
        ((PERCENT, STEPS), ("m: {type: percent, title: M, range: [10, 90]}", STEPS), [
            (1, None, ["m [0..10)"]), (3, None, ["m (90..100]"])
        ]),
        ((PERCENT, STEPS), ("m: {type: number, title: M}", STEPS), [(None, 3, ["m (100..]"])]),
        ((CHOICE, ["m: p"]), ("m: {type: choice, title: M, choices: [q, r]}", ["m: r"]), [
            (1, None, ["m p"]), (None, 1, ["m r"])
        ]),
        (("m: {type: number, title: M}", STEPS), ("m: {type: number, title: M, range: [null, null]}", STEPS), [
            (None, 1, ["m [..0)"])
        ]),
        (("m: {type: number, title: M, range: [null, 90]}", STEPS), ("m: {type: number, title: M}", STEPS), [
            (1, None, ["m [..0)"]), (None, 3, ["m (90..]"])
        ]),
        (("m: {type: count, title: M}", ['m: ">= 3"']), ("m: {type: count, title: M}", ['m: "> 2"']), []),
        ((PERCENT, ['m: ">= 5"']), (PERCENT, ['m: "not(< 5)"']), []),
    ],
)  # fmt: skip
def test_moves(old, new, expected):
    moves = find(old, new)
    assert show(moves) == expected
    assert (moves.indicator, moves.none) == ("A", not expected)


def test_two_ranges_that_leave_a_gap_say_nothing_of_it():
    low, high = (f"m: {{type: percent, title: M, range: [{span}]}}" for span in ("0, 10", "20, 30"))
    assert show(find((low, ['m: ">= 0"']), (high, ['m: ">= 0"']))) == [
        (1, None, ["m [0..10]"]),
        (None, 1, ["m [20..30]"]),
    ]


def test_another_policy_moves_what_stands_on_no_ladder():
    rules = (PERCENT, ['m: ">= 50"', 'm: "< 50"'])
    assert show(find(rules, rules, ("highest", "ladder"))) == [(2, 0, ["m [0..50)"])]


def test_an_example_is_the_simplest_value_that_moves():
    (move,) = find((PERCENT, ['m: "< 75"', 'm: ">= 74.25"']), (PERCENT, ['m: "< 75"', 'm: ">= 75"'])).moves
    assert {name: str(value) for name, value in move.example.items()} == {"m": "74.3"}


def test_the_simplest_example_is_found_wherever_it_lies():
    old = (PERCENT, ['m: "[33.3..33.4], = 50"', 'm: "[66.6..66.7], = 50"'])
    new = (PERCENT, ['m: "= 1"', 'm: "= 2"'])
    assert [(move.old, move.new, str(move.example["m"])) for move in find(old, new).moves] == [
        (0, 1, "1"),
        (0, 2, "2"),
        (1, 0, "33.3"),
        (2, 0, "50"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ((PERCENT, STEPS), ("m: {type: flag, title: M}", ["m: true"]), "other-types"),
        ((PERCENT, STEPS), ("n: {type: percent, title: N}", ['n: ">= 75"']), "other-measures"),
        ((CHOICE, ["m: p"]), ("m: {type: flag, title: M}", ["m: true"]), "other-types"),
    ],
)
def test_what_cannot_be_compared_is_said(old, new, obstacle):
    moves = find(old, new)
    assert (moves.indicator, moves.obstacle, moves.moves, moves.none) == ("A", obstacle, (), False)


def test_whole_and_other_numbers_are_compared_at_whole_ones_and_it_is_said():
    moves = find(("m: {type: count, title: M}", ['m: ">= 3"']), ("m: {type: number, title: M}", ['m: ">= 2.5"']))
    assert (show(moves), moves.whole) == ([], ("m",))
    moves = find(("m: {type: count, title: M}", ['m: ">= 3"']), ("m: {type: number, title: M}", ['m: ">= 2"']))
    assert show(moves) == [(0, 1, ["m 2-2"])]


MANY = "abcdefghijklmnopqrstu"
FLAGS = "\n".join(f"{name}: {{type: flag, title: {name}}}" for name in MANY)


def test_independent_measures_are_many_and_still_decided():
    old = ", ".join(f"{name}: true" for name in MANY)
    (move,) = find((FLAGS, [old]), (FLAGS, [old.replace("a: true, ", "")])).moves
    assert (move.old, move.new, move.boxes) == (0, 1, ())
    assert move.example == {name: name != "a" for name in MANY}


def test_what_is_too_large_is_said():
    mixed = "any: [" + ", ".join(f"{{{name}: true}}" for name in MANY) + "]"
    moves = find((FLAGS, [mixed]), (FLAGS, [mixed.replace("{a: true}", "{a: false}")]))
    assert (moves.indicator, moves.obstacle) == ("A", "too-large")


@pytest.mark.parametrize(("most", "boxes"), [(3, ["m [80..80]"]), (2, [])])
def test_beyond_a_number_of_cells_the_example_alone_is_shown(most, boxes):
    with mock.patch.object(level_moves, "MOST_CELLS_SHOWN", most):
        moves = find((PERCENT, ['m: ">= 80"']), (PERCENT, ['m: "> 80"']))  # below, at and above 80
    assert show(moves) == [(1, 0, boxes)]


def test_where_there_is_no_room_to_list_boxes_the_moves_are_still_found() -> None:
    before, after = (load_indicator(PERCENT, [f'm: ">= {limit}"']) for limit in (3, 5))
    found = {}
    for steps in range(60):
        moves = find_level_moves(old=before, new=after, allowance=Allowance(steps))
        found[moves.obstacle or bool(moves.moves[0].boxes)] = [(one.old, one.new) for one in moves.moves]
    assert found == {"too-large": [], False: [(1, 0)], True: [(1, 0)]}
