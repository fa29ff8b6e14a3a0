"""`kpi score big.csv -o scores.parquet`: DuckDB scores from file to file, whatever the size."""

from __future__ import annotations

import importlib.util
import pathlib
import tempfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

from kpi_cli.render.text import clean_text
from kpi_cli.render.translate import mark

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice
    from kpi_cli.workflows import ScoreOptions, StreamRun

READ, WRITTEN = (".csv", ".parquet"), (".csv", ".json", ".parquet")
"""The kinds of files that DuckDB reads and writes here."""
LARGE = 50_000_000
"""Bytes; of a csv file the Python engine reads no more."""


def is_large(source: pathlib.Path, output: pathlib.Path) -> bool:
    """Whether `source` is better scored by DuckDB unasked, into a file that it writes."""
    kinds = source.suffix.lower() in READ and output.suffix.lower() in WRITTEN
    return (
        kinds and source.is_file() and source.stat().st_size > LARGE and importlib.util.find_spec("duckdb") is not None
    )


def stream(
    files: Sequence[str],
    options: ScoreOptions,
    outputs: Sequence[pathlib.Path],
    voice: Voice,
    engine: str,
    unmet: Mapping[str, bool],
    *,
    force: bool,
    notes: bool,
    strict: bool,
) -> NoReturn:
    """Scores the one file into the one output, says what was done, and ends the run.

    `unmet` says which options were asked for that only Python meets, beside those in `options`.
    """
    from kpi_cli.cli.progress import show_progress
    from kpi_cli.workflows import stream_file

    _refuse_options({**unmet, **_list_unmet(options)}, voice)
    source, output = _choose_files(files, outputs, voice, engine=engine)
    _check_output(source, output, voice, force=force)
    _say_engine(source, output, voice, asked=engine == "duckdb")
    with tempfile.TemporaryDirectory(prefix=".kpi-", dir=output.parent) as folder:
        beside = pathlib.Path(folder, output.name)
        with show_progress(quiet=voice.quiet) as step:
            run = stream_file(
                source, beside, options.set_reference, step, percent=options.percent, language=voice.language
            )
        if run.rows is not None:
            beside.replace(output)
    voice.say_found(run.diagnostics, {}, notes=notes)
    _say_end(run, output, voice, notes=notes)
    voice.finish(run.diagnostics, strict=strict)


def _refuse_options(asked: Mapping[str, bool], voice: Voice) -> None:
    """What cannot be met is said, and nothing is done without it."""
    unmet = ", ".join(option for option, wanted in asked.items() if wanted)
    if unmet:
        voice.fail_usage(mark("{option} goes with --engine python alone; DuckDB cannot do it"), option=unmet)


def _list_unmet(options: ScoreOptions) -> dict[str, bool]:
    return {
        "--overall": bool(options.shares),
        "--tie-break": bool(options.tie_break),
        "--keep-going": options.keep_going,
        "--fragile": options.within is not None,
    }


def _choose_files(
    files: Sequence[str], outputs: Sequence[pathlib.Path], voice: Voice, *, engine: str
) -> tuple[pathlib.Path, pathlib.Path]:
    from kpi_cli.definition.find import says_yes

    paths = [pathlib.Path(file) for file in files]
    if engine == "python":
        voice.fail_usage(mark("--engine python writes no Parquet"))
    kinds = [{path.suffix.lower() for path in some} for some in (paths, outputs)]
    if (len(paths), len(outputs)) != (1, 1) or not (kinds[0] <= {*READ} and kinds[1] <= {*WRITTEN}):
        voice.fail_usage(
            mark(
                "DuckDB scores one .csv or .parquet file into one .csv, .json or .parquet file:"
                " kpi score in.csv -o out.csv --engine duckdb"
            )
        )
    if importlib.util.find_spec("duckdb") is None:
        voice.fail_usage(mark("DuckDB is not installed: pip install duckdb"))
    if not says_yes(paths[0].is_file):
        voice.fail_usage(mark("{file}: there is no such file"), file=str(paths[0]))
    return paths[0], outputs[0]


def _check_output(source: pathlib.Path, output: pathlib.Path, voice: Voice, *, force: bool) -> None:
    from kpi_cli.cli.outputs import OutputError, check_outputs

    try:
        check_outputs((output,), force=force, inputs=(source,), suffixes=WRITTEN)
    except OutputError as error:
        voice.fail_output(error)


def _say_engine(source: pathlib.Path, output: pathlib.Path, voice: Voice, *, asked: bool) -> None:
    if asked:
        voice.say(voice.words(mark("Engine: DuckDB")))
    elif output.suffix.lower() == ".parquet":
        voice.say(voice.words(mark("Engine: DuckDB, since the output is Parquet")))
    else:
        voice.say(voice.words(mark("Engine: DuckDB, since {file} is over 50 MB"), file=clean_text(source.name)))


def _say_end(run: StreamRun, output: pathlib.Path, voice: Voice, *, notes: bool) -> None:
    from kpi_cli.diagnostics import Severity

    if run.chosen is not None:
        voice.say_set(run.chosen)
    if run.rows is None:
        voice.say_not_written((output,))
    else:
        voice.say(voice.words(mark("{n} rows scored and ranked"), n=f"{run.rows:,}"))
        passed_over = sum(item.severity is Severity.NOTE for item in run.diagnostics)
        if passed_over and not notes:
            voice.say(f"{voice.words(mark('notes {n}'), n=passed_over)} (--notes)")
        voice.say_written((output,))
