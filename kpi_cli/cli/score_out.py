"""What `kpi score` hands out: the report on standard output, and as files."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_cli.cli.console import Language
    from kpi_cli.cli.findings import Voice
    from kpi_cli.cli.outputs import Content
    from kpi_cli.render.report import Report


def print_report(report: Report, format_: str, voice: Voice) -> None:
    """The report on standard output, as `--format` names it."""
    from kpi_cli.cli.console import print_data, print_pieces, terminal_width, wants_colour

    if format_ == "table":
        if report.scorecard is not None:
            from kpi_cli.render.terminal import render_score

            width = terminal_width(sys.stdout)
            print_data(render_score(report, language=voice.language, colour=wants_colour(sys.stdout), width=width))
    else:
        print_pieces(_iterate_report(report, format_, voice.language))


def _iterate_report(report: Report, format_: str, language: Language) -> Iterator[str]:
    """The report as text in pieces: csv, json, html or md. A long table is never one text."""
    if format_ == "csv":
        from kpi_cli.render.csv_file import iterate_csv

        yield from iterate_csv(report)
    elif format_ == "json":
        from kpi_cli.render.json_text import iterate_text
        from kpi_cli.render.json_v1 import score_document

        yield from iterate_text(score_document(report, language))
    elif format_ == "html":
        from kpi_cli.render.html_file import render_html

        yield render_html(report, language)
    else:
        from kpi_cli.render.markdown import render_markdown

        yield render_markdown(report, language)


def write_files(report: Report, outputs: tuple[pathlib.Path, ...], voice: Voice) -> None:
    """Writes the report to `outputs`, all or none; where nothing is ranked, says so instead."""
    from kpi_cli.cli.outputs import OutputError, write_outputs

    if not outputs:
        return
    if report.scorecard is None:
        voice.say_not_written(outputs)
        return
    try:
        write_outputs({path: _render_file(report, path.suffix.lower(), voice.language) for path in outputs})
    except OutputError as error:
        voice.fail_output(error)
    voice.say_written(outputs)


def _render_file(report: Report, suffix: str, language: Language) -> Content:
    from kpi_cli.cli.outputs import encode_pieces

    if suffix == ".xlsx":
        from kpi_cli.render.xlsx_file import render_xlsx

        return render_xlsx(report, language)
    return encode_pieces(_iterate_report(report, suffix[1:], language), suffix)
