"""How a sheet to fill in is printed: readable, the names on every page, no indicator cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.render.template.plan import HIDDEN, SheetPlan
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import A4, write_footer

_SCALE = 56
# The width of A4, lying, between its margins, in characters at that scale.
_PAGE_WIDTH = 195.0

_LONGEST_HEADER = 180
"""Excel does not open a header of more than 255 characters, its codes for font and size among them."""


def set_template_page(sheet: Worksheet, plan: SheetPlan, titles: Sequence[str], say: Translator) -> None:
    """A4, lying; a new page begins where the next indicator would not fit."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.scale = _SCALE
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.9, 0.6, 0.3, 0.3
    sheet.print_title_rows = f"{plan.group_row}:{plan.unit_row}"
    sheet.print_title_cols = "A:B"
    write_footer(sheet, plan.section.id, say)
    shown = [plan.letter(column.id) for column in plan.columns if column.kind not in HIDDEN]
    # The titles stand in the header of the page: beside repeated columns they would be cut off on every page but one.
    sheet.print_area = f"A{plan.group_row}:{shown[-1]}{plan.last_row}"
    above = cast(HeaderFooterItem, sheet.oddHeader)
    above.center.text = " · ".join(titles[:2])[:_LONGEST_HEADER].replace("&", "&&")
    above.center.font, above.center.size = f"{looks.FONT_NAME},Bold", 14
    sheet.col_breaks = ColBreak()
    for number in _break_columns(sheet, plan):
        sheet.col_breaks.append(Break(id=number))


def _break_columns(sheet: Worksheet, plan: SheetPlan) -> list[int]:
    """The numbers of the columns after which a page ends."""
    widths = [sheet.column_dimensions[plan.letter(column.id)].width for column in plan.columns]
    names = sum(widths[:2])
    breaks: list[int] = []
    used, start = names, 2
    for first, last in _list_blocks(plan):
        block = sum(widths[first:last])
        if used + block > _PAGE_WIDTH and first > start:
            breaks.append(first)
            used, start = names, first
        used += block
    return breaks


def _list_blocks(plan: SheetPlan) -> list[tuple[int, int]]:
    """The columns that belong together, from 0: those of an indicator, and those of the totals."""
    shown = [column for column in plan.columns if column.kind not in HIDDEN]
    blocks: list[tuple[int, int]] = []
    for number, column in enumerate(shown):
        if number < 2:
            continue
        if number > 2 and shown[number - 1].indicator is column.indicator:
            blocks[-1] = (blocks[-1][0], number + 1)
        else:
            blocks.append((number, number + 1))
    return blocks
