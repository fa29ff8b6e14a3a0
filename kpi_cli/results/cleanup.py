"""Clean-up of what people type, so that two spellings of one header or name compare equal (DESIGN section 6).

Not NFKC: it takes ำ apart and reads 8² as 82.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0e48-\u0e4b"
_VOWELS = "\u0e31\u0e34-\u0e3a\u0e47"  # those that stand above or below the consonant
_NIKHAHIT, _SARA_AA, _SARA_AM = "\u0e4d", "\u0e32", "\u0e33"

_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_FULL_WIDTH = {0xFF01 + offset: chr(0x21 + offset) for offset in range(0x5E)}
_TO_ASCII = {**_THAI_DIGITS, **_FULL_WIDTH, 0x2212: "-"}

_TWO_SARA_E = re.compile("\u0e40\u0e40")
_SPLIT_SARA_AM = re.compile(f"{_NIKHAHIT}([{_TONES}]?){_SARA_AA}|([{_TONES}]){_NIKHAHIT}{_SARA_AA}")
_LATE_TONE = re.compile(f"{_SARA_AM}([{_TONES}])")
_EARLY_TONE = re.compile(f"([{_TONES}])([{_VOWELS}])")
_VARIATION_SELECTORS = "\ufe00-\ufe0f"
_SELECTOR = re.compile(f"[{_VARIATION_SELECTORS}]")


@lru_cache(maxsize=65_536)
def clean_key(text: str) -> str:
    """The form under which headers, names and words are compared."""
    bare = "".join(character for character in text if not _is_invisible(character))
    bare = _SELECTOR.sub("", bare).translate(_TO_ASCII)
    return _mend_thai(bare).casefold()


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf"}


def _mend_thai(text: str) -> str:
    text = _TWO_SARA_E.sub("แ", text)
    text = _SPLIT_SARA_AM.sub(lambda match: (match[1] or match[2] or "") + _SARA_AM, text)
    text = _LATE_TONE.sub(rf"\1{_SARA_AM}", text)
    return _EARLY_TONE.sub(r"\2\1", text)


def clean_name(text: str) -> str:
    """A name as it may be printed: control and zero-width characters dropped, runs of space as one."""
    visible = "".join(character for character in text if character.isspace() or not _is_invisible(character))
    return " ".join(visible.split())


def clean_figure(text: str) -> str:
    """The text of a figure in ASCII digits, trimmed; what stands inside it is kept, so that `8 5` is not 85."""
    visible = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return visible.translate(_TO_ASCII).strip()
