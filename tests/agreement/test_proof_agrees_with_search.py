"""What the cells prove is what a search of every value finds, on random indicators. KPI_PROOF_CASES asks for more."""

from __future__ import annotations

import os
from collections.abc import Mapping
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings

from kpi_cli.checks.proof import prove_indicator
from kpi_cli.checks.suggest import suggest_cases
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import Indicator
from kpi_cli.rules.evaluate import rule_holds
from kpi_cli.rules.simplest import measure_complexity
from kpi_cli.rules.values import Value
from kpi_cli.space import search
from kpi_cli.space.bands import describe_levels
from tests.agreement.generated_indicators import indicators, list_points, list_values

Point = Mapping[str, Value]
Facts = set[tuple[object, ...]]
CASES = int(os.environ.get("KPI_PROOF_CASES", "300"))
slow = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
brisk = settings(slow, max_examples=-(-CASES // 3))


def level_at(indicator: Indicator, point: Point) -> int:
    """The level at a point, said once more: the highest that holds, or as far as the ladder goes."""
    level = 0
    for number in sorted(indicator.levels):
        if rule_holds(indicator.levels[number].when, point):
            level = number
        elif indicator.policy == "ladder":
            break
    return level


class Search:
    """Every point of a fine grid over the measures that the rules read, compared with every other."""

    def __init__(self, indicator: Indicator, more: Point | None = None) -> None:
        read = {name for rule in indicator.rules for name in _names(rule)}
        self.indicator = indicator
        self.grid = {name: list_values(each) for name, each in indicator.measures.items() if name in read}
        for name, value in (more or {}).items():
            if value not in self.grid[name]:
                self.grid[name] = sorted(
                    [*self.grid[name], value], reverse=indicator.measures[name].direction == "lower"
                )
        self.points = list_points(self.grid)
        self.levels = [level_at(indicator, point) for point in self.points]
        self.ranks = [tuple(self.grid[name].index(value) for name, value in point.items()) for point in self.points]
        self.ordered = [indicator.measures[name].direction != "none" for name in self.grid]

    def worse_than(self, index: int) -> list[int]:
        """The points no better than the one at `index`, that itself among them."""
        here = self.ranks[index]
        return [
            other
            for other, rank in enumerate(self.ranks)
            if all(a <= b if up else a == b for a, b, up in zip(rank, here, self.ordered, strict=True))
        ]

    def find(self) -> Facts:
        facts: Facts = {("level-unreachable", level) for level in set(self.indicator.levels) - set(self.levels)}
        for index, level in enumerate(self.levels):
            worse = self.worse_than(index)
            if worse == [index] and level == 0:
                facts.add(("below-first-level",))
            highest = {self.levels[other] for other in worse}
            facts |= {("not-monotone" if level else "level-gap", high, level) for high in highest if high > level}
            if self.indicator.policy == "highest":
                facts |= {("level-skipped", level, lower) for lower in self._never_held(worse, level)}
        return facts

    def _never_held(self, worse: list[int], level: int) -> list[int]:
        rules = self.indicator.levels
        return [
            lower
            for lower in range(1, level)
            if not any(rule_holds(rules[lower].when, self.points[other]) for other in worse)
        ]


def _names(rule: object) -> set[str]:
    return {rule.measure} if hasattr(rule, "measure") else {name for part in rule.rules for name in _names(part)}  # type: ignore[attr-defined]


_CODES = {"level-unreachable", "below-first-level", "level-gap", "not-monotone", "level-skipped"}


def _fact(finding: Diagnostic) -> tuple[object, ...]:
    match finding.code:
        case "below-first-level":
            return (finding.code,)
        case "level-unreachable":
            return (finding.code, finding.level)
        case "level-skipped":
            return (finding.code, finding.level, finding.params["skipped"])
    return (finding.code, finding.level, finding.params["lower"])


def prove(indicator: Indicator, *, few: int) -> list[Diagnostic]:
    """The findings of the proof; with `few` below 1 independent measures are never walked together."""
    with mock.patch.object(search, "_FEW_CELLS", few):
        return [finding for finding in prove_indicator((), indicator) if finding.code in _CODES]


both = pytest.mark.parametrize("few", [50_000, -1], ids=["together", "apart"])


@both
@slow
@given(indicators())
def test_the_proof_and_a_search_of_all_values_agree(few: int, indicator: Indicator) -> None:
    found = prove(indicator, few=few)
    facts = [_fact(finding) for finding in found]
    assert len(facts) == len(set(facts))
    assert set(facts) == Search(indicator).find()


@both
@brisk
@given(indicators())
def test_a_witness_shows_what_is_found_and_none_is_simpler(few: int, indicator: Indicator) -> None:
    plain = Search(indicator)
    for finding in prove(indicator, few=few):
        if finding.code not in {"level-gap", "not-monotone"}:
            continue
        witness = dict(finding.witness or {})
        high, low = finding.level, finding.params["lower"]
        search = Search(indicator, witness)
        index = search.points.index(witness)
        assert search.levels[index] == low
        assert high in {search.levels[other] for other in search.worse_than(index)}
        shown = [
            point
            for spot, point in enumerate(plain.points)
            if plain.levels[spot] == low and high in {plain.levels[other] for other in plain.worse_than(spot)}
        ]
        assert _complexity(witness) <= min(map(_complexity, shown))


def _complexity(point: Point) -> int:
    return sum(map(measure_complexity, point.values()))


@brisk
@given(indicators())
def test_every_value_lies_in_exactly_one_box_of_its_level(indicator: Indicator) -> None:
    described = describe_levels(indicator)
    assert described is not None
    search = Search(indicator)
    for point, level in zip(search.points, search.levels, strict=True):
        inside = [
            number
            for number, boxes in described.items()
            for box in boxes
            if all(cell.holds(point[name]) for name, cell in box.items())
        ]
        assert inside == [level]


@brisk
@given(indicators())
def test_suggested_cases_have_their_level_and_show_every_level_that_one_measure_can_give(indicator: Indicator) -> None:
    cases = suggest_cases(indicator)
    assert all(level_at(indicator, case.given) == case.level for case in cases)
    assert len({tuple(case.given.items()) for case in cases}) == len(cases)
    search = Search(indicator)
    if len(search.grid) == 1:
        assert {case.level for case in cases} == set(search.levels)
