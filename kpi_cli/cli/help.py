"""The help of a command in the language of the run, folded where Thai may be broken."""

from __future__ import annotations

import gettext
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from typer.core import TyperCommand

from kpi_cli.cli.console import find_language
from kpi_cli.render.text import display_width, fold_text, pad_right
from kpi_cli.render.translate import CATALOGUE, find_catalogues, mark, translate

# Said by the parser, which asks gettext for them.
PARSER_WORDS = (mark("Arguments"), mark("Options"), mark("default: {default}"), mark("required"))
_EXAMPLES = mark("Examples:")
_HELP_OPTION = mark("Show this message and exit.")
_AS_IT_IS = "\b\n"
# A type of Python behind the name of an argument says nothing to an officer; choices (`<th|en>`) do.
_PYTHON_TYPE = re.compile(r" <(?:list\[)?(?:str|path)\]?>")
_WIDEST_NAME = 30
_SPACE = 2


class SpokenCommand(TyperCommand):
    """A command whose help comes in the language of the run."""

    def get_help(self, ctx: Any) -> str:
        """The page of `--help`."""
        language = find_language(sys.argv)
        if language != "en":
            _teach_parser(language)
            words = translate(language)
            self.help = words.template(self.help or "")
            self.epilog = (self.epilog or "").replace(_EXAMPLES, words.template(_EXAMPLES), 1)
            for param in self.get_params(ctx):
                param.help = words.template(getattr(param, "help", None) or "")  # type: ignore[attr-defined]
        ctx.formatter_class = FoldedPage
        return super().get_help(ctx)


def _teach_parser(language: str) -> None:
    """Lets gettext find our catalogue for the words of the parser too."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(CATALOGUE, find_catalogues())
    gettext.textdomain(CATALOGUE)


class FoldedPage(typer.Context.formatter_class):  # type: ignore[misc,valid-type]
    """A page of help whose lines are measured in cells of the screen, and broken between clusters of letters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes how the command is called."""
        usage = translate(find_language(sys.argv))(mark("Usage: {usage}"), usage=prog)
        super().write_usage(usage, args, prefix or "")

    def write_text(self, text: str) -> None:
        """Writes paragraphs, folded but for those that begin with a backspace."""
        paragraphs = ("\n".join(self._fold_paragraph(part)) for part in text.split("\n\n"))
        self.write("\n\n".join(paragraphs) + "\n")

    def _fold_paragraph(self, text: str) -> Iterator[str]:
        indent = " " * self.current_indent
        if text.startswith(_AS_IT_IS):
            return (indent + line for line in text.removeprefix(_AS_IT_IS).splitlines())
        return (indent + line for line in fold_text(text, self.width - self.current_indent))

    def write_dl(self, rows: Iterable[tuple[str, str]], *_: Any, **__: Any) -> None:
        """Writes names and what they mean in two columns."""
        named = [(_PYTHON_TYPE.sub("", name), meaning) for name, meaning in rows]
        column = min(max(display_width(name) for name, _ in named), _WIDEST_NAME) + _SPACE
        indent = " " * self.current_indent
        for name, meaning in named:
            lines = fold_text(meaning, self.width - self.current_indent - column)
            if display_width(name) > column - _SPACE:
                self.write(f"{indent}{name}\n")
                name = ""
            for line in lines:
                self.write(f"{indent}{pad_right(name, column)}{line}".rstrip() + "\n")
                name = ""
