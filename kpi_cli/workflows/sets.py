"""Which set a run is about, read and checked."""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple, TypeAlias

from kpi_cli.checks.cases import find_failed_cases
from kpi_cli.definition.find import SetFile, cannot_open, find_id, find_set, find_shipped, read_set_id
from kpi_cli.definition.load import LoadedSet, load_definition, sort_findings
from kpi_cli.diagnostics import Diagnostic, Place, Severity, has_errors
from kpi_cli.model import IndicatorSet

Check: TypeAlias = Callable[[IndicatorSet], Iterable[Diagnostic]]
Origin = Literal["option", "argument", "workbook", "report", "environment", "shipped"]
STANDARD_INPUT = "-"
SET_VARIABLE = "KPI_SET"


class ChosenSet(NamedTuple):
    """The set of a run, and what chose it: --set, the workbook's property, an argument, a report, KPI_SET, or nothing.

    Nothing means the shipped one.
    """

    loaded: LoadedSet
    origin: Origin
    path: pathlib.Path | None = None
    shipped: bool = False


def load_set(reference: str, *, check: Check | None = None) -> LoadedSet:
    """The set named by a file, an id, or - for standard input, read and checked, by default with the whole proof."""
    from kpi_cli.checks.check import check_set

    named = name_set(reference, check=check or check_set)
    return LoadedSet(reference, None, (named,)) if isinstance(named, Diagnostic) else named.loaded


def name_set(
    reference: str, *, folder: pathlib.Path = pathlib.Path(), check: Check = find_failed_cases
) -> ChosenSet | Diagnostic:
    """The set named by a file, an id, or - for standard input, whose roster is looked for in `folder`.

    By default its test cases are decided and no more, as for scoring.
    """
    if reference == STANDARD_INPUT:
        loaded = load_definition(sys.stdin.buffer.read(), file="<stdin>", folder=folder)
        return ChosenSet(check_loaded(loaded, check), "option")
    found = find_set(reference)
    if isinstance(found, Diagnostic):
        return found
    loaded = load_set_file(found.path, shown=show_set(found), check=check)
    return ChosenSet(loaded, "option", found.path, found.shipped)


def load_set_file(path: pathlib.Path, *, shown: str | None = None, check: Check = find_failed_cases) -> LoadedSet:
    """Reads the set at `path` and checks it; a file that cannot be opened is a finding.

    By default its test cases are decided and no more: they decide figures. A level that no value reaches or a hole
    between two levels is the author's to know before anyone is scored, and `check_set` finds it.
    """
    shown = shown or path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        return LoadedSet(shown, None, (cannot_open(shown, error),))
    return check_loaded(load_definition(data, file=shown, folder=path.parent), check)


def check_loaded(loaded: LoadedSet, check: Check) -> LoadedSet:
    """`loaded` with what `check` finds about it, if it could be read."""
    if loaded.definition is None:
        return loaded
    diagnostics = sort_findings((*loaded.diagnostics, *loaded.locate(check(loaded.definition))), loaded.file)
    definition = None if has_errors(diagnostics) else loaded.definition
    return replace(loaded, definition=definition, diagnostics=diagnostics)


def choose_set(
    reference: str | None,
    *,
    workbook_ids: Mapping[str, str],
    argument: str | None = None,
    check: Check = find_failed_cases,
) -> ChosenSet | Diagnostic:
    """The set to use: `reference` (a file or an id), else the id that the workbooks carry, else `argument`, named
    among the files, else KPI_SET, else the shipped one. A name that leads nowhere is an error, never passed over.

    An argument of the id that the workbooks carry is the set that they mean, wherever its file lies.
    """
    origin, name = _choose_reference(reference, workbook_ids, argument)
    if isinstance(name, Diagnostic):
        return name
    found = find_shipped() if name is None else find_id(name) if origin == "workbook" else find_set(name)
    if name is not None and origin == "workbook" and isinstance(found, Diagnostic):
        origin, found = _look_in_environment(name, found)
    if isinstance(found, Diagnostic):
        return _place_in_workbook(found, workbook_ids) if origin == "workbook" else found
    loaded = load_set_file(found.path, shown=show_set(found), check=check)
    return ChosenSet(loaded, origin, found.path, found.shipped)


def _choose_reference(
    reference: str | None, workbook_ids: Mapping[str, str], argument: str | None
) -> tuple[Origin, str | Diagnostic | None]:
    if reference is not None:
        return "option", reference
    ids = tuple(dict.fromkeys(workbook_ids.values()))
    if len(ids) > 1:
        params = {"known": tuple(f"{file}: {name}" for file, name in workbook_ids.items())}
        file = next(iter(workbook_ids))
        return "workbook", Diagnostic("unreadable", Severity.ERROR, Place(file), params, "set-ids-differ")
    if ids and not (argument and read_set_id(argument) == ids[0]):
        return "workbook", ids[0]
    if argument:
        return "argument", argument
    variable = os.environ.get(SET_VARIABLE)
    return ("environment", variable) if variable else ("shipped", None)


def _look_in_environment(id_: str, not_found: Diagnostic) -> tuple[Origin, SetFile | Diagnostic]:
    """The set that KPI_SET names where it has the id that a workbook asks for, and no other set known here has."""
    variable = os.environ.get(SET_VARIABLE)
    if variable and not_found.variant == "set-id-not-found" and read_set_id(variable) == id_:
        return "environment", find_set(variable)
    return "workbook", not_found


def _place_in_workbook(found: Diagnostic, workbook_ids: Mapping[str, str]) -> Diagnostic:
    """Whoever opens the workbook never chose its id: they are told which file asks for it."""
    if found.variant != "set-id-not-found":
        return found
    return replace(found, place=Place(next(iter(workbook_ids))), variant="workbook-set-not-found")


def show_set(found: SetFile) -> str:
    """The name of a set's file as it is printed: of a shipped one the name alone."""
    return found.path.name if found.shipped else found.path.as_posix()
