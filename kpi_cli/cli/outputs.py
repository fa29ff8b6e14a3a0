"""Files that are written: whole or not at all, never over an input, over an existing file only with --force."""

from __future__ import annotations

import contextlib
import os
import pathlib
import tempfile
from collections.abc import Collection, Iterable, Mapping

from kpi_cli.workflows.scoring import is_same_file

SUFFIXES = (".xlsx", ".csv", ".json", ".md", ".html")


class OutputError(Exception):
    """A file that cannot or must not be written: the name of the reason, and the file."""

    def __init__(self, reason: str, file: pathlib.Path, problem: str = "") -> None:
        super().__init__(reason, file, problem)
        self.reason, self.file, self.problem = reason, file, problem


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
        if path.suffix.lower() not in suffixes:
            raise OutputError("unknown-suffix", path)
        if path.resolve() in seen:
            raise OutputError("named-twice", path)
        seen.add(path.resolve())
        if not path.parent.is_dir():
            raise OutputError("no-folder", path)
        if any(is_same_file(path, item) for item in read):  # a link to an input is the input
            raise OutputError("is-input", path)
        if path.exists() and not path.is_file():
            raise OutputError("not-a-file", path)
        if os.path.lexists(path) and not force:  # a link that leads nowhere is there too
            raise OutputError("exists", path)


def write_outputs(contents: Mapping[pathlib.Path, bytes]) -> None:
    """Writes all files or none: each beside its place first, then moved there; raises `OutputError`."""
    written: dict[pathlib.Path, pathlib.Path] = {}
    try:
        for path, data in contents.items():
            written[path] = _write_beside(path.resolve(), data)  # through a link, which stays one
        for path in contents:
            written[path].replace(path.resolve())
            del written[path]
    except OSError as error:
        raise OutputError("cannot-write", path, error.strerror or type(error).__name__) from error
    finally:
        for leftover in written.values():
            with contextlib.suppress(OSError):
                leftover.unlink()


def _write_beside(path: pathlib.Path, data: bytes) -> pathlib.Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}.", suffix=".part", dir=path.parent)
    beside = pathlib.Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_read_umask())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _read_umask() -> int:
    umask = os.umask(0o022)
    os.umask(umask)
    return umask
