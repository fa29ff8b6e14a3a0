"""The name of the band that a score lies in."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kpi_cli.model import Grade


def find_grade(score: Fraction, grades: Sequence[Grade]) -> str | None:
    """The title of the band with the highest `min` that the exact score reaches, or None where it reaches none."""
    reached = [grade for grade in grades if grade.min <= score]
    return max(reached, key=lambda grade: grade.min).title if reached else None
