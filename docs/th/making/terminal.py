"""What kpi prints in a terminal, with its colours, as a page that looks the same everywhere."""

from __future__ import annotations

import contextlib
import fcntl
import html
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

LINE_HEIGHT = 23
CELL_WIDTH = 8.6
PADDING = 18
_PROMPT = r"C:\kpi-งาน>"
_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
_RUN = re.compile("[\u0e00-\u0e7f]+|[█▏▎▍▌▋▊▉░ ]+|[^\u0e00-\u0e7f█▏▎▍▌▋▊▉░ ]+")
_COLOURS = {
    "1": "font-weight:bold",
    "2": "opacity:.65",
    "31": "color:#ff7b72",
    "32": "color:#7ee787",
    "33": "color:#e3b341",
    "34": "color:#79c0ff",
    "36": "color:#56d4dd",
    "38;5;202": "color:#ff7a3d",
    "38;5;172": "color:#dd9a2f",
    "38;5;38": "color:#3cb8d6",
    "38;5;39": "color:#46b4ff",
    "38;5;67": "color:#7ba7cc",
}
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #0d1117; color: #e6edf3; padding: {padding}px; white-space: pre;
        font: 14px/{line}px "DejaVu Sans Mono", "Loma", monospace }}
.row {{ display: flex; height: {line}px }}
.row i {{ flex: none; font-style: normal; overflow: visible }}
</style>{rows}"""


def run_in_terminal(*arguments: str, folder: Path, columns: int) -> list[str]:
    """The command line as an officer sees it, and below it what a terminal of so many columns shows."""
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 60, columns, 0, 0))
    surroundings = {**os.environ, "KPI_LANG": "th", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "kpi_cli", *arguments]
    with subprocess.Popen(command, cwd=folder, env=surroundings, stdout=terminal, stderr=terminal) as running:
        os.close(terminal)
        shown = b"".join(_read_all(main))
        running.wait()
    return [f"{_PROMPT} kpi {' '.join(arguments)}", *shown.decode("utf-8").replace("\r", "").rstrip().split("\n")]


def _read_all(descriptor: int) -> Iterator[bytes]:
    # A terminal that is closed at the other end is an error on Linux, not an end of file.
    with contextlib.suppress(OSError):
        while chunk := os.read(descriptor, 4096):
            yield chunk
    os.close(descriptor)


def draw_terminal(lines: Iterable[str]) -> str:
    """The page."""
    rows = "".join(f'<div class="row">{"".join(_draw_line(line))}</div>' for line in lines)
    return _PAGE.format(padding=PADDING, line=LINE_HEIGHT, rows=rows)


def measure_terminal(lines: list[str]) -> tuple[int, int]:
    """Width and height of the page in pixels."""
    widest = max(_count_cells(_ESCAPE.sub("", line)) for line in lines)
    return round(widest * CELL_WIDTH) + 2 * PADDING, len(lines) * LINE_HEIGHT + 2 * PADDING


def _draw_line(line: str) -> Iterator[str]:
    """Each run of one script is as wide as its cells, so that no font moves a column."""
    style = ""
    for number, part in enumerate(_ESCAPE.split(line)):
        if number % 2:
            style = _read_style(part)
        else:
            yield from (_draw_run(run, style) for run in _RUN.findall(part))


def _read_style(codes: str) -> str:
    return ";".join(look for code, look in _COLOURS.items() if f";{code};" in f";{codes};")


def _draw_run(run: str, style: str) -> str:
    return f'<i style="width:{_count_cells(run) * CELL_WIDTH:.1f}px;{style}">{html.escape(run)}</i>'


def _count_cells(text: str) -> int:
    """How wide a terminal shows it: marks above and below take no cell of their own."""
    return sum(unicodedata.category(character) != "Mn" for character in text)
