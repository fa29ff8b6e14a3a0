"""How many entities reach each level of each indicator: a table, and the same as stacked bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model import IndicatorSet
from kpi_cli.render.headings import NOT_APPLICABLE, NOT_REPORTED, describe_options, describe_provisional, entity_title
from kpi_cli.render.numbers import level_step
from kpi_cli.render.report import Report
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import row_height, set_page, set_widths, write_cell, write_header
from kpi_cli.render.xlsx.charts import Bars, Labels, Span, draw_bars, place_chart
from kpi_cli.render.xlsx.titles import Titles, write_titles
from kpi_cli.scoring.scorecard import EntityScore, Scorecard, Status

_ID_WIDTH, _TITLE_WIDTH, _COUNT_WIDTH, _BESIDE_WIDTH = 11.0, 64.0, 9.0, 13.0
_FRAME_ROWS = 4
_ONE_PAGE = 16  # indicators whose table and bars stay legible on one page
_UNLESS_ZERO = "0;;"
_OPEN, _NOT_APPLICABLE, _ABSENT = "open", "not applicable", "absent"
# What an indicator may come to beside a level, and its grey in the chart.
_BESIDE = (
    (_OPEN, mark("incomplete"), "A6A6A6"),
    (_NOT_APPLICABLE, NOT_APPLICABLE, "D0CECE"),
    (_ABSENT, NOT_REPORTED, "F2F2F2"),
)


class Reached(NamedTuple):
    """One indicator, and how many entities came to each outcome: a level, or what stands beside the levels."""

    id: str
    title: str
    counts: Counter[int | str]


def fill_levels(
    sheet: Worksheet, scorecard: Scorecard, report: Report, definition: IndicatorSet, say: Translator
) -> None:
    """The sheet: a row an indicator, a column an outcome, a bar an indicator."""
    outcomes = [*range(definition.scale + 1), *(name for name, _, _ in _BESIDE)]
    rows = list(count_levels(scorecard, definition))
    widths = [_ID_WIDTH, _TITLE_WIDTH, *[_COUNT_WIDTH] * (definition.scale + 1), *[_BESIDE_WIDTH] * len(_BESIDE)]
    set_widths(sheet, widths)
    heading = write_titles(sheet, _title(scorecard, report, say), len(widths), definition)
    _write_header(sheet, heading, definition, say)
    for number, row in enumerate(rows, start=heading + 1):
        _write_row(sheet, number, row, outcomes)
    last = heading + len(rows)
    span = Span(sheet, heading, heading + 1, last, names=1)
    chart = draw_bars(span, list(_list_series(definition.scale)), stacked=True)
    place_chart(sheet, chart, row=last + 2, rows=len(rows) + _FRAME_ROWS, columns=len(widths))
    sheet.freeze_panes = f"C{heading + 1}"
    one_page = len(rows) <= _ONE_PAGE
    set_page(sheet, say, header_rows=(heading, heading), footer=definition.id, one_page=one_page, upright=True)


def count_levels(scorecard: Scorecard, definition: IndicatorSet) -> Iterator[Reached]:
    """What the entities of each section came to in each of its indicators."""
    sections = {section.id: section for section in definition.sections}
    for ranking in scorecard.sections:
        for position, indicator in enumerate(sections[ranking.id]):
            counts = Counter(_find_outcome(row, position) for row in ranking.rows)
            yield Reached(indicator.id, join_lines(indicator.title), counts)


def _find_outcome(row: EntityScore, position: int) -> int | str:
    if not row.reported:
        return _ABSENT
    score = row.indicators[position]
    if score.status is Status.INCOMPLETE:
        return _OPEN
    return _NOT_APPLICABLE if score.level is None else score.level


def _title(scorecard: Scorecard, report: Report, say: Translator) -> Titles:
    title = say("how many {entity} reach each level", entity=entity_title(report.definition, say))
    rankings = [ranking.rows for ranking in scorecard.sections]
    return Titles(title, describe_provisional(rankings, report, say), describe_options(report, say))


def _write_header(sheet: Worksheet, number: int, definition: IndicatorSet, say: Translator) -> None:
    levels = [say("level {n}", n=level) for level in range(definition.scale + 1)]
    header = [say("indicator"), say("what is measured"), *levels, *(say(word) for _, word, _ in _BESIDE)]
    write_header(sheet, number, header, lines=2)


def _write_row(sheet: Worksheet, number: int, row: Reached, outcomes: Sequence[int | str]) -> None:
    write_cell(sheet, row=number, column=1, value=row.id, alignment=looks.CENTRE)
    write_cell(sheet, row=number, column=2, value=row.title, alignment=looks.LEFT_WRAPPED)
    for column, outcome in enumerate(outcomes, start=3):
        count = row.counts[outcome]
        write_cell(sheet, row=number, column=column, value=count, alignment=looks.CENTRE, number_format=_UNLESS_ZERO)
    sheet.row_dimensions[number].height = row_height(((row.title, _TITLE_WIDTH),))


def _list_series(scale: int) -> Iterator[Bars]:
    """The levels in the colours of their steps, then what stands beside them; nothing is written over an empty bar."""
    for level in range(scale + 1):
        step = level_step(level, scale)
        colour = "FFFFFF" if step in looks.DARK_STEPS else "000000"
        yield Bars(3 + level, looks.STEP_FILLS[step].start_color.rgb[2:], Labels("ctr", _UNLESS_ZERO, colour))
    for column, (_, _, grey) in enumerate(_BESIDE, start=4 + scale):
        yield Bars(column, grey, Labels("ctr", _UNLESS_ZERO))
