from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from kpi_cli.render.numbers import (
    digits_needed,
    level_step,
    round_to_json,
    show_level,
    show_number,
    show_plain,
    show_score,
)
from kpi_cli.scoring.scorecard import EntityScore, Total
from tests.unit.render.reports import NANG_RONG, TEAM, level_score


def row(score: Fraction | int | str | None, possible: Fraction | int | None = None) -> EntityScore:
    exact = None if score is None else Fraction(score)
    high = exact if possible is None else Fraction(possible)
    return EntityScore(None, NANG_RONG, Total(exact, high, complete=True, reported=True, grade=None))


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (Fraction(250, 3), 2, "83.33"),
        (Fraction(250, 3), 4, "83.3333"),
        (Decimal("84"), 2, "84.00"),
        (Decimal("66.125"), 2, "66.13"),
        (Decimal("0.005"), 2, "0.01"),
        (Fraction(0), 2, "0.00"),
    ],
)
def test_show_number(value: Decimal | Fraction, digits: int, shown: str) -> None:
    assert show_number(value, digits) == shown


@pytest.mark.parametrize(
    ("value", "number"), [(None, None), (Fraction(250, 3), 83.33), (Fraction(1, 8), 0.13), (Fraction(84), 84.0)]
)
def test_round_to_json(value: Fraction | None, number: float | None) -> None:
    assert round_to_json(value) == number


def test_weights_are_whole_where_they_are() -> None:
    assert (
        repr([show_plain(Decimal("25")), show_plain(Decimal("25.0")), show_plain(Decimal("12.5"))]) == "[25, 25, 12.5]"
    )


@pytest.mark.parametrize(
    ("rows", "bounds", "digits"),
    [
        pytest.param([row(92), row(92), row(88)], [], 2, id="ties-need-no-digits"),
        pytest.param([row("83.331"), row("83.334")], [], 3, id="ranked-apart"),
        pytest.param([row("89.998")], [Decimal(90)], 3, id="just-below-a-grade"),
        pytest.param([row(90)], [Decimal(90)], 2, id="on-the-grade"),
        pytest.param([row(54, Fraction("54.0001"))], [], 4, id="range-that-would-look-closed"),
        pytest.param([row(None)], [], 2, id="no-score"),
        pytest.param([row("1.00000001"), row("1.00000002")], [], 6, id="no-more-than-six"),
    ],
)
def test_digits_justify_the_verdict(rows: list[EntityScore], bounds: list[Decimal], digits: int) -> None:
    assert digits_needed(rows, bounds) == digits


def test_show_score_of_every_state() -> None:
    assert [show_score(each) for each in TEAM.rows] == ["92.00", "83.33", "54.00-72.00", ""]


@pytest.mark.parametrize(
    ("level", "possible", "shown"), [(4, None, "4"), (0, None, "0"), (2, 5, "2-5"), (None, None, "n/a")]
)
def test_show_level(level: int | None, possible: int | None, shown: str) -> None:
    assert show_level(level_score("T1", 25, level, possible)) == shown


@pytest.mark.parametrize(
    ("level", "scale", "step"),
    [(0, 5, 0), (1, 5, 1), (5, 5, 5), (1, 3, 2), (3, 3, 5), (1, 10, 1), (7, 10, 4), (1, 1, 5)],
)
def test_level_step(level: int, scale: int, step: int) -> None:
    assert level_step(level, scale) == step
