"""The sheet that explains how to fill the workbook in, what each column asks for, and where long lists stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model.names import GUIDE_MARK
from kpi_cli.render.template.checks import needs_long_list
from kpi_cli.render.template.plan import SheetPlan
from kpi_cli.render.template.section_sheet import protect_sheet
from kpi_cli.render.template.words import explain_answer, list_answers
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import A4, row_height, set_widths, write_cell, write_footer, write_header

_WIDTHS = [11.0, 52.0, 52.0, 24.0]
_LIST_COLUMN = 6


def fill_guide(
    sheet: Worksheet, plans: Sequence[SheetPlan], sentences: Iterable[str], title: str, say: Translator
) -> dict[str, str]:
    """Writes the sheet; measure -> the cells in which a list of answers stands that is too long for a rule."""
    set_widths(sheet, _WIDTHS)
    write_cell(sheet, row=1, column=1, value=GUIDE_MARK, font=looks.ID, border=None)
    write_cell(sheet, row=2, column=1, value=title, font=looks.TITLE, border=None)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 14, 30
    row = 3
    for row, text in enumerate(sentences, start=3):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_WIDTHS))
        write_cell(sheet, row=row, column=1, value=text, alignment=looks.LEFT_WRAPPED, border=None)
        sheet.row_dimensions[row].height = row_height(((text, sum(_WIDTHS)),))
    _write_measures(sheet, row + 2, plans, say)
    lists = _write_lists(sheet, plans, say)
    protect_sheet(sheet)
    _set_page(sheet, say)
    return lists


def _write_measures(sheet: Worksheet, start: int, plans: Sequence[SheetPlan], say: Translator) -> None:
    header = (say("indicator"), say("what is reported"), say("how to answer"), say("owner"))
    write_header(sheet, start, header)
    for number, values in enumerate(_list_measures(plans, say), start=start + 1):
        sheet.row_dimensions[number].height = row_height(tuple(zip(values, _WIDTHS, strict=True)))
        for column, value in enumerate(values, start=1):
            write_cell(sheet, row=number, column=column, value=value, alignment=looks.LEFT_WRAPPED)


def _list_measures(plans: Sequence[SheetPlan], say: Translator) -> Iterator[tuple[str, ...]]:
    for plan in plans:
        for one in plan.indicators:
            for measure in one.measures.values():
                unit = f" ({join_lines(measure.unit)})" if measure.unit else ""
                owner = join_lines(one.owner or "")
                yield one.id, join_lines(measure.title) + unit, explain_answer(measure, say), owner


def _write_lists(sheet: Worksheet, plans: Sequence[SheetPlan], say: Translator) -> dict[str, str]:
    lists: dict[str, str] = {}
    title = sheet.title.replace("'", "''")
    measures = [item for plan in plans for one in plan.indicators for item in one.measures.items()]
    for name, measure in measures:
        if not needs_long_list(measure, say):
            continue
        column = _LIST_COLUMN + len(lists)
        answers = list_answers(measure, say)
        for row, answer in enumerate(answers, start=1):
            cell = write_cell(sheet, row=row, column=column, value=answer, font=looks.SMALL, border=None)
        sheet.column_dimensions[cell.column_letter].hidden = True
        lists[name] = f"'{title}'!${cell.column_letter}$1:${cell.column_letter}${len(answers)}"
    return lists


def _set_page(sheet: Worksheet, say: Translator) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    write_footer(sheet, "", say)
