"""`kpi validate`: checks indicator sets and results files without scoring anyone."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kpi_cli.cli.options import (
    LanguageOption,
    NotesOption,
    Percent,
    PercentOption,
    QuietOption,
    SetOption,
    StrictOption,
)

HELP = """Check indicator sets (YAML), and results files against the set they are for.

Without FILE the set that scoring would use is checked."""
EXAMPLES = """\b
Examples:
  kpi validate draft.yaml
  kpi validate indicators/ --strict
  kpi validate inbox/*.xlsx --set fy2564-round1
  kpi validate draft.yaml --format json"""


class ValidateFormat(StrEnum):
    """What `kpi validate` prints on standard output; `table` is text by the name it has everywhere."""

    text = "text"
    table = "table"
    json = "json"


def run(
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", show_default=False)] = None,
    set_reference: SetOption = None,
    format_: Annotated[
        ValidateFormat, typer.Option("--format", help="Text with excerpts, or json.")
    ] = ValidateFormat.text,
    percent: PercentOption = Percent.refuse,
    lang: LanguageOption = None,
    notes: NotesOption = False,
    strict: StrictOption = False,
    quiet: QuietOption = False,
) -> None:
    """Checks, prints every finding, and exits with what was found."""
    import sys

    from kpi_cli.cli.console import print_data, wants_colour
    from kpi_cli.cli.findings import Voice
    from kpi_cli.workflows import validate_files

    voice = Voice.of(lang, quiet=quiet)
    checked = validate_files(files or [], set_reference=set_reference, percent=percent.value)
    if checked.chosen is not None:
        voice.say_set(checked.chosen)
    if format_ is ValidateFormat.json:
        from kpi_cli.render.json_v1 import diagnostics_document, dump

        print_data(dump(diagnostics_document(checked.diagnostics, voice.language)))
    else:
        from kpi_cli.diagnostics import Severity
        from kpi_cli.render.diagnostics import render_diagnostics
        from kpi_cli.render.sentences import summarise

        language, colour = voice.language, wants_colour(sys.stdout)
        show = tuple(Severity) if notes else (Severity.ERROR, Severity.WARNING)
        findings = render_diagnostics(
            checked.diagnostics, sources=checked.sources, language=language, colour=colour, show=show
        )
        print_data("\n\n".join(filter(None, (findings.rstrip(), summarise(checked.diagnostics, language)))))
    voice.finish(checked.diagnostics, strict=strict)
