"""From the names of results files to a scoring, as a value."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from kpi_cli.diagnostics import Diagnostic, Severity, count_severities, has_errors
from kpi_cli.render.report import Report
from kpi_cli.version import VERSION
from kpi_cli.workflows.ids import find_unknown_ids
from kpi_cli.workflows.packed import refuse_packed
from kpi_cli.workflows.sets import ChosenSet, choose_set

if TYPE_CHECKING:
    from kpi_cli.model import IndicatorSet
    from kpi_cli.results.inputs import Found, InputPath
    from kpi_cli.results.read import OnFile, Results
    from kpi_cli.scoring.fragile import Sensitivity
    from kpi_cli.scoring.scorecard import Scorecard

PercentReading = Literal["refuse", "points", "fraction"]


class ScoreOptions(NamedTuple):
    """How to score. `shares`: section id -> share of an overall score, summing to 100; None leaves it to the set.
    `within`: how close to a threshold a figure is fragile; None does not ask.
    `written`: what will be written of it, by the names of `packed.ROOM`.
    """

    set_reference: str | None = None
    percent: PercentReading = "refuse"
    keep_going: bool = False
    shares: Mapping[str, Decimal] | None = None
    tie_break: tuple[str, ...] = ()
    within: Decimal | None = None
    written: tuple[str, ...] = ()


class Reading(NamedTuple):
    """What results files came to: the set they were read by, and all findings up to here.

    `results` is None where there is no sound set to read them by; `paths` are the files that were read, and
    `places` says where the files are that findings call by short names.
    """

    chosen: ChosenSet | None
    results: Results | None
    diagnostics: tuple[Diagnostic, ...]
    paths: tuple[pathlib.Path, ...] = ()
    places: Mapping[str, pathlib.Path] = {}


class ScoreRun(NamedTuple):
    """What a scoring came to: the report, the set it chose, the files that were read, and options that are wrong.

    `some_reported` says whether there is anything to rank, with or without what was refused.
    """

    report: Report
    chosen: ChosenSet | None = None
    paths: tuple[pathlib.Path, ...] = ()
    usage_errors: tuple[Diagnostic, ...] = ()
    some_reported: bool = False


def read_results(files: Sequence[str], definition: IndicatorSet, *, percent: PercentReading = "refuse") -> Results:
    """The records of results files, folders and patterns, read by `definition`, with every finding on the way."""
    from kpi_cli.results import read
    from kpi_cli.results.inputs import find_files

    found = find_files(files)
    results = read.read_results(found.files, definition, percent=percent)
    return results._replace(diagnostics=(*found.diagnostics, *results.diagnostics))


def read_files(
    arguments: Sequence[str],
    *,
    set_reference: str | None,
    percent: PercentReading,
    set_argument: str | None = None,
    on_file: OnFile | None = None,
    aside: Sequence[pathlib.Path] = (),
) -> Reading:
    """Reads the results files that `arguments` name by the set that is meant; `on_file` is told of each.

    The rosters of sets, that one's and those in `aside`, may lie among the results: they are none.
    """
    from kpi_cli.results.inputs import find_files

    found = find_files(arguments)
    return choose_and_read(
        found, set_reference=set_reference, percent=percent, set_argument=set_argument, on_file=on_file, aside=aside
    )


def choose_and_read(
    found: Found,
    *,
    set_reference: str | None,
    percent: PercentReading,
    set_argument: str | None = None,
    on_file: OnFile | None = None,
    aside: Sequence[pathlib.Path] = (),
) -> Reading:
    """Reads files that were found already, by the set that is meant."""
    from kpi_cli.checks.check import check_for_scores
    from kpi_cli.results import read

    marks = read.read_set_marks(found.files)
    workbook_ids = {file: mark.id for file, mark in marks.items()}
    chosen = choose_set(set_reference, workbook_ids=workbook_ids, argument=set_argument, check=check_for_scores)
    if isinstance(chosen, Diagnostic):
        return Reading(None, None, (*found.diagnostics, chosen))
    return read_found(found, chosen, percent=percent, on_file=on_file, aside=aside)


def read_found(
    found: Found,
    chosen: ChosenSet,
    *,
    percent: PercentReading,
    on_file: OnFile | None = None,
    aside: Sequence[pathlib.Path] = (),
) -> Reading:
    """Reads files that were found already by a set that was chosen; a set with errors reads none."""
    from kpi_cli.results import read

    about_set, definition = chosen.loaded.diagnostics, chosen.loaded.definition
    if definition is None:
        return Reading(chosen, None, (*about_set, *found.diagnostics))
    rosters = (*aside, *((chosen.loaded.roster,) if chosen.loaded.roster else ()))
    files = [item for item in found.files if not any(is_same_file(item.path, roster) for roster in rosters)]
    results = read.read_results(files, definition, percent=percent, on_file=on_file)
    diagnostics = (*about_set, *found.diagnostics, *results.diagnostics)
    places = {item.shown: item.path for item in files if item.path is not None}
    return Reading(chosen, results, diagnostics, _paths_read(files, chosen, results), places)


def is_same_file(path: pathlib.Path | None, other: pathlib.Path) -> bool:
    """Whether both are one file; compared as files, not as names."""
    try:
        return path is not None and path.samefile(other)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False


def _paths_read(files: Sequence[InputPath], chosen: ChosenSet, results: Results) -> tuple[pathlib.Path, ...]:
    # A report of our own that lies among the inputs was passed over: it may be made again.
    ours = {item.params["file"] for item in results.diagnostics if item.code == "own-report"}
    paths = (*(item.path for item in files if item.shown not in ours), chosen.path, chosen.loaded.roster)
    return tuple(path for path in paths if path is not None)


def score_files(arguments: Sequence[str], options: ScoreOptions, *, on_file: OnFile | None = None) -> ScoreRun:
    """Reads the results files that `arguments` name and scores them; every finding is in the report."""
    reading = read_files(arguments, set_reference=options.set_reference, percent=options.percent, on_file=on_file)
    return score_reading(reading, options)


def score_reading(reading: Reading, options: ScoreOptions) -> ScoreRun:
    """Scores what was read; every finding is in the report."""
    reading = refuse_packed(reading, options.written)
    definition = reading.chosen.loaded.definition if reading.chosen else None
    if reading.chosen is None or reading.results is None or definition is None:
        return ScoreRun(Report(None, None, None, (), VERSION, None, reading.diagnostics), reading.chosen)
    usage = _check_options(definition, options)
    if usage:
        return ScoreRun(Report(None, None, None, (), VERSION, None, usage), reading.chosen, usage_errors=usage)
    scorecard = _score(definition, reading, options)
    report = Report(
        definition=definition,
        set_file=reading.chosen.loaded.file,
        set_sha256=definition.sha256,
        inputs=reading.results.inputs,
        version=VERSION,
        scorecard=scorecard,
        diagnostics=reading.diagnostics,
        options=dict(_list_options(options, reading.diagnostics)) if scorecard else {},
        sensitivity=_measure_sensitivity(definition, scorecard, options),
    )
    return ScoreRun(report, reading.chosen, reading.paths, some_reported=_has_figures(reading.results))


def _check_options(definition: IndicatorSet, options: ScoreOptions) -> tuple[Diagnostic, ...]:
    return (
        *find_unknown_ids("--overall", tuple(options.shares or ()), [section.id for section in definition.sections]),
        *find_unknown_ids("--tie-break", options.tie_break, [indicator.id for indicator in definition.indicators]),
    )


def _score(definition: IndicatorSet, reading: Reading, options: ScoreOptions) -> Scorecard | None:
    """The scorecard; None beside a refusal, unless the user goes on without what was refused."""
    from kpi_cli.scoring.score import score_records

    if reading.results is None:
        return None
    if has_errors(reading.diagnostics) and not (options.keep_going and reading.results.inputs):
        return None
    return score_records(definition, reading.results.records, shares=options.shares, tie_break=options.tie_break)


def _measure_sensitivity(
    definition: IndicatorSet, scorecard: Scorecard | None, options: ScoreOptions
) -> Sensitivity | None:
    if scorecard is None or options.within is None:
        return None
    from kpi_cli.scoring.fragile import find_fragile

    return find_fragile(definition, scorecard, within=options.within, tie_break=options.tie_break)


def _has_figures(results: Results) -> bool:
    return any(figure.reported for record in results.records for figure in record.figures.values())


def _list_options(options: ScoreOptions, diagnostics: Sequence[Diagnostic]) -> Iterator[tuple[str, str]]:
    """The options that make this scoring another one than without them."""
    if options.percent != "refuse":
        yield "percent", options.percent
    if options.tie_break:
        yield "tie-break", ", ".join(options.tie_break)
    errors = count_severities(diagnostics)[Severity.ERROR]
    if options.keep_going and errors:
        yield "keep-going", str(errors)
