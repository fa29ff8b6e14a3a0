"""A sheet with a chart of the scores, best first, and what is still possible behind them."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model import IndicatorSet
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import set_page, set_widths
from kpi_cli.render.xlsx.charts import Bars, Labels, Span, draw_bars, place_chart
from kpi_cli.render.xlsx.ranking_sheet import Ranked
from kpi_cli.render.xlsx.titles import Titles, write_titles

MOST_BARS = 40
"""More would not be told apart on a page."""
_WIDTHS = [12.0] * 8
_FRAME_ROWS = 5  # what axis and legend take; a bar takes a row


def fill_chart(sheet: Worksheet, ranked: Ranked, definition: IndicatorSet, say: Translator) -> None:
    """The titles of the ranking, and under them a bar for each that has a score."""
    shown = min(ranked.scored, MOST_BARS)
    set_widths(sheet, _WIDTHS)
    title, provisional, options = ranked.titles
    if shown < ranked.scored:
        title = f"{title} · {say('the first {n} of {all}', n=shown, all=ranked.scored)}"
    last = write_titles(sheet, Titles(title, provisional, options), len(_WIDTHS), definition)
    span = Span(ranked.sheet, ranked.heading, ranked.first, ranked.first + shown - 1, names=ranked.columns["name"])
    chart = draw_bars(span, list(_list_series(ranked)), stacked=False, highest=100)
    place_chart(sheet, chart, row=last + 1, rows=shown + _FRAME_ROWS, columns=len(_WIDTHS))
    set_page(sheet, say, header_rows=(1, last - 1), footer=definition.id, one_page=True, upright=True)


def _list_series(ranked: Ranked) -> Iterator[Bars]:
    """The possible scores first, without figures: the scores are drawn over them, and their figures stand there."""
    columns = ranked.columns
    if "possible" in columns:
        yield Bars(columns["possible"], looks.OPEN_BAR, edge=looks.OPEN_EDGE)
    yield Bars(columns["score"], looks.SCORE_BAR, Labels("outEnd", ranked.number_format))
