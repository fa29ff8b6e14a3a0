"""What a proof is about: an indicator, where it stands in its file, and the places of its rules and their tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpi_cli.diagnostics import Diagnostic, Path, Related, Severity
from kpi_cli.model import Indicator
from kpi_cli.rules.ast import Rule, Test, iterate_tests
from kpi_cli.rules.values import Value, exact_text


@dataclass(frozen=True)
class Subject:
    """An indicator, and the keys that lead to it from the root of its file."""

    keys: tuple[str | int, ...]
    indicator: Indicator

    def rule_of(self, level: int) -> Rule:
        """The rule of `level`."""
        return self.indicator.levels[level].when

    def iterate_tests_of(self, measure: str) -> Iterator[tuple[int, Test]]:
        """Each test of `measure`, with the level whose rule it stands in, from the lowest level up."""
        for level in sorted(self.indicator.levels):
            yield from ((level, test) for test in iterate_tests(self.rule_of(level)) if test.measure == measure)

    def place_rule(self, level: int) -> Path:
        """Where the rule of `level` stands: its only test, else the whole."""
        rule = self.rule_of(level)
        return self.place_test(level, rule) if isinstance(rule, Test) else self.place_when(level)

    def place_test(self, level: int, test: Test) -> Path:
        """Where `test`, of the rule of `level`, stands."""
        return Path(test.keys, span=test.unary.span) if test.keys else self.place_when(level)

    def place_when(self, level: int) -> Path:
        """Where the rule of `level` begins."""
        return Path((*self.keys, "levels", level, "when"))

    def diagnose(
        self,
        code: str,
        severity: Severity,
        place: Path,
        params: Mapping[str, object],
        *,
        variant: str = "",
        level: int | None = None,
        witness: Mapping[str, Value | None] | None = None,
        related: tuple[Related, ...] = (),
    ) -> Diagnostic:
        """A finding about this indicator."""
        return Diagnostic(code, severity, place, params, variant, self.indicator.id, level, witness, related)


def show_values(values: Mapping[str, Value], *, alone: bool) -> Value | tuple[str, ...]:
    """`values` for a sentence: each with its measure, or the value alone where no other measure is read."""
    if alone:
        return next(iter(values.values()))
    return tuple(f"{name} {exact_text(value)}" for name, value in values.items())
