"""A tolerant walk over the plain values of a definition: what is of the wrong shape is passed over, not tripped on.

So that one run reports a misspelt key and weights that do not sum to 100 alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

Keys = tuple[str | int, ...]


class Spot(NamedTuple):
    """A mapping of the definition and the keys that lead to it."""

    keys: Keys
    data: Mapping[str | int, object]

    def text(self, key: str) -> str | None:
        """The text under `key`, None where there is none."""
        value = self.data.get(key)
        return value if isinstance(value, str) else None


def iterate_sections(data: object) -> Iterator[Spot]:
    """The sections of a set."""
    if isinstance(data, Mapping):
        yield from iterate_list(Spot((), data), "sections")


def iterate_items(section: Spot) -> Iterator[Spot]:
    """The indicators and groups of a section, a group before its indicators."""
    for item in iterate_list(section, "indicators"):
        yield item
        if is_group(item):
            yield from iterate_list(item, "indicators")


def iterate_indicators(data: object) -> Iterator[Spot]:
    """Every indicator of a set."""
    for section in iterate_sections(data):
        yield from (item for item in iterate_items(section) if not is_group(item))


def is_group(item: Spot) -> bool:
    """Whether an item of a section is a heading over indicators."""
    return "indicators" in item.data


def iterate_list(spot: Spot, key: str) -> Iterator[Spot]:
    """The mappings in the list under `key`."""
    value = spot.data.get(key)
    for index, item in enumerate(value if isinstance(value, tuple) else ()):
        if isinstance(item, Mapping):
            yield Spot((*spot.keys, key, index), item)


def iterate_texts(spot: Spot, key: str) -> Iterator[tuple[str, Keys]]:
    """The texts in the list under `key`, each with the keys that lead to it."""
    value = spot.data.get(key)
    for index, item in enumerate(value if isinstance(value, tuple) else ()):
        if isinstance(item, str):
            yield item, (*spot.keys, key, index)


def list_measures(indicator: Spot) -> dict[str, Spot]:
    """The measures of an indicator by id; one that is no mapping has its id, and nothing else that is known of it."""
    value = indicator.data.get("measures")
    named = value.items() if isinstance(value, Mapping) else ()
    keys = (*indicator.keys, "measures")
    return {str(name): Spot((*keys, name), item if isinstance(item, Mapping) else {}) for name, item in named}


def iterate_mapping(spot: Spot, key: str) -> Iterator[tuple[str | int, Spot]]:
    """The mappings in the mapping under `key`, each with its own key."""
    value = spot.data.get(key)
    for name, item in value.items() if isinstance(value, Mapping) else ():
        if isinstance(item, Mapping):
            yield name, Spot((*spot.keys, key, name), item)
