from __future__ import annotations

from typing import Any

import pytest
from openpyxl.chart import BarChart

from kpi_cli.render.report import Report
from kpi_cli.render.xlsx.chart_sheet import MOST_BARS
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import Scorecard, SectionRanking
from tests.unit.render.reports import TEAM, individual_row, make_overall_report, make_report
from tests.unit.render.xlsx.books import list_values, reopen


def chart_of(report: Report, title: str) -> Any:
    (chart,) = reopen(report)[title]._charts
    assert isinstance(chart, BarChart)
    return chart


def references(chart: Any) -> list[tuple[str, str, str]]:
    return [(one.tx.strRef.f, one.cat.strRef.f, one.val.numRef.f) for one in chart.series]


def test_the_scores_cover_what_is_possible_best_first() -> None:
    chart = chart_of(make_report(), "Chart ตัวชี้วัดงานรายทีม")
    sheet = "'ตัวชี้วัดงานรายทีม'!"
    # Three of four have a score; D is what is possible, and is drawn behind C.
    assert references(chart) == [
        (f"{sheet}$D$5", f"{sheet}$B$7:$B$9", f"{sheet}$D$7:$D$9"),
        (f"{sheet}$C$5", f"{sheet}$B$7:$B$9", f"{sheet}$C$7:$C$9"),
    ]
    assert (chart.type, chart.grouping, chart.overlap) == ("bar", "clustered", 100)
    assert (chart.x_axis.scaling.orientation, chart.y_axis.crosses) == ("maxMin", "max")
    assert (chart.y_axis.scaling.min, chart.y_axis.scaling.max) == (0, 100)
    assert not chart.x_axis.delete
    assert not chart.y_axis.delete
    assert chart.legend is not None


def test_complete_scores_are_one_series_without_a_key() -> None:
    chart = chart_of(make_overall_report(), "Chart Overall")
    assert [values for _, _, values in references(chart)] == ["'Overall'!$C$7:$C$9"]
    assert chart.legend is None


def test_letters_are_those_of_the_report_in_thai_too() -> None:
    chart = chart_of(make_report(), "Chart ตัวชี้วัดงานรายทีม")
    for letters in (chart.x_axis.txPr, chart.y_axis.txPr, chart.legend.txPr, chart.series[1].dLbls.txPr):
        look = letters.p[0].pPr.defRPr
        assert {look.latin.typeface, look.cs.typeface} == {"TH Sarabun New"}


@pytest.mark.parametrize(("count", "shown"), [(2, 2), (MOST_BARS, MOST_BARS), (MOST_BARS + 1, MOST_BARS)])
def test_a_page_holds_only_so_many_bars(count: int, shown: int) -> None:
    rows = tuple(individual_row(Entity(str(n), f"x{n}"), level=3, rank=1) for n in range(count))
    book = reopen(make_report(scorecard=Scorecard((SectionRanking("individual", "x", rows),))))
    (chart,) = book["Chart x"]._charts  # type: ignore[attr-defined]
    first = next(number for number, row in enumerate(list_values(book["x"]), start=1) if row[1] == "x0")
    assert references(chart)[0][2] == f"'x'!$C${first}:$C${first + shown - 1}"
    titles = [str(row[0]) for row in list_values(book["Chart x"])]
    assert any(f"the first {shown} of {count}" in title for title in titles) is (shown < count)


def test_the_heading_is_provisional_like_that_of_the_ranking() -> None:
    titles = [row[0] for row in list_values(reopen(make_report())["Chart ตัวชี้วัดงานรายทีม"])]
    assert "provisional: 1 อำเภอ incomplete, 1 อำเภอ not reported" in titles


def test_without_a_score_there_is_no_chart() -> None:
    scoreless = ((row, row.total._replace(score=None, possible=None)) for row in TEAM.rows)
    rows = tuple(row._replace(total=total, rank=None) for row, total in scoreless)
    book = reopen(make_report(scorecard=Scorecard((TEAM._replace(rows=rows),))))
    assert not any(title.startswith("Chart") for title in book.sheetnames)
