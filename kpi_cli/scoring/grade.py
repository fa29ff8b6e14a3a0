"""The name of the band that a score lies in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from kpi_cli.model import Grade


class Grades:
    """The bands of a set, in order: a score is looked up in none but those that it lies between."""

    def __init__(self, grades: Sequence[Grade]) -> None:
        ordered = sorted(grades, key=lambda grade: grade.min)
        self._bounds, self._titles = [Fraction(grade.min) for grade in ordered], [grade.title for grade in ordered]

    def find(self, score: Fraction) -> str | None:
        """The title of the band with the highest `min` that the exact score reaches, or None where it reaches none."""
        place = bisect_right(self._bounds, score)
        return self._titles[place - 1] if place else None
