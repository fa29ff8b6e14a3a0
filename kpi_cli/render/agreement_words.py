"""An agreement in words, for every format: weights, measures, rules, and what its reading departs from."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.model import Accept, Indicator, IndicatorSet, Measure
from kpi_cli.render.sentences import show_param
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.ast import AllOf, Rule, Test
from kpi_cli.rules.printer import print_rule
from kpi_cli.rules.values import exact_text

_TYPES = {
    "percent": mark("percent"),
    "number": mark("number"),
    "count": mark("whole number"),
    "flag": mark("yes or no"),
    "choice": mark("one of a list"),
}
_POLICIES = {
    "highest": mark("the highest level whose rule holds counts"),
    "ladder": mark("a level counts only where all below it hold as well"),
}


def describe_set(definition: IndicatorSet, say: Translator) -> Iterator[tuple[str, str]]:
    """What stands above the indicators, as labels and values."""
    yield say("indicator set"), definition.id
    if definition.organisation:
        yield say("organisation"), join_lines(definition.organisation)
    if definition.period:
        yield say("period"), f"{definition.period.from_.isoformat()} – {definition.period.to.isoformat()}"
    if definition.source:
        date = f" ({definition.source.date.isoformat()})" if definition.source.date else ""
        yield say("source"), join_lines(definition.source.document) + date
    if definition.note:
        yield say("note"), join_lines(definition.note)


def describe_weight(indicator: Indicator, say: Translator) -> str:
    """`weight 25 · owner`."""
    weight = say("weight {weight}", weight=exact_text(indicator.weight))
    return f"{weight} · {join_lines(indicator.owner)}" if indicator.owner else weight


def describe_policy(indicator: Indicator, say: Translator) -> str:
    """How its levels become one."""
    return say(_POLICIES[indicator.policy])


def split_rule(rule: Rule) -> list[str]:
    """The rule in lines, one for each part that must hold: `a >= 75`, `and b true`."""
    parts = rule.rules if isinstance(rule, AllOf) and rule.rules else (rule,)
    lines = [_print_part(part, alone=len(parts) == 1) for part in parts]
    return lines[:1] + [f"and {line}" for line in lines[1:]]


def _print_part(rule: Rule, *, alone: bool) -> str:
    text = print_rule(rule)
    return text if alone or isinstance(rule, Test) else f"({text})"


def describe_measure(measure: Measure, say: Translator) -> str:
    """The type of a measure, and all that narrows what may be reported."""
    return ", ".join(_list_traits(measure, say))


def _list_traits(measure: Measure, say: Translator) -> Iterator[str]:
    yield say(_TYPES[measure.type])
    if measure.unit:
        yield join_lines(measure.unit)
    if measure.choices:
        yield say("choices: {choices}", choices=" / ".join(map(join_lines, measure.choices)))
    if measure.range:
        low, high = ("…" if bound is None else exact_text(bound) for bound in measure.range)
        yield say("from {low} to {high}", low=low, high=high)
    if measure.direction == "lower":
        yield say("lower is better")
    if measure.ratio:
        yield say("or {part} * 100 / {whole}", part=measure.ratio.part, whole=measure.ratio.whole)
    if measure.not_applicable == "allowed":
        yield say("may be not applicable")


def describe_remarks(indicator: Indicator, say: Translator) -> Iterator[str]:
    """Its note, the notes of its levels, and what is accepted of it with the reasons."""
    if indicator.note:
        yield say("note: {note}", note=join_lines(indicator.note))
    for number, level in sorted(indicator.levels.items()):
        if level.note:
            yield say("note on level {level}: {note}", level=number, note=join_lines(level.note))
    for accept in indicator.accept:
        where = _locate_accept(accept, say)
        yield say("accepted{where} ({code}): {why}", where=where, code=accept.code, why=join_lines(accept.why))


def _locate_accept(accept: Accept, say: Translator) -> str:
    places = [] if accept.level is None else [say("level {level}", level=accept.level)]
    places += [f"{name} = {show_param(value)}" for name, value in (accept.at or {}).items()]
    return " " + ", ".join(places) if places else ""
