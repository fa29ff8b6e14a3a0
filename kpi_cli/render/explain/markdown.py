"""An explanation as Markdown: a page to send to the one whom it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
from kpi_cli.render.headings import list_provenance
from kpi_cli.render.markdown import draw_table, escape_markdown
from kpi_cli.render.numbers import show_gain
from kpi_cli.render.report import Report
from kpi_cli.render.rule_words import split_rule
from kpi_cli.render.translate import Language, Translator, translate
from kpi_cli.scoring.explain import EntityExplanation, IndicatorExplanation
from kpi_cli.scoring.trace import TracedRule, unaries_of


def render_explanation_markdown(
    explained: EntityExplanation, digits: Mapping[str, int], report: Report, language: Language
) -> str:
    """The whole page: where the entity stands, the steps that bring the most, every indicator, its provenance.

    `digits` are the decimals of each section's ranking: counted once, where a page is made for everyone.
    """
    return "\n\n".join(_render_page(explained, digits, report, translate(language))) + "\n"


def _render_page(
    explained: EntityExplanation, digits: Mapping[str, int], report: Report, say: Translator
) -> Iterator[str]:
    entity = explained.entity
    yield f"# {escape_markdown(entity.name if entity.code is None else f'{entity.name} ({entity.code})')}"
    yield "\n".join(
        f"- {escape_markdown(section.title)}: **{escape_markdown(tell_standing(section, digits, say))}**"
        for section in explained.sections
    )
    if len(explained.indicators) > 1:
        yield from _render_steps(explained, say)
    for section in explained.sections:
        yield f"## {escape_markdown(section.title)}"
        for one in section.indicators:
            yield from _render_indicator(one, say)
    yield f"## {say('Made from')}"
    yield "\n".join(f"- {label}: {escape_markdown(value)}" for label, value in list_provenance(report, say))


def _render_steps(explained: EntityExplanation, say: Translator) -> Iterator[str]:
    steps = [(one, one.next) for one in explained.steps if one.next is not None]
    if not steps:
        return
    yield f"## {say('What brings the most points')}"
    header = [say("points"), say("indicator"), say("level"), say("what it takes")]
    rows = (
        [
            f"+{show_gain(step.gain)}",
            one.indicator.id,
            f"{one.level} → {step.level}",
            "; ".join(tell_changes(one, say)),
        ]
        for one, step in steps
    )
    yield draw_table(header, rows, right={0})


def _render_indicator(explained: IndicatorExplanation, say: Translator) -> Iterator[str]:
    indicator = explained.indicator
    yield f"### {escape_markdown(indicator.id)} {escape_markdown(indicator.title)}"
    sentences = [
        f"**{escape_markdown(tell_level(explained, say))}**",
        *map(escape_markdown, tell_decision(explained, say)),
    ]
    yield "  \n".join(sentences)
    yield _draw_figures(explained, say)
    header = [say("level"), say("rule"), say("verdict"), say("in the memo")]
    rows = [_list_rule(rule, explained, say) for rule in reversed(explained.rules)]
    yield draw_table(header, rows, right={0})
    yield from filter(None, (_tell_next(explained, say),))
    remarks = "\n".join(f"- {escape_markdown(remark)}" for remark in describe_remarks(indicator, say))
    yield from filter(None, (remarks,))


def _draw_figures(explained: IndicatorExplanation, say: Translator) -> str:
    header = [say("measure"), say("figure"), say("what is reported"), say("where it stands")]
    rows = []
    for name, figure in explained.listed_figures.items():
        measure = explained.indicator.measures[name]
        shown = show_figure(figure, measure, say, unaries_of(name, explained.rules))
        rows.append([name, shown, measure.title, tell_source(figure, say)])
    return draw_table(header, rows, right=set())


def _list_rule(rule: TracedRule, explained: IndicatorExplanation, say: Translator) -> list[str]:
    """The level (▸ where it is the one reached), its rule, its verdict, and of several parts the verdict of each."""
    lines = split_rule(rule.rule, say)
    if len(lines) > 1:
        lines = [f"{line} ({tell_verdict(part.holds, say)})" for line, part in zip(lines, rule.parts, strict=True)]
    verdict = "-" if explained.level is None else tell_verdict(rule.holds, say)
    here = "▸ " if rule.level == explained.level else ""
    return [f"{here}{rule.level}", " ".join(lines), verdict, rule.text or ""]


def _tell_next(explained: IndicatorExplanation, say: Translator) -> str:
    if explained.next is None:
        return escape_markdown(tell_no_step(explained, say))
    lines = [f"**{say('next:')} {escape_markdown(tell_step(explained.next, say))}**"]
    return "\n".join([*lines, "", *(f"- {escape_markdown(line)}" for line in tell_changes(explained, say))])
