"""The rankings as a workbook that opens as an office would print it: A4, Thai font, frozen header, real numbers."""

from __future__ import annotations

import datetime
import io
import zipfile

from openpyxl import Workbook
from openpyxl.packaging.custom import CustomPropertyList, StringProperty
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from kpi_cli.render.report import Report
from kpi_cli.render.translate import Language, translate
from kpi_cli.render.xlsx.cells import choose_title, clean_cell_text
from kpi_cli.render.xlsx.list_sheets import fill_indicators, fill_notes, fill_provenance
from kpi_cli.render.xlsx.ranking_sheet import fill_overall, fill_section

# The same report makes the same bytes, so no clock: the oldest date that a zip archive can carry.
_EPOCH = datetime.datetime(1980, 1, 1)


def render_xlsx(report: Report, language: Language) -> bytes:
    """The workbook: a sheet a section, one over all, the indicators, the notes, and what it was made from."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _fill_rankings(book, report, language)
    say = translate(language)
    if report.diagnostics:
        fill_notes(_add_sheet(book, say("Notes")), report.diagnostics, language, say)
    fill_provenance(_add_sheet(book, say("Made from")), report, say)
    _describe_book(book, report)
    return _save_book(book)


def _fill_rankings(book: Workbook, report: Report, language: Language) -> None:
    say, definition, scorecard = translate(language), report.definition, report.scorecard
    if definition is None:
        return
    if scorecard is not None:
        for ranking in scorecard.sections:
            fill_section(_add_sheet(book, ranking.title), ranking, report, definition, say)
        if scorecard.overall:
            fill_overall(_add_sheet(book, say("Overall")), scorecard.overall, report, scorecard, say)
    fill_indicators(_add_sheet(book, say("Indicators")), definition, say)


def _add_sheet(book: Workbook, title: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(choose_title(title, book.sheetnames))
    return sheet


def _describe_book(book: Workbook, report: Report) -> None:
    book.properties.creator = f"kpi {report.version}"
    book.properties.created = book.properties.modified = _EPOCH
    properties: CustomPropertyList[StringProperty] = CustomPropertyList()
    properties.append(StringProperty(name="kpi-report", value=report.version))  # never read as results
    if report.definition is not None:
        book.properties.title = clean_cell_text(report.definition.title)
        properties.append(StringProperty(name="kpi-set", value=report.definition.id))
        properties.append(StringProperty(name="kpi-set-sha256", value=report.set_sha256 or ""))
    book.custom_doc_props = properties  # type: ignore[attr-defined]  # unknown to the stubs


def _save_book(book: Workbook) -> bytes:
    written = io.BytesIO()
    # Not Workbook.save, which stamps the time.
    ExcelWriter(book, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED)).save()
    return _forget_times(written)


def _forget_times(written: io.BytesIO) -> bytes:
    """The same archive, its members dated to the epoch of zip."""
    timeless = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH.timetuple()[:6]), source.read(name), zipfile.ZIP_DEFLATED)
    return timeless.getvalue()
