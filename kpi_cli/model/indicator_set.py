"""The whole agreement: sections, groups over indicators, who is scored, and where it comes from."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Discriminator, Field, Tag

from kpi_cli.model.fields import Identifier, Number, Part
from kpi_cli.model.indicator import Indicator, Measure


class Group(Part):
    """A heading over indicators, without a weight of its own."""

    id: Identifier
    """Short and unique in the set, such as T3."""
    code: str | None = None
    """As the memo prints it."""
    title: str = Field(min_length=1)
    """The heading, in the memo's words."""
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    """What stands under it."""
    note: str | None = None
    """For people."""


def _item_kind(value: Any) -> str:
    if isinstance(value, BaseModel):
        return "group" if isinstance(value, Group) else "indicator"
    return "group" if isinstance(value, Mapping) and "indicators" in value else "indicator"


Item = Annotated[Annotated[Indicator, Tag("indicator")] | Annotated[Group, Tag("group")], Discriminator(_item_kind)]


class Section(Part):
    """A part of the agreement whose weights sum to 100."""

    id: Identifier
    """Short and unique in the set, such as team."""
    code: str | None = None
    """As the memo prints it."""
    title: str = Field(min_length=1)
    """The heading, in the memo's words."""
    share: Number | None = Field(default=None, ge=0)
    """What it counts in an overall score; all sections have one, or none has, and they sum to 100."""
    indicators: tuple[Item, ...] = Field(min_length=1)
    """Indicators, and groups of them."""
    note: str | None = None
    """For people."""

    def __iter__(self) -> Iterator[Indicator]:  # type: ignore[override]
        """Its indicators in order, those of groups among them."""
        for item in self.indicators:
            yield from item.indicators if isinstance(item, Group) else (item,)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups among its items."""
        return tuple(item for item in self.indicators if isinstance(item, Group))


class RosterEntry(Part):
    """An entity that must report."""

    code: str
    """The official code, as text."""
    name: str = Field(min_length=1)
    """The name as it is printed."""
    name_en: str | None = None
    """The name in English."""
    aliases: tuple[str, ...] = ()
    """Other names it goes by."""


class EntityKind(Part):
    """Who is scored and ranked."""

    title: str = "entity"
    """What one is called, and the header of its column."""
    aliases: tuple[str, ...] = ()
    """Other headers of its column."""
    prefixes: tuple[str, ...] = ()
    """What people write before a name."""
    roster: tuple[RosterEntry, ...] | None = None
    """Those that must report: a csv file beside the set (code,name,name_en,aliases), or a list."""


class Period(Part):
    """The days that a round covers."""

    from_: datetime.date = Field(alias="from")
    """The first day."""
    to: datetime.date
    """The last day."""


class Source(Part):
    """The document that was agreed."""

    document: str
    """Its number."""
    date: datetime.date | None = None
    """Its date."""


class Grade(Part):
    """A named band of the score."""

    title: str
    """What it is called."""
    min: Number = Field(ge=0, le=100)
    """The lowest score in it, inclusive."""


class IndicatorSet(Part):
    """One file: the agreement of one round."""

    kpi: Literal[1]
    """The version of this format."""
    id: Identifier
    """How the set is found: --set ID."""
    title: str = Field(min_length=1)
    """Its heading."""
    organisation: str | None = None
    """Whose agreement it is."""
    fiscal_year: int | None = None
    """In the Buddhist era, as printed."""
    round: int | None = None
    """The round of the year."""
    period: Period | None = None
    """The days it covers."""
    source: Source | None = None
    """The document that was agreed."""
    scale: int = Field(default=5, ge=1, le=100)
    """Levels run from 1 to this."""
    entity: EntityKind = EntityKind()
    """Who is scored and ranked."""
    sections: tuple[Section, ...] = Field(min_length=1)
    """The parts, each of weight 100."""
    grades: tuple[Grade, ...] = ()
    """Names for bands of the score."""
    note: str | None = None
    """For people."""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator of the set, in order."""
        return tuple(indicator for section in self.sections for indicator in section)

    @property
    def measures(self) -> dict[str, Measure]:
        """Every measure of the set by id, in order."""
        return {name: measure for indicator in self.indicators for name, measure in indicator.measures.items()}

    @cached_property  # pydantic's `model_copy` would carry it along: no set is copied with changes
    def sha256(self) -> str:
        """The fingerprint of the canonical model: line ends, comments and the order of keys do not matter."""
        data = self.model_dump(mode="json", by_alias=True)
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
