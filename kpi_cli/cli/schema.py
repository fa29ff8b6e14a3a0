"""`kpi schema`: the JSON Schema of an indicator set, for editors and other checkers."""

from __future__ import annotations

import pathlib
from enum import StrEnum
from typing import Annotated

import typer

from kpi_cli.cli.options import ForceOption, LanguageOption, QuietOption
from kpi_cli.render.translate import mark

HELP = """Print the JSON Schema of an indicator set.

Editors that know YAML complete and explain keys by it."""
EXAMPLES = """\b
Examples:
  kpi schema -o indicator-set.json
  (then, as the first line of a set)
  # yaml-language-server: $schema=indicator-set.json"""


class SchemaFormat(StrEnum):
    """What `kpi schema` prints: a schema is json."""

    json = "json"


OutputOption = Annotated[
    pathlib.Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write a .json file instead.")
]


def run(
    format_: Annotated[SchemaFormat, typer.Option("--format", help="A schema is json.")] = SchemaFormat.json,
    output: OutputOption = None,
    lang: LanguageOption = None,
    force: ForceOption = False,
    quiet: QuietOption = False,
) -> None:
    """Prints the schema, or writes it."""
    del format_
    import json

    from kpi_cli.cli.console import print_data
    from kpi_cli.definition.schema import build_schema

    text = json.dumps(build_schema(), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        print_data(text)
        return
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.outputs import OutputError, check_outputs, write_outputs

    voice = Voice.of(lang, quiet=quiet)
    if output.suffix.lower() != ".json":
        voice.fail_usage(mark("{file}: a schema is a .json file"), file=output)
    try:
        check_outputs([output], force=force)
        write_outputs({output: text.encode()})
    except OutputError as error:
        voice.fail_output(error)
    voice.say_written([output])
