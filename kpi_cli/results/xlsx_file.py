"""An xlsx workbook to sheets of raw cells, with what their number formats show."""

from __future__ import annotations

import zipfile

from kpi_cli.results.cells import Book, Sheet, UnreadableError, pass_over_report
from kpi_cli.results.room import find_room
from kpi_cli.results.xlsx_archive import open_archive
from kpi_cli.results.xlsx_book import SheetPart, WorkbookParts, is_own_report, read_workbook
from kpi_cli.results.xlsx_sheet import read_cells
from kpi_cli.results.xlsx_xml import Budget

MAX_XLSX_BYTES = 100_000_000


def read_xlsx(data: bytes, *, file: str) -> Book:
    """All sheets of a workbook; raises `UnreadableError` for one that is broken, encrypted or beyond bounds."""
    return read_sheets(data, file=file) or pass_over_report(file)


def read_sheets(data: bytes, *, file: str, own: bool = False) -> Book | None:
    """The sheets of a workbook that is (`own`) or is not a report of ours; None for one of the other kind."""
    if len(data) > MAX_XLSX_BYTES:
        raise UnreadableError("too-large", limit=f"{MAX_XLSX_BYTES // 1_000_000} MB")
    budget = Budget(find_room(len(data), own=own))
    with open_archive(data) as archive:
        if is_own_report(archive, budget) is not own:
            return None
        workbook = read_workbook(archive, budget)
        if not workbook.sheets:
            raise UnreadableError("broken-workbook", problem="xl/workbook.xml")
        return Book(tuple(_read_sheet(archive, part, workbook, budget, file=file) for part in workbook.sheets))


def _read_sheet(
    archive: zipfile.ZipFile, part: SheetPart, workbook: WorkbookParts, budget: Budget, *, file: str
) -> Sheet:
    cells = read_cells(archive, part, workbook.shared, budget)
    return Sheet(file, cells.rows, part.title, hidden=part.hidden, merged=cells.merged)
