"""`kpi diff` for a terminal: a block for each part that changes, what the change means, and a last word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kpi_cli.render.diff.blocks import DiffBlock, conclude, list_blocks, name_set
from kpi_cli.render.movement.table import draw_movement
from kpi_cli.render.report import Comparison
from kpi_cli.render.style import Paint, choose_paint
from kpi_cli.render.text import display_width, fold_text
from kpi_cli.render.translate import Language, Translator, translate

# A page without a width is never folded.
_BOUNDLESS = 10_000
_INDENT = 4


class _Page(NamedTuple):
    say: Translator
    paint: Paint
    width: int


def render_diff(comparison: Comparison, *, language: Language, colour: bool, width: int | None) -> str:
    """The whole page; empty where a set has errors. Without a width nothing is folded."""
    if comparison.diff is None:
        return ""
    page = _Page(translate(language), choose_paint(colour=colour), width or _BOUNDLESS)
    lines = [*_render_sides(comparison, page)]
    for block in list_blocks(comparison, comparison.diff, page.say):
        lines += ["", *_render_block(block, page)]
    lines += ["", *_fold(conclude(comparison.diff, page.say), page, indent=0, style="bold")]
    if comparison.movement is not None:
        movement = draw_movement(comparison, comparison.movement, page.say, paint=page.paint, width=page.width)
        lines += ["", *movement]
    return "".join(f"{line}\n" for line in lines)


def _render_sides(comparison: Comparison, page: _Page) -> Iterator[str]:
    yield from _fold(page.say("old: {set}", set=name_set(comparison.old)), page, indent=0)
    yield from _fold(page.say("new: {set}", set=name_set(comparison.new)), page, indent=0)


def _render_block(block: DiffBlock, page: _Page) -> Iterator[str]:
    margin = " " * (display_width(block.id) + 2)
    first, *rest = fold_text(block.title, page.width - len(margin))
    yield f"{page.paint(block.id, 'bold')}  {first}".rstrip()
    yield from (margin + line for line in rest)
    for text in block.verdicts:
        yield from _fold(text, page)
    for text in block.readings:
        yield from _fold(page.say("read otherwise: {change}", change=text), page)
    if block.others:
        yield from _fold(page.say("changes no verdict: {keys}", keys=", ".join(block.others)), page, style="dim")


def _fold(text: str, page: _Page, *, indent: int = _INDENT, style: str = "") -> Iterable[str]:
    lines = fold_text(text, page.width - indent - 2)
    margins = [" " * indent, *[" " * (indent + 2)] * (len(lines) - 1)]
    return [margin + (page.paint(line, style) if style else line) for margin, line in zip(margins, lines, strict=True)]
