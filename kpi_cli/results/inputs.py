"""The arguments of a command line to the files they mean: folders and patterns expanded, names kept short."""

from __future__ import annotations

import glob
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import NamedTuple

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.results.cells import UnreadableError

MAX_BYTES = 200_000_000
STANDARD_INPUT = "-"

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
ODS_SUFFIX, XLS_SUFFIX, PARQUET_SUFFIX = ".ods", ".xls", ".parquet"
READ_SUFFIXES = WORKBOOK_SUFFIXES | TEXT_SUFFIXES | {".json", ODS_SUFFIX, PARQUET_SUFFIX}
# In a folder these would be figures passed over, so there they are errors too; any other file is only noted.
OTHER_SHEET_SUFFIXES = frozenset({XLS_SUFFIX, ".xlsb", ".numbers"})

PARQUET_START = b"PAR1"
ZIP_START = b"PK\x03\x04"
COMPOUND_START = bytes.fromhex("d0cf11e0a1b11ae1")
"""The container of .xls, and of an .xlsx under a password."""
_FIRST_BYTES = 1_024
_LOCK = "~$"
"""How the names of the files begin that Excel keeps beside open workbooks."""


class InputPath(NamedTuple):
    """A file to read, and its name for people. Standard input has no path; its bytes are read once, when found."""

    path: Path | None
    shown: str
    content: bytes | None = None


