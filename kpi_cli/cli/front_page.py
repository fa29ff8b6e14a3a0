"""What `kpi --help` and `kpi --version` print: known without a parser, and answered before one is imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpi_cli.version import VERSION

OPTIONS = {
    "--lang <th|en>": "Language of the output; else KPI_LANG, else the locale.",
    "--version": "Print the version and exit.",
    "--install-completion": "Install completion for the current shell.",
    "--show-completion": "Show completion for the current shell, to copy it.",
    "-h, --help": "Show this message and exit.",
}
"""The options of `kpi` itself, before a command."""
COMMANDS = {
    "score": "Score results files and rank the entities.",
    "validate": "Check sets (YAML) and results files.",
    "show": "Show the agreement as a readable table.",
    "try": "Show the level for figures typed in, and why.",
    "template": "Write the workbook to fill in, with live levels.",
    "explain": "Show why each level, and what the next one takes.",
    "compare": "Show who rose and fell between two rounds.",
    "diff": "Show what a change of a set changes.",
    "init": "Write a small commented set to begin with.",
    "sql": "Print the same scoring as one SQL query.",
    "verify": "Recompute a report and say whether it stands.",
    "schema": "Print the JSON Schema of a set.",
}
"""Each is a module of this package with `run`, `HELP` and `EXAMPLES`, imported only when it is asked for."""
_OPENING = """\
Usage: kpi [OPTIONS] COMMAND [ARGS]...

  Scores a performance agreement: one YAML file, the districts' workbooks, a
  ranking that can be explained.
"""
_FIRST_STEPS = """
  First steps:
    kpi score results.xlsx
    kpi show
    kpi validate draft.yaml"""


def answer(arguments: Sequence[str]) -> str | None:
    """What these arguments alone ask for; None where they are for the parser, which says the same in longer ones."""
    match arguments:
        case ["--version"]:
            return describe_version()
        case ["--help" | "-h"]:
            return draw_front_page()
        case _:
            return None


def describe_version() -> str:
    """The line of `kpi --version`."""
    return f"kpi {VERSION}"


def draw_front_page() -> str:
    """The page of `kpi --help`: what there is, in a line each."""
    return "\n".join((_OPENING, *_list("Options", OPTIONS), "", *_list("Commands", COMMANDS), _FIRST_STEPS))


def _list(title: str, words: Mapping[str, str]) -> Iterator[str]:
    width = max(map(len, words))
    yield f"{title}:"
    yield from (f"  {name:{width}}  {meaning}" for name, meaning in words.items())
