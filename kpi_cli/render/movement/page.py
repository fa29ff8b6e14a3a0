"""`kpi compare`, for a terminal and as Markdown: what was compared, and every entity's movement."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.render.markdown import escape_markdown
from kpi_cli.render.movement.markdown import list_movement_markdown
from kpi_cli.render.movement.table import draw_movement
from kpi_cli.render.report import Comparison, Report
from kpi_cli.render.style import choose_paint
from kpi_cli.render.text import fold_text, join_lines
from kpi_cli.render.translate import Language, Translator, translate

# A page without a width is never folded.
_BOUNDLESS = 10_000


def render_compare(comparison: Comparison, *, language: Language, colour: bool, width: int | None) -> str:
    """The page for a terminal; empty where one side scores nobody. Without a width nothing is folded."""
    if comparison.movement is None:
        return ""
    say, paint, room = translate(language), choose_paint(colour=colour), width or _BOUNDLESS
    lines = [line for side in _list_sides(comparison, say) for line in fold_text(side, room)]
    movement = draw_movement(comparison, comparison.movement, say, paint=paint, width=room, all_rows=True)
    return "".join(f"{line}\n" for line in (*lines, "", *movement))


def render_compare_markdown(comparison: Comparison, language: Language) -> str:
    """The page as Markdown; empty where one side scores nobody."""
    if comparison.movement is None:
        return ""
    say = translate(language)
    sides = "\n".join(f"- {escape_markdown(side)}" for side in _list_sides(comparison, say))
    movement = list_movement_markdown(comparison, comparison.movement, say, all_rows=True)
    return "\n\n".join((f"# {say('Movement')}", sides, *movement)) + "\n"


def _list_sides(comparison: Comparison, say: Translator) -> Iterator[str]:
    """The files of both sides and the sets that scored them; where the sets differ, how to see in what."""
    yield say("old results: {files}", files=_name_side(comparison.old))
    yield say("new results: {files}", files=_name_side(comparison.new))
    if comparison.old.set_sha256 != comparison.new.set_sha256:
        yield say("The two are scored by different definitions: what moves may be the rule, not the work.")


def _name_side(report: Report) -> str:
    files = ", ".join(join_lines(file.file) for file in report.inputs)
    return f"{files} · {report.definition.id if report.definition else ''}"
