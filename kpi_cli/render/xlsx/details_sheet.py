"""Where every figure comes from: the cell it stood in, what was typed there, and the level and points it led to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model import Indicator, IndicatorSet, Measure, Section
from kpi_cli.render.headings import NOT_APPLICABLE, NOT_REPORTED, entity_title
from kpi_cli.render.numbers import show_level
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import CellValue, set_page, set_widths, take_float, write_header
from kpi_cli.render.xlsx.long_rows import LongRows, Look
from kpi_cli.rules.values import exact_text
from kpi_cli.scoring.figures import MISSING, Figure
from kpi_cli.scoring.scorecard import IndicatorScore, Scorecard, SectionRanking, Status


def fill_details(sheet: Worksheet, scorecard: Scorecard, definition: IndicatorSet, say: Translator) -> LongRows:
    """Writes the header; the rows are for the archive, one a figure, as they are ranked."""
    columns = (
        (say("section"), Look(22)),
        (entity_title(definition, say), Look(20)),
        (say("indicator"), Look(11, looks.CENTRE_TOP)),
        (say("measure"), Look(58)),
        (say("value"), Look(16, looks.RIGHT_TOP)),
        (say("as typed"), Look(16)),
        (say("cell"), Look(50)),
        (say("level"), Look(9, looks.CENTRE_TOP)),
        (say("points"), Look(11, looks.RIGHT_TOP, "0.00")),
    )
    set_widths(sheet, [look.width for _, look in columns])
    write_header(sheet, 1, [text for text, _ in columns])
    sections = {section.id: section for section in definition.sections}
    rows = [row for ranking in scorecard.sections for row in _list_section(sections[ranking.id], ranking, say)]
    table = LongRows(sheet, 1, tuple(look for _, look in columns), rows)
    sheet.auto_filter.ref = table.reference
    sheet.freeze_panes = "C2"
    set_page(sheet, say, header_rows=(1, 1), footer=definition.id)
    return table


def _list_section(section: Section, ranking: SectionRanking, say: Translator) -> Iterator[tuple[CellValue, ...]]:
    title, indicators = join_lines(section.title), tuple(section)
    for row in ranking.rows:
        name = join_lines(row.entity.name)
        if not row.reported:
            yield title, name, None, say(NOT_REPORTED), None, None, None, None, None
            continue
        for indicator, score in zip(indicators, row.indicators, strict=True):
            yield from ((title, name, *figure) for figure in _list_figures(indicator, score, row.figures, say))


def _list_figures(
    indicator: Indicator, score: IndicatorScore, figures: Mapping[str, Figure], say: Translator
) -> Iterator[tuple[CellValue, ...]]:
    level = score.level if score.status is Status.SCORED else show_level(score)
    points = None if score.points is None else take_float(score.points)
    for name, measure in indicator.measures.items():
        figure = figures.get(name, MISSING)
        if not _is_needless(name, indicator, figures):
            title, place = join_lines(measure.title), _show_cell(figure, measure, figures)
            yield indicator.id, title, _show_value(figure, say), figure.raw or None, place, level, points


def _is_needless(name: str, indicator: Indicator, figures: Mapping[str, Figure]) -> bool:
    """Whether this is a blank part of a ratio, and the percent itself was reported."""
    if figures.get(name, MISSING).reported:
        return False
    return any(
        measure.ratio is not None
        and name in {measure.ratio.part, measure.ratio.whole}
        and figures.get(percent, MISSING).reported
        for percent, measure in indicator.measures.items()
    )


def _show_cell(figure: Figure, measure: Measure, figures: Mapping[str, Figure]) -> str | None:
    """The cell, or the two cells that a percent was worked out from."""
    if figure.cell is not None or figure.value is None or measure.ratio is None:
        return figure.cell
    part, whole = figures.get(measure.ratio.part, MISSING), figures.get(measure.ratio.whole, MISSING)
    return f"{part.cell} /\n{whole.cell}"


def _show_value(figure: Figure, say: Translator) -> CellValue:
    """A number as a number; a decimal of more digits than a workbook keeps as text."""
    value = figure.value
    if not figure.applicable:
        return say(NOT_APPLICABLE)
    if value is None:
        return say("missing")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, str):
        return join_lines(value)
    number = take_float(value)
    return exact_text(value) if isinstance(value, Decimal) and Decimal(repr(number)) != value else number
