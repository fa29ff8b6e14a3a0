"""A csv file to one sheet of text cells: any of four encodings, separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from kpi_cli.results.cells import (
    BLANK,
    MAX_COLUMNS,
    MAX_PLACES,
    Book,
    Kind,
    RawCell,
    Row,
    Sheet,
    UnreadableError,
    pass_over_report,
)
from kpi_cli.results.encoding import find_encoding
from kpi_cli.results.room import SMALL

MAX_CSV_BYTES = 50_000_000
MAX_FIELD = 131_072
MAX_LINE = 2_000_000
MAX_TEXTS = 500_000
"""Fields that differ: each is kept once."""
MAX_SMALL_ROWS = 60_000
"""Rows of a small file."""
_NOTHING = b"\0\xef\xbb\xbf\xff\xfe"
_DELIMITERS = (",", ";", "\t")
_SNIFFED = 60
# How a ranking begins, and a list of what is owed.
_OWN_HEADERS = (
    ("set", "section", "code", "entity", "rank", "score"),
    ("set", "owner", "code", "entity", "section", "indicator"),
)
# Our own exports put one ' before text that a spreadsheet would take for a formula, and before what looks so escaped.
_ESCAPED = re.compile(r"''*[=+\-@\t\r]")


def read_csv(data: bytes, *, file: str) -> Book:
    """The single sheet of a csv file; raises `UnreadableError` where quotes or encoding leave its rows in doubt."""
    if len(data) > MAX_CSV_BYTES:
        raise UnreadableError("too-large-csv", limit=f"{MAX_CSV_BYTES // 1_000_000} MB")
    if not data.strip(_NOTHING):
        raise UnreadableError("is-empty")
    rows = tuple(_read_rows(data, find_encoding(data)))
    if len(data) < SMALL and len(rows) > MAX_SMALL_ROWS:
        raise UnreadableError("too-many-rows", limit=f"{MAX_SMALL_ROWS:,}")
    return pass_over_report(file) if _is_own_report(rows) else Book((Sheet(file, rows),))


def _read_rows(data: bytes, encoding: str) -> Iterator[Row]:
    known = _Cells()
    places = 0
    for number, fields in enumerate(_read_records(data, encoding), start=1):
        if any(fields):
            yield Row(number, tuple(map(known.__getitem__, fields)))
            places += len(fields)
        if places > MAX_PLACES or len(known) > MAX_TEXTS:
            limit = f"{MAX_PLACES:,}" if places > MAX_PLACES else f"{MAX_TEXTS:,} different"
            raise UnreadableError("too-many-cells", limit=limit)


def _is_own_report(rows: tuple[Row, ...]) -> bool:
    texts = tuple(cell.text for cell in rows[0].cells) if rows else ()
    return any(texts[: len(header)] == header for header in _OWN_HEADERS)


# Its own constructor takes twice as long, and a long table has very many different texts.
_make_cell = partial(tuple.__new__, RawCell)
_TEXT, _NO_NUMBER = Kind.TEXT, RawCell(Kind.TEXT)[2:]


class _Cells(dict[str, RawCell]):
    """The cell of each field. Equal fields are one cell."""

    def __missing__(self, field: str) -> RawCell:
        text = field[1:] if field[:1] == "'" and _ESCAPED.match(field) else field
        cell = self[field] = _make_cell((_TEXT, text, *_NO_NUMBER)) if text.strip() else BLANK
        return cell


def _read_records(data: bytes, encoding: str) -> Iterator[list[str]]:
    delimiter = find_delimiter(list(islice((line for line in _read_lines(data, encoding) if line.strip()), _SNIFFED)))
    # strict: an unclosed quote would otherwise swallow every row after it without a word.
    reader = csv.reader(_read_lines(data, encoding), delimiter=delimiter, strict=True)
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


def _read_lines(data: bytes, encoding: str) -> Iterator[str]:
    """The lines with their ends, decoded one after the other; raises `UnreadableError` for one without end."""
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    for line in stream:
        if len(line) >= MAX_LINE:
            raise UnreadableError("too-large", limit=f"{MAX_LINE} characters in a line")
        yield line


def _is_delimiter_line(fields: list[str], delimiter: str) -> bool:
    return delimiter.join(fields) == f"sep={delimiter}"


def find_delimiter(lines: list[str]) -> str:
    """The one named by Excel's `sep=` line, else the one that cuts most of the first lines into equally many fields."""
    first = lines[0] if lines else ""
    if first[:4] == "sep=" and first[4:5] in _DELIMITERS:
        return first[4]
    return max(_DELIMITERS, key=lambda delimiter: _weigh_delimiter(lines, delimiter))


def _weigh_delimiter(lines: Iterable[str], delimiter: str) -> tuple[int, int]:
    csv.field_size_limit(MAX_FIELD)
    try:
        widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=delimiter) if len(fields) > 1)
    except csv.Error:
        return (0, 0)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
