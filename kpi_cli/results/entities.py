"""The index of entities: names as people write them, with prefixes, aliases and codes, to those on the roster."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from kpi_cli.model import EntityKind, RosterEntry
from kpi_cli.model.names import clean_code, clean_header, clean_headers
from kpi_cli.results.cells import shorten_text
from kpi_cli.results.cleanup import clean_name, clean_names
from kpi_cli.results.likeness import limit_suggestions
from kpi_cli.results.reading import LONGEST_TEXT
from kpi_cli.results.suggest_entity import Names, clean_words, ends_word, strip_prefixes, suggest_entity, suggest_slip
from kpi_cli.results.words import DASHES
from kpi_cli.scoring.figures import Entity, make_many

MAX_NAMED = 10
"""Of those who share a name so many are named where it is refused; a roster may have thousands."""

TOTALS = (
    *("รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "รวมทั้งจังหวัด", "ผลรวม", "ยอดรวม", "เฉลี่ย", "ค่าเฉลี่ย", "คะแนนเฉลี่ย", "ร้อยละเฉลี่ย"),
    *("เฉลี่ยรวม", "ค่าเฉลี่ยรวม", "คะแนนเฉลี่ยรวม"),
    *("total", "totals", "grandtotal", "subtotal", "sum", "average", "avg", "mean"),
)
_TOTALS_KEYS = frozenset(map(clean_header, TOTALS))
_TOTALS_STARTS = tuple(_TOTALS_KEYS)
# Thai puts no space between words: what may follow a word for a total, so that it is one and not part of a name.
_TOTALS_FOLLOWERS = ("ทั้ง", "ทุก", "จังหวัด", "อำเภอ", "คะแนน", "ร้อยละ", "ค่า", "เฉลี่ย", "ต่อ", "ของ")
_TOTALS_FOLLOWER_KEYS = tuple(map(clean_header, _TOTALS_FOLLOWERS))


class Named(NamedTuple):
    """An entity that a row names; `key` is what rows of the same entity share."""

    key: str
    entity: Entity


class Unnamed(NamedTuple):
    """Why a row names no entity: the variant of its diagnostic, the text that was found, and what may be meant.

    `many` is how many may be meant, where those are more than are named.
    """

    reason: str
    name: str
    suggestion: str | None = None
    many: int = 0


class Meant(dict[str, Entity]):
    """Those whom a text may mean, by their codes.

    Equal to itself alone: ten thousand may share a name, and are not gone through for every row that bears it.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other


_NOBODY = Meant()


