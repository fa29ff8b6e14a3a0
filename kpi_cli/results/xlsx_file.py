"""An xlsx workbook to sheets of raw cells, with what their number formats show."""

from __future__ import annotations

from kpi_cli.results.cells import Book, Sheet, UnreadableError
from kpi_cli.results.xlsx_archive import open_archive
from kpi_cli.results.xlsx_book import read_workbook
from kpi_cli.results.xlsx_sheet import read_rows
from kpi_cli.results.xlsx_xml import Budget

MAX_XLSX_BYTES = 100_000_000


def read_xlsx(data: bytes, *, file: str) -> Book:
    """All sheets of a workbook; raises `UnreadableError` for one that is broken, encrypted or beyond bounds."""
    if len(data) > MAX_XLSX_BYTES:
        raise UnreadableError("too-large", limit=f"{MAX_XLSX_BYTES // 1_000_000} MB")
    budget = Budget()
    with open_archive(data) as archive:
        workbook = read_workbook(archive, budget)
        if not workbook.sheets:
            raise UnreadableError("broken-workbook", problem="xl/workbook.xml")
        return Book(
            tuple(
                Sheet(file, read_rows(archive, sheet.part, workbook.shared, budget), sheet.title, hidden=sheet.hidden)
                for sheet in workbook.sheets
            )
        )
