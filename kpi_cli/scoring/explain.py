"""Why each level, and what the next one takes: the explanation of an entity, as values that every page is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from kpi_cli.model import Indicator, IndicatorSet, Section
from kpi_cli.scoring.figures import MISSING, Entity, Figure
from kpi_cli.scoring.levels import assess_indicator
from kpi_cli.scoring.next_level import MOST_TRIED, Change, FindNext, prepare_next
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Scorecard, Status
from kpi_cli.scoring.trace import TracedRule, find_missing, trace_rules
from kpi_cli.scoring.weighing import LevelPoints, score_indicator, weigh_levels
from kpi_cli.space.allowance import Allowance, TooLargeError


class Step(NamedTuple):
    """A higher level of one indicator: the points it brings, and all that must change to reach it."""

    level: int
    gain: Fraction
    changes: tuple[Change, ...]


class IndicatorExplanation(NamedTuple):
    """One indicator of one entity: its level, the rules that decided it, what is missing and what the next level takes.

    Levels and points are None where it is not applicable; `missing` are measures that a rule reads. `next` is None
    where no better figure reaches a higher level, and under `too_large` where nobody can say within bounds. `worth` are
    the points of its highest level: its weight, and its part of the weights that were left out; 0 where it is itself.
    """

    indicator: Indicator
    status: Status
    level: int | None
    possible_level: int | None
    points: Fraction | None
    worth: Fraction
    figures: Mapping[str, Figure]
    rules: tuple[TracedRule, ...]
    missing: tuple[str, ...]
    next: Step | None
    too_large: bool = False

    @property
    def listed_figures(self) -> dict[str, Figure]:
        """The figures worth a line: those that somebody reported or a rule reads."""
        shown = {name for name, figure in self.figures.items() if figure.raw is not None or figure.reported}
        return {name: figure for name, figure in self.figures.items() if name in shown or name in self.missing}


class SectionExplanation(NamedTuple):
    """One section of one entity: its row of the ranking, of how many ranked ones, and its indicators."""

    id: str
    title: str
    row: EntityScore
    ranked: int
    indicators: tuple[IndicatorExplanation, ...]


class EntityExplanation(NamedTuple):
    """All that can be said of one entity."""

    entity: Entity
    sections: tuple[SectionExplanation, ...]

    @property
    def indicators(self) -> tuple[IndicatorExplanation, ...]:
        """Those of all sections, in order."""
        return tuple(one for section in self.sections for one in section.indicators)

    def only(self, indicator: str) -> EntityExplanation:
        """The same of one indicator alone, and its section."""
        kept = (
            section._replace(indicators=tuple(one for one in section.indicators if one.indicator.id == indicator))
            for section in self.sections
        )
        return EntityExplanation(self.entity, tuple(section for section in kept if section.indicators))

    @property
    def steps(self) -> tuple[IndicatorExplanation, ...]:
        """The indicators with a next level, the most points gained first, then the fewest changes."""
        open_ones = [(one, one.next) for one in self.indicators if one.next is not None]
        return tuple(one for one, _ in sorted(open_ones, key=lambda pair: (-pair[1].gain, len(pair[1].changes))))


Explain: TypeAlias = Callable[[Entity], EntityExplanation]


def explain_entity(definition: IndicatorSet, scorecard: Scorecard, entity: Entity) -> EntityExplanation:
    """The explanation of `entity`, one of those that `scorecard` scored; `LookupError` where it is none of them."""
    return prepare_explanation(definition, scorecard)(entity)


def prepare_explanation(definition: IndicatorSet, scorecard: Scorecard) -> Explain:
    """`explain_entity` for many entities: the indicators are read once."""
    allowance = Allowance(MOST_TRIED)
    finders = {indicator.id: prepare_next(indicator, allowance) for indicator in definition.indicators}
    ranked = {one.id: sum(row.rank is not None for row in one.rows) for one in scorecard.sections}
    rows = {(ranking.id, row.entity): row for ranking in scorecard.sections for row in ranking.rows}

    def explain(entity: Entity) -> EntityExplanation:
        sections = (
            _explain_section(section, rows[section.id, entity], ranked[section.id], definition.scale, finders)
            for section in definition.sections
        )
        return EntityExplanation(entity, tuple(sections))

    return explain


def _explain_section(
    section: Section, row: EntityScore, ranked: int, scale: int, finders: Mapping[str, FindNext]
) -> SectionExplanation:
    weights = tuple(None if score.level is None else score.weight for score in row.indicators)
    each = zip(section, row.indicators, weigh_levels(weights, scale), strict=True)
    return SectionExplanation(
        section.id,
        section.title,
        row,
        ranked,
        tuple(
            _explain_score(indicator, score, _pick_figures(indicator, row.figures), points, finders[indicator.id])
            for indicator, score, points in each
        ),
    )


def _pick_figures(indicator: Indicator, figures: Mapping[str, Figure]) -> dict[str, Figure]:
    return {name: figures.get(name, MISSING) for name in indicator.measures}


def _explain_score(
    indicator: Indicator,
    score: IndicatorScore,
    figures: Mapping[str, Figure],
    points: LevelPoints,
    find_next: FindNext,
) -> IndicatorExplanation:
    step, too_large = _find_step(score.level, figures, points, find_next)
    return IndicatorExplanation(
        indicator,
        score.status,
        score.level,
        score.possible_level,
        score.points,
        points[-1] if points else Fraction(),
        figures,
        trace_rules(indicator, figures),
        find_missing(indicator, figures),
        step,
        too_large,
    )


def _find_step(
    level: int | None, figures: Mapping[str, Figure], points: LevelPoints, find_next: FindNext
) -> tuple[Step | None, bool]:
    if level is None:
        return None, False
    try:
        found = find_next(figures)
    except TooLargeError:
        return None, True
    return (None if found is None else Step(found.level, points[found.level] - points[level], found.changes)), False


def explain_figures(indicator: Indicator, figures: Mapping[str, Figure], *, scale: int) -> IndicatorExplanation:
    """The explanation of `indicator` for figures alone; its points are of its own weight."""
    assessed = assess_indicator(indicator, figures)
    points = tuple(Fraction(indicator.weight) * level / scale for level in range(scale + 1))
    score = score_indicator(indicator, assessed.band, points)
    return _explain_score(indicator, score, assessed.figures, points, prepare_next(indicator))
