"""The rankings of the page: a table a section, each level a cell of its heatmap, and one over all sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.model import Group, IndicatorSet, Section
from kpi_cli.render.fragile_words import FragileRow, list_fragile, name_fragile, tell_within
from kpi_cli.render.headings import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    describe_provisional,
    describe_shares,
    index_scores,
    name_sections,
    say_nobody,
)
from kpi_cli.render.numbers import digits_needed, level_step, section_digits, show_level, show_number, show_score
from kpi_cli.render.report import Report
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.rules.values import exact_text
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Overall, Scorecard, SectionRanking, Status

if TYPE_CHECKING:
    from kpi_cli.scoring.fragile import Sensitivity

NEVER = -1
"""What sorts below every level and score: not applicable, not reported."""


class Column(NamedTuple):
    """A column after the score: an indicator with its weight, or a section with its share."""

    id: str
    title: str
    weight: str


class Span(NamedTuple):
    """A heading over `width` columns: a group, or nothing."""

    id: str
    title: str
    width: int


class LevelCell(NamedTuple):
    """A cell of the heatmap: `step` 0..5 colours it, "" leaves it plain; `sort` orders it."""

    text: str
    step: int | str
    open: bool
    sort: str


class Row(NamedTuple):
    """One entity. `bar` and `open_bar` are per cent of the width: what is proven, and what is still possible."""

    rank: int | None
    card: int
    name: str
    find: str
    score: str
    sort: str
    bar: str
    open_bar: str
    grade: str
    cells: tuple[LevelCell, ...]
    reported: bool
    fragile: bool = False


class Table(NamedTuple):
    """A ranking; `remark` says why it is provisional, `empty` that nobody reported.

    `fragile` are the figures close to a threshold, under `close`, which says how close; "" where nobody asked.
    """

    id: str
    title: str
    remark: str
    empty: str
    graded: bool
    spans: tuple[Span, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    close: str = ""
    fragile: tuple[FragileRow, ...] = ()


class Roll(NamedTuple):
    """The entities of a report in the order of their cards, with what each can be found by."""

    cards: Mapping[Entity, int]
    names: Mapping[Entity, str]


def call_roll(definition: IndicatorSet, scorecard: Scorecard) -> Roll:
    """Every entity of the first section, in the order of its ranking; names in English and aliases find it too."""
    entities = [row.entity for row in scorecard.sections[0].rows]
    known = {entry.code: " ".join((entry.name_en or "", *entry.aliases)) for entry in definition.entity.roster or ()}
    names = {one: join_lines(f"{one.code or ''} {one.name} {known.get(one.code or '', '')}") for one in entities}
    return Roll({entity: number for number, entity in enumerate(entities)}, names)


def build_section_table(ranking: SectionRanking, report: Report, roll: Roll, say: Translator) -> Table:
    """The table of one section."""
    definition = report.definition
    assert definition is not None  # noqa: S101  # a ranking without a definition is none
    section = next(section for section in definition.sections if section.id == ranking.id)
    begun = any(row.reported for row in ranking.rows)
    cells = [tuple(_show_cell(one, definition.scale) for one in row.indicators) for row in ranking.rows]
    table = Table(
        id=ranking.id,
        title=join_lines(ranking.title),
        remark=describe_provisional([ranking.rows], report, say) if begun else "",
        empty="" if begun else say_nobody(report, say),
        graded=bool(definition.grades),
        spans=tuple(_list_spans(section)) if section.groups else (),
        columns=tuple(Column(one.id, join_lines(one.title), exact_text(one.weight)) for one in section),
        rows=tuple(_build_rows(ranking.rows, cells, definition, roll, say)) if begun else (),
    )
    return (
        table if report.sensitivity is None or not begun else _mark_fragile(table, report.sensitivity, definition, say)
    )


def _mark_fragile(table: Table, sensitivity: Sensitivity, definition: IndicatorSet, say: Translator) -> Table:
    named = {join_lines(entity.name) for entity in name_fragile(sensitivity, section=table.id)}
    return table._replace(
        rows=tuple(row._replace(fragile=row.name in named) for row in table.rows),
        close=tell_within(sensitivity, say, section=table.id),
        fragile=tuple(list_fragile(sensitivity, definition, say, section=table.id)),
    )


def _list_spans(section: Section) -> Iterator[Span]:
    for item in section.indicators:
        if isinstance(item, Group):
            yield Span(item.id, join_lines(item.title), len(item.indicators))
        else:
            yield Span("", "", 1)


def _show_cell(one: IndicatorScore, scale: int) -> LevelCell:
    if one.level is None:
        return LevelCell(show_level(one), "", open=False, sort=str(NEVER))
    is_open = one.status is Status.INCOMPLETE
    return LevelCell(show_level(one), level_step(one.level, scale), open=is_open, sort=str(one.level))


def _build_rows(
    rows: Sequence[EntityScore],
    cells: Sequence[tuple[LevelCell, ...]],
    definition: IndicatorSet,
    roll: Roll,
    say: Translator,
) -> Iterator[Row]:
    digits = digits_needed(rows, (grade.min for grade in definition.grades))
    for row, levels in zip(rows, cells, strict=True):
        score = (show_score(row, digits) or say(NOT_APPLICABLE)) if row.reported else say(NOT_REPORTED)
        proven, possible = row.score or Fraction(), row.possible or Fraction()
        yield Row(
            rank=row.rank,
            card=roll.cards[row.entity],
            name=join_lines(row.entity.name),
            find=roll.names[row.entity],
            score=score,
            sort=str(NEVER) if row.score is None else str(float(row.score)),
            bar=show_number(proven),
            open_bar=show_number(possible - proven),
            grade=join_lines(row.grade or ""),
            cells=levels if row.reported else (),
            reported=row.reported,
        )


def build_overall_table(overall: Overall, scorecard: Scorecard, report: Report, roll: Roll, say: Translator) -> Table:
    """The table over all sections, with the sections' own scores as their tables show them."""
    definition = report.definition
    assert definition is not None  # noqa: S101  # a ranking without a definition is none
    scores, titles = index_scores(scorecard), name_sections(overall, scorecard)
    digits = section_digits(scorecard, definition)
    cells = [
        tuple(_show_section_score(scores.get((id_, row.entity)), digits[id_]) for id_ in overall.shares)
        for row in overall.rows
    ]
    remarks = (describe_shares(overall, scorecard, say), describe_provisional([overall.rows], report, say))
    return Table(
        id="overall",
        title=say("Overall"),
        remark=" · ".join(filter(None, remarks)),
        empty="",
        graded=bool(definition.grades),
        spans=(),
        columns=tuple(Column(titles[id_], titles[id_], exact_text(share)) for id_, share in overall.shares.items()),
        rows=tuple(_build_rows(overall.rows, cells, definition, roll, say)),
    )


def _show_section_score(row: EntityScore | None, digits: int) -> LevelCell:
    if row is None or row.score is None:
        return LevelCell("", "", open=False, sort=str(NEVER))
    return LevelCell(show_score(row, digits), "", open=False, sort=str(float(row.score)))
