"""A ranking as a table of cells: rank, entity, score, grade, a bar, and the levels or the sections' scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from kpi_cli.model import IndicatorSet, Section
from kpi_cli.render.bar import draw_bar
from kpi_cli.render.grid import GAP, Cell, Column, Run, draw_grid, join_runs, make_cell
from kpi_cli.render.headings import (
    FRAGILE_SIGN,
    NOT_APPLICABLE,
    NOT_REPORTED,
    entity_title,
    index_scores,
    name_sections,
)
from kpi_cli.render.level_columns import LevelColumn, break_columns, measure_columns, place_texts, plan_columns
from kpi_cli.render.numbers import digits_needed, level_step, section_digits, show_level, show_score
from kpi_cli.render.style import Paint
from kpi_cli.render.text import display_width, fold_text, join_lines, pad_left
from kpi_cli.render.translate import Translator
from kpi_cli.rules.values import exact_text
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Overall, Scorecard

_BAR_CELLS = 20
_LEAST_BAR_CELLS = 6
_LEAST_NAME_CELLS = 12
_ZERO = Fraction()
# From orange to blue by step: told apart by the colour-blind, and never the only sign.
_STEP_STYLES = ("bold red", "orange", "amber", "", "teal", "bold sky")


class Page(NamedTuple):
    """What all tables of one printing share; those who are `fragile` are marked."""

    definition: IndicatorSet
    say: Translator
    paint: Paint
    width: int
    fragile: frozenset[Entity] = frozenset()


class Totals(NamedTuple):
    """The columns before the bar, as texts, with their widths in cells."""

    header: list[str]
    rows: list[list[str]]
    widths: list[int]

    @property
    def width(self) -> int:
        """The cells they take, the gap after each included."""
        return sum(self.widths) + GAP * len(self.widths)


def draw_ranking(rows: Sequence[EntityScore], section: Section, page: Page) -> list[str]:
    """The lines of a section's table, its levels by indicator."""
    scale = page.definition.scale
    levels = [_show_levels(row.indicators, scale, reported=row.reported) for row in rows]
    columns = plan_columns(section, [each.texts for each in _find_distinct(levels).values()])
    return _draw_table(rows, columns, {column.id: column.id for column in columns}, levels, page)


class _Levels(NamedTuple):
    """What stands behind the bar: by column a text, and the style of some."""

    texts: Mapping[str, str]
    styles: Mapping[str, str] = {}


@lru_cache(maxsize=4_096)  # rows share their levels, and so what is drawn of them
def _show_levels(indicators: tuple[IndicatorScore, ...], scale: int, *, reported: bool) -> _Levels:
    texts = {score.id: show_level(score) for score in indicators} if reported else {}
    return _Levels(texts, {score.id: _choose_style(score.level, scale) for score in indicators})


def _choose_style(level: int | None, scale: int) -> str:
    return "dim" if level is None else _STEP_STYLES[level_step(level, scale)]


def _find_distinct(levels: Sequence[_Levels]) -> dict[int, _Levels]:
    """The levels by their identity."""
    return {id(each): each for each in levels}


