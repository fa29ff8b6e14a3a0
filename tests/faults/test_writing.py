"""Faults made to happen while the program writes: a full disk, a read-only one, being stopped, no output.

Whatever happens, what stood under a name is whole, nothing half-written is left beside it, and one sentence says why.
"""

from __future__ import annotations

import contextlib
import functools
import os
import pathlib
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="makes its faults with POSIX limits, mounts and signals")
if os.name != "nt":
    import resource

PROJECT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = PROJECT / "examples" / "buriram_fy2564_round1.xlsx"
OLD = "old\n"
KPI = (sys.executable, "-m", "kpi_cli")
LESS_THAN_ANY_FILE = 100
PATIENCE = 300  # a busy disk holds a file that is written to it for half a minute
# Every command that writes a file, and the names that it writes.
WRITERS = {
    "score": (["score", str(RESULTS), "-o", "a.json", "-o", "b.xlsx", "-o", "c.csv"], ["a.json", "b.xlsx", "c.csv"]),
    "missing": (["score", str(RESULTS), "--missing", "-o", "a.md"], ["a.md"]),
    "explain --all": (["explain", str(RESULTS), "--all", "-o", "."], ["3101.md"]),
    "template": (["template", "-o", "a.xlsx"], ["a.xlsx"]),
    "init": (["init", "a.yaml"], ["a.yaml"]),
    "schema": (["schema", "-o", "a.json"], ["a.json"]),
    "sql": (["sql", "-o", "a.sql"], ["a.sql"]),
}
SMALL_SET = """\
kpi: 1
id: small
title: Small
scale: 1
sections:
  - id: one
    title: One
    indicators:
      - {id: X, title: X, weight: 100, measures: {x: {type: count, title: x}}, levels: {1: {when: {x: ">= 3"}}}}
"""
writers = pytest.mark.parametrize(("arguments", "names"), WRITERS.values(), ids=WRITERS)


def start(arguments: list[str], folder: pathlib.Path, **options: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "KPI_LANG": "en"}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [*KPI, *arguments], cwd=folder, env=environment, text=True, encoding="utf-8", **{**streams, **options}
    )  # type: ignore[call-overload,no-any-return]


def run(arguments: list[str], folder: pathlib.Path, **options: object) -> tuple[int, str]:
    """The exit code, and what was said."""
    process = start(arguments, folder, **options)
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said or ""


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (LESS_THAN_ANY_FILE, LESS_THAN_ANY_FILE))


def put_old(folder: pathlib.Path, names: list[str]) -> None:
    for name in names:
        (folder / name).write_text(OLD)


def check_old(folder: pathlib.Path, names: list[str]) -> None:
    assert {path.name: path.read_text() for path in folder.iterdir()} == dict.fromkeys(names, OLD)


def check_refusal(code: int, said: str, problem: str) -> None:
    assert code == 2, said
    assert problem in said
    # The second where a workbook did not even come together in the folder for temporary files.
    assert "cannot be written" in said or "cannot write the output" in said
    assert "Traceback" not in said


@writers
def test_each_writer_writes(tmp_path: pathlib.Path, arguments: list[str], names: list[str]) -> None:
    """So that the faults below are known to strike what is written."""
    put_old(tmp_path, names)
    code, said = run([*arguments, "--force"], tmp_path)
    assert code <= 1, said
    assert all((tmp_path / name).stat().st_size > LESS_THAN_ANY_FILE for name in names)
    assert not list(tmp_path.glob(".*"))


@writers
def test_a_file_that_may_not_grow(tmp_path: pathlib.Path, arguments: list[str], names: list[str]) -> None:
    put_old(tmp_path, names)
    code, said = run([*arguments, "--force"], tmp_path, preexec_fn=limit_files)
    check_refusal(code, said, "File too large")
    check_old(tmp_path, names)


