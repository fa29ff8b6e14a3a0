"""What every reader of a file makes of it: sheets of raw cells, without a word about measures or entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from operator import itemgetter
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.model.names import GUIDE_MARK

T = TypeVar("T")

MAX_COLUMNS = 16_384
# Of a whole file. Places in rows, blank ones counted: one cell in the last column makes a row of 16,384.
MAX_PLACES = 5_000_000
MAX_SHOWN_TEXT = 200
OWN_REPORT = "own-report"


class Kind(Enum):
    """What a raw cell holds."""

    # Kinds are looked up millions of times in a large file: by identity the interpreter does it without a call.
    __hash__ = object.__hash__

    BLANK = auto()
    TEXT = auto()
    NUMBER = auto()
    TRUTH = auto()
    DATE = auto()
    ERROR = auto()
    NOT_CALCULATED = auto()
    """A formula without a stored value."""
    STRUCTURE = auto()
    """A list or an object where a figure should be (json)."""
    REPEATED = auto()
    """A key that one object gives twice (json)."""


PercentSign: TypeAlias = Literal["", "scaled", "literal"]
"""How a number format shows a percent sign: not at all, multiplying by 100, or as mere text after the number."""


class RawCell(NamedTuple):
    """One cell. It does not know its place, so that equal cells are one value that is read once.

    `text` is the cell as a person sees or typed it; `number` is the stored number, `places` the decimals that its
    format shows (None: all of them). `typed` is data that a program wrote (json): no doubt about percent there.
    """

    kind: Kind
    text: str = ""
    number: Decimal | None = None
    truth: bool | None = None
    percent_sign: PercentSign = ""
    places: int | None = None
    typed: bool = False


# Cells are looked up as often: readers make most that are equal one object, and those that are not are read again.
RawCell.__hash__ = object.__hash__  # type: ignore[method-assign]
BLANK = RawCell(Kind.BLANK)


class Row(NamedTuple):
    """A row that is not blank: its number as the file counts it, and its cells from the first column on."""

    number: int
    cells: tuple[RawCell, ...]

    def cell(self, column: int) -> RawCell:
        """The cell in `column` (from 0); blank beyond the last one."""
        return self.cells[column] if column < len(self.cells) else BLANK

    def fill(self, width: int) -> tuple[RawCell, ...]:
        """The cells, at least `width` of them: blank beyond the last one."""
        return self.cells if len(self.cells) >= width else self.cells + (BLANK,) * (width - len(self.cells))


class Merged(NamedTuple):
    """Cells merged into one, from the top left one to the bottom right one: rows from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


class Sheet(NamedTuple):
    """A sheet of a file; csv and json have one, without a title. `keys` name the columns of json; row 0 holds them."""

    file: str
    rows: tuple[Row, ...]
    title: str | None = None
    keys: tuple[str, ...] | None = None
    hidden: bool = False
    merged: tuple[Merged, ...] = ()

    def cell_name(self, row: int, column: int) -> str:
        """Where a cell is, for people: `file.xlsx[Sheet!C14]`, `file.csv[C5]`, `file.json[3.budget_spent]`."""
        return self.cell_namer(row)(column)

    def cell_namer(self, row: int) -> Callable[[int], str]:
        """`cell_name` for the cells of one row, by column: long tables ask for every one of them."""
        keys = self.keys
        if keys is not None:
            within = f"{row}." if row else ""
            return lambda column: f"{self.file}[{within}{keys[column]}]"
        before, after = self.file + ("[" if self.title is None else f"[{self.title}!"), f"{row}]"
        return lambda column: before + column_letters(column) + after

    def place(self, row: int, column: int) -> Place:
        """The place of a cell, for a diagnostic."""
        return Place(file=self.file, cell=self.cell_name(row, column))

    @property
    def is_csv(self) -> bool:
        """Whether it is text cut at commas, where a comma too many moves every cell after it."""
        return self.title is None and self.keys is None

    @property
    def is_guide(self) -> bool:
        """Whether it is the sheet that explains a template: titles of measures stand there, and no figures."""
        return bool(self.rows) and self.rows[0].cell(0).text == GUIDE_MARK

    @property
    def whole(self) -> Place:
        """The place of the sheet itself, for a diagnostic."""
        return Place(file=self.file, cell=None if self.title is None else f"{self.file}[{self.title}]")


class Book(NamedTuple):
    """All that a reader found in one file; of a report that we wrote ourselves nothing is read."""

    sheets: tuple[Sheet, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    own_report: bool = False


def pass_over_report(file: str) -> Book:
    """The book of a file that is an export of ours: it lies where results do, but holds none."""
    return Book((), (Diagnostic(OWN_REPORT, Severity.NOTE, Place(file), {"file": file}),), own_report=True)


class UnreadableError(Exception):
    """A file that cannot be read at all: the variant of the diagnostic `unreadable`, and its parameters."""

    def __init__(self, variant: str, **params: object) -> None:
        super().__init__(variant, params)
        self.variant, self.params = variant, params


def make_picker(positions: Sequence[int]) -> Callable[[Sequence[T]], tuple[T, ...]]:
    """A function that takes what stands at `positions`: `itemgetter`, but always to a tuple."""
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda items: tuple(items[position] for position in positions)


@lru_cache(maxsize=MAX_COLUMNS)
def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def shorten_text(text: str) -> str:
    """`text`, cut where it is longer than any figure or name: a message must stay readable."""
    return text if len(text) <= MAX_SHOWN_TEXT else text[: MAX_SHOWN_TEXT - 1] + "…"
