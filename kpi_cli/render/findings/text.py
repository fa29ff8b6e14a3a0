"""Diagnostics for a terminal: place, code and sentence, with the source line and a caret where there is a source.

No rich here: `kpi validate` must start fast, and a dozen escape codes need no library.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from kpi_cli.diagnostics import Diagnostic, Path, Place, Related, Severity
from kpi_cli.render.findings.condense import condense_columns
from kpi_cli.render.findings.excerpt import Mark, draw_excerpt
from kpi_cli.render.sentences import describe, describe_related
from kpi_cli.render.style import Paint, choose_paint
from kpi_cli.render.text import clean_text, display_width, pad_right
from kpi_cli.render.translate import Language, Translator, mark, translate

SEVERITY_WORDS = {Severity.ERROR: mark("error"), Severity.WARNING: mark("warning"), Severity.NOTE: mark("note")}
_STYLES = {Severity.ERROR: "red bold", Severity.WARNING: "yellow bold", Severity.NOTE: "cyan bold"}
# What YAML takes for the end of a line; str.splitlines would count more.
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_WIDEST_CELL = 36
_INDENT = "   "


class _Page(NamedTuple):
    """What every diagnostic of one printing shares."""

    lines: Mapping[str, list[str]]
    language: Language
    say: Translator
    paint: Paint
    cell_width: int


def render_diagnostics(
    diagnostics: Iterable[Diagnostic],
    *,
    sources: Mapping[str, str],
    language: Language,
    colour: bool,
    show: Collection[Severity] = tuple(Severity),
) -> str:
    """The diagnostics of the severities in `show`, in the order given; `sources` is file -> its text, for excerpts."""
    shown = condense_columns([diagnostic for diagnostic in diagnostics if diagnostic.severity in show])
    lines = {file: _LINE_BREAK.split(text) for file, text in sources.items()}
    page = _Page(lines, language, translate(language), choose_paint(colour=colour), _measure_cells(shown))
    return _join_blocks([list(_render_one(diagnostic, page)) for diagnostic in shown])


def _measure_cells(diagnostics: Iterable[Diagnostic]) -> int:
    places = (place_of(diagnostic.place) for diagnostic in diagnostics)
    widths = (display_width(show_place(place)) for place in places if place and place.cell)
    return max((width for width in widths if width <= _WIDEST_CELL), default=0)


def place_of(place: Place | Path | None) -> Place | None:
    """A place in a file; a path that was never placed is none."""
    return place if isinstance(place, Place) else None


def show_place(place: Place) -> str:
    """`file:line:column`, or the cell."""
    if place.cell:
        return clean_text(place.cell)
    return ":".join(clean_text(str(part)) for part in (place.file, place.line, place.column) if part is not None)


def list_related(diagnostic: Diagnostic, language: Language) -> list[str]:
    """The other places that a finding is about, each with what it has to do with it: `a.xlsx[Team!C4]: also here`."""
    return [
        f"{show_place(there)}: {describe_related(related, language)}"
        for related in diagnostic.related
        if (there := place_of(related.place)) is not None
    ]


def show_in_full(diagnostic: Diagnostic, language: Language) -> str:
    """What was found and what to do about it as plain text, for formats that show the place in their own way."""
    message, advice = describe(diagnostic, language)
    place = place_of(diagnostic.place)
    subject = place.cell if place and place.cell else diagnostic.indicator
    text = f"{clean_text(subject)}: {message}" if subject else message
    return f"{text}\n{translate(language)('help:')} {advice}" if advice else text


def _render_one(diagnostic: Diagnostic, page: _Page) -> Iterator[str]:
    place = place_of(diagnostic.place)
    sentence = describe(diagnostic, page.language)
    indent = " " * (page.cell_width + 2) if place is not None and place.cell else _INDENT
    yield from _render_head(diagnostic, sentence.message, page)
    if place is not None and place.line is not None and place.file in page.lines:
        yield from draw_excerpt(page.lines[place.file], _collect_marks(diagnostic, place, page), page.paint)
    for related in diagnostic.related:
        yield from (indent + line for line in _render_elsewhere(related, place, page))
    if sentence.help:
        yield f"{indent}{page.paint(page.say('help:'), 'green')} {sentence.help}"


def _render_head(diagnostic: Diagnostic, message: str, page: _Page) -> Iterator[str]:
    place = place_of(diagnostic.place)
    word = page.say(SEVERITY_WORDS[diagnostic.severity])
    code = page.paint(f"{word}[{clean_text(diagnostic.code)}]", _STYLES[diagnostic.severity])
    if place is None:
        yield f"{code} {message}"
    elif place.cell:
        where = page.paint(pad_right(show_place(place), page.cell_width), "bold")
        yield f"{where}  {code}  {message}"
    else:
        subject = f"{clean_text(diagnostic.indicator)}: " if diagnostic.indicator else ""
        yield f"{page.paint(show_place(place) + ':', 'bold')} {code} {subject}{message}"


def _collect_marks(diagnostic: Diagnostic, place: Place, page: _Page) -> Iterator[Mark]:
    labels = {id(related): describe_related(related, page.language) for related in diagnostic.related}
    # A label for the very place of the diagnostic stands at its carets.
    own = next((labels[id(related)] for related in diagnostic.related if related.place == place), "")
    yield _mark_place(place, sign="^", style=_STYLES[diagnostic.severity], label=own)
    for related in diagnostic.related:
        there = place_of(related.place)
        if there and there != place and _stands_beside(there, place):
            yield _mark_place(there, sign="-", style="blue bold", label=labels[id(related)])


def _mark_place(place: Place, *, sign: str, style: str, label: str) -> Mark:
    on_one_line = place.end_line in (None, place.line)
    # A span that goes on below is underlined to the end of its first line.
    end = place.end_column if on_one_line else 10**9
    return Mark(place.line or 0, place.column, end, sign, style, label)


def _stands_beside(place: Place, other: Place) -> bool:
    return place.file == other.file and place.line is not None and other.line is not None and place.cell is None


def _render_elsewhere(related: Related, place: Place | None, page: _Page) -> Iterator[str]:
    there = place_of(related.place)
    excerpted = place is not None and place.file in page.lines and there is not None and _stands_beside(there, place)
    if there is not None and not excerpted:
        yield f"{page.paint(show_place(there), 'bold')}: {describe_related(related, page.language)}"


def _join_blocks(blocks: list[list[str]]) -> str:
    """Blocks under each other, with an empty line around those of more than a line and its help."""
    lines: list[str] = []
    for index, block in enumerate(blocks):
        if index and max(len(block), len(blocks[index - 1])) > 2:
            lines.append("")
        lines += block
    return "".join(f"{line}\n" for line in lines)
