"""`kpi explain`: why each level of an entity, and what the next one takes."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kpi_cli.cli.options import (
    ForceOption,
    KeepGoingOption,
    LanguageOption,
    Percent,
    PercentOption,
    QuietOption,
    SetOption,
)
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice
    from kpi_cli.diagnostics import Diagnostic
    from kpi_cli.model import IndicatorSet
    from kpi_cli.scoring.explain import EntityExplanation
    from kpi_cli.scoring.scorecard import Scorecard
    from kpi_cli.workflows import ScoreRun

HELP = """Show why an entity has each level, and what the next one takes.

FILE is a results file, a folder or a pattern; ENTITY is a name or a code; INDICATOR shows one indicator alone.
With --all a page is written for every entity."""
EXAMPLES = """\b
Examples:
  kpi explain results.xlsx สตึก
  kpi explain inbox/ 3105 T2
  kpi explain results.xlsx สตึก --format md > satuek.md
  kpi explain results.xlsx --all -o pages/"""


class ExplainFormat(StrEnum):
    """What `kpi explain` prints on standard output."""

    table = "table"
    md = "md"
    json = "json"


class Wanted(NamedTuple):
    """What the arguments ask for: results files, whom, and which indicator alone."""

    files: tuple[str, ...]
    entity: str | None = None
    indicator: str | None = None


def run(
    arguments: Annotated[list[str], typer.Argument(metavar="FILE... ENTITY [INDICATOR]", show_default=False)],
    set_reference: SetOption = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="Write a page for every entity, to the folder of -o.")
    ] = False,
    output: Annotated[
        pathlib.Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="Where --all writes its pages.")
    ] = None,
    format_: Annotated[
        ExplainFormat, typer.Option("--format", help="A table, markdown, or json.")
    ] = ExplainFormat.table,
    keep_going: KeepGoingOption = False,
    percent: PercentOption = Percent.refuse,
    lang: LanguageOption = None,
    force: ForceOption = False,
    quiet: QuietOption = False,
) -> None:
    """Scores the files, and prints the explanation of one entity, or writes those of all."""
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.progress import show_progress
    from kpi_cli.workflows import ScoreOptions, score_files

    voice = Voice.of(lang, quiet=quiet)
    _check_options(output, format_, voice, everyone=everyone)
    wanted = Wanted(tuple(arguments)) if everyone else _split_arguments(arguments, voice)
    options = ScoreOptions(set_reference, percent.value, keep_going, written=("explain --all",) if everyone else ())
    with show_progress(quiet=quiet) as step:
        scored = score_files(wanted.files, options, on_file=step)
    voice.say_scored(scored, keep_going=keep_going)
    definition, scorecard = scored.report.definition, scored.report.scorecard
    if definition is None or scorecard is None:
        _print_refused(scored.report.diagnostics, format_, voice)
    elif output is not None:
        from kpi_cli.cli.explain_all import write_pages

        write_pages(scored, definition, scorecard, output, voice, force=force)
    else:
        _explain_one(wanted, scored, definition, scorecard, format_, voice)
    voice.finish(scored.report.diagnostics)


def _check_options(output: pathlib.Path | None, format_: ExplainFormat, voice: Voice, *, everyone: bool) -> None:
    if everyone != (output is not None):
        voice.fail_usage(mark("--all and -o FOLDER go together"))
    if everyone and format_ is ExplainFormat.json:
        voice.fail_usage(mark("--all writes pages of markdown; json is of one entity"))


def _split_arguments(arguments: Sequence[str], voice: Voice) -> Wanted:
    """Files first: what is one, or looks like one. Of one or two arguments that do not, the first is the entity."""
    files = len(arguments)
    while files > 1 and len(arguments) - files < 2 and not _is_file(arguments[files - 1]):
        files -= 1
    if files == len(arguments):  # an entity may well be called as a folder is
        files -= 1
    if files < 1:
        voice.fail_usage(mark("say whom to explain: kpi explain FILE... ENTITY, or --all -o FOLDER"))
    return Wanted(tuple(arguments[:files]), *arguments[files:])


def _is_file(argument: str) -> bool:
    from kpi_cli.results.inputs import looks_like_results

    return looks_like_results(argument)


def _print_refused(found: Sequence[Diagnostic], format_: ExplainFormat, voice: Voice) -> None:
    if format_ is ExplainFormat.json:
        from kpi_cli.cli.console import print_data
        from kpi_cli.render.explain.json_v1 import explain_document
        from kpi_cli.render.json_text import dump

        print_data(dump(explain_document(None, found, voice.language)))


def _explain_one(
    wanted: Wanted,
    scored: ScoreRun,
    definition: IndicatorSet,
    scorecard: Scorecard,
    format_: ExplainFormat,
    voice: Voice,
) -> None:
    from kpi_cli.cli.console import print_data
    from kpi_cli.diagnostics import Diagnostic
    from kpi_cli.render.numbers import section_digits
    from kpi_cli.results.find_entity import find_entity
    from kpi_cli.scoring.explain import explain_entity

    only = None if wanted.indicator is None else voice.find_indicator(definition, wanted.indicator).id
    entity = find_entity(wanted.entity or "", definition.entity, [row.entity for row in scorecard.sections[0].rows])
    if isinstance(entity, Diagnostic):
        _print_refused((entity,), format_, voice)
        voice.fail((entity,))
    explained = explain_entity(definition, scorecard, entity)
    explained, digits = explained if only is None else explained.only(only), section_digits(scorecard, definition)
    print_data(_render(explained, digits, scored, format_, voice))


def _render(
    explained: EntityExplanation, digits: Mapping[str, int], scored: ScoreRun, format_: ExplainFormat, voice: Voice
) -> str:
    if format_ is ExplainFormat.json:
        from kpi_cli.diagnostics import has_errors
        from kpi_cli.render.explain.json_v1 import explain_document
        from kpi_cli.render.json_text import dump

        told = scored.report.diagnostics if has_errors(scored.report.diagnostics) else ()
        return dump(explain_document(explained, told, voice.language))
    if format_ is ExplainFormat.md:
        from kpi_cli.render.explain.markdown import render_explanation_markdown

        return render_explanation_markdown(explained, digits, scored.report, voice.language)
    from kpi_cli.cli.console import describe_screen
    from kpi_cli.render.explain.terminal import render_explanation

    return render_explanation(explained, digits, language=voice.language, **describe_screen())
