"""The score over all sections, by their shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from kpi_cli.model import IndicatorSet
from kpi_cli.scoring.grade import Grades
from kpi_cli.scoring.scorecard import EntityScore, Total


def find_shares(definition: IndicatorSet) -> dict[str, Decimal] | None:
    """The shares that the set itself gives its sections, or None where it gives none."""
    own = {section.id: section.share for section in definition.sections if section.share is not None}
    return own if len(own) == len(definition.sections) else None


def combine_sections(rows: Mapping[str, EntityScore], shares: Mapping[str, Decimal], grades: Grades) -> EntityScore:
    """One entity's rows of every section (by section id) as one row, as yet without a rank.

    Without a score in a section that counts there is none over all; a section without a share does not count.
    """
    counted = [(Fraction(shares[name]), row) for name, row in rows.items() if shares.get(name)]
    score = _sum_shares((share, row.score) for share, row in counted)
    total = Total(
        score=score,
        possible=_sum_shares((share, row.possible) for share, row in counted),
        complete=all(row.complete for row in rows.values()),
        reported=all(row.reported for _, row in counted),
        grade=None if score is None else grades.find(score),
    )
    return EntityScore(None, next(iter(rows.values())).entity, total)


def _sum_shares(scores: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    total = Fraction()
    for share, score in scores:
        if score is None:
            return None
        total += share * score
    return total / 100
