import pathlib

import pytest

from kpi_cli.definition.roster import MAX_BYTES
from kpi_cli.diagnostics import Place
from tests.patience import within
from tests.unit.definition.small import END, SMALL, load

CSV = "code,name,name_en,aliases\n0101,เมืองเหนือ,North,เมือง|ในเมือง\n0102,ใต้,,\n"


def _find(folder: pathlib.Path, name: str = "rosters/a.csv") -> list[tuple[str, str, str, int | None]]:
    loaded = load(SMALL + f"entity: {{roster: {name}}}\n", folder=folder, file="sets/draft.yaml")
    found = []
    for item in loaded.diagnostics:
        assert isinstance(item.place, Place)
        found.append((item.code, item.variant, item.place.file, item.place.line))
    return found


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    inside = tmp_path / "sets"
    (inside / "rosters").mkdir(parents=True)
    (inside / "rosters" / "a.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "outside.csv").write_text(CSV, encoding="utf-8")
    return inside


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace("\n", "\r").encode(),
        CSV.replace("\n", "\n\n , ,,\n").encode(),
        CSV.replace("North", '"North"').encode(),
        CSV.replace("code,name", "code, name ").encode(),
        CSV.replace("\n", ",,\n").encode(),  # the empty columns that a spreadsheet leaves
    ],
)
def test_a_roster_beside_the_set(folder: pathlib.Path, data: bytes) -> None:
    (folder / "rosters" / "a.csv").write_bytes(data)
    loaded = load(SMALL + "entity: {roster: rosters/a.csv}\n", folder=folder)
    assert loaded.diagnostics == ()
    assert loaded.roster == folder / "rosters" / "a.csv"
    assert loaded.definition is not None
    roster = loaded.definition.entity.roster
    assert roster is not None
    assert [(one.code, one.name, one.name_en, one.aliases) for one in roster] == [
        ("0101", "เมืองเหนือ", "North", ("เมือง", "ในเมือง")),
        ("0102", "ใต้", None, ()),
    ]


def test_an_inline_roster_makes_the_same_set(folder: pathlib.Path) -> None:
    inline = """\
entity:
  roster:
    - {code: "0101", name: เมืองเหนือ, name_en: North, aliases: [เมือง, ในเมือง]}
    - {code: "0102", name: ใต้}
"""
    beside = load(SMALL + "entity: {roster: rosters/a.csv}\n", folder=folder).definition
    within = load(SMALL + inline).definition
    assert beside is not None
    assert within is not None
    assert beside.sha256 == within.sha256


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("../outside.csv", "roster-outside"),
        ("rosters/../../outside.csv", "roster-outside"),
        ("/etc/passwd", "roster-outside"),
        ("link.csv", "roster-outside"),
        ("loop.csv", "roster-not-found"),
        ('"a\\0b"', "roster-outside"),
        ("rosters/b.csv", "roster-not-found"),
        ("rosters", "roster-not-found"),
        ('""', "roster-not-found"),
        ("x" * 5_000, "roster-cannot-open"),
    ],
)
def test_a_roster_that_cannot_be_read(folder: pathlib.Path, name: str, variant: str) -> None:
    (folder / "link.csv").symlink_to(folder.parent / "outside.csv")
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    found = _find(folder, name)
    if name == '"a\\0b"':
        # the escape makes a NUL, which no file name has
        assert found == [("unreadable", variant, "sets/draft.yaml", END)]
        return
    ((code, got, file, line),) = found
    assert (code, file, line) == ("unreadable", "sets/draft.yaml", END)
    assert got in {variant, "roster-outside"} if name == "loop.csv" else got == variant


