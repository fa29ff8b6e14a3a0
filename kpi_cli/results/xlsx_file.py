"""An xlsx workbook to sheets of raw cells, with what their number formats show."""

from __future__ import annotations

import zipfile

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.results.cells import Book, Sheet, UnreadableError, pass_over_report
from kpi_cli.results.room import find_room
from kpi_cli.results.xlsx_archive import open_archive
from kpi_cli.results.xlsx_book import SheetPart, WorkbookParts, is_own_report, read_workbook
from kpi_cli.results.xlsx_sheet import read_cells
from kpi_cli.results.xlsx_xml import Budget

MAX_XLSX_BYTES = 100_000_000
_CHART = "chartsheet"


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
        sheets = [part for part in workbook.sheets if part.has_cells]
        others = [part for part in workbook.sheets if not part.has_cells]
        if not sheets:
            raise UnreadableError("broken-workbook", problem="xl/workbook.xml")
        if own and others:  # we write none, and office programs show the figures that some of them hold
            raise UnreadableError("broken-workbook", problem=f"xl/workbook.xml: {others[0].title[:60]} is no worksheet")
        return Book(
            tuple(_read_sheet(archive, part, workbook, budget, file=file) for part in sheets),
            tuple(_pass_over(part, file) for part in others if not part.hidden and part.kind != _CHART),
        )


def _pass_over(part: SheetPart, file: str) -> Diagnostic:
    """A sheet of dialogs or old macros, or of a kind of its own, on which people may see figures."""
    return Diagnostic("no-header", Severity.WARNING, Sheet(file, (), part.title).whole, {"sheet": part.title}, "kind")


def _read_sheet(
    archive: zipfile.ZipFile, part: SheetPart, workbook: WorkbookParts, budget: Budget, *, file: str
) -> Sheet:
    cells = read_cells(archive, part, workbook.shared, budget)
    return Sheet(file, cells.rows, part.title, hidden=part.hidden, merged=cells.merged)
