"""The roster beside a set: a csv file of those that must report, read into the plain values of the set."""

from __future__ import annotations

import csv
import io
import itertools
import pathlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from kpi_cli.definition.data import Data
from kpi_cli.diagnostics import Diagnostic, Path, Place, Severity
from kpi_cli.model.names import clean_code

COLUMNS = ("code", "name", "name_en", "aliases")
MAX_BYTES = 5_000_000
_REQUIRED = ("code", "name")
_KEYS = ("entity", "roster")


class _Row(NamedTuple):
    line: int
    cells: dict[str, str]
    surplus: str


def include_roster(data: Data, *, folder: pathlib.Path | None, file: str) -> tuple[Data, list[Diagnostic]]:
    """`data` with the rows of its roster file in place of the file's name, and what is wrong with that file.

    `folder` is that of the set, whose name as printed is `file`. A roster must stand inside it, so that a definition
    cannot read what lies elsewhere.
    """
    entity = data.get("entity") if isinstance(data, dict) else None
    name = entity.get("roster") if isinstance(entity, dict) else None
    if not isinstance(data, dict) or not isinstance(entity, dict) or not isinstance(name, str):
        return data, []
    text = _read_text(name, folder)
    shown = (pathlib.PurePosixPath(file).parent / name).as_posix()
    rows = _read_rows(text, name, shown) if isinstance(text, str) else [text]
    found = [row for row in rows if isinstance(row, Diagnostic)]
    if found:  # half a roster would only bring echoes
        return data | {"entity": {key: value for key, value in entity.items() if key != "roster"}}, found
    entries = tuple(_make_entry(row.cells) for row in rows if isinstance(row, _Row))
    return data | {"entity": entity | {"roster": entries}}, []


def _read_text(name: str, folder: pathlib.Path | None) -> str | Diagnostic:
    path = _resolve_inside(name, folder) if folder is not None else None
    if path is None:
        return _unreadable(name, "roster-outside")
    try:
        if not path.is_file():
            return _unreadable(name, "roster-not-found")
        if path.stat().st_size > MAX_BYTES:
            return _unreadable(name, "roster-too-large")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return _unreadable(name, "roster-not-utf8")
    except OSError:
        return _unreadable(name, "roster-cannot-open")


def find_roster(data: object, *, folder: pathlib.Path | None) -> pathlib.Path | None:
    """The roster file that plain values name, where it stands inside the set's folder."""
    entity = data.get("entity") if isinstance(data, dict) else None
    name = entity.get("roster") if isinstance(entity, dict) else None
    return _resolve_inside(name, folder) if isinstance(name, str) and folder is not None else None


def _resolve_inside(name: str, folder: pathlib.Path) -> pathlib.Path | None:
    try:
        path = (folder / name).resolve()
    except (OSError, ValueError, RuntimeError):  # a name with a NUL or without end, a loop of links
        return None
    return path if path.is_relative_to(folder.resolve()) else None


def _unreadable(name: str, variant: str) -> Diagnostic:
    return Diagnostic("unreadable", Severity.ERROR, Path(_KEYS), {"file": name}, variant)


def _read_rows(text: str, name: str, shown: str) -> list[_Row | Diagnostic]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        found = [*_check_header(header, shown)]
        return [*found] or [*_check_rows(reader, header, shown)]
    except csv.Error:
        return [_unreadable(name, "roster-broken")]


def _check_header(header: list[str], shown: str) -> Iterator[Diagnostic]:
    place = Place(shown, 1)
    if len(header) == 1 and re.search("[;\t|]", header[0]):
        yield Diagnostic("unreadable", Severity.ERROR, place, {}, "roster-separator")
        return
    for column in _REQUIRED:
        if column not in header:
            yield Diagnostic("missing-key", Severity.ERROR, place, {"key": column}, "roster-header")
    seen: set[str] = set()
    for column in header:
        if not column:  # a spreadsheet leaves empty columns behind; a cell in one is surplus
            continue
        if column in seen:
            yield Diagnostic("duplicate-key", Severity.ERROR, place, {"key": column}, "roster-header")
        elif column not in COLUMNS:
            params = {"key": column, "known": COLUMNS}
            yield Diagnostic("unknown-key", Severity.ERROR, place, params, "roster-column")
        seen.add(column)


def _check_rows(reader: Iterator[list[str]], header: list[str], shown: str) -> Iterator[_Row | Diagnostic]:
    """Each row as it is, and what is wrong with it; a row without any text is passed over."""
    seen: dict[str, _Row] = {}
    for row in _iterate_rows(reader, header):
        place = Place(shown, row.line)
        if row.surplus:
            yield Diagnostic("wrong-type", Severity.ERROR, place, {"text": row.surplus}, "roster-row")
        for column in _REQUIRED:
            if not row.cells.get(column):
                yield Diagnostic("missing-key", Severity.ERROR, place, {"key": column}, "roster-column")
        code = row.cells.get("code", "")
        first = seen.setdefault(clean_code(code), row) if code else row
        if first is not row:
            other = first.cells["code"]
            params = {"id": code, "line": first.line, "other": other}
            variant = "roster-row" if code == other else "roster-row-alike"
            yield Diagnostic("duplicate-id", Severity.ERROR, place, params, variant)
        yield row


def _iterate_rows(reader: Iterator[list[str]], header: list[str]) -> Iterator[_Row]:
    line = 2
    for row in reader:
        # As far as the row goes and no further: short rows under very many empty columns would last.
        named = list(itertools.zip_longest(header[: len(row)], map(str.strip, row), fillvalue=""))
        if any(cell for _, cell in named):
            surplus = ", ".join(cell for column, cell in named if cell and not column)
            yield _Row(line, {column: cell for column, cell in named if column}, surplus)
        line = reader.line_num + 1  # type: ignore[attr-defined]  # a quoted cell may go over several lines


def _make_entry(cells: dict[str, str]) -> Data:
    aliases = tuple(alias.strip() for alias in cells.get("aliases", "").split("|") if alias.strip())
    entry: dict[str | int, Data] = {"code": cells["code"], "name": cells["name"], "aliases": aliases}
    return entry | {"name_en": cells.get("name_en") or None}
