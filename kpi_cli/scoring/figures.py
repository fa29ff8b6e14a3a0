"""What an entity reported, as values with the cells they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kpi_cli.rules.values import Value


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure. `value` is None where it is missing or not applicable; `raw` is the cell as typed."""

    value: Value | None = None
    raw: str | None = None
    cell: str | None = None
    applicable: bool = True

    @property
    def reported(self) -> bool:
        """Whether anything was said: a value, or that there is nothing to measure."""
        return self.value is not None or not self.applicable


MISSING = Figure()


class Entity(NamedTuple):
    """Who is scored; `code` is None without a roster."""

    code: str | None
    name: str


class Record(NamedTuple):
    """All that one entity reported: measure id -> figure; an absent measure is missing."""

    entity: Entity
    figures: Mapping[str, Figure] = {}


class InputFile(NamedTuple):
    """A file that figures came from: its name as it is printed, and the sha256 of its bytes."""

    file: str
    sha256: str
