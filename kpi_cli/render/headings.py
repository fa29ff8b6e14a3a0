"""What stands above and below a ranking in every format: what is provisional, who reported, what it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from kpi_cli.diagnostics import Severity, count_severities
from kpi_cli.model import IndicatorSet, Section
from kpi_cli.render.report import Report
from kpi_cli.render.text import join_lines, shorten_text
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.values import exact_text
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, Overall, Scorecard

NOT_REPORTED = mark("not reported")
NOT_APPLICABLE = mark("n/a")
FRAGILE_SIGN = "≈"
"""Stands behind the name of who has a figure close to a threshold."""
_LONGEST_TITLE = 30


class Turnout(NamedTuple):
    """How many entities there are, and of these: complete in every ranking, reported in part, reported nothing."""

    entities: int
    complete: int
    incomplete: int
    absent: int


def count_turnout(rankings: Sequence[Sequence[EntityScore]]) -> Turnout:
    """The turnout of one or several rankings; an entity is complete if it is so in all of them."""
    if len(rankings) == 1:  # everyone stands in it once
        return _add_up((row.total.reported, row.total.complete) for row in rankings[0])
    seen: dict[Entity, tuple[bool, bool]] = {}
    for row in chain.from_iterable(rankings):
        (reported, complete), total = seen.get(row.entity, (False, True)), row.total
        seen[row.entity] = (reported or total.reported, complete and total.complete)
    return _add_up(seen.values())


def _add_up(seen: Iterable[tuple[bool, bool]]) -> Turnout:
    """The turnout of entities, of which each has reported or not, and is complete or not."""
    counts = Counter(seen)
    whole, part, everyone = counts[True, True], counts[True, False], counts.total()
    return Turnout(everyone, whole, part, everyone - whole - part)


def describe_provisional(rankings: Sequence[Sequence[EntityScore]], report: Report, say: Translator) -> str:
    """Why ranks may still change (`provisional: 1 district not reported`), or nothing where they will not."""
    turnout = count_turnout(rankings)
    reasons, entity = [], entity_title(report.definition, say)
    if turnout.incomplete:
        reasons.append(say("{n} {entity} incomplete", n=turnout.incomplete, entity=entity))
    if turnout.absent:
        reasons.append(say("{n} {entity} not reported", n=turnout.absent, entity=entity))
    if "keep-going" in report.options:
        reasons.append(say("refused cells left out (errors {n})", n=report.options["keep-going"]))
    return say("provisional: {reasons}", reasons=", ".join(reasons)) if reasons else ""


def say_nobody(report: Report, say: Translator) -> str:
    """What stands in the place of a ranking without a single report."""
    return say("no {entity} has reported", entity=entity_title(report.definition, say))


def list_counts(report: Report, scorecard: Scorecard, say: Translator) -> Iterator[str]:
    """The line under the rankings, in parts: how many entities, how much they reported, what was found.

    A section in which nobody reported says so where it stands, and does not make everyone incomplete here.
    """
    begun = [section for section in scorecard.sections if any(row.reported for row in section.rows)]
    turnout = count_turnout([section.rows for section in begun or scorecard.sections])
    yield f"{turnout.entities} {entity_title(report.definition, say)}"
    whole = len(begun) == len(scorecard.sections) > 1
    complete = mark("complete in all sections {n}") if whole else mark("complete {n}")
    yield say(complete, n=turnout.complete)
    if turnout.incomplete:
        yield say("not complete {n}", n=turnout.incomplete)
    if turnout.absent:
        yield say("reported nothing {n}", n=turnout.absent)
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


def entity_title(definition: IndicatorSet | None, say: Translator) -> str:
    """What the set calls those it ranks, with the default of the format translated."""
    title = definition.entity.title if definition else "entity"
    return say("entity") if title == "entity" else join_lines(title)


def describe_shares(overall: Overall, scorecard: Scorecard, say: Translator) -> str:
    """`Team 50 + Individual 50`, and where the shares came from if not from the set."""
    titles = name_sections(overall, scorecard)
    shares = " + ".join(f"{titles[section]} {exact_text(share)}" for section, share in overall.shares.items())
    return (
        f"{shares} ({say('shares from the command line, not from the set')})" if overall.from_command_line else shares
    )


def name_sections(overall: Overall, scorecard: Scorecard) -> dict[str, str]:
    """Section id -> its title, shortened where it is long, for the sections of an overall ranking."""
    titles = {section.id: join_lines(section.title) for section in scorecard.sections}
    return {section: shorten_text(titles.get(section, section), _LONGEST_TITLE) for section in overall.shares}


# What a reading of percent figures does to a bare 0.9.
_PERCENT = {
    "points": mark("percent figures from 0 to 1 without a % sign were read as percent: 0.9 is 0.9%"),
    "fraction": mark("percent figures from 0 to 1 without a % sign were read as fractions: 0.9 is 90%"),
}


def describe_options(report: Report, say: Translator, section: Section | None = None) -> list[str]:
    """The options that changed the result, or that of one `section`, as sentences; none where all were left as is."""
    options, sentences = report.options, []
    if "percent" in options:
        sentences.append(say(_PERCENT[options["percent"]]) + f" (--percent {options['percent']})")
    ids = list_tie_break(report, section)
    if ids:
        sentences.append(say("equal scores were ranked by {ids} (--tie-break)", ids=", ".join(ids)))
    if "keep-going" in options:
        left_out = say("ranked without the cells that were refused: errors {n}", n=options["keep-going"])
        sentences.append(f"{left_out} (--keep-going)")
    return sentences


def list_tie_break(report: Report, section: Section | None = None) -> list[str]:
    """The indicators that decided between equal scores: of those that were named, a section has only its own."""
    named = report.options["tie-break"].split(", ") if "tie-break" in report.options else []
    own = {indicator.id for indicator in section or ()}
    return [id_ for id_ in named if section is None or id_ in own]


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
    for sentence in describe_options(report, say):
        yield say("option"), sentence
    typed = list_typed_options(report)
    if typed:
        yield say("options as typed"), " ".join(typed)
    yield say("made by"), f"kpi {report.version}"


def list_typed_options(report: Report) -> list[str]:
    """The options that changed the result as they are typed, so that anyone, and `kpi verify`, can score again."""
    typed = []
    if "percent" in report.options:
        typed += ["--percent", report.options["percent"]]
    overall = report.scorecard.overall if report.scorecard else None
    if overall is not None and overall.from_command_line:
        shares = (f"{section}={exact_text(share)}" for section, share in overall.shares.items())
        typed += ["--overall", ",".join(shares)]
    if "tie-break" in report.options:
        typed += ["--tie-break", ",".join(list_tie_break(report))]
    return [*typed, *(["--keep-going"] if "keep-going" in report.options else [])]


def index_scores(scorecard: Scorecard) -> dict[tuple[str, Entity], EntityScore]:
    """Section id and entity -> its row, for the section scores beside an overall one."""
    return {(section.id, row.entity): row for section in scorecard.sections for row in section.rows}
