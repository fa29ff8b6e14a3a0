"""A set taken apart: each of its parts by kind and id, with what is said of it, so that two sets can be compared.

What is left out of a measure is filled in with the default of its type: to spell a default out changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

from pydantic import BaseModel

from kpi_cli.model import Group, Indicator, IndicatorSet, Measure, Section

Kind: TypeAlias = Literal["set", "entity", "section", "group", "indicator", "measure", "level", "grade", "roster"]
Keys: TypeAlias = Mapping[str, object]

_NESTED = frozenset({"sections", "entity", "grades", "indicators", "measures", "levels", "roster", "kpi"})
_HAVING_DEFAULTS = {"range": "bounds", "better": "direction", "step": "smallest_step"}


class PartId(NamedTuple):
    """Which part: of an indicator that is named, or of the set; a level's id is its number."""

    kind: Kind
    id: str
    indicator: str | None = None


def list_parts(definition: IndicatorSet) -> dict[PartId, Keys]:
    """Every part of `definition`, in the order of the set, with its keys and their values."""
    return dict(_list_parts(definition))


def _list_parts(definition: IndicatorSet) -> Iterator[tuple[PartId, Keys]]:
    yield PartId("set", ""), _read_keys(definition)
    yield PartId("entity", ""), _read_keys(definition.entity)
    for section in definition.sections:
        yield from _list_section(section)
    for grade in definition.grades:
        yield PartId("grade", grade.title), {"min": grade.min}
    for entry in definition.entity.roster or ():
        yield PartId("roster", entry.code), _read_keys(entry)


def _read_keys(part: BaseModel) -> dict[str, object]:
    return {name: getattr(part, name) for name in type(part).model_fields if name not in _NESTED}


def _list_section(section: Section) -> Iterator[tuple[PartId, Keys]]:
    yield PartId("section", section.id), _read_keys(section)
    for item in section.indicators:
        if isinstance(item, Group):
            yield PartId("group", item.id), {**_read_keys(item), "section": section.id}
        for indicator in item.indicators if isinstance(item, Group) else (item,):
            group = item.id if isinstance(item, Group) else None
            yield from _list_indicator(indicator, {"section": section.id, "group": group})


def _list_indicator(indicator: Indicator, stands_in: Keys) -> Iterator[tuple[PartId, Keys]]:
    yield PartId("indicator", indicator.id), {**_read_keys(indicator), **stands_in}
    for name, measure in indicator.measures.items():
        yield PartId("measure", name, indicator.id), _read_measure(measure)
    for number, level in sorted(indicator.levels.items()):
        yield PartId("level", str(number), indicator.id), _read_keys(level)


def _read_measure(measure: Measure) -> Keys:
    filled = {key: getattr(measure, attribute) for key, attribute in _HAVING_DEFAULTS.items()}
    return {**_read_keys(measure), **filled}
