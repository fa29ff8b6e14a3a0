"""`kpi diff` as Markdown: a heading for each part that changes, and a list of what the change means."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.render.diff.blocks import DiffBlock, conclude, list_blocks, name_set
from kpi_cli.render.markdown import escape_markdown
from kpi_cli.render.movement.markdown import list_movement_markdown
from kpi_cli.render.report import Comparison
from kpi_cli.render.translate import Language, Translator, translate
from kpi_cli.scoring.diff import SetDiff


def render_diff_markdown(comparison: Comparison, language: Language) -> str:
    """The whole page; empty where a set has errors."""
    if comparison.diff is None:
        return ""
    return "\n\n".join(_render(comparison, comparison.diff, translate(language))) + "\n"


def _render(comparison: Comparison, diff: SetDiff, say: Translator) -> Iterator[str]:
    yield f"# {say('What changes')}"
    sides = (say("old: {set}", set=name_set(comparison.old)), say("new: {set}", set=name_set(comparison.new)))
    yield "\n".join(f"- {escape_markdown(side)}" for side in sides)
    yield f"**{escape_markdown(conclude(diff, say))}**"
    for block in list_blocks(comparison, diff, say):
        yield f"## {escape_markdown(f'{block.id} {block.title}'.rstrip())}"
        yield "\n".join(f"- {escape_markdown(line)}" for line in _list_lines(block, say))
    if comparison.movement is not None:
        yield from list_movement_markdown(comparison, comparison.movement, say)


def _list_lines(block: DiffBlock, say: Translator) -> Iterator[str]:
    yield from block.verdicts
    for text in block.readings:
        yield say("read otherwise: {change}", change=text)
    if block.others:
        yield say("changes no verdict: {keys}", keys=", ".join(block.others))