def _plan_totals(rows: Sequence[EntityScore], page: Page) -> Totals:
    digits = digits_needed(rows, (grade.min for grade in page.definition.grades))
    header = ["#", entity_title(page.definition, page.say), page.say("score")]
    header += [page.say("grade")] if page.definition.grades else []
    texts = [_list_total(row, digits, page) for row in rows]
    widths = [max(display_width(line[column]) for line in [header, *texts]) for column in range(len(header))]
    widths[1] = min(widths[1], max(_LEAST_NAME_CELLS, page.width // 3))
    return Totals(header, [[line[0], "\n".join(fold_text(line[1], widths[1])), *line[2:]] for line in texts], widths)


def _list_total(row: EntityScore, digits: int, page: Page) -> list[str]:
    score = (show_score(row, digits) or NOT_APPLICABLE) if row.reported else page.say(NOT_REPORTED)
    name = join_lines(row.entity.name) + (f" {FRAGILE_SIGN}" if row.entity in page.fragile else "")
    total = ["-" if row.rank is None else str(row.rank), name, score]
    return [*total, join_lines(row.grade or "")] if page.definition.grades else total


def _choose_bar(room: int) -> int:
    return min(room, _BAR_CELLS) if room >= _LEAST_BAR_CELLS else 0


def _draw_header(totals: Totals, bar_cells: int) -> list[Cell]:
    return [*(make_cell(title, "bold") for title in totals.header), *([make_cell("")] if bar_cells else [])]


def _list_columns(totals: Totals, bar_cells: int) -> list[Column]:
    columns = [Column(width, right=number in {0, 2}) for number, width in enumerate(totals.widths)]
    return [*columns, *([Column(bar_cells)] if bar_cells else [])]


def _draw_levels(lines: Sequence[Sequence[LevelColumn]], levels: _Levels) -> Cell:
    return [
        [
            run
            for item in place_texts(line, levels.texts)
            for run in (Run(item.indent), Run(item.text, levels.styles.get(item.id, "")))
        ]
        for line in lines
    ]


def _style_total(total: Sequence[str], row: EntityScore) -> list[Cell]:
    return [make_cell(text, "" if row.reported else "dim") for text in total]


def _draw_bar(row: EntityScore, cells: int) -> list[Cell]:
    if not cells:
        return []
    return [_style_bar(row.score or _ZERO, row.possible or _ZERO, cells)]


@lru_cache(maxsize=4_096)
def _style_bar(score: Fraction, possible: Fraction, cells: int) -> Cell:
    proven, still_open = draw_bar(score, possible, cells)
    return [[Run(proven, "steel"), Run(still_open, "dim")]]


def draw_overall(overall: Overall, scorecard: Scorecard, page: Page) -> list[str]:
    """The lines of the table over all sections, with the sections' own scores as their tables show them."""
    scores, digits = index_scores(scorecard), section_digits(scorecard, page.definition)
    shown = [
        {
            id_: show_score(score, digits[id_]) if (score := scores.get((id_, row.entity))) else ""
            for id_ in overall.shares
        }
        for row in overall.rows
    ]
    width = max((display_width(text) for texts in shown for text in texts.values()), default=0)
    padded = [_Levels({section: pad_left(text, width) for section, text in texts.items()}) for texts in shown]
    names = _choose_names(overall, scorecard, width, page)
    return _draw_table(overall.rows, _plan_sections(names, width), names, padded, page)


def _choose_names(overall: Overall, scorecard: Scorecard, width: int, page: Page) -> dict[str, str]:
    """The sections' titles where they fit beside each other, else their ids."""
    titles = _add_shares(name_sections(overall, scorecard), overall)
    room = page.width - _plan_totals(overall.rows, page).width - _LEAST_BAR_CELLS - GAP
    ids = {section: section for section in overall.shares}
    return titles if measure_columns(_plan_sections(titles, width)) <= room else _add_shares(ids, overall)


def _add_shares(names: Mapping[str, str], overall: Overall) -> dict[str, str]:
    return {section: f"{name} {exact_text(overall.shares[section])}" for section, name in names.items()}


def _plan_sections(names: Mapping[str, str], width: int) -> list[LevelColumn]:
    return [LevelColumn(section, max(display_width(name), width), GAP) for section, name in names.items()]


def _draw_table(
    rows: Sequence[EntityScore],
    columns: Sequence[LevelColumn],
    names: Mapping[str, str],
    levels: Sequence[_Levels],
    page: Page,
) -> list[str]:
    """The table fitted to the page: first the bar gives way, then the columns behind it take more lines."""
    totals = _plan_totals(rows, page)
    room = page.width - totals.width
    cells = _choose_bar(room - measure_columns(columns) - GAP)
    lines = break_columns(columns, max(room - (cells + GAP if cells else 0), _LEAST_NAME_CELLS))
    header = [*_draw_header(totals, cells), _draw_levels(lines, _Levels(names, dict.fromkeys(names, "bold")))]
    drawn = {
        identity: [[Run(join_runs(line, page.paint))] for line in _draw_levels(lines, each)]
        for identity, each in _find_distinct(levels).items()
    }
    body = [
        [*_style_total(total, row), *_draw_bar(row, cells), drawn[id(each)]]
        for row, total, each in zip(rows, totals.rows, levels, strict=True)
    ]
    return draw_grid([*_list_columns(totals, cells), Column(0)], [header, *body], page.paint)
