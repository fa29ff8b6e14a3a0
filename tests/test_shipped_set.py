"""The shipped set is sound, whole, and says what READINGS says it holds."""

from __future__ import annotations

import pathlib
import re
import shutil

import pytest
from typer.testing import CliRunner

from kpi_cli.checks.cases import find_failed_cases
from kpi_cli.cli.app import app
from kpi_cli.definition.find import find_shipped
from kpi_cli.definition.load import LoadedSet, load_definition
from kpi_cli.model import IndicatorSet

# READINGS: weight, owner, policy, and the measures of each indicator.
EXPECTED = {
    "T1": (25, "ประสานฯ", "highest", "budget_spent"),
    "T2": (25, "ยุทธศาสตร์ฯ", "highest", "plan_achieved"),
    "T3.1": (10, "ส่งเสริมฯ", "highest", "briefing_held po_issued"),
    "T3.2": (
        10,
        "ยุทธศาสตร์ฯ",
        "ladder",
        "garden_households garden_models garden_channels garden_sites garden_lessons garden_clip_types",
    ),
    "T3.3": (10, "ส่งเสริมฯ", "highest", "cloth_meetings cloth_plan cloth_channels cloth_agencies cloth_clips"),
    "T4": (10, "สารสนเทศฯ", "highest", "publicity_points stories_selected"),
    "T5": (10, "ประสานฯ", "highest", "loans_cleared"),
    "I1": (20, "ส่งเสริมฯ", "highest", "bpm_recorded gvh_reported"),
    "I2": (20, "ส่งเสริมฯ", "highest", "household_database households_developed"),
    "I3": (10, "ส่งเสริมฯ", "highest", "otop_online otop_readiness_report"),
    "I4": (10, "ส่งเสริมฯ", "highest", "otop_income_growth"),
    "I5": (
        20,
        "ส่งเสริมฯ",
        "ladder",
        "fund_plan fund_understanding fund_database fund_targets fund_team fund_team_plan",
    ),
    "I6": (20, "ส่งเสริมฯ", "highest", "debtor_register debt_plan_proposed debt_plan_carried_out overdue_debt"),
}
RATIOS = {
    "budget_spent": ("budget_spent_baht", "budget_allocated_baht", "number"),
    "po_issued": ("po_households", "model_households", "count"),
    "loans_cleared": ("loans_cleared_contracts", "loans_due_contracts", "count"),
}
NOT_APPLICABLE = {"po_issued", "loans_cleared", "otop_income_growth"}


def _load(text: str | None = None) -> LoadedSet:
    path = find_shipped().path
    data = path.read_bytes() if text is None else text.encode()
    return load_definition(data, file=path.name, folder=path.parent)


@pytest.fixture(scope="module")
def shipped() -> IndicatorSet:
    loaded = _load()
    assert loaded.diagnostics == ()
    assert loaded.definition is not None
    return loaded.definition


def test_its_indicators_are_those_of_the_readings(shipped: IndicatorSet) -> None:
    found = {
        one.id: (
            one.weight,
            (one.owner or "").removeprefix("กลุ่มงาน"),
            one.policy,
            " ".join(name for name in one.measures if name not in one.ratio_parts),
        )
        for one in shipped.indicators
    }
    assert found == EXPECTED
    assert len(shipped.indicators) == 13


def test_it_has_35_measures_and_six_that_ratios_are_made_of(shipped: IndicatorSet) -> None:
    parts = frozenset().union(*(one.ratio_parts for one in shipped.indicators))
    assert len(parts) == 6
    assert len(shipped.measures) - len(parts) == 35
    ratios = {name: measure.ratio for name, measure in shipped.measures.items() if measure.ratio}
    assert {name: (one.part, one.whole, shipped.measures[one.part].type) for name, one in ratios.items()} == RATIOS
    assert all(shipped.measures[one.part].type == shipped.measures[one.whole].type for one in ratios.values())


