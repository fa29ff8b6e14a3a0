"""Levels to points over the weights of what is applicable."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from kpi_cli.rules.policy import Band
from kpi_cli.scoring.weighing import Totals, weigh_levels
from tests.unit.scoring.small_sets import indicator, indicator_set, section


@pytest.mark.parametrize(
    ("weights", "scale", "expected"),
    [
        ((100,), 2, [[0, 50, 100]]),
        ((75, 25), 1, [[0, 75], [0, 25]]),
        ((75, None), 1, [[0, 100], []]),
        ((1, None, 2), 1, [[0, "100/3"], [], [0, "200/3"]]),
        ((None, None), 5, [[], []]),
    ],
)
def test_weigh_levels(weights: tuple[int | None, ...], scale: int, expected: list[list[int | str]]) -> None:
    exact = tuple(None if weight is None else Decimal(weight) for weight in weights)
    assert [list(points) for points in weigh_levels(exact, scale)] == [
        [Fraction(point) for point in points] for points in expected
    ]


TEAM = section("team", indicator("A", "60"), indicator("B", "40"))
SMALL = indicator_set(TEAM)


@pytest.mark.parametrize("number", [1, 3])
def test_each_indicator_has_a_band(number: int) -> None:
    with pytest.raises(ValueError, match="zip"):
        Totals(TEAM, SMALL)[(Band(1, 1),) * number]
