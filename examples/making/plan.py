"""What a sheet will hold, as plain values: boxes by cell reference, merges, widths. `book_file` writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from making.figures import NOT_APPLICABLE
from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True)
class Box:
    """One cell. A `formula` is stored beside its value, as Excel does; `value="=..."` is one never calculated."""

    value: object = None
    format: str = "General"
    formula: str | None = None
    look: str = "body"
    literal: bool = False
    """Text that begins with `=` and is no formula."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it will be written."""

    title: str
    boxes: Mapping[str, Box]
    merges: tuple[str, ...] = ()
    widths: Mapping[str, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    state: str = "visible"
    freeze: str | None = None


Show = Callable[[str], Box]


@dataclass(frozen=True, slots=True)
class Column:
    """A measure, the header over it, and how its figures are typed."""

    measure: str
    header: str
    show: Show
    absent: str = ""
    inapplicable: str = "ไม่มีเป้าหมาย"


def show_figure(column: Column, figures: Mapping[str, str]) -> Box:
    """The cell of one district in `column`."""
    figure = figures.get(column.measure)
    if figure is None:
        return Box(column.absent or None)
    return Box(column.inapplicable) if figure == NOT_APPLICABLE else column.show(figure)


def as_points(format_: str = '0.00"%"') -> Show:
    """Percent points typed as a plain number: 85 is 85."""
    return lambda figure: Box(float(figure), format_)


def as_fraction(format_: str = "0.00%") -> Show:
    """A true percent cell: 85 is stored as 0.85."""
    return lambda figure: Box(float(Decimal(figure) / 100), format_)


def as_number(format_: str = "General") -> Show:
    """A number; whole ones are stored as such."""
    return lambda figure: Box(int(figure) if figure.isdecimal() else float(figure), format_)


def as_words(yes: str, no: str) -> Show:
    """Yes and no in the office's own words."""
    return lambda figure: Box({"yes": yes, "no": no}[figure])


def as_text(wording: str = "{}") -> Show:
    """Typed as text, in `wording`."""
    return lambda figure: Box(wording.format(figure), "@")


def as_thai_text(wording: str = "{}") -> Show:
    """Typed as text in Thai digits, with thousands commas."""

    def show(figure: str) -> Box:
        text = wording.format(f"{Decimal(figure):,}")
        return Box(text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")), "@")

    return show


def place_row(row: int, boxes: Sequence[Box], *, first_column: int = 1) -> dict[str, Box]:
    """`boxes` side by side in `row`, by cell reference."""
    return {f"{get_column_letter(first_column + index)}{row}": box for index, box in enumerate(boxes)}
