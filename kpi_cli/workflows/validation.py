"""Checking sets and results files, without scoring anyone."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kpi_cli.definition.find import find_set, find_shipped
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.workflows.scoring import PercentReading, ScoreOptions, read_files
from kpi_cli.workflows.sets import STANDARD_INPUT, load_set, prove_set_file

SET_SUFFIXES = frozenset({".yaml", ".yml"})


class ValidateRun(NamedTuple):
    """What checking came to: all findings, and the text of the sets for excerpts (file -> text)."""

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str] = {}
    checked: tuple[str, ...] = ()


def validate_files(arguments: Sequence[str], *, set_reference: str | None, percent: PercentReading) -> ValidateRun:
    """Checks sets (YAML) and results files; results are held against the set that scoring would choose."""
    sets, results = _split_arguments(arguments)
    loaded = [load_set(argument) for argument in sets]
    if not arguments:
        found = find_set(set_reference) if set_reference else find_shipped()
        if isinstance(found, Diagnostic):
            return ValidateRun((found,))
        loaded = [prove_set_file(found)]
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
