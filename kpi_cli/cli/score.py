"""`kpi score`: reads results, scores and ranks, prints tables and writes files."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpi_cli.cli.options import (
    ForceOption,
    Format,
    KeepGoingOption,
    LanguageOption,
    NotesOption,
    OverallOption,
    Percent,
    PercentOption,
    QuietOption,
    SetOption,
    StrictOption,
    TieBreakOption,
)

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.options import LanguageName
    from kpi_cli.workflows import ScoreOptions, ScoreRun

HELP = """Score results files and rank the entities.

FILE is a workbook (.xlsx, .xls, .ods), a .csv, .json or .parquet file, a folder or a pattern of them, or - for
standard input.
Several files and sheets are merged by entity."""
EXAMPLES = """\b
Examples:
  kpi score results.xlsx
  kpi score inbox/ -o summary.xlsx -o ranking.csv -o report.html
  kpi score results.xlsx --overall team=50,individual=50
  kpi score results.xlsx --fragile --within 0.1
  kpi score results.xlsx --keep-going --format json > scores.json
  kpi score inbox/ --missing
  kpi score country.csv -o scores.csv --engine duckdb"""


class Engine(StrEnum):
    """What computes: Python, or DuckDB, for files of any size."""

    auto = "auto"
    python = "python"
    duckdb = "duckdb"


FilesArgument = Annotated[list[str], typer.Argument(metavar="FILE", help="Results files, folders, patterns, or -.")]
OutputOption = Annotated[
    list[pathlib.Path] | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write .xlsx, .csv, .json, .md or .html; may be repeated. Or .parquet."
    ),
]
EngineOption = Annotated[
    Engine,
    typer.Option(
        "--engine",
        help="What computes; auto is DuckDB to write .parquet, or for one .csv or .parquet over 50 MB; else Python.",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="What standard output carries.")]
MissingOption = Annotated[
    bool, typer.Option("--missing", help="Instead of a ranking, list what is still owed, as a reminder to send.")
]
FragileOption = Annotated[
    bool, typer.Option("--fragile", help="Mark figures close to a threshold, and the ranks that would change.")
]
WithinOption = Annotated[
    str | None,
    typer.Option(
        "--within",
        metavar="DISTANCE",
        help="Implies --fragile: how close, in points of a percent or per cent of any other threshold; else 0.5.",
        show_default=False,
    ),
]


def run(
    files: FilesArgument,
    set_reference: SetOption = None,
    output: OutputOption = None,
    format_: FormatOption = Format.table,
    keep_going: KeepGoingOption = False,
    percent: PercentOption = Percent.refuse,
    overall: OverallOption = None,
    tie_break: TieBreakOption = None,
    missing: MissingOption = False,
    fragile: FragileOption = False,
    within: WithinOption = None,
    engine: EngineOption = Engine.auto,
    lang: LanguageOption = None,
    notes: NotesOption = False,
    strict: StrictOption = False,
    force: ForceOption = False,
    quiet: QuietOption = False,
) -> None:
    """Parses the options, scores, prints, and exits with what was found."""
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.option_texts import parse_distance, parse_ids, parse_shares
    from kpi_cli.workflows import ScoreOptions

    voice, outputs, ids = Voice.of(lang, quiet=quiet), tuple(output or ()), parse_ids(tie_break)
    shares, close = parse_shares(overall, voice), parse_distance(within, voice, asked=fragile)
    options = ScoreOptions(set_reference, percent.value, keep_going, shares, ids, close)
    ways = {"force": force, "notes": notes, "strict": strict}
    if _is_for_duckdb(engine, files, outputs):
        from kpi_cli.cli.score_stream import stream

        stream(files, options, outputs, voice, engine.value, _list_unmet(format_, missing=missing), **ways)
    if missing:
        from kpi_cli.cli.missing import remind

        remind(files, options, voice, format_=format_.value, outputs=outputs, **ways)
    scored = _score(files, options, format_, outputs, voice, force=force)
    _hand_out(scored, format_, outputs, voice, notes=notes, keep_going=keep_going)
    _say_next(scored, files, options, voice, lang=lang, notes=notes, outputs=outputs, shown=format_ is Format.table)
    voice.finish(scored.report.diagnostics, strict=strict)


def _is_for_duckdb(engine: Engine, files: Sequence[str], outputs: tuple[pathlib.Path, ...]) -> bool:
    """Whether DuckDB scores: that is asked for, or the output is of its kind, or the input too large for Python."""
    if engine is Engine.duckdb or any(path.suffix.lower() == ".parquet" for path in outputs):
        return True
    if engine is Engine.python or len(files) != 1 or len(outputs) != 1:
        return False
    from kpi_cli.cli.score_stream import is_large

    return is_large(pathlib.Path(files[0]), outputs[0])


def _score(
    files: Sequence[str],
    options: ScoreOptions,
    format_: Format,
    outputs: tuple[pathlib.Path, ...],
    voice: Voice,
    *,
    force: bool,
) -> ScoreRun:
    """The scoring, with its progress shown; options that name what the set lacks, or no file to write, end the run."""
    from kpi_cli.cli.progress import show_progress
    from kpi_cli.cli.score_out import print_report
    from kpi_cli.workflows import score_files

    _check_outputs(outputs, voice, force=force, inputs=tuple(map(pathlib.Path, files)))
    fragile = () if options.within is None else ("--fragile",)
    written = (format_.value, *(path.suffix.lower()[1:] for path in outputs), *fragile)
    with show_progress(quiet=voice.quiet) as step:
        scored = score_files(files, options._replace(written=written), on_file=step)
    if scored.usage_errors:
        print_report(scored.report, format_.value, voice)
        voice.fail(scored.usage_errors)
    _check_outputs(outputs, voice, force=force, inputs=scored.paths)
    return scored


def _hand_out(
    scored: ScoreRun,
    format_: Format,
    outputs: tuple[pathlib.Path, ...],
    voice: Voice,
    *,
    notes: bool,
    keep_going: bool,
) -> None:
    from kpi_cli.cli.score_out import print_report, write_files

    voice.say_scored(scored, notes=notes, keep_going=keep_going)
    print_report(scored.report, format_.value, voice)
    write_files(scored.report, outputs, voice)


def _list_unmet(format_: Format, *, missing: bool) -> dict[str, bool]:
    """What DuckDB cannot do, and whether it was asked for."""
    return {"--missing": missing, "--format": format_ is not Format.table}


def _check_outputs(
    outputs: tuple[pathlib.Path, ...], voice: Voice, *, force: bool, inputs: tuple[pathlib.Path, ...] = ()
) -> None:
    if not outputs:
        return
    from kpi_cli.cli.outputs import OutputError, check_outputs

    try:
        check_outputs(outputs, force=force, inputs=inputs)
    except OutputError as error:
        voice.fail_output(error)


def _say_next(
    scored: ScoreRun,
    files: Sequence[str],
    options: ScoreOptions,
    voice: Voice,
    *,
    lang: LanguageName | None,
    notes: bool,
    outputs: tuple[pathlib.Path, ...],
    shown: bool,
) -> None:
    """The one whom missing figures leave open, explained; else the notes that were not shown; else a workbook.

    Nothing where no ranking is shown, nor after standard input: it cannot be read again.
    """
    from kpi_cli.diagnostics import Severity

    if not shown or "-" in files or scored.report.scorecard is None:
        return
    typed, name = ["kpi", *sys.argv[1:]], _find_open(scored)
    if name is not None:
        shielded = (f"./{file}" if file.startswith("-") else file for file in files)
        voice.say_next(["kpi", "explain", *shielded, name, *_repeat_options(options, lang)])
    elif not notes and any(item.severity is Severity.NOTE for item in scored.report.diagnostics):
        voice.say_next(_add_options(typed, "--notes"))
    elif not outputs:
        voice.say_next(_add_options(typed, "-o", "summary.xlsx"))


def _add_options(typed: Sequence[str], *options: str) -> list[str]:
    """The command with more options: before a `--`, behind which all are files."""
    end = typed.index("--") if "--" in typed else len(typed)
    return [*typed[:end], *options, *typed[end:]]


def _find_open(scored: ScoreRun) -> str | None:
    """Who comes first of those that reported, and not all."""
    sections = scored.report.scorecard.sections if scored.report.scorecard else ()
    rows = (row for section in sections for row in section.rows)
    return next((row.entity.name for row in rows if row.reported and not row.complete), None)


def _repeat_options(options: ScoreOptions, lang: LanguageName | None) -> list[str]:
    named = ["--set", options.set_reference] if options.set_reference else []
    read = [] if options.percent == "refuse" else ["--percent", options.percent]
    going = ["--keep-going"] if options.keep_going else []
    return [*named, *read, *going, *(["--lang", lang.value] if lang else [])]
