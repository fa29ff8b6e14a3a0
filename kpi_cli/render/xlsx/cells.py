"""Writing into a sheet: text that stays text, titles that Excel takes, pages that print."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable
from copy import copy
from functools import lru_cache
from typing import NamedTuple, TypeAlias, cast
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.render.text import display_width, fold_text
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.rules.values import Number

CellValue: TypeAlias = str | int | float | None

_LONGEST_TEXT = 32_767
_LONGEST_TITLE = 31
_HIGHEST_ROW = 409.0  # points; Excel repairs a file that asks for more
_SLACK = 1.2
_WIDEST = 2  # columns of a character
# What XML 1.0 cannot carry, and what would hide or reverse the text around it; line breaks and tabs stay.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_TITLE_BREAKERS = re.compile(r"[/\[\]:*?\\]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
A4 = 9


def write_cell(
    sheet: Worksheet,
    *,
    row: int,
    column: int,
    value: CellValue,
    font: Font = looks.BODY,
    alignment: Alignment = looks.LEFT,
    fill: PatternFill | None = None,
    border: Border | None = looks.GRID,
    number_format: str | None = None,
) -> Cell:
    """One cell, with its looks; a string is text, whatever it begins with."""
    cell = cast(Cell, sheet.cell(row=row, column=column))
    if isinstance(value, str):
        _write_text(cell, value)
    else:
        cell.value = value
    quoted = isinstance(value, str) and begins_formula(value)
    _dress(cell, _Looks(font, alignment, fill, border, number_format, quoted))
    return cell


def _write_text(cell: Cell, text: str) -> None:
    cell.value = clean_cell_text(text)
    cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error


class _Looks(NamedTuple):
    """All that a cell is dressed in; quoted text stays text whatever it begins with."""

    font: Font
    alignment: Alignment
    fill: PatternFill | None
    border: Border | None
    number_format: str | None
    quoted: bool

    @property
    def key(self) -> tuple[object, ...]:
        """The same for the same objects: to hash what is in them is what takes openpyxl its time."""
        return *map(id, self[:4]), self.number_format, self.quoted


_STYLES: WeakKeyDictionary[Workbook, dict[tuple[object, ...], tuple[StyleArray, _Looks]]] = WeakKeyDictionary()
"""What each look has become in a workbook, and the look itself: while it is held no other object takes its id."""


def _dress(cell: Cell, wanted: _Looks) -> None:
    known = _STYLES.setdefault(cast(Workbook, cell.parent.parent), {})
    if wanted.key not in known:
        _dress_first(cell, wanted)
        known[wanted.key] = cell._style, wanted  # type: ignore[attr-defined]  # unknown to the stubs
    cell._style = copy(known[wanted.key][0])  # type: ignore[attr-defined]  # a copy, lest a change is one of all


def _dress_first(cell: Cell, wanted: _Looks) -> None:
    cell.font, cell.alignment = wanted.font, wanted.alignment
    if wanted.fill is not None:
        cell.fill = wanted.fill
    if wanted.border is not None:
        cell.border = wanted.border
    if wanted.number_format is not None:
        cell.number_format = wanted.number_format
    if wanted.quoted:
        cell.quotePrefix = True


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet would take `text` for a formula, were it typed in."""
    return text.startswith(_FORMULA_STARTS)


def write_header(sheet: Worksheet, row: int, texts: Iterable[str], *, lines: int = 1) -> None:
    """The headings of a table, from the first column on, in a row of so many lines."""
    look, fill = looks.CENTRE_WRAPPED, looks.HEADER_FILL
    for column, text in enumerate(texts, start=1):
        write_cell(sheet, row=row, column=column, value=text, font=looks.BOLD, alignment=look, fill=fill)
    sheet.row_dimensions[row].height = looks.LINE_HEIGHT * lines


def clean_cell_text(text: str) -> str:
    """`text` as a cell can hold it: without control characters, at most 32,767 characters."""
    return _UNWANTED.sub("", text)[:_LONGEST_TEXT]


def choose_title(wanted: str, taken: Collection[str]) -> str:
    """A sheet title that Excel takes, near to `wanted` and unlike those in `taken` (it does not mind case)."""
    base = _TITLE_BREAKERS.sub(" ", clean_cell_text(wanted)).strip().strip("'").strip()[:_LONGEST_TITLE] or "-"
    used = {title.casefold() for title in taken} | {"history"}  # Excel keeps this name for itself
    title, number = base, 2
    while title.casefold() in used:
        suffix = f" ({number})"
        title, number = base[: _LONGEST_TITLE - len(suffix)] + suffix, number + 1
    return title


def write_banner(
    sheet: Worksheet, *, row: int, text: str, columns: int, font: Font, fill: PatternFill | None = None
) -> None:
    """A line of text across `columns`, as high as it needs."""
    size = font.size or looks.BODY_SIZE
    width = sum(column_width(sheet, column) for column in range(1, columns + 1)) * looks.BODY_SIZE / size
    # Broken here, at spaces: left to itself a program breaks Thai wherever the line ends.
    lines = fold_text(text, max(int(width / 1.3), 1))
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    write_cell(
        sheet,
        row=row,
        column=1,
        value="\n".join(lines),
        font=font,
        alignment=looks.CENTRE_WRAPPED,
        fill=fill,
        border=None,
    )
    sheet.row_dimensions[row].height = min(max(looks.ROW_HEIGHT, size * 1.5) * len(lines), _HIGHEST_ROW)


def take_float(number: Number) -> float:
    """A float of the fifteen digits that spreadsheets keep: of more each rounds as it likes when it saves the file."""
    return float(f"{float(number):.15g}")


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """The height of a row of texts that are folded, each in a column of so many characters.

    Rather a line too many than one too few: another font may be wider, and a program breaks Thai where a word ends.
    """
    lines = max((_count_lines(text, width) for text, width in texts), default=1)
    return min(looks.LINE_HEIGHT * lines, _HIGHEST_ROW)


@lru_cache(maxsize=4_096)
def _count_lines(text: str, width: float) -> int:
    if len(text) * _WIDEST * _SLACK <= width and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(display_width(line) * _SLACK / width)) for line in text.split("\n"))


def column_width(sheet: Worksheet, column: int) -> float:
    """The width of a column, in characters."""
    return sheet.column_dimensions[get_column_letter(column)].width


def set_widths(sheet: Worksheet, widths: list[float]) -> None:
    """The widths of the columns from the first, in characters."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def set_page(
    sheet: Worksheet,
    say: Translator,
    *,
    header_rows: tuple[int, int],
    footer: str,
    one_page: bool = False,
    upright: bool = False,
) -> None:
    """A4, landscape unless `upright`, as wide as the page, header rows on every page, page numbers in the footer.

    `one_page` makes it fit in height as well: for a table that is only a little too long.
    """
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(one_page)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.4
    margins.bottom, margins.header, margins.footer = 0.6, 0.3, 0.3
    sheet.print_title_rows = f"{header_rows[0]}:{header_rows[1]}"
    write_footer(sheet, footer, say)


def write_footer(sheet: Worksheet, text: str, say: Translator) -> None:
    """`text` at the left of every page, and its number at the right."""
    pages = say("page {page} of {pages}", page="&P", pages="&N")
    below = cast(HeaderFooterItem, sheet.oddFooter)
    below.left.text, below.right.text = text.replace("&", "&&"), pages
    for part in (below.left, below.right):
        part.font, part.size = f"{looks.FONT_NAME},Regular", 12
