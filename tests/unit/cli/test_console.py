"""Language, colour and streams."""

import io
import os
import subprocess
import sys

import pytest

from kpi_cli.cli.console import choose_language, print_data, wants_colour

VARIABLES = ("KPI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("option", "environment", "language"),
    [
        (None, {}, "en"),
        ("th", {"KPI_LANG": "en"}, "th"),
        ("en", {"KPI_LANG": "th", "LANG": "th_TH.UTF-8"}, "en"),
        (None, {"KPI_LANG": "th", "LANG": "en_US.UTF-8"}, "th"),
        (None, {"LANG": "th_TH.UTF-8"}, "th"),
        (None, {"LC_ALL": "en_GB.UTF-8", "LANG": "th_TH.UTF-8"}, "en"),
        (None, {"LC_MESSAGES": "th_TH", "LANG": "C"}, "th"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"KPI_LANG": "TH-th"}, "th"),
        (None, {"KPI_LANG": ""}, "en"),
    ],
)
def test_language(monkeypatch, option, environment, language):
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert choose_language(option) == language


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "colour"),
    [
        (_Terminal(), {}, True),
        (_Terminal(), {"NO_COLOR": "1"}, False),
        (_Terminal(), {"NO_COLOR": ""}, True),
        (_Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_only_on_a_terminal(monkeypatch, stream, environment, colour):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert wants_colour(stream) is colour


@pytest.mark.parametrize(("text", "printed"), [("a", "a\n"), ("a\n", "a\n"), ("", "")])
def test_data_ends_with_one_line_end(capsys, text, printed):
    print_data(text)
    assert capsys.readouterr().out == printed


def test_a_reader_that_goes_away_is_no_error():
    code = "from kpi_cli.cli.console import print_data\nfor _ in range(2000): print_data('x' * 200)"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
