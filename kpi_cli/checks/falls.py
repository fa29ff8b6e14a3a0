"""`level-gap` and `not-monotone`: a better value that gets a lower level, or none at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from kpi_cli.checks.subject import Subject, show_values
from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.rules.ast import Compare, Test, UnaryTest, iterate_tests
from kpi_cli.rules.evaluate import test_holds
from kpi_cli.rules.printer import print_unary
from kpi_cli.rules.values import Value
from kpi_cli.space.dimensions import Dimension, find_best
from kpi_cli.space.search import Space, Spots
from kpi_cli.space.vectors import Turns, pair_turns


class Fall(NamedTuple):
    """From the level `high` at `worse` to the level `low` at `better`; `culprit` is the rule that stops holding."""

    high: int
    low: int
    worse: Mapping[str, Value]
    better: Mapping[str, Value]
    culprit: int

    @property
    def changed(self) -> tuple[str, ...]:
        """The measures in which the two differ."""
        return tuple(name for name, value in self.better.items() if value != self.worse[name])


def find_falls(subject: Subject, space: Space) -> Iterator[Diagnostic]:
    """A finding for each pair of levels between which a better value falls, with the simplest better value."""
    best: dict[tuple[int, int], tuple[int, Spots]] = {}
    for (worse, better), choice in space.find_pairs().items():
        high, low = space.level_of(worse), space.level_of(better)
        if high > low:
            best[high, low] = min(best.get((high, low), choice), choice)
    for (high, low), (_, spots) in sorted(best.items()):
        yield _describe(subject, space, _meet(space, spots, high=high, low=low))


def _meet(space: Space, spots: Spots, *, high: int, low: int) -> Fall:
    """The fall at `spots`, from the nearest worse value that has the level `high`."""
    worse = space.find_worse(spots)
    _, nearest = min(choice for (holding,), choice in worse.items() if space.level_of(holding) == high)
    here, there = space.cells_at(spots), space.cells_at(nearest)
    better = {name: cell.sample for name, cell in here.items()}
    values = {
        dimension.name: find_best(dimension, there[dimension.name])
        for dimension in space.dimensions
        if here[dimension.name] != there[dimension.name]
    }
    culprit = low + 1 if space.indicator.policy == "ladder" else high
    return Fall(high, low, {**better, **values}, better, culprit)


def _describe(subject: Subject, space: Space, fall: Fall) -> Diagnostic:
    ending = _find_ending(subject, fall)
    place = subject.place_test(fall.culprit, ending) if ending else subject.place_rule(fall.culprit)
    related = [Related("level-ends", place, {"level": fall.culprit})]
    beginning = _find_beginning(subject, space, fall)
    if beginning:
        level, test = beginning
        related.append(Related("level-begins", subject.place_test(level, test), {"level": level}))
    if fall.low:
        related.append(Related("level-holds", subject.place_rule(fall.low), {"level": fall.low}))
    variant, advice = _advise(subject, fall, ending, beginning)
    alone = len(fall.better) == 1
    return subject.diagnose(
        "not-monotone" if fall.low else "level-gap",
        Severity.ERROR,
        place,
        {
            "better": show_values(fall.better, alone=alone),
            "worse": show_values({name: fall.worse[name] for name in fall.changed}, alone=alone),
            "level": fall.high,
            "lower": fall.low,
            **advice,
        },
        variant=variant,
        level=fall.high,
        witness=fall.better,
        related=tuple(related),
    )


def _find_ending(subject: Subject, fall: Fall) -> Test | None:
    """The test of the culprit that holds at the worse value and fails at the better one."""
    tests = [test for test in iterate_tests(subject.rule_of(fall.culprit)) if test.measure in fall.changed]
    ends = (test for test in tests if _holds(test, fall.worse) and not _holds(test, fall.better))
    return next(ends, None)


def _holds(test: Test, values: Mapping[str, Value]) -> bool:
    return test_holds(test.unary, values[test.measure]) is True


def _find_beginning(subject: Subject, space: Space, fall: Fall) -> tuple[int, Test] | None:
    """The next level with a test that fails at the better value, and that is reached where it holds at a better one."""
    begun = {each.name: _list_begun(each, fall.better) for each in space.dimensions if each.name in fall.changed}
    for level in sorted(subject.indicator.levels):
        for test in iterate_tests(subject.rule_of(level)) if level > fall.low and level != fall.culprit else ():
            if test.measure in fall.changed and not _holds(test, fall.better):
                places = begun[test.measure][test.unary]
                if places and level in map(space.level_of, space.find_holding(test.measure, places)):
                    return level, test
    return None


def _list_begun(dimension: Dimension, values: Mapping[str, Value]) -> dict[UnaryTest, Turns]:
    """In which of the better cells each test of a measure holds."""
    here = next(spot for spot, cell in enumerate(dimension.cells) if cell.holds(values[dimension.name]))
    return {
        test: [max(turn, here + 1) for pair in pair_turns(turns) if pair[1] > here + 1 for turn in pair]
        for test, turns in zip(dimension.tests, dimension.turns, strict=True)
    }


Advice: TypeAlias = tuple[str, dict[str, object]]


def _advise(subject: Subject, fall: Fall, ending: Test | None, beginning: tuple[int, Test] | None) -> Advice:
    """The variant of the finding, and what its help needs beside the levels."""
    tests = _suggest_tests(fall, ending, beginning)
    if tests:
        return "at-threshold", tests
    if ending is not None and beginning is None and isinstance(ending.unary, Compare):
        direction = subject.indicator.measures[ending.measure].direction
        return "direction", {"measure": ending.measure, "turned": "lower" if direction == "higher" else "higher"}
    return "", {}


_CLOSED = {"<": "<=", ">": ">="}


def _suggest_tests(fall: Fall, ending: Test | None, beginning: tuple[int, Test] | None) -> dict[str, object]:
    """Where two levels only miss the threshold that they share: either test with the threshold taken in."""
    if ending is None or beginning is None or ending.measure != beginning[1].measure or fall.low:
        return {}
    closed, begun = _take_in(ending, fall.better), _take_in(beginning[1], fall.better)
    if closed is None or begun is None:
        return {}
    return {"ending": fall.culprit, "test": closed, "next_level": beginning[0], "next_test": begun}


def _take_in(test: Test, values: Mapping[str, Value]) -> str | None:
    unary = test.unary
    if not isinstance(unary, Compare) or unary.operator not in _CLOSED or unary.threshold != values[test.measure]:
        return None
    return print_unary(Compare("<=" if unary.operator == "<" else ">=", unary.threshold))
