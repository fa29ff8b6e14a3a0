"""`kpi schema`: the JSON Schema of an indicator set, for editors and other checkers."""

from __future__ import annotations

HELP = """Print the JSON Schema of an indicator set.

Editors that know YAML complete and explain keys by it."""
EXAMPLES = """\b
Examples:
  kpi schema > indicator-set.json
  (then, as the first line of a set)
  # yaml-language-server: $schema=indicator-set.json"""


def run() -> None:
    """Prints the schema."""
    import json

    from kpi_cli.cli.console import print_data
    from kpi_cli.definition.schema import build_schema

    print_data(json.dumps(build_schema(), ensure_ascii=False, indent=2))
