"""Two scorings side by side as Markdown: a table for each ranking, and what has no counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpi_cli.render.headings import entity_title
from kpi_cli.render.markdown import draw_table, escape_markdown
from kpi_cli.render.movement.words import (
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
from kpi_cli.render.translate import Translator
from kpi_cli.scoring.compare import Movement


def list_movement_markdown(
    comparison: Comparison, movement: Movement, say: Translator, *, all_rows: bool = False
) -> Iterator[str]:
    """The blocks of the page: of those who moved, or of everyone."""
    for ranking in list_rankings(movement):
        yield f"## {escape_markdown(title_of(ranking, say))}"
        yield escape_markdown(" · ".join((count_moved(ranking, say), *list_provisional(ranking, comparison, say))))
        rows = list_movement_rows(ranking, ranking.rows if all_rows else ranking.moved, comparison, say)
        if rows:
            yield _draw(rows, entity_title(comparison.new.definition, say), say)
        yield from _list(list(list_lone(ranking, say)))
    yield from _list(list(list_lone_sections(movement, say)))


def _draw(rows: Sequence[MovementRow], entity: str, say: Translator) -> str:
    graded = has_grades(rows)
    body = [[*list_texts(row, graded=graded), ", ".join(row.levels)] for row in rows]
    return draw_table(list_header(entity, say, graded=graded), body, right={0, 2, 3})


def _list(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield "\n".join(f"- {escape_markdown(line)}" for line in lines)
