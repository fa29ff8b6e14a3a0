"""An explanation for a terminal: the figures with their places, every level's rule with its verdict, what decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kpi_cli.render.agreement.words import describe_remarks
from kpi_cli.render.explain.words import (
    tell_changes,
    tell_decision,
    tell_level,
    tell_no_step,
    tell_standing,
    tell_step,
)
from kpi_cli.render.figure_words import show_figure, tell_source, tell_verdict
from kpi_cli.render.grid import GAP, Cell, Column, Line, Run, draw_grid, make_cell
from kpi_cli.render.numbers import show_gain
from kpi_cli.render.rule_words import split_rule
from kpi_cli.render.style import Paint, choose_paint
from kpi_cli.render.text import display_width, fold_text, join_lines
from kpi_cli.render.translate import Language, Translator, translate
from kpi_cli.scoring.explain import EntityExplanation, IndicatorExplanation
from kpi_cli.scoring.trace import TracedRule, unaries_of

_BOUNDLESS = 10_000
_INDENT = "    "
_LEAST_CELLS = 16
_VERDICT_STYLES = {True: "green", False: "red", None: "amber"}
_HERE = "▸"


class _Page(NamedTuple):
    """What all parts of one printing share."""

    say: Translator
    paint: Paint
    width: int


def render_trial(explained: IndicatorExplanation, *, language: Language, colour: bool, width: int | None) -> str:
    """One indicator for figures that were typed in: `kpi try`."""
    page = _Page(translate(language), choose_paint(colour=colour), width or _BOUNDLESS)
    return _join([*_render_indicator(explained, page), *_render_remarks(explained, page)])


def render_explanation(
    explained: EntityExplanation, digits: Mapping[str, int], *, language: Language, colour: bool, width: int | None
) -> str:
    """An entity: where it stands, every indicator, and the steps that bring the most; of one alone its notes too.

    `digits` are the decimals of each section's ranking.
    """
    page = _Page(translate(language), choose_paint(colour=colour), width or _BOUNDLESS)
    alone = len(explained.indicators) == 1
    lines = [page.paint(_name(explained), "bold")]
    for section in explained.sections:
        heading = f"{join_lines(section.title)} · {tell_standing(section, digits, page.say)}"
        lines += [page.paint(line, "bold") for line in fold_text(heading, page.width)]
        for one in section.indicators:
            lines += ["", *_render_indicator(one, page), *(_render_remarks(one, page) if alone else ())]
        lines += [] if alone else [""]
    return _join([*lines, *(() if alone else _render_steps(explained, page))])


def _join(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _name(explained: EntityExplanation) -> str:
    entity = explained.entity
    return join_lines(entity.name if entity.code is None else f"{entity.name} ({entity.code})")


def _render_remarks(explained: IndicatorExplanation, page: _Page) -> Iterator[str]:
    for position, remark in enumerate(describe_remarks(explained.indicator, page.say)):
        yield from [] if position else [""]
        yield from _indent(fold_text(remark, page.width - len(_INDENT) - 2), hang="  ")


def _render_steps(explained: EntityExplanation, page: _Page) -> Iterator[str]:
    """The next levels of all indicators, the most points gained first."""
    steps = [(one, one.next) for one in explained.steps if one.next is not None]
    if not steps:
        return
    yield page.paint(page.say("What brings the most points"), "bold")
    gains = [f"+{show_gain(step.gain)}" for _, step in steps]
    levels = [f"{one.level} → {step.level}" for one, step in steps]
    widths = [max(map(display_width, texts)) for texts in (gains, [one.indicator.id for one, _ in steps], levels)]
    room = max(page.width - sum(widths) - 3 * GAP - 2, _LEAST_CELLS)
    rows = [
        [
            make_cell(gain, "bold"),
            make_cell(one.indicator.id),
            make_cell(level),
            _fold_lines(tell_changes(one, page.say), room),
        ]
        for gain, level, (one, _) in zip(gains, levels, steps, strict=True)
    ]
    columns = [Column(widths[0], right=True), Column(widths[1]), Column(widths[2]), Column(room)]
    yield from ("  " + line for line in draw_grid(columns, rows, page.paint))


def _fold_lines(lines: Sequence[str], room: int) -> Cell:
    return make_cell("\n".join(part for line in lines for part in fold_text(line, room)))


def _render_indicator(explained: IndicatorExplanation, page: _Page) -> Iterator[str]:
    indicator = explained.indicator
    for position, line in enumerate(fold_text(join_lines(indicator.title), page.width - len(indicator.id) - 2)):
        yield f"{page.paint(indicator.id, 'bold')}  {line}" if not position else " " * (len(indicator.id) + 2) + line
    yield _INDENT + page.paint(tell_level(explained, page.say), "bold")
    for sentence in tell_decision(explained, page.say):
        yield from _indent(fold_text(sentence, page.width - len(_INDENT)))
    yield ""
    yield from _indent(_draw_figures(explained, page))
    yield ""
    yield from _indent(_draw_rules(explained, page))
    yield from _render_next(explained, page)


def _render_next(explained: IndicatorExplanation, page: _Page) -> Iterator[str]:
    """What the next level takes, or why there is none to name."""
    if explained.next is None:
        sentence = tell_no_step(explained, page.say)
        yield from ["", *_indent(fold_text(sentence, page.width - len(_INDENT)))] if sentence else []
        return
    label = page.say("next:")
    room = max(page.width - len(_INDENT) - display_width(label) - GAP, _LEAST_CELLS)
    step = [[Run(tell_step(explained.next, page.say), "bold")]]
    rows = [[make_cell(label, "bold"), [*step, *_fold_lines(tell_changes(explained, page.say), room)]]]
    yield ""
    yield from _indent(draw_grid([Column(display_width(label)), Column(room)], rows, page.paint))


def _draw_figures(explained: IndicatorExplanation, page: _Page) -> list[str]:
    """A line for each figure that a rule reads or somebody reported: the id, the figure, its title and its place."""
    shown = [
        (name, show_figure(figure, explained.indicator.measures[name], page.say, unaries_of(name, explained.rules)))
        for name, figure in explained.listed_figures.items()
    ]
    names, figures = (max((display_width(pair[side]) for pair in shown), default=0) for side in (0, 1))
    room = max(page.width - len(_INDENT) - names - figures - 2 * GAP, _LEAST_CELLS)
    rows = [
        [make_cell(name), make_cell(figure, "bold"), _tell_measure(explained, name, room, page)]
        for name, figure in shown
    ]
    return draw_grid([Column(names), Column(figures), Column(room)], rows, page.paint)


def _tell_measure(explained: IndicatorExplanation, name: str, room: int, page: _Page) -> Cell:
    title = fold_text(join_lines(explained.indicator.measures[name].title), room)
    source = tell_source(explained.figures[name], page.say)
    lines: list[Line] = [[Run(line)] for line in title]
    return lines + [[Run(line, "dim")] for line in (fold_text(source, room) if source else ())]


def _draw_rules(explained: IndicatorExplanation, page: _Page) -> list[str]:
    """The levels from the highest down, each part of a rule with its verdict, beside the memo's words."""
    parts = [(rule, split_rule(rule.rule, page.say)) for rule in reversed(explained.rules)]
    title, verdict = page.say("rule"), page.say("verdict")
    verdicts = max(display_width(word) for word in (verdict, *(tell_verdict(one, page.say) for one in _VERDICT_STYLES)))
    widest = max(display_width(line) for line in (title, *(line for _, lines in parts for line in lines)))
    rules = min(widest, max(_LEAST_CELLS, page.width * 2 // 5))
    first = display_width(page.say("level"))
    room = max(page.width - len(_INDENT) - first - rules - verdicts - 3 * GAP, _LEAST_CELLS)
    columns = [Column(first, right=True), Column(rules), Column(verdicts), Column(room)]
    header = [make_cell(text, "dim") for text in (page.say("level"), title, verdict, page.say("in the memo"))]
    body = [_draw_rule(rule, lines, explained, columns, page) for rule, lines in parts]
    return draw_grid(columns, [header, *body], page.paint)


def _draw_rule(
    rule: TracedRule, lines: Sequence[str], explained: IndicatorExplanation, columns: Sequence[Column], page: _Page
) -> list[Cell]:
    here = rule.level == explained.level
    texts: list[Line] = []
    verdicts: list[Line] = []
    for line, part in zip(lines, rule.parts, strict=True):
        folded = fold_text(line, columns[1].width)
        texts += [[Run(text)] for text in folded]
        word = Run(tell_verdict(part.holds, page.say), _VERDICT_STYLES[part.holds])
        word = word if explained.level is not None else Run("-", "dim")
        verdicts += [[word], *([[]] * (len(folded) - 1))]
    number = make_cell(f"{_HERE} {rule.level}" if here else str(rule.level), "bold" if here else "")
    return [number, texts, verdicts, make_cell("\n".join(fold_text(join_lines(rule.text or ""), columns[3].width)))]


def _indent(lines: Sequence[str], *, hang: str = "") -> Iterator[str]:
    for position, line in enumerate(lines):
        yield (_INDENT + hang * bool(position) + line).rstrip()
