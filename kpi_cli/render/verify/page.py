"""`kpi verify` for a terminal: whether the report stands, its set and files, and every figure that differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpi_cli.render.grid import GAP, Cell, Column, draw_grid, make_cell
from kpi_cli.render.report import Verification
from kpi_cli.render.style import Paint, choose_paint
from kpi_cli.render.text import display_width, fold_text, join_lines
from kpi_cli.render.translate import Language, Translator, translate
from kpi_cli.render.verify.words import (
    list_difference_header,
    list_difference_texts,
    list_text_texts,
    say_figures,
    say_file,
    say_options,
    say_set,
    say_texts,
    say_verdict,
    say_version,
)

MOST_SHOWN = 40
_BOUNDLESS = 10_000
_WIDEST = (20, 24, 26, 20, 20)
_LEAST_CELL = 14
_INDENT = "  "


def render_verification(verification: Verification, *, language: Language, colour: bool, width: int | None) -> str:
    """The page; without a width nothing is folded."""
    say, paint, room = translate(language), choose_paint(colour=colour), width or _BOUNDLESS
    verdict = say_verdict(verification, say)
    style = "bold green" if verification.stands else "bold red"
    lines = [paint(line, style) for line in fold_text(verdict, room)]
    facts = _list_facts(verification, say)
    lines += [f"{_INDENT}{line}" for fact in facts for line in fold_text(fact, room - len(_INDENT))]
    if verification.differences or verification.texts:
        lines += ["", *_draw_differences(verification, say, paint, room)]
    return "".join(f"{line}\n" for line in lines)


def _list_facts(verification: Verification, say: Translator) -> Iterator[str]:
    yield say_set(verification, say)
    yield from (say_file(match, say) for match in verification.files)
    yield say_figures(verification, say)
    yield from say_texts(verification, say)
    yield from say_options(verification, say)
    yield from say_version(verification, say)


def _draw_differences(verification: Verification, say: Translator, paint: Paint, room: int) -> Iterator[str]:
    definition = verification.report.definition
    titles = {section.id: join_lines(section.title) for section in definition.sections} if definition else {}
    figures, others = verification.differences[:MOST_SHOWN], verification.texts or ()
    of_sheets = verification.suffix == ".xlsx"
    texts = [list_difference_texts(one, titles, say) for one in figures]
    texts += [list_text_texts(one, say, of_sheets=of_sheets) for one in others[: MOST_SHOWN - len(figures)]]
    header = list_difference_header(verification, say)
    if not of_sheets:
        header, texts = header[:-1], [row[:-1] for row in texts]
    widths = _choose_widths([header, *texts], room)
    rows = [[_fold(text, each, "bold") for text, each in zip(header, widths, strict=True)]]
    rows += [[_fold(text, each) for text, each in zip(row, widths, strict=True)] for row in texts]
    yield from draw_grid([Column(each) for each in widths], rows, paint)
    left = len(verification.differences) + len(others) - len(texts)
    if left:
        yield from ("", say("and {n} more; --format json has all", n=left))


def _choose_widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width that each column needs, up to a bound; the last one, the cell, takes what is left."""
    needed = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    widths = [min(each, most) for each, most in zip(needed, _WIDEST, strict=False)]
    left = room - sum(widths) - GAP * len(widths)
    return [*widths, *(max(_LEAST_CELL, min(each, left)) for each in needed[len(_WIDEST) :])]


def _fold(text: str, width: int, style: str = "") -> Cell:
    return make_cell("\n".join(fold_text(text, width)), style)
