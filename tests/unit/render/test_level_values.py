"""Which values give which level, in words; the expected lines are worked out from the readings of the memo."""

from __future__ import annotations

import pytest

from kpi_cli.definition.find import find_shipped
from kpi_cli.render.level_values import list_level_values
from kpi_cli.render.translate import translate
from kpi_cli.workflows import load_set_file

SHIPPED = load_set_file(find_shipped().path).definition
assert SHIPPED is not None
INDICATORS = {indicator.id: indicator for indicator in SHIPPED.indicators}


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        (
            "T2",
            [
                ("1", "plan_achieved from 0 to 80"),
                ("2", "plan_achieved above 80 to 85"),
                ("3", "plan_achieved above 85 to 90"),
                ("4", "plan_achieved above 90 to 95"),
                ("5", "plan_achieved above 95 to 100"),
            ],
        ),
        (
            "T5",
            [
                ("0", "loans_cleared from 0 to below 60"),
                ("1", "loans_cleared from 60 to below 70"),
                ("2", "loans_cleared from 70 to below 80"),
                ("3", "loans_cleared from 80 to below 90"),
                ("4", "loans_cleared from 90 to below 100"),
                ("5", "loans_cleared = 100"),
            ],
        ),
        (
            "I2",
            [
                ("0", "household_database is no and households_developed = 0"),
                ("1", "household_database is yes and households_developed = 0"),
                ("2", "households_developed above 0 to below 75"),
                ("3", "households_developed from 75 to below 80"),
                ("4", "households_developed from 80 to below 85"),
                ("5", "households_developed from 85 to 100"),
            ],
        ),
        (
            "T4",
            [
                ("0", "publicity_points from 0 to below 1000"),
                ("1", "publicity_points from 1000 to below 1001"),
                ("2", "publicity_points from 1001 to below 1501"),
                ("3", "publicity_points from 1501 to below 2001"),
                (
                    "4",
                    "publicity_points from 2001 to below 2500\npublicity_points from 2500 and stories_selected = 0",
                ),
                ("5", "publicity_points from 2500 and stories_selected from 1"),
            ],
        ),
    ],
)
def test_values(id_: str, expected: list[tuple[str, str]]) -> None:
    rows = list_level_values(INDICATORS[id_], translate("en"))
    assert [(str(row.level), "\n".join(row.boxes)) for row in rows] == expected
    assert [row.text for row in rows if row.level] == [
        level.text for _, level in sorted(INDICATORS[id_].levels.items())
    ]


def test_in_thai() -> None:
    shown = list_level_values(INDICATORS["T2"], translate("th"))[1]
    assert shown == (2, ("plan_achieved มากกว่า 80 ถึง 85",), "มากกว่าร้อยละ ๘๐")


def test_a_level_without_values_says_so() -> None:
    levels = INDICATORS["T2"].levels
    never = INDICATORS["T2"].model_copy(update={"levels": {**levels, 3: levels[2]}})
    shown = list_level_values(never, translate("en"))
    assert [(row.level, row.boxes) for row in shown][1] == (2, ("no value",))


@pytest.mark.parametrize("id_", sorted(INDICATORS))
def test_every_level_that_the_memo_has_is_reached(id_: str) -> None:
    rows = list_level_values(INDICATORS[id_], translate("en"))
    assert [row.level for row in rows if row.level and row.boxes != ("no value",)] == [1, 2, 3, 4, 5]
