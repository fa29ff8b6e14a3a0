"""The sheet of a section: titles, headers for people and for programs, cells to fill in, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model import Indicator, Measure
from kpi_cli.render.template.checks import add_validation, colour_computed, colour_inputs
from kpi_cli.render.template.formulas import write_formulas
from kpi_cli.render.template.page import set_template_page
from kpi_cli.render.template.plan import HIDDEN, Column, Kind, SheetPlan
from kpi_cli.render.template.words import describe_unit, head_group, head_indicator, tell_levels
from kpi_cli.render.text import display_width, join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import column_width, row_height, write_cell
from kpi_cli.rules.ast import iterate_tests, thresholds_of
from kpi_cli.rules.values import exact_text

PERCENT_FORMAT = '0.00"%"'
"""Points with a sign that is mere text: in a true percent cell Excel would turn .5 into 50 %."""
_COMMENT_WIDTH = 460
_AUTHOR = "kpi"
_MOST_TITLE_LINES = 6
_NARROWEST, _WIDEST = 16.0, 30.0
_LOST_AT_LINE_ENDS = 4.0  # Thai breaks between words: in a narrow column each line ends that much early
_WIDTHS = {Kind.CODE: 9.0, Kind.LEVEL: 9.0, Kind.POINTS: 11.0, Kind.SCORE: 12.0, Kind.RANK: 9.0}
_OPEN = Protection(locked=False)
_EDGE = Side(style="thin", color="FF7F7F7F")


def fill_section_sheet(
    sheet: Worksheet, plan: SheetPlan, titles: Sequence[str], say: Translator, *, choices: Mapping[str, str]
) -> None:
    """The whole sheet. `titles` stand above the header; `choices`: measure -> the cells of its long list of answers."""
    _set_widths(sheet, plan)
    _write_titles(sheet, titles)
    _write_header(sheet, plan, say)
    _write_rows(sheet, plan, say)
    for column in plan.columns:
        add_validation(sheet, plan, column, say, choices=choices.get(column.id))
        colour_inputs(sheet, plan, column)
        colour_computed(sheet, plan, column)
    protect_sheet(sheet)
    sheet.freeze_panes = f"C{plan.first_row}"
    set_template_page(sheet, plan, titles, say)


def protect_sheet(sheet: Worksheet) -> None:
    """Locked but for the cells to fill in, without a password; widths and heights stay free."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _set_widths(sheet: Worksheet, plan: SheetPlan) -> None:
    for column in plan.columns:
        dimension = sheet.column_dimensions[plan.letter(column.id)]
        dimension.width = _choose_width(column, plan)
        dimension.hidden = column.kind in HIDDEN


def _choose_width(column: Column, plan: SheetPlan) -> float:
    if column.kind is Kind.ENTITY:
        names = [display_width(entry.name) for entry in plan.entries if entry is not None]
        return min(40.0, max(20.0, *names, 0.0) + 3)
    if column.measure is None:
        return _WIDTHS.get(column.kind, _NARROWEST)
    width = display_width(join_lines(column.measure.title)) * 1.15 / _MOST_TITLE_LINES
    return round(min(_WIDEST, max(_NARROWEST, width + 2)), 1)


def _write_titles(sheet: Worksheet, titles: Sequence[str]) -> None:
    """Not merged and not centred: over a wide sheet the middle is out of sight."""
    for row, text in enumerate(titles, start=1):
        font = looks.TITLE if row == 1 else looks.SUBTITLE if row == 2 else looks.BODY
        write_cell(sheet, row=row, column=1, value=text, font=font, border=None)
        sheet.row_dimensions[row].height = (font.size or looks.BODY_SIZE) * 1.6


