"""Lines of a source with marks under the places that matter, cut around them where they are long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from kpi_cli.render.style import Paint
from kpi_cli.render.text import char_width, clean_text, display_width

_LONGEST = 96
_BEFORE = 40


class Mark(NamedTuple):
    """What to underline: a line and columns from 1 in characters (`end` is the first one after), and what to say."""

    line: int
    start: int | None
    end: int | None
    sign: str
    style: str
    label: str = ""


class Window(NamedTuple):
    """The characters of a line that are shown, from `start` to before `stop`."""

    start: int
    stop: int


def draw_excerpt(lines: Sequence[str], marks: Iterable[Mark], paint: Paint) -> list[str]:
    """The marked lines with their numbers, in the order of the source; marks past its end are left out."""
    inside = sorted((mark for mark in marks if 1 <= mark.line <= len(lines)), key=lambda mark: mark.line)
    gutter = max((len(str(mark.line)) for mark in inside), default=0)
    drawn: list[str] = []
    for number, on_line in groupby(inside, key=lambda mark: mark.line):
        drawn += _draw_line(lines[number - 1], tuple(on_line), str(number).rjust(max(gutter, 2)), paint)
    return drawn


def _draw_line(line: str, marks: Sequence[Mark], number: str, paint: Paint) -> list[str]:
    empty = paint(" " * len(number) + " |", "blue")
    drawn: list[str] = []
    for window, within in sorted(_share_windows(line, marks).items()):
        drawn.append(f"   {paint(number + ' |', 'blue')} {_show_window(line, window)}".rstrip())
        for mark in within:
            if mark.start is not None:
                drawn.append(f"   {empty} {_underline(line, mark, window, paint)}".rstrip())
    return drawn


def _share_windows(line: str, marks: Sequence[Mark]) -> dict[Window, list[Mark]]:
    """The marks by the window that shows where they begin: a line is shown again for one that lies out of sight."""
    windows: dict[Window, list[Mark]] = {}
    for mark in marks:
        start = min((mark.start or 1) - 1, len(line))
        seen = (
            window for window in windows if window.start <= start < window.stop or start == len(line) == window.stop
        )
        windows.setdefault(next(seen, None) or _choose_window(line, mark), []).append(mark)
    return windows


def _choose_window(line: str, mark: Mark) -> Window:
    if len(line) <= _LONGEST:
        return Window(0, len(line))
    start = max(0, min((mark.start or 1) - 1 - _BEFORE, len(line) - _LONGEST))
    while 0 < start < len(line) and char_width(line[start]) == 0:  # a mark without its letter would move the carets
        start += 1
    return Window(start, min(len(line), start + _LONGEST))


def _show_window(line: str, window: Window) -> str:
    before, after = "…" * (window.start > 0), "…" * (window.stop < len(line))
    return before + clean_text(line[window.start : window.stop]) + after


def _underline(line: str, mark: Mark, window: Window, paint: Paint) -> str:
    start = min(max((mark.start or 1) - 1, window.start), window.stop)
    end = min(max((mark.end or 0) - 1, start), window.stop)
    indent = (window.start > 0) + display_width(clean_text(line[window.start : start]))
    width = max(1, display_width(clean_text(line[start:end])))
    underline = f"{mark.sign * width} {mark.label}".rstrip()
    return " " * indent + paint(underline, mark.style)
