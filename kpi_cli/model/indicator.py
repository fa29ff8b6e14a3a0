"""A weighted line of the agreement: the measures it is made of, its levels, its tests and what is accepted of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field

from kpi_cli.model.fields import Better, GivenValue, Identifier, MeasureType, Number, Part, Range, When
from kpi_cli.rules.ast import Rule
from kpi_cli.rules.policy import Policy

# [low, high] of the types that have one; None is unbounded.
DEFAULT_RANGES: dict[str, tuple[Decimal | None, Decimal | None]] = {
    "percent": (Decimal(0), Decimal(100)),
    "number": (Decimal(0), None),
    "count": (Decimal(0), None),
}


class Ratio(Part):
    """Two measures of the same indicator that may be reported instead of the percent: part * 100 / whole."""

    part: str
    """The measure that counts what was done."""
    whole: str
    """The measure that counts all there was to do."""


class Measure(Part):
    """A raw figure that is reported: one column of a results file."""

    type: MeasureType
    """percent (percent points, 85 means 85 %), number, count (whole, from 0), flag (yes/no) or choice."""
    title: str = Field(min_length=1)
    """What the column is called, with the measure's own conditions."""
    aliases: tuple[str, ...] = ()
    """Other headers that mean the same column."""
    range: Range | None = None
    """[low, high], both allowed; null is unbounded. Percent is [0, 100] and number [0, null] unless said otherwise."""
    better: Better | None = None
    """Which direction is better; higher unless said otherwise, none for a choice."""
    step: Number | None = Field(default=None, gt=0)
    """The smallest change worth proposing: 0.01 for percent and number, 1 for count."""
    unit: str | None = None
    """Printed after the figure."""
    ratio: Ratio | None = None
    """Two measures of this indicator from which the percent may be worked out."""
    choices: tuple[str, ...] | None = None
    """The names that a choice may take; with better, in order from the worst (higher) or the best (lower)."""
    not_applicable: Literal["allowed", "refused"] = "refused"
    """Whether "not applicable" is an answer; then the indicator and its weight are left out for that entity."""
    note: str | None = None
    """For people; changes nothing."""

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The lowest and the highest value allowed, None where unbounded."""
        low, high = self.range if self.range is not None else DEFAULT_RANGES.get(self.type, (None, None))
        return (Decimal(0) if self.type == "count" and low is None else low), high

    @property
    def direction(self) -> Better:
        """Which direction is better, with the default of the type filled in."""
        return self.better or ("none" if self.type == "choice" else "higher")

    @property
    def smallest_step(self) -> Decimal:
        """The smallest change worth proposing, with the default of the type filled in."""
        return self.step or (Decimal(1) if self.type == "count" else Decimal("0.01"))


class Level(Part):
    """A step of achievement: the memo's wording and the rule that must hold."""

    text: str | None = None
    """The memo's wording, in mended spelling."""
    when: When
    """The rule: measure -> unary test, all of which must hold."""
    note: str | None = None
    """For people; silences nothing."""


class TestCase(Part):
    """Figures and the level they must get."""

    __test__ = False  # pytest takes every Test* class for its own

    given: Mapping[str, GivenValue]
    """Measure -> value; a measure that is not given is missing."""
    level: int = Field(ge=0)
    """The level these figures prove, 0 for none."""


class Accept(Part):
    """A finding that is known and meant; it becomes a note that shows the reason."""

    code: str
    """The finding's code, such as text-mismatch."""
    level: int | None = None
    """The level it is about."""
    at: Mapping[str, GivenValue] | None = None
    """The witness it is about."""
    why: str = Field(min_length=1)
    """The reason, printed wherever the finding would be."""


class Indicator(Part):
    """A weighted line of the agreement, with levels 1..scale."""

    id: Identifier
    """Short and unique in the set, such as T1."""
    code: str | None = None
    """As the memo prints it."""
    title: str = Field(min_length=1)
    """What is measured, in the memo's words."""
    weight: Number = Field(gt=0)
    """Its share of the section; the weights of a section sum to 100."""
    owner: str | None = None
    """Who reports it."""
    policy: Policy = "highest"
    """highest: the highest level whose rule holds. ladder: the highest such that it and all below it hold."""
    measures: Mapping[str, Measure] = Field(min_length=1)
    """The figures that are reported, by id."""
    levels: Mapping[int, Level]
    """Levels 1..scale, without a gap."""
    tests: tuple[TestCase, ...] = ()
    """Cases that must come out so, checked by `kpi validate`."""
    accept: tuple[Accept, ...] = ()
    """Findings that are known and meant."""
    note: str | None = None
    """For people: how the memo is read, what was mended."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of levels 1, 2, ... in order."""
        return tuple(self.levels[number].when for number in sorted(self.levels))

    @property
    def ratio_parts(self) -> frozenset[str]:
        """The measures from which a percent may be worked out; no rule reads them."""
        ratios = (measure.ratio for measure in self.measures.values() if measure.ratio)
        return frozenset(name for ratio in ratios for name in (ratio.part, ratio.whole))
