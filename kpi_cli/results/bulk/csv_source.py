"""A csv file as DuckDB is to read it, once it is certain that it has the rows that everyone sees in it.

A line is a row, of UTF-8, and quotes are where they should be; of any other file the Python engine tells the rows.
"""

from __future__ import annotations

import csv
import io
import pathlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.results.bulk.limits import EngineLimitError
from kpi_cli.results.bulk.source import NAMING, Source, choose_table, escape
from kpi_cli.results.cells import Row
from kpi_cli.results.csv_file import MAX_LINE, find_delimiter, read_csv
from kpi_cli.results.header import find_tables
from kpi_cli.results.headers import HeaderIndex, Role
from kpi_cli.results.parquet_file import name_file
from kpi_cli.results.set_index import SetIndex
from kpi_cli.results.tables import Table, may_be_figure
from kpi_cli.results.words import FLAGS, MISSING, NOT_APPLICABLE

if TYPE_CHECKING:
    import duckdb

_SAMPLE = 100
_CHUNK = 1 << 22
_TOGETHER = 10_000
_FIGURE = "^[^a-zA-Zก-ฮ]*[0-9๐-๙]"
_NO_LETTERS = re.compile("[^a-zก-ฮ]")
_NAMED = (Role.MEASURE, Role.MEASURE_NAME)


class _Lines(NamedTuple):
    """How many lines a file has, and how many of them are empty."""

    total: int
    empty: int


def open_csv(connection: duckdb.DuckDBPyConnection, path: pathlib.Path, index: SetIndex) -> Source:
    """A csv file; raises `EngineLimitError` where it is in doubt what its rows are, or they are no single table."""
    lines = _count_lines(path)
    with path.open("rb") as stream:
        head = b"".join(islice(stream, _SAMPLE))
    sheets = read_csv(head, file=path.name).sheets
    table = choose_table([table for sheet in sheets for table in find_tables(sheet, index.headers)], path.name)
    delimiter = find_delimiter([line for line in head.decode("utf-8-sig").split("\n") if line.strip()][:60])
    skip, width = table.rows[0].number - 1, table.header.width
    above_rows = (row for row in table.sheet.rows if row.number <= skip)
    if any("\n" in cell.text or "\r" in cell.text for row in above_rows for cell in row.cells):
        raise EngineLimitError(path.name, "lines")  # rows are counted by lines
    above = sum(not line for line in head.splitlines()[:skip])

    def check_count(rows: int) -> None:
        if rows != lines.total - skip - (lines.empty - above):
            raise EngineLimitError(path.name, "lines")

    return Source(
        file=path.name,
        scan=_write_scan(path, delimiter, skip=skip, width=width),
        kinds=("VARCHAR",) * width,
        table=table,
        read_rows=lambda numbers: _read_rows(path, numbers, delimiter, skip=skip),
        make_rows=_make_rows,
        typed=False,
        first_row=skip + 1,
        surplus=_write_surplus(table),
        blank=f"COALESCE({', '.join(f'c{column}' for column in range(width + 1))}) IS NULL",
        headed=_write_headed(table, index.headers),
        check_count=check_count,
    )


def _write_surplus(table: Table) -> str:
    """Whether a row has a cell too many, or a figure where none was seen: below no header, in rows further down.

    The heading to the left of such a column may stand over it too, which is refused where it is seen.
    """
    titled = {cell.column for cell in table.header.cells}
    untitled = (column for column in range(table.header.width) if column not in titled)
    unseen = [each for each in untitled if not any(may_be_figure(row.cell(each)) for row in table.rows)]
    words = ", ".join(f"'{escape(word)}'" for word in sorted({*FLAGS, *MISSING, *NOT_APPLICABLE}))
    figures = (f"(regexp_matches(c{each}, '{_FIGURE}') OR lower(trim(c{each})) IN ({words}))" for each in unseen)
    return " OR ".join([f"trim(c{table.header.width}) <> ''", *figures])


def _write_headed(table: Table, headers: HeaderIndex) -> str:
    """Whether a row may head a table whose names stand in a column that this one does not read.

    Of the texts Latin letters and Thai consonants alone are compared, which no clean-up of headers changes.
    """
    read = {*table.header.columns(Role.ENTITY), *table.header.columns(Role.CODE), *dict(table.header.measures).values()}
    unread = [column for column in range(table.header.width) if column not in read]
    naming, named = (_write_like(headers, roles) for roles in (NAMING, _NAMED))
    if not unread or not naming or not named:
        return "false"
    names, every = _write_letters(unread), _write_letters(range(table.header.width))
    return f"CASE WHEN regexp_matches({names}, '{naming}') THEN regexp_matches({every}, '{named}') ELSE false END"


