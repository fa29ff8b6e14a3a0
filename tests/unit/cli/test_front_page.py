"""`kpi --help` and `kpi --version` say the same whether they are answered at once or by the parser."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from kpi_cli.cli.front_page import COMMANDS, OPTIONS, answer, describe_version, draw_front_page
from kpi_cli.version import VERSION

GROUP = get_command(app)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--version"], f"kpi {VERSION}"),
        (["--help"], draw_front_page()),
        (["-h"], draw_front_page()),
        ([], None),
        (["--version", "--lang", "th"], None),
        (["--help", "--nonsense"], None),
        (["score", "--help"], None),
    ],
)
def test_what_needs_no_parser_is_answered_without_one(arguments: list[str], expected: str | None) -> None:
    assert answer(arguments) == expected


@pytest.mark.parametrize("before", [[], ["--lang", "th"], ["--lang=en"]], ids=" ".join)
@pytest.mark.parametrize("after", [[], ["--lang", "th"], ["score"]], ids=" ".join)
@pytest.mark.parametrize(
    ("asked", "expected"),
    [("--version", describe_version()), ("--help", draw_front_page()), ("-h", draw_front_page())],
)
def test_the_parser_says_the_same_wherever_the_option_stands(
    before: list[str], asked: str, after: list[str], expected: str
) -> None:
    result = CliRunner().invoke(app, [*before, asked, *after])
    assert (result.exit_code, result.stdout) == (0, f"{expected}\n")


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_what_the_parser_refuses_is_refused_beside_them_too(asked: str) -> None:
    assert CliRunner().invoke(app, [asked, "--nonsense"]).exit_code == 2


def test_without_an_argument_the_page_is_printed_as_a_usage_error() -> None:
    result = CliRunner().invoke(app, [])
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{draw_front_page()}\n")


def test_the_page_lists_the_options_that_the_parser_knows() -> None:
    parameters = GROUP.get_params(typer.Context(GROUP, **GROUP.context_settings))
    known = {frozenset(each.opts) for each in parameters}
    assert {frozenset(name.partition(" <")[0].split(", ")) for name in OPTIONS} == known


def test_the_page_fits_a_terminal_and_names_every_command() -> None:
    lines = draw_front_page().splitlines()
    assert max(map(len, lines)) <= 80
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
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str
) -> None:
    monkeypatch.setenv("KPI_LANG", "th")
    assert expected in CliRunner().invoke(app, arguments).stdout


def test_a_language_that_is_none_is_refused() -> None:
    assert CliRunner().invoke(app, ["--lang", "xx", "show"]).exit_code == 2


@pytest.mark.parametrize("asked", ["--version", "--help"])
def test_a_reader_that_went_away_is_no_error(asked: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run([sys.executable, "-m", "kpi_cli", asked], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")
