"""The rankings as a workbook that opens as an office would print it: A4, Thai font, frozen header, real numbers."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model import IndicatorSet
from kpi_cli.render.report import Report
from kpi_cli.render.translate import Language, Translator, translate
from kpi_cli.render.xlsx.archive import save_book
from kpi_cli.render.xlsx.book import describe_book, name_set
from kpi_cli.render.xlsx.cells import choose_title
from kpi_cli.render.xlsx.chart_sheet import fill_chart
from kpi_cli.render.xlsx.details_sheet import fill_details
from kpi_cli.render.xlsx.levels_sheet import fill_levels
from kpi_cli.render.xlsx.list_sheets import fill_indicators, fill_notes, fill_provenance
from kpi_cli.render.xlsx.long_rows import LongRows
from kpi_cli.render.xlsx.ranking_sheet import Ranked, fill_overall, fill_section
from kpi_cli.scoring.scorecard import Scorecard


def render_xlsx(report: Report, language: Language) -> bytes:
    """The workbook: rankings with charts, levels reached, details, indicators, notes, and what it was made from."""
    book, say = Workbook(), translate(language)
    book.remove(book.worksheets[0])
    details: list[LongRows] = []
    if report.definition is not None:
        if report.scorecard is not None:
            _add_rankings(book, report, report.scorecard, report.definition, say)
        fill_indicators(_add_sheet(book, say("Indicators")), report.definition, say)
        if report.scorecard is not None:
            details.append(fill_details(_add_sheet(book, say("Details")), report.scorecard, report.definition, say))
    if report.diagnostics:
        fill_notes(_add_sheet(book, say("Notes")), report.diagnostics, language, say)
    fill_provenance(_add_sheet(book, say("Made from")), report, say)
    _describe_book(book, report)
    return save_book(book, details)


def _add_rankings(
    book: Workbook, report: Report, scorecard: Scorecard, definition: IndicatorSet, say: Translator
) -> None:
    for ranking in scorecard.sections:
        ranked = fill_section(_add_sheet(book, ranking.title), ranking, report, definition, say)
        _add_chart(book, ranked, definition, say)
    if scorecard.overall:
        overall = _add_sheet(book, say("Overall"))
        ranked = fill_overall(overall, scorecard.overall, report, scorecard, definition, say)
        _add_chart(book, ranked, definition, say)
    fill_levels(_add_sheet(book, say("Levels")), scorecard, report, definition, say)


def _add_chart(book: Workbook, ranked: Ranked | None, definition: IndicatorSet, say: Translator) -> None:
    if ranked is not None and ranked.scored:
        title = say("Chart {title}", title=ranked.sheet.title)
        fill_chart(_add_sheet(book, title), ranked, definition, say)


def _add_sheet(book: Workbook, title: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(choose_title(title, book.sheetnames))
    return sheet


def _describe_book(book: Workbook, report: Report) -> None:
    definition = report.definition
    properties = {"kpi-report": report.version}  # never read as results
    if definition is not None:
        properties |= name_set(definition, report.set_sha256 or "")
    title = "" if definition is None else definition.title
    describe_book(book, version=report.version, title=title, properties=properties)
