"""Records to a scorecard: every section scored and ranked, and all of them together where shares are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import TypeAlias

from kpi_cli.model import IndicatorSet
from kpi_cli.scoring.figures import Record
from kpi_cli.scoring.grade import Grades
from kpi_cli.scoring.overall import combine_sections, find_shares
from kpi_cli.scoring.rank import rank_entities, read_tie_levels
from kpi_cli.scoring.scorecard import EntityScore, Overall, Scorecard, SectionRanking
from kpi_cli.scoring.section import score_sections

Rows: TypeAlias = tuple[EntityScore, ...]


def score_records(
    definition: IndicatorSet,
    records: Sequence[Record],
    *,
    shares: Mapping[str, Decimal] | None = None,
    tie_break: Sequence[str] = (),
) -> Scorecard:
    """The scorecard of `records`, one for each entity in the order of the roster.

    `shares` (section id -> share, summing to 100) come from the command line and go before the set's own; `tie_break`
    names indicators whose levels decide among equal scores. Both are validated by the caller.
    """
    rows = score_sections(definition.sections, records, definition)
    sections = tuple(
        SectionRanking(section.id, section.title, _rank_section(rows[section.id], tie_break))
        for section in definition.sections
    )
    used = find_shares(definition) if shares is None else shares
    if used is None:
        return Scorecard(sections)
    entities = [{id_: scored[place] for id_, scored in rows.items()} for place in range(len(records))]
    overall = _rank_overall(definition, entities, used, tie_break)
    return Scorecard(sections, Overall(used, from_command_line=shares is not None, rows=overall))


def _rank_section(rows: Rows, tie_break: Sequence[str]) -> Rows:
    ties = [read_tie_levels(row.indicators, tie_break) for row in rows] if tie_break else [()] * len(rows)
    return rank_entities(rows, ties)


def _rank_overall(
    definition: IndicatorSet,
    entities: Sequence[Mapping[str, EntityScore]],
    shares: Mapping[str, Decimal],
    tie_break: Sequence[str],
) -> Rows:
    grades = Grades(definition.grades)
    return rank_entities(
        [combine_sections(one, shares, grades) for one in entities],
        [read_tie_levels(chain.from_iterable(row.indicators for row in one.values()), tie_break) for one in entities],
    )
