from __future__ import annotations

from kpi_cli.render.xlsx.levels_sheet import count_levels
from kpi_cli.scoring.scorecard import Scorecard
from tests.unit.render.reports import INDIVIDUAL_EMPTY, SET, TEAM, make_report
from tests.unit.render.xlsx.books import list_values, reopen


def test_every_entity_is_counted_once() -> None:
    reached = list(count_levels(Scorecard((TEAM, INDIVIDUAL_EMPTY)), SET))
    assert [(one.id, dict(one.counts)) for one in reached] == [
        ("T1", {5: 1, 4: 1, 3: 1, "absent": 1}),
        ("T2.1", {5: 1, "not applicable": 1, "open": 1, "absent": 1}),
        ("T2.2", {3: 2, "not applicable": 1, "absent": 1}),
        ("I1", {"absent": 4}),
    ]


def test_the_table_and_the_bars_that_read_it() -> None:
    sheet = reopen(make_report())["Levels"]
    heading = next(number for number, row in enumerate(list_values(sheet), start=1) if row[0] == "indicator")
    header, *rows = list_values(sheet, heading)[:5]
    assert header[2:] == [*(f"level {n}" for n in range(6)), "incomplete", "n/a", "not reported"]
    assert [row[0] for row in rows] == ["T1", "T2.1", "T2.2", "I1"]
    assert rows[1][2:] == [0, 0, 0, 0, 0, 1, 1, 1, 1]
    (chart,) = sheet._charts  # type: ignore[attr-defined]
    assert (chart.type, chart.grouping, chart.overlap) == ("bar", "stacked", 100)
    assert [one.val.numRef.f for one in chart.series] == [
        f"'Levels'!${column}${heading + 1}:${column}${heading + 4}" for column in "CDEFGHIJK"
    ]
    assert chart.series[0].cat.strRef.f == f"'Levels'!$A${heading + 1}:$A${heading + 4}"
    assert sheet.print_area
