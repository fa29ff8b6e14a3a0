import pytest

from kpi_cli.checks.cases import find_failed_cases
from kpi_cli.checks.paths import iterate_indicator_paths
from kpi_cli.diagnostics import Path, Severity
from kpi_cli.model import IndicatorSet
from tests.unit.definition.small import load
from tests.unit.definition.test_structure import TWO

SET = """\
kpi: 1
id: cases
title: Cases
scale: 3
sections:
  - id: team
    title: Team
    indicators:
      - id: T1
        title: Money
        weight: 100
        policy: highest
        measures:
          spent:
            type: percent
            title: Spent
            ratio: {part: done, whole: due}
          done: {type: number, title: Done}
          due: {type: number, title: Due}
          plan: {type: flag, title: A plan}
        levels:
          1: {when: {plan: true}}
          2: {when: {spent: ">= 50"}}
          3: {when: {spent: ">= 80", plan: true}}
        tests:
"""


def _definition(*cases: str, ladder: bool = False) -> IndicatorSet:
    text = SET + "".join(f"          - {case}\n" for case in cases)
    definition = load(text.replace("policy: highest", "policy: ladder") if ladder else text).definition
    assert definition is not None
    return definition


@pytest.mark.parametrize(
    ("given", "highest", "ladder"),
    [
        ("{}", 0, 0),
        ("{plan: true}", 1, 1),
        ("{plan: false, spent: 100}", 2, 0),
        ("{spent: 100}", 2, 0),
        ("{spent: 49.99, plan: true}", 1, 1),
        ("{spent: 50, plan: true}", 2, 2),
        ("{spent: 79.999999, plan: true}", 2, 2),
        ("{spent: 80, plan: true}", 3, 3),
        ("{spent: ~, plan: true}", 1, 1),
        # a percent worked out from its parts, as in a results file, and exactly
        ("{done: 4, due: 5, plan: true}", 3, 3),
        ("{done: 79.9999999, due: 100, plan: true}", 2, 2),
        ("{done: 1, due: 3, plan: true}", 1, 1),
        ("{done: 2, due: 3, plan: true}", 2, 2),
        ("{done: 0, due: 0, plan: true}", 1, 1),
        ("{done: 5, plan: true}", 1, 1),
        ("{spent: 10, done: 4, due: 5, plan: true}", 1, 1),
    ],
)
@pytest.mark.parametrize("policy", ["highest", "ladder"])
def test_a_case_gets_the_level_that_the_scorer_gives(given: str, highest: int, ladder: int, policy: str) -> None:
    right = ladder if policy == "ladder" else highest
    levels = [
        level
        for level in range(4)
        if not list(find_failed_cases(_definition(f"{{given: {given}, level: {level}}}", ladder=policy == "ladder")))
    ]
    assert levels == [right]


def test_a_third_is_a_third() -> None:
    text = SET.replace(">= 50", f"> 33.{'3' * 26}") + "          - {given: {done: 1, due: 3}, level: 2}\n"
    definition = load(text).definition
    assert definition is not None
    assert list(find_failed_cases(definition)) == []


def test_a_failed_case_is_found_at_its_level() -> None:
    definition = _definition("{given: {plan: true}, level: 1}", "{given: {plan: true, spent: ~}, level: 3}")
    (found,) = find_failed_cases(definition)
    assert (found.code, found.severity, found.indicator, found.level) == ("test-failed", Severity.ERROR, "T1", 3)
    assert found.place == Path(("sections", 0, "indicators", 0, "tests", 1, "level"))
    assert found.params == {"expected_level": 3, "level": 1}
    assert found.witness == {"plan": True}


def test_indicators_are_found_in_their_groups() -> None:
    definition = load(TWO).definition
    assert definition is not None
    assert [(keys, indicator.id) for keys, indicator in iterate_indicator_paths(definition)] == [
        (("sections", 0, "indicators", 0), "T1"),
        (("sections", 0, "indicators", 1, "indicators", 0), "T2"),
        (("sections", 1, "indicators", 0), "I1"),
    ]
