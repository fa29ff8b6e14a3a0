from __future__ import annotations

import pytest

from kpi_cli.model import Measure, Ratio
from kpi_cli.rules.ast import AnyOf
from kpi_cli.scoring.figures import MISSING, Figure, Record
from kpi_cli.scoring.owed import list_owed
from tests.unit.scoring.small_sets import COUNT, NOT_APPLICABLE, indicator, indicator_set, record, rule, section

EITHER = indicator(
    "D1",
    when=[AnyOf((rule(debt="0"), rule(register=">= 1")))],
    measures={"debt": COUNT, "register": COUNT, "unread": COUNT},
    scale=1,
)
RATIO = indicator(
    "R1",
    when=[rule(share=">= 50")],
    measures={
        "share": Measure(type="percent", title="share", ratio=Ratio(part="part", whole="whole")),
        "part": COUNT,
        "whole": COUNT,
    },
    scale=1,
)


@pytest.mark.parametrize(
    ("one", "owed"),
    [
        (record("a"), ["debt", "register"]),
        (record("a", debt=0), []),  # complete, though the register is blank
        (record("a", debt=3), ["register"]),
        (record("a", register=1), []),
        (record("a", debt=3, register=0), []),
        (record("a", debt=NOT_APPLICABLE), []),
        (record("a", debt=3, register=Figure(None, "-", "f[A1]")), ["register"]),
    ],
)
def test_what_can_still_change_a_level_is_owed(one: Record, owed: list[str]) -> None:
    definition = indicator_set(section("s", EITHER), scale=1)
    assert [item.measure for item in list_owed(definition, [one])] == owed


@pytest.mark.parametrize(("one", "owed"), [(record("a", part=1), ["share"]), (record("a", share=50), [])])
def test_the_parts_of_a_percent_are_not_owed(one: Record, owed: list[str]) -> None:
    definition = indicator_set(section("s", RATIO), scale=1)
    assert [item.measure for item in list_owed(definition, [one])] == owed


def test_the_order_is_that_of_the_set_and_the_roster() -> None:
    definition = indicator_set(section("s", indicator("A1", "50"), indicator("B1", "50")))
    owed = list_owed(definition, [record("b"), record("a")])
    assert [(item.section, item.indicator.id, item.entity.name) for item in owed] == [
        ("s", "A1", "b"),
        ("s", "A1", "a"),
        ("s", "B1", "b"),
        ("s", "B1", "a"),
    ]


def test_a_cell_that_says_nothing_is_pointed_at() -> None:
    definition = indicator_set(section("s", EITHER), scale=1)
    typed = Figure(None, "-", "f[A1]")
    assert [item.figure for item in list_owed(definition, [record("a", debt=3, register=typed)])] == [typed]
    assert [item.figure for item in list_owed(definition, [record("a", debt=3)])] == [MISSING]
