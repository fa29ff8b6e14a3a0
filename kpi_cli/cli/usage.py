"""What the parser of the command line refuses, said as everything else is: in the language of the run."""

from __future__ import annotations

import sys
from typing import Any

from kpi_cli.cli.console import Language, choose_language, say
from kpi_cli.render.text import clean_text
from kpi_cli.render.translate import mark, translate

_NAMED = "--lang"
# What the parser puts before a problem in its own words, which says nothing to who typed the option.
_NOISE = "Value error, "


def say_usage_error(error: Any) -> bool:
    """Says how the command is used, where its help is, and what was wrong; False where `error` is of another kind."""
    context = getattr(error, "ctx", None)
    if context is None:
        return False
    words = translate(_find_language(sys.argv))
    usage = context.get_usage().partition(" ")[2]
    problem = clean_text(error.format_message().replace(_NOISE, "", 1))
    lines = (
        words(mark("Usage: {usage}"), usage=usage),
        words(mark("Try '{command} --help' for help."), command=context.command_path),
        "",
        words(mark("Error: {problem}"), problem=problem),
    )
    say("\n".join(lines))
    return True


def _find_language(arguments: list[str]) -> Language:
    """The language asked for, looked for among the words themselves: they could not be parsed."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    asked = (
        value if word == _NAMED else word.partition("=")[2]
        for word, value in pairs
        if word == _NAMED or word.startswith(f"{_NAMED}=")
    )
    return choose_language(next(asked, None))
