"""`kpi diff`: what a change of a definition changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpi_cli.cli.options import KeepGoingOption, LanguageOption, NotesOption, Percent, PercentOption, QuietOption
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice
    from kpi_cli.render.report import Comparison

HELP = """Say what a change of a definition changes: which values get another level, which weights, titles and
districts came, went or differ, and what is wording alone.

OLD and NEW are files, ids, or - for standard input (its roster is looked for beside the other set). With --results
the same figures are scored by both, and the districts are listed whose level, score or rank moves.

A difference is a result, not a finding: the exit code is 0. It is 1 where a set has errors, or a results file."""
EXAMPLES = """\b
Examples:
  kpi diff fy2564-round1 draft.yaml
  kpi diff old.yaml new.yaml --results inbox/ --lang th
  git show HEAD:draft.yaml | kpi diff - draft.yaml
  kpi diff old.yaml new.yaml --format md > changes.md"""


class DiffFormat(StrEnum):
    """What `kpi diff` prints."""

    table = "table"
    json = "json"
    md = "md"


def run(
    old: Annotated[str, typer.Argument(metavar="OLD", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", show_default=False)],
    results: Annotated[
        list[str] | None,
        typer.Option("--results", metavar="FILE", help="Results to score by both; repeatable.", show_default=False),
    ] = None,
    format_: Annotated[DiffFormat, typer.Option("--format", help="A table, json, or markdown.")] = DiffFormat.table,
    percent: PercentOption = Percent.refuse,
    keep_going: KeepGoingOption = False,
    lang: LanguageOption = None,
    notes: NotesOption = False,
    quiet: QuietOption = False,
) -> None:
    """Compares the sets, prints what differs, and exits with what was found on the way."""
    from kpi_cli.cli.console import print_pieces
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.progress import show_progress
    from kpi_cli.cli.sides import list_findings, say_side_findings, say_sides_scored
    from kpi_cli.workflows import ScoreOptions
    from kpi_cli.workflows.diff import diff_files

    voice = Voice.of(lang, quiet=quiet)
    files = list(results or [])
    if [old, new, *files].count("-") > 1:
        voice.fail_usage(mark("standard input can be only one of the files"))
    options = ScoreOptions(percent=percent.value, keep_going=keep_going, written=("diff",))
    with show_progress(quiet=quiet) as step:
        compared = diff_files(old, new, results=files, options=options, on_file=step)
    comparison = compared.comparison
    say_side_findings(comparison, (compared.old, compared.new), voice, notes=notes, headed=bool(files))
    if files:
        say_sides_scored(comparison, voice, keep_going=keep_going, offer=compared.some_reported)
    print_pieces(_iterate(comparison, format_, voice))
    voice.finish(list_findings(comparison))


def _iterate(comparison: Comparison, format_: DiffFormat, voice: Voice) -> Iterator[str]:
    if format_ is DiffFormat.json:
        from kpi_cli.render.json_text import iterate_text
        from kpi_cli.render.movement.json_v1 import diff_document

        yield from iterate_text(diff_document(comparison, voice.language))
    else:
        yield _render(comparison, format_, voice)


def _render(comparison: Comparison, format_: DiffFormat, voice: Voice) -> str:
    if format_ is DiffFormat.md:
        from kpi_cli.render.diff.markdown import render_diff_markdown

        return render_diff_markdown(comparison, voice.language)
    from kpi_cli.cli.console import terminal_width, wants_colour
    from kpi_cli.render.diff.table import render_diff

    width = terminal_width(sys.stdout)
    return render_diff(comparison, language=voice.language, colour=wants_colour(sys.stdout), width=width)
