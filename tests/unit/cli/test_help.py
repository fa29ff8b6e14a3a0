from __future__ import annotations

import re
import sys
from typing import Any

import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import COMMANDS, app
from kpi_cli.render.text import display_width
from kpi_cli.render.translate import translate

_THAI = re.compile("[\u0e01-\u0e5b]")


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs `kpi` with these arguments and gives its output."""

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["kpi", *arguments])
        monkeypatch.setenv("LANGUAGE", "en")  # as in a process of its own, whatever was printed before
        return CliRunner().invoke(app, list(arguments), prog_name="kpi", env={"COLUMNS": "80"}).output

    return run


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "th"])
def test_help_fits_a_screen_and_says_no_type_of_python(call: Any, command: str, language: str) -> None:
    lines = call(command, "--help", "--lang", language).splitlines()
    examples = next(number for number, line in enumerate(lines) if line.strip() in {"Examples:", "ตัวอย่าง:"})
    assert max(display_width(line) for line in lines[:examples]) <= 80
    assert not any(word in line for line in lines for word in ("list[", "<str>"))


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_thai_where_thai_is_asked_for(call: Any, command: str) -> None:
    page = call(command, "--lang", "th", "--help")
    meanings = [line for line in page.splitlines() if re.match(r"  -\S+.*  \S", line)]
    assert meanings
    assert [line for line in meanings if not _THAI.search(line)] == []
    assert re.search(r"Usage|Options|Arguments|Examples|default:|required", page) is None


def test_help_in_english_is_as_it_stands_in_the_code(call: Any) -> None:
    page = call("show", "--help")
    assert page.startswith(
        "Usage: kpi show [OPTIONS] [[SET] [INDICATOR]]...\n\n  Show the agreement as a readable table"
    )
    assert re.search(r"\n  --set FILE\|ID +The indicator set: a YAML file, or the id of a set\.\n", page)
    assert page.endswith(
        "\n    kpi show\n    kpi show fy2564-round1 T2\n    kpi show draft.yaml --format md > agreement.md\n"
    )


@pytest.mark.parametrize(
    ("arguments", "english", "thai"),
    [
        (
            ["score", "x", "--frmat", "y"],
            "No such option: --frmat (Possible options: --format, --fragile)",
            "ไม่มีตัวเลือก --frmat (หมายถึง --format, --fragile หรือไม่)",
        ),
        (["score", "x", "-z"], "No such option: -z", "ไม่มีตัวเลือก -z"),
        (["scorr"], "No such command 'scorr'. Did you mean `score`?", "ไม่มีคำสั่ง 'scorr' หมายถึง `score` หรือไม่"),
        (["zzz"], "No such command 'zzz'.", "ไม่มีคำสั่ง 'zzz'"),
        (["schema", "x", "y"], "Got unexpected extra argument(s) (x y)", "ระบุเกินมา (x y)"),
        (["score"], "Missing argument 'FILE'.", "ยังไม่ได้ระบุ 'FILE'"),
        (["score", "x", "--set"], "Option '--set' requires an argument.", "ตัวเลือก '--set' ต้องมีค่าตามหลัง"),
        (["score", "x", "--notes=1"], "Option '--notes' does not take a value.", "ตัวเลือก '--notes' ไม่รับค่า"),
        (
            ["score", "x", "--percent", "half"],
            "Invalid value for '--percent': 'half' is not one of 'refuse', 'points', 'fraction'.",
            "ใช้ 'half' กับ '--percent' ไม่ได้ เลือกได้เฉพาะ 'refuse', 'points', 'fraction'",
        ),
    ],
)
def test_what_the_parser_refuses_is_said_in_both_languages(
    call: Any, monkeypatch: pytest.MonkeyPatch, arguments: list[str], english: str, thai: str
) -> None:
    for language, problem in (("en", english), ("th", thai)):
        monkeypatch.setenv("KPI_LANG", language)
        said = translate(language)("Error: {problem}", problem=problem)  # type: ignore[arg-type]
        assert call(*arguments).splitlines()[-1] == said


def test_an_option_without_a_command_is_asked_for_one(call: Any) -> None:
    assert call("--lang", "en").endswith("\nError: Missing command.\n")
    assert call("--lang", "th").endswith("\nผิดพลาด: ยังไม่ได้ระบุคำสั่ง\n")
