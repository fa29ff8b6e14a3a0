"""What stands above and below a ranking in every format: what is provisional, who reported, what it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kpi_cli.diagnostics import Severity, count_severities
from kpi_cli.model import IndicatorSet
from kpi_cli.render.report import Report
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.values import exact_text
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, Overall, Scorecard

NOT_REPORTED = mark("not reported")
NOT_APPLICABLE = mark("n/a")


class Turnout(NamedTuple):
    """How many entities there are, how many reported anything, and how many of these left figures open."""

    entities: int
    reported: int
    incomplete: int


def count_turnout(rows: Iterable[EntityScore]) -> Turnout:
    """The turnout of one or several rankings; an entity is incomplete if it is so in any of them."""
    seen: dict[Entity, tuple[bool, bool]] = {}
    for row in rows:
        reported, complete = seen.get(row.entity, (False, True))
        seen[row.entity] = (reported or row.reported, complete and row.complete)
    incomplete = sum(1 for reported, complete in seen.values() if reported and not complete)
    return Turnout(len(seen), sum(reported for reported, _ in seen.values()), incomplete)


def describe_provisional(rows: Iterable[EntityScore], definition: IndicatorSet, say: Translator) -> str:
    """Why ranks may still change (`provisional: 1 district not reported`), or nothing where they will not."""
    turnout = count_turnout(rows)
    missing = turnout.entities - turnout.reported
    if not missing and not turnout.incomplete:
        return ""
    reasons, entity = [], entity_title(definition, say)
    if turnout.incomplete:
        reasons.append(say("{n} {entity} incomplete", n=turnout.incomplete, entity=entity))
    if missing:
        reasons.append(say("{n} {entity} not reported", n=missing, entity=entity))
    return say("provisional: {reasons}", reasons=", ".join(reasons))


def list_counts(report: Report, scorecard: Scorecard, definition: IndicatorSet, say: Translator) -> Iterator[str]:
    """The line under the rankings, in parts: how many entities, how many reported, what was found."""
    turnout = count_turnout(row for section in scorecard.sections for row in section.rows)
    yield f"{turnout.entities} {entity_title(definition, say)}"
    yield say("reported {n}", n=turnout.reported)
    if turnout.incomplete:
        yield say("incomplete {n}", n=turnout.incomplete)
    yield from list_findings(report, say)


def list_findings(report: Report, say: Translator) -> Iterator[str]:
    """How many findings there are of each severity, but for those there are none of."""
    found = count_severities(report.diagnostics)
    if found[Severity.ERROR]:
        yield say("errors {n}", n=found[Severity.ERROR])
    if found[Severity.WARNING]:
        yield say("warnings {n}", n=found[Severity.WARNING])
    if found[Severity.NOTE]:
        yield say("notes {n}", n=found[Severity.NOTE])


def entity_title(definition: IndicatorSet, say: Translator) -> str:
    """What the set calls those it ranks, with the default of the format translated."""
    title = definition.entity.title
    return say("entity") if title == "entity" else join_lines(title)


def describe_shares(overall: Overall, say: Translator) -> str:
    """`team 50 + individual 50`, and where the shares came from if not from the set."""
    shares = " + ".join(f"{section} {exact_text(share)}" for section, share in overall.shares.items())
    return (
        f"{shares} ({say('shares from the command line, not from the set')})" if overall.from_command_line else shares
    )


def list_provenance(report: Report, say: Translator) -> Iterator[tuple[str, str]]:
    """What a report was made from, as labels and values: the set, the input files, the version."""
    if report.definition:
        yield say("indicator set"), f"{report.definition.id} · {join_lines(report.definition.title)}"
    if report.set_file:
        yield say("file of the set"), join_lines(report.set_file)
    if report.set_sha256:
        yield say("sha256 of the set"), report.set_sha256
    for file in report.inputs:
        yield say("results file"), f"{join_lines(file.file)} · sha256 {file.sha256}"
    yield say("made by"), f"kpi {report.version}"


def index_scores(scorecard: Scorecard) -> dict[tuple[str, Entity], EntityScore]:
    """Section id and entity -> its row, for the section scores beside an overall one."""
    return {(section.id, row.entity): row for section in scorecard.sections for row in section.rows}
