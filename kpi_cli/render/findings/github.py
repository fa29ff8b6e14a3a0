"""Diagnostics as workflow commands of GitHub Actions: `::error file=draft.yaml,line=41,col=9,title=...::message`.

GitHub shows them beside the lines of a pull request. Everything that was found is there, notes as notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.render.findings.text import list_related, place_of, show_in_full
from kpi_cli.render.text import clean_text
from kpi_cli.render.translate import Language

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# What GitHub's runner takes apart; in properties also the signs that end one (actions/toolkit, command.ts).
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_DATA, **str.maketrans({":": "%3A", ",": "%2C"})}


def render_annotations(diagnostics: Iterable[Diagnostic], *, language: Language, files: Mapping[str, str]) -> str:
    """A line for each diagnostic; `files` gives the path of a file that diagnostics call by a shorter name."""
    return "".join(f"{_render_one(diagnostic, language, files)}\n" for diagnostic in diagnostics)


def _render_one(diagnostic: Diagnostic, language: Language, files: Mapping[str, str]) -> str:
    properties = {**_locate(place_of(diagnostic.place), files), "title": f"kpi {diagnostic.code}"}
    shown = ",".join(f"{name}={_escape(str(value))}" for name, value in properties.items())
    lines = [show_in_full(diagnostic, language), *list_related(diagnostic, language)]
    message = "\n".join(lines).translate(_DATA)
    return f"::{_COMMANDS[diagnostic.severity]} {shown}::{message}"


def _escape(value: str) -> str:
    return clean_text(value, keep="\r\n").translate(_PROPERTY)


def _locate(place: Place | None, files: Mapping[str, str]) -> dict[str, object]:
    """The place in properties. A cell of a workbook has no line: there the message names it."""
    if place is None:
        return {}
    found: dict[str, object | None] = {"file": files.get(place.file, place.file), "line": place.line}
    found |= {"endLine": place.end_line, "col": place.column}
    if place.end_line in (None, place.line):  # GitHub takes columns of one line only
        found["endColumn"] = place.end_column
    else:
        del found["col"]
    return {name: value for name, value in found.items() if value is not None}
