from __future__ import annotations

import pytest
from openpyxl import Workbook

from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.heat import colour_levels, find_steps
from tests.unit.render.reports import make_report
from tests.unit.render.xlsx.books import reopen


@pytest.mark.parametrize(
    ("scale", "steps"),
    [
        (5, {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}),
        (1, {5: 1}),
        (3, {2: 1, 4: 2, 5: 3}),
        (10, {1: 1, 2: 3, 3: 5, 4: 7, 5: 9}),
    ],
)
def test_each_step_begins_at_a_level(scale: int, steps: dict[int, int]) -> None:
    assert find_steps(scale) == steps


def test_the_best_step_is_asked_for_first() -> None:
    sheet = Workbook().worksheets[0]
    colour_levels(sheet, [5], first=7, last=10, scale=5)
    (levels,) = sheet.conditional_formatting
    assert str(levels.sqref) == "E7:E10"
    assert [rule.formula[0].rpartition(">=")[2] for rule in levels.rules] == ["5", "4", "3", "2", "1"]
    assert all(rule.stopIfTrue for rule in levels.rules)
    assert [rule.dxf.fill.end_color.rgb for rule in levels.rules] == [
        fill.start_color.rgb for fill in reversed(looks.STEP_FILLS[1:])
    ]
    # "2-5" has the colour of 2, and what is no level has none.
    assert levels.rules[0].formula == ['VALUE(LEFT(E7,FIND("-",E7&"-")-1))>=5']


def test_every_column_of_levels_and_no_sum_is_coloured() -> None:
    sheet = reopen(make_report())["ตัวชี้วัดงานรายทีม"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["E7:E10", "F7:F10", "G7:G10"]
    assert [sheet.cell(5, column).value for column in (5, 6, 7, 8)] == ["T1", "T2.1", "T2.2", "sum of T2"]
