from decimal import Decimal
from fractions import Fraction

import pytest

from kpi_cli.model import Grade
from kpi_cli.rules.values import round_half_up
from kpi_cli.scoring.grade import Grades

# As a set may list them: neither rising nor falling.
GRADES = tuple(
    Grade(title=title, min=Decimal(low)) for title, low in [("good", "80"), ("best", "90"), ("fair", "60.5")]
)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (Fraction(100), "best"),
        (Fraction(90), "best"),
        (Fraction("89.995"), "good"),
        (Fraction(90) - Fraction(1, 10**40), "good"),
        (Fraction(80), "good"),
        (Fraction(121, 2), "fair"),
        (Fraction(181, 3), None),  # 60.33
        (Fraction(0), None),
    ],
)
def test_find_grade(score: Fraction, expected: str | None) -> None:
    assert Grades(GRADES).find(score) == expected


def test_what_displays_as_90_need_not_be_90() -> None:
    score = Fraction("89.995")
    assert str(round_half_up(score)) == "90.00"
    assert Grades(GRADES).find(score) == "good"


def test_without_bands_there_is_no_grade() -> None:
    assert Grades(()).find(Fraction(100)) is None
