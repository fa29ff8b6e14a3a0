"""Colour as escape codes, where the caller says that a terminal will take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Paint: TypeAlias = Callable[[str, str], str]

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
# Of the 256 colours: from orange to blue the colour-blind can tell apart.
_CODES |= {"orange": "38;5;202", "amber": "38;5;172", "teal": "38;5;38", "sky": "38;5;39", "steel": "38;5;67"}


def choose_paint(*, colour: bool) -> Paint:
    """What colours a text in a style such as `red bold`, or leaves it as it is."""
    return _paint if colour else _leave


def _paint(text: str, style: str) -> str:
    codes = ";".join(_CODES[word] for word in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m" if text else ""


def _leave(text: str, style: str) -> str:
    return text