def test_files_that_duckdb_makes_for_itself_may_not_grow(tmp_path: pathlib.Path) -> None:
    """From too little for its first block to enough for all: it ends well or says where room is wanted."""
    pytest.importorskip("duckdb")
    (tmp_path / "set.yaml").write_text(SMALL_SET, encoding="utf-8")
    (tmp_path / "in.csv").write_text("entity,x\n" + "".join(f"E{row},{row % 7}\n" for row in range(500)))
    ended = set()
    for size in (5_000, 12_000, 20_000, 1_000_000):
        limit = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
        arguments = ["score", "in.csv", "--set", "set.yaml", "-o", "out.csv", "--force", "--engine", "duckdb"]
        code, said = run(arguments, tmp_path, preexec_fn=limit)
        assert code == 0 or (code == 2 and "File too large" in said and "TMPDIR" in said), (size, said)
        ended.add(code)
    assert ended == {0, 2}


@contextlib.contextmanager
def mount(folder: pathlib.Path, size: str) -> Iterator[pathlib.Path]:
    """A file system in memory of that size, where we may make one."""
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(tmp_path: pathlib.Path) -> None:
    arguments, names = WRITERS["score"]
    with mount(tmp_path, "64k") as folder:
        put_old(folder, names)
        code, said = run([*arguments, "--force"], folder)
        check_refusal(code, said, "No space left on device")
        check_old(folder, names)


def test_a_disk_with_room_for_the_first_file_alone(tmp_path: pathlib.Path) -> None:
    with mount(tmp_path, "200k") as folder:
        put_old(folder, ["a.csv", "b.json"])
        code, said = run(["score", str(RESULTS), "--force", "-o", "a.csv", "-o", "b.json"], folder)
        check_refusal(code, said, "b.json")
        check_old(folder, ["a.csv", "b.json"])


@writers
def test_a_disk_that_may_only_be_read(tmp_path: pathlib.Path, arguments: list[str], names: list[str]) -> None:
    with mount(tmp_path, "64k") as folder:
        put_old(folder, names)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        code, said = run([*arguments, "--force"], folder)
        check_refusal(code, said, "Read-only file system")
        check_old(folder, names)


@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root is not held by permissions")
def test_a_folder_that_may_only_be_read(tmp_path: pathlib.Path) -> None:
    put_old(tmp_path, ["a.json"])
    tmp_path.chmod(0o555)
    code, said = run(["schema", "-o", "a.json", "--force"], tmp_path)
    tmp_path.chmod(0o755)
    check_refusal(code, said, "Permission denied")
    check_old(tmp_path, ["a.json"])


WRITE_FOREVER = """
import itertools, pathlib, sys
from kpi_cli.cli.console import stop_by_exit
from kpi_cli.cli.outputs import write_outputs
stop_by_exit()
first, second = pathlib.Path("a.csv"), pathlib.Path("b.csv")
print("ready", flush=True)
for number in itertools.count():
    data = b"%06d" % number * 20_000
    write_outputs({first: data, second: data})
"""
LENGTH = 6 * 20_000


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_being_stopped_at_any_moment(tmp_path: pathlib.Path, name: str) -> None:
    random.seed(name)
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-c", WRITE_FOREVER],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=heed_signals,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(random.uniform(0.01, 0.08))
        process.send_signal(getattr(signal, name))
        wait_for_the_end(process)
        check_whole(tmp_path, killed=name == "SIGKILL")


