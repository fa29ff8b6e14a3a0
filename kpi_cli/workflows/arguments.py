"""Which arguments of `kpi validate` are indicator sets and which are results: files, folders, patterns, ids, -."""

from __future__ import annotations

import glob
import os
import pathlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from kpi_cli.definition.find import SetFile, find_id, says_yes
from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.workflows.sets import STANDARD_INPUT

SET_SUFFIXES = frozenset({".yaml", ".yml"})
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
# A comment, or a key that a set has and no sheet begins a line with.
_SET_LINE = re.compile(rb"^\s*(?:#[ \t!]|---|\{?\s*[\"']?(?:kpi|id|title|sections)[\"']?\s*:)", re.MULTILINE)
_HEAD_BYTES = 4096
MAX_FILES = 50_000
"""Files of a folder that is walked, with all folders in it: more is a disk or a home, and not where sets are kept."""


class Named(NamedTuple):
    """The sets that arguments mean, by file, id or -; the results, as the readers take them; what was passed over."""

    sets: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def sort_arguments(arguments: Sequence[str]) -> Named:
    """The sets and the results among `arguments`, each file once; a folder may hold both."""
    parts = [_sort_argument(item) for argument in arguments for item in _expand_pattern(argument)]
    sets = {_identify(item): item for part in reversed(parts) for item in reversed(part.sets)}
    results = tuple(dict.fromkeys(item for part in parts for item in part.results))
    return Named(tuple(sets.values())[::-1], results, tuple(found for part in parts for found in part.diagnostics))


def _expand_pattern(argument: str) -> list[str]:
    """The sets that a pattern means and, where it means more, the pattern for the readers of results."""
    if not any(sign in argument for sign in "*?[") or says_yes(pathlib.Path(argument).exists):
        return [argument]
    found = [pathlib.Path(name) for name in sorted(glob.glob(argument, recursive=True))]  # noqa: PTH207  # any root
    sets = [path.as_posix() for path in found if path.suffix.lower() in SET_SUFFIXES]
    return sets if sets and len(sets) == len(found) else [*sets, argument]


def _sort_argument(argument: str) -> Named:
    path = pathlib.Path(argument)
    if argument == STANDARD_INPUT:
        return Named(sets=(argument,)) if _input_is_set() else Named(results=(argument,))
    if not argument.strip():  # a variable of the shell that was never set, and no wish to check this folder
        return Named(results=(argument,))
    if says_yes(path.is_dir):
        return _sort_folder(path)
    if path.suffix.lower() in SET_SUFFIXES and glob.has_magic(argument) and not says_yes(path.exists):
        params = {"file": path.as_posix()}
        return Named(diagnostics=(Diagnostic("unreadable", Severity.ERROR, Place(argument), params, "no-match"),))
    if path.suffix.lower() in SET_SUFFIXES or (not says_yes(path.exists) and isinstance(find_id(argument), SetFile)):
        return Named(sets=(argument,))
    return Named(results=(argument,))


def _input_is_set() -> bool:
    """Whether standard input begins like a set; what cannot be looked at before it is read is taken for one."""
    peek = getattr(sys.stdin.buffer, "peek", None)
    head: bytes = peek(_HEAD_BYTES) if peek else b""
    return not head.strip() or _SET_LINE.search(head) is not None


def _sort_folder(folder: pathlib.Path) -> Named:
    """A folder of sets is walked to the bottom; the results beside them are those of the folder itself.

    Results farther down may be of another round, and would be merged with these: they are named, and not read.
    """
    closed: list[OSError] = []
    files = list(islice(_walk(folder, closed), MAX_FILES + 1))
    if len(files) > MAX_FILES:
        return _refuse_size(folder.as_posix())
    sets = tuple(path.as_posix() for path in files if path.suffix.lower() in SET_SUFFIXES)
    refused = tuple(map(_refuse_folder, closed))
    if refused and not files:
        return Named(diagnostics=refused)
    named = (
        Named(sets, tuple(_list_results(folder)), tuple(_pass_over(folder, files))) if sets else _sort_results(folder)
    )
    return named._replace(diagnostics=(*refused, *named.diagnostics))


def _refuse_folder(error: OSError) -> Diagnostic:
    """A folder that may not be looked into: there may well be a set in it that nobody checked."""
    shown = pathlib.Path(error.filename).as_posix()
    params = {"file": shown, "problem": error.strerror}
    return Diagnostic("unreadable", Severity.ERROR, Place(shown), params, "folder-cannot-open")


def _refuse_size(folder: str) -> Named:
    params = {"file": folder, "limit": MAX_FILES}
    return Named(diagnostics=(Diagnostic("unreadable", Severity.ERROR, Place(folder), params, "large-folder"),))


def _sort_results(folder: pathlib.Path) -> Named:
    """A folder without sets, as the readers of results take it; where they find nothing, no set is there either."""
    from kpi_cli.results.inputs import find_files

    found = find_files([folder.as_posix()]).diagnostics
    if not any(item.variant == "empty-folder" for item in found):
        return Named(results=(folder.as_posix(),))
    return Named(
        diagnostics=tuple(
            replace(item, variant="nothing-to-check") if item.variant == "empty-folder" else item for item in found
        )
    )


def _walk(folder: pathlib.Path, closed: list[OSError]) -> Iterator[pathlib.Path]:
    """The files in and below `folder`; `closed` gets why a folder could not be looked into."""
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (pathlib.Path(place, name) for name in sorted(names) if not name.startswith((".", "~$")))


def _list_results(folder: pathlib.Path) -> Iterator[str]:
    """The results that `kpi score` would find there; text beside sets is taken for what it says of itself."""
    from kpi_cli.results.inputs import find_files

    found = find_files([folder.as_posix()])
    yield from (path.as_posix() for path, _, _ in found.files if path and path.suffix.lower() != ".txt")
    yield from (str(item.params["file"]) for item in found.diagnostics if item.variant in _REFUSED)


_REFUSED = frozenset({"old-xls", "xls-is-xlsx", "web-page", "unsupported"})


def _pass_over(folder: pathlib.Path, files: Sequence[pathlib.Path]) -> Iterator[Diagnostic]:
    workbooks = (path for path in files if path.suffix.lower() in _WORKBOOK_SUFFIXES and path.parent != folder)
    for shown in dict.fromkeys(path.parent.as_posix() for path in workbooks):
        yield Diagnostic("skipped-file", Severity.WARNING, Place(shown), {"file": shown}, "folder")


def _identify(argument: str) -> object:
    path = pathlib.Path(argument)
    return path.resolve() if says_yes(path.is_file) else argument