def _write_letters(columns: Iterable[int]) -> str:
    """The letters of the cells of a row, each between bars; one text, since a file may have thousands of columns."""
    cells = ", ".join(f"c{column}" for column in columns)
    return f"regexp_replace(lower(concat('|', concat_ws('||', {cells}), '|')), '[^a-zก-ฮ|]', '', 'g')"


def _write_like(headers: HeaderIndex, roles: Iterable[Role]) -> str:
    """A pattern of the letters of every header that claims one of `roles`; empty where there is none."""
    letters = {_NO_LETTERS.sub("", key.lower()) for key in headers.list_keys(*roles)} - {""}
    return f"[|]({'|'.join(sorted(letters))})[|]" if letters else ""


def _write_scan(path: pathlib.Path, delimiter: str, *, skip: int, width: int) -> str:
    """One column more than the header has: what stands there is a comma too many.

    One thread reads, so that rows are kept in the order of the file: they are numbered by it.
    """
    columns = ", ".join(f"'c{column}': 'VARCHAR'" for column in range(width + 1))
    return (
        f"SELECT * FROM read_csv('{escape(name_file(path))}', columns = {{{columns}}}, delim = '{delimiter}',"
        f" quote = '\"', escape = '\"', skip = {skip}, header = false, auto_detect = false, null_padding = true,"
        f" strict_mode = true, nullstr = '', max_line_size = {MAX_LINE},"
        " parallel = false)"
    )


def _count_lines(path: pathlib.Path) -> _Lines:
    """Reads the file once; raises `EngineLimitError` where a line may be something else than a row."""
    count = empty = 0
    ends: set[bool] = set()
    with path.open("rb") as stream:
        while data := stream.read(_CHUNK):
            data += stream.readline(MAX_LINE)
            lines = data.splitlines()
            count, empty = count + len(lines), empty + lines.count(b"")
            _check_bytes(data, path.name, ends)
    return _Lines(count, empty)


def _check_bytes(data: bytes, file: str, ends: set[bool]) -> None:
    """`data` are whole lines; `ends` is whether they end with a carriage return too, one way in all of a file."""
    try:
        data.decode()
    except UnicodeDecodeError:
        raise EngineLimitError(file, "encoding") from None
    breaks, pairs = data.count(b"\n"), data.count(b"\r\n")
    ends |= {pairs > 0} if breaks else set()
    if pairs not in {0, breaks} or data.count(b"\r") != pairs or len(ends) > 1 or b"\0" in data:
        raise EngineLimitError(file, "lines")
    if b' "' in data or b'" ' in data:  # the two readers differ in what is quoted then
        raise EngineLimitError(file, "quotes")


def _read_rows(path: pathlib.Path, numbers: Sequence[int], delimiter: str, *, skip: int) -> tuple[Row, ...]:
    """The rows that DuckDB counts by `numbers`: it passes over empty lines, which people count."""
    found = dict(_find_lines(path, set(numbers), skip=skip))
    rows = _parse_lines([line for _, line in found.values()], delimiter)
    return tuple(row._replace(number=number) for row, (number, _) in zip(rows, found.values(), strict=True))


def _find_lines(path: pathlib.Path, wanted: set[int], *, skip: int) -> Iterator[tuple[int, tuple[int, bytes]]]:
    counted, last = skip, max(wanted)
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            counted += number > skip and line not in {b"\n", b"\r\n"}
            if number > skip and counted in wanted and line.strip(b"\r\n"):
                yield counted, (number, line)
            if counted >= last:
                return


def _make_rows(texts: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """Some at a time: what bounds the rows of a small file would refuse them."""
    return tuple(row for start in range(0, len(texts), _TOGETHER) for row in _make(texts[start : start + _TOGETHER]))


def _make(texts: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(texts)
    return _parse_lines(stream.getvalue().encode().splitlines(), ",")


def _parse_lines(lines: Sequence[bytes], delimiter: str) -> tuple[Row, ...]:
    """A row for each line, as the reader of csv files makes it; one without cells where it sees none."""
    ended = (line if line.endswith(b"\n") else line + b"\n" for line in lines)
    data = f"sep={delimiter}\n".encode() + b"".join(ended)
    rows = {row.number - 2: row for sheet in read_csv(data, file="").sheets for row in sheet.rows}
    return tuple(rows.get(number, Row(number, ())) for number in range(len(lines)))