def heed_signals() -> None:
    """What a test run in the background, or under `nohup`, has its children ignore: `kpi` rightly keeps to that."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def wait_for_the_end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # faulthandler says then where it stands
        pytest.fail(f"still at work after {PATIENCE} s:\n{process.communicate()[1].decode()}")


def check_whole(folder: pathlib.Path, *, killed: bool) -> None:
    """Each file is one round of the loop from end to end; nothing is beside them, but after an outright kill."""
    written = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}
    assert set(written) <= {"a.csv", "b.csv"}
    for data in written.values():
        assert data == data[:6] * 20_000
        assert len(data) == LENGTH
    leftovers = [path for path in folder.iterdir() if path.name.startswith(".")]
    assert all(path.suffix in {".part", ".kept"} for path in leftovers)
    if killed:
        for path in leftovers:
            path.unlink()
    else:
        assert leftovers == []
        assert len(set(written.values())) <= 1  # all files of a round or none


def test_the_program_that_is_told_to_stop_takes_its_files_away(tmp_path: pathlib.Path) -> None:
    put_old(tmp_path, ["b.xlsx"])
    for seconds in (0.3, 0.5, 0.7, 0.9):
        process = start(["score", str(RESULTS), "-o", "b.xlsx", "--force", "-q"], tmp_path, stdout=subprocess.DEVNULL)
        time.sleep(seconds)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode in {0, 128 + signal.SIGTERM, -signal.SIGTERM}  # done; stopped; not yet begun
        assert said == ""
        assert [path.name for path in tmp_path.iterdir()] == ["b.xlsx"]
        assert (tmp_path / "b.xlsx").read_bytes()[:2] == (b"PK" if process.returncode == 0 else b"ol") or seconds > 0.3
        put_old(tmp_path, ["b.xlsx"])


PRINTERS = (
    ["--version"],
    ["--help"],
    ["score", "--help"],
    ["score", str(RESULTS)],
    ["score", str(RESULTS), "--format", "json"],
    ["show"],
    ["schema"],
    ["init"],
)
printers = pytest.mark.parametrize("arguments", PRINTERS, ids=" ".join)
needs_full = pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="there is no /dev/full")


@pytest.mark.parametrize(("command", "expected"), [("score", 2), ("validate", 1)])
def test_standard_input_that_is_closed(tmp_path: pathlib.Path, command: str, expected: int) -> None:
    code, said = run([command, "-"], tmp_path, preexec_fn=lambda: os.close(0))
    assert code == expected
    assert "defect" not in said


@needs_full
@printers
def test_standard_output_that_is_full(tmp_path: pathlib.Path, arguments: list[str]) -> None:
    with pathlib.Path("/dev/full").open("w") as full:
        code, said = run(arguments, tmp_path, stdout=full)
    assert code == 2
    assert "cannot write the output: No space left on device" in said
    assert "Traceback" not in said
    assert "Exception" not in said


@needs_full
@pytest.mark.parametrize("arguments", [["score", str(RESULTS)], ["nothing"]], ids=["score", "usage"])
def test_standard_error_that_is_full(tmp_path: pathlib.Path, arguments: list[str]) -> None:
    with pathlib.Path("/dev/full").open("w") as full:
        assert run(arguments, tmp_path, stderr=full) == (2, "")


@printers
def test_a_reader_that_went_away(tmp_path: pathlib.Path, arguments: list[str]) -> None:
    """As `| head -1` does it, but before the first line."""
    read, write = os.pipe()
    os.close(read)
    code, said = run(arguments, tmp_path, stdout=write)
    os.close(write)
    assert "Traceback" not in said
    assert "Exception" not in said
    assert code in {0, 1}


def test_standard_output_that_is_closed(tmp_path: pathlib.Path) -> None:
    def close() -> None:
        os.close(1)

    code, said = run(["score", str(RESULTS), "-o", "a.json"], tmp_path, preexec_fn=close)
    assert (code, [path.name for path in tmp_path.iterdir()]) == (0, ["a.json"])
    assert "Wrote a.json" in said


def test_a_folder_of_which_nothing_came_goes_again(tmp_path: pathlib.Path) -> None:
    arguments = ["explain", str(RESULTS), "--all", "-o", "pages"]
    code, said = run(arguments, tmp_path, preexec_fn=limit_files)
    assert (code, "cannot be written" in said) == (2, True), said
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "pages").mkdir()
    assert run(arguments, tmp_path, preexec_fn=limit_files)[0] == 2
    assert (tmp_path / "pages").is_dir()  # it was there before
