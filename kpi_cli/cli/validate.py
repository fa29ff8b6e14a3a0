"""`kpi validate`: checks indicator sets and results files without scoring anyone."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

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
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.console import Language
    from kpi_cli.cli.findings import Voice
    from kpi_cli.workflows import ValidateRun

HELP = """Check indicator sets (YAML), and results files against the set they are for.

Results are held against the set of --set, else the one that a workbook names, else the one set among the files, else
KPI_SET, else the shipped set. Without FILE the set that scoring would use is checked."""
EXAMPLES = """\b
Examples:
  kpi validate draft.yaml
  kpi validate indicators/ --strict
  kpi validate inbox/*.xlsx --set fy2564-round1
  kpi validate draft.yaml --format sarif > kpi.sarif
  kpi validate draft.yaml --suggest-tests --indicator T2"""


class ValidateFormat(StrEnum):
    """What `kpi validate` prints on standard output; `table` is text by the name it has everywhere."""

    text = "text"
    table = "table"
    json = "json"
    github = "github"
    sarif = "sarif"


FilesArgument = Annotated[list[str] | None, typer.Argument(metavar="FILE", show_default=False)]
FormatOption = Annotated[
    ValidateFormat,
    typer.Option("--format", help="Text with excerpts, json, annotations of GitHub Actions, or SARIF 2.1.0."),
]

SuggestOption = Annotated[
    bool,
    typer.Option("--suggest-tests", help="Print cases on both sides of every threshold that `tests:` lacks, as YAML."),
]
IndicatorOption = Annotated[
    list[str] | None,
    typer.Option("--indicator", metavar="ID", help="With --suggest-tests: of this indicator; may be repeated."),
]


def run(
    files: FilesArgument = None,
    set_reference: SetOption = None,
    format_: FormatOption = ValidateFormat.text,
    percent: PercentOption = Percent.refuse,
    lang: LanguageOption = None,
    notes: NotesOption = False,
    strict: StrictOption = False,
    suggest_tests: SuggestOption = False,
    indicator: IndicatorOption = None,
    quiet: QuietOption = False,
) -> None:
    """Checks, prints every finding, and exits with what was found."""
    from kpi_cli.cli.console import print_data
    from kpi_cli.cli.findings import Voice
    from kpi_cli.workflows import validate_files

    voice = Voice.of(lang, quiet=quiet)
    _check_options(voice, format_, suggest=suggest_tests, indicators=indicator or [])
    if suggest_tests:
        from kpi_cli.cli.suggestions import print_suggestions

        print_suggestions(files or [], voice, set_reference=set_reference, indicators=indicator or [])
    checked = validate_files(files or [], set_reference=set_reference, percent=percent.value)
    if checked.chosen is not None:
        voice.say_set(checked.chosen)
    if format_ in _PLAIN:
        _say_checked(checked, voice)
        print_data(_render_text(checked, voice, notes=notes))
        _say_notes(checked, voice, shown=notes)
    else:
        print_data(_render_data(checked, format_, voice.language))
    if format_ is ValidateFormat.github:
        from kpi_cli.render.sentences import summarise

        voice.say(summarise(checked.diagnostics, voice.language))
    voice.finish(checked.diagnostics, strict=strict)


def _check_options(voice: Voice, format_: ValidateFormat, *, suggest: bool, indicators: list[str]) -> None:
    if indicators and not suggest:
        voice.fail_usage(mark("--indicator goes with --suggest-tests"))
    if suggest and format_ not in _PLAIN:
        voice.fail_usage(mark("--suggest-tests prints YAML; --format does not go with it"))


_PLAIN = frozenset({ValidateFormat.text, ValidateFormat.table})


def _say_checked(checked: ValidateRun, voice: Voice) -> None:
    """Says what was read; a set that was chosen and not named was said already."""
    from kpi_cli.render.text import clean_text

    definition = checked.chosen.loaded.definition if checked.chosen else None
    files = clean_text(", ".join((*checked.sets, *checked.results)))
    if checked.results and definition is not None:
        voice.say(voice.words(mark("Checked: {files}, against {id}"), files=files, id=definition.id))
    elif files:
        voice.say(voice.words(mark("Checked: {files}"), files=files))


def _say_notes(checked: ValidateRun, voice: Voice, *, shown: bool) -> None:
    """Says how to see the notes that were only counted; standard input cannot be read again."""
    from kpi_cli.diagnostics import Severity

    typed = sys.argv[1:]
    if not shown and "-" not in typed and any(item.severity is Severity.NOTE for item in checked.diagnostics):
        voice.say_next(["kpi", *typed, "--notes"])


def _render_text(checked: ValidateRun, voice: Voice, *, notes: bool) -> str:
    from kpi_cli.cli.console import wants_colour
    from kpi_cli.diagnostics import Severity
    from kpi_cli.render.findings.text import render_diagnostics
    from kpi_cli.render.sentences import summarise

    found, colour = checked.diagnostics, wants_colour(sys.stdout)
    show = tuple(Severity) if notes else (Severity.ERROR, Severity.WARNING)
    text = render_diagnostics(found, sources=checked.sources, language=voice.language, colour=colour, show=show)
    return "\n\n".join(filter(None, (text.rstrip(), summarise(found, voice.language))))


def _render_data(checked: ValidateRun, format_: ValidateFormat, language: Language) -> str:
    """What a program reads: everything that was found, notes too."""
    from kpi_cli.render.json_text import dump
    from kpi_cli.render.json_v1 import diagnostics_document

    if format_ is ValidateFormat.json:
        return dump(diagnostics_document(checked.diagnostics, language))
    if format_ is ValidateFormat.sarif:
        from kpi_cli.render.findings.sarif import sarif_document

        return dump(sarif_document(checked.diagnostics, language=language, files=checked.list_paths()))
    from kpi_cli.render.findings.github import render_annotations

    return render_annotations(checked.diagnostics, language=language, files=checked.list_paths())
