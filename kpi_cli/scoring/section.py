"""Records to the rows of a section: levels decided column by column, then weighed and added entity by entity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TypeAlias

from kpi_cli.model import Indicator, IndicatorSet, Section
from kpi_cli.rules.policy import Band
from kpi_cli.scoring.figures import Answer, Record, list_answers
from kpi_cli.scoring.levels import Bands, list_spots
from kpi_cli.scoring.scorecard import EntityScore
from kpi_cli.scoring.weighing import Weighing

_BATCH = 4_096
"""Records whose answers are laid out in columns at a time; it bounds the memory that they take."""

_Columns: TypeAlias = Sequence[tuple[Answer, ...]]
"""The answers of some records, by measure."""
_Score: TypeAlias = Callable[[Sequence[Record], _Columns], Iterable[EntityScore]]


def score_section(section: Section, records: Sequence[Record], definition: IndicatorSet) -> tuple[EntityScore, ...]:
    """One row for each record, in the order of the records and as yet without ranks."""
    (rows,) = score_sections((section,), records, definition)
    return rows


def score_sections(
    sections: Sequence[Section], records: Sequence[Record], definition: IndicatorSet
) -> tuple[tuple[EntityScore, ...], ...]:
    """The same for each of `sections`: a record's answers are listed once."""
    names = tuple(definition.measures)
    scorers = [_prepare_score(section, definition, names) for section in sections]
    rows: list[list[EntityScore]] = [[] for _ in sections]
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        columns = tuple(zip(*(list_answers(record.figures, names) for record in batch), strict=True))
        for score, scored in zip(scorers, rows, strict=True):
            scored += score(batch, columns)
    return tuple(map(tuple, rows))


def _prepare_score(section: Section, definition: IndicatorSet, names: tuple[str, ...]) -> _Score:
    """A function from records, and the columns of their answers to `names`, to their rows of the section."""
    own, decide = _find_span(section, names), _prepare_decision(tuple(section))
    # Most entities have everything applicable: what hangs on the weights that count is worked out once.
    weighings: dict[tuple[bool, ...], Weighing] = {}

    def score(records: Sequence[Record], columns: _Columns) -> Iterator[EntityScore]:
        mine = columns[own]
        for record, answers, bands in zip(records, zip(*mine, strict=True), decide(mine), strict=True):
            applicable = tuple([band is not None for band in bands])
            if applicable not in weighings:
                weighings[applicable] = Weighing(section, applicable, definition)
            reported = any(answer is not None for answer in answers)
            yield weighings[applicable].score_entity(record, bands, reported=reported)

    return score


def _find_span(section: Section, names: tuple[str, ...]) -> slice:
    """Where the measures of `section` stand among those of the set."""
    own = [name for indicator in section for name in indicator.measures]
    start = names.index(own[0])
    return slice(start, start + len(own))


def _prepare_decision(indicators: tuple[Indicator, ...]) -> Callable[[_Columns], Iterable[tuple[Band | None, ...]]]:
    """A function from the columns of all measures of `indicators`, in order, to the bands of each record.

    It goes down the columns because the interpreter then looks up their answers without a step of its own for each.
    """
    spots = [list_spots(indicator) for indicator in indicators]
    bands = [Bands(indicator, own) for indicator, own in zip(indicators, spots, strict=True)]
    ends = pairwise(accumulate(map(len, spots), initial=0))
    spans = [(known, slice(start, end)) for known, (start, end) in zip(bands, ends, strict=True)]
    every = [spot for own in spots for spot in own]

    def decide(columns: _Columns) -> Iterable[tuple[Band | None, ...]]:
        numbers = [map(spot.__getitem__, column) for spot, column in zip(every, columns, strict=True)]
        decided = (map(known.__getitem__, zip(*numbers[span], strict=True)) for known, span in spans)
        return zip(*decided, strict=True)

    return decide
