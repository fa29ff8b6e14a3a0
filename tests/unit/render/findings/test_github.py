"""Workflow commands, held to the rules by which GitHub's runner takes them apart again."""

from __future__ import annotations

import re

import pytest

from kpi_cli.diagnostics import Diagnostic, Place, Related, Severity
from kpi_cli.render import sentences
from kpi_cli.render.findings.github import render_annotations
from kpi_cli.render.messages import Sentence
from kpi_cli.render.sentences import Words

WORDS = Words({"gap": Sentence("{value} is amiss", "mend it"), "plain": Sentence("{value}")}, {"here": "here"}, {})


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "load_words", lambda: WORDS)


def annotate(*diagnostics: Diagnostic, **files: str) -> str:
    return render_annotations(diagnostics, language="en", files=files)


def parse(line: str) -> tuple[str, dict[str, str], str]:
    """A command as the runner reads it (actions/runner, ActionCommand.cs)."""
    match = re.fullmatch(r"::(\w+) ([^\n]*?)::([^\n]*)", line)
    assert match, line
    properties = dict(part.split("=", 1) for part in match[2].split(","))
    return match[1], {name: _unescape(value) for name, value in properties.items()}, _unescape(match[3])


def _unescape(text: str) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")]
)
def test_a_line_for_each(severity: Severity, command: str) -> None:
    found = Diagnostic("gap", severity, Place("a.yaml", 3, 5, 3, 9), {"value": 80}, indicator="T2")
    assert annotate(found, found) == (
        f"::{command} file=a.yaml,line=3,endLine=3,col=5,endColumn=9,title=kpi gap::T2: 80 is amiss%0Ahelp: mend it\n"
        * 2
    )


def test_what_the_runner_takes_apart_is_escaped() -> None:
    place = Place("100%, c:d\n.yaml", 1)
    command, properties, message = parse(
        annotate(Diagnostic("plain", Severity.ERROR, place, {"value": "100% a::b, c"})).rstrip("\n")
    )
    assert (command, properties["file"], message) == ("error", "100%, c:d\n.yaml", "100% a::b, c")


def test_a_span_of_several_lines_has_no_columns() -> None:
    (line,) = annotate(Diagnostic("plain", Severity.ERROR, Place("a.yaml", 3, 5, 4, 9), {"value": "x"})).splitlines()
    assert parse(line)[1] == {"file": "a.yaml", "line": "3", "endLine": "4", "title": "kpi plain"}


def test_a_cell_stands_in_the_message_and_its_file_by_its_path() -> None:
    place = Place("a.xlsx", cell="a.xlsx[Team!C5]")
    found = Diagnostic("plain", Severity.ERROR, place, {"value": "x"}, related=(Related("here", place),))
    line = render_annotations([found], language="en", files={"a.xlsx": "inbox/a.xlsx"}).rstrip("\n")
    _, properties, message = parse(line)
    assert properties == {"file": "inbox/a.xlsx", "title": "kpi plain"}
    assert message == "a.xlsx[Team!C5]: x\na.xlsx[Team!C5]: here"


def test_without_a_place_there_is_only_a_title() -> None:
    assert annotate(Diagnostic("plain", Severity.ERROR, None, {"value": "x"})) == "::error title=kpi plain::x\n"
