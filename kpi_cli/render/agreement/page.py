"""`kpi show`: the agreement as a page to read beside the memo, whole or one indicator in detail. No rich needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kpi_cli.model import Group, Indicator, IndicatorSet, Section
from kpi_cli.render.agreement.words import (
    describe_measure,
    describe_policy,
    describe_remarks,
    describe_set,
    describe_weight,
    list_measures,
)
from kpi_cli.render.level_values import list_level_values
from kpi_cli.render.rule_words import split_rule
from kpi_cli.render.style import Paint, choose_paint
from kpi_cli.render.text import display_width, fold_text, join_lines, pad_right
from kpi_cli.render.translate import Language, Translator, translate

# A page without a width is never folded.
_BOUNDLESS = 10_000
_INDENT = 4
_HANGING = 2
_GAP = 3


@dataclass(frozen=True)
class _Page:
    """What every part of one page shares."""

    say: Translator
    paint: Paint
    width: int


def render_agreement(definition: IndicatorSet, *, language: Language, colour: bool, width: int | None) -> str:
    """The whole set: its sections and indicators beside the memo's words; without a width nothing is folded."""
    page = _Page(translate(language), choose_paint(colour=colour), width or _BOUNDLESS)
    return "".join(f"{line}\n" for line in _render_set(definition, page))


def _render_set(definition: IndicatorSet, page: _Page) -> Iterator[str]:
    for line in fold_text(join_lines(definition.title), page.width):
        yield page.paint(line, "bold")
    yield from _draw_columns([("", *pair) for pair in describe_set(definition, page.say)], page, indent=-_GAP)
    for section in definition.sections:
        yield ""
        yield from _render_section(section, page)


def _render_section(section: Section, page: _Page) -> Iterator[str]:
    yield page.paint(join_lines(section.title), "bold")
    if section.note:
        yield from _fold_remark(page.say("note: {note}", note=join_lines(section.note)), page)
    for item in section.indicators:
        yield ""
        if isinstance(item, Group):
            yield from _render_title(item.id, join_lines(item.title), "", page)
        for position, indicator in enumerate(item.indicators if isinstance(item, Group) else (item,)):
            if position or isinstance(item, Group):
                yield ""
            yield from _render_indicator(indicator, page, list_measures(indicator))


def _render_indicator(indicator: Indicator, page: _Page, measures: Sequence[str] = ()) -> Iterator[str]:
    yield from _render_title(indicator.id, join_lines(indicator.title), describe_weight(indicator, page.say), page)
    for measure in measures:
        yield from (page.paint(line, "dim") for line in _fold_remark(measure, page))
    yield ""
    yield from _render_levels(indicator, page)
    if indicator.policy != Indicator.model_fields["policy"].default:
        yield from _fold_remark(describe_policy(indicator, page.say), page)
    yield from _render_remarks(indicator, page)


def _render_remarks(indicator: Indicator, page: _Page) -> Iterator[str]:
    for remark in describe_remarks(indicator, page.say):
        yield from _fold_remark(remark, page)


def _render_title(id_: str, title: str, remark: str, page: _Page) -> Iterator[str]:
    """The id, the title, and at the right a remark, or on a line of its own where there is no room."""
    margin = display_width(id_) + 2
    lines = fold_text(title, page.width - margin)
    room = min(page.width, 100) - margin - display_width(lines[-1]) - display_width(remark)
    if remark and room >= 2:
        lines[-1] += " " * room + remark
    elif remark:
        lines.append(remark)
    yield f"{page.paint(id_, 'bold')}  {lines[0]}"
    for line in lines[1:]:
        yield " " * margin + line


def _render_levels(indicator: Indicator, page: _Page, *, texts: bool = True) -> Iterator[str]:
    """The rule of each level, beside the memo's words where they do not stand elsewhere on the page."""
    rows = [
        (f"  {number}", "\n".join(split_rule(level.when, page.say)), join_lines(level.text or "") if texts else "")
        for number, level in sorted(indicator.levels.items())
    ]
    if texts:
        yield from _draw_levels(page.say("rule"), rows, page)
    else:
        yield from _draw_columns(rows, page, indent=_INDENT)


def _draw_levels(heading: str, rows: list[tuple[str, str, str]], page: _Page) -> Iterator[str]:
    header, *body = _draw_columns([(page.say("level"), heading, page.say("in the memo")), *rows], page, indent=_INDENT)
    yield page.paint(header, "dim")
    yield from body


def _draw_columns(rows: Sequence[tuple[str, str, str]], page: _Page, *, indent: int) -> list[str]:
    """Three columns: two as wide as they need within bounds, the last folded into what is left of the page."""
    first = max(display_width(row[0]) for row in rows)
    second = max(display_width(line) for row in rows for line in row[1].splitlines() or [""])
    second = min(second, max(16, page.width * 2 // 5))
    third = max(page.width - indent - first - second - 2 * _GAP, 16)
    lines: list[str] = []
    for left, middle, right in rows:
        folded = [part for line in middle.splitlines() for part in fold_text(line, second)]
        for cells in zip_longest([left], folded, fold_text(right, third), fillvalue=""):
            line = pad_right(cells[0], first) + " " * _GAP + pad_right(cells[1], second) + " " * _GAP + cells[2]
            lines.append((" " * max(indent, 0) + line[max(-indent, 0) :]).rstrip())
    return lines


def _fold_remark(text: str, page: _Page) -> Iterator[str]:
    for position, line in enumerate(fold_text(text, page.width - _INDENT - _HANGING)):
        yield " " * (_INDENT if position == 0 else _INDENT + _HANGING) + line


def render_indicator(indicator: Indicator, *, language: Language, colour: bool, width: int | None) -> str:
    """One indicator in detail: which values give which level beside the memo's words, remarks, rules and measures."""
    page = _Page(translate(language), choose_paint(colour=colour), width or _BOUNDLESS)
    lines = [*_render_title(indicator.id, join_lines(indicator.title), describe_weight(indicator, page.say), page), ""]
    values = list_level_values(indicator, page.say)
    if values:
        rows = [(f"  {row.level}", "\n".join(row.boxes), row.text) for row in values]
        lines += _draw_levels(page.say("which values"), rows, page)
        lines += [*_render_remarks(indicator, page), "", page.say("rules")]
    lines += _render_levels(indicator, page, texts=not values)
    lines += [] if values else _render_remarks(indicator, page)
    lines += ["", page.say("measures"), *_render_measures(indicator, page), "", describe_policy(indicator, page.say)]
    return "".join(f"{line}\n" for line in lines)


def _render_measures(indicator: Indicator, page: _Page) -> Iterator[str]:
    rows = [
        ("", name, f"{join_lines(measure.title)} ({describe_measure(measure, page.say)})")
        for name, measure in indicator.measures.items()
    ]
    yield from _draw_columns(rows, page, indent=_INDENT - _GAP)
