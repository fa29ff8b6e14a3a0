"""load -> check -> read -> score, as values: what a command does, without a word printed."""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from kpi_cli.checks import check_set
from kpi_cli.definition.find import SetFile, find_set, find_shipped
from kpi_cli.definition.load import LoadedSet, load_definition
from kpi_cli.diagnostics import Diagnostic, Place, Severity, has_errors
from kpi_cli.render.report import Report
from kpi_cli.version import VERSION

if TYPE_CHECKING:
    from kpi_cli.model import IndicatorSet
    from kpi_cli.results.inputs import InputPath
    from kpi_cli.results.read import OnFile, Results
    from kpi_cli.scoring.scorecard import Scorecard

PercentReading = Literal["refuse", "points", "fraction"]
Origin = Literal["option", "workbook", "environment", "shipped"]
STANDARD_INPUT = "-"
SET_VARIABLE = "KPI_SET"
SET_SUFFIXES = frozenset({".yaml", ".yml"})


class ChosenSet(NamedTuple):
    """The set of a run, and what chose it: --set, the workbook's property, KPI_SET, or nothing (the shipped one)."""

    loaded: LoadedSet
    origin: Origin
    path: pathlib.Path | None = None
    shipped: bool = False


class ScoreOptions(NamedTuple):
    """How to score. `shares`: section id -> share of an overall score, summing to 100; None leaves it to the set."""

    set_reference: str | None = None
    percent: PercentReading = "refuse"
    keep_going: bool = False
    shares: Mapping[str, Decimal] | None = None
    tie_break: tuple[str, ...] = ()


class Reading(NamedTuple):
    """What results files came to: the set they were read by, and all findings up to here.

    `results` is None where there is no sound set to read them by; `paths` are the files that were read.
    """

    chosen: ChosenSet | None
    results: Results | None
    diagnostics: tuple[Diagnostic, ...]
    paths: tuple[pathlib.Path, ...] = ()


class ScoreRun(NamedTuple):
    """What a scoring came to: the report, the set it chose, the files that were read, and options that are wrong.

    `some_reported` says whether there is anything to rank, with or without what was refused.
    """

    report: Report
    chosen: ChosenSet | None = None
    paths: tuple[pathlib.Path, ...] = ()
    usage_errors: tuple[Diagnostic, ...] = ()
    some_reported: bool = False


class ValidateRun(NamedTuple):
    """What checking came to: all findings, and the text of the sets for excerpts (file -> text)."""

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str] = {}
    checked: tuple[str, ...] = ()


def load_set(reference: str) -> LoadedSet:
    """The set named by a file, an id, or - for standard input, read and checked; findings stand in `diagnostics`."""
    if reference == STANDARD_INPUT:
        data = sys.stdin.buffer.read()
        return _check_loaded(load_definition(data, file="<stdin>", folder=pathlib.Path()))
    found = find_set(reference)
    return LoadedSet(reference, None, (found,)) if isinstance(found, Diagnostic) else load_set_file(found.path)


def read_results(files: Sequence[str], definition: IndicatorSet, *, percent: PercentReading = "refuse") -> Results:
    """The records of results files, folders and patterns, read by `definition`, with every finding on the way."""
    from kpi_cli.results import read
    from kpi_cli.results.inputs import find_files

    found = find_files(files)
    results = read.read_results(found.files, definition, percent=percent)
    return results._replace(diagnostics=(*found.diagnostics, *results.diagnostics))


def load_set_file(path: pathlib.Path, *, shown: str | None = None) -> LoadedSet:
    """Reads and checks the set at `path`; a file that cannot be opened is a finding."""
    shown = shown or path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        return LoadedSet(shown, None, (_cannot_open(shown, error),))
    return _check_loaded(load_definition(data, file=shown, folder=path.parent))


