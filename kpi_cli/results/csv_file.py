"""A csv file to one sheet of text cells: any of four encodings, separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from kpi_cli.results.cells import (
    BLANK,
    MAX_COLUMNS,
    Book,
    Kind,
    RawCell,
    Row,
    Sheet,
    UnreadableError,
    pass_over_report,
)
from kpi_cli.results.encoding import decode_text

MAX_FIELD = 131_072
_DELIMITERS = (",", ";", "\t")
_SNIFFED_LINES = 60
_OWN_HEADER = ("set", "section", "code", "entity", "rank", "score")
# Our own exports put one ' before text that a spreadsheet would take for a formula, and before what looks so escaped.
_ESCAPED = re.compile(r"''*[=+\-@\t\r]")


def read_csv(data: bytes, *, file: str) -> Book:
    """The single sheet of a csv file; raises `UnreadableError` where quotes or encoding leave its rows in doubt."""
    text = decode_text(data)
    if not text.strip("\0"):
        raise UnreadableError("is-empty")
    known: dict[str, RawCell] = {}
    rows = tuple(
        Row(number, tuple(_read_field(field, known) for field in fields))
        for number, fields in enumerate(_read_records(text, _find_delimiter(text)), start=1)
        if any(fields)
    )
    return pass_over_report(file) if _is_own_report(rows) else Book((Sheet(file, rows),))


def _is_own_report(rows: tuple[Row, ...]) -> bool:
    first = rows[0].cells[: len(_OWN_HEADER)] if rows else ()
    return tuple(cell.text for cell in first) == _OWN_HEADER


def _read_field(field: str, known: dict[str, RawCell]) -> RawCell:
    cell = known.get(field)
    if cell is None:
        text = field[1:] if _ESCAPED.match(field) else field
        cell = known[field] = RawCell(Kind.TEXT, text) if text.strip() else BLANK
    return cell


def _read_records(text: str, delimiter: str) -> Iterator[list[str]]:
    # strict: an unclosed quote would otherwise swallow every row after it without a word.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(MAX_FIELD)
    try:
        for number, fields in enumerate(reader):
            if len(fields) > MAX_COLUMNS:
                raise UnreadableError("too-large", limit=f"{MAX_COLUMNS} columns")
            yield [] if number == 0 and _is_delimiter_line(fields, delimiter) else fields
    except csv.Error as error:
        if "field limit" in str(error):
            raise UnreadableError("csv-field", line=reader.line_num, limit=MAX_FIELD) from None
        raise UnreadableError("csv-quotes", line=reader.line_num) from None


def _is_delimiter_line(fields: list[str], delimiter: str) -> bool:
    return delimiter.join(fields) == f"sep={delimiter}"


def _find_delimiter(text: str) -> str:
    """The one named by Excel's `sep=` line, else the one that cuts most of the first lines into equally many fields."""
    if text[:4] == "sep=" and text[4:5] in _DELIMITERS:
        return text[4]
    lines = list(islice((line for line in io.StringIO(text) if line.strip()), _SNIFFED_LINES))
    return max(_DELIMITERS, key=lambda delimiter: _weigh_delimiter(lines, delimiter))


def _weigh_delimiter(lines: Iterable[str], delimiter: str) -> tuple[int, int]:
    csv.field_size_limit(MAX_FIELD)
    try:
        widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=delimiter) if len(fields) > 1)
    except csv.Error:
        return (0, 0)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
