"""Reports as workbooks, opened again."""

from __future__ import annotations

import io

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.render.report import Report
from kpi_cli.render.translate import Language
from kpi_cli.render.xlsx_file import render_xlsx


def reopen(report: Report, language: Language = "en") -> Workbook:
    return load_workbook(io.BytesIO(render_xlsx(report, language)))


def list_values(sheet: Worksheet, first: int = 1) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
