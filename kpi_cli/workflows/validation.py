"""Checking sets and results files, without scoring anyone."""

from __future__ import annotations

import glob
import pathlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kpi_cli.definition.find import SetFile, find_id
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.workflows.scoring import PercentReading, Reading, is_same_file, read_files
from kpi_cli.workflows.sets import STANDARD_INPUT, ChosenSet, choose_set, load_set, prove_loaded

SET_SUFFIXES = frozenset({".yaml", ".yml"})


class ValidateRun(NamedTuple):
    """What checking came to: all findings, and the text of the sets for excerpts (file -> text).

    `chosen` is the set that results were held against, or that was checked because nothing named another.
    """

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str] = {}
    chosen: ChosenSet | None = None


def validate_files(arguments: Sequence[str], *, set_reference: str | None, percent: PercentReading) -> ValidateRun:
    """Checks sets (YAML) and results files. Results are held against the set that `set_reference` names, else the
    one set among the arguments, else the one that scoring would choose; without arguments that one is checked.
    """
    sets, results = _split_arguments([part for argument in arguments for part in _expand(argument)])
    loaded = [load_set(argument) for argument in sets]
    run = ValidateRun(
        tuple(diagnostic for item in loaded for diagnostic in item.diagnostics),
        {item.file: item.text for item in loaded},
    )
    rosters = tuple(item.roster for item in loaded if item.roster)
    results = [argument for argument in results if not _is_roster_alone(argument, rosters)]
    if results:
        reference = set_reference or (sets[0] if len(sets) == 1 and sets[0] != STANDARD_INPUT else None)
        return _add_reading(run, read_files(results, set_reference=reference, percent=percent, aside=rosters))
    return _add_choice(run, choose_set(set_reference, workbook_ids={})) if set_reference or not sets else run


def _expand(argument: str) -> list[str]:
    """The sets that a pattern means; Windows shells do not expand one. Patterns of results are the reader's."""
    if not any(sign in argument for sign in "*?[") or pathlib.Path(argument).exists():
        return [argument]
    found = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207  # a pattern may begin at any root
    return [path for path in found if pathlib.Path(path).suffix.lower() in SET_SUFFIXES] or [argument]


def _split_arguments(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Which arguments are sets and which are results; a folder may hold both."""
    sets: list[str] = []
    results: list[str] = []
    for argument in arguments:
        path = pathlib.Path(argument)
        inside = _list_sets(path) if path.is_dir() else []
        if path.suffix.lower() in SET_SUFFIXES or argument == STANDARD_INPUT or _is_id(argument):
            sets.append(argument)
        elif inside:
            sets += inside
            results += [argument] if _list_results(path) else []
        else:
            results.append(argument)
    return sets, results


def _is_id(argument: str) -> bool:
    return not pathlib.Path(argument).exists() and isinstance(find_id(argument), SetFile)


def _list_sets(folder: pathlib.Path) -> list[str]:
    return [path.as_posix() for path in sorted(folder.iterdir()) if path.suffix.lower() in SET_SUFFIXES]


def _list_results(folder: pathlib.Path) -> list[pathlib.Path]:
    return [path for path in folder.iterdir() if path.suffix.lower() in {".xlsx", ".xlsm", ".csv", ".json"}]


def _is_roster_alone(argument: str, rosters: Sequence[pathlib.Path]) -> bool:
    """Whether all there is to read is the roster of a set that is checked."""
    path = pathlib.Path(argument)
    files = _list_results(path) if path.is_dir() else [path]
    return bool(files) and all(any(is_same_file(file, roster) for roster in rosters) for file in files)


def _add_reading(run: ValidateRun, reading: Reading) -> ValidateRun:
    loaded = reading.chosen.loaded if reading.chosen else None
    fresh = tuple(diagnostic for diagnostic in reading.diagnostics if diagnostic not in run.diagnostics)
    sources = {loaded.file: loaded.text} if loaded else {}
    return ValidateRun((*run.diagnostics, *fresh), {**sources, **run.sources}, reading.chosen)


def _add_choice(run: ValidateRun, chosen: ChosenSet | Diagnostic) -> ValidateRun:
    if isinstance(chosen, Diagnostic):
        return run._replace(diagnostics=(*run.diagnostics, chosen))
    proved = prove_loaded(chosen.loaded)
    return ValidateRun(
        (*run.diagnostics, *proved.diagnostics),
        {**run.sources, proved.file: proved.text},
        chosen._replace(loaded=proved),
    )
