"""What the entities score in one section: levels, weighed over what is applicable, and their sum (DESIGN section 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from operator import getitem
from typing import TypeAlias

from kpi_cli.model import Indicator, IndicatorSet, Section
from kpi_cli.rules.policy import Band
from kpi_cli.scoring.figures import Answer, Record, list_answers
from kpi_cli.scoring.levels import Bands, list_spots
from kpi_cli.scoring.scorecard import EntityScore
from kpi_cli.scoring.weighing import Weighing

_Decide: TypeAlias = Callable[[tuple[Answer, ...]], list[Band | None]]
_Score: TypeAlias = Callable[[Record, tuple[Answer, ...]], EntityScore]


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
    for record in records:
        answers = list_answers(record.figures, names)
        for score, scored in zip(scorers, rows, strict=True):
            scored.append(score(record, answers))
    return tuple(map(tuple, rows))


def _prepare_score(section: Section, definition: IndicatorSet, names: tuple[str, ...]) -> _Score:
    """A function from a record, and its answers to `names`, to its row of the section."""
    own, decide = _find_span(section, names), _prepare_decision(tuple(section))
    # Most entities have everything applicable: what hangs on the weights that count is worked out once.
    weighings: dict[tuple[bool, ...], Weighing] = {}

    def score(record: Record, answers: tuple[Answer, ...]) -> EntityScore:
        mine = answers[own]
        bands = decide(mine)
        applicable = tuple([band is not None for band in bands])
        if applicable not in weighings:
            weighings[applicable] = Weighing(section, applicable, definition)
        reported = any(answer is not None for answer in mine)
        return weighings[applicable].score_entity(record, bands, reported=reported)

    return score


def _find_span(section: Section, names: tuple[str, ...]) -> slice:
    """Where the measures of `section` stand among those of the set."""
    own = [name for indicator in section for name in indicator.measures]
    start = names.index(own[0])
    return slice(start, start + len(own))


def _prepare_decision(indicators: tuple[Indicator, ...]) -> _Decide:
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
