"""`kpi compare`: movement between the results of two rounds."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kpi_cli.cli.options import (
    KeepGoingOption,
    LanguageOption,
    NotesOption,
    OverallOption,
    Percent,
    PercentOption,
    QuietOption,
    SetOption,
    TieBreakOption,
)
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice
    from kpi_cli.render.report import Comparison
    from kpi_cli.workflows import ChosenSet
    from kpi_cli.workflows.comparison import ComparisonRun

HELP = """Compare the results of two rounds: who rose, who fell, and at which levels.

OLD and NEW are results files, folders or patterns, or - for standard input. Each is scored by its own set: that of
--set-old and --set-new, else of --set, else the one that the workbook names. Entities are matched by code, else by
name, indicators by id; what has no counterpart is said.

A movement is a result, not a finding: the exit code is 0. It is 1 where a set or a results file has errors."""
EXAMPLES = """\b
Examples:
  kpi compare round1.xlsx round2.xlsx
  kpi compare inbox/round1/ inbox/round2/ --set-old fy2564-round1 --set-new round2.yaml
  kpi compare round1.xlsx round2.xlsx --overall team=50,individual=50 --lang th
  kpi compare round1.xlsx round2.xlsx --format json > movement.json"""


class CompareFormat(StrEnum):
    """What `kpi compare` prints."""

    table = "table"
    json = "json"
    md = "md"


SetOldOption = Annotated[
    str | None, typer.Option("--set-old", metavar="FILE|ID", help="The set of the old results.", show_default=False)
]
SetNewOption = Annotated[
    str | None, typer.Option("--set-new", metavar="FILE|ID", help="The set of the new results.", show_default=False)
]


def run(
    old: Annotated[str, typer.Argument(metavar="OLD", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", show_default=False)],
    set_reference: SetOption = None,
    set_old: SetOldOption = None,
    set_new: SetNewOption = None,
    format_: Annotated[
        CompareFormat, typer.Option("--format", help="A table, json, or markdown.")
    ] = CompareFormat.table,
    percent: PercentOption = Percent.refuse,
    keep_going: KeepGoingOption = False,
    overall: OverallOption = None,
    tie_break: TieBreakOption = None,
    lang: LanguageOption = None,
    notes: NotesOption = False,
    quiet: QuietOption = False,
) -> None:
    """Scores both sides, prints what moved, and exits with what was found on the way."""
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.option_texts import parse_ids, parse_shares
    from kpi_cli.cli.progress import show_progress
    from kpi_cli.workflows import ScoreOptions
    from kpi_cli.workflows.compare import Side, compare_files

    voice = Voice.of(lang, quiet=quiet)
    if old == new == "-":
        voice.fail_usage(mark("standard input can be only one of the files"))
    shares, ids = parse_shares(overall, voice), parse_ids(tie_break)
    options = ScoreOptions(None, percent.value, keep_going, shares, ids, written=("compare",))
    before, after = Side(old, set_old or set_reference), Side(new, set_new or set_reference)
    with show_progress(quiet=quiet) as step:
        compared = compare_files(before, after, options, on_file=step)
    _finish(compared, format_, voice, notes=notes, keep_going=keep_going)


def _finish(
    compared: ComparisonRun, format_: CompareFormat, voice: Voice, *, notes: bool, keep_going: bool
) -> NoReturn:
    """Says what was found, prints what moved, and ends the run."""
    from kpi_cli.cli.sides import list_findings

    if compared.usage_errors:
        voice.fail(compared.usage_errors)
    _say_findings(compared, voice, notes=notes, keep_going=keep_going)
    _print(compared.comparison, format_, voice)
    if format_ is CompareFormat.table and compared.comparison.movement is not None:
        _say_next(compared, voice)
    voice.finish(list_findings(compared.comparison))


def _say_findings(compared: ComparisonRun, voice: Voice, *, notes: bool, keep_going: bool) -> None:
    from kpi_cli.cli.sides import say_side_findings, say_sides_scored

    chosen = (compared.old, compared.new)
    say_side_findings(compared.comparison, chosen, voice, notes=notes)
    for one in chosen if compared.old != compared.new else chosen[:1]:
        if one is not None:
            voice.say_set(one)
    say_sides_scored(compared.comparison, voice, keep_going=keep_going, offer=compared.some_reported)


def _say_next(compared: ComparisonRun, voice: Voice) -> None:
    """Where each side has its own definition: how to see in what they differ."""
    old, new = compared.comparison.old, compared.comparison.new
    if compared.old is not None and compared.new is not None and old.set_sha256 != new.set_sha256:
        voice.say_next(["kpi", "diff", _name_again(compared.old), _name_again(compared.new)])


def _name_again(chosen: ChosenSet) -> str:
    """A set as it can be named on a command line: the id of a shipped one, else its file."""
    definition = chosen.loaded.definition
    return definition.id if chosen.shipped and definition is not None else chosen.loaded.file


def _print(comparison: Comparison, format_: CompareFormat, voice: Voice) -> None:
    from kpi_cli.cli.console import print_data

    if format_ is CompareFormat.json:
        from kpi_cli.cli.console import print_pieces
        from kpi_cli.render.json_text import iterate_text
        from kpi_cli.render.movement.json_v1 import compare_document

        print_pieces(iterate_text(compare_document(comparison, voice.language)))
    elif format_ is CompareFormat.md:
        from kpi_cli.render.movement.page import render_compare_markdown

        print_data(render_compare_markdown(comparison, voice.language))
    else:
        from kpi_cli.cli.console import terminal_width, wants_colour
        from kpi_cli.render.movement.page import render_compare

        width, colour = terminal_width(sys.stdout), wants_colour(sys.stdout)
        print_data(render_compare(comparison, language=voice.language, colour=colour, width=width))
