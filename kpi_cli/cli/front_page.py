"""What `kpi --help` and `kpi --version` print: known without a parser, and answered before one is imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpi_cli.cli.console import Language, find_language
from kpi_cli.render.translate import Translator, mark, translate
from kpi_cli.version import VERSION

OPTIONS = {
    "--lang <th|en>": mark("Language of the output; else KPI_LANG, else the locale."),
    "--version": mark("Print the version and exit."),
    "--install-completion": mark("Install completion for the current shell."),
    "--show-completion": mark("Show completion for the current shell, to copy it."),
    "-h, --help": mark("Show this message and exit."),
}
"""The options of `kpi` itself, before a command."""
COMMANDS = {
    "score": mark("Score results files and rank the entities."),
    "validate": mark("Check sets (YAML) and results files."),
    "show": mark("Show the agreement as a readable table."),
    "try": mark("Show the level for figures typed in, and why."),
    "template": mark("Write the workbook to fill in, with live levels."),
    "explain": mark("Show why each level, and what the next one takes."),
    "compare": mark("Show who rose and fell between two rounds."),
    "diff": mark("Show what a change of a set changes."),
    "init": mark("Write a small commented set to begin with."),
    "sql": mark("Print the same scoring as one SQL query."),
    "verify": mark("Recompute a report and say whether it stands."),
    "schema": mark("Print the JSON Schema of a set."),
}
"""Each is a module of this package with `run`, `HELP` and `EXAMPLES`, imported only when it is asked for."""
_USE = "kpi [OPTIONS] COMMAND [ARGS]..."
_PURPOSE = mark("""\
Scores a performance agreement: one YAML file, the districts' workbooks, a
ranking that can be explained.""")
_FIRST_STEPS = ("kpi score results.xlsx", "kpi show", "kpi validate draft.yaml")


def answer(arguments: Sequence[str]) -> str | None:
    """What these arguments alone ask for; None where they are for the parser, which says the same in longer ones."""
    match arguments:
        case ["--version"]:
            return describe_version()
        case ["--help" | "-h"]:
            return draw_front_page(find_language(arguments))
        case _:
            return None


def describe_version() -> str:
    """The line of `kpi --version`."""
    return f"kpi {VERSION}"


def draw_front_page(language: Language) -> str:
    """The page of `kpi --help`: what there is, in a line each."""
    words = translate(language)
    return "\n".join(_list_lines(words))


def _list_lines(words: Translator) -> Iterator[str]:
    yield words(mark("Usage: {usage}"), usage=_USE)
    yield ""
    yield from (f"  {line}" for line in words(_PURPOSE).splitlines())
    yield ""
    yield f"{words(mark('Options'))}:"
    yield from _list_meanings(OPTIONS, words)
    yield ""
    yield f"{words(mark('Commands'))}:"
    yield from _list_meanings(COMMANDS, words)
    yield ""
    yield f"  {words(mark('First steps:'))}"
    yield from (f"    {command}" for command in _FIRST_STEPS)


def _list_meanings(meanings: Mapping[str, str], words: Translator) -> Iterator[str]:
    width = max(map(len, meanings))
    yield from (f"  {name:{width}}  {words(meaning)}" for name, meaning in meanings.items())
