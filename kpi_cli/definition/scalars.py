"""What a plain YAML scalar means: exact numbers, true/false, null, dates, text; YAML 1.1's surprises are named."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from kpi_cli.rules.values import parse_number

Plain: TypeAlias = bool | int | Decimal | datetime.date | str | None

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")

# Some of these patterns would take for ever on a text without bound; nobody writes such a number.
_LONGEST = 200
# What YAML 1.1 readers silently make of a plain scalar, by the name of the surprise. The order matters: first match.
_SURPRISES = {
    "boolean-word": re.compile(r"(?:yes|no|on|off)\Z", re.IGNORECASE),
    "sexagesimal": re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z"),
    "leading-zero": re.compile(r"[-+]?0[0-9_]+(?:\.[0-9_]*)?\Z"),
    "radix": re.compile(r"[-+]?0[xXbBoO][0-9a-fA-F_]+\Z"),
    "underscore": re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?\Z"),
    "exponent": re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+\Z"),
    "bare-point": re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.)\Z"),
    "not-finite": re.compile(r"[-+]?\.(?:inf|nan)\Z", re.IGNORECASE),
    "timestamp": re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[Tt ].+\Z"),
    "merge-key": re.compile(r"<<\Z"),
}


@lru_cache(maxsize=4096)  # a definition says the same words again and again
def find_surprise(text: str) -> str | None:
    """The name of the surprise that other YAML readers would make of the plain scalar `text`, or None."""
    if (_INTEGER.match(text) or _DECIMAL.match(text)) and parse_number(text) is None:
        return "too-many-digits"
    if len(text) > _LONGEST:
        return None
    return next((name for name, pattern in _SURPRISES.items() if pattern.match(text)), None)


def resolve_plain(text: str) -> Plain:
    """The value of the plain scalar `text`; whole numbers as int, others as exact Decimal."""
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if find_surprise(text):
        return text
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return Decimal(text)
    return _resolve_date(text) if _DATE.match(text) else text


def _resolve_date(text: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text
