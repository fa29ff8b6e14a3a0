"""A json file to one sheet of typed cells: a list of objects, a key a column."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place, Severity
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
    shorten_text,
)
from kpi_cli.results.encoding import decode_text
from kpi_cli.results.room import ROOM
from kpi_cli.results.tally import MAX_FINDINGS
from kpi_cli.rules.values import MAX_DIGITS, drop_zero_sign

MAX_JSON_BYTES = 50_000_000
_MOST_KEPT = 65_536
"""Values that differ, of which each is one cell; of more than these some are two."""
_OWN_SCHEMA = re.compile(r"kpi\.[a-z]+/[0-9]+\Z")
_EXPONENT = re.compile(r"[eE]([+-]?[0-9]+)\Z")


class JsonNumber(str):
    """The text of a number, not yet converted: its length and exponent are checked first."""

    __slots__ = ()


class JsonObject(list[tuple[str, Any]]):
    """An object as its pairs, so that a key given twice is seen."""

    __slots__ = ()


def read_json(data: bytes, *, file: str) -> Book:
    """The records of a json file as one sheet; raises `UnreadableError` where it is no list of objects."""
    items = parse_json(data)
    if _is_own_report(items):
        return pass_over_report(file)
    if not isinstance(items, list) or isinstance(items, JsonObject):
        raise UnreadableError("not-a-list")
    records = [(number, item) for number, item in enumerate(items, start=1) if isinstance(item, JsonObject)]
    strangers = (number for number, item in enumerate(items, start=1) if not isinstance(item, JsonObject))
    keys = _collect_keys(item for _, item in records)
    if len(records) * len(keys) > MAX_PLACES:
        raise UnreadableError("too-large", limit=f"{MAX_PLACES} cells")
    read = lru_cache(maxsize=_MOST_KEPT, typed=True)(_read_value)  # most equal values are one cell; typed: "1" is not 1
    rows = (Row(number, _read_record(item, keys, read)) for number, item in records)
    header = (Row(0, tuple(RawCell(Kind.TEXT, key) for key in keys)),) if keys else ()
    refused = tuple(_refuse_items(islice(strangers, MAX_FINDINGS + 1), file))
    sheet = Sheet(file, (*header, *rows), keys=keys)
    return Book((sheet,) if records or not refused else (), refused)


def parse_json(data: bytes) -> object:
    """What a json file holds, its numbers as text and its objects as pairs; raises `UnreadableError`."""
    if len(data) > MAX_JSON_BYTES:
        raise UnreadableError("too-large", limit=f"{MAX_JSON_BYTES // 1_000_000} MB")
    _check_size(data)
    return _parse(decode_text(data).removeprefix("\ufeff"))


def _check_size(data: bytes) -> None:
    """Raises `UnreadableError` for more than can be held; every object and list has a bracket, every value a colon."""
    if data.count(b"{") + data.count(b"[") > ROOM.rows:
        raise UnreadableError("too-large", limit=f"{ROOM.rows} objects")
    if data.count(b":") > ROOM.cells:
        raise UnreadableError("too-large", limit=f"{ROOM.cells} values")


def _parse(text: str) -> object:
    try:
        return json.loads(
            text, parse_int=JsonNumber, parse_float=JsonNumber, parse_constant=JsonNumber, object_pairs_hook=JsonObject
        )
    except json.JSONDecodeError as error:
        raise UnreadableError("not-json", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise UnreadableError("json-too-deep") from None


def _is_own_report(items: object) -> bool:
    schema = next((value for key, value in items if key == "schema"), None) if isinstance(items, JsonObject) else None
    return isinstance(schema, str) and _OWN_SCHEMA.match(schema) is not None


def _collect_keys(records: Iterable[JsonObject]) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(key for record in records for key, _ in record))
    if len(keys) > MAX_COLUMNS:
        raise UnreadableError("too-large", limit=f"{MAX_COLUMNS} columns")
    return keys


_ReadValue: TypeAlias = Callable[[Hashable], RawCell]


def _read_record(record: JsonObject, keys: tuple[str, ...], read: _ReadValue) -> tuple[RawCell, ...]:
    values = dict(record)
    counts = Counter(key for key, _ in record)
    return tuple(
        RawCell(Kind.REPEATED, key, typed=True) if counts[key] > 1 else _read_item(values.get(key), read)
        for key in keys
    )


_OBJECT, _LIST = (RawCell(Kind.STRUCTURE, shown, typed=True) for shown in ("{...}", "[...]"))


def _read_item(item: Hashable | list[object], read: _ReadValue) -> RawCell:
    if isinstance(item, list):
        return _OBJECT if isinstance(item, JsonObject) else _LIST
    return read(item)


def _read_value(value: Hashable) -> RawCell:
    match value:
        case bool():
            return RawCell(Kind.TRUTH, "true" if value else "false", truth=value, typed=True)
        case JsonNumber():
            return RawCell(Kind.NUMBER, shorten_text(value), convert_number(value), typed=True)
        case str():
            return RawCell(Kind.TEXT, value, typed=True) if value.strip() else BLANK
    return BLANK  # null


def convert_number(text: str) -> Decimal | None:
    """The number, or None where its digits are beyond reason (or it is NaN): then nobody computes with it."""
    exponent = _EXPONENT.search(text)
    if len(text) > MAX_DIGITS or text.strip("-")[:1].isalpha():
        return None
    return drop_zero_sign(Decimal(text)) if exponent is None or abs(int(exponent[1])) <= MAX_DIGITS else None


def _refuse_items(numbers: Iterable[int], file: str) -> Iterator[Diagnostic]:
    for number in numbers:
        place = Place(file, cell=f"{file}[{number}]")
        yield Diagnostic("not-a-record", Severity.ERROR, place, {"number": number})
