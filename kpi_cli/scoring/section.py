"""Records to the rows of a section: levels decided column by column, then weighed and added entity by entity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from kpi_cli.model import Indicator, IndicatorSet, Section
from kpi_cli.rules.policy import Band
from kpi_cli.scoring.figures import NOTHING, Record, Said, count_rows, list_columns, make_many
from kpi_cli.scoring.levels import Bands, Spots, list_spots
from kpi_cli.scoring.scorecard import EntityScore
from kpi_cli.scoring.weighing import Totals

_Columns: TypeAlias = Sequence[Sequence[Said]]
"""What is said of some records, by measure."""
_Score: TypeAlias = Callable[[Sequence[Record], _Columns], Iterable[EntityScore]]


def score_section(section: Section, records: Sequence[Record], definition: IndicatorSet) -> tuple[EntityScore, ...]:
    """One row for each record, in the order of the records and as yet without ranks."""
    return score_sections((section,), records, definition)[section.id]


def score_sections(
    sections: Sequence[Section], records: Sequence[Record], definition: IndicatorSet
) -> dict[str, tuple[EntityScore, ...]]:
    """The same for each of `sections`, by id: what is said of a record is listed once."""
    names = tuple(definition.measures)
    scorers = {section.id: _prepare_score(section, definition, names) for section in sections}
    rows: dict[str, list[EntityScore]] = {id_: [] for id_ in scorers}
    at_once = count_rows(len(names))
    for start in range(0, len(records), at_once):
        batch = records[start : start + at_once]
        columns = list_columns([record.figures for record in batch], names)
        for id_, score in scorers.items():
            rows[id_] += score(batch, columns)
    return {id_: tuple(scored) for id_, scored in rows.items()}


def _prepare_score(section: Section, definition: IndicatorSet, names: tuple[str, ...]) -> _Score:
    """A function from records, and the columns of what is said of `names`, to their rows of the section."""
    own, decide = _find_span(section, names), _prepare_decision(tuple(section))
    known = Totals(section, definition)
    (nothing,) = decide([(NOTHING,)] * (own.stop - own.start)).bands
    silent = known[nothing]._replace(score=None, possible=None, complete=False, reported=False, grade=None)

    def score(records: Sequence[Record], columns: _Columns) -> Iterator[EntityScore]:
        decided = decide(columns[own])
        totals = list(map(known.__getitem__, decided.bands))
        for place in decided.find_silent(nothing):
            totals[place] = silent
        entities, figures = zip(*records, strict=True)
        return make_many(EntityScore, [None] * len(entities), entities, totals, figures)

    return score


def _find_span(section: Section, names: tuple[str, ...]) -> slice:
    """Where the measures of `section` stand among those of the set."""
    own = [name for indicator in section for name in indicator.measures]
    start = names.index(own[0])
    return slice(start, start + len(own))


class _Decided(NamedTuple):
    """What the figures of some records come to: the bands of the indicators, by record; `spots` by measure."""

    bands: Sequence[tuple[Band | None, ...]]
    spots: Sequence[Sequence[int]]

    def find_silent(self, nothing: tuple[Band | None, ...]) -> list[int]:
        """The places of records of which nothing was reported: they have the bands of `nothing`."""
        may_be = [place for place, bands in enumerate(self.bands) if bands == nothing]
        return [place for place in may_be if not any(column[place] for column in self.spots)]  # spot 0 is of nothing


def _prepare_decision(indicators: tuple[Indicator, ...]) -> Callable[[_Columns], _Decided]:
    """A function from the columns of all measures of `indicators`, in order, to what they come to.

    It goes down the columns because the interpreter then looks up their places without a step of its own for each.
    """
    every: list[Spots] = []
    spans: list[tuple[Bands, slice]] = []
    for indicator in indicators:
        spots = list_spots(indicator)
        spans.append((Bands(indicator, spots), slice(len(every), len(every) + len(spots))))
        every += spots.values()

    def decide(columns: _Columns) -> _Decided:
        numbers = [list(map(spot.__getitem__, column)) for spot, column in zip(every, columns, strict=True)]
        decided = [list(map(known.__getitem__, zip(*numbers[span], strict=True))) for known, span in spans]
        return _Decided(list(zip(*decided, strict=True)), numbers)

    return decide
