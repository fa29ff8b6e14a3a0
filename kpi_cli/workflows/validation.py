"""Checking sets and results files, without scoring anyone."""

from __future__ import annotations

import pathlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kpi_cli.definition.bound import bound_findings
from kpi_cli.definition.find import says_yes
from kpi_cli.diagnostics import Diagnostic, Place
from kpi_cli.workflows.arguments import sort_arguments
from kpi_cli.workflows.scoring import PercentReading, Reading, is_same_file, read_files
from kpi_cli.workflows.sets import STANDARD_INPUT, ChosenSet, choose_set, load_set

_RESULT_SUFFIXES = frozenset({".xlsx", ".xlsm", ".csv", ".json", ".parquet"})


class ValidateRun(NamedTuple):
    """What checking came to: all findings, and the text of the sets for excerpts (file -> text).

    `chosen` is the set that results were held against, or that was checked because nothing named another. `places`
    says where the files are that findings call by short names. `sets` and `results` are the names of what was read.
    """

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str] = {}
    chosen: ChosenSet | None = None
    places: Mapping[str, pathlib.Path] = {}
    sets: tuple[str, ...] = ()
    results: tuple[str, ...] = ()

    def list_paths(self) -> dict[str, str]:
        """The path of each file that is spoken of, from the folder where we are if it lies inside."""
        places = [place for item in self.diagnostics for place in (item.place, *(more.place for more in item.related))]
        names = {place.file for place in places if isinstance(place, Place)}
        return {name: _shorten(self.places.get(name, pathlib.Path(name)).absolute()) for name in names}


def _shorten(path: pathlib.Path) -> str:
    here = pathlib.Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def validate_files(arguments: Sequence[str], *, set_reference: str | None, percent: PercentReading) -> ValidateRun:
    """Checks sets (YAML) and results files. Results are held against the set that scoring would choose; the one set
    among the arguments comes after what a workbook names. Without arguments the chosen set is checked.
    """
    named = sort_arguments(arguments)
    loaded = [load_set(argument) for argument in named.sets]
    found = bound_findings([diagnostic for item in loaded for diagnostic in item.diagnostics])
    run = ValidateRun(
        (*named.diagnostics, *found),
        {item.file: item.text for item in loaded},
        sets=tuple(item.file for item in loaded if item.text),
    )
    rosters = tuple(item.roster for item in loaded if item.roster)
    results = [argument for argument in named.results if not _is_roster_alone(argument, rosters)]
    if results:
        only = _choose_only(named.sets)
        reading = read_files(results, set_reference=set_reference, percent=percent, set_argument=only, aside=rosters)
        return _add_reading(run, reading)
    return _add_choice(run, set_reference) if set_reference or not arguments else run


def _choose_only(sets: Sequence[str]) -> str | None:
    return sets[0] if len(sets) == 1 and sets[0] != STANDARD_INPUT else None


def _is_roster_alone(argument: str, rosters: Sequence[pathlib.Path]) -> bool:
    """Whether all there is to read is the roster of a set that is checked."""
    path = pathlib.Path(argument)
    inside = (
        (item for item in path.iterdir() if item.suffix.lower() in _RESULT_SUFFIXES)
        if says_yes(path.is_dir)
        else (path,)
    )
    files = list(inside)
    return bool(files) and all(any(is_same_file(file, roster) for roster in rosters) for file in files)


def _add_reading(run: ValidateRun, reading: Reading) -> ValidateRun:
    loaded = reading.chosen.loaded if reading.chosen else None
    fresh = _leave_out(run.diagnostics, reading.diagnostics)
    sources = {loaded.file: loaded.text} if loaded else {}
    places = {**_place_set(reading.chosen), **reading.places}
    inputs = reading.results.inputs if reading.results else ()
    return ValidateRun(
        (*run.diagnostics, *fresh),
        {**sources, **run.sources},
        reading.chosen,
        places,
        run.sets,
        tuple(item.file for item in inputs),
    )


def _add_choice(run: ValidateRun, reference: str | None) -> ValidateRun:
    """`run` with the whole proof of the set that scoring would choose."""
    from kpi_cli.checks.check import check_set

    chosen = choose_set(reference, workbook_ids={}, check=check_set)
    if isinstance(chosen, Diagnostic):
        return run._replace(diagnostics=(*run.diagnostics, chosen))
    loaded = chosen.loaded
    fresh = _leave_out(run.diagnostics, loaded.diagnostics)
    sources = {**run.sources, loaded.file: loaded.text}
    return ValidateRun((*run.diagnostics, *fresh), sources, chosen, _place_set(chosen))


def _leave_out(said: Iterable[Diagnostic], found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """`found` without what is said already; by place first, for there may be thousands of both."""
    known: dict[object, list[Diagnostic]] = defaultdict(list)
    for diagnostic in said:
        known[diagnostic.place, diagnostic.code].append(diagnostic)
    return tuple(item for item in found if item not in known.get((item.place, item.code), ()))


def _place_set(chosen: ChosenSet | None) -> Mapping[str, pathlib.Path]:
    return {chosen.loaded.file: chosen.path} if chosen and chosen.path else {}
