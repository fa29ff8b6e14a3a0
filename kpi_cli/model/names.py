"""How headers and names that people type are compared: after clean-up, never as they stand."""

from __future__ import annotations

import re

# Invisible characters: controls, soft hyphen, zero-width and bidi marks, byte order mark; and every white space.
_INVISIBLE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_FOLDED = str.maketrans(
    {ord("๐") + digit: str(digit) for digit in range(10)}
    | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width Latin, digits and signs
)
_TONES = "\u0e48-\u0e4b"
_DECOMPOSED_AM = re.compile(f"\u0e4d([{_TONES}]?)\u0e32|([{_TONES}])\u0e4d\u0e32")
_TONE_BEFORE_VOWEL = re.compile(f"([{_TONES}])([\u0e31\u0e34-\u0e3a\u0e47])")


def clean_header(text: str) -> str:
    """`text` as headers and names are compared: without white space and invisible characters, in one spelling.

    Thai and full-width digits become ASCII, a decomposed sara am one character, two sara e one sara ae, a tone mark
    stands after the vowel it was typed before. Not NFKC, which takes sara am apart and reads 8² as 82.
    """
    text = _INVISIBLE.sub("", text).translate(_FOLDED)
    text = _DECOMPOSED_AM.sub(lambda match: f"{match[1] or match[2] or ''}\u0e33", text)
    return _TONE_BEFORE_VOWEL.sub(r"\2\1", text).replace("\u0e40\u0e40", "\u0e41").casefold()
