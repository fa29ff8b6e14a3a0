"""The program `kpi`: its commands, its version, and the promise that no traceback reaches a user."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Iterator
from typing import Annotated, Any

# A short run: looking for cycles frees next to nothing (benchmarks/parts.py), and most of them would be looked for
# while typer is imported.
gc.set_threshold(100_000, 50, 50)

import typer  # noqa: E402
from typer.core import TyperGroup  # noqa: E402

from kpi_cli.cli.console import prepare_streams, stop_by_exit  # noqa: E402
from kpi_cli.version import VERSION  # noqa: E402

USAGE, DEFECT = 2, 3
DEBUG_VARIABLE = "KPI_DEBUG"
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

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes names and summaries without importing a command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    name="kpi",
    cls=LazyCommands,
    rich_markup_mode=None,  # plain help starts in half the time
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
    help="Scores a performance agreement: one YAML file, the districts' workbooks, a ranking that can be explained.",
    epilog="\b\nFirst steps:\n  kpi score results.xlsx\n  kpi show\n  kpi validate draft.yaml",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kpi {VERSION}")
        raise typer.Exit


@app.callback()
def _global_options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    del version  # its callback has done the work


def main() -> None:
    """Runs the program. What is not a user's mistake is a defect: exit 3 and one line, the rest under KPI_DEBUG."""
    prepare_streams()
    stop_by_exit()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none may change what a set means
    try:
        app()
    except OSError as error:  # files that are read and written are looked after; this is standard output
        _leave(USAGE, f"kpi: cannot write the output: {error.strerror or error}\n")
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        kind = type(error).__name__
        sys.stderr.write(
            f"kpi: a defect in kpi itself ({kind}: {error}); your files are unchanged.\n"
            f"     Please report it with the output of the same command under {DEBUG_VARIABLE}=1.\n"
        )
        sys.exit(DEFECT)


def _leave(code: int, text: str) -> None:
    """Ends without flushing what could not be written: Python would try again, and say so in its own words."""
    with contextlib.suppress(OSError):  # it may be standard error that cannot be written
        sys.stderr.write(text)
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
