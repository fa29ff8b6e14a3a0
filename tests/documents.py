"""Pages of docs/ whose examples run: `python -m tests.documents` writes below each command what it prints now.

A fenced block whose first line names a file after the language (`yaml draft.yaml`) is that file; it stays until the
page names it again. In a `console` block `$ kpi ...` is run where these files lie, and what it prints follows.
A yaml block that does not begin with `kpi:` is completed by the page's `frame.yaml`: an indicator (`- id: ...`) takes
the place of its line `...`, and other keys are added below the frame with the indicator that the page showed last.
"""

from __future__ import annotations

import contextlib
import pathlib
import re
import tempfile
import textwrap
from typing import NamedTuple

from tests.cases.commands import PROMPT, run_command
from tests.cases.workbooks import is_description, write_described

DOCS = pathlib.Path(__file__).resolve().parents[1] / "docs"
PAGES = tuple(DOCS / f"{name}.md" for name in ("language", "diagnostics", "results"))
_BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<name>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_FRAME = "frame.yaml"
_GAP = re.compile(r"^( *)\.\.\.\n", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block: its language, the file that it is, and its text."""

    language: str
    name: str | None
    body: str


def list_blocks(page: pathlib.Path) -> list[Block]:
    return [Block(**match.groupdict()) for match in _BLOCK.finditer(page.read_text(encoding="utf-8"))]


def run_page(page: pathlib.Path) -> str:
    """The text of `page` with what its commands print now."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        runner = _Runner()
        return _BLOCK.sub(lambda match: runner.run(match), text)


class _Runner:
    """Goes down a page: lays down its files, and runs its commands."""

    def __init__(self) -> None:
        self.frame = self.indicator = ""

    def run(self, match: re.Match[str]) -> str:
        block = Block(**match.groupdict())
        if block.language == "console":
            return f"```console\n{self._run_commands(block.body)}```"
        if block.name:
            self._lay_down(block.name, block.body)
        return match[0]

    def _run_commands(self, body: str) -> str:
        commands = [line for line in body.splitlines() if line.startswith(PROMPT)]
        return "\n".join(f"{command}\n{run_command(command).text.rstrip()}\n" for command in commands)

    def _lay_down(self, name: str, body: str) -> None:
        if name == _FRAME:
            self.frame = body
            return
        path = pathlib.Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        described = is_description(path)
        completed = self._complete(body) if path.suffix == ".yaml" and not described else body
        path.write_text(completed, encoding="utf-8")
        if described:
            write_described(path)

    def _complete(self, body: str) -> str:
        if self.frame and body.startswith("-"):
            self.indicator = body
        elif not self.frame or body.startswith(("kpi:", "#")):
            return body
        filled = _GAP.sub(lambda gap: textwrap.indent(self.indicator, gap[1]), self.frame)
        return filled if body == self.indicator else filled + body


if __name__ == "__main__":
    for each in PAGES:
        if each.exists():
            each.write_text(run_page(each), encoding="utf-8")
