"""Names of files made from codes and names that came from a file: safe on every system, and each its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LONGEST_BYTES = 120  # of the 255 that file systems take, with room for a suffix
_KINDS = frozenset({"L", "M", "N"})  # letters, the marks of Thai among them, and digits
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin", "conout", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
)
"""What Windows takes for a device, whatever suffix follows."""


def name_pages(texts: Iterable[str]) -> list[str]:
    """A name for each text, without a suffix: no two are one file, not even where case or spelling is ignored."""
    taken: set[str] = set()
    names = []
    for text in texts:
        plain = name_safely(text)
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def name_safely(text: str) -> str:
    """`text` as the name of a file: letters, digits, - and _ stay, what lies between becomes one _."""
    kept = (char if _is_kept(char) else " " for char in unicodedata.normalize("NFC", text))
    name = "_".join("".join(kept).split()).strip("-_")
    name = name.encode()[:_LONGEST_BYTES].decode(errors="ignore")
    return f"_{name}" if not name or name.casefold() in _DEVICES else name


def _is_kept(char: str) -> bool:
    return char in "-_" or unicodedata.category(char)[0] in _KINDS
