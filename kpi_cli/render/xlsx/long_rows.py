"""Rows of a long table as XML: openpyxl takes some 30 µs and half a kilobyte for a cell, and there may be 300,000."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from xml.sax.saxutils import escape

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import CellValue, begins_formula, clean_cell_text, row_height


class Look(NamedTuple):
    """How the cells of a column look; texts are folded to its width, in characters."""

    width: float
    alignment: Alignment = looks.LEFT_WRAPPED
    number_format: str = "General"


class LongRows(NamedTuple):
    """Rows that follow in `sheet` on row `above`; a value and a look a column."""

    sheet: Worksheet
    above: int
    looks: Sequence[Look]
    rows: Sequence[Sequence[CellValue]]

    @property
    def reference(self) -> str:
        """The cells from the row above to the last."""
        return f"A{self.above}:{get_column_letter(len(self.looks))}{self.above + len(self.rows)}"


class Style(NamedTuple):
    """The numbers of a look in the workbook: as it is, and for text that begins as a formula does."""

    plain: int
    quoted: int


def number_styles(table: LongRows) -> list[Style]:
    """The style of each column; to be called before the workbook is saved, since it enters them there."""
    return [
        Style(*(_number_style(table.sheet, look, quoted=quoted) for quoted in (False, True))) for look in table.looks
    ]


def _number_style(sheet: Worksheet, look: Look, *, quoted: bool) -> int:
    cell = Cell(sheet, row=1, column=1)  # it never stands in the sheet
    cell.font, cell.border, cell.alignment, cell.number_format = (
        looks.BODY,
        looks.GRID,
        look.alignment,
        look.number_format,
    )
    cell.quotePrefix = quoted
    return cell.style_id


def insert_rows(xml: bytes, table: LongRows, styles: Sequence[Style]) -> Iterator[bytes]:
    """The part of a sheet that openpyxl has written, in pieces, with the rows behind its own."""
    before, _, after = xml.partition(b"</sheetData>")
    yield _DIMENSION.sub(f'<dimension ref="{table.reference}"/>'.encode(), before)
    rows = _write_rows(table, styles)
    while some := "".join(islice(rows, _AT_ONCE)):
        yield some.encode()
    # What was typed is text and may be a number: that is meant, and not to be marked in each cell.
    ignored = f'<ignoredErrors><ignoredError sqref="{table.reference}" numberStoredAsText="1"/></ignoredErrors>'
    yield b"</sheetData>" + after.replace(b"</worksheet>", f"{ignored}</worksheet>".encode())


_AT_ONCE = 100  # rows: to pack each by itself takes longer
_DIMENSION = re.compile(rb"<dimension [^>]*>")


def _write_rows(table: LongRows, styles: Sequence[Style]) -> Iterator[str]:
    columns = [
        (f'<c r="{get_column_letter(column)}', style, look.width)
        for column, (style, look) in enumerate(zip(styles, table.looks, strict=True), start=1)
    ]
    for number, row in enumerate(table.rows, start=table.above + 1):
        cells = [f'<row r="{number}" ht="', ""]
        highest = looks.LINE_HEIGHT
        for (opening, style, width), value in zip(columns, row, strict=True):
            if isinstance(value, str):
                written, height = _write_text(value, style, width)
                highest = max(highest, height)
            else:
                written = _write_value(value, style)
            cells.append(f'{opening}{number}"{written}')
        cells[1] = f'{highest}" customHeight="1">'
        yield "".join(cells) + "</row>"


def _write_value(value: float | None, style: Style) -> str:
    return f' s="{style.plain}"/>' if value is None else f' s="{style.plain}"><v>{value!r}</v></c>'


@lru_cache(maxsize=4_096)
def _write_text(text: str, style: Style, width: float) -> tuple[str, float]:
    """A cell from its style on, and how high its row must be; names and titles come up in row after row."""
    number = style.quoted if begins_formula(text) else style.plain
    written = f'<is><t xml:space="preserve">{escape(clean_cell_text(text))}</t></is>'
    return f' s="{number}" t="inlineStr">{written}</c>', row_height([(text, width)])
