"""Every level that READINGS names comes out so through `kpi score` on a real workbook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).parent.parent
NA = "ไม่มีเป้าหมาย"
GROWING = {"garden_households": 90, "garden_models": 10, "garden_channels": 2, "garden_sites": 1}
GARDEN = {**GROWING, "garden_lessons": 1, "garden_clip_types": 3}
FUND = ("fund_plan", "fund_understanding", "fund_database", "fund_targets", "fund_team", "fund_team_plan")
PERCENTS = (
    *("budget_spent", "plan_achieved", "po_issued", "garden_households", "loans_cleared", "bpm_recorded"),
    *("gvh_reported", "households_developed", "otop_online", "otop_income_growth", "overdue_debt"),
)
DEBT = ("debtor_register", "debt_plan_proposed", "debt_plan_carried_out")


def purchase(briefing: str, po: object) -> dict[str, object]:
    return {"briefing_held": briefing, "po_issued": po}


def cloth(meetings: int, plan: str, channels: int, agencies: int, clips: int) -> dict[str, object]:
    measures = ("cloth_meetings", "cloth_plan", "cloth_channels", "cloth_agencies", "cloth_clips")
    return dict(zip(measures, (meetings, plan, channels, agencies, clips), strict=True))


def publicity(points: float, stories: int) -> dict[str, object]:
    return {"publicity_points": points, "stories_selected": stories}


def villages(bpm: float, gvh: float) -> dict[str, object]:
    return {"bpm_recorded": bpm, "gvh_reported": gvh}


def households(database: str, developed: float) -> dict[str, object]:
    return {"household_database": database, "households_developed": developed}


def otop(online: float, report: str) -> dict[str, object]:
    return {"otop_online": online, "otop_readiness_report": report}


def fund(steps: str) -> dict[str, object]:
    return dict(zip(FUND, ("มี" if step == "Y" else "ไม่มี" for step in steps), strict=True))


def debt(steps: str, overdue: float | None) -> dict[str, object]:
    words = {"Y": "ใช่", "N": "ไม่ใช่", "?": None}
    return {**dict(zip(DEBT, (words[step] for step in steps), strict=True)), "overdue_debt": overdue}


# indicator -> (what is reported, the level that READINGS gives it; None: not applicable)
CASES: dict[str, list[tuple[dict[str, object], int | None]]] = {
    "T1": [
        *(({"budget_spent": 0}, 1), ({"budget_spent": 74.99}, 1), ({"budget_spent": 75}, 2)),
        *(({"budget_spent": 79.99}, 2), ({"budget_spent": 80}, 3), ({"budget_spent": 84.99}, 3)),
        *(({"budget_spent": 85}, 4), ({"budget_spent": 89.99}, 4), ({"budget_spent": 89.995}, 4)),
        *(({"budget_spent": 90}, 5), ({"budget_spent": 100}, 5)),
        ({"budget_spent_baht": 1799900.00, "budget_allocated_baht": 2000000}, 4),
        ({"budget_spent_baht": 1799999.99, "budget_allocated_baht": 2000000}, 4),
        ({"budget_spent_baht": 1800000.00, "budget_allocated_baht": 2000000}, 5),
    ],
    "T2": [
        *(({"plan_achieved": 0}, 1), ({"plan_achieved": 79.99}, 1), ({"plan_achieved": 80}, 1)),
        *(({"plan_achieved": 80.01}, 2), ({"plan_achieved": 85}, 2), ({"plan_achieved": 85.01}, 3)),
        *(({"plan_achieved": 90}, 3), ({"plan_achieved": 90.01}, 4), ({"plan_achieved": 95}, 4)),
        *(({"plan_achieved": 95.01}, 5), ({"plan_achieved": 100}, 5)),
    ],
    "T3.1": [
        *((purchase("มี", 0), 1), (purchase("มี", 69.99), 1), (purchase("มี", 70), 2), (purchase("มี", 79.99), 2)),
        *((purchase("มี", 80), 3), (purchase("มี", 89.99), 3), (purchase("มี", 90), 4), (purchase("มี", 99.99), 4)),
        *((purchase("มี", 100), 5), (purchase("ไม่มี", 100), 0), (purchase("ไม่มี", 0), 0)),
        *((purchase("มี", NA), None), ({"briefing_held": "มี", "po_households": 0, "model_households": 0}, None)),
        ({"briefing_held": "มี", "po_households": 7, "model_households": 10}, 2),
    ],
    "T3.2": [
        (GARDEN, 5),
        ({**GARDEN, "garden_households": 89.99}, 0),
        ({**GARDEN, "garden_models": 9}, 1),
        ({**GARDEN, "garden_channels": 1}, 2),
        ({**GARDEN, "garden_sites": 0}, 3),
        ({**GARDEN, "garden_lessons": 0}, 4),
        ({**GARDEN, "garden_clip_types": 1}, 4),  # three clips of one type are one type
        ({**GARDEN, "garden_clip_types": 2}, 4),
        (dict.fromkeys(GARDEN, 0) | {"garden_households": 90}, 1),
        (dict.fromkeys(GARDEN, 0) | {"garden_households": 90, "garden_models": 10}, 2),
        (dict.fromkeys(GARDEN, 0) | {"garden_households": 90, "garden_models": 10, "garden_channels": 2}, 3),
        (dict.fromkeys(GARDEN, 0) | GROWING, 4),
    ],
    "T3.3": [
        *((cloth(2, "ไม่มี", 0, 0, 0), 0), (cloth(3, "ไม่มี", 0, 0, 0), 1), (cloth(0, "มี", 2, 0, 0), 2)),
        *((cloth(0, "มี", 1, 0, 0), 0), (cloth(0, "ไม่มี", 2, 0, 0), 0), (cloth(0, "ไม่มี", 0, 7, 0), 0)),
        *((cloth(0, "ไม่มี", 0, 8, 0), 3), (cloth(0, "ไม่มี", 2, 8, 0), 4), (cloth(0, "ไม่มี", 1, 8, 1), 3)),
        *((cloth(3, "มี", 2, 8, 1), 5), (cloth(2, "ไม่มี", 2, 8, 1), 5)),
    ],
    "T4": [
        *((publicity(999, 0), 0), (publicity(1000, 0), 1), (publicity(1000.99, 0), 1), (publicity(1001, 0), 2)),
        *((publicity(1500.5, 0), 2), (publicity(1501, 0), 3), (publicity(2000.99, 1), 3), (publicity(2001, 0), 4)),
        *((publicity(2499.99, 1), 4), (publicity(2500, 0), 4), (publicity(2500, 1), 5), (publicity(2600, 0), 4)),
        (publicity(9999, 0), 4),
    ],
    "T5": [
        *(({"loans_cleared": 59.99}, 0), ({"loans_cleared": 60}, 1), ({"loans_cleared": 65}, 1)),
        *(({"loans_cleared": 70}, 2), ({"loans_cleared": 80}, 3), ({"loans_cleared": 90}, 4)),
        *(({"loans_cleared": 99.99}, 4), ({"loans_cleared": 100}, 5), ({"loans_cleared": NA}, None)),
        ({"loans_cleared_contracts": 0, "loans_due_contracts": 0}, None),
        ({"loans_cleared_contracts": 6, "loans_due_contracts": 10}, 1),
    ],
    "I1": [
        *((villages(70, 100), 0), (villages(70.01, 80), 1), (villages(75, 85), 1), (villages(75.01, 85), 2)),
        *((villages(80, 90), 2), (villages(80.01, 90), 3), (villages(84.99, 95), 3), (villages(85, 95), 4)),
        *((villages(90, 100), 4), (villages(90.01, 100), 5), (villages(90.01, 99.99), 4), (villages(100, 79.99), 0)),
    ],
    "I2": [
        *((households("ไม่มี", 50), 2), (households("ไม่มี", 0), 0), (households("มี", 0), 1)),
        *((households("ไม่มี", 0.01), 2), (households("มี", 74.99), 2), (households("มี", 75), 3)),
        *((households("มี", 80), 4), (households("มี", 85), 5), (households("ไม่มี", 85), 5)),
    ],
    "I3": [
        *((otop(0, "ไม่มี"), 1), (otop(0, "มี"), 1), (otop(6.99, "มี"), 1), (otop(7, "มี"), 2), (otop(8, "มี"), 3)),
        *((otop(9, "มี"), 4), (otop(9.99, "มี"), 4), (otop(10, "มี"), 5), (otop(10, "ไม่มี"), 4), (otop(50, "ไม่มี"), 4)),
    ],
    "I4": [
        *(({"otop_income_growth": -12}, 1), ({"otop_income_growth": 0}, 1), ({"otop_income_growth": 6.99}, 1)),
        *(({"otop_income_growth": 7}, 2), ({"otop_income_growth": 8}, 3), ({"otop_income_growth": 9}, 4)),
        *(({"otop_income_growth": 9.99}, 4), ({"otop_income_growth": 10}, 5), ({"otop_income_growth": NA}, None)),
    ],
    "I5": [
        *((fund("NNNNNN"), 0), (fund("YNNNNN"), 1), (fund("YYNNNN"), 2), (fund("YYYNNN"), 3), (fund("YYYYNN"), 4)),
        *((fund("YYYYYN"), 4), (fund("YYYYNY"), 4), (fund("YYYYYY"), 5), (fund("NYYYYY"), 0), (fund("YNYYYY"), 1)),
        *((fund("YYNYYY"), 2), (fund("YYYNYY"), 3)),
    ],
    "I6": [
        *((debt("NNN", 50), 0), (debt("YNN", 50), 1), (debt("YYN", 50), 2), (debt("YYY", 50), 3), (debt("NYY", 50), 0)),
        *(
            (debt("YYY", 5), 3),
            (debt("NNN", 5), 0),
            (debt("NNN", 4.99), 4),
            (debt("NNN", 0), 5),
            (debt("YYY", 0.004), 4),
        ),
        *((debt("YYY", None), 3), (debt("???", 0), 5)),  # blank is not 0; no debt is complete without the register
    ],
}
FLAT = [(indicator, index) for indicator, cases in CASES.items() for index in range(len(cases))]


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], dict[str, object]]:
    """(indicator, case) -> what `kpi score --format json` says of it: case n of every indicator is the nth district."""
    path = tmp_path_factory.mktemp("readings") / "cases.xlsx"
    write_cases(path)
    command = [sys.executable, "-m", "kpi_cli", "score", str(path), "--format", "json"]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode("utf-8")
    rows = [row for section in json.loads(ended.stdout)["sections"] for row in section["ranking"]]
    places = {(row["entity"]["code"], each["id"]): each for row in rows for each in row["indicators"]}
    return {(indicator, index): places[str(3101 + index), indicator] for indicator, index in FLAT}


def write_cases(path: Path) -> None:
    # The districts of Buri Ram have the codes 3101 to 3123. A literal percent sign: what is typed is percent points.
    measures = list(dict.fromkeys(name for cases in CASES.values() for given, _ in cases for name in given))
    book = Workbook()
    book.active.append(["code", *measures])
    for index in range(max(map(len, CASES.values()))):
        given = [case for cases in CASES.values() for case, _ in cases[index : index + 1]]
        row = {name: value for case in given for name, value in case.items()}
        book.active.append([3101 + index, *(row.get(name) for name in measures)])
    for cells in book.active.iter_rows(min_row=2, min_col=2):
        for measure, cell in zip(measures, cells, strict=True):
            cell.number_format = '0.000"%"' if measure in PERCENTS else "General"
    book.save(path)


@pytest.mark.parametrize(("indicator", "index"), FLAT, ids=[f"{indicator}-{index}" for indicator, index in FLAT])
def test_level_that_readings_names(scored: dict, indicator: str, index: int) -> None:
    given, level = CASES[indicator][index]
    found = scored[indicator, index]
    assert found["level"] == level, given
    if level is None:
        assert (found["status"], found["points"], found["possible_level"]) == ("not_applicable", None, None)


def test_blank_is_not_zero(scored: dict) -> None:
    blank_debt, blank_register = (
        scored["I6", CASES["I6"].index((debt(*case), level))] for case, level in ((("YYY", None), 3), (("???", 0), 5))
    )
    assert (blank_debt["status"], blank_debt["possible_level"]) == ("incomplete", 5)
    assert (blank_register["status"], blank_register["possible_level"]) == ("scored", 5)


def test_every_indicator_has_cases_at_every_level_it_names() -> None:
    assert set(CASES) == {"T1", "T2", "T3.1", "T3.2", "T3.3", "T4", "T5", "I1", "I2", "I3", "I4", "I5", "I6"}
    assert all({1, 2, 3, 4, 5} <= {level for _, level in cases} for cases in CASES.values())
    assert max(map(len, CASES.values())) <= 23
