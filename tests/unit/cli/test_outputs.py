"""Files that are written: whole or not at all, never over an input, over an existing file only with --force."""

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


def test_a_fault_in_the_second_file_leaves_both_as_they_were(tmp_path, monkeypatch):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("old")
    write_beside = outputs._write_beside

    def fail_on_second(path: pathlib.Path, data: bytes) -> pathlib.Path:
        if path == second:
            raise OSError(28, "No space left on device")
        return write_beside(path, data)

    monkeypatch.setattr(outputs, "_write_beside", fail_on_second)
    with pytest.raises(OutputError) as caught:
        write_outputs({first: b"new", second: b"new"})
    assert (caught.value.reason, caught.value.file) == ("cannot-write", second)
    assert first.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
