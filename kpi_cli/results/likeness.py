"""Which header or name a text may be a slip of; what is looked for of a run is bounded by the work that it takes."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache

from kpi_cli.model.names import clean_header

# How alike a header or a name must be to be taken for a slip of the other.
CUTOFF = 0.75
TOO_LONG = 2_000
MAX_SUGGESTIONS = 1_000
"""Texts of a run for which a likeness is looked for, which takes long; no file misspells more of its headers."""
MAX_STEPS = 20_000_000
"""Steps that are taken while likenesses are looked for, of all headers together, and of all names: some two seconds."""
# What is done besides going through characters, in such steps.
_TITLE_STEPS, _SEARCH_STEPS = 10, 40


class Effort:
    """The steps that are left. How many a comparison takes depends on how often letters recur, so they are counted."""

    def __init__(self) -> None:
        self.left = MAX_STEPS

    def spend(self, steps: int) -> None:
        """Counts so many steps, whether or not they are left."""
        self.left -= steps

    @property
    def is_spent(self) -> bool:
        """Whether more steps were taken than there were: what was found since may not be all that there is."""
        return self.left < 0


class _Matcher(difflib.SequenceMatcher[str]):
    """Compares a text with titles until no steps are left; then nothing more is like it.

    A comparison looks for the longest run of characters that both have, then left and right of it, and so on. Each time
    it goes through all places of each character: of texts of two letters alone that is thousands of times as long as of
    names.
    """

    def __init__(self, text: str, effort: Effort) -> None:
        super().__init__(b=text)
        self._effort = effort
        places = self.b2j  # type: ignore[attr-defined]  # documented, but the stubs do not know it
        self._count_places = {character: len(found) for character, found in places.items()}.get
        self._letters = Counter(text)
        self._length, self._title = len(text), ""
        effort.spend(len(text))

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        part, count_places = self._title[alo:ahi], self._count_places
        self._effort.spend(_SEARCH_STEPS + 2 * (len(part) + sum([count_places(character, 0) for character in part])))
        if self._effort.is_spent:
            return difflib.Match(alo, blo, 0)
        found = super().find_longest_match(alo, ahi, blo, bhi)
        self._effort.spend(2 * found.size)
        return found

    def measure(self, title: str, least: float) -> float:
        """How alike `title` is; less than `least` where the quick looks tell that it is less."""
        self._title = title
        self.set_seq1(title)
        self._effort.spend(_TITLE_STEPS)
        alike = self.real_quick_ratio() >= least and self.quick_ratio() >= least
        return self.ratio() if alike else 0.0

    def quick_ratio(self) -> float:
        """What the letters that both have come to, in whatever order: counted by letter, of which a text has few."""
        title, letters = self._title, self._letters
        shared = [min(title.count(letter), letters[letter]) for letter in set(title) if letter in letters]
        self._effort.spend(_TITLE_STEPS + len(title) // 8 + len(shared) * (1 + len(title) // 64))
        length = len(title) + self._length
        return 2.0 * sum(shared) / length if length else 1.0


def suggest_key(text: str, keys: Iterable[str], titles: Mapping[str, str], effort: Effort) -> str | None:
    """The title of the key that is most like `text`, where one is much like it and `effort` is left to find it."""
    if len(text) > TOO_LONG or effort.is_spent:
        return None
    matcher = _Matcher(clean_header(text), effort)
    best: float = CUTOFF
    nearest: str | None = None
    for key in keys:
        likeness = matcher.measure(key, best)
        if effort.is_spent:
            return None
        if likeness > best or (likeness == best and (nearest is None or key > nearest)):
            best, nearest = likeness, key
    return None if nearest is None else titles[nearest]


def limit_suggestions(find: Callable[..., str | None], effort: Effort) -> Callable[..., str | None]:
    """`find`, which answers once for each text, and nothing more once it was asked for very many, or took very long.

    `effort`: what `find` spends. What it answers when that is spent does not count: it may not have looked everywhere.
    """
    most = MAX_SUGGESTIONS
    remembered = lru_cache(maxsize=most)(find)

    def suggest(*asked: Hashable) -> str | None:
        if effort.is_spent or remembered.cache_info().currsize >= most:
            return None
        answer = remembered(*asked)
        return None if effort.is_spent else answer

    return suggest
