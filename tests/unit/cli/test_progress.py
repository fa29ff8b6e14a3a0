"""A bar appears on a terminal once a second has passed, and nowhere else."""

import io
import sys

import pytest

from kpi_cli.cli import progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "quiet", "patience", "shown"),
    [
        (True, False, 0.0, True),
        (True, False, 60.0, False),
        (True, True, 0.0, False),
        (False, False, 0.0, False),
    ],
)
def test_when_a_bar_is_shown(monkeypatch, terminal, quiet, patience, shown):
    stream = _Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    with progress.show_progress(quiet=quiet) as step:
        step("ส่งเสริม[1].xlsx", 2)
        if patience == 0.0 and terminal and not quiet:
            bar = step.__self__
            for _ in range(500):
                if bar.shown:
                    break
                threading_wait()
        step("b.xlsx", 2)
    assert ("ส่งเสริม[1].xlsx" in stream.getvalue() or "b.xlsx" in stream.getvalue()) is shown


def threading_wait() -> None:
    import time

    time.sleep(0.01)
