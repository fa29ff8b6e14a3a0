"""An xlsx report to its sheets, and what it says it was made from: known by the values, whatever the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from kpi_cli.results.cells import OWN_REPORT, Sheet, UnreadableError
from kpi_cli.results.report import ReportFile, parse_options
from kpi_cli.results.xlsx_file import read_sheets
from kpi_cli.scoring.figures import InputFile

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
INPUT_LINE = re.compile(r"(?P<file>.+) · sha256 (?P<sha256>[0-9a-f]{64})\Z")
_VERSION = re.compile(r"kpi (?P<version>[0-9]\S*)\Z")
_SET = re.compile(r"(?P<id>[A-Za-z0-9][A-Za-z0-9._-]*) · ")


def read_xlsx_report(data: bytes, *, file: str) -> ReportFile:
    """The report in a workbook; raises `UnreadableError` for one that is broken, beyond bounds or not ours."""
    book = read_sheets(data, file=file, own=True)
    if book is None:
        raise UnreadableError("not-a-report")
    source = _find_provenance(book.sheets)
    return ReportFile(
        file,
        ".xlsx",
        book.sheets,
        set_id=_first(match["id"] for text in source.texts if (match := _SET.match(text))),
        set_sha256=_first(text for text in source.texts if _SHA256.match(text)),
        inputs=tuple(
            InputFile(match["file"], match["sha256"]) for text in source.texts if (match := INPUT_LINE.match(text))
        ),
        set_file=_find_set_file(source.texts),
        version=_first(match["version"] for text in source.texts if (match := _VERSION.match(text))),
        options=parse_options(_first(text for text in source.texts if text.startswith("--")) or ""),
        heading=source.heading,
        passed_over=tuple(
            row.cell(1).text for sheet in book.sheets for row in sheet.rows if row.cell(2).text == OWN_REPORT
        ),
    )


class _Provenance(NamedTuple):
    heading: str = ""
    texts: Sequence[str] = ()


def _find_provenance(sheets: Sequence[Sheet]) -> _Provenance:
    """The last sheet that ends with the version of kpi; nothing where somebody took it away."""
    for sheet in reversed(sheets):
        texts = [" ".join(row.cell(1).text.split()) for row in sheet.rows]
        if any(map(_VERSION.match, texts)):
            return _Provenance(sheet.rows[0].cell(0).text, texts)
    return _Provenance()


def _find_set_file(texts: Sequence[str]) -> str | None:
    """What stands between the set and its fingerprint; a set that came through a pipe has no file."""
    for named, text in pairwise(texts):
        if _SET.match(named) and not _SHA256.match(text):
            return text
    return None


def _first(found: Iterable[str]) -> str | None:
    return next(iter(found), None)
