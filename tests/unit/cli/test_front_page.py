"""`kpi --help` and `kpi --version` say the same whether they are answered at once or by the parser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner, Result

from kpi_cli.cli.app import app
from kpi_cli.cli.front_page import COMMANDS, OPTIONS, answer, describe_version, draw_front_page
from kpi_cli.render.text import display_width
from kpi_cli.render.translate import LANGUAGES, Language
from kpi_cli.version import VERSION

GROUP = get_command(app)
Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs `kpi` with these arguments, through its parser, in English unless they say otherwise."""
    monkeypatch.setenv("KPI_LANG", "en")

    def run(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["kpi", *arguments])
        return CliRunner().invoke(app, arguments)

    return run


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--version"], f"kpi {VERSION}"),
        (["--help"], draw_front_page("en")),
        (["-h"], draw_front_page("en")),
        ([], None),
        (["--version", "--lang", "th"], None),
        (["--help", "--nonsense"], None),
        (["score", "--help"], None),
    ],
)
def test_what_needs_no_parser_is_answered_without_one(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str | None
) -> None:
    monkeypatch.setenv("KPI_LANG", "en")
    assert answer(arguments) == expected


@pytest.mark.parametrize("before", [[], ["--lang", "th"], ["--lang=en"]], ids=" ".join)
@pytest.mark.parametrize("after", [[], ["--lang", "th"], ["score"]], ids=" ".join)
@pytest.mark.parametrize("asked", ["--version", "--help", "-h"])
def test_the_parser_says_the_same_wherever_the_option_stands(
    call: Call, before: list[str], asked: str, after: list[str]
) -> None:
    language: Language = "th" if "th" in (before or after) else "en"
    expected = describe_version() if asked == "--version" else draw_front_page(language)
    result = call(*before, asked, *after)
    assert (result.exit_code, result.stdout) == (0, f"{expected}\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_the_program_answers_in_the_language_of_the_run(asked: str, language: Language) -> None:
    expected = describe_version() if asked == "--version" else draw_front_page(language)
    surroundings = {**os.environ, "KPI_LANG": language}
    ended = subprocess.run([sys.executable, "-m", "kpi_cli", asked], env=surroundings, capture_output=True)
    assert (ended.returncode, ended.stdout.decode().splitlines()) == (0, expected.splitlines())


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_what_the_parser_refuses_is_refused_beside_them_too(call: Call, asked: str) -> None:
    assert call(asked, "--nonsense").exit_code == 2


def test_without_an_argument_the_page_is_printed_as_a_usage_error(call: Call) -> None:
    result = call()
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{draw_front_page('en')}\n")


def test_the_page_lists_the_options_that_the_parser_knows() -> None:
    parameters = GROUP.get_params(typer.Context(GROUP, **GROUP.context_settings))
    known = {frozenset(each.opts) for each in parameters}
    assert {frozenset(name.partition(" <")[0].split(", ")) for name in OPTIONS} == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fits_a_terminal_and_names_every_command(language: Language) -> None:
    lines = draw_front_page(language).splitlines()
    assert max(map(display_width, lines)) <= 80
    assert [line.split()[0] for line in lines if line.split() and line.split()[0] in COMMANDS] == list(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--lang", "th", "show", "T1"], "ระดับ"),
        (["--lang", "th", "show", "T1", "--lang", "en"], "level"),
        (["--lang", "en", "show", "T1"], "level"),
        (["show", "T1"], "ระดับ"),
    ],
)
def test_a_language_before_the_command_counts_where_the_command_names_none(
    call: Call, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str
) -> None:
    monkeypatch.setenv("KPI_LANG", "th")
    assert expected in call(*arguments).stdout


def test_a_language_that_is_none_is_refused(call: Call) -> None:
    assert call("--lang", "xx", "show").exit_code == 2


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_a_reader_that_went_away_is_no_error(asked: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run([sys.executable, "-m", "kpi_cli", asked], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")