class Found(NamedTuple):
    """The files that the arguments mean, each once, and what was amiss with the others."""

    files: tuple[InputPath, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def find_files(arguments: Sequence[str]) -> Found:
    """The files that `arguments` mean: files, folders, patterns, and `-` for standard input."""
    items = [item for argument in dict.fromkeys(arguments) for item in _expand_argument(argument)]
    paths = _drop_repeats(item for item in items if isinstance(item, Path))
    shown = iter(_shorten_paths(paths))
    inputs = {path: InputPath(path, next(shown)) for path in paths}
    files = [item if isinstance(item, InputPath) else inputs.pop(item, None) for item in _inputs_among(items)]
    return Found(
        tuple(file for file in files if file is not None),
        tuple(item for item in items if isinstance(item, Diagnostic)),
    )


def looks_like_results(argument: str) -> bool:
    """Whether `argument` is a file, a folder or a pattern, or is written as one that is not there."""
    path = PurePath(argument)
    written_so = path.suffix.lower() in READ_SUFFIXES | OTHER_SHEET_SUFFIXES or len(path.parts) > 1
    try:
        return argument == STANDARD_INPUT or written_so or glob.has_magic(argument) or Path(argument).exists()
    except (OSError, ValueError):  # too long for a name, or a NUL in it
        return False


def _inputs_among(items: Iterable[Path | InputPath | Diagnostic]) -> Iterator[Path | InputPath]:
    return (item for item in items if not isinstance(item, Diagnostic))


def _expand_argument(argument: str) -> Iterator[Path | InputPath | Diagnostic]:
    try:
        if argument == STANDARD_INPUT:
            yield InputPath(None, "stdin", sys.stdin.buffer.read(MAX_BYTES + 1))
        elif not argument.strip():  # a variable of the shell that was never set, and no wish to read this folder
            yield _refuse(argument, "not-found")
        elif Path(argument).is_dir():
            yield from _expand_folder(Path(argument))
        elif Path(argument).exists():
            yield _choose_named(Path(argument))
        elif glob.has_magic(argument):
            yield from _expand_pattern(argument)
        else:
            yield _refuse(argument, "not-found")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield _refuse(argument, "cannot-open", problem=_problem_of(error))


def _problem_of(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _refuse(argument: str, variant: str, **params: object) -> Diagnostic:
    shown = PurePath(argument).as_posix() if argument.strip() else repr(argument)
    return Diagnostic("unreadable", Severity.ERROR, Place(shown), {"file": shown, **params}, variant)


def _choose_named(path: Path) -> Path | Diagnostic:
    suffix = path.suffix.lower()
    if path.name.startswith(_LOCK):
        return _refuse(str(path), "lock-file", workbook=path.name.removeprefix(_LOCK))
    # A file without a suffix, or a pipe such as /dev/fd/63, is known by its content.
    if suffix in READ_SUFFIXES or not suffix or not path.is_file():
        return path
    if suffix == XLS_SUFFIX:
        refused = _name_content(path)
        return _refuse(str(path), refused) if refused else path
    return _refuse(str(path), "unsupported" if suffix in OTHER_SHEET_SUFFIXES else "no-table", suffix=suffix)


def _name_content(path: Path) -> str:
    """What a file is that calls itself .xls and is none: offices rename, and many systems export web pages so."""
    start = _read_start(path)
    if start.startswith(COMPOUND_START):
        return ""
    if start.startswith(ZIP_START):
        return "xls-is-xlsx"
    return "web-page" if is_markup(start) else "old-xls"


def _read_start(path: Path) -> bytes:
    with suppress(OSError), path.open("rb") as file:  # it is refused in any case; its neighbours are not
        return file.read(_FIRST_BYTES)
    return b""


def is_markup(data: bytes) -> bool:
    """Whether the content is a web page or other XML: many systems export one, and Excel opens it as a sheet."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _expand_folder(folder: Path) -> Iterator[Path | Diagnostic]:
    found = list(_choose_among(sorted(folder.iterdir())))
    yield from found
    if not any(isinstance(item, Path) for item in found):
        yield _refuse(str(folder), "empty-folder")


def _expand_pattern(pattern: str) -> Iterator[Path | Diagnostic]:
    found = list(_choose_among(Path(name) for name in sorted(glob.glob(pattern, recursive=True))))  # noqa: PTH207  # takes a whole pattern
    yield from found
    if not any(isinstance(item, Path) for item in found):
        yield _refuse(pattern, "no-match")


def _choose_among(paths: Iterable[Path]) -> Iterator[Path | Diagnostic]:
    listed = list(paths)
    entered = {parent for path in listed for parent in path.parents}  # `**` finds folders and what is in them
    for path in listed:
        if path.name.startswith((_LOCK, ".")):
            continue
        suffix = path.suffix.lower()
        if path.is_dir():
            yield from () if path in entered else (_pass_over(path, "folder"),)
        elif path.exists() and not path.is_file():  # a pipe that nobody named would be waited for without end
            yield _pass_over(path, "")
        elif suffix in READ_SUFFIXES:
            yield _pass_over(path, "") if suffix == ".json" and b'"$schema": "http' in _read_start(path) else path
        elif suffix in OTHER_SHEET_SUFFIXES:
            yield _choose_named(path)
        else:
            yield _pass_over(path, "")


def _pass_over(path: Path, variant: str) -> Diagnostic:
    shown = path.as_posix()
    # There may well be figures in a folder.
    severity = Severity.WARNING if variant == "folder" else Severity.NOTE
    return Diagnostic("skipped-file", severity, Place(shown), {"file": shown}, variant)


def _drop_repeats(paths: Iterable[Path]) -> list[Path]:
    return list({_identify(path): path for path in reversed(list(paths))}.values())[::-1]


def _identify(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return path
    # Some file systems number no files; then the full name must do.
    return (status.st_dev, status.st_ino) if status.st_ino else path.resolve()


def _shorten_paths(paths: Sequence[Path]) -> list[str]:
    parts = [_relative_parts(path) for path in paths]
    tails = Counter(own[-length:] for own in parts for length in range(1, len(own) + 1))
    names = ["/".join(_shortest_tail(own, tails)) for own in parts]
    times = Counter(names)
    return [name if times[name] == 1 else path.as_posix() for name, path in zip(names, paths, strict=True)]


def _relative_parts(path: Path) -> tuple[str, ...]:
    # Not resolve(): a link keeps the name by which it was called.
    full = Path.cwd() / path
    inside = full.is_relative_to(Path.cwd())
    return full.relative_to(Path.cwd()).parts if inside else full.parts[1:]


def _shortest_tail(own: tuple[str, ...], tails: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    return next((own[-length:] for length in range(1, len(own)) if tails[own[-length:]] == 1), own)


def read_bytes(source: InputPath) -> bytes:
    """The content of a file, whole; raises `UnreadableError` where it cannot be had or is too large."""
    content = source.content if source.path is None else _read_path(source.path)
    if not content:
        raise UnreadableError("is-empty")
    if len(content) > MAX_BYTES:
        raise UnreadableError("too-large", limit=f"{MAX_BYTES // 1_000_000} MB")
    return content


def _read_path(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableError("not-found") from None
    except PermissionError:
        raise UnreadableError("permission") from None
    except OSError as error:
        raise UnreadableError("cannot-open", problem=_problem_of(error)) from None
