"""All that the page shows, gathered: rankings, losses, cards, findings, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model import IndicatorSet
from kpi_cli.render.agreement.words import describe_set
from kpi_cli.render.findings.text import list_related, place_of, show_place
from kpi_cli.render.fragile_words import FRAGILE_TITLE
from kpi_cli.render.headings import entity_title, list_counts, list_provenance
from kpi_cli.render.html.cards import Card, build_cards
from kpi_cli.render.html.losses import LossTable, build_loss_table
from kpi_cli.render.html.rankings import Table, build_overall_table, build_section_table, call_roll
from kpi_cli.render.numbers import level_step
from kpi_cli.render.report import Report
from kpi_cli.render.sentences import describe
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Language, Translator, mark, translate
from kpi_cli.scoring.scorecard import Scorecard

WORDS = {
    "close": FRAGILE_TITLE,
    "figure": mark("figure"),
    "rank": mark("rank"),
    "skip": mark("to the rankings"),
    "parts": mark("parts of this page"),
    "search": mark("Find"),
    "score": mark("score"),
    "grade": mark("grade"),
    "level": mark("level"),
    "indicator": mark("indicator"),
    "nothing": mark("Nothing is ranked."),
    "legend": mark("level"),
    "legend_open": mark("in a dashed border: figures are missing, the level may still be any of these"),
    "losses": mark("Where the points are lost"),
    "losses_about": mark("Points of 100 that the average entity leaves behind, and how many stand at each level."),
    "lost": mark("points lost"),
    "spread": mark("how many at each level"),
    "cards": mark("Each one explained"),
    "cards_about": mark("Open one to see why each level, in which cell the figures stand, and what comes next."),
    "noscript": mark("The explanations need JavaScript; everything else is complete without it."),
    "notes": mark("Notes"),
    "clean": mark("Nothing was found."),
    "made_from": mark("Made from"),
}
_SEVERITIES = {Severity.ERROR: mark("Errors"), Severity.WARNING: mark("Warnings"), Severity.NOTE: mark("Notes")}


class Finding(NamedTuple):
    """One finding in words."""

    place: str
    message: str
    more: tuple[str, ...]
    help: str


class FindingGroup(NamedTuple):
    """The findings of one severity."""

    title: str
    severity: str
    lines: tuple[Finding, ...]


class HtmlPage(NamedTuple):
    """What the templates are filled with; `steps` is level -> the step that colours it."""

    title: str
    lines: tuple[str, ...]
    entity: str
    scale: int
    steps: tuple[int, ...]
    tables: tuple[Table, ...]
    losses: tuple[LossTable, ...]
    cards: tuple[Card, ...]
    data: dict[str, object]
    findings: tuple[FindingGroup, ...]
    provenance: tuple[tuple[str, str], ...]
    version: str


def build_page(report: Report, language: Language) -> HtmlPage:
    """The page of `report`; without a scorecard it holds the findings alone."""
    say = translate(language)
    scorecard, definition = report.scorecard, report.definition
    empty = HtmlPage(
        title=join_lines(definition.title) if definition else say("Ranking"),
        lines=(),
        entity=entity_title(definition, say),
        scale=0,
        steps=(),
        tables=(),
        losses=(),
        cards=(),
        data={},
        findings=tuple(_group_findings(report, language, say)),
        provenance=tuple(list_provenance(report, say)),
        version=report.version,
    )
    return empty if scorecard is None or definition is None else _fill(empty, report, scorecard, definition, say)


def _fill(page: HtmlPage, report: Report, scorecard: Scorecard, definition: IndicatorSet, say: Translator) -> HtmlPage:
    roll = call_roll(definition, scorecard)
    deck = build_cards(definition, scorecard, roll, say)
    tables = [build_section_table(ranking, report, roll, say) for ranking in scorecard.sections]
    if scorecard.overall:
        tables.insert(0, build_overall_table(scorecard.overall, scorecard, report, roll, say))
    return page._replace(
        lines=tuple(_list_lines(report, scorecard, definition, say)),
        scale=definition.scale,
        steps=tuple(level_step(level, definition.scale) for level in range(definition.scale + 1)),
        tables=tuple(tables),
        losses=tuple(build_loss_table(ranking, definition, say) for ranking in scorecard.sections),
        cards=deck.cards,
        data=deck.data,
    )


def _list_lines(report: Report, scorecard: Scorecard, definition: IndicatorSet, say: Translator) -> Iterator[str]:
    """Under the title: whose agreement it is and of which days, and how much was reported."""
    head = dict(describe_set(definition, say))
    yield " · ".join(head[key] for key in (say("organisation"), say("period"), say("source")) if key in head)
    yield " · ".join(list_counts(report, scorecard, say))


def _group_findings(report: Report, language: Language, say: Translator) -> Iterator[FindingGroup]:
    for severity in Severity:
        found = [item for item in report.diagnostics if item.severity is severity]
        if found:
            lines = tuple(_tell_finding(item, language) for item in found)
            yield FindingGroup(f"{say(_SEVERITIES[severity])} ({len(found)})", severity.value, lines)


def _tell_finding(diagnostic: Diagnostic, language: Language) -> Finding:
    place, (message, advice) = place_of(diagnostic.place), describe(diagnostic, language)
    return Finding(show_place(place) if place else "", message, tuple(list_related(diagnostic, language)), advice)
