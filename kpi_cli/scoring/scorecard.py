"""The results of scoring, as frozen values. Points and scores are exact fractions; rounding belongs to display."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from kpi_cli.scoring.figures import Entity, Figure


class Status(StrEnum):
    """Whether an indicator's level is final, open to missing figures, or left out."""

    SCORED = "scored"
    INCOMPLETE = "incomplete"
    NOT_APPLICABLE = "not_applicable"


class IndicatorScore(NamedTuple):
    """One indicator of one entity. Level and points are None where it is not applicable.

    `points` is of the section's 100, after the weights of what is not applicable were left out. Entities at the same
    level share it: their figures stand in `EntityScore`.
    """

    id: str
    weight: Decimal
    status: Status
    level: int | None
    possible_level: int | None
    points: Fraction | None


# Looked up for every indicator of every row that is written, where a hash of its fields would be most of the work.
IndicatorScore.__hash__ = object.__hash__  # type: ignore[method-assign]


class GroupScore(NamedTuple):
    """The subtotal of a group: points of the section's 100, None where nothing in it applies; weight as defined."""

    id: str
    points: Fraction | None
    weight: Decimal


class Total(NamedTuple):
    """What the levels of one entity come to. Entities of the same levels share it.

    The scores are None for one that reported nothing, or where nothing applies.
    """

    score: Fraction | None
    possible: Fraction | None
    complete: bool
    reported: bool
    grade: str | None
    groups: tuple[GroupScore, ...] = ()
    indicators: tuple[IndicatorScore, ...] = ()


# For the same reason: entities of the same levels share one.
Total.__hash__ = object.__hash__  # type: ignore[method-assign]


class EntityScore(NamedTuple):
    """One row of a ranking. The rank is None where there is no score.

    `figures` are all that the entity reported, of other sections too.
    """

    rank: int | None
    entity: Entity
    total: Total
    figures: Mapping[str, Figure] = {}

    @property
    def score(self) -> Fraction | None:
        """The score that is proven."""
        return self.total.score

    @property
    def possible(self) -> Fraction | None:
        """The score that is still possible."""
        return self.total.possible

    @property
    def complete(self) -> bool:
        """Whether no figure is missing that could change a level."""
        return self.total.complete

    @property
    def reported(self) -> bool:
        """Whether the entity reported anything."""
        return self.total.reported

    @property
    def grade(self) -> str | None:
        """The grade that the score reaches."""
        return self.total.grade

    @property
    def groups(self) -> tuple[GroupScore, ...]:
        """The subtotals of groups."""
        return self.total.groups

    @property
    def indicators(self) -> tuple[IndicatorScore, ...]:
        """The indicators of the section, in its order."""
        return self.total.indicators


class SectionRanking(NamedTuple):
    """The entities of a section, ranked ones first, best first; then the others in the order of the roster."""

    id: str
    title: str
    rows: tuple[EntityScore, ...]

    @property
    def provisional(self) -> bool:
        """Whether any entity's figures are incomplete, so that ranks may still change."""
        return any(not row.complete for row in self.rows)


class Overall(NamedTuple):
    """The ranking over all sections by their shares (section id -> share, summing to 100)."""

    shares: Mapping[str, Decimal]
    from_command_line: bool
    rows: tuple[EntityScore, ...]

    @property
    def provisional(self) -> bool:
        """Whether any entity's figures are incomplete, so that ranks may still change."""
        return any(not row.complete for row in self.rows)


class Scorecard(NamedTuple):
    """Everything that scoring says: a ranking for each section, and one over all where shares are known."""

    sections: tuple[SectionRanking, ...]
    overall: Overall | None = None
