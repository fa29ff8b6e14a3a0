"""Files that are written: whole or not at all, never over an input, over an existing file only with --force."""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from kpi_cli.workflows.scoring import is_same_file

SUFFIXES = (".xlsx", ".csv", ".json", ".md", ".html")


class OutputError(Exception):
    """A file that cannot or must not be written: the name of the reason, and the file."""

    def __init__(self, reason: str, file: pathlib.Path, problem: str = "") -> None:
        super().__init__(reason, file, problem)
        self.reason, self.file, self.problem = reason, file, problem


# The names of devices on Windows, in any folder and with any suffix: `NUL.xlsx` swallows all, `CON.json` is the screen;
# and what is no file of its own there: `results.csv:x.json` is hidden inside of `results.csv`.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\.|\Z)|.*:", re.IGNORECASE)
ON_WINDOWS = os.name == "nt"


def check_outputs(
    outputs: Iterable[pathlib.Path],
    *,
    force: bool,
    inputs: Iterable[pathlib.Path] = (),
    suffixes: Collection[str] = SUFFIXES,
) -> None:
    """Raises `OutputError` for the first of `outputs` that must not be written, before any work is done."""
    read = tuple(inputs)
    seen: set[pathlib.Path] = set()
    for path in outputs:
        try:
            _check_output(path, seen, force=force, inputs=read, suffixes=suffixes)
        except (OSError, RuntimeError) as error:  # a name that is too long, a folder that may not be looked into
            raise OutputError("cannot-write", path, _problem_of(error)) from error
        seen.add(path.resolve())


def _check_output(
    path: pathlib.Path,
    seen: Collection[pathlib.Path],
    *,
    force: bool,
    inputs: Iterable[pathlib.Path],
    suffixes: Collection[str],
) -> None:
    if path.suffix.lower() not in suffixes:
        raise OutputError("unknown-suffix", path)
    if path.resolve() in seen:
        raise OutputError("named-twice", path)
    if not path.parent.is_dir():
        raise OutputError("no-folder", path)
    if any(is_same_file(path, item) for item in inputs):  # a link to an input is the input
        raise OutputError("is-input", path)
    if (path.exists() and not path.is_file()) or (ON_WINDOWS and _DEVICE.match(path.name)):
        raise OutputError("not-a-file", path)
    if os.path.lexists(path) and not force:  # a link that leads nowhere is there too
        raise OutputError("exists", path)


def _problem_of(error: Exception) -> str:
    looping = os.strerror(errno.ELOOP) if isinstance(error, RuntimeError) else type(error).__name__
    return getattr(error, "strerror", None) or looping


Content: TypeAlias = bytes | Iterable[bytes]
"""A file: whole, or in pieces, each made when it is written."""


def encode_pieces(pieces: Iterable[str], suffix: str) -> Iterator[bytes]:
    """A text as a file of that kind; a mark tells Excel that a csv file is UTF-8."""
    mark = "\ufeff" if suffix == ".csv" else ""
    return (piece.encode() for piece in chain([mark], pieces))


class _Written(NamedTuple):
    """A file on its way: where it is written first, and where what stood in its place is kept until all is done."""

    named: pathlib.Path
    target: pathlib.Path
    beside: pathlib.Path
    kept: pathlib.Path
    existed: bool


def write_outputs(contents: Mapping[pathlib.Path, Content]) -> None:
    """Writes all files or none: each beside its place first, then moved there; raises `OutputError`.

    Whatever ends the run meanwhile, an exception or a signal that `stop_by_exit` made one, takes away what is beside.
    What is killed outright may leave a file called `.name.*.part` or `.kept`; under its own name a file is whole.
    """
    files: list[_Written] = []
    moved: list[_Written] = []
    try:
        try:
            _write_all(contents, files, moved)
        finally:
            _clear_away(files, moved)
    finally:
        _clear_away(files, moved)  # again: the one signal that stops a run may have come while it was done


def _write_all(contents: Mapping[pathlib.Path, Content], files: list[_Written], moved: list[_Written]) -> None:
    path = None
    try:
        for path, data in contents.items():
            files.append(_name_beside(path))
            _write_beside(files[-1], data)
        for file in files:
            path = file.named
            _move(file, moved)
        moved.clear()
    except OSError as error:
        raise OutputError("cannot-write", path or pathlib.Path(), _problem_of(error)) from error


def _name_beside(path: pathlib.Path) -> _Written:
    """Known before anything is made, so that nothing is made that nobody takes away."""
    target = path.resolve()  # through a link, which stays one
    name = f".{target.stem[:40]}.{secrets.token_hex(6)}"
    kept = target.with_name(f"{name}.kept")
    return _Written(path, target, target.with_name(f"{name}.part"), kept, existed=os.path.lexists(target))


def _write_beside(file: _Written, data: Content) -> None:
    with file.beside.open("xb") as stream:
        if file.existed:
            file.beside.chmod(file.target.stat().st_mode & 0o777)
        stream.writelines([data] if isinstance(data, bytes) else data)
        stream.flush()
        os.fsync(stream.fileno())


def _move(file: _Written, moved: list[_Written]) -> None:
    """Moves a file to its place; what stood there keeps a second name, where the disk has second names."""
    with contextlib.suppress(OSError):
        os.link(file.target, file.kept)
    moved.append(file)
    file.beside.replace(file.target)


def _clear_away(files: Sequence[_Written], moved: Sequence[_Written]) -> None:
    for file in reversed(moved):
        _move_back(file)
    for file in files:
        for leftover in (file.beside, file.kept):
            with contextlib.suppress(OSError):
                leftover.unlink()


def _move_back(file: _Written) -> None:
    """Puts back what stood there, or nothing, as before; where it could not be kept the new file stays."""
    with contextlib.suppress(OSError):
        if file.kept.exists():
            file.kept.replace(file.target)
        elif not file.existed and not file.beside.exists():
            file.target.unlink()
