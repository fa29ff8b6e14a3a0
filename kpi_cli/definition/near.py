"""What a misspelt name was meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 80


def find_near(name: str, known: Iterable[str]) -> str:
    """The one of `known` that `name` is most like, empty where it is like none."""
    return _match(name, tuple(known)) if len(name) <= _LONGEST else ""


@lru_cache(maxsize=1_000)
def _match(name: str, known: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(name, known, n=1)), "")
