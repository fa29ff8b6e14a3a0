"""`kpi score --missing`: what is still owed, as a reminder, instead of a ranking."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Sequence
from typing import NoReturn

from kpi_cli.cli.console import Language, print_pieces
from kpi_cli.cli.findings import Voice
from kpi_cli.cli.outputs import OutputError, check_outputs, encode_pieces, write_outputs
from kpi_cli.cli.progress import show_progress
from kpi_cli.diagnostics import Severity
from kpi_cli.render.json_text import iterate_text
from kpi_cli.render.owed import OwedReport, iterate_owed_csv, owed_document, render_reminder
from kpi_cli.render.translate import mark
from kpi_cli.workflows.owed import find_owed
from kpi_cli.workflows.scoring import ScoreOptions

SUFFIXES = (".csv", ".json", ".md", ".txt")


def remind(
    files: Sequence[str],
    options: ScoreOptions,
    voice: Voice,
    *,
    format_: str,
    outputs: tuple[pathlib.Path, ...],
    force: bool,
    notes: bool,
    strict: bool,
) -> NoReturn:
    """Prints and writes what is owed, and ends the run: what is merely missing is no finding, refusals are."""
    _refuse_options(options, voice)
    _check(outputs, voice, force=force)
    with show_progress(quiet=voice.quiet) as step:
        run = find_owed(files, options._replace(written=("--missing",)), on_file=step)
    _check(outputs, voice, force=force, inputs=run.paths)
    report, chosen = run.report, run.chosen
    shown = [item for item in report.diagnostics if notes or item.severity is not Severity.NOTE]
    voice.say_diagnostics(shown, {chosen.loaded.file: chosen.loaded.text} if chosen else {}, tuple(Severity))
    if chosen is not None:
        voice.say_set(chosen)
    print_pieces(_iterate(report, format_, voice.language))
    if outputs and report.owed is not None:
        _write(report, outputs, voice)
    voice.finish(report.diagnostics, strict=strict)


def _refuse_options(options: ScoreOptions, voice: Voice) -> None:
    asked = {"--fragile": options.within is not None, "--overall": options.shares, "--tie-break": options.tie_break}
    unmet = [option for option, value in asked.items() if value]
    if unmet:
        voice.fail_usage(mark("--missing ranks nobody, so {option} does not go with it"), option=", ".join(unmet))


def _check(
    outputs: tuple[pathlib.Path, ...], voice: Voice, *, force: bool, inputs: tuple[pathlib.Path, ...] = ()
) -> None:
    try:
        check_outputs(outputs, force=force, inputs=inputs, suffixes=SUFFIXES)
    except OutputError as error:
        if error.reason == "unknown-suffix":
            voice.fail_usage(mark("{file}: --missing writes .txt, .csv, .json or .md"), file=error.file)
        voice.fail_output(error)


def _iterate(report: OwedReport, format_: str, language: Language) -> Iterator[str]:
    if format_ == "json":
        yield from iterate_text(owed_document(report, language))
    elif format_ == "csv":
        yield from iterate_owed_csv(report)
    else:
        yield render_reminder(report, language, markdown=format_ == "md")


def _write(report: OwedReport, outputs: tuple[pathlib.Path, ...], voice: Voice) -> None:
    try:
        kinds = {path: path.suffix.lower() for path in outputs}
        texts = {path: _iterate(report, kind[1:], voice.language) for path, kind in kinds.items()}
        write_outputs({path: encode_pieces(text, kinds[path]) for path, text in texts.items()})
    except OutputError as error:
        voice.fail_output(error)
    voice.say_written(outputs)
