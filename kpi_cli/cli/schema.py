"""`kpi schema`: the JSON Schema of an indicator set, for editors and other checkers."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kpi_cli.cli.options import LanguageOption, QuietOption

HELP = """Print the JSON Schema of an indicator set.

Editors that know YAML complete and explain keys by it."""
EXAMPLES = """\b
Examples:
  kpi schema > indicator-set.json
  (then, as the first line of a set)
  # yaml-language-server: $schema=indicator-set.json"""


class SchemaFormat(StrEnum):
    """What `kpi schema` prints: a schema is json."""

    json = "json"


def run(
    format_: Annotated[SchemaFormat, typer.Option("--format", help="A schema is json.")] = SchemaFormat.json,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Prints the schema; language and quiet change nothing here, and are taken as everywhere."""
    del format_, lang, quiet
    import json

    from kpi_cli.cli.console import print_data
    from kpi_cli.definition.schema import build_schema

    print_data(json.dumps(build_schema(), ensure_ascii=False, indent=2))
