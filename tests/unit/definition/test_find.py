import errno
import pathlib
from collections.abc import Iterator

import pytest

from kpi_cli.definition.find import SetFile, find_set, find_shipped, list_sets, shipped_folder
from kpi_cli.diagnostics import Diagnostic


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    (tmp_path / "indicators").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "indicators"


@pytest.mark.parametrize(
    ("data", "id_"),
    [
        (b"kpi: 1\nid: mine\n", "mine"),
        (b"id: mine\r\nkpi: 1\r\n", "mine"),
        (b"\xef\xbb\xbfid: mine\n", "mine"),
        (b'id: "mine"  # a note\n', "mine"),
        (b"id: 'mine'\n", "mine"),
        (b"id: mine", "mine"),
        (b"# id: other\n  id: mine\n", "mine"),
        (b'"id" : mine\n', "mine"),
        (b"{kpi: 1, id: mine}\n", "mine"),
        (b"id: &anchor mine\n", "mine"),
        (b"#" * 30_000 + b"\nid: mine\n", "mine"),
        (b"id: [mine]\n", None),
        (b"- id: mine\n", None),
        (b"\xff\xfe", None),
    ],
)
def test_the_id_of_a_set_is_found_however_it_is_written(here: pathlib.Path, data: bytes, id_: str | None) -> None:
    (here / "a.yaml").write_bytes(data)
    assert next(list_sets()) == SetFile(pathlib.Path("indicators/a.yaml"), id_)


def test_an_id_is_looked_up_here_before_among_the_shipped(here: pathlib.Path) -> None:
    shipped = find_shipped()
    assert shipped.id is not None
    assert find_set(shipped.id) == shipped
    (here / "b.yml").write_text(f"id: {shipped.id}\n")
    assert find_set(shipped.id) == SetFile(pathlib.Path("indicators/b.yml"), shipped.id)


def test_other_files_are_passed_over(here: pathlib.Path) -> None:
    (here / "a.txt").write_text("id: mine\n")
    (here / "b.yaml").mkdir()
    assert all(item.shipped for item in list_sets())


def test_a_folder_that_is_the_shipped_one_is_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shipped_folder().parent)
    paths = [item.path for item in list_sets()]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("name", ["draft.yaml", "./draft.yaml", "DRAFT.YML", "folder/draft", "draft"])
def test_a_file_is_named_by_its_path(here: pathlib.Path, name: str) -> None:
    path = pathlib.Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("id: mine\n")
    assert find_set(name) == SetFile(path)


@pytest.mark.parametrize(
    ("reference", "variant"),
    [
        ("nothing.yaml", "set-file-not-found"),
        ("folder/nothing", "set-file-not-found"),
        ("folder\\nothing", "set-file-not-found"),
        ("indicators/", "set-file-not-found"),
        ("nothing", "set-id-not-found"),
        ("a\0b", "set-id-not-found"),
        ("", "set-id-not-found"),
    ],
)
def test_what_leads_nowhere_is_an_error_that_lists_the_ids(here: pathlib.Path, reference: str, variant: str) -> None:
    (here / "a.yaml").write_text("id: mine\n")
    found = find_set(reference)
    assert isinstance(found, Diagnostic)
    assert (found.code, found.variant) == ("unreadable", variant)
    assert found.params["set"] == reference
    known = found.params["known"]
    assert isinstance(known, tuple)
    assert known[:2] == ("mine", find_shipped().id)


def test_the_shipped_set_is_the_newest() -> None:
    assert find_shipped() == SetFile(shipped_folder() / "fy2564_round1.yaml", "fy2564-round1", shipped=True)


def test_a_folder_that_may_not_be_entered_is_said(here: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: pathlib.Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(pathlib.Path, "stat", refuse)
    found = find_set("closed/a.yaml")
    assert isinstance(found, Diagnostic)
    assert (found.variant, found.params["problem"]) == ("set-cannot-open", "Permission denied")


def test_an_id_is_not_looked_for_elsewhere_where_the_sets_here_may_not_be_seen(
    here: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = pathlib.Path.iterdir

    def refuse(path: pathlib.Path) -> Iterator[pathlib.Path]:
        if path.name == here.name and not path.is_absolute():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(pathlib.Path, "iterdir", refuse)
    found = find_set(str(find_shipped().id))
    assert isinstance(found, Diagnostic)
    assert (found.variant, found.params["set"]) == ("set-cannot-open", "indicators")
    missing = find_set("nowhere.yaml")
    assert isinstance(missing, Diagnostic)
    assert missing.variant == "set-file-not-found"
