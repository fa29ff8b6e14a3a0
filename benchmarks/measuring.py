"""Runs programs in processes of their own, in turn, and measures what they cost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO, Literal, NamedTuple

ROOT = Path(__file__).parent.parent
KPI = (sys.executable, "-m", "kpi_cli")
MOST_READ = 1_000_000
"""Bytes kept of what a program prints: a child begins with the memory that its parent holds, which must stay small."""
Clock = Literal["seconds", "processor"]


@dataclass(frozen=True, slots=True)
class Work:
    """A command, and what shows that it did its work: the exit code, and a word it prints.

    Of one that `times_itself` the two numbers that it prints are its seconds: what it did before does not count.
    """

    name: str
    command: tuple[str, ...]
    done: tuple[int, ...] = (0,)
    says: str = ""
    times_itself: bool = False


class Cost(NamedTuple):
    """What a run cost: seconds from start to exit, seconds of the processor over all threads, megabytes at the highest.

    `code` is what it ended with, `out` and `err` how what it printed begins. The system may not say what memory was
    held; then there are no seconds of the processor either.
    """

    seconds: float
    processor: float
    megabytes: float | None
    code: int
    out: str
    err: str


class Bench(NamedTuple):
    """Where programs are run: the folder, and the variables of the environment."""

    folder: Path
    surroundings: Mapping[str, str]

    def has(self, work: Work) -> bool:
        """Whether the program of `work` is installed."""
        return shutil.which(work.command[0], path=self.surroundings["PATH"]) is not None

    def run(self, work: Work) -> Cost:
        """What `work` cost; the run ends where it did not do its work."""
        cost = run_process(work.command, self)
        if cost.code not in work.done or work.says not in cost.out:
            raise SystemExit("\n".join((f"{work.name} ended with {cost.code}:", *cost.err.splitlines()[-9:])))
        if work.times_itself:
            seconds, processor = map(float, cost.out.split())
            return cost._replace(seconds=seconds, processor=processor)
        return cost

    def take_turns(self, works: Sequence[Work], rounds: int) -> dict[Work, list[Cost]]:
        """What each cost in each round: A B C A B C ..., after one round to warm up."""
        for work in works:
            self.run(work)
        costs: dict[Work, list[Cost]] = {work: [] for work in works}
        for _ in range(rounds):
            for work, taken in costs.items():
                taken.append(self.run(work))
        return costs


def make_surroundings(peers: Path | None = None) -> dict[str, str]:
    """The environment of a run: no settings of kpi, the peers' programs first, then those beside this Python."""
    folders = [str(peers)] if peers else []
    path = os.pathsep.join([*folders, str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # As installed: without the compiled modules that pip leaves beside the sources, each run would compile them again.
    left_out = {"PYTHONDONTWRITEBYTECODE"}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("KPI_") and key not in left_out}
    # Python finds kpi_cli here even where it is not installed.
    return clean | {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def run_process(command: Sequence[str], bench: Bench, patience: float | None = None) -> Cost:
    """What `command` costs, ended after `patience` seconds."""
    program = shutil.which(command[0], path=bench.surroundings["PATH"]) or command[0]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            [program, *command[1:]], cwd=bench.folder, env=bench.surroundings, stdout=out, stderr=err
        )
        code, processor, megabytes = _wait(process, patience)
        return Cost(time.perf_counter() - started, processor, megabytes, code, _read_start(out), _read_start(err))


def _wait(process: subprocess.Popen[bytes], patience: float | None) -> tuple[int, float, float | None]:
    if not hasattr(os, "wait4"):
        return process.wait(patience), 0.0, None
    timer = threading.Timer(patience or 0, process.kill)
    if patience:
        timer.start()
    _, status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    per_megabyte = 1_048_576 if sys.platform == "darwin" else 1_024
    return process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / per_megabyte


def _read_start(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read(MOST_READ).decode("utf-8", "replace")


def take_median(costs: Sequence[Cost], clock: Clock) -> float:
    """The median of the seconds by `clock`."""
    return median(getattr(cost, clock) for cost in costs)


def take_ratio(costs: Sequence[Cost], others: Sequence[Cost], clock: Clock) -> float:
    """The median of the ratios of neighbours, so that a machine that slows down midway slows both sides."""
    return median(getattr(cost, clock) / getattr(other, clock) for cost, other in zip(costs, others, strict=True))


def show_seconds(seconds: float) -> str:
    """Seconds for people: three digits, and milliseconds below one."""
    return f"{seconds * 1000:.3g} ms" if seconds < 0.9995 else f"{seconds:.3g} s"