def _write_header(sheet: Worksheet, plan: SheetPlan, say: Translator) -> None:
    for group in plan.groups:
        columns = [number for number, one in _number(plan) if one.indicator in group.indicators]
        _write_group(sheet, plan.group_row, columns, head_group(group))
    numbers: dict[str, list[int]] = {}
    for number, one in _number(plan):
        if one.indicator is not None:
            numbers.setdefault(one.indicator.id, []).append(number)
    for indicator in plan.indicators:
        columns = numbers[indicator.id]
        cell = _write_heading(sheet, plan.indicator_row, columns, head_indicator(indicator, say))
        cell.comment = _comment_levels(indicator, say)
    for number, column in _number(plan):
        _write_column_header(sheet, plan, number, column, say)
    for number, column in enumerate(plan.columns, start=1):
        if column.kind in HIDDEN:
            # No contract names these ids, so they stand in the row of titles, where the reader knows them as well.
            write_cell(sheet, row=plan.title_row, column=number, value=column.id)
    sheet.row_dimensions[plan.title_row].height = _measure_titles(plan)
    sheet.row_dimensions[plan.unit_row].height = looks.LINE_HEIGHT * 2


def _number(plan: SheetPlan) -> list[tuple[int, Column]]:
    return [(number, one) for number, one in enumerate(plan.columns, start=1) if one.kind not in HIDDEN]


def _write_group(sheet: Worksheet, row: int, columns: Sequence[int], text: str) -> None:
    """A title at the left of all that stands under it: in the middle it would be lost between two pages."""
    for column in columns:
        value = text if column == columns[0] else None
        border = Border(top=looks.GRID.top, bottom=looks.GRID.bottom)
        write_cell(sheet, row=row, column=column, value=value, font=looks.BOLD, fill=looks.HEADER_FILL, border=border)
    sheet.row_dimensions[row].height = looks.LINE_HEIGHT


def _write_heading(sheet: Worksheet, row: int, columns: Sequence[int], text: str) -> Cell:
    """A title over several columns, as high as it needs."""
    first, last = columns[0], columns[-1]
    width = sum(column_width(sheet, number) for number in columns)
    cell = write_cell(
        sheet,
        row=row,
        column=first,
        value=text,
        font=looks.BOLD,
        alignment=looks.CENTRE_WRAPPED,
        fill=looks.HEADER_FILL,
    )
    for column in columns[1:]:
        write_cell(sheet, row=row, column=column, value=None, fill=looks.HEADER_FILL)
    if first < last:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    height = row_height(((text, width),))
    sheet.row_dimensions[row].height = max(height, sheet.row_dimensions[row].height or 0)
    return cell


