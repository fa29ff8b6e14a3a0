"""The tree of a rule back to text; what it prints parses to the same tree."""

from __future__ import annotations

from kpi_cli.rules.ast import AllOf, Compare, Either, Interval, Is, Negation, OneOf, Rule, Test, UnaryTest
from kpi_cli.rules.values import canonical_number, exact_text


def print_unary(unary: UnaryTest) -> str:
    """The text of a unary test, as `parse_unary` reads it: `>= 75`, `[1001..1500]`, `not(= 1, = 2)`.

    Equal trees print alike (75.0 as 75), so that the set's fingerprint does not depend on how a number was typed.
    """
    match unary:
        case Compare():
            return f"{unary.operator} {canonical_number(unary.threshold)}"
        case Interval():
            opening, closing = "[" if unary.low_closed else "(", "]" if unary.high_closed else ")"
            return f"{opening}{canonical_number(unary.low)}..{canonical_number(unary.high)}{closing}"
        case Either():
            return ", ".join(print_unary(test) for test in unary.tests)
        case Negation():
            return f"not({print_unary(unary.test)})"
        case Is():
            return exact_text(unary.flag)
        case OneOf():
            return ", ".join(unary.names)


def print_rule(rule: Rule) -> str:
    """One line for a whole rule: `a >= 75 and (b = 1 or c true)`. For reading, and for the set's fingerprint."""
    if isinstance(rule, Test):
        return f"{rule.measure} {print_unary(rule.unary)}"
    word, empty = (" and ", "always") if isinstance(rule, AllOf) else (" or ", "never")
    return word.join(_print_part(part) for part in rule.rules) or empty


def _print_part(rule: Rule) -> str:
    text = print_rule(rule)
    return text if isinstance(rule, Test) else f"({text})"
