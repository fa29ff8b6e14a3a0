"""Where the points are lost; the sums are worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.losses import Loss, count_losses
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, SectionRanking, Status, Total


def level(id_: str, weight: int, level: int | None, points: str) -> IndicatorScore:
    status = Status.NOT_APPLICABLE if level is None else Status.SCORED
    return IndicatorScore(id_, Decimal(weight), status, level, level, None if level is None else Fraction(points))


def row(*indicators: IndicatorScore, reported: bool = True) -> EntityScore:
    entity = Entity(None, "x")
    total = Total(None, None, complete=True, reported=reported, grade=None, indicators=indicators)
    return EntityScore(1, entity, total)


def test_what_is_lost_is_measured_against_what_could_be_had() -> None:
    ranking = SectionRanking(
        "team",
        "Team",
        (
            row(level("A", 60, 5, "60"), level("B", 40, 0, "0")),  # A loses 0 of 60, B 40 of 40
            row(level("A", 60, 4, "80"), level("B", 40, None, "")),  # A alone is worth 100: it loses 20
            row(level("A", 60, 0, "0"), level("B", 40, 0, "0"), reported=False),  # says nothing
        ),
    )
    assert count_losses(ranking, scale=5) == (
        Loss("A", Fraction(10), (0, 0, 0, 0, 1, 1), 0),
        Loss("B", Fraction(40), (1, 0, 0, 0, 0, 0), 1),
    )


@pytest.mark.parametrize("others", [(), (level("B", 20, 5, "20"), level("C", 20, 5, "20"))])
def test_rows_of_two_sets_are_not_counted_together(others: tuple[IndicatorScore, ...]) -> None:
    rows = (row(level("A", 60, 5, "60"), level("B", 40, 0, "0")), row(level("A", 60, 5, "60"), *others))
    with pytest.raises(ValueError, match="zip"):
        count_losses(SectionRanking("team", "Team", rows), scale=5)


def test_what_applies_to_nobody_loses_nothing() -> None:
    ranking = SectionRanking("team", "Team", (row(level("A", 60, None, ""), level("B", 40, 5, "100")),))
    assert count_losses(ranking, scale=5)[0] == Loss("A", None, (0, 0, 0, 0, 0, 0), 1)


def test_a_row_to_which_nothing_applies_has_nothing_to_lose() -> None:
    nothing = row(level("A", 60, None, ""), level("B", 40, None, ""))
    ranking = SectionRanking("team", "Team", (nothing, row(level("A", 60, 4, "48"), level("B", 40, 5, "40"))))
    assert [(loss.lost, loss.not_applicable) for loss in count_losses(ranking, scale=5)] == [(12, 1), (0, 1)]


def test_where_nobody_reported_there_is_nothing_to_say() -> None:
    ranking = SectionRanking("team", "Team", (row(level("A", 60, 5, "60"), reported=False),))
    assert count_losses(ranking, scale=5) == ()
