"""What is proved of the shipped set: with its accepts nothing but notes, and each of them is needed."""

from functools import cache
from pathlib import Path

import pytest

from kpi_cli.checks.proof import prove_set
from kpi_cli.checks.suggest import suggest_cases
from kpi_cli.definition.load import load_definition
from kpi_cli.diagnostics import Severity
from kpi_cli.model import IndicatorSet
from tests.patience import within

FILE = Path(__file__).resolve().parents[3] / "indicators" / "fy2564_round1.yaml"
ACCEPTED = [("T2", 1), ("T4", 2), ("T4", 3), ("T4", 4), ("I2", 2)]


@cache
def shipped() -> IndicatorSet:
    definition = load_definition(FILE.read_bytes(), file=FILE.name, folder=FILE.parent).definition
    assert definition is not None
    return definition


def without_accepts(definition: IndicatorSet, *, dropped: tuple[str, int] | None = None) -> IndicatorSet:
    """The set without all its accepts, or without one of them."""
    text = definition.model_copy(deep=True)
    for indicator in text.indicators:
        kept = [accept for accept in indicator.accept if dropped and (indicator.id, accept.level) != dropped]
        object.__setattr__(indicator, "accept", tuple(kept))
    return text


def test_with_its_accepts_there_are_only_notes() -> None:
    found = list(prove_set(shipped()))
    assert {finding.severity for finding in found} == {Severity.NOTE}
    accepted = [(finding.indicator, finding.level) for finding in found if "why" in finding.params]
    assert accepted == ACCEPTED


def test_without_them_the_wording_differs_exactly_where_the_readings_say() -> None:
    found = [finding for finding in prove_set(without_accepts(shipped())) if finding.severity is not Severity.NOTE]
    assert [(finding.code, finding.indicator, finding.level) for finding in found] == [
        ("text-mismatch", indicator, level) for indicator, level in ACCEPTED
    ]


@pytest.mark.parametrize("dropped", ACCEPTED)
def test_each_accept_is_needed(dropped: tuple[str, int]) -> None:
    found = [
        finding for finding in prove_set(without_accepts(shipped(), dropped=dropped)) if finding.severity != "note"
    ]
    assert [(finding.code, finding.indicator, finding.level) for finding in found] == [("text-mismatch", *dropped)]


def test_its_own_wording_is_mixed_once() -> None:
    found = [finding for finding in prove_set(shipped()) if finding.code == "mixed-operators"]
    assert [(each.indicator, each.level, each.params["measure"]) for each in found] == [("I1", 4, "bpm_recorded")]


def test_where_the_worst_values_score_nothing() -> None:
    found = [finding.indicator for finding in prove_set(shipped()) if finding.code == "below-first-level"]
    assert found == ["T3.1", "T3.2", "T3.3", "T4", "T5", "I1", "I2", "I5", "I6"]


def test_levels_that_do_not_build_on_each_other() -> None:
    found = [finding for finding in prove_set(shipped()) if finding.code == "level-skipped"]
    pairs = [(finding.indicator, finding.level, finding.params["skipped"]) for finding in found]
    t33 = [("T3.3", *pair) for pair in ((2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (5, 1), (5, 2))]
    i2 = [("I2", level, 1) for level in (2, 3, 4, 5)]
    i6 = [("I6", level, skipped) for level in (4, 5) for skipped in (1, 2, 3)]
    assert pairs == t33 + i2 + i6


def test_suggested_cases_reach_every_level_of_every_indicator() -> None:
    for indicator in shipped().indicators:
        levels = {case.level for case in suggest_cases(indicator)}
        assert levels >= set(indicator.levels), indicator.id


def test_the_whole_proof_is_quick() -> None:
    definition = shipped()
    with within(0.5):
        list(prove_set(definition))
