"""What an entity reported, as values with the cells they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from kpi_cli.rules.values import Value


class Absence(Enum):
    """What stands for a value where there is nothing to measure."""

    NOT_APPLICABLE = "not_applicable"


Answer: TypeAlias = Value | Absence | None
"""All of a figure that decides a level: its value, that there is nothing to measure, or None where it is missing."""


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

    @property
    def answer(self) -> Answer:
        """The figure without a word of where it stands."""
        return self.value if self.applicable else Absence.NOT_APPLICABLE


MISSING = Figure()

Locate: TypeAlias = Callable[[int, str], str]
"""The name of the cell of a row and a measure."""

_read_values, _read_applicable = attrgetter("value"), attrgetter("applicable")


class FigureRow(Mapping[str, Figure]):
    """The figures of one row of a table. A long table has millions: each is made when it is asked for.

    `said` holds what the cells say, without their places, for each of `names`; what equal cells say is one object.
    A measure without a column says `MISSING` itself, and is not in the row. `changed` goes before what the cells say.
    """

    __slots__ = ("_changed", "_locate", "_row", "_said", "names")

    def __init__(
        self,
        names: tuple[str, ...],
        said: Sequence[Figure],
        *,
        row: int,
        locate: Locate,
        changed: Mapping[str, Figure] | None = None,
    ) -> None:
        self.names, self._said, self._row, self._locate, self._changed = names, said, row, locate, changed

    def __getitem__(self, name: str) -> Figure:
        if self._changed and name in self._changed:
            return self._changed[name]
        said = self._find(name)
        if said is MISSING:
            raise KeyError(name)
        return replace(said, cell=self._locate(self._row, name))

    def _find(self, name: str) -> Figure:
        return self._said[self.names.index(name)] if name in self.names else MISSING

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (self._find(name) is not MISSING or name in (self._changed or ()))

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.names if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def change(self, figures: Mapping[str, Figure]) -> FigureRow:
        """The same row with other `figures`, of measures among `names`."""
        changed = {**(self._changed or {}), **figures}
        return FigureRow(self.names, self._said, row=self._row, locate=self._locate, changed=changed)

    def list_answers(self) -> tuple[Answer, ...]:
        """The answers of all `names`."""
        if self._changed:
            known = zip(self.names, self._said, strict=True)
            return tuple(self._changed.get(name, said).answer for name, said in known)
        if all(map(_read_applicable, self._said)):
            return tuple(map(_read_values, self._said))
        return tuple(said.answer for said in self._said)


def list_answers(figures: Mapping[str, Figure], names: tuple[str, ...]) -> tuple[Answer, ...]:
    """The answers of `names` among `figures`; an absent figure is missing."""
    if isinstance(figures, FigureRow) and figures.names == names:
        return figures.list_answers()
    return tuple(figures.get(name, MISSING).answer for name in names)


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
