"""Where a set is: a file, or an id among the sets in `indicators/` here and those carried with the program."""

from __future__ import annotations

import contextlib
import pathlib
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import NamedTuple

from kpi_cli.definition.places import find_node
from kpi_cli.definition.text import decode_definition, read_tree
from kpi_cli.definition.tree import Scalar
from kpi_cli.diagnostics import Diagnostic, Place, Severity

_ID_LINE = re.compile(
    rb"^(?:\xef\xbb\xbf)?id:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9._-]*)[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE
)
_SUFFIXES = frozenset({".yaml", ".yml"})
_HEAD_BYTES = 20_000
_HERE = pathlib.Path("indicators")


class SetFile(NamedTuple):
    """A definition's file; `shipped` where it came with the program."""

    path: pathlib.Path
    id: str | None = None
    shipped: bool = False


def find_set(reference: str) -> SetFile | Diagnostic:
    """The file of a set named by its path or its id; what is found nowhere is an error, never passed over."""
    path = pathlib.Path(reference)
    if says_yes(path.is_file):
        return SetFile(path)
    if path.suffix.lower() in _SUFFIXES or "/" in reference or "\\" in reference:
        return _find_closed(path) or _not_found(reference, "set-file-not-found")
    return find_id(reference)


def _find_closed(path: pathlib.Path) -> Diagnostic | None:
    """Why it cannot be known whether there is a file: its folder may not be entered."""
    try:
        path.stat()
    except PermissionError as error:
        return cannot_open(path.as_posix(), error)
    except (OSError, ValueError):
        pass
    return None


def cannot_open(shown: str, error: OSError) -> Diagnostic:
    """What is said of a set, or of a folder of sets, that is there and cannot be read."""
    params = {"set": shown, "problem": error.strerror or type(error).__name__}
    return Diagnostic("unreadable", Severity.ERROR, Place(shown), params, "set-cannot-open")


def says_yes(question: Callable[[], bool]) -> bool:
    """What the file system answers, as to `path.is_file`; of a name that it would not take it is no."""
    try:
        return question()
    except (OSError, ValueError):  # too long, or with a NUL in it
        return False


def read_set_id(reference: str) -> str | None:
    """The id of the set that a path or an id names; None where there is none."""
    found = find_set(reference)
    return None if isinstance(found, Diagnostic) else found.id or _read_id(found.path)


def find_id(reference: str) -> SetFile | Diagnostic:
    """The file of the set with that id, and never a path: a workbook that names a set cannot choose its own rules."""
    try:
        found = [item for item in list_sets() if item.id == reference]
    except OSError as error:  # the folder of sets here may not be looked into
        return cannot_open(_HERE.as_posix(), error)
    nearest = [item for item in found if item.shipped == found[0].shipped]  # those here come before the shipped ones
    if len(nearest) > 1:
        params = {"set": reference, "known": tuple(item.path.as_posix() for item in nearest)}
        return Diagnostic("unreadable", Severity.ERROR, Place(reference), params, "set-id-twice")
    return nearest[0] if nearest else _not_found(reference, "set-id-not-found")


def _not_found(reference: str, variant: str) -> Diagnostic:
    known: tuple[str, ...] = ()
    with contextlib.suppress(OSError):
        known = tuple(dict.fromkeys(item.id for item in list_sets() if item.id))
    return Diagnostic("unreadable", Severity.ERROR, Place(reference), {"set": reference, "known": known}, variant)


def list_sets() -> Iterator[SetFile]:
    """Every set that an id can name: those in `indicators/` here first, then the shipped ones."""
    shipped = shipped_folder()
    if _HERE.is_dir() and _HERE.resolve() != shipped.resolve():
        yield from _list_folder(_HERE, shipped=False)
    yield from _list_folder(shipped, shipped=True)


def shipped_folder() -> pathlib.Path:
    """The folder of the shipped sets: inside the installed package, or beside it in a checkout."""
    package = pathlib.Path(str(files("kpi_cli")))
    inside = package / "indicators"
    return inside if inside.is_dir() else package.parent / "indicators"


def _list_folder(folder: pathlib.Path, *, shipped: bool) -> Iterator[SetFile]:
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in _SUFFIXES and path.is_file():
            yield SetFile(path, _read_id(path), shipped)


def _read_id(path: pathlib.Path) -> str | None:
    """The id that a set says it has: mostly by a look at its lines, else by reading it; None where it has none."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    match = _ID_LINE.search(data[:_HEAD_BYTES])
    return match.group(1).decode() if match else _read_id_as_yaml(data)


def _read_id_as_yaml(data: bytes) -> str | None:
    text, problem = decode_definition(data, "")
    tree = problem or read_tree(text, "")
    node = None if isinstance(tree, Diagnostic) else find_node(tree, ("id",))
    return node.text if isinstance(node, Scalar) else None


def find_shipped() -> SetFile:
    """The set that is used where nothing names one: the newest that came with the program."""
    return list(_list_folder(shipped_folder(), shipped=True))[-1]