def _cannot_open(shown: str, error: OSError) -> Diagnostic:
    params = {"set": shown, "problem": error.strerror or type(error).__name__}
    return Diagnostic("unreadable", Severity.ERROR, Place(shown), params, "set-cannot-open")


def _check_loaded(loaded: LoadedSet) -> LoadedSet:
    if loaded.definition is None:
        return loaded
    found = loaded.locate(check_set(loaded.definition))
    definition = None if has_errors(found) else loaded.definition
    return replace(loaded, definition=definition, diagnostics=(*loaded.diagnostics, *found))


def choose_set(reference: str | None, *, workbook_ids: Mapping[str, str]) -> ChosenSet | Diagnostic:
    """The set to use: `reference` (a file or an id), else the id that the workbooks carry, else KPI_SET, else the
    shipped one. A name that leads nowhere is an error, never passed over.
    """
    origin, name = _choose_reference(reference, workbook_ids)
    if isinstance(name, Diagnostic):
        return name
    found = find_set(name) if name else find_shipped()
    if isinstance(found, Diagnostic):
        return found
    return ChosenSet(load_set_file(found.path, shown=_show_set(found)), origin, found.path, found.shipped)


def _choose_reference(reference: str | None, workbook_ids: Mapping[str, str]) -> tuple[Origin, str | Diagnostic | None]:
    if reference:
        return "option", reference
    ids = tuple(dict.fromkeys(workbook_ids.values()))
    if len(ids) > 1:
        params = {"known": tuple(f"{file}: {name}" for file, name in workbook_ids.items())}
        file = next(iter(workbook_ids))
        return "workbook", Diagnostic("unreadable", Severity.ERROR, Place(file), params, "set-ids-differ")
    if ids:
        return "workbook", ids[0]
    variable = os.environ.get(SET_VARIABLE)
    return ("environment", variable) if variable else ("shipped", None)


def _show_set(found: SetFile) -> str:
    return found.path.name if found.shipped else found.path.as_posix()


def read_files(
    arguments: Sequence[str], *, set_reference: str | None, percent: PercentReading, on_file: OnFile | None = None
) -> Reading:
    """Reads the results files that `arguments` name by the set that is meant; `on_file` is told of each."""
    from kpi_cli.results import read
    from kpi_cli.results.inputs import find_files

    found = find_files(arguments)
    chosen = choose_set(set_reference, workbook_ids={} if set_reference else read.read_set_ids(found.files))
    if isinstance(chosen, Diagnostic):
        return Reading(None, None, (*found.diagnostics, chosen))
    about_set, definition = chosen.loaded.diagnostics, chosen.loaded.definition
    if definition is None:
        return Reading(chosen, None, (*about_set, *found.diagnostics))
    results = read.read_results(found.files, definition, percent=percent, on_file=on_file)
    diagnostics = (*about_set, *found.diagnostics, *results.diagnostics)
    return Reading(chosen, results, diagnostics, _paths_read(found.files, chosen))


def _paths_read(files: Sequence[InputPath], chosen: ChosenSet) -> tuple[pathlib.Path, ...]:
    paths = (*(item.path for item in files), chosen.path, chosen.loaded.roster)
    return tuple(path for path in paths if path is not None)


def score_files(arguments: Sequence[str], options: ScoreOptions, *, on_file: OnFile | None = None) -> ScoreRun:
    """Reads the results files that `arguments` name and scores them; every finding is in the report."""
    reading = read_files(arguments, set_reference=options.set_reference, percent=options.percent, on_file=on_file)
    definition = reading.chosen.loaded.definition if reading.chosen else None
    if reading.chosen is None or reading.results is None or definition is None:
        return ScoreRun(Report(None, None, None, (), VERSION, None, reading.diagnostics), reading.chosen)
    usage = _check_options(definition, options)
    if usage:
        return ScoreRun(Report(None, None, None, (), VERSION, None, usage), reading.chosen, usage_errors=usage)
    report = Report(
        definition=definition,
        set_file=reading.chosen.loaded.file,
        set_sha256=definition.sha256,
        inputs=reading.results.inputs,
        version=VERSION,
        scorecard=_score(definition, reading, options),
        diagnostics=reading.diagnostics,
    )
    return ScoreRun(report, reading.chosen, reading.paths, some_reported=_has_figures(reading.results))


