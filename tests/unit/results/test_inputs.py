from __future__ import annotations

import io
import os
import pathlib
import sys
from types import SimpleNamespace

import pytest

from kpi_cli.diagnostics import Severity
from kpi_cli.results import inputs
from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.inputs import Found, InputPath, find_files, read_bytes
from tests.unit.results.small_set import check_sentence


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    for name in (
        *("a.xlsx", "b.csv", "ข้อมูล.xlsx", "notes.pdf", "~$a.xlsx", ".hidden.csv", "old.xls"),
        *(
            "in/a.xlsx",
            "in/c.json",
            "in/.x.csv",
            "in/deep/d.csv",
            "other/a.xlsx",
            "bad/x.xlsb",
            "empty/~$y.xlsx",
            "outer/inner/z.csv",
            "[1].csv",
        ),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def shown(found: Found) -> list[str]:
    return [file.shown for file in found.files]


def said(found: Found) -> list[tuple[str, str]]:
    return [(f"{one.code}/{one.variant}".rstrip("/"), str(one.params["file"])) for one in found.diagnostics]


@pytest.mark.parametrize(
    ("arguments", "names", "findings"),
    [
        (["a.xlsx"], ["a.xlsx"], []),
        (["a.xlsx", "./a.xlsx", "in/../a.xlsx"], ["a.xlsx"], []),
        (["b.csv", "a.xlsx"], ["b.csv", "a.xlsx"], []),
        (["in"], ["a.xlsx", "c.json"], [("skipped-file/folder", "in/deep")]),
        (["a.xlsx", "in/a.xlsx"], ["a.xlsx", "in/a.xlsx"], []),
        (["in/a.xlsx", "other/a.xlsx", "b.csv"], ["in/a.xlsx", "other/a.xlsx", "b.csv"], []),
        (["in/*.xlsx", "in"], ["a.xlsx", "c.json"], [("skipped-file/folder", "in/deep")]),
        (["*.csv"], ["[1].csv", "b.csv"], []),
        (["[1].csv"], ["[1].csv"], []),
        (["**/d.csv"], ["d.csv"], []),
        (["*"], ["[1].csv", "a.xlsx", "b.csv", "ข้อมูล.xlsx"], None),
        (["gone.xlsx"], [], [("unreadable/not-found", "gone.xlsx")]),
        (["*.json"], [], [("unreadable/no-match", "*.json")]),
        (["empty"], [], [("unreadable/empty-folder", "empty")]),
        (["bad"], [], [("unreadable/unsupported", "bad/x.xlsb"), ("unreadable/empty-folder", "bad")]),
        (["notes.pdf"], [], [("unreadable/no-table", "notes.pdf")]),
        (["bad/x.xlsb"], [], [("unreadable/unsupported", "bad/x.xlsb")]),
        (["~$a.xlsx", "a.xlsx"], ["a.xlsx"], [("unreadable/lock-file", "~$a.xlsx")]),
        (["in/**"], ["a.xlsx", "c.json", "d.csv"], []),
        (["outer"], [], [("skipped-file/folder", "outer/inner"), ("unreadable/empty-folder", "outer")]),
        (["old.xls", "b.csv"], ["b.csv"], [("unreadable/old-xls", "old.xls")]),
        (["a\0b"], [], [("unreadable/not-found", "a\0b")]),
    ],
)
def test_arguments(
    folder: pathlib.Path, arguments: list[str], names: list[str], findings: list[tuple[str, str]] | None
) -> None:
    found = find_files(arguments)
    for one in found.diagnostics:
        check_sentence(one)
    assert shown(found) == names
    if findings is not None:
        assert said(found) == findings


def test_what_a_pattern_passes_over_is_said(folder: pathlib.Path) -> None:
    assert ("skipped-file", "notes.pdf") in said(find_files(["*"]))
    assert ("unreadable/old-xls", "old.xls") in said(find_files(["*"]))


@pytest.mark.parametrize(
    ("start", "variant"),
    [
        (b"PK\x03\x04", "xls-is-xlsx"),
        (b"\xef\xbb\xbf\r\n<html>", "web-page"),
        (b"<?xml version='1.0'?>", "web-page"),
        (b"", "old-xls"),
    ],
)
def test_what_calls_itself_xls(folder: pathlib.Path, start: bytes, variant: str) -> None:
    (folder / "old.xls").write_bytes(start)
    (found,) = find_files(["old.xls"]).diagnostics
    assert (found.variant, found.severity) == (variant, Severity.ERROR)
    check_sentence(found)


def test_an_xls_that_may_not_be_opened_does_not_hide_its_neighbours(
    folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    (folder / "in" / "b.xls").write_text("x")
    monkeypatch.setattr(pathlib.Path, "open", refuse)
    found = find_files(["in"])
    assert (shown(found), said(found)[0]) == (["a.xlsx", "c.json"], ("unreadable/old-xls", "in/b.xls"))


def test_a_folder_that_is_passed_over_is_a_warning_and_a_file_a_note(folder: pathlib.Path) -> None:
    found = {str(one.params["file"]): one.severity for one in find_files(["*"]).diagnostics if one.code[0] == "s"}
    assert (found["in"], found["notes.pdf"]) == (Severity.WARNING, Severity.NOTE)


def test_a_folder_that_may_not_be_listed(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: pathlib.Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pathlib.Path, "iterdir", refuse)
    found = find_files(["in", "b.csv"])
    assert (shown(found), said(found)) == (["b.csv"], [("unreadable/cannot-open", "in")])
    assert found.diagnostics[0].params["problem"] == "Permission denied"


def test_a_link_to_a_file_is_that_file(folder: pathlib.Path) -> None:
    (folder / "link.xlsx").symlink_to(folder / "a.xlsx")
    assert shown(find_files(["a.xlsx", "link.xlsx"])) == ["a.xlsx"]
    assert shown(find_files(["link.xlsx"])) == ["link.xlsx"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(folder: pathlib.Path) -> None:
    os.mkfifo(folder / "in" / "pipe.csv")
    for arguments in (["in"], ["in/*"]):
        assert ("skipped-file", "in/pipe.csv") in said(find_files(arguments))


def test_a_link_to_nothing_is_not_passed_over(folder: pathlib.Path) -> None:
    (folder / "bad" / "link.csv").symlink_to(folder / "gone.csv")
    (file,) = find_files(["bad"]).files
    with pytest.raises(UnreadableError, match="not-found"):
        read_bytes(file)


def test_files_elsewhere_are_told_apart_by_their_folders(
    folder: pathlib.Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("x")
    (elsewhere / "in").mkdir()
    (elsewhere / "in" / "a.xlsx").write_text("x")
    found = find_files(["in/a.xlsx", str(elsewhere / "in" / "a.xlsx")])
    assert shown(found) == ["in/a.xlsx", f"{elsewhere.name}/in/a.xlsx"]


def test_so_many_files_are_named_in_no_time(folder: pathlib.Path) -> None:
    """Each name was once compared with all others: 20,000 took minutes."""
    names = [f"{number}.csv" for number in range(20_000)]
    assert inputs._shorten_paths([folder / name for name in names]) == names


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"entity,x\n")))
    (file,) = find_files(["-", "-"]).files
    assert file == InputPath(None, "stdin", b"entity,x\n")
    assert read_bytes(file) == b"entity,x\n"


@pytest.mark.parametrize(
    ("source", "variant"),
    [
        (InputPath(None, "stdin", b""), "is-empty"),
        (InputPath(pathlib.Path("/nowhere/x.csv"), "x.csv"), "not-found"),
        (InputPath(pathlib.Path(__file__).parent, "folder"), "cannot-open"),
    ],
)
def test_files_that_cannot_be_had(source: InputPath, variant: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(source)
    assert caught.value.variant == variant


def test_a_file_without_permission(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(pathlib.Path, "open", refuse)
    with pytest.raises(UnreadableError, match="permission"):
        read_bytes(InputPath(tmp_path / "x.csv", "x.csv"))


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    monkeypatch.setattr(inputs, "MAX_BYTES", 10)
    (tmp_path / "x.csv").write_bytes(b"x" * 11)
    with pytest.raises(UnreadableError, match="too-large"):
        read_bytes(InputPath(tmp_path / "x.csv", "x.csv"))