def test_what_may_be_not_applicable(shipped: IndicatorSet) -> None:
    assert {name for name, one in shipped.measures.items() if one.not_applicable == "allowed"} == NOT_APPLICABLE


def test_its_sections_weigh_100_each_and_have_no_shares(shipped: IndicatorSet) -> None:
    assert [section.id for section in shipped.sections] == ["team", "individual"]
    assert [sum(one.weight for one in section) for section in shipped.sections] == [100, 100]
    assert [section.share for section in shipped.sections] == [None, None]
    assert shipped.grades == ()
    assert [group.id for section in shipped.sections for group in section.groups] == ["T3"]


def test_its_roster_has_the_23_districts(shipped: IndicatorSet) -> None:
    roster = shipped.entity.roster
    assert roster is not None
    assert len(roster) == len({one.code for one in roster}) == 23
    (first,) = (one for one in roster if one.name == "เมืองบุรีรัมย์")
    assert "เมือง" in first.aliases


def test_every_level_has_the_wording_of_the_memo(shipped: IndicatorSet) -> None:
    silent = [(one.id, number) for one in shipped.indicators for number, level in one.levels.items() if not level.text]
    assert silent == []


def test_what_departs_from_the_memo_is_accepted(shipped: IndicatorSet) -> None:
    accepted = {
        (one.id, item.level) for one in shipped.indicators for item in one.accept if item.code == "text-mismatch"
    }
    assert accepted == {("T2", 1), ("T4", 2), ("T4", 3), ("T4", 4), ("I2", 2)}


def test_every_indicator_is_tested_and_every_case_passes(shipped: IndicatorSet) -> None:
    assert all(one.tests for one in shipped.indicators)
    assert list(find_failed_cases(shipped)) == []


@pytest.mark.parametrize(
    ("threshold", "other", "indicator"),
    [
        ('{budget_spent: "< 75"}', '{budget_spent: "<= 75.1"}', None),  # level 2 holds there too, and is higher
        ('{budget_spent: ">= 75"}', '{budget_spent: ">= 75.01"}', "T1"),
        ('{budget_spent: ">= 90"}', '{budget_spent: "> 90"}', "T1"),
        ('{plan_achieved: "<= 80"}', '{plan_achieved: "< 80"}', "T2"),
        ('{plan_achieved: "> 95"}', '{plan_achieved: ">= 95"}', "T2"),
    ],
)
def test_a_broken_threshold_breaks_a_case(threshold: str, other: str, indicator: str | None) -> None:
    text = find_shipped().path.read_text(encoding="utf-8")
    assert text.count(threshold) == 1
    definition = _load(text.replace(threshold, other)).definition
    assert definition is not None
    found = list(find_failed_cases(definition))
    assert {(item.code, item.indicator) for item in found} == ({("test-failed", indicator)} if indicator else set())


def test_it_passes_strictly_and_not_without_any_of_its_accepts(tmp_path: pathlib.Path) -> None:
    shipped = find_shipped().path
    shutil.copytree(shipped.parent / "rosters", tmp_path / "rosters")
    text = shipped.read_text(encoding="utf-8")
    accepts = [found[0] for found in re.finditer(r"^( +)- code: text-mismatch\n(?:\1 +.*\n)*", text, re.MULTILINE)]
    assert len(accepts) == 5
    assert _validate_strictly(tmp_path, text) == (0, [])
    without = [_validate_strictly(tmp_path, text.replace(each, "", 1)) for each in accepts]
    assert without == [(1, ["warning[text-mismatch]"])] * 5


def _validate_strictly(folder: pathlib.Path, text: str) -> tuple[int, list[str]]:
    """The exit code, and every error and warning."""
    path = folder / "set.yaml"
    path.write_text(re.sub(r"^ +accept:\n(?! +- )", "", text, flags=re.MULTILINE), encoding="utf-8")
    result = CliRunner(env={"KPI_LANG": "en"}).invoke(app, ["validate", "--strict", "--quiet", str(path)])
    return result.exit_code, re.findall(r"(?:error|warning)\[[a-z-]+\]", result.stdout)
