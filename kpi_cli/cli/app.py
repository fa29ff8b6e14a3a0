"""The commands of `kpi`: what parses the command line, and finds the module of the command that is asked for."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kpi_cli.cli.console import find_language
from kpi_cli.cli.front_page import COMMANDS, OPTIONS, describe_version, draw_front_page
from kpi_cli.cli.main import USAGE, main
from kpi_cli.cli.options import LanguageOption

_MODULES = {"try": "try_figures"}
"""The modules that cannot have the name of their command: `try` is a word of Python."""
_SETTINGS = {"help_option_names": ["-h", "--help"]}


@contextlib.contextmanager
def _saying_usage_errors() -> Iterator[None]:
    """What the parser refuses is said in the language of the run."""
    try:
        yield
    except typer.TyperException as error:
        from kpi_cli.cli.usage import say_usage_error

        if not say_usage_error(error):
            raise
        raise typer.Exit(USAGE) from None


class LazyCommands(TyperGroup):
    """The commands by name: `--help` pays for none of their modules, a command for its own alone."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, built from its module; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        from kpi_cli.cli.help import SpokenCommand

        module = import_module(f"kpi_cli.cli.{_MODULES.get(cmd_name, cmd_name)}")
        single = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=_SETTINGS)
        single.command(cmd_name, cls=SpokenCommand, help=module.HELP, epilog=module.EXAMPLES)(module.run)
        return typer.main.get_command(single)

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:
        """Parses the options of `kpi` itself; without any argument its help is printed."""
        with _saying_usage_errors() if args else contextlib.nullcontext():
            return super().make_context(info_name, args, *rest, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Parses the command's own arguments, and runs it."""
        with _saying_usage_errors():
            return super().invoke(ctx)

    def get_help(self, ctx: Any) -> str:
        """The one front page, however it is asked for."""
        return draw_front_page(find_language(sys.argv))


app = typer.Typer(
    name="kpi",
    cls=LazyCommands,
    rich_markup_mode=None,  # plain help starts in half the time
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(describe_version())
        raise typer.Exit


@app.callback()
def _global_options(
    context: typer.Context,
    lang: LanguageOption = None,
    version: Annotated[
        bool, typer.Option("--version", help=OPTIONS["--version"], callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    del version  # its callback has done the work
    if lang is not None:
        context.default_map = {command: {"lang": lang.value} for command in COMMANDS}


if __name__ == "__main__":
    main()
