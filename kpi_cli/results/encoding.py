"""Bytes to text in the encodings that offices save: UTF-8 with or without BOM, UTF-16, cp874 (Windows Thai)."""

from __future__ import annotations

import codecs

from kpi_cli.results.cells import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_CHUNK = 1 << 16


def decode_text(data: bytes) -> str:
    """The whole file as text; raises `UnreadableError` where it is in none of the encodings."""
    return data.decode(find_encoding(data))


def find_encoding(data: bytes) -> str:
    """The encoding that the whole file is in; raises `UnreadableError` where it is none of those.

    cp874 can be valid UTF-8 by accident but not the other way, so UTF-8 is tried first.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    candidates = (marked,) if marked else (*_guess_utf16(data), "utf-8", "cp874")
    found = next((name for name in candidates if _decodes(data, name)), None)
    if found is None:
        raise UnreadableError("encoding")
    return found


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether all of it is text in `encoding`; looked at in pieces, since text takes up to four times the room."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _guess_utf16(data: bytes) -> tuple[str, ...]:
    """Without a mark: every other byte is 0 (digits, commas) or 14 (Thai), which no other encoding comes near."""
    if len(data) % 2 or 0 not in data:  # as in nearly all files: to take a long one apart is slow
        return ()
    halves = {"utf-16-le": data[1::2], "utf-16-be": data[0::2]}
    return tuple(name for name, high in halves.items() if _is_high_half(high))


def _is_high_half(half: bytes) -> bool:
    zeros = half.count(0)
    return zeros > 0 and (zeros + half.count(0x0E)) * 10 >= len(half) * 9
