"""Files that are written: whole or not at all, never over an input, over an existing file only with --force."""

import errno
import os
import pathlib
import stat

import pytest

from kpi_cli.cli import outputs
from kpi_cli.cli.outputs import OutputError, check_outputs, write_outputs


def test_a_new_file_may_be_written(tmp_path):
    check_outputs([tmp_path / "out.xlsx", tmp_path / "out.csv"], force=False)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("out.txt", "unknown-suffix"),
        ("out", "unknown-suffix"),
        ("nowhere/out.csv", "no-folder"),
        ("folder.csv", "not-a-file"),
        ("there.csv", "exists"),
    ],
)
def test_what_must_not_be_written_is_refused_before_any_work(tmp_path, name, reason):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "there.csv").write_text("old")
    with pytest.raises(OutputError) as caught:
        check_outputs([tmp_path / name], force=False)
    assert caught.value.reason == reason


def test_force_writes_over_a_file_but_never_over_an_input(tmp_path):
    there, source = tmp_path / "there.csv", tmp_path / "source.csv"
    there.write_text("old")
    source.write_text("input")
    check_outputs([there], force=True)
    with pytest.raises(OutputError, match="is-input"):
        check_outputs([source], force=True, inputs=[source])


def test_a_link_to_an_input_is_the_input(tmp_path):
    source, link, hard = tmp_path / "source.csv", tmp_path / "link.csv", tmp_path / "hard.csv"
    source.write_text("input")
    link.symlink_to(source)
    hard.hardlink_to(source)
    for name in (link, hard, tmp_path / "." / "source.csv"):
        with pytest.raises(OutputError, match="is-input"):
            check_outputs([name], force=True, inputs=[source])


def test_a_link_that_leads_nowhere_is_there_too(tmp_path):
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "target.csv")
    with pytest.raises(OutputError, match="exists"):
        check_outputs([link], force=False)


def test_a_link_stays_one_and_its_target_is_written(tmp_path):
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    write_outputs({link: b"new"})
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_an_output_named_twice_is_refused(tmp_path):
    with pytest.raises(OutputError, match="named-twice"):
        check_outputs([tmp_path / "a.csv", tmp_path / "." / "a.csv"], force=False)


def test_written_files_have_the_bytes_and_the_usual_mode(tmp_path):
    target = tmp_path / "ผล.csv"
    write_outputs({target: b"\x00data"})
    assert target.read_bytes() == b"\x00data"
    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plain", "ผล.csv"]


def test_a_file_that_stood_there_keeps_its_mode(tmp_path):
    target = tmp_path / "a.csv"
    target.write_text("old")
    target.chmod(0o600)
    write_outputs({target: b"new"})
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def refuse(name, problem):
    """A method of a path that fails for the file of that name, before it does anything."""

    def decorate(method):
        def guarded(path, *arguments, **named):
            if name in (path.name, *(part.name for part in arguments if isinstance(part, pathlib.Path))):
                raise problem
            return method(path, *arguments, **named)

        return guarded

    return decorate


FULL = OSError(errno.ENOSPC, "No space left on device")
OPEN_ELSEWHERE = PermissionError(errno.EACCES, "The process cannot access the file")


def test_a_fault_in_writing_the_second_file_leaves_both_as_they_were(tmp_path, monkeypatch):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("old")
    write_beside = outputs._write_beside

    def fail_on_second(file, data):
        write_beside(file, data)
        if file.target == second:
            raise FULL

    monkeypatch.setattr(outputs, "_write_beside", fail_on_second)
    with pytest.raises(OutputError) as caught:
        write_outputs({first: b"new", second: b"new"})
    assert (caught.value.reason, caught.value.file, caught.value.problem) == ("cannot-write", second, FULL.strerror)
    assert first.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("second_names", [True, False], ids=["hard links", "a disk without hard links"])
def test_a_second_file_that_is_open_elsewhere_leaves_all_as_they_were(tmp_path, monkeypatch, second_names):
    """As Windows has it: Excel lets nobody replace the workbook that it shows."""
    new, there, opened = (tmp_path / f"{name}.csv" for name in ("new", "there", "opened"))
    there.write_text("old")
    opened.write_text("old")
    monkeypatch.setattr(pathlib.Path, "replace", refuse("opened.csv", OPEN_ELSEWHERE)(pathlib.Path.replace))
    if not second_names:
        monkeypatch.setattr(outputs.os, "link", refuse("there.csv", OSError(errno.EPERM, "no links"))(outputs.os.link))
    with pytest.raises(OutputError) as caught:
        write_outputs({new: b"new", there: b"new", opened: b"new"})
    assert (caught.value.file, caught.value.problem) == (opened, OPEN_ELSEWHERE.strerror)
    assert opened.read_text() == "old"
    # Where the old one cannot be kept the new one stays: what must never be is none.
    assert there.read_text() == ("old" if second_names else "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["opened.csv", "there.csv"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("moment", ["write", "move"])
def test_being_stopped_leaves_all_as_they_were(tmp_path, monkeypatch, stop, moment):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("old")
    if moment == "write":
        monkeypatch.setattr(outputs.os, "fsync", lambda handle: (_ for _ in ()).throw(stop))
    else:
        monkeypatch.setattr(pathlib.Path, "replace", refuse("b.csv", stop())(pathlib.Path.replace))
    with pytest.raises(stop):
        write_outputs({first: b"new", second: b"new"})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.csv", "old")]


def test_a_name_that_is_too_long_is_refused_before_any_work(tmp_path):
    with pytest.raises(OutputError) as caught:
        check_outputs([tmp_path / f"{'a' * 300}.csv"], force=True)
    assert (caught.value.reason, caught.value.problem) == ("cannot-write", "File name too long")


def test_links_that_lead_in_a_circle_are_refused_before_any_work(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    with pytest.raises(OutputError) as caught:
        check_outputs([tmp_path / "a.csv"], force=True)
    assert (caught.value.reason, caught.value.problem) == ("cannot-write", os.strerror(errno.ELOOP))


def test_a_name_as_long_as_a_disk_allows_is_written(tmp_path):
    target = tmp_path / f"{'ก' * 80}.csv"
    write_outputs({target: b"new"})
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))])
def test_a_pipe_or_a_device_is_no_file_to_write_over(tmp_path, make):
    target = tmp_path / "out.json"
    try:
        make(target)
    except PermissionError:
        pytest.skip("only root makes a device")
    with pytest.raises(OutputError, match="not-a-file"):
        check_outputs([target], force=True)


@pytest.mark.parametrize(
    ("name", "device"),
    [
        ("NUL.xlsx", True),
        ("con.json", True),
        ("Aux .csv", True),
        ("lpt1.md", True),
        ("COM¹.html", True),
        ("nul.old.csv", True),
        ("results.csv:x.json", True),
        ("null.csv", False),
        ("con_2564.csv", False),
        ("com10.csv", False),
        ("my nul.csv", False),
    ],
)
def test_the_devices_of_windows_are_files_elsewhere(tmp_path, monkeypatch, name, device):
    check_outputs([tmp_path / name], force=False)
    monkeypatch.setattr(outputs, "ON_WINDOWS", True)
    if device:
        with pytest.raises(OutputError, match="not-a-file"):
            check_outputs([tmp_path / name], force=True)
    else:
        check_outputs([tmp_path / name], force=False)
