"""Text as a screen shows it: made harmless, measured in cells, padded, cut and folded.

Everything that came from a file goes through `clean_text` before it is printed: a district called `\\x1b[2J` must not
clear anyone's screen, and a name with a reversed direction must not read as another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, takewhile

# One character of these is two cells wide on a terminal (East Asian Wide and Fullwidth).
_WIDE = frozenset({"W", "F"})
# Zero cells: combining marks (Thai vowels above and below, tone marks) and format characters. Sara am is one cell.
_ZERO = frozenset({"Mn", "Me", "Cf"})
_LONGEST_TAIL = 6
_LEADING_VOWELS = frozenset("เแโใไ")
_NEVER_FIRST = frozenset("ะาำๅๆฯ)]},.;:!?%”’»")
_NEVER_LAST = frozenset("([{“‘«") | _LEADING_VOWELS


def clean_text(text: str, *, keep: str = "") -> str:
    """`text` with what a terminal would obey or hide shown as escapes (`\\x1b`, `\\u202e`), but for those in `keep`."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in keep else _escape(char) for char in text)


def _escape(char: str) -> str:
    if unicodedata.category(char) == "Zs":
        return " "
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def join_lines(text: str) -> str:
    """`text` on one line and clean: runs of spaces and line breaks become one space."""
    return clean_text(" ".join(text.split()))


@lru_cache(maxsize=4096)
def char_width(char: str) -> int:
    """How many cells of a terminal `char` takes: 0, 1 or 2."""
    if char < "\u0300":
        return 1
    if unicodedata.category(char) in _ZERO:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


@lru_cache(maxsize=65_536)  # what is laid out is measured several times
def display_width(text: str) -> int:
    """How many cells of a terminal `text` takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def pad_right(text: str, width: int) -> str:
    """`text` with spaces after it up to `width` cells."""
    return text + " " * (width - display_width(text))


def pad_left(text: str, width: int) -> str:
    """`text` with spaces before it up to `width` cells."""
    return " " * (width - display_width(text)) + text


def cut_middle(text: str, limit: int = 200) -> str:
    """`text`, or its two ends with `…` between them where it has more than `limit` characters."""
    if len(text) <= limit:
        return text
    stop = (limit - 1) // 2
    start = len(text) - stop
    while stop > 1 and _holds_together(text[stop - 1], text[stop]):
        stop -= 1
    while start < len(text) - 1 and _holds_together(text[start - 1], text[start]):
        start += 1
    return f"{text[:stop]}…{text[start:]}"


def shorten_text(text: str, width: int) -> str:
    """`text`, or its beginning with `…` behind it where it is wider than `width` cells."""
    if display_width(text) <= width:
        return text
    widths = accumulate(map(char_width, text))
    stop = max(sum(1 for _ in takewhile(lambda wide: wide < width, widths)), 1)
    while stop > 1 and _holds_together(text[stop - 1], text[stop]):
        stop -= 1
    return text[:stop].rstrip() + "…"


def fold_text(text: str, width: int) -> list[str]:
    """The lines of `text` at most `width` cells wide: broken at spaces, else where Thai may be broken.

    Thai is written without spaces. Without a dictionary the honest break is between clusters: never before a mark or a
    vowel that belongs to the consonant before it, never after a vowel that belongs to the one behind it.
    """
    lines: list[str] = []
    words: list[str] = []  # of the line that is being filled
    used = 0
    for word in text.split():
        gap, wide = (1 if words else 0), display_width(word)
        if used + gap + wide <= width:
            words.append(word)
            used += gap + wide
        else:
            # A word that would fit on a line of its own goes there; a longer one is Thai, and flows on from here.
            line = " ".join(words)
            start = line + " " * gap if wide > width else ""
            lines += [] if wide > width else [line]
            *full, last = _fold_word(start, word, width)
            lines += full
            words, used = [last], display_width(last)
    return [line.rstrip() for line in (*lines, " ".join(words)) if line] or [""]


def _fold_word(line: str, word: str, width: int) -> list[str]:
    lines, used = [], display_width(line)
    clusters = _keep_tail(_split_clusters(word))
    for cluster, wide in zip(clusters, map(display_width, clusters), strict=True):
        if used + wide > width and line.strip():
            lines.append(line)
            line, used = "", 0
        line += cluster
        used += wide
    return [*lines, line]


def _keep_tail(clusters: list[str]) -> list[str]:
    """The last three clusters as one where they are short: a final consonant alone on a line belongs to nothing."""
    tail = "".join(clusters[-3:])
    return [*clusters[:-3], tail] if display_width(tail) <= _LONGEST_TAIL else clusters


_MARK = "\u0301"
# A number or a short Latin word stays whole.
_PIECE = r"(?:[0-9๐-๙A-Za-z_.,/:=<>-]{1,12}|.)"
_FIRST, _LAST = ("".join(map(re.escape, signs)) for signs in (_NEVER_FIRST, _NEVER_LAST))
_CLUSTER = re.compile(f"{_PIECE}(?:(?<=[{_LAST}]){_PIECE}|(?=[{_FIRST}{_MARK}]){_PIECE})*", re.DOTALL)


def _split_clusters(word: str) -> list[str]:
    """The parts between which `word` may be broken. As one pattern: a file may be one word of a million characters."""
    marked = word if word.isascii() else "".join([char if char_width(char) else _MARK for char in word])
    return [word[found.start() : found.end()] for found in _CLUSTER.finditer(marked)]


def _holds_together(before: str, after: str) -> bool:
    return char_width(after) == 0 or after in _NEVER_FIRST or before in _NEVER_LAST
