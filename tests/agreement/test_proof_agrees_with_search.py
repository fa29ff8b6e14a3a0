"""What the cells prove is what a search of every value finds, on random indicators. KPI_PROOF_CASES asks for more."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from decimal import Decimal
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_cli.checks.cases import find_failed_cases
from kpi_cli.checks.proof import prove_indicator
from kpi_cli.checks.suggest import suggest_cases
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import Accept, Indicator, IndicatorSet, Section, TestCase
from kpi_cli.rules.evaluate import rule_holds
from kpi_cli.rules.simplest import measure_complexity
from kpi_cli.rules.values import Value
from kpi_cli.space import search
from kpi_cli.space.bands import describe_levels
from tests.agreement.generated_indicators import indicators, list_points, list_values

Point = Mapping[str, Value]
Facts = set[tuple[object, ...]]
CASES = int(os.environ.get("KPI_PROOF_CASES", "1500"))
slow = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
brisk = settings(slow, max_examples=-(-CASES // 5))
_TOGETHER, _APART = 50_000, -1
"""How few cells are walked as one block: independent measures together, or each by itself."""


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
    """Every point of a fine grid over the measures that the rules read, compared with every other.

    A set of points is a number with a bit for each, so that thousands of comparisons are one.
    """

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
        self.at_level = self._sets_of(self.levels)
        self.held = {
            number: self._set_of(bool(rule_holds(level.when, point)) for point in self.points)
            for number, level in indicator.levels.items()
        }
        self.worse = self._find_worse()

    def _find_worse(self) -> list[int]:
        """For each point the set of those no better than it, itself among them."""
        no_better = [self._no_better(name, values) for name, values in self.grid.items()]
        worse = []
        for point in self.points:
            among = (1 << len(self.points)) - 1
            for name, sets in zip(self.grid, no_better, strict=True):
                among &= sets[point[name]]
            worse.append(among)
        return worse

    def _no_better(self, name: str, values: list[Value]) -> dict[Value, int]:
        equal = self._sets_of([point[name] for point in self.points])
        if self.indicator.measures[name].direction == "none":
            return equal
        gathered, below = {}, 0
        for value in values:
            below |= equal[value]
            gathered[value] = below
        return gathered

    @staticmethod
    def _set_of(truths: Iterator[bool]) -> int:
        return sum(1 << index for index, truth in enumerate(truths) if truth)

    @staticmethod
    def _sets_of(values: list[Value] | list[int]) -> dict[Value | int, int]:
        sets: dict[Value | int, int] = {}
        for index, value in enumerate(values):
            sets[value] = sets.get(value, 0) | 1 << index
        return sets

    def find(self) -> Facts:
        facts: Facts = {("level-unreachable", level) for level in set(self.indicator.levels) - set(self.levels)}
        for index, level in enumerate(self.levels):
            worse = self.worse[index]
            if worse == 1 << index and level == 0:
                facts.add(("below-first-level",))
            higher = {other for other, points in self.at_level.items() if other > level and points & worse}
            facts |= {("not-monotone" if level else "level-gap", high, level) for high in higher}
            if self.indicator.policy == "highest":
                facts |= {("level-skipped", level, lower) for lower in range(1, level) if not self.held[lower] & worse}
        facts |= {("unused-measure", name) for name in self.indicator.measures if name not in self.grid}
        return facts

    def shows(self, finding: Diagnostic, index: int) -> bool:
        """Whether what is found is so at a point, the better one of two."""
        level, worse = self.levels[index], self.worse[index]
        match finding.code:
            case "level-skipped":
                return level == finding.level and not self.held[finding.params["skipped"]] & worse
            case "below-first-level":
                return level == 0 and worse == 1 << index
        return level == finding.params["lower"] and bool(self.at_level.get(finding.level, 0) & worse)


def _names(rule: object) -> set[str]:
    return {rule.measure} if hasattr(rule, "measure") else {name for part in rule.rules for name in _names(part)}  # type: ignore[attr-defined]


_WITNESSED = {"level-gap", "not-monotone", "level-skipped", "below-first-level"}
_CODES = {*_WITNESSED, "level-unreachable", "unused-measure"}


def _fact(finding: Diagnostic) -> tuple[object, ...]:
    match finding.code:
        case "below-first-level":
            return (finding.code,)
        case "level-unreachable":
            return (finding.code, finding.level)
        case "level-skipped":
            return (finding.code, finding.level, finding.params["skipped"])
        case "unused-measure":
            return (finding.code, finding.params["measure"])
    return (finding.code, finding.level, finding.params["lower"])


def prove(indicator: Indicator, *, few: int = _TOGETHER) -> list[Diagnostic]:
    """The findings of the proof; with `few` below 1 independent measures are never walked together."""
    with mock.patch.object(search, "_FEW_CELLS", few):
        return [finding for finding in prove_indicator((), indicator) if finding.code in _CODES]


@slow
@given(indicators())
def test_the_proof_and_a_search_of_all_values_agree(indicator: Indicator) -> None:
    expected = Search(indicator).find()
    for few in (_TOGETHER, _APART):
        facts = [_fact(finding) for finding in prove(indicator, few=few)]
        assert len(facts) == len(set(facts))
        assert set(facts) == expected


@brisk
@given(indicators())
def test_a_witness_shows_what_is_found_and_none_is_simpler(indicator: Indicator) -> None:
    plain = Search(indicator)
    for finding in (*prove(indicator), *prove(indicator, few=_APART)):
        if finding.code not in _WITNESSED:
            continue
        witness = dict(finding.witness or {})
        shown = Search(indicator, witness)
        index = shown.points.index(witness)
        # The worst of all values is no matter of taste where a measure is bounded: it may lie outside the grid.
        assert shown.shows(finding, index) or finding.code == "below-first-level"
        assert shown.levels[index] == 0 or finding.code != "below-first-level"
        if finding.code != "below-first-level":
            simplest = min(_complexity(point) for spot, point in enumerate(plain.points) if plain.shows(finding, spot))
            assert _complexity(witness) <= simplest


def _complexity(point: Point) -> int:
    return sum(map(measure_complexity, point.values()))


@brisk
@given(indicators(), st.data())
def test_an_accept_makes_a_note_of_one_finding_and_leaves_the_others(indicator: Indicator, data: st.DataObject) -> None:
    found = [item for item in prove(indicator) if item.level is not None or item.witness]
    if not found:
        return
    chosen = data.draw(st.sampled_from(found))
    # By its witness it is named alone, and by its level where no other finding of the code has it.
    alone = sum((item.code, item.level) == (chosen.code, chosen.level) for item in found) == 1
    by_level = chosen.level is not None and alone and (not chosen.witness or data.draw(st.booleans()))
    named = {"level": chosen.level} if by_level else {"level": chosen.level, "at": dict(chosen.witness or {})}
    accept = Accept(code=chosen.code, why="so it is", **named)
    before, after = list(prove_indicator((), indicator)), list(prove_indicator((), _accepting(indicator, accept)))
    accepted = [item for item in after if "why" in item.params]
    assert [(item.code, item.level, item.severity) for item in accepted] == [(chosen.code, chosen.level, "note")]
    assert [item for item in after if item not in accepted] == _without_one_like(before, accepted[0])
    assert "unused-accept" not in {item.code for item in after}


def _accepting(indicator: Indicator, *accepts: Accept) -> Indicator:
    return indicator.model_copy(update={"accept": accepts})


def _without_one_like(found: list[Diagnostic], accepted: Diagnostic) -> list[Diagnostic]:
    like = [item for item in found if (item.code, item.level, item.witness) == _identity(accepted)]
    assert like
    return [item for item in found if item is not like[0]]


def _identity(item: Diagnostic) -> tuple[object, ...]:
    return item.code, item.level, item.witness


@brisk
@given(indicators())
def test_an_accept_of_what_is_not_there_is_unused(indicator: Indicator) -> None:
    codes = {item.code for item in prove_indicator((), indicator)}
    absent = sorted(_CODES - codes)
    after = list(prove_indicator((), _accepting(indicator, *(Accept(code=code, level=1, why="-") for code in absent))))
    unused = [item for item in after if item.code == "unused-accept"]
    assert [item.params["code"] for item in unused] == absent
    assert all(item.severity == "warning" for item in unused)
    assert [item for item in after if item not in unused] == list(prove_indicator((), indicator))


@brisk
@given(indicators(), st.data())
def test_a_case_fails_exactly_where_it_has_another_level(indicator: Indicator, data: st.DataObject) -> None:
    point = data.draw(st.sampled_from(Search(indicator).points))
    levels = range(len(indicator.levels) + 1)
    cases = tuple(TestCase(given=point, level=level) for level in levels)
    tested = indicator.model_copy(update={"tests": cases, "weight": Decimal(100)})
    section = Section(id="s", title="s", indicators=(tested,))
    failed = list(find_failed_cases(IndicatorSet(kpi=1, id="x", title="x", sections=(section,))))
    assert [item.params["expected_level"] for item in failed] == [n for n in levels if n != level_at(indicator, point)]
    assert {item.code for item in failed} == {"test-failed"}


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
