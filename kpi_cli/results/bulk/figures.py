"""Cells to figures in SQL: plain ones by an expression, every other text by the reader of cells, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.model import Measure, answers
from kpi_cli.results.bulk.limits import MOST_TEXTS, EngineLimitError
from kpi_cli.results.bulk.source import HEADING, Source, escape, insert_rows
from kpi_cli.results.set_index import SetIndex
from kpi_cli.rules.values import count_decimals
from kpi_cli.scoring.figures import Absence, Answer
from kpi_cli.targets.sql.figures import find_largest, name_digits

if TYPE_CHECKING:
    import duckdb

_NUMBER = "DECIMAL(24, 8)"
_TYPES = {"count": "BIGINT", "flag": "BOOLEAN", "choice": "VARCHAR"}
_PLAIN = {"count": "[0-9]{1,15}", "number": "[0-9]{1,15}([.][0-9]{1,8})?", "percent": "[0-9]{1,15}([.][0-9]{1,8})?"}
_EXACT = re.compile(r"(?:U?(?:TINY|SMALL)INT|U?INTEGER|BIGINT)\Z")
_NARROW = re.compile(r"U?(?:(?:TINY|SMALL)INT|INTEGER)\Z")
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)\Z")
_MAY_BE_LARGE = re.compile("BIGINT|DECIMAL")
_OTHER_NUMBERS = re.compile(r"DECIMAL|U?HUGEINT|UBIGINT|DOUBLE|FLOAT")
_FLOATS = {"DOUBLE", "FLOAT"}
_EXACTLY_CAST = 20_000_000
"""Below it two decimals of eight places are never one float, and a product by 10^8 is off by less than half."""
_INTEGER_DIGITS, _DECIMALS = 16, 8
TEXTS = "texts"
"""The table of texts that were read: `refused` where there is no figure in one, `na` where it is not applicable."""


class Column(NamedTuple):
    """A measure's column: the expression of its value, of a text that is not plain, and of what does not fit.

    `digits`: how many decimals a plain text was typed with, of a percent that its parts may contradict.
    """

    measure: str
    type: str
    value: str
    odd: str | None = None
    unfit: str | None = None
    digits: str | None = None

    @property
    def value_name(self) -> str:
        """What the column of values is called beside columns of our own, whose names a measure may have."""
        return f"{self.measure}:value"

    @property
    def digits_name(self) -> str:
        """What the column of the decimals that a percent was typed with is called."""
        return name_digits(self.measure)

    @property
    def odd_name(self) -> str:
        """What the column of texts that are not plain is called."""
        return f"{self.measure}:odd"


def type_of(measure: Measure) -> str:
    """The type of DuckDB that holds the figures of `measure` exactly."""
    return _TYPES.get(measure.type, _NUMBER)


def plan_columns(source: Source, index: SetIndex) -> list[Column]:
    """How each column of a measure is read; raises `EngineLimitError` for a type that is none of figures."""
    columns = []
    header = dict(source.table.header.measures)
    parts = frozenset[str]().union(*(indicator.ratio_parts for indicator in index.definition.indicators))
    for name, position in header.items():
        measure, kind = index.definition.measures[name], source.kinds[position]
        column = _plan_column(name, measure, f"c{position}", kind, typed=source.typed, is_part=name in parts)
        if column is None:
            raise EngineLimitError(source.file, "column", column=name, type=kind)
        if column.odd and measure.ratio and {measure.ratio.part, measure.ratio.whole} <= header.keys():
            column = column._replace(digits=_count_digits(f"c{position}", column.value))
        columns.append(column)
    return columns


def _count_digits(cell: str, value: str) -> str:
    """The decimals of a plain text, zeros at its end too: they say how exactly a percent was rounded."""
    point = f"strpos({cell}, '.')"
    return f"CASE WHEN ({value}) IS NOT NULL THEN IF({point} = 0, 0, length({cell}) - {point}) END"


def _plan_column(name: str, measure: Measure, cell: str, kind: str, *, typed: bool, is_part: bool) -> Column | None:
    type_ = type_of(measure)
    if kind == "VARCHAR":
        value = _read_plain(measure, cell, typed=typed)
        return Column(name, type_, value, f"CASE WHEN {cell} <> '' AND ({value}) IS NULL THEN {cell} END")
    if measure.type in {"flag", "choice"}:
        return Column(name, type_, cell) if kind == type_ else None
    if _is_exact(kind):
        unfit = _is_too_large(cell, measure) if _MAY_BE_LARGE.match(kind) else None
        # Part and whole are multiplied: in 64 bits, and not in the fewer that a file may have for whole numbers.
        widened = is_part and _NARROW.match(kind)
        return Column(name, type_, f"{cell}::BIGINT" if widened else cell, unfit=unfit)
    if not _OTHER_NUMBERS.match(kind):
        return None
    number = f"{cell}::DOUBLE" if kind in _FLOATS else cell
    value = _read_float(number) if kind in _FLOATS else f"TRY_CAST({cell} AS {_NUMBER})"
    same = "DOUBLE" if kind in _FLOATS else kind
    changed = f"{cell} IS NOT NULL AND ({value} IS NULL OR ({value})::{same} <> {number})"
    return Column(name, type_, value, unfit=f"{changed} OR {_is_too_large(f'({value})', measure)}")


def _read_float(number: str) -> str:
    """The decimal of a float that Python too takes for it: the shortest that is no other float.

    To cast it multiplies by 10^8, which moves the last digits of a large float; that is read from its text.
    """
    text = f"CAST({number} AS VARCHAR)"
    written = f"CASE WHEN regexp_full_match({text}, '-?[0-9]{{1,16}}([.][0-9]{{1,8}})?') THEN {text} END"
    return (
        f"CASE WHEN {number} BETWEEN -{_EXACTLY_CAST} AND {_EXACTLY_CAST} THEN TRY_CAST({number} AS {_NUMBER})"
        f" ELSE TRY_CAST({written} AS {_NUMBER}) END"
    )


def _is_too_large(value: str, measure: Measure) -> str:
    """Whether the query would take a figure for missing that the reader of cells may well read."""
    largest = find_largest(measure)
    return f"{value} NOT BETWEEN -{largest} AND {largest}"


def _is_exact(kind: str) -> bool:
    """Whether the query can compute with such numbers as they are."""
    decimal = _DECIMAL.match(kind)
    if decimal is None:
        return _EXACT.match(kind) is not None
    digits, decimals = int(decimal[1]), int(decimal[2])
    return digits - decimals <= _INTEGER_DIGITS and decimals <= _DECIMALS


def _read_plain(measure: Measure, cell: str, *, typed: bool) -> str:
    """The value of a text beyond doubt; NULL of every other, whatever it may mean."""
    if measure.type == "choice":
        return f"CASE WHEN {cell} IN ({_list_texts(measure.choices or ())}) THEN {cell} END"
    if measure.type == "flag":
        yes, no = _list_texts(answers.YES), _list_texts(answers.NO)
        return f"CASE WHEN {cell} IN ({yes}) THEN true WHEN {cell} IN ({no}) THEN false END"
    number = f"TRY_CAST({cell} AS {type_of(measure)})"
    # What a person typed between 0 and 1 is in doubt: points, or a fraction?
    clear = f" AND ({number} = 0 OR {number} > 1)" if measure.type == "percent" and not typed else ""
    return f"CASE WHEN regexp_full_match({cell}, '{_PLAIN[measure.type]}'){clear} THEN {number} END"


def _list_texts(texts: Iterable[str]) -> str:
    return ", ".join(f"'{escape(text)}'" for text in texts)


def read_texts(
    connection: duckdb.DuckDBPyConnection, staged: str, columns: Iterable[Column], source: Source, index: SetIndex
) -> list[Column]:
    """Reads every text that is not plain into the table `TEXTS`; gives the columns that hold any."""
    connection.execute(
        f"CREATE TEMP TABLE {TEXTS} (measure VARCHAR, text VARCHAR, number {_NUMBER}, digits BIGINT, flag BOOLEAN,"
        " choice VARCHAR, na BOOLEAN, refused BOOLEAN)"
    )
    found = []
    for column in columns:
        odd = f'"{column.odd_name}"'
        query = f"SELECT DISTINCT {odd} FROM {staged} WHERE {odd} IS NOT NULL LIMIT {MOST_TEXTS + 1}"
        texts = [text for (text,) in connection.execute(query).fetchall()] if column.odd else []
        if len(texts) > MOST_TEXTS:
            raise EngineLimitError(source.file, "texts", column=column.measure, limit=f"{MOST_TEXTS:,}")
        if texts:
            rows = list(_read_column(column, texts, source, index))
            insert_rows(connection, TEXTS, rows)
            found.append(column)
    return found


def _read_column(column: Column, texts: list[str], source: Source, index: SetIndex) -> Iterator[tuple[object, ...]]:
    readings, measure = index.readings[column.measure], index.definition.measures[column.measure]
    for text, row in zip(texts, source.make_rows([[text] for text in texts]), strict=True):
        found = readings[row.cell(0)]
        if found.refusal is not None and index.headers.may_head(text, *HEADING):
            raise EngineLimitError(source.file, "tables", count=2)
        if isinstance(found.answer, Decimal) and not _fits(found.answer, measure):
            digits = len(f"{find_largest(measure):f}")
            raise EngineLimitError(source.file, "digits", column=column.measure, value=found.raw, digits=digits)
        inapplicable = found.answer is Absence.NOT_APPLICABLE
        yield column.measure, text, *_spread(found.answer), inapplicable, found.refusal is not None


def _fits(value: Decimal, measure: Measure) -> bool:
    """Whether the query computes with such a figure; it would take a larger one for missing."""
    return abs(value) <= find_largest(measure) and value == value.quantize(Decimal(1).scaleb(-_DECIMALS))


def _spread(answer: Answer) -> tuple[str | None, int | None, bool | None, str | None]:
    """The answer as a number and its decimals, a flag or a choice; a number as its text: a list could become floats."""
    return (
        f"{answer:f}" if isinstance(answer, Decimal) else None,
        count_decimals(answer) if isinstance(answer, Decimal) else None,
        answer if isinstance(answer, bool) else None,
        answer if isinstance(answer, str) else None,
    )
