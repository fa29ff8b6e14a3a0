"""An explanation for a terminal: the figures with their places, every level's rule with its verdict, what decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpi_cli.render.agreement_words import describe_remarks
from kpi_cli.render.explanation_words import tell_decision, tell_level
from kpi_cli.render.figure_words import show_figure, tell_source, tell_verdict
from kpi_cli.render.grid import GAP, Cell, Column, Line, Run, draw_grid, make_cell
from kpi_cli.render.rule_words import split_rule
from kpi_cli.render.style import Paint, choose_paint
from kpi_cli.render.text import display_width, fold_text, join_lines
from kpi_cli.render.translate import Language, Translator, translate
from kpi_cli.scoring.explain import IndicatorExplanation
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
    lines = [*_render_indicator(explained, page)]
    remarks = list(describe_remarks(explained.indicator, page.say))
    lines += [""] if remarks else []
    for remark in remarks:
        lines += _indent(fold_text(remark, page.width - len(_INDENT) - 2), hang="  ")
    return "".join(f"{line}\n" for line in lines)


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


def _draw_figures(explained: IndicatorExplanation, page: _Page) -> list[str]:
    """A line for each figure that a rule reads or somebody reported: the id, the figure, its title and its place."""
    shown = [
        (name, show_figure(figure, explained.indicator.measures[name], page.say, unaries_of(name, explained.rules)))
        for name, figure in explained.figures.items()
        if figure.raw is not None or figure.reported or name in explained.missing
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
