"""`kpi init`: a small commented set to begin with."""

from __future__ import annotations

import pathlib
from typing import Annotated

import typer

from kpi_cli.cli.options import ForceOption, LanguageOption, QuietOption
from kpi_cli.render.translate import mark

HELP = """Write a small commented indicator set to begin with, in the language of --lang.

Without FILE, or with -, it is printed."""
EXAMPLES = """\b
Examples:
  kpi init draft.yaml
  kpi init indicators/round2.yaml --lang th
  kpi init > draft.yaml"""

FileArgument = Annotated[pathlib.Path, typer.Argument(metavar="FILE", show_default=False)]
_SUFFIXES = (".yaml", ".yml")
_PRINTED = pathlib.Path("-")


def run(
    file: FileArgument = _PRINTED,
    lang: LanguageOption = None,
    force: ForceOption = False,
    quiet: QuietOption = False,
) -> None:
    """Writes the set, or prints it, and says what to do next."""
    from kpi_cli.cli.console import print_data
    from kpi_cli.cli.findings import Voice, quote_command
    from kpi_cli.cli.outputs import OutputError, check_outputs, write_outputs
    from kpi_cli.render.starter import read_starter

    voice = Voice.of(lang, quiet=quiet)
    text = read_starter(voice.language)
    if file == _PRINTED:
        print_data(text)
        return
    if file.suffix.lower() not in _SUFFIXES:
        voice.fail_usage(mark("{file}: a set is a .yaml file"), file=file)
    try:
        check_outputs([file], force=force, suffixes=_SUFFIXES)
        write_outputs({file: text.encode()})
    except OutputError as error:
        voice.fail_output(error)
    voice.say_written([file])
    voice.say_next(["kpi", "validate", str(file)])
    schema = ["kpi", "schema", "-o", str(file.parent / "indicator-set.json")]
    voice.say(
        voice.words(
            mark("For an editor that completes and explains the keys: {command}"), command=quote_command(schema)
        )
    )
