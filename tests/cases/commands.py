"""Commands and exactly what they print: a file `bad/<code>/*.txt` begins with its command, `$ kpi ...`.

Its last line is the exit code.

`python -m tests.cases` writes below each command what it prints now: read it before it is committed.
"""

from __future__ import annotations

import contextlib
import pathlib
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from unittest import mock

from typer.testing import CliRunner

from kpi_cli.cli.app import app
from kpi_cli.render import sentences
from tests.cases.workbooks import is_description, write_described

HERE = pathlib.Path(__file__).parent
BAD = HERE / "bad"
PROMPT = "$ kpi "


class Printed(NamedTuple):
    """What a command came to."""

    exit_code: int
    text: str

    def below(self, command: str) -> str:
        """The text of a case: the command, what it printed, and its exit code."""
        return f"{command}\n{self.text}\nexit code {self.exit_code}\n"


def list_cases() -> list[pathlib.Path]:
    return sorted(BAD.glob("*/*.txt"))


def copy_cases(folder: pathlib.Path) -> pathlib.Path:
    """The cases in `folder`, with the workbooks that they describe."""
    copied = pathlib.Path(shutil.copytree(BAD, folder / "bad"))
    for path in filter(is_description, list(copied.rglob("*.yaml"))):
        write_described(path)
    return copied


def run_case(case: pathlib.Path, copied: pathlib.Path) -> Printed:
    """Runs the command of `case` in the folder where it stands, among the copies."""
    with contextlib.chdir(copied / case.parent.name):
        return run_command(command_of(case))


def command_of(case: pathlib.Path) -> str:
    return case.read_text(encoding="utf-8").partition("\n")[0]


def run_command(line: str, *, lang: str = "en") -> Printed:
    """Runs `$ kpi ...` here; both streams as a person at a terminal sees them."""
    assert line.startswith(PROMPT), line
    arguments = shlex.split(line.removeprefix(PROMPT))
    with mock.patch.object(sys, "argv", ["kpi", *arguments]):  # the next command is made from this one
        result = CliRunner(env={"KPI_LANG": lang}).invoke(app, arguments)
    return Printed(result.exit_code, result.output)


@contextlib.contextmanager
def record_words() -> Iterator[tuple[set[str], set[str]]]:
    """The keys of the sentences, and of the labels, that are said within."""
    words = sentences.load_words()
    said, labelled = _Recorded(words.sentences), _Recorded(words.labels)
    recorded = words._replace(sentences=said, labels=labelled)
    with mock.patch.object(sentences, "load_words", return_value=recorded):
        yield said.asked, labelled.asked


class _Recorded(dict[str, object]):
    """A table that remembers which of its keys were asked for."""

    def __init__(self, table: Mapping[str, object]) -> None:
        super().__init__(table)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> object:
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: object = None) -> object:
        if key in self:
            self.asked.add(key)
        return super().get(key, default)