def _check_options(definition: IndicatorSet, options: ScoreOptions) -> tuple[Diagnostic, ...]:
    sections = tuple(section.id for section in definition.sections)
    indicators = tuple(indicator.id for indicator in definition.indicators)
    unknown = [_unknown_id("--overall", name, sections) for name in options.shares or {} if name not in sections]
    unknown += [_unknown_id("--tie-break", name, indicators) for name in options.tie_break if name not in indicators]
    return tuple(unknown)


def _unknown_id(option: str, name: str, known: tuple[str, ...]) -> Diagnostic:
    return Diagnostic("unknown-id", Severity.ERROR, None, {"option": option, "id": name, "known": known})


def _score(definition: IndicatorSet, reading: Reading, options: ScoreOptions) -> Scorecard | None:
    """The scorecard; None beside a refusal, unless the user goes on without what was refused."""
    from kpi_cli.scoring.score import score_records

    if reading.results is None:
        return None
    if has_errors(reading.diagnostics) and not (options.keep_going and _has_figures(reading.results)):
        return None
    return score_records(definition, reading.results.records, shares=options.shares, tie_break=options.tie_break)


def _has_figures(results: Results) -> bool:
    return any(figure.reported for record in results.records for figure in record.figures.values())


def validate_files(arguments: Sequence[str], *, set_reference: str | None, percent: PercentReading) -> ValidateRun:
    """Checks sets (YAML) and results files; results are held against the set that scoring would choose."""
    sets, results = _split_arguments(arguments)
    loaded = [load_set(argument) for argument in sets]
    if not arguments:
        found = find_set(set_reference) if set_reference else find_shipped()
        if isinstance(found, Diagnostic):
            return ValidateRun((found,))
        loaded = [load_set_file(found.path, shown=_show_set(found))]
    run = ValidateRun(
        tuple(diagnostic for item in loaded for diagnostic in item.diagnostics),
        {item.file: item.text for item in loaded},
        tuple(item.file for item in loaded),
    )
    return _validate_results(run, results, ScoreOptions(set_reference, percent)) if results else run


def _split_arguments(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Which arguments are sets and which are results; a folder may hold both."""
    sets: list[str] = []
    results: list[str] = []
    for argument in arguments:
        path = pathlib.Path(argument)
        inside = _list_sets(path) if path.is_dir() else []
        if path.suffix.lower() in SET_SUFFIXES or argument == STANDARD_INPUT:
            sets.append(argument)
        elif inside:
            sets += inside
            results += [argument] if _holds_results(path) else []
        else:
            results.append(argument)
    return sets, results


def _list_sets(folder: pathlib.Path) -> list[str]:
    return [path.as_posix() for path in sorted(folder.iterdir()) if path.suffix.lower() in SET_SUFFIXES]


def _holds_results(folder: pathlib.Path) -> bool:
    return any(path.suffix.lower() in {".xlsx", ".xlsm", ".csv", ".json"} for path in folder.iterdir())


def _validate_results(run: ValidateRun, arguments: Sequence[str], options: ScoreOptions) -> ValidateRun:
    reading = read_files(arguments, set_reference=options.set_reference, percent=options.percent)
    loaded = reading.chosen.loaded if reading.chosen else None
    fresh = tuple(diagnostic for diagnostic in reading.diagnostics if diagnostic not in run.diagnostics)
    inputs = reading.results.inputs if reading.results else ()
    return ValidateRun(
        (*run.diagnostics, *fresh),
        {**({loaded.file: loaded.text} if loaded else {}), **run.sources},
        (*run.checked, *(item.file for item in inputs)),
    )
