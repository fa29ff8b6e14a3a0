"""Records to the rows of a section: levels decided column by column, then weighed and added entity by entity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import is_not
from typing import NamedTuple, TypeAlias

from kpi_cli.model import Indicator, IndicatorSet, Section
from kpi_cli.rules.policy import Band
from kpi_cli.scoring.figures import Record, Said, list_said
from kpi_cli.scoring.levels import Bands, Spots, list_spots
from kpi_cli.scoring.scorecard import EntityScore
from kpi_cli.scoring.weighing import Weighing

_BATCH = 4_096
"""Records whose figures are laid out in columns at a time; it bounds the memory that they take."""

_Columns: TypeAlias = Sequence[tuple[Said, ...]]
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
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        columns = tuple(zip(*(list_said(record.figures, names) for record in batch), strict=True))
        for id_, score in scorers.items():
            rows[id_] += score(batch, columns)
    return {id_: tuple(scored) for id_, scored in rows.items()}


def _prepare_score(section: Section, definition: IndicatorSet, names: tuple[str, ...]) -> _Score:
    """A function from records, and the columns of what is said of `names`, to their rows of the section."""
    own, decide = _find_span(section, names), _prepare_decision(tuple(section))
    weighings = _Weighings(section, definition)

    def score(records: Sequence[Record], columns: _Columns) -> Iterator[EntityScore]:
        bands, reported = decide(columns[own])
        applicable = zip(*(map(_applies, column) for column in bands), strict=True)
        weighed = map(weighings.__getitem__, applicable)
        for weighing, record, each, said in zip(weighed, records, zip(*bands, strict=True), reported, strict=True):
            yield weighing.score_entity(record, each, reported=said)

    return score


_applies = partial(is_not, None)


class _Weighings(dict[tuple[bool, ...], Weighing]):
    """What hangs on the weights that count, by which indicators are applicable: in most entities all of them are."""

    def __init__(self, section: Section, definition: IndicatorSet) -> None:
        super().__init__()
        self._section, self._definition = section, definition

    def __missing__(self, applicable: tuple[bool, ...]) -> Weighing:
        weighing = self[applicable] = Weighing(self._section, applicable, self._definition)
        return weighing


def _find_span(section: Section, names: tuple[str, ...]) -> slice:
    """Where the measures of `section` stand among those of the set."""
    own = [name for indicator in section for name in indicator.measures]
    start = names.index(own[0])
    return slice(start, start + len(own))


class _Decided(NamedTuple):
    """What the figures of some records come to: the bands by indicator, and whether anything was reported."""

    bands: Sequence[Sequence[Band | None]]
    reported: Sequence[bool]


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
        return _Decided(decided, list(map(any, zip(*numbers, strict=True))))  # place 0 is that of nothing

    return decide
