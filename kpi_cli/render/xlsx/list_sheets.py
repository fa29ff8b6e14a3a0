"""The sheets after the rankings: the indicators in words, what was found, what the report was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model import Group, Indicator, IndicatorSet
from kpi_cli.render.findings.text import SEVERITY_WORDS, list_related, place_of, show_place
from kpi_cli.render.headings import list_provenance
from kpi_cli.render.report import Report
from kpi_cli.render.sentences import describe
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Language, Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import CellValue, row_height, set_page, set_widths, write_cell, write_header

_ORDER = {severity: order for order, severity in enumerate(Severity)}


def fill_indicators(sheet: Worksheet, definition: IndicatorSet, say: Translator) -> None:
    """What the short ids in the rankings stand for."""
    header = (say("section"), say("indicator"), say("what is measured"), say("weight"), say("owner"))
    _fill_list(sheet, say, header, _list_indicators(definition), widths=[24, 11, 66, 10, 26], footer=definition.id)


def _list_indicators(definition: IndicatorSet) -> Iterator[tuple[CellValue, ...]]:
    for section in definition.sections:
        for item in section.indicators:
            if isinstance(item, Group):
                yield join_lines(section.title), item.id, join_lines(item.title), None, None
            for one in item.indicators if isinstance(item, Group) else (item,):
                yield join_lines(section.title), *_describe_indicator(one)


def _describe_indicator(indicator: Indicator) -> tuple[CellValue, ...]:
    return indicator.id, join_lines(indicator.title), float(indicator.weight), join_lines(indicator.owner or "")


def fill_notes(sheet: Worksheet, diagnostics: Iterable[Diagnostic], language: Language, say: Translator) -> None:
    """Every finding, the gravest first: how grave, where, what, and what to do."""
    header = (say("severity"), say("place"), say("code"), say("finding"), say("what to do"))
    found = sorted(diagnostics, key=lambda diagnostic: _ORDER[diagnostic.severity])
    rows = [_describe_finding(diagnostic, language, say) for diagnostic in found]
    _fill_list(sheet, say, header, rows, widths=[12, 28, 25, 46, 40], footer="")
    for number, diagnostic in enumerate(found, start=2):
        sheet.cell(row=number, column=1).fill = looks.SEVERITY_FILLS[diagnostic.severity]


def _describe_finding(diagnostic: Diagnostic, language: Language, say: Translator) -> tuple[CellValue, ...]:
    place, sentence = place_of(diagnostic.place), describe(diagnostic, language)
    word = say(SEVERITY_WORDS[diagnostic.severity])
    finding = "\n".join((sentence.message, *list_related(diagnostic, language)))
    return word, show_place(place) if place else "", diagnostic.code, finding, sentence.help


def fill_provenance(sheet: Worksheet, report: Report, say: Translator) -> None:
    """The set, the input files and the version, with the fingerprints that let anyone check them."""
    _fill_list(sheet, say, (say("Made from"), ""), list_provenance(report, say), widths=[26, 100], footer="")


def _fill_list(
    sheet: Worksheet,
    say: Translator,
    header: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    *,
    widths: list[float],
    footer: str,
) -> None:
    set_widths(sheet, widths)
    write_header(sheet, 1, header)
    for number, row in enumerate(rows, start=2):
        texts = zip((str(value or "") for value in row), widths, strict=True)
        sheet.row_dimensions[number].height = row_height(tuple(texts))
        for column, value in enumerate(row, start=1):
            write_cell(sheet, row=number, column=column, value=value, alignment=looks.LEFT_WRAPPED)
    sheet.freeze_panes = "A2"
    set_page(sheet, say, header_rows=(1, 1), footer=footer)