def test_without_a_folder_no_file_is_read(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    loaded = load(SMALL + "entity: {roster: a.csv}\n")
    assert [item.variant for item in loaded.diagnostics] == ["roster-outside"]


_HERE = "sets/rosters/a.csv"
_YAML = "sets/draft.yaml"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"code,name\n1,\xff\n", [("unreadable", "roster-not-utf8", _YAML, END)]),
        ("code,name\n1,เหนือ\n".encode("cp874"), [("unreadable", "roster-not-utf8", _YAML, END)]),
        (b'code,name\n1,"A\n2,B\n', [("unreadable", "roster-broken", _YAML, END)]),
        (b'code,name\n1,"A"b\n', [("unreadable", "roster-broken", _YAML, END)]),
        (b"x" * (MAX_BYTES + 1), [("unreadable", "roster-too-large", _YAML, END)]),
        (b"", [("missing-key", "roster-header", _HERE, 1), ("missing-key", "roster-header", _HERE, 1)]),
        (b"code\n1\n", [("missing-key", "roster-header", _HERE, 1)]),
        (
            b"code;name\n1;A\n",
            [("unreadable", "roster-separator", _HERE, 1)],
        ),
        (b"code,name,alias\n1,A,B\n", [("unknown-key", "roster-column", _HERE, 1)]),
        (b"code,name,zzz\n1,A,B\n", [("unknown-key", "roster-column", _HERE, 1)]),
        (b"code,name,name\n1,A,B\n", [("duplicate-key", "roster-header", _HERE, 1)]),
        (b"code,name\n1,A\n1,B\n", [("duplicate-id", "roster-row", _HERE, 3)]),
        (
            b"code,name\n1,A\n\n\n1,B\n 1 ,C\n",
            [("duplicate-id", "roster-row", _HERE, 5), ("duplicate-id", "roster-row", _HERE, 6)],
        ),
        ("code,name\na1,A\nA๑,B\n".encode(), [("duplicate-id", "roster-row-alike", _HERE, 3)]),
        (b"code,name\n1,A\n2,A\n", []),  # districts of different provinces
        (b"code,name\n,A\n", [("missing-key", "roster-column", _HERE, 2)]),
        (b"code,name\n1\n", [("missing-key", "roster-column", _HERE, 2)]),
        (b"code,name\n1,A,B\n", [("wrong-type", "roster-row", _HERE, 2)]),
        (b"code,name,\n1,A,B\n", [("wrong-type", "roster-row", _HERE, 2)]),
        (b'code,name\n1,"A\nB"\n,C\n', [("missing-key", "roster-column", _HERE, 4)]),
        ("code,name\n1,A\u2028B\n,C\n".encode(), [("missing-key", "roster-column", _HERE, 3)]),
    ],
)
def test_what_is_wrong_with_a_roster(folder: pathlib.Path, data: bytes, expected: list[object]) -> None:
    (folder / "rosters" / "a.csv").write_bytes(data)
    assert _find(folder) == expected


def test_what_is_wrong_with_the_set_comes_first(folder: pathlib.Path) -> None:
    (folder / "rosters" / "a.csv").write_text("code,name\n1,\n", encoding="utf-8")
    text = SMALL + "entity: {roster: rosters/a.csv}\nzzz: 1\n"
    loaded = load(text, folder=folder, file="sets/the set.yaml")
    assert [item.code for item in loaded.diagnostics] == ["unknown-key", "missing-key"]


def test_a_long_roster_costs_little_time(folder: pathlib.Path) -> None:
    rows = "".join(f"{number:06},name {number}\n" for number in range(60_000))
    (folder / "rosters" / "a.csv").write_text("code,name\n" + rows, encoding="utf-8")
    with within(5):
        assert _find(folder) == []


@pytest.mark.parametrize(
    "text",
    [
        "code,name," + ",".join(f"a{number}" for number in range(60_000)) + "\n1,x\n",
        "code,name" + "," * 100_000 + "\n" + "".join(f"{number},x\n" for number in range(20_000)),
    ],
    ids=["named", "empty"],
)
def test_a_header_of_very_many_columns_is_read_in_time(folder: pathlib.Path, text: str) -> None:
    (folder / "rosters" / "a.csv").write_text(text, encoding="utf-8")
    with within(2):
        load(SMALL + "entity: {roster: rosters/a.csv}\n", folder=folder, file="sets/draft.yaml")


def test_a_row_may_end_before_its_header_does(folder: pathlib.Path) -> None:
    (folder / "rosters" / "a.csv").write_text("code,name,,name_en,aliases,\n1,x\n2,y,,Y\n", encoding="utf-8")
    definition = load(SMALL + "entity: {roster: rosters/a.csv}\n", folder=folder, file="sets/draft.yaml").definition
    assert definition is not None
    assert [(entry.code, entry.name_en, entry.aliases) for entry in definition.entity.roster] == [
        ("1", None, ()),
        ("2", "Y", ()),
    ]
