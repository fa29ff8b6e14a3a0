"""Where everything stands on a section's sheet: its columns from left to right, and the rows of those who report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property

from openpyxl.utils import get_column_letter

from kpi_cli.model import Group, Indicator, IndicatorSet, Measure, RosterEntry, Section
from kpi_cli.rules.ast import iterate_tests, thresholds_of
from kpi_cli.targets.excel.answers import may_be_not_applicable
from kpi_cli.targets.excel.formula import fits_excel, is_exact
from kpi_cli.targets.excel.levels import compile_levels
from kpi_cli.targets.excel.scores import tells_apart

BLANK_ROWS = 50
"""Rows to write names into, where no roster says who reports."""
MOST_WEIGHED = 150
"""Indicators of a section whose weights still fit into one formula."""
_FARTHEST_CELL = "$XFD1048576"


class Kind(Enum):
    """What a column of the sheet is for."""

    CODE = auto()
    ENTITY = auto()
    INPUT = auto()
    LEVEL = auto()
    POINTS = auto()
    SCORE = auto()
    RANK = auto()
    POSSIBLE_LEVEL = auto()
    """Hidden: what missing figures leave open, by which levels are marked as not final."""
    POSSIBLE_SCORE = auto()
    """Hidden, as well."""


HIDDEN = frozenset({Kind.POSSIBLE_LEVEL, Kind.POSSIBLE_SCORE})


@dataclass(frozen=True)
class Column:
    """A column: the id by which programs know it, and what it is of."""

    id: str
    kind: Kind
    indicator: Indicator | None = None
    measure: Measure | None = None


@dataclass(frozen=True)
class SheetPlan:
    """The sheet of one section. `indicators` are those on it; `beside` are the section's that are not.

    `entries` are the roster; None stands for a row into which a name is written.
    """

    section: Section
    scale: int
    indicators: tuple[Indicator, ...]
    beside: tuple[Indicator, ...]
    columns: tuple[Column, ...]
    entries: tuple[RosterEntry | None, ...]
    entity_title: str
    titles: int
    """How many rows stand above the header."""

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the section that have an indicator here."""
        own = {indicator.id for indicator in self.indicators}
        return tuple(group for group in self.section.groups if any(one.id in own for one in group.indicators))

    @property
    def group_row(self) -> int:
        """The row of the titles of groups; that of indicators where there are none."""
        return self.titles + 1

    @property
    def indicator_row(self) -> int:
        """The row of the titles of indicators."""
        return self.group_row + (1 if self.groups else 0)

    @property
    def title_row(self) -> int:
        """The row of the titles of columns, for people; a hidden column has its id there."""
        return self.indicator_row + 1

    @property
    def unit_row(self) -> int:
        """The row that says what to write: a unit, yes or no."""
        return self.title_row + 1

    @property
    def id_row(self) -> int:
        """The row of ids, for programs (DESIGN section 7)."""
        return self.unit_row + 1

    @property
    def first_row(self) -> int:
        """The first row of figures."""
        return self.id_row + 1

    @property
    def last_row(self) -> int:
        """The last row of figures."""
        return self.id_row + len(self.entries)

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {column.id: get_column_letter(number) for number, column in enumerate(self.columns, start=1)}

    def has(self, id_: str) -> bool:
        """Whether the sheet has a column of that id."""
        return id_ in self._letters

    def letter(self, id_: str) -> str:
        """The letters of a column."""
        return self._letters[id_]

    def cell(self, id_: str, row: int) -> str:
        """The cell of a column in `row`, as formulas name it."""
        return f"${self._letters[id_]}{row}"

    def span(self, id_: str) -> str:
        """All cells of a column that belong to those who report, fixed."""
        letter = self._letters[id_]
        return f"${letter}${self.first_row}:${letter}${self.last_row}"

    def inputs_of(self, indicator: Indicator, row: int) -> str:
        """The cells in which the figures of `indicator` are written, side by side."""
        names = list(indicator.measures)
        return f"{self.cell(names[0], row)}:{self.cell(names[-1], row)}"

    def is_live(self, indicator: Indicator) -> bool:
        """Whether the level of `indicator` is worked out here."""
        return self.has(level_id(indicator))


def level_id(indicator: Indicator) -> str:
    """The id of the column of a level."""
    return f"{indicator.id}:level"


def points_id(indicator: Indicator) -> str:
    """The id of the column of points."""
    return f"{indicator.id}:points"


def possible_id(indicator: Indicator) -> str:
    """The id of the hidden column of a possible level."""
    return f"{indicator.id}:possible_level"


def plan_sheet(
    section: Section,
    indicators: tuple[Indicator, ...],
    definition: IndicatorSet,
    *,
    entity_title: str,
    plain: bool,
    titles: int,
) -> SheetPlan:
    """The sheet of `section` with some or all of its indicators; `plain` leaves out what is worked out."""
    own = {indicator.id for indicator in indicators}
    beside = tuple(one for one in section if one.id not in own)
    roster = definition.entity.roster
    return SheetPlan(
        section=section,
        scale=definition.scale,
        indicators=indicators,
        beside=beside,
        columns=tuple(
            _list_columns(section, indicators, plain=plain, whole=not beside and ranks_exactly(section, definition))
        ),
        entries=(None,) * BLANK_ROWS if roster is None else roster,
        entity_title=entity_title,
        titles=titles,
    )


def _list_columns(section: Section, indicators: tuple[Indicator, ...], *, plain: bool, whole: bool) -> Iterator[Column]:
    is_large = len(indicators) > MOST_WEIGHED
    live = () if plain or is_large else tuple(one for one in indicators if can_be_live(one))
    yield Column("code", Kind.CODE)
    yield Column("entity", Kind.ENTITY)
    for one in indicators:
        yield from (Column(name, Kind.INPUT, one, measure) for name, measure in one.measures.items())
        if one in live:
            yield Column(level_id(one), Kind.LEVEL, one)
            yield Column(points_id(one), Kind.POINTS, one)
    # The score of some indicators is no score: it would rank on what the others have not seen.
    if whole and len(live) == len(indicators):
        yield Column(f"{section.id}:score", Kind.SCORE)
        yield Column(f"{section.id}:rank", Kind.RANK)
        yield Column(f"{section.id}:possible", Kind.POSSIBLE_SCORE)
    yield from (Column(possible_id(one), Kind.POSSIBLE_LEVEL, one) for one in live)


def ranks_exactly(section: Section, definition: IndicatorSet) -> bool:
    """Whether the sheet ranks as the scorer does: no weight is rounded, and no two scores look equal."""
    weights = [one.weight for one in section]
    may_lack = any(map(may_be_not_applicable, section))
    return all(map(is_exact, weights)) and tells_apart(weights, definition.scale, may_lack=may_lack)


def can_be_live(indicator: Indicator) -> bool:
    """Whether the rules of `indicator` make formulas that Excel takes, wherever on a sheet its figures stand.

    And whether it takes them as they are: `80.00000000000000001` would be 80 there, which is another level.
    """
    tests = (test for rule in indicator.rules for test in iterate_tests(rule))
    limits = [*(limit for test in tests for limit in thresholds_of(test.unary)), *_list_bounds(indicator)]
    if not all(map(is_exact, limits)):
        return False
    cells = dict.fromkeys(indicator.measures, _FARTHEST_CELL)
    return all(map(fits_excel, compile_levels(indicator, cells, not_applicable=" " * 20)))


def _list_bounds(indicator: Indicator) -> Iterator[Decimal]:
    ends = (end for measure in indicator.measures.values() for end in measure.bounds)
    return (end for end in ends if end is not None)
