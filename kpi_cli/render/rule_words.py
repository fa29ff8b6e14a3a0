"""A rule in words, for those who do not read brackets: `above 80 to 85`, `briefing is yes`."""

from __future__ import annotations

from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.ast import AllOf, Compare, Either, Interval, Is, Negation, OneOf, Rule, Test, UnaryTest, list_parts
from kpi_cli.rules.printer import print_unary
from kpi_cli.rules.values import canonical_number

INTERVALS = {
    (True, True): mark("from {low} to {high}"),
    (False, True): mark("above {low} to {high}"),
    (True, False): mark("from {low} to below {high}"),
    (False, False): mark("above {low} to below {high}"),
}
"""An interval in words, by whether it holds its low end, and its high one."""


def split_rule(rule: Rule, say: Translator) -> list[str]:
    """The rule in lines, one for each part that must hold: `a >= 75`, `and b is yes`."""
    parts = list_parts(rule)
    lines = [_tell_part(part, say, alone=len(parts) == 1) for part in parts]
    return lines[:1] + [f"{say('and')} {line}" for line in lines[1:]]


def _tell_part(rule: Rule, say: Translator, *, alone: bool = False) -> str:
    text = _tell_rule(rule, say)
    return text if alone or isinstance(rule, Test) else f"({text})"


def _tell_rule(rule: Rule, say: Translator) -> str:
    if isinstance(rule, Test):
        return f"{rule.measure} {tell_unary(rule.unary, say)}"
    if not rule.rules:
        return say("always") if isinstance(rule, AllOf) else say("never")
    word = say("and") if isinstance(rule, AllOf) else say("or")
    return f" {word} ".join(_tell_part(part, say) for part in rule.rules)


def tell_unary(unary: UnaryTest, say: Translator) -> str:
    """A test in words: `>= 75`, `from 1 to 3`, `is yes`."""
    match unary:
        case Compare():
            return print_unary(unary)
        case Interval():
            text = INTERVALS[unary.low_closed, unary.high_closed]
            return say(text, low=canonical_number(unary.low), high=canonical_number(unary.high))
        case Either():
            return "(" + f" {say('or')} ".join(tell_unary(test, say) for test in unary.tests) + ")"
        case Negation():
            return say("not ({test})", test=tell_unary(unary.test, say))
        case Is():
            return say("is yes") if unary.flag else say("is no")
        case OneOf():
            return say("is {names}", names=f" {say('or')} ".join(map(join_lines, unary.names)))
