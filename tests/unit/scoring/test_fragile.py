"""Figures close to a threshold: the expected levels and ranks are worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model import Measure
from kpi_cli.rules.values import Value
from kpi_cli.scoring.fragile import Fragility, find_fragile
from kpi_cli.scoring.score import score_records
from tests.unit.scoring.small_sets import indicator, indicator_set, record, rule, section

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
        ("100", []),  # all of it: nothing was rounded
    ],
)
def test_how_close_is_close(value: str, turns: list[tuple[str, str, int, int]]) -> None:
    found = search(spent(">= 0", ">= 80"), Decimal(value))
    expected = [(Decimal(bound), Fraction(distance), *levels) for bound, distance, *levels in turns]
    assert [(one.turn.bound, one.turn.distance, one.level, one.turn.level) for one in found] == expected


def test_a_figure_may_stand_between_two_thresholds() -> None:
    found = search(spent(">= 79", ">= 80", ">= 81"), Decimal(80), within="1")
    assert {(one.turn.bound, one.turn.level) for one in found} == {(79, 0), (80, 1), (81, 3)}


def test_lower_is_better_looks_the_other_way() -> None:
    found = search(spent("<= 10", "<= 5", measure=DEBT), Decimal("5.2"), Decimal(0))
    assert [(one.entity.name, one.turn.bound, one.level, one.turn.level) for one in found] == [("e0", 5, 1, 2)]


def test_other_figures_are_measured_against_their_threshold() -> None:
    # 0.5 per cent of 2500 is 12.5
    found = search(spent(">= 2500", measure=NUMBER), Decimal("2487.5"), Decimal(2487))
    assert [(one.entity.name, one.turn.distance) for one in found] == [("e0", Fraction("12.5"))]


def test_the_rank_that_would_be_is_among_all_others_as_they_are() -> None:
    found = search(spent(">= 0", ">= 50", ">= 80"), Decimal(90), Decimal("79.9"), Decimal(60), Decimal(10))
    # e1 shares rank 2 with e2; with level 3 it would share rank 1 with e0
    assert [(one.entity.name, one.rank, one.other_rank) for one in found] == [("e1", 2, 1)]
    found = search(spent(">= 0", ">= 50", ">= 80"), Decimal("80.1"), Decimal(60), Decimal(70), Decimal(10))
    assert [(one.entity.name, one.rank, one.other_rank) for one in found] == [("e0", 1, 1)]
    found = search(spent(">= 0", ">= 50", ">= 80"), Decimal("50.1"), Decimal(60), Decimal(10))
    assert [(one.entity.name, one.rank, one.other_rank) for one in found] == [("e0", 1, 2)]


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
