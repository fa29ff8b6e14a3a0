"""What the entities score in one section: levels, weighed over what is applicable, and their sum (DESIGN section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import getitem
from typing import TypeAlias

from kpi_cli.model import Indicator, IndicatorSet, Section
from kpi_cli.rules.policy import Band
from kpi_cli.scoring.figures import Answer, Record, list_answers
from kpi_cli.scoring.levels import Bands, list_spots
from kpi_cli.scoring.scorecard import EntityScore
from kpi_cli.scoring.weighing import Weighing

Decide: TypeAlias = Callable[[tuple[Answer, ...]], list[Band | None]]


def score_section(section: Section, records: Sequence[Record], definition: IndicatorSet) -> tuple[EntityScore, ...]:
    """One row for each record, in the order of the records and as yet without ranks."""
    return tuple(_score_records(section, records, definition))


def _score_records(section: Section, records: Sequence[Record], definition: IndicatorSet) -> Iterator[EntityScore]:
    names = tuple(definition.measures)
    own, decide = _find_span(section, names), _prepare_decision(tuple(section))
    # Most entities have everything applicable: what hangs on the weights that count is worked out once.
    weighings: dict[tuple[bool, ...], Weighing] = {}
    for record in records:
        answers = list_answers(record.figures, names)[own]
        bands = decide(answers)
        applicable = tuple([band is not None for band in bands])
        if applicable not in weighings:
            weighings[applicable] = Weighing(section, applicable, definition)
        reported = any(answer is not None for answer in answers)
        yield weighings[applicable].score_entity(record, bands, reported=reported)


def _find_span(section: Section, names: tuple[str, ...]) -> slice:
    """Where the measures of `section` stand among those of the set."""
    own = [name for indicator in section for name in indicator.measures]
    start = names.index(own[0])
    return slice(start, start + len(own))


def _prepare_decision(indicators: tuple[Indicator, ...]) -> Decide:
    """A function from the answers of all measures of `indicators`, in order, to the band of each indicator."""
    spots = [list_spots(indicator) for indicator in indicators]
    bands = [Bands(indicator, own) for indicator, own in zip(indicators, spots, strict=True)]
    ends = pairwise(accumulate(map(len, spots), initial=0))
    spans = [(known, slice(start, end)) for known, (start, end) in zip(bands, ends, strict=True)]
    every = [spot for own in spots for spot in own]

    def decide(answers: tuple[Answer, ...]) -> list[Band | None]:
        numbers = tuple(map(getitem, every, answers))
        return [known[numbers[span]] for known, span in spans]

    return decide
