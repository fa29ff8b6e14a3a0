"""`text-mismatch`: the memo's wording held against the rule, both ways (DESIGN section 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from operator import itemgetter

from kpi_cli.checks.subject import Subject
from kpi_cli.checks.thai_text import Bound, Claim, read_claims, read_numbers
from kpi_cli.diagnostics import Diagnostic, Path, Related, Severity
from kpi_cli.rules.ast import (
    Compare,
    Either,
    Interval,
    Is,
    Negation,
    OneOf,
    Operator,
    Rule,
    Test,
    UnaryTest,
    iterate_tests,
    measures_of,
    thresholds_of,
)
from kpi_cli.rules.printer import print_rule, print_unary

_IN_TEXT_ONLY = "not-in-rule"
_IN_RULE_ONLY = "not-in-text"


def find_text_mismatches(subject: Subject) -> Iterator[Diagnostic]:
    """A warning for each comparison of a level's text that is not in its rule, and each threshold not in the text."""
    for level in sorted(subject.indicator.levels):
        text = subject.indicator.levels[level].text
        if text is not None:
            yield from _check_level(subject, level, text)


def _check_level(subject: Subject, level: int, text: str) -> Iterator[Diagnostic]:
    rules = _rules_together(subject, level)
    stated = {bound for rule in rules for test in iterate_tests(rule) for bound in _state_bounds(test.unary)}
    measures = (subject.indicator.measures[name] for rule in rules for name in measures_of(rule))
    named = {number for measure in measures for number in read_numbers(measure.title)}
    told = _Told(subject, level)
    for claim in read_claims(text):
        for group in claim.bounds:
            if stated.isdisjoint(group) and not named.issuperset(number for _, number in group):
                yield _describe_claim(told, claim, group[0])
    numbers = read_numbers(text)
    for test in iterate_tests(told.rule):
        for threshold in sorted(thresholds_of(test.unary) - numbers):
            yield _describe_threshold(told, test, threshold)


class _Told:
    """The rule of a level as findings tell it: printed and indexed once, for thousands may speak of a long rule."""

    def __init__(self, subject: Subject, level: int) -> None:
        self.subject, self.level, self.rule = subject, level, subject.rule_of(level)

    @cached_property
    def printed(self) -> str:
        return print_rule(self.rule)

    @cached_property
    def tests(self) -> dict[Decimal, tuple[int, Test]]:
        """Each threshold, with the first test that has it and which test of the rule that is."""
        first: dict[Decimal, tuple[int, Test]] = {}
        for place, test in enumerate(iterate_tests(self.rule)):
            for threshold in thresholds_of(test.unary):
                first.setdefault(threshold, (place, test))
        return first

    def find_test(self, numbers: Iterable[Decimal]) -> Test | None:
        """The first test that has one of `numbers`."""
        having = [self.tests[number] for number in numbers if number in self.tests]
        return min(having, key=itemgetter(0))[1] if having else None


def _rules_together(subject: Subject, level: int) -> list[Rule]:
    """The rule of `level`; under `ladder` together with those below it, which must hold as well."""
    lowest = 1 if subject.indicator.policy == "ladder" else level
    return [subject.rule_of(each) for each in range(lowest, level + 1)]


_OPPOSITE: dict[Operator, Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def _state_bounds(unary: UnaryTest, *, negated: bool = False) -> Iterator[Bound]:
    """The comparisons that a test states; `not(...)` turns each around."""
    match unary:
        case Compare():
            yield from _turn(((unary.operator, unary.threshold),), negated=negated)
        case Interval():
            low: Bound = (">=" if unary.low_closed else ">", unary.low)
            high: Bound = ("<=" if unary.high_closed else "<", unary.high)
            yield from _turn((low, high), negated=negated)
        case Either():
            for test in unary.tests:
                yield from _state_bounds(test, negated=negated)
        case Negation():
            yield from _state_bounds(unary.test, negated=not negated)
        case Is() | OneOf():
            return


def _turn(bounds: Iterable[Bound], *, negated: bool) -> Iterator[Bound]:
    for operator, number in bounds:
        if not negated:
            yield operator, number
        elif operator in _OPPOSITE:
            yield _OPPOSITE[operator], number


def _describe_claim(told: _Told, claim: Claim, bound: Bound) -> Diagnostic:
    params = {"text": claim.words, "comparison": print_unary(Compare(*bound)), "rule": told.printed}
    return _describe(told, claim.span, told.find_test(claim.numbers), params, variant=_IN_TEXT_ONLY)


def _describe_threshold(told: _Told, test: Test, threshold: Decimal) -> Diagnostic:
    params = {"threshold": threshold, "measure": test.measure, "rule": told.printed}
    return _describe(told, None, test, params, variant=_IN_RULE_ONLY)


def _describe(
    told: _Told,
    span: tuple[int, int] | None,
    test: Test | None,
    params: Mapping[str, object],
    *,
    variant: str,
) -> Diagnostic:
    subject, level = told.subject, told.level
    rule = subject.place_test(level, test) if test else subject.place_rule(level)
    return subject.diagnose(
        "text-mismatch",
        Severity.WARNING,
        Path((*subject.keys, "levels", level, "text"), span=span),
        {**params, "level": level},
        variant=variant,
        level=level,
        related=(Related("rule-asks", rule, {"level": level}),),
    )


def drop_echoes(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """`found` without thresholds that echo a comparison: a number typed wrong is missing on both sides, for one cause.

    Only what is still a warning has an echo: beside a comparison that is accepted a threshold tells of another cause.
    """
    unmet: Counter[int | None] = Counter()
    for finding in found:
        open_ = finding.code == "text-mismatch" and finding.severity is Severity.WARNING
        if open_ and finding.variant == _IN_TEXT_ONLY:
            unmet[finding.level] += 1
        elif open_ and finding.variant == _IN_RULE_ONLY and unmet[finding.level]:
            unmet[finding.level] -= 1
            continue
        yield finding
