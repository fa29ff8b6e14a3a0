"""`mixed-operators`: levels that compare one measure now with `>`, now with `>=`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kpi_cli.checks.subject import Subject
from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.rules.ast import Compare, Either, Negation, Operator, Test, UnaryTest
from kpi_cli.rules.printer import print_unary

_PAIRS: tuple[tuple[Operator, Operator], ...] = ((">", ">="), ("<", "<="))


class _Use(NamedTuple):
    level: int
    test: Test
    compare: Compare


def find_mixed_operators(subject: Subject) -> Iterator[Diagnostic]:
    """A note for each measure compared with both operators of a direction, at the one that is used less."""
    for measure in subject.indicator.measures:
        uses = list(_iterate_uses(subject, measure))
        for pair in _PAIRS:
            first, second = ([use for use in uses if use.compare.operator == operator] for operator in pair)
            if first and second and len({use.level for use in (*first, *second)}) > 1:
                odd, usual = sorted((first, second), key=lambda uses: (len(uses), -uses[0].level))
                yield _describe(subject, odd[0], usual[0])


def _iterate_uses(subject: Subject, measure: str) -> Iterator[_Use]:
    for level, test in subject.iterate_tests_of(measure):
        yield from (_Use(level, test, compare) for compare in _iterate_compares(test.unary))


def _iterate_compares(unary: UnaryTest) -> Iterator[Compare]:
    match unary:
        case Compare():
            yield unary
        case Either():
            for test in unary.tests:
                yield from _iterate_compares(test)
        case Negation():
            yield from _iterate_compares(unary.test)


def _describe(subject: Subject, odd: _Use, usual: _Use) -> Diagnostic:
    params = {
        "measure": odd.test.measure,
        "test": print_unary(odd.compare),
        "level": odd.level,
        "usual": print_unary(usual.compare),
        "usual_level": usual.level,
    }
    related = Related("compared-otherwise", subject.place_test(usual.level, usual.test), {"level": usual.level})
    place = subject.place_test(odd.level, odd.test)
    return subject.diagnose("mixed-operators", Severity.NOTE, place, params, level=odd.level, related=(related,))
