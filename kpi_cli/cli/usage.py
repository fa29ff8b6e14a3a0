"""What the parser of the command line refuses, said as everything else is: in the language of the run."""

from __future__ import annotations

import re
import sys
from typing import Any

from kpi_cli.cli.console import find_language, say
from kpi_cli.definition.near import find_near
from kpi_cli.render.text import clean_text
from kpi_cli.render.translate import Translator, mark, translate

# What the parser puts before a problem in its own words, which says nothing to who typed the option.
_NOISE = "Value error, "
_PROBLEMS = (
    (
        re.compile(r"No such option: (?P<option>\S+) \(Possible options: (?P<near>.+)\)"),
        mark("No such option: {option} (Possible options: {near})"),
    ),
    (re.compile(r"No such option: (?P<option>\S+)"), mark("No such option: {option}")),
    (re.compile(r"No such command '(?P<command>.+)'\."), mark("No such command '{command}'.")),
    (re.compile(r"Missing command\."), mark("Missing command.")),
    (
        re.compile(r"Got unexpected extra argument\(s\) \((?P<surplus>.+)\)"),
        mark("Got unexpected extra argument(s) ({surplus})"),
    ),
    (re.compile(r"Missing (?:argument|option|parameter) '(?P<name>.+)'\."), mark("Missing argument '{name}'.")),
    (re.compile(r"Option '(?P<option>.+)' requires an argument\."), mark("Option '{option}' requires an argument.")),
    (re.compile(r"Option '(?P<option>.+)' does not take a value\."), mark("Option '{option}' does not take a value.")),
    (
        re.compile(r"Invalid value for '(?P<option>.+)': '(?P<value>.*)' is not one of (?P<choices>.+)\."),
        mark("Invalid value for '{option}': '{value}' is not one of {choices}."),
    ),
)
"""What the parser says, and the same words as ours to translate; it has no catalogue for them. What is not here is
said as the parser says it."""


def say_usage_error(error: Any) -> bool:
    """Says how the command is used, where its help is, and what was wrong; False where `error` is of another kind."""
    if not hasattr(error, "ctx"):
        return False
    words = translate(find_language(sys.argv))
    problem = _translate_problem(clean_text(error.format_message().replace(_NOISE, "", 1)), error.ctx, words)
    say("\n".join((*_describe_use(error.ctx, words), words(mark("Error: {problem}"), problem=problem))))
    return True


def _describe_use(context: Any, words: Translator) -> tuple[str, ...]:
    if context is None:  # an option without its value is noticed before there is one
        return ()
    usage = context.get_usage().partition(" ")[2]
    hint = words(mark("Try '{command} --help' for help."), command=context.command_path)
    return words(mark("Usage: {usage}"), usage=usage), hint, ""


def _translate_problem(problem: str, context: Any, words: Translator) -> str:
    for pattern, sentence in _PROBLEMS:
        found = pattern.fullmatch(problem)
        if found:
            return words(sentence, **found.groupdict()) + _suggest(found.groupdict().get("command"), context, words)
    return problem


def _suggest(command: str | None, context: Any, words: Translator) -> str:
    near = find_near(command, context.command.list_commands(context)) if command else ""
    return " " + words(mark("Did you mean `{suggestion}`?"), suggestion=near) if near else ""
