"""What a template says to those who fill it in: how to answer each measure, and the wording of the levels."""

from __future__ import annotations

from kpi_cli.model import Group, Indicator, Measure
from kpi_cli.model.answers import NOT_APPLICABLE
from kpi_cli.render.rule_words import split_rule
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.rules.values import exact_text

_LONGEST_PROMPT = 250
_LONGEST_PROMPT_TITLE = 30


def yes_and_no(say: Translator) -> tuple[str, str]:
    """The two answers of a drop-down: in every language words that the reader reads (`model.answers`)."""
    yes, _, no = say("yes/no").partition("/")
    return yes, no


def not_applicable_word() -> str:
    """What is written where there is nothing to measure."""
    return NOT_APPLICABLE[0]


def list_answers(measure: Measure, say: Translator) -> list[str]:
    """What may be chosen for a measure; empty where it is written."""
    answers = list(yes_and_no(say)) if measure.type == "flag" else list(map(join_lines, measure.choices or ()))
    return [*answers, not_applicable_word()] if answers and measure.not_applicable == "allowed" else answers


def describe_unit(measure: Measure, say: Translator) -> str:
    """What stands under the title of a measure: its unit, or the answers it takes."""
    match measure.type:
        case "percent":
            text = say("percent, 85 is 85%")
        case "flag":
            text = " / ".join(yes_and_no(say))
        case "choice":
            text = say("choose from the list")
        case "count":
            text = join_lines(measure.unit) if measure.unit else say("whole number")
        case _:
            text = join_lines(measure.unit) if measure.unit else say("number")
    return text + "\n" + say("or {word}", word=not_applicable_word()) if measure.not_applicable == "allowed" else text


def explain_answer(measure: Measure, say: Translator) -> str:
    """How to answer a measure, in one or more sentences."""
    sentences = [_explain_type(measure, say)]
    if measure.ratio is not None:
        sentences.append(say("Or leave it blank and write the two figures it is worked out from."))
    if measure.not_applicable == "allowed":
        sentences.append(say("Where there is nothing to measure write {word}.", word=not_applicable_word()))
    return " ".join(sentences)


def _explain_type(measure: Measure, say: Translator) -> str:
    if measure.type in {"flag", "choice"}:
        return say("Choose from the list: {answers}.", answers=", ".join(list_answers(measure, say)))
    low, high = measure.bounds
    if measure.type == "percent":
        text = say("A percentage without the % sign: 85 is 85%.")
    else:
        text = say("A whole number.") if measure.type == "count" else say("A number.")
    if low is not None and high is not None:
        return f"{text} " + say("From {low} to {high}.", low=exact_text(low), high=exact_text(high))
    if low is not None:
        return f"{text} " + say("From {low} up.", low=exact_text(low))
    return text if high is None else f"{text} " + say("Up to {high}.", high=exact_text(high))


def cut_prompt(text: str) -> str:
    """`text` as long as Excel takes it beside a cell."""
    return text if len(text) <= _LONGEST_PROMPT else text[: _LONGEST_PROMPT - 1] + "…"


def cut_prompt_title(text: str) -> str:
    """`text` as long as Excel takes it above what it says beside a cell."""
    return text if len(text) <= _LONGEST_PROMPT_TITLE else text[: _LONGEST_PROMPT_TITLE - 1] + "…"


def head_indicator(indicator: Indicator, say: Translator) -> str:
    """`T1 Share of the budget spent (weight 25)`."""
    weight = say("weight {weight}", weight=exact_text(indicator.weight))
    return f"{indicator.id}  {join_lines(indicator.title)} ({weight})"


def head_group(group: Group) -> str:
    """`T3 Policies of the department`."""
    return f"{group.id}  {join_lines(group.title)}"


def tell_levels(indicator: Indicator, say: Translator) -> str:
    """The wording of every level, for the comment at the title of an indicator; the rule where there is none."""
    lines = [join_lines(f"{indicator.code or indicator.id}: {indicator.title}")]
    for number, level in sorted(indicator.levels.items()):
        text = join_lines(level.text) if level.text else " ".join(split_rule(level.when, say))
        lines.append(say("Level {level}: {wording}", level=number, wording=text))
    if indicator.policy == "ladder":
        lines.append(say("A level counts only where all below it are reached as well."))
    return "\n".join(lines)
