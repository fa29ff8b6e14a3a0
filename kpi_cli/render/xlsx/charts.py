"""Bar charts that read the cells of their sheets, in the font of the report and in colours that differ in grey too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RichTextProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.render.xlsx import looks

_FAINT = "D9D9D9"
_AXIS = "7F7F7F"


class Span(NamedTuple):
    """The rows of a sheet that a chart shows, the row of their headings, and the column that names the bars."""

    sheet: Worksheet
    heading: int
    first: int
    last: int
    names: int


class Bars(NamedTuple):
    """One series: its column, the colours of its bars and their edges (`RRGGBB`), and the figures beside them."""

    column: int
    fill: str
    labels: Labels | None = None
    edge: str = "7F7F7F"


class Labels(NamedTuple):
    """Where figures stand (`outEnd`, `ctr`), in which number format and colour."""

    place: str
    number_format: str
    colour: str = "000000"


def draw_bars(span: Span, series: Sequence[Bars], *, stacked: bool, highest: float | None = None) -> BarChart:
    """Lying bars, the first row on top. The series follow on each other where `stacked`, else each covers the last."""
    chart = BarChart()
    chart.type, chart.grouping = "bar", "stacked" if stacked else "clustered"
    chart.overlap, chart.gapWidth = 100, 40
    chart.series = [_draw_series(span, bars, number) for number, bars in enumerate(series)]
    legend = Legend(legendPos="b")
    legend.txPr = _letter()
    chart.legend = legend if len(series) > 1 else None
    _draw_axes(chart, highest)
    return chart


def place_chart(sheet: Worksheet, chart: BarChart, *, row: int, rows: int, columns: int) -> None:
    """Puts the chart on `rows` rows from `row` on, over the first `columns` columns: its size follows their widths."""
    for number in range(row, row + rows):
        sheet.row_dimensions[number].height = looks.BAR_HEIGHT
    start, end = AnchorMarker(col=0, row=row - 1), AnchorMarker(col=columns, row=row - 1 + rows)
    chart.anchor = TwoCellAnchor(_from=start, to=end)  # type: ignore[assignment]  # the stubs know names of cells only
    sheet.add_chart(chart)
    sheet.print_area = f"A1:{get_column_letter(columns)}{row + rows - 1}"  # else the page has an empty column more


def _draw_series(span: Span, bars: Bars, number: int) -> Series:
    return Series(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=StrRef(f=_refer(span, bars.column, span.heading, span.heading))),
        cat=AxDataSource(strRef=StrRef(f=_refer(span, span.names, span.first, span.last))),
        val=NumDataSource(numRef=NumRef(f=_refer(span, bars.column, span.first, span.last))),
        spPr=GraphicalProperties(solidFill=bars.fill, ln=LineProperties(solidFill=bars.edge, w=6350)),
        invertIfNegative=False,
        dLbls=_write_labels(bars.labels) if bars.labels else None,
    )


def _write_labels(labels: Labels) -> DataLabelList:
    written = DataLabelList(
        numFmt=labels.number_format, txPr=_letter(labels.colour), dLblPos=labels.place, showVal=True
    )
    written.showLegendKey = written.showCatName = written.showSerName = written.showPercent = False
    return written


def _refer(span: Span, column: int, first: int, last: int) -> str:
    return str(Reference(span.sheet, min_col=column, min_row=first, max_row=last))


def _draw_axes(chart: BarChart, highest: float | None) -> None:
    names, values = chart.x_axis, chart.y_axis
    names.tickLblSkip = 1  # every bar has its name
    names.scaling.orientation = "maxMin"  # the first row on top, ...
    values.crosses = "max"  # ... and the figures below the last all the same
    values.scaling.min, values.scaling.max = 0, highest
    values.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=_FAINT)))
    values.number_format = "0"
    for axis in (names, values):
        axis.delete, axis.majorTickMark, axis.txPr = False, None, _letter()
        axis.spPr = GraphicalProperties(ln=LineProperties(solidFill=_AXIS))


def _letter(colour: str = "000000") -> RichText:
    """The font of the report; Thai has its own face in a chart, beside that of Latin letters."""
    face = Font(typeface=looks.FONT_NAME)
    look = CharacterProperties(sz=looks.CHART_SIZE * 100, solidFill=colour, latin=face, ea=face, cs=face)
    return RichText(RichTextProperties(), p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])
