"""One trial in a process of its own: what it said, how it ended, and the seconds and megabytes it took."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import re
import resource
import sys
import tempfile
import traceback
from collections.abc import Mapping
from typing import NamedTuple

from typer.testing import CliRunner

from kpi_cli.cli.app import app
from kpi_cli.cli.main import main
from tests.fuzz.engines import find_difference
from tests.fuzz.trials import Trial

MAX_SECONDS, MAX_MEGABYTES = 5, 300
"""Of the processor, so that a busy machine finds nothing; memory includes Python and all of kpi."""
ENVIRONMENT = {"KPI_DEBUG": "1", "KPI_LANG": "en", "HOME": "/nowhere"}
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal would obey, or what would turn a line around."""


class Outcome(NamedTuple):
    """How a trial ended; the signal where it was killed. `twin` is what came of its twin, `written` what both wrote."""

    code: int
    signal: int
    seconds: float
    megabytes: float
    out: str
    err: str
    twin: Outcome | None = None
    written: Mapping[str, bytes] = {}


def run_trial(trial: Trial) -> Outcome:
    """Runs `kpi` on the trial in a forked process, in a folder that holds its files alone."""
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name, "work")
        work.mkdir()
        _write_files(trial, work)
        outcome = _fork(trial, work)
        twin = _fork(trial._replace(arguments=trial.twin), work) if trial.twin else None
        return outcome._replace(twin=twin, written=_read_outputs(work))


def _fork(trial: Trial, work: pathlib.Path) -> Outcome:
    out, err = work.with_name("out"), work.with_name("err")
    child = os.fork()
    if child == 0:
        _run_in_child(trial, work, out, err)
    _, status, usage = os.wait4(child, 0)
    code, signal = (os.waitstatus_to_exitcode(status), 0) if os.WIFEXITED(status) else (-1, os.WTERMSIG(status))
    said = (path.read_text(encoding="utf-8", errors="surrogateescape") for path in (out, err))
    return Outcome(code, signal, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, *said)


def run_here(trial: Trial) -> Outcome:
    """The same in this process: faster, and what a defect raises is raised."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        _write_files(trial, pathlib.Path())
        outcome = _invoke(trial.arguments, trial)
        twin = _invoke(trial.twin, trial) if trial.twin else None
        return outcome._replace(twin=twin, written=_read_outputs(pathlib.Path()))


def _invoke(arguments: tuple[str, ...], trial: Trial) -> Outcome:
    given = trial.files[trial.standard_input] if trial.standard_input else b""
    done = CliRunner(env=ENVIRONMENT).invoke(app, arguments, input=given)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Outcome(done.exit_code, 0, 0, 0, done.stdout, done.stderr)


def _read_outputs(folder: pathlib.Path) -> dict[str, bytes]:
    """What trials with a twin wrote, the one as `out`, the other as `twin`."""
    return {
        path.stem: path.read_bytes() for path in folder.iterdir() if path.stem in {"out", "twin"} and path.is_file()
    }


def _write_files(trial: Trial, folder: pathlib.Path) -> None:
    for file, data in trial.files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)


def _run_in_child(trial: Trial, work: pathlib.Path, out: pathlib.Path, err: pathlib.Path) -> None:
    """Never returns."""
    code = 70
    try:
        sys.settrace(None)  # what measures the coverage of the tests takes its own time for every line
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS + 1, MAX_SECONDS + 2))
        os.chdir(work)
        source = os.open(trial.standard_input or os.devnull, os.O_RDONLY)
        for number, stream in enumerate(
            (source, *(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) for path in (out, err)))
        ):
            os.dup2(stream, number)
        code = _run_program(trial.arguments)
    except BaseException:  # whatever it is, it is a finding
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _run_program(arguments: tuple[str, ...]) -> int:
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
    os.environ.update(ENVIRONMENT)
    sys.argv = ["kpi", *arguments]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def judge(trial: Trial, outcome: Outcome) -> str:
    """What is wrong with an outcome, in a word or two; empty where nothing is."""
    if outcome.signal or outcome.code not in {0, 1, 2}:
        last = outcome.err.strip().rpartition("\n")[2]
        return "too slow" if outcome.signal == 24 else f"ended with {outcome.signal or outcome.code}: {last[:200]}"
    if outcome.seconds > MAX_SECONDS:
        return "too slow"
    if outcome.megabytes > MAX_MEGABYTES:
        return "too much memory"
    if "Traceback" in outcome.err or "cannot write the output" in outcome.err:
        return "an error that nobody looked after"
    silent = {"--quiet", "--strict"} <= {*trial.arguments}  # warnings alone end such a run, and are not said
    if outcome.code and not silent and not outcome.err.strip() + outcome.out.strip():
        return "failed without a word"
    if find_obeyed(outcome.err) or find_obeyed(outcome.out):
        return "a terminal would obey what it printed"
    return _judge_json(trial, outcome) or _judge_twin(trial, outcome)


def _judge_twin(trial: Trial, outcome: Outcome) -> str:
    if outcome.twin is None:
        return ""
    own = judge(trial._replace(arguments=trial.twin), outcome.twin)
    return f"the Python engine: {own}" if own else find_difference(outcome, outcome.twin, outcome.written)


def find_obeyed(text: str) -> list[str]:
    """The characters of `text` that a terminal would obey or hide; none in anything that is printed."""
    return _OBEYED.findall(text)


def _judge_json(trial: Trial, outcome: Outcome) -> str:
    """`score` and `validate` print json whatever they found, but after a usage error."""
    promised = trial.arguments[0] in {"score", "validate"} and outcome.code < 2
    if "json" not in trial.arguments or not (promised or outcome.out):
        return ""
    try:
        json.loads(outcome.out)
    except ValueError as error:
        return f"json that is none: {error}"
    return ""
