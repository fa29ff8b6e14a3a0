"""A document as the text of a json file: UTF-8, indented, the same for the same document.

As `json.dumps(document, ensure_ascii=False, indent=2)` writes it, faster, and in pieces: what lists
without being a list or tuple (a generator of rows) is asked for its next item when that is written, and then forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

# What json leaves as it is and a terminal would obey or hide: C1 controls, reversed directions, lone surrogates.
_UNPRINTABLE = re.compile("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_STEP = "  "


def dump(document: Any) -> str:
    """The whole text, which ends with a line break."""
    return "".join(iterate_text(document))


def iterate_text(document: Any) -> Iterator[str]:
    """The text in pieces; every key is a string, and numbers are finite floats or whole."""
    yield from _iterate(document, "\n")
    yield "\n"


def _iterate(value: Any, margin: str) -> Iterator[str]:
    """`value` in pieces as far as it holds what is listed only when it is written; `margin` begins its lines."""
    inner = margin + _STEP
    if isinstance(value, dict):
        yield from _join("{}", ((_name(key), _iterate(item, inner)) for key, item in value.items()), margin)
    elif isinstance(value, list | tuple):
        yield from _join("[]", (("", _iterate(item, inner)) for item in value), margin)
    elif isinstance(value, Iterator):
        yield from _join("[]", (("", (_encode(item, inner),)) for item in value), margin)
    else:
        yield _encode(value, margin)


def _join(brackets: str, items: Iterable[tuple[str, Iterable[str]]], margin: str) -> Iterator[str]:
    """The items between brackets, each on its line behind what names it; the brackets alone where there are none."""
    before = brackets[0] + margin + _STEP
    for name, pieces in items:
        yield before + name
        yield from pieces
        before = "," + margin + _STEP
    yield brackets if before[0] == brackets[0] else margin + brackets[1]


def _encode(value: Any, margin: str) -> str:
    """The same in one piece: most of a long document is written here."""
    if isinstance(value, str):
        return quote(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    inner = margin + _STEP
    if isinstance(value, dict):
        items = [f"{_name(key)}{_encode(item, inner)}" for key, item in value.items()]
        brackets = "{}"
    else:
        items = [_encode(item, inner) for item in value]
        brackets = "[]"
    return f"{brackets[0]}{inner}{f',{inner}'.join(items)}{margin}{brackets[1]}" if items else brackets


@lru_cache(maxsize=4_096)
def _name(key: str) -> str:
    return f"{quote(key)}: "


def quote(text: str) -> str:
    """`text` as a json string, which is one of YAML too."""
    quoted = encode_basestring(text)
    return quoted if quoted.isprintable() else _UNPRINTABLE.sub(_escape, quoted)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
