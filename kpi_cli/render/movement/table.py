"""Two scorings side by side for a terminal: who rose, who fell, and at which levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpi_cli.render.grid import GAP, Cell, Column, draw_grid, make_cell
from kpi_cli.render.headings import entity_title
from kpi_cli.render.movement.words import (
    ARROW,
    MovementRow,
    count_moved,
    has_grades,
    list_header,
    list_lone,
    list_lone_sections,
    list_movement_rows,
    list_provisional,
    list_rankings,
    list_texts,
    title_of,
)
from kpi_cli.render.report import Comparison
from kpi_cli.render.style import Paint
from kpi_cli.render.text import display_width, fold_text
from kpi_cli.render.translate import Translator
from kpi_cli.scoring.compare import Movement

_LEAST_NAME = 12
# Scores and grades, old and new.
_PAIRED = {2, 4}
_STYLES = {True: "teal", False: "orange", None: ""}


def draw_movement(
    comparison: Comparison, movement: Movement, say: Translator, *, paint: Paint, width: int, all_rows: bool = False
) -> Iterator[str]:
    """A table for each ranking of both scorings, of those who moved or of everyone, and what has no counterpart."""
    for text in list_lone_sections(movement, say):
        yield from fold_text(text, width)
    for position, ranking in enumerate(list_rankings(movement)):
        if position:
            yield ""
        title = title_of(ranking, say)
        first, *others = fold_text(f"{title} · {count_moved(ranking, say)}", width)
        yield paint(first[: len(title)], "bold") + first[len(title) :]
        for text in (*others, *list_provisional(ranking, comparison, say)):
            yield from fold_text(text, width)
        rows = list_movement_rows(ranking, ranking.rows if all_rows else ranking.moved, comparison, say)
        if rows:
            yield ""
            entity = entity_title(comparison.new.definition, say)
            yield from _draw_rows(rows, entity, say, paint=paint, width=width)
        lone = list(list_lone(ranking, say))
        yield from (line for text in (["", *lone] if lone else []) for line in fold_text(text, width))


def _draw_rows(rows: Sequence[MovementRow], entity: str, say: Translator, *, paint: Paint, width: int) -> list[str]:
    graded = has_grades(rows)
    *header, last = list_header(entity, say, graded=graded)
    texts = [list_texts(row, graded=graded) for row in rows]
    widths = _choose_widths(rows, [header, *texts], width)
    lines = [[_fold_cell(title, each, "bold") for title, each in zip([*header, last], widths, strict=True)]]
    lines += [_draw_row(row, line, widths) for row, line in zip(rows, texts, strict=True)]
    columns = [Column(each, right=number in {0, 2, 3}) for number, each in enumerate(widths[:-1])]
    return draw_grid([*columns, Column(0)], lines, paint)


def _choose_widths(rows: Sequence[MovementRow], lines: Sequence[Sequence[str]], width: int) -> list[int]:
    """The cells of each column; the levels take what is left. Where little is left, old and new stand on two lines."""
    columns = list(zip(*lines, strict=True))
    widths = [max(map(display_width, column)) for column in columns]
    widths[1] = min(widths[1], max(_LEAST_NAME, width // 4))
    longest = max((display_width(level) for row in rows for level in row.levels), default=1)
    if sum(widths) + GAP * len(widths) + longest > width:
        for number in _PAIRED & set(range(len(columns))):
            parts = [part for text in columns[number][1:] for part in text.split()]  # a title folds as well
            widths[number] = max(display_width(f"{part} {ARROW}") for part in parts)
    return [*widths, max(width - sum(widths) - GAP * len(widths), longest)]


def _draw_row(row: MovementRow, texts: Sequence[str], widths: Sequence[int]) -> list[Cell]:
    cells = [_fold_cell(text, each) for text, each in zip(texts, widths[:-1], strict=True)]
    cells[3] = make_cell(row.gain, _STYLES[row.better])
    # An id and its levels stay together on one line.
    return [*cells, make_cell("\n".join(_fold_levels(row.levels, widths[-1])))]


def _fold_cell(text: str, width: int, style: str = "") -> Cell:
    return make_cell("\n".join(fold_text(text, width)), style)


def _fold_levels(levels: Sequence[str], room: int) -> list[str]:
    lines = [""]
    for level in levels:
        longer = f"{lines[-1]}  {level}".strip()
        if display_width(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(level)
    return lines
