"""The index of headers: what a header's text claims to be, after clean-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

from kpi_cli.model import IndicatorSet
from kpi_cli.model.names import clean_header, clean_headers
from kpi_cli.results.likeness import TOO_LONG, Effort, limit_suggestions, suggest_key

# Columns of our own templates and exports: `T1:level`, `team:score`. They are worked out, never read.
_COMPUTED = re.compile(r"([^:]+):(?:level|possible_level|points|score|possible|rank|complete|grade)\Z")


class Role(Enum):
    """What a column holds."""

    # Looked up for every cell of every header: by identity the interpreter does it without a call.
    __hash__ = object.__hash__

    ENTITY = auto()
    CODE = auto()
    MEASURE = auto()
    MEASURE_NAME = auto()
    VALUE = auto()
    LONG_ENTITY = auto()
    """The entity, in the long layout alone: elsewhere the word may head a column beside that of the entity."""
    COMPUTED = auto()


@dataclass(frozen=True)
class Claim:
    """What a header says its column holds; `by_id` where it is the word that programs write, not a title."""

    role: Role
    measure: str = ""
    by_id: bool = field(default=False, compare=False)


_LONG_WORDS = {
    Role.MEASURE_NAME: ("measure", "ตัวชี้วัด"),
    Role.VALUE: ("value", "ค่า"),
    Role.LONG_ENTITY: ("อำเภอ",),
}


class HeaderIndex:
    """Every header of a set: ids, titles and aliases of measures, the names of the entity's column, our own words."""

    def __init__(self, definition: IndicatorSet) -> None:
        self._claims: dict[str, dict[Claim, Claim]] = {}
        self._titles: dict[str, str] = {}
        for text, claim in (*_iterate_measures(definition), *_iterate_entity_headers(definition)):
            key = clean_header(text)
            self._titles.setdefault(key, text)
            self._claims.setdefault(key, {}).setdefault(claim, claim)
        for role, words in _LONG_WORDS.items():
            for word in words:  # only where the set has no such header of its own
                self._claims.setdefault(clean_header(word), {Claim(role): Claim(role)})
        ids = [*(section.id for section in definition.sections), *(one.id for one in definition.indicators)]
        groups = [group.id for section in definition.sections for group in section.groups]
        self.entity_title = definition.entity.title
        self._computed_ids = {clean_header(one) for one in (*ids, *groups, "overall")}
        self._effort = Effort()
        self._suggest = limit_suggestions(self._find_like, self._effort)
        self._list_keys = lru_cache(maxsize=None)(self._find_keys)

    def find(self, text: str) -> tuple[Claim, ...]:
        """What `text` claims: nothing, one thing, or several, which makes it ambiguous."""
        if len(text) > TOO_LONG:
            return ()
        key = clean_header(text)
        computed = _COMPUTED.match(key) if ":" in key else None
        if computed and computed[1] in self._computed_ids:
            return (Claim(Role.COMPUTED, by_id=True),)
        claims = self._claims.get(key)
        return tuple(claims.values()) if claims else ()

    def find_all(self, texts: Sequence[str]) -> dict[str, tuple[Claim, ...]]:
        """What each of `texts` claims, of those that claim anything: of a long table nearly none does."""
        short = [text for text in texts if len(text) <= TOO_LONG]  # the others would only take room
        keys = zip(short, clean_headers(short), strict=True)
        likely = [text for text, key in keys if key in self._claims or ":" in key]
        return {text: claims for text in likely if (claims := self.find(text))}

    def list_keys(self, *roles: Role) -> tuple[str, ...]:
        """The cleaned headers that claim one of `roles`."""
        return tuple(key for key, claims in self._claims.items() if any(claim.role in roles for claim in claims))

    def may_head(self, text: str, *roles: Role) -> bool:
        """Whether `text` may be the header of a column that holds one of `roles`."""
        return any(claim.role in roles for claim in self.find(text))

    def suggest(self, text: str, *, measures_only: bool = False) -> str | None:
        """The header that `text` may be a slip of, as it is written in the set."""
        return self._suggest(text, Role.MEASURE if measures_only else None)

    def suggest_entity(self, text: str) -> str | None:
        """The header of the entity's column that `text` may be a slip of."""
        return self._suggest(text, Role.ENTITY)

    def _find_like(self, text: str, role: Role | None) -> str | None:
        return suggest_key(text, self._list_keys(role), self._titles, self._effort)

    def _find_keys(self, role: Role | None) -> tuple[str, ...]:
        return tuple(key for key in self._titles if role is None or _has_role(self._claims[key], role))


def _has_role(claims: Iterable[Claim], role: Role) -> bool:
    return any(claim.role is role for claim in claims)


def _iterate_measures(definition: IndicatorSet) -> Iterator[tuple[str, Claim]]:
    for name, measure in definition.measures.items():
        claim = Claim(Role.MEASURE, name)
        yield name, Claim(Role.MEASURE, name, by_id=True)
        for text in (measure.title, *measure.aliases):
            yield text, claim


def _iterate_entity_headers(definition: IndicatorSet) -> Iterator[tuple[str, Claim]]:
    kind = definition.entity
    yield "entity", Claim(Role.ENTITY, by_id=True)
    yield "code", Claim(Role.CODE, by_id=True)
    for text in (kind.title, f"ชื่อ{kind.title}", *kind.aliases):
        yield text, Claim(Role.ENTITY)
