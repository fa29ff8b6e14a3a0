"""The columns of a ranking sheet, and what each shows of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from kpi_cli.model import Group, Indicator, IndicatorSet, Section
from kpi_cli.render.headings import NOT_REPORTED, entity_title
from kpi_cli.render.numbers import show_level, show_number, show_plain
from kpi_cli.render.text import display_width
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import CellValue, take_float
from kpi_cli.scoring.scorecard import EntityScore, SectionRanking, Status
from kpi_cli.scoring.weighing import add_weights

Looks: TypeAlias = dict[str, Any]
"""What `write_cell` takes beside the value: font, alignment, fill, border, number_format."""
Role: TypeAlias = Literal["name", "score", "possible", "level"]
"""What a chart or a heatmap finds a column by."""
Show: TypeAlias = Callable[[EntityScore], tuple[CellValue, Looks]]


@dataclass(frozen=True)
class Column:
    """A column: its heading in two lines, its width in characters, and what it shows of a row."""

    heading: str
    width: float
    show: Show
    under: CellValue = None
    role: Role | None = None


def list_columns(
    section: Section, ranking: SectionRanking, definition: IndicatorSet, number_format: str, say: Translator
) -> Iterator[Column]:
    """The columns of a section's sheet."""
    yield from list_total_columns(ranking.rows, definition, number_format, say)
    for item in section.indicators:
        yield from _list_item(item, ranking, number_format, say)
    if ranking.provisional:
        yield Column(say("reporting"), 15, lambda row: (_describe_status(row, say), {"alignment": looks.CENTRE}))


def list_total_columns(
    rows: tuple[EntityScore, ...], definition: IndicatorSet, number_format: str, say: Translator
) -> Iterator[Column]:
    """Rank, entity, score, and where there are any: possible score and grade."""
    name_width = max((display_width(row.entity.name) for row in rows), default=0)
    yield Column(say("rank"), 8, _show_rank)
    yield Column(entity_title(definition, say), min(60, max(18, name_width + 4)), _show_entity, role="name")
    yield Column(say("score"), 13, lambda row: _show_score(row, number_format, say), role="score")
    if any(row.score != row.possible for row in rows):
        yield Column(say("possible score"), 16, lambda row: _show_possible(row, number_format), role="possible")
    if definition.grades:
        yield Column(say("grade"), 16, lambda row: (row.grade, {"alignment": looks.CENTRE}))


def _show_rank(row: EntityScore) -> tuple[CellValue, Looks]:
    return ("-" if row.rank is None else row.rank), {"alignment": looks.CENTRE}


def _show_entity(row: EntityScore) -> tuple[CellValue, Looks]:
    return row.entity.name, {"font": looks.BODY if row.reported else looks.FAINT, "alignment": looks.NAME}


def _show_score(row: EntityScore, number_format: str, say: Translator) -> tuple[CellValue, Looks]:
    if not row.reported:
        return say(NOT_REPORTED), {"font": looks.FAINT, "alignment": looks.CENTRE}
    value, look = show_points(row.score, number_format)
    return value, {**look, "font": looks.BOLD}


def _show_possible(row: EntityScore, number_format: str) -> tuple[CellValue, Looks]:
    """What missing figures leave open; nothing where the score is final."""
    return (None, {}) if row.complete else show_points(row.possible, number_format)


def show_points(points: Fraction | None, number_format: str) -> tuple[CellValue, Looks]:
    """Points or a score as a real number; the format rounds it, the cell keeps it."""
    if points is None:
        return None, {}
    return take_float(points), {"alignment": looks.RIGHT, "number_format": number_format}


def _list_item(
    item: Indicator | Group, ranking: SectionRanking, number_format: str, say: Translator
) -> Iterator[Column]:
    if isinstance(item, Indicator):
        yield _list_level(item)
        return
    for indicator in item.indicators:
        yield _list_level(indicator)
    weight = show_plain(add_weights(indicator.weight for indicator in item.indicators))
    ids = frozenset(indicator.id for indicator in item.indicators)
    heading = say("sum of {group}", group=item.id)
    # Where weights moved from what is not applicable, a subtotal is not of what would stand here.
    under = None if Status.NOT_APPLICABLE in occurring_statuses(ranking.rows) else weight
    yield Column(heading, 12, lambda row: _show_group(row, item.id, ids, number_format), under=under)


def occurring_statuses(rows: tuple[EntityScore, ...]) -> frozenset[Status]:
    """The statuses of indicators that a ranking shows."""
    return frozenset(score.status for row in rows if row.reported for score in row.indicators)


def _list_level(indicator: Indicator) -> Column:
    width = max(8, display_width(indicator.id) + 3)
    weight = show_plain(indicator.weight)
    return Column(indicator.id, width, lambda row: _show_level(row, indicator.id), weight, role="level")


def _show_group(row: EntityScore, group_id: str, ids: frozenset[str], number_format: str) -> tuple[CellValue, Looks]:
    """The subtotal, or `≥ 24.00` where missing figures may still raise it."""
    group = next((group for group in row.groups if group.id == group_id), None)
    if group is None or group.points is None or not row.reported:
        return None, {}
    if any(score.status is Status.INCOMPLETE for score in row.indicators if score.id in ids):
        least = show_number(group.points, len(number_format.partition(".")[2]))
        return f"≥ {least}", {"font": looks.FAINT, "alignment": looks.RIGHT}
    return show_points(group.points, number_format)


def _show_level(row: EntityScore, indicator_id: str) -> tuple[CellValue, Looks]:
    score = next((score for score in row.indicators if score.id == indicator_id), None)
    if score is None or not row.reported:
        return None, {}
    if score.level is None:
        return show_level(score), {"font": looks.FAINT, "alignment": looks.CENTRE, "fill": looks.ABSENT_FILL}
    if score.status is Status.INCOMPLETE:
        return show_level(score), {"font": looks.OPEN_LEVEL, "alignment": looks.CENTRE, "border": looks.OPEN_GRID}
    return score.level, {"alignment": looks.CENTRE}


def _describe_status(row: EntityScore, say: Translator) -> str:
    if not row.reported:
        return say(NOT_REPORTED)
    return say("complete") if row.complete else say("incomplete")
