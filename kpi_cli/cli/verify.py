"""`kpi verify`: recomputes an exported report from its inputs, and says whether it stands."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kpi_cli.cli.options import (
    KeepGoingOption,
    LanguageOption,
    OverallOption,
    Percent,
    QuietOption,
    SetOption,
    TieBreakOption,
)
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice
    from kpi_cli.workflows.verify import VerifyRun

HELP = """Recompute an exported report from its inputs, and say whether it still stands.

REPORT is an .xlsx or .json that kpi score -o wrote, FILE the results that it was made from: files, folders or
patterns. The files that the report names are never opened. The set and the options are those given here, else those
that the report names.

Exit code 0: the set, the files, every figure and every text are those of the report. 1: they are not; each difference
is named. 2: the report, or a file, cannot be read. A hash is no signature: it does not say who wrote the report."""
EXAMPLES = """\b
Examples:
  kpi verify summary.xlsx results.xlsx
  kpi verify summary.xlsx inbox/ --set round2.yaml
  kpi verify scores.json inbox/ --percent points --format json"""


class VerifyFormat(StrEnum):
    """What `kpi verify` prints."""

    table = "table"
    json = "json"


PercentOption = Annotated[
    Percent | None,
    typer.Option(
        "--percent",
        help="What an unformatted 0.85 in a percent means: refused, 0.85 %, or 85 %; else as the report says.",
        show_default=False,
    ),
]


def run(
    report: Annotated[str, typer.Argument(metavar="REPORT", show_default=False)],
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Results files, folders, patterns, or -.")],
    set_reference: SetOption = None,
    format_: Annotated[VerifyFormat, typer.Option("--format", help="A table, or json.")] = VerifyFormat.table,
    percent: PercentOption = None,
    keep_going: KeepGoingOption = False,
    overall: OverallOption = None,
    tie_break: TieBreakOption = None,
    lang: LanguageOption = None,
    quiet: QuietOption = False,
) -> None:
    """Scores again, compares, prints, and exits with whether the report stands."""
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.option_texts import parse_ids, parse_shares
    from kpi_cli.cli.progress import show_progress
    from kpi_cli.workflows import ScoreOptions
    from kpi_cli.workflows.verify import VerifyOptions, verify_report

    voice = Voice.of(lang, quiet=quiet)
    if report == "-" and "-" in files:
        voice.fail_usage(mark("standard input can be only one of the files"))
    reading = Percent.refuse if percent is None else percent
    given = ScoreOptions(set_reference, reading.value, keep_going, parse_shares(overall, voice), parse_ids(tie_break))
    with show_progress(quiet=quiet) as step:
        verified = verify_report(report, files, VerifyOptions(given, percent is not None), on_file=step)
    _finish(verified, format_, voice)


def _finish(verified: VerifyRun, format_: VerifyFormat, voice: Voice) -> NoReturn:
    """Says what kept figures from being computed, prints what was compared, and ends the run."""
    from kpi_cli.cli.exit_codes import CLEAN, FINDINGS, choose_exit_code
    from kpi_cli.diagnostics import Severity

    if verified.usage_errors:
        voice.fail(verified.usage_errors)
    verification, scored = verified.verification, verified.scored
    chosen = scored.chosen if scored else None
    if verification is None or verification.figures is None:
        voice.say_diagnostics(
            verified.diagnostics, {chosen.loaded.file: chosen.loaded.text} if chosen else {}, (Severity.ERROR,)
        )
    if chosen is not None:
        voice.say_set(chosen)
    _print(verified, format_, voice)
    code = choose_exit_code(verified.diagnostics)
    if verification is not None and code <= FINDINGS:
        code = CLEAN if verification.stands else FINDINGS
    raise typer.Exit(code)


def _print(verified: VerifyRun, format_: VerifyFormat, voice: Voice) -> None:
    from kpi_cli.cli.console import describe_screen, print_data

    if format_ is VerifyFormat.json:
        from kpi_cli.render.json_text import dump
        from kpi_cli.render.verify.json_v1 import verify_document

        print_data(dump(verify_document(verified.verification, verified.diagnostics, voice.language)))
    elif verified.verification is not None:
        from kpi_cli.render.verify.page import render_verification

        print_data(render_verification(verified.verification, language=voice.language, **describe_screen()))
