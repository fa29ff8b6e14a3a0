"""Bytes to text in the encodings that offices save: UTF-8 with or without BOM, UTF-16, cp874 (Windows Thai)."""

from __future__ import annotations

import codecs

from kpi_cli.results.cells import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(data: bytes) -> str:
    """The whole file as text. cp874 can be valid UTF-8 by accident but not the other way, so UTF-8 is tried first."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    candidates = (marked,) if marked else (*_guess_utf16(data), "utf-8", "cp874")
    for name in candidates:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("encoding")


def _guess_utf16(data: bytes) -> tuple[str, ...]:
    """Without a mark: every other byte is 0 (digits, commas) or 14 (Thai), which no other encoding comes near."""
    halves = {"utf-16-le": data[1::2], "utf-16-be": data[0::2]}
    return tuple(name for name, high in halves.items() if len(data) % 2 == 0 and _is_high_half(high))


def _is_high_half(half: bytes) -> bool:
    zeros = half.count(0)
    return zeros > 0 and (zeros + half.count(0x0E)) * 10 >= len(half) * 9
