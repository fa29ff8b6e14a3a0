"""An agreement in words, for every format: weights, measures, rules, and what its reading departs from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kpi_cli.model import Accept, Indicator, IndicatorSet, Measure
from kpi_cli.render.sentences import show_param
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
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


_MONTHS = (
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
)
# What an author may accept, by the code of the finding.
_ACCEPTED = {
    "level-gap": mark("values that reach no level"),
    "not-monotone": mark("better figures reach a lower level"),
    "level-unreachable": mark("a level that no value reaches"),
    "below-first-level": mark("values below the first level"),
    "level-skipped": mark("a level that is passed over"),
    "mixed-operators": mark("bounds that are written in two ways"),
    "fraction-thresholds": mark("a percent that is compared with fractions"),
    "text-mismatch": mark("the rule is not what the text says"),
    "unused-measure": mark("a measure that no rule reads"),
}


def describe_set(definition: IndicatorSet, say: Translator) -> Iterator[tuple[str, str]]:
    """What stands above the indicators, as labels and values."""
    yield say("indicator set"), definition.id
    if definition.organisation:
        yield say("organisation"), join_lines(definition.organisation)
    if definition.period:
        yield say("period"), f"{_show_date(definition.period.from_, say)} – {_show_date(definition.period.to, say)}"
    if definition.source:
        date = f" ({_show_date(definition.source.date, say)})" if definition.source.date else ""
        yield say("source"), join_lines(definition.source.document) + date
    if definition.note:
        yield say("note"), join_lines(definition.note)


def _show_date(day: date, say: Translator) -> str:
    """`2021-02-25`, or as a language writes it; Thai papers count the years of the Buddhist era."""
    words = {"month_name": say(_MONTHS[day.month - 1]), "buddhist_year": day.year + 543}
    return say("{year}-{month:02}-{day:02}", year=day.year, month=day.month, day=day.day, **words)


def describe_weight(indicator: Indicator, say: Translator) -> str:
    """`weight 25 · owner`."""
    weight = say("weight {weight}", weight=exact_text(indicator.weight))
    return f"{weight} · {join_lines(indicator.owner)}" if indicator.owner else weight


def describe_policy(indicator: Indicator, say: Translator) -> str:
    """How its levels become one."""
    return say(_POLICIES[indicator.policy])


def list_measures(indicator: Indicator) -> list[str]:
    """`spent: ...`, a line for each measure: what the names in its rules stand for."""
    return [f"{name}: {join_lines(measure.title)}" for name, measure in indicator.measures.items()]


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
        finding = say(_ACCEPTED.get(accept.code, ""))
        params = {"where": _locate_accept(accept, say), "code": accept.code, "why": join_lines(accept.why)}
        yield say("accepted{where}: {finding} ({code}), because: {why}", finding=finding, **params)


def _locate_accept(accept: Accept, say: Translator) -> str:
    places = [] if accept.level is None else [say("level {level}", level=accept.level)]
    places += [f"{name} = {show_param(value)}" for name, value in (accept.at or {}).items()]
    return " " + ", ".join(places) if places else ""
