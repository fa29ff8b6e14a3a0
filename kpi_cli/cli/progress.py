"""What is shown of work that takes longer than a second, on a terminal and nowhere else."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Step: TypeAlias = Callable[[str, int], None]
"""Called with the name of the file that is read now, and how many there are."""
_PATIENCE = 1.0


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Step]:
    """Gives what is to be called at each file; a bar appears once a second has passed, and goes when all is done."""
    if quiet or not sys.stderr.isatty():
        yield lambda _name, _total: None
        return
    bar = _Bar()
    timer = threading.Timer(_PATIENCE, bar.appear)
    timer.daemon = True
    timer.start()
    try:
        yield bar.step
    finally:
        timer.cancel()
        bar.vanish()


class _Bar:
    """A bar of rich, which is imported only when there is one to show."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.name, self.done, self.total = "", 0, 0
        self.shown: tuple[Progress, TaskID] | None = None
        self.over = False

    def step(self, name: str, total: int) -> None:
        """One more file is begun."""
        with self.lock:
            self.name, self.done, self.total = name, self.done + bool(self.name), total
            self.update()

    def appear(self) -> None:
        """Draws the bar, unless all is done by now."""
        from rich.console import Console
        from rich.progress import Progress

        with self.lock:
            if not self.over:
                progress = Progress(console=Console(stderr=True), transient=True)
                self.shown = progress, progress.add_task("", total=None)
                progress.start()
                self.update()

    def update(self) -> None:
        """Says where the work is."""
        from kpi_cli.render.text import clean_text, cut_middle

        if self.shown:
            progress, task = self.shown
            name = clean_text(cut_middle(self.name, 40)).replace("[", "\\[")
            progress.update(task, description=name, completed=self.done, total=self.total or None)

    def vanish(self) -> None:
        """Takes the bar away."""
        with self.lock:
            self.over = True
            if self.shown:
                self.shown[0].stop()
