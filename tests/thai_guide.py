r"""The guide for officers, and its short form README.th.md.

`python -m tests.thai_guide` writes below each command what it prints now. In a `console` block stands
`C:\kpi-งาน> kpi ...`, and what it prints; in a `bat` block stand commands alone. All are run in Thai, in an officer's
folder as `docs/th/making/officer.py` lays it down.
"""

from __future__ import annotations

import contextlib
import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tests.cases.commands import PROMPT, Printed, run_command

GUIDE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "th"
PAGES = [GUIDE.parents[1] / "README.th.md", *sorted(GUIDE.glob("*.md"))]
_OFFICERS_PROMPT = r"C:\kpi-งาน> kpi "
_BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>\w+)\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)


def list_commands(page: pathlib.Path) -> list[str]:
    """The lines of its bat blocks."""
    blocks = _BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [line.strip() for block in blocks if block["language"] == "bat" for line in block["body"].splitlines()]


def run(command: str) -> Printed:
    """Runs `kpi ...` here, in Thai."""
    return run_command(PROMPT + command.removeprefix("kpi "), lang="th")


def run_page(page: pathlib.Path) -> str:
    """The text of `page` with what its console blocks print now."""
    with officers_folder():
        return _BLOCK.sub(_run_block, page.read_text(encoding="utf-8"))


@contextlib.contextmanager
def officers_folder() -> Iterator[None]:
    """The folder for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        subprocess.run([sys.executable, GUIDE / "making" / "officer.py", folder], check=True)
        yield


def _run_block(block: re.Match[str]) -> str:
    if block["language"] != "console":
        return block[0]
    command = block["body"].partition("\n")[0]
    assert command.startswith(_OFFICERS_PROMPT), command
    printed = run(command.removeprefix(_OFFICERS_PROMPT)).text.rstrip()
    return f"```console\n{command}\n{printed}\n```"


if __name__ == "__main__":
    for each in PAGES:
        each.write_text(run_page(each), encoding="utf-8")
