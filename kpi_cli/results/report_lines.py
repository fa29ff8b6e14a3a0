"""What the sheets of an xlsx report say beside its figures, row by row: headings, sentences, findings, whole sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from kpi_cli.results.cells import RawCell, Row, Sheet, column_letters
from kpi_cli.results.report import ReportFile
from kpi_cli.results.report_tables import ENTITY, find_heading, show_cell
from kpi_cli.results.report_xlsx import INPUT_LINE
from kpi_cli.results.xlsx_sheet import make_text
from kpi_cli.scoring.verify import Claim
from kpi_cli.scoring.verify_texts import Line

_HIDDEN = "hidden"
"""As a workbook calls the state of a sheet that is not shown."""
_Cells: TypeAlias = tuple[RawCell, ...]


def rename_sheets(sheets: Iterable[Sheet], rename: Callable[[str], str]) -> tuple[Sheet, ...]:
    """The sheets as they would be if the results files had other names."""
    known: dict[str, RawCell] = {}

    def rename_cell(cell: RawCell) -> RawCell:
        if cell.text not in known:
            text = rename(cell.text)
            known[cell.text] = cell if text == cell.text else make_text(text)
        found = known[cell.text]
        return found if found.text != cell.text else cell

    return tuple(
        sheet._replace(rows=tuple(Row(row.number, tuple(map(rename_cell, row.cells))) for row in sheet.rows))
        for sheet in sheets
    )


def list_sheet_lines(report: ReportFile, other: ReportFile, claims: Iterable[Claim]) -> Iterator[Line]:
    """The rows that do not stand in `other` too, without the cells that `claims` speak of."""
    stated = {claim.cell for claim in claims}
    twins = {sheet.title: sheet for sheet in other.content}
    for sheet in report.content:
        title = sheet.title or ""
        place = sheet.whole.cell or title
        yield Line(title, "", (("", _HIDDEN),) if sheet.hidden else (), place, whole=place)
        if sheet.title in twins:
            rows = set(_list_changed(sheet, twins[sheet.title]))
            yield from _list_rows(sheet, rows, stated, inputs=_names_inputs(sheet, report))


def _list_changed(sheet: Sheet, twin: Sheet) -> Iterator[int]:
    """The positions of the rows that are not rows of the other sheet, at their own place or elsewhere."""
    here, there = ({row.number: row.cells for row in one.rows} for one in (sheet, twin))
    same = Counter(_leave_out(sheet, there)) & Counter(_leave_out(twin, here))
    for position, row in enumerate(sheet.rows):
        if there.get(row.number) == row.cells:
            continue
        if same[row.cells]:
            same[row.cells] -= 1
        else:
            yield position


def _leave_out(sheet: Sheet, others: dict[int, _Cells]) -> Iterator[_Cells]:
    return (row.cells for row in sheet.rows if others.get(row.number) != row.cells)


def _names_inputs(sheet: Sheet, report: ReportFile) -> bool:
    """Whether it is the sheet with the results files, which are matched by their fingerprints."""
    return bool(report.heading and sheet.rows) and sheet.rows[0].cell(0).text == report.heading


def _list_rows(sheet: Sheet, positions: set[int], stated: set[str | None], *, inputs: bool) -> Iterator[Line]:
    ranked = sheet.cell_name(1, 0) in stated  # the lines above a ranking are a claim
    above = (find_heading(sheet) or 0) if ranked else 0
    for position, row in enumerate(sheet.rows):
        if position not in positions:
            continue
        passed = {0} if position < above else {ENTITY} if inputs and INPUT_LINE.match(show_cell(row.cell(1))) else set()
        texts = tuple(_list_texts(sheet, row, stated, passed, ranked=ranked))
        if texts:
            before = sheet.file + (f"[{sheet.title}!" if sheet.title is not None else "[")
            yield Line(sheet.title or "", row.number, texts, before, f"{row.number}]")


def _list_texts(
    sheet: Sheet, row: Row, stated: set[str | None], passed: set[int], *, ranked: bool
) -> Iterator[tuple[str, str]]:
    """Column and text; the name in a row of a ranking is what its claims are about."""
    name_cell = sheet.cell_namer(row.number)
    free = [number for number in range(len(row.cells)) if name_cell(number) not in stated and number not in passed]
    if ranked and len(free) < len(row.cells) and not passed:
        free = [number for number in free if number != ENTITY]
    for number in free:
        text = show_cell(row.cells[number])
        if text:
            yield column_letters(number), text
