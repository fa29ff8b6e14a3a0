"""Figures close to a threshold: the expected levels and ranks are worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model import Measure
from kpi_cli.rules.ast import AnyOf
from kpi_cli.rules.values import Value
from kpi_cli.scoring.fragile import Fragility, find_fragile
from kpi_cli.scoring.score import score_records
from tests.unit.scoring.small_sets import COUNT, NOT_APPLICABLE, indicator, indicator_set, record, rule, section

PERCENT = Measure(type="percent", title="percent")
NUMBER = Measure(type="number", title="number")
DEBT = Measure(type="percent", title="debt", better="lower")


def spent(*thresholds: str, measure: Measure = PERCENT) -> object:
    rules = [rule(a=text) for text in thresholds]
    return indicator("A", measures={"a": measure}, when=rules, scale=len(rules))


def search(one: object, *values: Value, within: str = "0.5", tie_break: tuple[str, ...] = ()) -> list[Fragility]:
    definition = indicator_set(section("team", one), scale=len(one.levels))  # type: ignore[arg-type, attr-defined]
    card = score_records(definition, [record(f"e{number}", a=value) for number, value in enumerate(values)])
    return list(find_fragile(definition, card, within=Decimal(within), tie_break=tie_break).found)


@pytest.mark.parametrize(
    ("value", "turns"),
    [
        ("79.4", []),
        ("79.5", [("80", "0.5", 1, 2)]),
        ("79.99", [("80", "0.01", 1, 2)]),
        ("80", [("80", "0", 2, 1)]),
        ("80.5", [("80", "0.5", 2, 1)]),
        ("80.51", []),
    ],
)
def test_how_close_is_close(value: str, turns: list[tuple[str, str, int, int]]) -> None:
    found = search(spent(">= 0", ">= 80"), Decimal(value))
    assert all((one.section, one.indicator, one.turn.measure) == ("team", "A", "a") for one in found)
    assert all(one.turn.value == Decimal(value) for one in found)
    expected = [(Decimal(bound), Fraction(distance), *levels) for bound, distance, *levels in turns]
    assert [(one.turn.bound, one.turn.distance, one.level, one.turn.level) for one in found] == expected


def test_a_figure_may_stand_between_two_thresholds() -> None:
    found = search(spent(">= 79", ">= 80", ">= 80.7"), Decimal(80), within="1")
    assert [(one.turn.bound, one.turn.level) for one in found] == [
        (80, 1),
        (Decimal("80.7"), 3),
        (79, 0),
    ]  # nearest first


@pytest.mark.parametrize(("value", "bound"), [("80.02", "80"), ("80.07", "80.1")])
def test_of_two_ways_to_a_level_the_nearer_counts(value: str, bound: str) -> None:
    (found,) = search(spent("[80..80.1]"), Decimal(value))
    assert (found.turn.bound, found.turn.level) == (Decimal(bound), 0)


def test_a_rule_that_asks_for_more_than_its_threshold_turns_right_there() -> None:
    (found,) = search(spent("> 80"), Decimal(80))
    assert (found.turn.bound, found.turn.distance, found.level, found.turn.level) == (80, 0, 0, 1)


@pytest.mark.parametrize(
    ("measure", "rules", "value", "close"),
    [
        (PERCENT, [">= 0", ">= 99.8"], 100, False),  # all of it: nothing was rounded
        (DEBT, ["<= 100", "<= 0.2"], 0, False),
        (PERCENT, ["<= 100", "<= 0.2"], 0, True),  # the worst end
        (DEBT, [">= 0", ">= 99.8"], 100, True),
        (PERCENT.model_copy(update={"better": "none"}), [">= 0", ">= 99.8"], 100, True),  # no end is the best
        (PERCENT.model_copy(update={"better": "none"}), ["<= 100", "<= 0.2"], 0, True),
    ],
)
def test_a_figure_at_the_best_end_is_left_alone(measure: Measure, rules: list[str], value: int, close: bool) -> None:
    assert bool(search(spent(*rules, measure=measure), Decimal(value))) is close


def test_a_ladder_stays_one() -> None:
    ladder = indicator("A", measures={"a": PERCENT}, when=[rule(a=">= 80"), rule(a=">= 0")], scale=2, policy="ladder")
    (found,) = search(ladder, Decimal("79.9"))
    assert (found.level, found.turn.level) == (0, 2)


def test_lower_is_better_looks_the_other_way() -> None:
    found = search(spent("<= 10", "<= 5", measure=DEBT), Decimal("5.2"), Decimal(0))
    assert [(one.entity.name, one.turn.bound, one.level, one.turn.level) for one in found] == [("e0", 5, 1, 2)]


def test_other_figures_are_measured_against_their_threshold() -> None:
    # 0.5 per cent of 2500 is 12.5
    found = search(spent(">= 2500", measure=NUMBER), Decimal("2487.5"), Decimal(2487))
    assert [(one.entity.name, one.turn.distance) for one in found] == [("e0", Fraction("12.5"))]
    found = search(spent(">= 200", measure=COUNT), Decimal(199), Decimal(198))
    assert [(one.entity.name, one.turn.distance) for one in found] == [("e0", 1)]


def test_the_rank_that_would_be_is_among_all_others_as_they_are() -> None:
    found = search(spent(">= 0", ">= 50", ">= 80"), Decimal(90), Decimal("79.9"), Decimal(60), Decimal(10))
    # e1 shares rank 2 with e2; with level 3 it would share rank 1 with e0
    assert [(one.entity.name, one.rank, one.other_rank) for one in found] == [("e1", 2, 1)]
    found = search(spent(">= 0", ">= 50", ">= 80"), Decimal("80.1"), Decimal(60), Decimal(70), Decimal(10))
    assert [(one.entity.name, one.rank, one.other_rank) for one in found] == [("e0", 1, 1)]
    found = search(spent(">= 0", ">= 50", ">= 80"), Decimal("50.1"), Decimal(60), Decimal(10))
    assert [(one.entity.name, one.rank, one.other_rank) for one in found] == [("e0", 1, 2)]


def test_a_tie_break_decides_the_rank_that_would_be() -> None:
    half = indicator("A", "50", measures={"a": PERCENT}, when=[rule(a=">= 80")], scale=1)
    other = indicator("B", "50", measures={"b": COUNT}, when=[rule(b=">= 1")], scale=1)
    definition = indicator_set(section("team", half, other), scale=1)
    records = [record("e0", a=Decimal("80.1"), b=0), record("e1", a=0, b=1), record("e2", a=Decimal("79.9"), b=0)]

    def rank(tie_break: tuple[str, ...]) -> list[tuple[str, int, int, int]]:
        card = score_records(definition, records, tie_break=tie_break)
        found = find_fragile(definition, card, within=Decimal("0.5"), tie_break=tie_break).found
        return [(one.entity.name, one.level, one.rank, one.other_rank) for one in found]

    # e0 and e1 have 50 points. With A, e0 would have none, beside e2; e2 would have 50, as e0 and e1.
    assert rank(()) == [("e0", 1, 1, 2), ("e2", 0, 3, 1)]
    # B before all: e1 comes first, and neither e0 nor e2 would ever come before it.
    assert rank(("B",)) == [("e0", 1, 2, 2), ("e2", 0, 3, 2)]
    # A before all: e0 comes first and would come last, beside e2; e2 would come first, beside e0.
    assert rank(("A",)) == [("e0", 1, 1, 2), ("e2", 0, 3, 1)]


def test_what_does_not_apply_turns_nothing_and_weighs_nothing() -> None:
    pair = indicator("A", "50", measures={"a": PERCENT, "n": COUNT}, when=[rule(a=">= 80")], scale=1)
    sites = indicator("B", "50", measures={"b": NUMBER}, when=[rule(b=">= 100")], scale=1)
    definition = indicator_set(section("team", pair, sites), scale=1)
    records = [
        record("e0", a=Decimal("79.9"), n=NOT_APPLICABLE, b=Decimal("99.9")),
        record("e1", a=Decimal(90), n=1, b=Decimal(150)),
    ]
    (found,) = find_fragile(definition, score_records(definition, records), within=Decimal("0.5")).found
    # B alone counts for e0, and would bring 100 points, as many as e1 has.
    assert (found.entity.name, found.indicator, found.rank, found.other_rank) == ("e0", "B", 2, 1)


def test_another_figure_may_be_missing_or_no_number() -> None:
    measures = {"a": PERCENT, "n": PERCENT, "f": Measure(type="flag", title="flag")}
    any_of = indicator("A", measures=measures, when=[AnyOf((rule(a=">= 80"), rule(n=">= 1", f="true")))], scale=1)
    definition = indicator_set(section("team", any_of), scale=1)
    records = [record("e0", a=Decimal("79.9")), record("e1", a=Decimal("79.9"), f=True)]
    result = find_fragile(definition, score_records(definition, records), within=Decimal("0.5"))
    assert result.within == Decimal("0.5")
    assert [(one.entity.name, one.turn.measure, one.turn.level) for one in result.found] == [
        ("e0", "a", 1),
        ("e1", "a", 1),
    ]


def test_what_is_missing_is_not_close_to_anything() -> None:
    definition = indicator_set(section("team", spent(">= 0", ">= 80")), scale=2)  # type: ignore[arg-type]
    card = score_records(definition, [record("e0"), record("e1", a=Decimal("79.9"))])
    assert [one.entity.name for one in find_fragile(definition, card, within=Decimal(1)).found] == ["e1"]


@pytest.mark.parametrize("letters", ["A", "ABC"])
def test_a_scorecard_of_another_set_is_not_searched(letters: str) -> None:
    scored, other = (indicator_set(section("team", *map(indicator, own))) for own in ("AB", letters))
    card = score_records(scored, [record("e0", a=1)])
    with pytest.raises(ValueError, match="zip"):
        find_fragile(other, card, within=Decimal(1))


@given(st.decimals(0, 100, places=2), st.sampled_from(["0", "0.1", "0.5", "3"]))
def test_a_level_is_fragile_exactly_where_a_figure_that_close_has_another(value: Decimal, within: str) -> None:
    thresholds = (60, 75, 80)
    levels = {
        sum(moved >= threshold for threshold in thresholds)
        for distance in (Decimal(within), Decimal("0.0001") * (value in thresholds))
        for moved in (value - distance, value + distance)
    } - {sum(value >= threshold for threshold in thresholds)}
    found = search(spent(*(f">= {threshold}" for threshold in thresholds)), value, within=within)
    assert bool(found) == (bool(levels) and value != 100)


def test_each_figure_is_named_as_it_was_typed() -> None:
    found = search(spent(">= 0", ">= 80"), Decimal("79.90"), Decimal("79.9"), Decimal("79.900"))
    assert [str(one.turn.value) for one in found] == ["79.90", "79.9", "79.900"]
