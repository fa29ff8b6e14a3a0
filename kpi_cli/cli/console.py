"""Where words go: data to standard output, everything said to a person to standard error."""

from __future__ import annotations

import contextlib
import locale
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Literal, TypeAlias, TypedDict

Language: TypeAlias = Literal["th", "en"]
LANGUAGE_VARIABLE = "KPI_LANG"
_NAMED = "--lang"
_stops: list[int] = []
_STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""The signals that tell a program to stop; no system knows all of them."""


def prepare_streams() -> None:
    """UTF-8 out even where the locale is not: a console that cannot show Thai must not crash the program."""
    # A stream that was closed from the start is none.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # closed by the caller
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def stop_by_exit() -> None:
    """Makes being told to stop, by Ctrl-C or from elsewhere, an end of the run that takes half-written files away.

    A signal that was ignored from the start (`nohup`) stays so.
    """
    for name in _STOPPING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
            signal.signal(number, _exit_once)


def find_stop() -> int | None:
    """The exit code of a run that was told to stop; None where it was not."""
    return 128 + _stops[0] if _stops else None


def _exit_once(number: int, _: object) -> None:
    _stops.append(number)
    for name in _STOPPING:  # none again while files are taken away
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise SystemExit(128 + number)


def print_data(text: str) -> None:
    """Writes `text` to standard output; a reader that went away (`| head`) is no error."""
    _write(sys.stdout, text if text.endswith("\n") or not text else text + "\n")


def print_pieces(pieces: Iterable[str]) -> None:
    """Writes a text to standard output, piece by piece: a long table is never one text."""
    _let_write(sys.stdout, lambda stream: stream.writelines(pieces))


def say(text: str, *, quiet: bool = False) -> None:
    """Writes `text` to standard error, unless the user asked for quiet."""
    if not quiet and text:
        _write(sys.stderr, text if text.endswith("\n") else text + "\n")


def _write(stream: IO[str], text: str) -> None:
    _let_write(stream, lambda stream: stream.write(text))


def _let_write(stream: IO[str], write: Callable[[IO[str]], object]) -> None:
    try:
        write(stream)
        stream.flush()
    except BrokenPipeError:
        # What is still buffered would raise again when Python closes the stream: let it go nowhere.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def wants_colour(stream: IO[str]) -> bool:
    """Colour only on a terminal, and not where NO_COLOR is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width(stream: IO[str]) -> int | None:
    """The columns of a terminal, or None where `stream` is none."""
    if not stream.isatty():
        return None
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except OSError:
        return None


class Screen(TypedDict):
    """What a page for standard output is drawn for; without a width nothing is folded."""

    colour: bool
    width: int | None


def describe_screen() -> Screen:
    """Standard output as a screen."""
    return {"colour": wants_colour(sys.stdout), "width": terminal_width(sys.stdout)}


def choose_language(option: str | None) -> Language:
    """`--lang`, else KPI_LANG, else the locale, else English."""
    for name in (option, os.environ.get(LANGUAGE_VARIABLE), *_locale_names()):
        if name:
            return "th" if name.lower().replace("-", "_").split("_")[0] in {"th", "thai"} else "en"
    return "en"


def find_language(arguments: Sequence[str]) -> Language:
    """The language asked for, looked for among the words of the command line, which may not be parsed yet."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    asked = (
        value if word == _NAMED else word.partition("=")[2]
        for word, value in pairs
        if word == _NAMED or word.startswith(f"{_NAMED}=")
    )
    return choose_language(next(asked, None))


def _locale_names() -> tuple[str | None, ...]:
    """The locale as POSIX names it, and as Windows does, where no variable is set."""
    named = tuple(os.environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return named if any(named) or os.name != "nt" else (locale.getlocale()[0],)
