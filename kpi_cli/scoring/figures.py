"""What an entity reported, as values with the cells they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
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


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What a cell says of a measure, wherever it stands: equal cells share it. `raw` is the cell as typed.

    Looked up millions of times for a long table: by identity, since to hash a decimal takes longer than all else.
    """

    answer: Answer
    raw: str | None

    def at(self, cell: str) -> Figure:
        """The figure of the cell at `cell`."""
        if isinstance(self.answer, Absence):
            return Figure(None, self.raw, cell, applicable=False)
        return Figure(self.answer, self.raw, cell)


NOTHING = Said(None, None)
"""What is said of a measure without a cell."""

_UNCHANGED: Mapping[str, Figure] = {}


class Layout(NamedTuple):
    """What the rows of one table have in common: how to name a cell, and where each measure with a column stands in it.

    `arrange` takes what the cells of a row say, and `NOTHING` after it, to all measures of the set, which are `names`.
    """

    names: tuple[str, ...]
    positions: Mapping[str, int]
    arrange: Callable[[Sequence[Said]], tuple[Said, ...]]
    name_cell: Callable[[int, str], str]


class FigureRow(Mapping[str, Figure]):
    """The figures of one row of a table. A long table has millions: each is made when it is asked for.

    `said` is what the cells of the measures say, from left to right; `changed` goes before what they say.
    """

    __slots__ = ("_changed", "_layout", "_row", "_said")

    def __init__(
        self, layout: Layout, row: int, said: Sequence[Said], changed: Mapping[str, Figure] = _UNCHANGED
    ) -> None:
        self._layout, self._row, self._said, self._changed = layout, row, said, changed

    def __getitem__(self, name: str) -> Figure:
        if name in self._changed:
            return self._changed[name]
        return self._said[self._layout.positions[name]].at(self._layout.name_cell(self._row, name))

    def __contains__(self, name: object) -> bool:
        return name in self._layout.positions or name in self._changed

    def __iter__(self) -> Iterator[str]:
        yield from self._layout.positions
        yield from (name for name in self._changed if name not in self._layout.positions)

    def __len__(self) -> int:
        return len(self._layout.positions.keys() | self._changed.keys())

    def change(self, figures: Mapping[str, Figure]) -> FigureRow:
        """The same row, with other `figures` of some measures."""
        return FigureRow(self._layout, self._row, self._said, {**self._changed, **figures})

    def say(self, name: str) -> Said:
        """What is said of one measure."""
        if name in self._changed:
            return Said(self._changed[name].answer, None)
        place = self._layout.positions.get(name)
        return NOTHING if place is None else self._said[place]

    def list_said(self, names: tuple[str, ...]) -> tuple[Said, ...]:
        """What is said of each of `names`."""
        if names != self._layout.names:
            return tuple(map(self.say, names))
        said = self._layout.arrange((*self._said, NOTHING))
        if not self._changed:
            return said
        changed = list(said)
        for name in self._changed:
            changed[names.index(name)] = self.say(name)
        return tuple(changed)


def change_figures(figures: Mapping[str, Figure], others: Mapping[str, Figure]) -> Mapping[str, Figure]:
    """`figures` with `others` in their stead."""
    return figures.change(others) if isinstance(figures, FigureRow) else {**figures, **others}


def say(figures: Mapping[str, Figure], name: str) -> Said:
    """What `figures` say of one measure; an absent figure is missing."""
    return figures.say(name) if isinstance(figures, FigureRow) else _say(figures.get(name, MISSING).answer)


def list_said(figures: Mapping[str, Figure], names: tuple[str, ...]) -> tuple[Said, ...]:
    """What `figures` say of each of `names`."""
    if isinstance(figures, FigureRow):
        return figures.list_said(names)
    return tuple([_say(figures.get(name, MISSING).answer) for name in names])


@lru_cache(maxsize=65_536, typed=True)  # typed: 1 is not true
def _say(answer: Answer) -> Said:
    """What equal figures share."""
    return Said(answer, None)


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
