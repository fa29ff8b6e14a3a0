"""How headers and names that people type are compared: after clean-up, never as they stand.

Not NFKC, which takes sara am apart and reads 8² as 82.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_FULL_WIDTH = {0xFF01 + offset: chr(0x21 + offset) for offset in range(0x5E)}
TO_ASCII = {**_THAI_DIGITS, **_FULL_WIDTH, 0x2212: "-"}
"""What people type for a digit or a sign -> its ASCII character, for `str.translate`."""

GUIDE_MARK = "kpi:guide"
"""The first cell of a template's sheet that explains it: words for people, and no results."""

_SELECTOR = re.compile("[\ufe00-\ufe0f]")  # picks among the shapes of the character before it

_TONES = "\u0e48-\u0e4b"
_VOWELS = "\u0e31\u0e34-\u0e3a\u0e47"  # those that stand above or below the consonant
_NIKHAHIT, _SARA_AA, _SARA_AM = "\u0e4d", "\u0e32", "\u0e33"
_TWO_SARA_E = re.compile("\u0e40\u0e40")
_SPLIT_SARA_AM = re.compile(f"{_NIKHAHIT}([{_TONES}]?){_SARA_AA}|([{_TONES}]){_NIKHAHIT}{_SARA_AA}")
_LATE_TONE = re.compile(f"{_SARA_AM}([{_TONES}])")
_EARLY_TONE = re.compile(f"([{_TONES}])([{_VOWELS}])")
# Nearly no text holds any of what is mended, and a long table has very many texts. A class of characters comes first,
# since those are what the interpreter skips fastest.
_ALWAYS_MENDED = f"\ufe00-\ufe0f{''.join(map(chr, TO_ASCII))}{_NIKHAHIT}"
_MAY_NEED_MENDING = re.compile(
    f"[{_ALWAYS_MENDED}\u0e40{_SARA_AM}{_TONES}]"
    f"(?:(?<=[{_ALWAYS_MENDED}])|(?<=\u0e40)\u0e40|(?<={_SARA_AM})[{_TONES}]|(?<=[{_TONES}])[{_VOWELS}])"
)


@lru_cache(maxsize=262_144)  # a name is looked at several times, and a long table has very many
def clean_header(text: str) -> str:
    """`text` as headers and names are compared: without white space and invisible characters, in one spelling.

    Thai and full-width digits become ASCII, a decomposed sara am one character, two sara e one sara ae; a tone mark
    stands after a vowel above or below its consonant, and before a sara am.
    """
    bare = "".join(text.split())
    if not bare.isprintable():
        bare = "".join(character for character in bare if not is_invisible(character))
    if not bare.isascii() and _MAY_NEED_MENDING.search(bare):
        bare = _mend_thai(_SELECTOR.sub("", bare).translate(TO_ASCII))
    return bare.casefold()


_BETWEEN = "|"
"""Stands between texts that are cleaned together: printable, of one case, and in few of them."""
MOST_TOGETHER = 1_000_000
"""Characters that are joined to be looked at together: each step takes another copy of them."""


def fit_together(texts: Sequence[str]) -> bool:
    """Whether `texts` may be joined to look at all of them at once: one long text in every row takes room but once."""
    return sum(map(len, texts)) <= MOST_TOGETHER


def clean_headers(texts: Sequence[str]) -> list[str]:
    """`clean_header` of each of `texts`: all in one go where none of them needs mending, as in most of a long table."""
    if fit_together(texts):
        bare = _BETWEEN.join(texts).replace(" ", "")
        # What is printable holds no white space but the spaces that are gone.
        if bare.isprintable() and (bare.isascii() or not _MAY_NEED_MENDING.search(bare)):
            cleaned = bare.casefold().split(_BETWEEN)
            if len(cleaned) == len(texts):
                return cleaned
    return list(map(clean_header, texts))


def clean_code(text: str) -> str:
    """`text` as codes are compared: without the zeros before it, which a spreadsheet drops from what looks a number."""
    key = clean_header(text)
    return key.lstrip("0") or key


def is_invisible(character: str) -> bool:
    """Whether `character` is white space, or a control or format character."""
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf"}


def _mend_thai(text: str) -> str:
    text = _TWO_SARA_E.sub("\u0e41", text)
    text = _SPLIT_SARA_AM.sub(lambda match: (match[1] or match[2] or "") + _SARA_AM, text)
    text = _LATE_TONE.sub(rf"\1{_SARA_AM}", text)
    return _EARLY_TONE.sub(r"\2\1", text)
