"""A report written again as it was: in its language, with its names of files where their contents are the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.render.translate import LANGUAGES, Language, translate

if TYPE_CHECKING:
    from kpi_cli.render.report import Report
    from kpi_cli.results.report import ReportFile
    from kpi_cli.scoring.verify import FileMatch


def write_again(report: ReportFile, scored: Report, files: Sequence[FileMatch]) -> ReportFile:
    """What these files make, written and read as the other was."""
    from kpi_cli.results.report_file import read_report

    as_named = scored._replace(set_file=report.set_file, diagnostics=tuple(_list_diagnostics(report, scored)))
    names = _list_names(files)
    if report.suffix == ".json":
        names = {_escape(given): _escape(reported) for given, reported in names.items()}
        return read_report(_rename(names)(_write_json(report, as_named)).encode(), file=report.file)
    from kpi_cli.render.xlsx_file import render_xlsx
    from kpi_cli.results.report_lines import rename_sheets

    again = read_report(render_xlsx(as_named, _find_language(report.heading)), file=report.file)
    return again._replace(content=rename_sheets(again.content, _rename(names))) if names else again


def _list_diagnostics(report: ReportFile, scored: Report) -> Iterator[Diagnostic]:
    """Those of the scoring, but for the reports of ours beside the results: they come and go, and hold no figure."""
    from kpi_cli.results.cells import OWN_REPORT, pass_over_report

    yield from (one for one in scored.diagnostics if one.code != OWN_REPORT)
    for file in report.passed_over:
        yield from pass_over_report(file).diagnostics


def _write_json(report: ReportFile, scored: Report) -> str:
    from kpi_cli.render.json_text import dump
    from kpi_cli.render.json_v1 import score_document

    return dump(score_document(scored, _find_spoken(report, scored)))


def _find_language(heading: str) -> Language:
    """The language of an xlsx report, by the words that head its last sheet."""
    return next((one for one in LANGUAGES if translate(one)("Made from") == heading), "en")


def _find_spoken(report: ReportFile, scored: Report) -> Language:
    """The language of a json report, by the first sentence of its findings that either language has."""
    from kpi_cli.render.sentences import describe

    said = set(report.said)
    return next(
        (
            language
            for one in scored.diagnostics
            for language in LANGUAGES
            if said & set(filter(None, describe(one, language)))
        ),
        "en",
    )


def _list_names(files: Sequence[FileMatch]) -> dict[str, str]:
    """The names of the given files and what the report calls them; nothing where all are called the same."""
    names = {match.given.file: match.reported.file for match in files if match.given and match.reported}
    return {} if all(given == reported for given, reported in names.items()) else names


def _escape(name: str) -> str:
    """A name as it stands within the text of a json."""
    return json.dumps(name, ensure_ascii=False)[1:-1]


def _rename(names: Mapping[str, str]) -> Callable[[str], str]:
    """What turns one kind of names, wherever a text has them, to the other."""
    if not names:
        return str
    # The longest first: one name may end, or begin, as another does.
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    return lambda text: pattern.sub(lambda match: names[match[0]], text)