class EntityIndex:
    """Who may be named. With a roster only those on it are known; without one every name is."""

    def __init__(self, kind: EntityKind) -> None:
        self.has_roster = kind.roster is not None
        self.entities = tuple(Entity(entry.code, entry.name) for entry in kind.roster or ())
        self._prefixes = tuple(sorted(map(clean_header, kind.prefixes), key=len, reverse=True))
        self._by_name: dict[str, Meant] = {}
        self._by_code: dict[str, Meant] = {}
        self._titles: dict[str, str] = {}
        for entry, entity in zip(kind.roster or (), self.entities, strict=True):
            self._add_entry(entry, entity)
        both = self._by_name.keys() & self._by_code.keys()
        joined = {key: Meant(self._by_name[key] | self._by_code[key]) for key in both}
        self._by_text: dict[str, Meant] = {**self._by_code, **self._by_name, **joined}
        self._share = lru_cache(maxsize=65_536)(_share)
        self._find_name = lru_cache(maxsize=65_536)(self._look_up_name)
        names = Names(self._titles, self._prefixes)
        self.suggest = limit_suggestions(lambda text: suggest_entity(text, names), names.effort)
        self._find_slip = limit_suggestions(lambda key: suggest_slip(key, names) or "", names.effort)

    def _add_entry(self, entry: RosterEntry, entity: Entity) -> None:
        code = clean_header(entry.code)
        for key in {code, clean_code(entry.code)}:
            self._by_code.setdefault(key, Meant())[code] = entity
        for text in (entry.name, entry.name_en, *entry.aliases):
            if text:
                self._by_name.setdefault(clean_header(text), Meant())[code] = entity
                self._titles.setdefault(clean_header(text), entry.name)

    def identify(self, *, names: Sequence[str], codes: Sequence[str]) -> Named | Unnamed:
        """Who a row is about, by the texts in its name and code columns, at least one; all of them must agree."""
        if not self.has_roster:
            return _take_as_typed(names or codes)
        found = [(text, self._find_name(text)) for text in names] + [(text, self._find_code(text)) for text in codes]
        unknown = next((text for text, entities in found if not entities), None)
        if unknown is not None:
            known = next((entity.name for _, entities in found for entity in entities.values()), None)
            return Unnamed("unknown", unknown, self.suggest(unknown) or known)
        return self._agree(found)

    def name_all(self, texts: Sequence[str]) -> Sequence[Named] | None:
        """Whom `texts` name, without a roster one each; None where some are no names, so that each is to be asked."""
        if self.has_roster:
            return None
        keys = clean_headers(texts)
        if not _TOTALS_KEYS.isdisjoint(keys) or not all(key.strip(DASHES) for key in keys):
            return None
        return tuple(make_many(Named, keys, make_many(Entity, [None] * len(texts), clean_names(texts))))

    def _agree(self, found: Sequence[tuple[str, Meant]]) -> Named | Unnamed:
        shared = self._share(*(meant for _, meant in found))
        first, _ = found[0]
        if isinstance(shared, int):
            return Unnamed("disagree", first, found[shared][0])
        return shared if isinstance(shared, Named) else shared._replace(name=first)

    def _find_code(self, text: str) -> Meant:
        return self._by_code.get(clean_header(text), _NOBODY)

    def _look_up_name(self, text: str) -> Meant:
        """Those whom `text` may name, by name or code; the text as it is goes before the text without a prefix."""
        key = clean_header(text)
        spellings = (key, *self.strip_prefixes(key))
        return next((self._by_text[spelling] for spelling in spellings if spelling in self._by_text), _NOBODY)

    def has_prefix(self, key: str) -> bool:
        """Whether `key` begins with one of the prefixes."""
        return key.startswith(self._prefixes)

    def strip_prefixes(self, key: str) -> tuple[str, ...]:
        """What remains of `key` without each of the prefixes that it begins with, the longest prefix first."""
        return strip_prefixes(key, self._prefixes)

    def knows(self, text: str) -> bool:
        """Whether `text` names someone on the roster."""
        return bool(self._find_name(text) or self._find_code(text))

    def is_totals(self, text: str) -> bool:
        """Whether `text` heads a row of sums or averages. Names on the roster, and slips of them, are none."""
        key = clean_header(text)
        if not self.has_roster:
            return key in _TOTALS_KEYS
        if self.knows(text):
            return False
        begins = key.startswith(_TOTALS_STARTS) and _begins_with_total(text[:LONGEST_TEXT])
        return key in _TOTALS_KEYS or (begins and self._find_slip(key) == "")


def _begins_with_total(text: str) -> bool:
    words = clean_words(text)
    ends = (len(total) for total in _TOTALS_KEYS if words.key.startswith(total))
    return any(ends_word(words, end) or words.key.startswith(_TOTALS_FOLLOWER_KEYS, end) for end in ends)


def _take_as_typed(names: Sequence[str]) -> Named | Unnamed:
    first = names[0]
    key = clean_header(first)
    for other in names[1:]:
        if clean_header(other) != key:
            return Unnamed("disagree", clean_name(first), clean_name(other))
    return Named(key, Entity(None, clean_name(first)))


def _share(*meant: Meant) -> Named | Unnamed | int:
    """The one whom all of these mean, or that there are several; else the place of one that disagrees."""
    first, fewest = meant[0], min(meant, key=len)
    shared: Set[str] = fewest.keys()
    for other in meant:
        shared = shared & other.keys()
    if not shared:
        return next((place for place, other in enumerate(meant) if first.keys().isdisjoint(other)), len(meant) - 1)
    if len(shared) == 1:
        (code,) = shared
        return Named(code, first[code])
    named = list(islice((entity for code, entity in first.items() if code in shared), MAX_NAMED))
    texts = (f"{shorten_text(entity.name)} ({shorten_text(entity.code or '')})" for entity in named)
    return Unnamed("ambiguous", "", ", ".join(texts), len(shared) if len(shared) > MAX_NAMED else 0)
