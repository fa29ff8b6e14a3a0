"""Whom a name that is not on the roster may mean: a name stands in it with an office or a province around it.

A suggestion is read as an answer, so it is only made where nothing speaks for anybody else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from kpi_cli.model.names import clean_header
from kpi_cli.results.likeness import Effort, suggest_key

_PROVINCE_MARKS = tuple(map(clean_header, ("จังหวัด", "จ.")))
_LONGEST = 200
"""No name is longer, whatever stands around it."""
_LOOK_UP_STEPS = 3
"""What it counts to look up one beginning of a text."""


class Words(NamedTuple):
    """A text after clean-up, where its words began, and what stood behind a word for a province."""

    key: str
    starts: frozenset[int]
    province: str


class Names:
    """What a text is held against: the names by every cleaned spelling of them, and what may stand before a name.

    Names are looked up by the lengths that they have: a roster may be long, and a text have many places for a name.
    """

    def __init__(self, titles: Mapping[str, str], prefixes: Sequence[str]) -> None:
        self.titles = titles
        self.prefixes = tuple(prefixes)
        self.lengths = sorted(set(map(len, titles)), reverse=True)
        self.effort = Effort()


def suggest_entity(text: str, names: Names) -> str | None:
    """The name of whom `text` may mean."""
    if len(text) > _LONGEST:
        return None
    cut = _cut_province(clean_words(text))
    for spots in (_after_prefix(cut.key, names), cut.starts):
        found = set(_find_names(cut, names, spots))
        if found:
            return found.pop() if len(found) == 1 else None
    near = suggest_slip(cut.key, names)
    return near if near is not None and {near} >= _begin_like(cut.key, names) else None


def clean_words(text: str) -> Words:
    """`text` after clean-up, which joins its words, with the places where they began."""
    key, starts = "", {0}
    for word in text.split():
        key += clean_header(word)
        starts.add(len(key))
    starts |= {place + 1 for place, character in enumerate(key) if not _is_letter(character)}
    return Words(key, frozenset(starts), "")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _cut_province(text: Words) -> Words:
    """Without what follows a word for a province, unless the text begins with it."""
    places = [place for mark in _PROVINCE_MARKS if (place := text.key.find(mark)) > 0]
    if not places:
        return text
    end = min(places)
    return Words(text.key[:end], frozenset(start for start in text.starts if start < end), text.key[end:])


def _after_prefix(key: str, names: Names) -> frozenset[int]:
    names.effort.spend(len(key) * len(names.prefixes))
    return frozenset(place for place in range(1, len(key)) if key.endswith(names.prefixes, 0, place))


def _find_names(text: Words, names: Names, spots: Collection[int]) -> Iterator[str | None]:
    """Whose is the longest name that stands as a whole word at each of the spots; None for one from elsewhere."""
    names.effort.spend(len(spots) * len(names.lengths) * _LOOK_UP_STEPS)
    for spot in spots:
        longest = _find_longest(text, names, spot)
        if longest is not None:
            rest = text.key[spot + len(longest) :] + text.province
            title = names.titles[longest]
            yield title if _fits_rest(rest, longest, clean_header(title)) else None


def _find_longest(text: Words, names: Names, spot: int) -> str | None:
    ends = (spot + length for length in names.lengths if spot + length <= len(text.key))
    found = ((text.key[spot:end], end) for end in ends)
    return next((key for key, end in found if key in names.titles and ends_word(text, end)), None)


def ends_word(text: Words, end: int) -> bool:
    """Whether a word may end at `end`: at the end of the text, or before white space, a digit or punctuation."""
    return end == len(text.key) or end in text.starts or not _is_letter(text.key[end])


def _fits_rest(rest: str, key: str, title: str) -> bool:
    """A name cut short means its own town, unless another place is named after it: เมือง in จังหวัดสุรินทร์."""
    return not title.startswith(key) or title.removeprefix(key) in rest or not any(map(_is_letter, rest))


def suggest_slip(key: str, names: Names) -> str | None:
    """The name that `key` as a whole, or what follows its prefix, may be a slip of."""
    spellings = (*strip_prefixes(key, names.prefixes), key)
    slips = (suggest_key(each, names.titles, names.titles, names.effort) for each in spellings)
    return next(filter(None, slips), None)


def strip_prefixes(key: str, prefixes: Sequence[str]) -> tuple[str, ...]:
    """What remains of `key` without each of the prefixes that it begins with, in their order."""
    return tuple(key.removeprefix(prefix) for prefix in prefixes if key.startswith(prefix))


def _begin_like(key: str, names: Names) -> set[str]:
    """Whose names the text begins with, if only as part of a longer word."""
    spellings = (key, *strip_prefixes(key, names.prefixes))
    names.effort.spend(len(spellings) * len(names.lengths) * _LOOK_UP_STEPS)
    begins = {each[:length] for each in spellings for length in names.lengths}
    return {names.titles[begin] for begin in begins if begin in names.titles}
