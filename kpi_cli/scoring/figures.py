"""What an entity reported, as values with the cells they came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias, TypeVar

from kpi_cli.rules.values import Value

T = TypeVar("T", bound=NamedTuple)


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

    `arrange` takes the columns of what cells say, and one of `NOTHING` after them, to those of all measures of the set,
    which are `names`.
    """

    names: tuple[str, ...]
    positions: Mapping[str, int]
    arrange: Callable[[Sequence[Sequence[Said]]], Sequence[Sequence[Said]]]
    name_cell: Callable[[int, str], str]


class FigureRow(Mapping[str, Figure]):
    """The figures of one row of a table. A long table has millions: each is made when it is asked for.

    `said` is what the cells of the measures say, from left to right; `changed` goes before what they say.
    """

    __slots__ = ("changed", "layout", "row", "said")

    def __init__(
        self, layout: Layout, row: int, said: Sequence[Said], changed: Mapping[str, Figure] = _UNCHANGED
    ) -> None:
        self.layout, self.row, self.said, self.changed = layout, row, said, changed

    def __getitem__(self, name: str) -> Figure:
        if name in self.changed:
            return self.changed[name]
        return self.said[self.layout.positions[name]].at(self.layout.name_cell(self.row, name))

    def __contains__(self, name: object) -> bool:
        return name in self.layout.positions or name in self.changed

    def __iter__(self) -> Iterator[str]:
        yield from self.layout.positions
        yield from (name for name in self.changed if name not in self.layout.positions)

    def __len__(self) -> int:
        return len(self.layout.positions.keys() | self.changed.keys())

    def change(self, figures: Mapping[str, Figure]) -> FigureRow:
        """The same row, with other `figures` of some measures."""
        return FigureRow(self.layout, self.row, self.said, {**self.changed, **figures})

    def say(self, name: str) -> Said:
        """What is said of one measure."""
        if name in self.changed:
            return Said(self.changed[name].answer, None)
        place = self.layout.positions.get(name)
        return NOTHING if place is None else self.said[place]


def change_figures(figures: Mapping[str, Figure], others: Mapping[str, Figure]) -> Mapping[str, Figure]:
    """`figures` with `others` in their stead."""
    return figures.change(others) if isinstance(figures, FigureRow) else {**figures, **others}


def say(figures: Mapping[str, Figure], name: str) -> Said:
    """What `figures` say of one measure; an absent figure is missing."""
    return figures.say(name) if isinstance(figures, FigureRow) else _say(figures.get(name, MISSING).answer)


def make_many(kind: type[T], *fields: Iterable[object]) -> Iterator[T]:
    """A NamedTuple of each of what `fields` list, as many in each; its own constructor is slow for so many."""
    return map(partial(tuple.__new__, kind), zip(*fields, strict=True))


_MOST_ROWS, _MOST_PLACES = 16_384, 600_000


def count_rows(columns: int) -> int:
    """How many rows of so many columns are laid out in columns at a time.

    Few would be slow, as each column is looked up again for them; the places bound the memory that they take.
    """
    return max(1, min(_MOST_ROWS, _MOST_PLACES // max(1, columns)))


def list_columns(rows: Sequence[Mapping[str, Figure]], names: tuple[str, ...]) -> Sequence[Sequence[Said]]:
    """What `rows` say of each of `names`, by name. Most are rows of one table, whose cells are laid out at once."""
    found = ((row.layout, len(row.said)) for row in rows if isinstance(row, FigureRow) and row.layout.names == names)
    layout, width = next(found, (None, 0))
    if layout is None:
        return tuple(zip(*([say(row, name) for name in names] for row in rows), strict=True))
    blank = (NOTHING,) * width
    cells = [row.said if isinstance(row, FigureRow) and row.layout is layout else blank for row in rows]
    columns = layout.arrange((*zip(*cells, strict=True), (NOTHING,) * len(rows)))
    apart = {place: changed for place, row in enumerate(rows) if (changed := _list_apart(row, layout))}
    return _put_apart(columns, rows, apart, layout.names) if apart else columns


def _list_apart(row: Mapping[str, Figure], layout: Layout) -> Collection[str]:
    """The measures of which `row` says something else than the cells of its table, or has none in it."""
    return row.changed if isinstance(row, FigureRow) and row.layout is layout else layout.names


def _put_apart(
    columns: Sequence[Sequence[Said]],
    rows: Sequence[Mapping[str, Figure]],
    apart: Mapping[int, Collection[str]],
    names: tuple[str, ...],
) -> Sequence[Sequence[Said]]:
    found = dict(zip(names, map(list, columns), strict=True))
    for place, changed in apart.items():
        for name in changed:
            found[name][place] = say(rows[place], name)
    return tuple(found.values())


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
