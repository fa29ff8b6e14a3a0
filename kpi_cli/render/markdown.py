"""The rankings as Markdown: a table a section, the findings, and what it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from kpi_cli.model import IndicatorSet
from kpi_cli.render.findings.text import SEVERITY_WORDS, list_related, place_of, show_place
from kpi_cli.render.fragile_words import FRAGILE_HEADER, FRAGILE_TITLE, list_fragile, tell_within
from kpi_cli.render.headings import (
    NOT_REPORTED,
    describe_provisional,
    describe_shares,
    entity_title,
    index_scores,
    list_counts,
    list_provenance,
    name_sections,
    say_nobody,
)
from kpi_cli.render.numbers import digits_needed, section_digits, show_level, show_score
from kpi_cli.render.report import Report
from kpi_cli.render.sentences import describe
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Language, Translator, translate
from kpi_cli.scoring.scorecard import EntityScore, Overall, Scorecard, SectionRanking

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&$])")


def render_markdown(report: Report, language: Language) -> str:
    """The whole report as a Markdown page."""
    say = translate(language)
    title = report.definition.title if report.definition else say("Ranking")
    blocks = [f"# {escape_markdown(title)}"]
    if report.scorecard and report.definition:
        blocks += _render_rankings(report, report.scorecard, report.definition, say)
    else:
        blocks.append(say("Nothing is ranked."))
    blocks += _render_findings(report, say, language)
    blocks += [f"## {say('Made from')}", "\n".join(_render_provenance(report, say))]
    return "\n\n".join(blocks) + "\n"


@lru_cache(maxsize=4_096)  # titles and rules come up on every page
def escape_markdown(text: str) -> str:
    """`text` on one line, as text and nothing else: no markup, no HTML, no cell border."""
    return _SPECIAL.sub(r"\\\1", join_lines(text))


def _render_rankings(report: Report, scorecard: Scorecard, definition: IndicatorSet, say: Translator) -> Iterator[str]:
    for ranking in scorecard.sections:
        yield f"## {escape_markdown(ranking.title)}"
        provisional = describe_provisional([ranking.rows], report, say)
        if not any(row.reported for row in ranking.rows):
            yield escape_markdown(say_nobody(report, say))
            continue
        if provisional:
            yield f"**{escape_markdown(provisional)}**"
        yield _render_section(ranking, definition, say)
        yield from _render_fragile(ranking.id, report, definition, say)
    if scorecard.overall:
        yield from _render_overall(scorecard.overall, report, scorecard, definition, say)
    yield " · ".join(escape_markdown(part) for part in list_counts(report, scorecard, say))


def _render_section(ranking: SectionRanking, definition: IndicatorSet, say: Translator) -> str:
    section = next(section for section in definition.sections if section.id == ranking.id)
    ids = [indicator.id for indicator in section]
    digits = digits_needed(ranking.rows, (grade.min for grade in definition.grades))
    header = [*_list_header(definition, say), *ids]
    rows = ([*_list_total(row, definition, digits, say), *_list_levels(row)] for row in ranking.rows)
    return draw_table(header, rows, right={0, 2, *range(len(header) - len(ids), len(header))})


def _render_fragile(section: str, report: Report, definition: IndicatorSet, say: Translator) -> Iterator[str]:
    if report.sensitivity is None:
        return
    yield f"### {say(FRAGILE_TITLE)}"
    yield escape_markdown(tell_within(report.sensitivity, say, section=section))
    rows = list(list_fragile(report.sensitivity, definition, say, section=section))
    if rows:
        yield draw_table([entity_title(definition, say), *map(say, FRAGILE_HEADER)], rows, right=set())


def _list_header(definition: IndicatorSet, say: Translator) -> list[str]:
    header = [say("rank"), entity_title(definition, say), say("score")]
    return [*header, say("grade")] if definition.grades else header


def _list_total(row: EntityScore, definition: IndicatorSet, digits: int, say: Translator) -> list[str]:
    score = show_score(row, digits) if row.reported else say(NOT_REPORTED)
    total = ["-" if row.rank is None else str(row.rank), row.entity.name, score or "n/a"]
    return [*total, row.grade or ""] if definition.grades else total


def _list_levels(row: EntityScore) -> list[str]:
    return [show_level(indicator) if row.reported else "" for indicator in row.indicators]


def _render_overall(
    overall: Overall, report: Report, scorecard: Scorecard, definition: IndicatorSet, say: Translator
) -> Iterator[str]:
    yield f"## {say('Overall')}"
    provisional = describe_provisional([overall.rows], report, say)
    if provisional:
        yield f"**{escape_markdown(provisional)}**"
    yield escape_markdown(describe_shares(overall, scorecard, say))
    digits, own = digits_needed(overall.rows, (grade.min for grade in definition.grades)), index_scores(scorecard)
    each = section_digits(scorecard, definition)
    header = [*_list_header(definition, say), *name_sections(overall, scorecard).values()]
    rows = (
        [
            *_list_total(row, definition, digits, say),
            *(
                show_score(own[section, row.entity], each[section]) if (section, row.entity) in own else ""
                for section in overall.shares
            ),
        ]
        for row in overall.rows
    )
    yield draw_table(header, rows, right={0, 2, *range(len(header) - len(overall.shares), len(header))})


def draw_table(header: Sequence[str], rows: Iterable[Sequence[str]], *, right: set[int]) -> str:
    """A Markdown table of escaped cells; the columns in `right` are aligned to the right."""
    rule = ["--:" if column in right else "---" for column in range(len(header))]
    lines = [header, *rows]
    shown = [[escape_markdown(cell) for cell in line] for line in lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in [shown[0], rule, *shown[1:]])


def _render_findings(report: Report, say: Translator, language: Language) -> Iterator[str]:
    if not report.diagnostics:
        return
    yield f"## {say('Notes')}"
    lines = []
    for diagnostic in report.diagnostics:
        place, sentence = place_of(diagnostic.place), describe(diagnostic, language)
        where = f"{escape_markdown(show_place(place))}: " if place else ""
        word = say(SEVERITY_WORDS[diagnostic.severity])
        parts = (*sentence, *list_related(diagnostic, language))
        text = " — ".join(escape_markdown(part) for part in parts if part)
        lines.append(f"- {where}**{word}** ({escape_markdown(diagnostic.code)}) {text}")
    yield "\n".join(lines)


def _render_provenance(report: Report, say: Translator) -> Iterator[str]:
    for label, value in list_provenance(report, say):
        yield f"- {label}: {escape_markdown(value)}"