def _comment_levels(indicator: Indicator, say: Translator) -> Comment:
    text = tell_levels(indicator, say)
    lines = sum(1 + display_width(line) // 62 for line in text.split("\n"))
    return Comment(text, _AUTHOR, width=_COMMENT_WIDTH, height=24 + 19 * lines)


def _write_column_header(sheet: Worksheet, plan: SheetPlan, number: int, column: Column, say: Translator) -> None:
    title, unit = _name_column(column, plan, say)
    look: dict[str, Any] = {"alignment": looks.CENTRE_WRAPPED, "fill": looks.HEADER_FILL}
    write_cell(sheet, row=plan.title_row, column=number, value=title, font=looks.BODY, **look)
    write_cell(sheet, row=plan.unit_row, column=number, value=unit, font=looks.SMALL, **look)
    look["alignment"] = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
    write_cell(sheet, row=plan.id_row, column=number, value=column.id, font=looks.ID, **look)


def _name_column(column: Column, plan: SheetPlan, say: Translator) -> tuple[str, str | None]:
    match column.kind:
        case Kind.CODE:
            return _head(say("code")), None
        case Kind.ENTITY:
            return _head(plan.entity_title), None
        case Kind.LEVEL:
            return say("level"), say("of {scale}", scale=plan.scale)
        case Kind.POINTS:
            weight = exact_text(column.indicator.weight) if column.indicator else ""
            return say("points"), say("of {scale}", scale=weight)
        case Kind.SCORE:
            return say("total score"), say("of {scale}", scale=100)
        case Kind.RANK:
            return say("rank"), None
    measure = column.measure
    return (join_lines(measure.title), describe_unit(measure, say)) if measure else ("", None)


def _head(word: str) -> str:
    """With a capital letter: `entity` alone stands in the row of ids, and nobody shall take this one for it."""
    return word[:1].upper() + word[1:]


def _measure_titles(plan: SheetPlan) -> float:
    widths = ((column.measure, _choose_width(column, plan)) for column in plan.columns)
    return row_height(
        tuple((join_lines(measure.title), width - _LOST_AT_LINE_ENDS) for measure, width in widths if measure)
    )


def _write_rows(sheet: Worksheet, plan: SheetPlan, say: Translator) -> None:
    styles = {column.id: _style_column(column) for column in plan.columns}
    for row, entry in enumerate(plan.entries, start=plan.first_row):
        sheet.row_dimensions[row].height = looks.ROW_HEIGHT
        names = {} if entry is None else {"code": entry.code, "entity": entry.name}
        for number, column in enumerate(plan.columns, start=1):
            if row > plan.first_row and column.id not in names:
                _style_like(sheet, row, number, plan.first_row)
                continue
            cell = write_cell(sheet, row=row, column=number, value=names.get(column.id), **styles[column.id])
            if column.kind is Kind.INPUT or (entry is None and column.kind in {Kind.CODE, Kind.ENTITY}):
                cell.protection, cell.fill = _OPEN, looks.INPUT_FILL
        for id_, formula in write_formulas(plan, row, say("n/a")):
            sheet[f"{plan.letter(id_)}{row}"].value = formula


def _style_like(sheet: Worksheet, row: int, column: int, first: int) -> None:
    """The looks of the cell above, copied whole: to set each of them anew takes most of the time of a long roster."""
    cell, above = sheet.cell(row=row, column=column), sheet.cell(row=first, column=column)
    cell._style = copy(above._style)  # type: ignore[union-attr]  # never a merged cell


def _style_column(column: Column) -> dict[str, Any]:
    match column.kind:
        case Kind.CODE | Kind.RANK:
            return {"alignment": looks.CENTRE}
        case Kind.ENTITY:
            return {"alignment": looks.NAME}
        case Kind.LEVEL:
            return {"alignment": looks.CENTRE, "font": looks.BOLD, "fill": looks.ABSENT_FILL}
        case Kind.POINTS:
            edge = Border(left=looks.GRID.left, top=looks.GRID.top, bottom=looks.GRID.bottom, right=_EDGE)
            look = {"alignment": looks.RIGHT, "number_format": "0.00", "fill": looks.ABSENT_FILL}
            return {**look, "border": edge}
        case Kind.SCORE:
            return {"alignment": looks.RIGHT, "font": looks.BOLD, "number_format": "0.00"}
    if column.measure is None or column.indicator is None:
        return {}
    number_format = choose_format(column.measure, column.indicator, column.id)
    is_word = column.measure.type in {"flag", "choice"}
    return {"alignment": looks.CENTRE if is_word else looks.RIGHT, "number_format": number_format}


def choose_format(measure: Measure, indicator: Indicator, name: str) -> str:
    """The number format of a measure's cells; never one that hides the digits that decide."""
    match measure.type:
        case "percent":
            return PERCENT_FORMAT
        case "count":
            return "#,##0"
        case "number":
            tests = (test for rule in indicator.rules for test in iterate_tests(rule) if test.measure == name)
            cuts = [cut for test in tests for cut in thresholds_of(test.unary)]
            fine = any(_count_places(exact_text(number)) > 2 for number in (measure.smallest_step, *cuts))
            return "General" if fine else "#,##0.00"
    return "@" if measure.type == "choice" else "General"


def _count_places(text: str) -> int:
    return len(text.partition(".")[2].rstrip("0"))
