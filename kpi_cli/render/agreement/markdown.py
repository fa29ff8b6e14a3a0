"""`kpi show` as Markdown: the same agreement, a table for each indicator."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.model import Group, Indicator, IndicatorSet, Section
from kpi_cli.render.agreement.words import (
    describe_measure,
    describe_policy,
    describe_remarks,
    describe_set,
    describe_weight,
)
from kpi_cli.render.level_values import list_level_values
from kpi_cli.render.markdown import draw_table, escape_markdown
from kpi_cli.render.rule_words import split_rule
from kpi_cli.render.translate import Language, Translator, translate


def render_agreement_markdown(definition: IndicatorSet, language: Language) -> str:
    """The whole set as a Markdown page."""
    return "\n\n".join(_render_set(definition, translate(language))) + "\n"


def render_indicator_markdown(indicator: Indicator, language: Language) -> str:
    """One indicator as a Markdown page, with the values that give each level."""
    say = translate(language)
    parts = [*_render_indicator(indicator, say, heading="#")]
    values = [[str(row.level), "; ".join(row.boxes), row.text] for row in list_level_values(indicator, say)]
    if values:
        parts.append(draw_table([say("level"), say("which values"), say("in the memo")], values, right={0}))
    return "\n\n".join(parts) + "\n"


def _render_set(definition: IndicatorSet, say: Translator) -> Iterator[str]:
    yield f"# {escape_markdown(definition.title)}"
    yield "\n".join(f"- {label}: {escape_markdown(value)}" for label, value in describe_set(definition, say))
    for section in definition.sections:
        yield from _render_section(section, say)


def _render_section(section: Section, say: Translator) -> Iterator[str]:
    yield f"## {escape_markdown(section.title)}"
    if section.note:
        yield escape_markdown(say("note: {note}", note=section.note))
    for item in section.indicators:
        if isinstance(item, Group):
            yield f"### {escape_markdown(item.id)} {escape_markdown(item.title)}"
        for indicator in item.indicators if isinstance(item, Group) else (item,):
            yield from _render_indicator(indicator, say, heading="####" if isinstance(item, Group) else "###")


def _render_indicator(indicator: Indicator, say: Translator, *, heading: str) -> Iterator[str]:
    yield f"{heading} {escape_markdown(indicator.id)} {escape_markdown(indicator.title)}"
    yield escape_markdown(f"{describe_weight(indicator, say)} · {describe_policy(indicator, say)}")
    levels = (
        [str(number), " ".join(split_rule(level.when, say)), level.text or ""]
        for number, level in sorted(indicator.levels.items())
    )
    yield draw_table([say("level"), say("rule"), say("in the memo")], levels, right={0})
    measures = ([name, one.title, describe_measure(one, say)] for name, one in indicator.measures.items())
    yield draw_table([say("measure"), say("what is reported"), say("how")], measures, right=set())
    remarks = "\n".join(f"- {escape_markdown(remark)}" for remark in describe_remarks(indicator, say))
    if remarks:
        yield remarks
