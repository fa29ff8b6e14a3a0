"""What the next level takes, case by case; that it agrees with a search of all values is tests/agreement."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from unittest import mock

import pytest

from kpi_cli.model import Indicator, Measure, Ratio
from kpi_cli.rules.ast import AllOf, AnyOf, OneOf, Rule, Test
from kpi_cli.rules.policy import Policy
from kpi_cli.rules.printer import print_unary
from kpi_cli.rules.values import Value
from kpi_cli.scoring import next_level
from kpi_cli.scoring.figures import Figure
from kpi_cli.scoring.next_level import prepare_next
from kpi_cli.space.allowance import Allowance, TooLargeError
from tests.unit.scoring.small_sets import COUNT, indicator, rule

PERCENT = Measure(type="percent", title="percent")
LOWER = Measure(type="percent", title="lower", better="lower")
FLAG = Measure(type="flag", title="flag")
GRADE = Measure(type="choice", title="grade", choices=("poor", "fair", "good"), better="higher")
KIND = Measure(type="choice", title="kind", choices=("p", "q"))
YES = AllOf(())


def make(when: Sequence[Rule], measures: Mapping[str, Measure], policy: Policy = "highest") -> Indicator:
    return indicator("X", when=when, measures=measures, policy=policy)


def find(one: Indicator, **values: Value | int | None) -> tuple[int, list[tuple[str, str, Value]]] | None:
    """The level, and of each change the measure, what suffices and the example."""
    exact = {name: _exact(value) for name, value in values.items()}
    found = prepare_next(one)({name: Figure(value) for name, value in exact.items()})
    if found is None:
        return None
    assert [change.current for change in found.changes] == [exact.get(change.measure) for change in found.changes]
    return found.level, [(change.measure, print_unary(change.to), change.example) for change in found.changes]


def _exact(value: Value | int | None) -> Value | None:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


STEPS = make([rule(a="<= 80"), *(rule(a=f"> {bound}") for bound in (80, 85, 90, 95))], {"a": PERCENT})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (95, (5, "> 95", "95.01")),
        (90, (4, "> 90", "90.01")),
        (Fraction(250, 3), (3, "> 85", "85.01")),
        (80, (2, "> 80", "80.01")),
        (96, None),
        (None, (1, ">= 0", "0")),
    ],
)
def test_the_memo_s_second_indicator(value: Value | None, expected: tuple[int, str, str] | None) -> None:
    found = find(STEPS, a=value)
    assert found == (expected and (expected[0], [("a", expected[1], Decimal(expected[2]))]))


def test_a_step_that_overshoots_gives_way_to_the_simplest_value() -> None:
    narrow = make([rule(a="> 80"), rule(a=">= 80.004")], {"a": PERCENT})
    assert find(narrow, a=0) == (1, [("a", "> 80", Decimal("80.001"))])
    coarse = make([rule(a="> 80")], {"a": PERCENT.model_copy(update={"step": Decimal("0.5")})})
    assert find(coarse, a=0) == (1, [("a", "> 80", Decimal("80.5"))])


def test_lower_is_better_goes_down() -> None:
    debt = make([rule(a="< 5"), rule(a="= 0")], {"a": LOWER})
    assert find(debt, a=7) == (1, [("a", "< 5", Decimal("4.99"))])
    assert find(debt, a=5) == (1, [("a", "< 5", Decimal("4.99"))])
    assert find(debt, a=3) == (2, [("a", "= 0", Decimal(0))])
    assert find(debt, a=-3) is None  # no cell holds it, so none is better


def test_flags_counts_and_choices() -> None:
    each = make([rule(n="> 7"), AllOf((rule(n="> 7"), Test("g", OneOf(("good",)))))], {"n": COUNT, "g": GRADE})
    assert find(each, n=2, g="poor") == (1, [("n", "> 7", Decimal(8))])
    assert find(each, n=8, g="poor") == (2, [("g", "good", "good")])
    assert find(make([rule(f="true")], {"f": FLAG}), f=False) == (1, [("f", "true", True)])


def test_better_none_stays_but_may_be_reported() -> None:
    kind = make([Test("k", OneOf(("q",)))], {"k": KIND})
    assert find(kind, k="p") is None
    assert find(kind) == (1, [("k", "q", "q")])
    for choices in (("p", "q", "r"), ("q", "p", "r")):
        kinds = KIND.model_copy(update={"choices": choices})
        more = make([Test("k", OneOf(("q",))), Test("k", OneOf(("p", "r")))], {"k": kinds})
        assert find(more) == (1, [("k", "q", "q")])  # neither p nor r is better, though both reach level 2


def test_a_lower_level_comes_first_though_it_takes_more() -> None:
    memo = make([YES, rule(a=">= 1", b=">= 1"), rule(c=">= 8")], {"a": COUNT, "b": COUNT, "c": COUNT})
    assert find(memo, a=0, b=0, c=7) == (2, [("a", ">= 1", Decimal(1)), ("b", ">= 1", Decimal(1))])


def test_fewer_changes_come_before_fewer_steps() -> None:
    either = make([AnyOf((rule(a=">= 1", b=">= 1"), rule(c=">= 50")))], {"a": COUNT, "b": COUNT, "c": COUNT})
    assert find(either, a=0, b=0, c=0) == (1, [("c", ">= 50", Decimal(50))])


def test_fewer_steps_decide_between_as_many_changes() -> None:
    either = make([AnyOf((rule(a=">= 9"), rule(b=">= 3"), rule(c=">= 4")))], {"a": COUNT, "b": COUNT, "c": COUNT})
    assert find(either, a=0, b=0, c=0) == (1, [("b", ">= 3", Decimal(3))])
    assert find(either, a=8, b=0, c=0) == (1, [("a", ">= 9", Decimal(9))])
    assert find(either, a=0, b=0) == (1, [("b", ">= 3", Decimal(3))])


def test_a_step_is_the_smallest_change_of_its_measure() -> None:
    percent = make([AnyOf((rule(a=">= 81"), rule(b=">= 50")))], {"a": PERCENT, "b": COUNT})
    assert find(percent, a=80, b=0) == (1, [("b", ">= 50", Decimal(50))])  # a hundred steps of 0.01 are more
    good = Test("g", OneOf(("good",)))
    choice = make([AnyOf((rule(a=">= 2"), good))], {"a": COUNT, "g": GRADE})
    assert find(choice, a=0, g="fair") == (1, [("g", "good", "good")])


def test_of_what_takes_as_much_the_measure_that_is_defined_last_is_proposed() -> None:
    either, flags = AnyOf((rule(a="true"), rule(b="true"))), {"a": FLAG, "b": FLAG}
    assert find(make([either], flags), a=False, b=False) == (1, [("b", "true", True)])
    apart = make([rule(b="true"), rule(a="true"), either], flags)
    assert find(apart, a=False, b=False) == (3, [("b", "true", True)])


def test_how_much_is_tried_is_counted_before() -> None:
    either, both = AnyOf((rule(a="true"), rule(b="true"))), rule(a="true", b="true")
    for when, name in ((either, "MOST_CHOICES"), (both, "_MOST_STATES")):
        one = make([when], {"a": FLAG, "b": FLAG})
        with mock.patch.object(next_level, name, 4):
            assert find(one, a=False, b=False) is not None
        with mock.patch.object(next_level, name, 3), pytest.raises(TooLargeError):
            find(one, a=False, b=False)


def test_all_that_a_run_tries_is_counted_before() -> None:
    """Two choices each of a and b, two comparisons for each of the four, and for the two cells of what changes."""
    one = make([AnyOf((rule(a="true"), rule(b="true")))], {"a": FLAG, "b": FLAG})
    figures = {"a": Figure(value=False), "b": Figure(value=False)}
    steps = 2 * 2 + 4 * 2 + 2 * 2
    left = Allowance(steps)
    find_next = prepare_next(one, left)
    assert find_next(figures) is not None
    assert left.left == 0
    assert find_next(figures) is not None  # remembered
    with pytest.raises(TooLargeError):
        prepare_next(one, left)(figures)
    with pytest.raises(TooLargeError):
        prepare_next(one, Allowance(steps - 1))(figures)


def test_parts_that_read_no_measure_hold_always_or_never() -> None:
    always, never = AnyOf((YES,)), AnyOf(())
    rules = [AllOf((always, rule(a=">= 1"))), AllOf((never, rule(a=">= 2"))), AllOf((YES, rule(a=">= 3")))]
    three = make(rules, {"a": COUNT})
    assert find(three, a=0) == (1, [("a", ">= 1", Decimal(1))])
    assert find(three, a=1) == (3, [("a", ">= 3", Decimal(3))])


def test_a_ladder_needs_every_rule_below() -> None:
    ladder = make([rule(a=">= 1"), rule(b=">= 2"), rule(c=">= 3")], {"a": COUNT, "b": COUNT, "c": COUNT}, "ladder")
    assert find(ladder, a=0, b=9, c=9) == (3, [("a", ">= 1", Decimal(1))])
    assert find(ladder, a=0, b=0, c=9) == (1, [("a", ">= 1", Decimal(1))])
    assert find(ladder, a=1, b=0, c=9) == (3, [("b", ">= 2", Decimal(2))])


def test_what_is_missing_stays_missing_unless_it_matters() -> None:
    either = make([AnyOf((rule(a=">= 1"), rule(b=">= 1")))], {"a": COUNT, "b": COUNT})
    assert find(either, a=1) is None
    both = make([rule(a=">= 1", b=">= 1")], {"a": COUNT, "b": COUNT})
    assert find(both, a=1) == (1, [("b", ">= 1", Decimal(1))])


def test_where_more_is_worse_again_the_span_has_an_end() -> None:
    hump = make([rule(a="[3..5]")], {"a": COUNT})
    assert find(hump, a=1) == (1, [("a", "[3..5]", Decimal(3))])
    assert find(hump, a=6) is None
    joined = make([AnyOf((rule(a="[3..5]"), rule(a="(5..9)")))], {"a": PERCENT})
    assert find(joined, a=1) == (1, [("a", "[3..9)", Decimal(3))])


def test_the_words_of_a_rule_are_kept_where_they_say_just_that() -> None:
    whole = make([rule(a=">= 100")], {"a": PERCENT})
    assert find(whole, a=99) == (1, [("a", ">= 100", Decimal(100))])


def test_the_parts_of_a_ratio_are_never_proposed() -> None:
    measures = {"a": PERCENT.model_copy(update={"ratio": Ratio(part="p", whole="w")}), "p": COUNT, "w": COUNT}
    odd = make([AnyOf((rule(a=">= 50"), rule(p=">= 1")))], measures)
    assert find(odd, a=10, p=0, w=9) == (1, [("a", ">= 50", Decimal(50))])


def test_independent_measures_never_make_it_too_large() -> None:
    many = {f"m{index}": COUNT for index in range(30)}
    every = make([AllOf(tuple(rule(**{name: f">= {level}"}) for name in many)) for level in range(1, 6)], many)
    found = find(every, **dict.fromkeys(many, 0))
    assert found is not None
    assert (found[0], len(found[1])) == (1, 30)


def test_what_is_too_large_is_said_at_once() -> None:
    many = {f"m{index}": COUNT for index in range(30)}
    mixed = make([AnyOf(tuple(rule(**{name: ">= 1"}) for name in many))], many)
    with pytest.raises(TooLargeError):
        find(mixed, **dict.fromkeys(many, 0))


def test_there_is_no_next_without_a_way_up() -> None:
    assert find(make([YES], {"a": COUNT}), a=0) is None
    assert find(make([AnyOf(())], {"a": COUNT}), a=0) is None


def test_changes_and_steps_of_several_measures_are_added_up() -> None:
    five = dict.fromkeys("abcde", COUNT)
    two_or_three = make([AnyOf((rule(a=">= 5", b=">= 5"), rule(c=">= 1", d=">= 1", e=">= 1")))], five)
    assert find(two_or_three, **dict.fromkeys("abcde", 0)) == (1, [("a", ">= 5", 5), ("b", ">= 5", 5)])
    eighteen_or_six = make([AnyOf((rule(a=">= 9", b=">= 9"), rule(c=">= 5", d=">= 1")))], five)
    assert find(eighteen_or_six, **dict.fromkeys("abcde", 0)) == (1, [("c", ">= 5", 5), ("d", ">= 1", 1)])


def test_what_suffices_of_one_measure_is_asked_with_the_others_as_they_are() -> None:
    both = make([rule(a=">= 1", b=">= 1"), rule(a=">= 5", b=">= 5")], {"a": COUNT, "b": COUNT})
    assert find(both, a=0, b=2) == (1, [("a", ">= 1", 1)])
    assert find(both, a=7, b=0) == (1, [("b", ">= 1", 1)])


@pytest.mark.parametrize(("value", "takes_any"), [(None, True), (Decimal(80), False), (Decimal(95), False)])
def test_of_a_missing_figure_any_may_do(value: Value | None, takes_any: bool) -> None:
    found = prepare_next(STEPS)({"a": Figure(value)})
    assert found is not None
    assert [change.takes_any for change in found.changes] == [takes_any]


def test_of_a_missing_figure_not_any_does_where_some_reach_nothing() -> None:
    found = prepare_next(make([rule(a=">= 5")], {"a": COUNT}))({})
    assert found is not None
    assert [change.takes_any for change in found.changes] == [False]


def test_each_figure_is_named_as_it_was_typed() -> None:
    """Equal figures have one next level, which is found once."""
    search = prepare_next(make([rule(a=">= 5")], {"a": PERCENT}))
    found = [search({"a": Figure(Decimal(typed))}) for typed in ("3.0", "3", "3.00")]
    assert [str(change.current) for one in found if one for change in one.changes] == ["3.0", "3", "3.00"]


@pytest.mark.parametrize("value", [None, Decimal("79.5")])
def test_a_change_names_the_figure_that_it_starts_from(value: Value | None) -> None:
    found = prepare_next(STEPS)({"a": Figure(value)})
    assert found is not None
    assert [change.current for change in found.changes] == [value]
