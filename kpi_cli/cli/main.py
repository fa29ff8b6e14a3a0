"""The program `kpi` from its start to its exit, and the promise that no traceback reaches a user."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

from kpi_cli.cli.console import find_stop, prepare_streams, print_data, stop_by_exit
from kpi_cli.cli.front_page import answer

USAGE, DEFECT = 2, 3
DEBUG_VARIABLE = "KPI_DEBUG"


def main() -> None:
    """Runs the program. What is not a user's mistake is a defect: exit 3 and one line, the rest under KPI_DEBUG."""
    prepare_streams()
    stop_by_exit()
    try:
        _run(sys.argv[1:])
    except OSError as error:  # files that are read and written are looked after; this is standard output
        _leave(USAGE, f"kpi: cannot write the output: {error.strerror or error}\n")
    except MemoryError:  # no defect: the machine, or a limit set for the run, has no more
        _leave(USAGE, "kpi: there is not enough memory for this; give it more, or fewer files at a time.\n")
    except Exception as error:
        stop = find_stop()
        if stop is not None:  # a library that runs its own loop makes an error of its own of the end of the run
            sys.exit(stop)
        if os.environ.get(DEBUG_VARIABLE):
            raise
        kind = type(error).__name__
        sys.stderr.write(
            f"kpi: a defect in kpi itself ({kind}: {error}); your files are unchanged.\n"
            f"     Please report it with the output of the same command under {DEBUG_VARIABLE}=1.\n"
        )
        sys.exit(DEFECT)


def _run(arguments: list[str]) -> None:
    answered = answer(arguments)
    if answered is not None:
        print_data(answered)
    else:
        _run_command()


def _run_command() -> None:
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none may change what a set means
    # A short run: looking for cycles frees next to nothing (benchmarks/parts.py), and goes through every cell of a long
    # table.
    gc.disable()
    from kpi_cli.cli.app import app

    try:
        app()
    except BaseException as ended:
        # What is left goes with the process: at its end Python need neither look through it for cycles, nor take the
        # cells of a long table apart one by one. An exception knows this frame, and is known by it: it is never free.
        _knot = ended
        raise
    finally:
        gc.freeze()


def _leave(code: int, text: str) -> None:
    """Ends without flushing what could not be written: Python would try again, and say so in its own words."""
    with contextlib.suppress(OSError):  # it may be standard error that cannot be written
        sys.stderr.write(text)
        sys.stderr.flush()
    os._exit(code)
