"""Every output, with every hostile name: nothing obeys it, nothing runs it, and nothing is taken for more than text."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import pathlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from kpi_cli.cli.app import app
from tests.fuzz.sandbox import find_obeyed
from tests.safety.hostile_set import NAMES, write_hostile_files

PLAIN = "plain"
Check = Callable[[str, str], None]
"""Takes what was printed for a hostile name, and for a plain one."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _is_text(printed: str, _plain: str) -> None:
    assert printed


def _is_json(printed: str, _plain: str) -> None:
    json.loads(printed)


def _is_csv(printed: str, plain: str) -> None:
    rows, expected = (list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) for text in (printed, plain))
    assert [len(row) for row in rows] == [len(row) for row in expected]
    cells = [cell for row in rows for cell in row if not _NUMBER.fullmatch(cell)]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def _is_markdown(printed: str, plain: str) -> None:
    """As many headings and cells as for a plain name, and no sign of markup that is not escaped."""
    for sign in (r"(?<!\\)<", r"(?<!\\)\[", r"(?<!\\)`", r"(?<!\\)\$"):
        assert re.findall(sign, printed) == re.findall(sign, plain), sign
    for sign in (r"(?m)^#+ ", r"(?<!\\)\|", r"(?m)^- "):
        assert len(re.findall(sign, printed)) == len(re.findall(sign, plain)), sign


def _is_html(printed: str, plain: str) -> None:
    found, expected = (_Tags(text).found for text in (printed, plain))
    assert found == expected


def _is_annotations(printed: str, plain: str) -> None:
    lines, expected = printed.splitlines(), plain.splitlines()
    assert len(lines) == len(expected)
    assert all(re.match(r"::(error|warning|notice) [^:]*::.", line) for line in lines)
    assert [len(line.split("::", 2)[1].split(",")) for line in lines] == [
        len(line.split("::", 2)[1].split(",")) for line in expected
    ]


def _is_sql(printed: str, plain: str) -> None:
    import sqlglot

    if not printed:  # refused: a choice that cannot be printed
        return
    (found,), (expected,) = (sqlglot.parse(text, dialect="duckdb") for text in (printed, plain))
    assert found is not None
    assert expected is not None
    assert type(found) is type(expected)


class _Tags(html.parser.HTMLParser):
    """Tags and their attributes' names, in order: what a browser would build."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))


SCORE = ("score", "good.json", "--set", "set.yaml")
REFUSED = ("score", "bad.json", "--set", "set.yaml", "--keep-going")
OUTPUTS: dict[str, tuple[tuple[str, ...], Check]] = {
    "score table": (SCORE, _is_text),
    "score json": ((*SCORE, "--format", "json"), _is_json),
    "score csv": ((*SCORE, "--format", "csv"), _is_csv),
    "score md": ((*SCORE, "--format", "md"), _is_markdown),
    "score html": ((*SCORE, "--format", "html"), _is_html),
    "score refused, table": (REFUSED, _is_text),
    "score refused, json": ((*REFUSED, "--format", "json"), _is_json),
    "score refused, csv": ((*REFUSED, "--format", "csv"), _is_csv),
    "score refused, md": ((*REFUSED, "--format", "md"), _is_markdown),
    "score refused, html": ((*REFUSED, "--format", "html"), _is_html),
    "missing table": ((*REFUSED, "--missing"), _is_text),
    "missing csv": ((*REFUSED, "--missing", "--format", "csv"), _is_csv),
    "missing md": ((*REFUSED, "--missing", "--format", "md"), _is_markdown),
    "missing json": ((*REFUSED, "--missing", "--format", "json"), _is_json),
    "fragile table": ((*SCORE, "--fragile", "--within", "50"), _is_text),
    "explain table": (("explain", "good.json", "{name}", "--set", "set.yaml"), _is_text),
    "explain md": (("explain", "good.json", "{name}", "--set", "set.yaml", "--format", "md"), _is_markdown),
    "explain json": (("explain", "good.json", "{name}", "--set", "set.yaml", "--format", "json"), _is_json),
    "show table": (("show", "set.yaml"), _is_text),
    "show indicator": (("show", "set.yaml", "T1"), _is_text),
    "show md": (("show", "set.yaml", "--format", "md"), _is_markdown),
    "show json": (("show", "set.yaml", "--format", "json"), _is_json),
    "try": (("try", "T1", "spent=50", "kind={name}", "--set", "set.yaml"), _is_text),
    "diff table": (("diff", "set.yaml", "new.yaml", "--results", "good.json"), _is_text),
    "diff md": (("diff", "set.yaml", "new.yaml", "--results", "good.json", "--format", "md"), _is_markdown),
    "diff json": (("diff", "set.yaml", "new.yaml", "--results", "good.json", "--format", "json"), _is_json),
    "compare table": (
        ("compare", "good.json", "good.json", "--set-old", "set.yaml", "--set-new", "new.yaml"),
        _is_text,
    ),
    "compare md": (("compare", "good.json", "good.json", "--set", "set.yaml", "--format", "md"), _is_markdown),
    "compare json": (("compare", "good.json", "good.json", "--set", "set.yaml", "--format", "json"), _is_json),
    "validate set": (("validate", "broken.yaml"), lambda printed, plain: None),
    "validate set, json": (("validate", "broken.yaml", "--format", "json"), _is_json),
    "validate set, github": (("validate", "broken.yaml", "--format", "github"), _is_annotations),
    "validate set, sarif": (("validate", "broken.yaml", "--format", "sarif"), _is_json),
    "validate results, json": (("validate", "bad.json", "--set", "set.yaml", "--format", "json"), _is_json),
    "validate results, github": (("validate", "bad.json", "--set", "set.yaml", "--format", "github"), _is_annotations),
    "validate results, sarif": (("validate", "bad.json", "--set", "set.yaml", "--format", "sarif"), _is_json),
    "suggested tests": (("validate", "set.yaml", "--suggest-tests"), _is_text),
    "sql": (("sql", "set.yaml"), _is_sql),
}
OPTIONS: tuple[tuple[str, ...], ...] = (
    ("score", "{name}"),
    ("score", "good.json", "--set", "{name}"),
    ("score", "good.json", "--set", "set.yaml", "--overall", "{name}"),
    ("score", "good.json", "--set", "set.yaml", "--tie-break", "{name}"),
    ("score", "good.json", "--set", "set.yaml", "--fragile", "--within", "{name}"),
    ("score", "good.json", "--set", "set.yaml", "-o", "{name}"),
    ("score", "good.json", "--format", "{name}"),
    ("validate", "{name}"),
    ("validate", "{name}.yaml"),
    ("show", "set.yaml", "{name}"),
    ("try", "{name}", "--set", "set.yaml"),
    ("try", "T1", "{name}=1", "--set", "set.yaml"),
    ("try", "T1", "spent={name}", "--set", "set.yaml"),
    ("explain", "good.json", "no {name}", "--set", "set.yaml"),
    ("explain", "good.json", "Other", "{name}", "--set", "set.yaml"),
    ("compare", "good.json", "{name}"),
    ("diff", "set.yaml", "{name}"),
    ("template", "set.yaml", "--owner", "no {name}"),
    ("sql", "set.yaml", "--table", "{name} {name}"),
    ("verify", "{name}", "good.json"),
    ("{name}",),
)


@pytest.fixture(params=NAMES, ids=ascii)
def name(request: pytest.FixtureRequest, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A hostile name, in a folder whose files are full of it."""
    write_hostile_files(tmp_path, request.param)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KPI_LANG", "en")
    return str(request.param)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What every output prints for a plain name."""
    folder = tmp_path_factory.mktemp("plain")
    write_hostile_files(folder, PLAIN)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("KPI_LANG", "en")
        return {output: run(arguments, PLAIN).stdout for output, (arguments, _) in OUTPUTS.items()}


def run(arguments: tuple[str, ...], name: str) -> Result:
    result = CliRunner().invoke(app, [word.replace("{name}", name) for word in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in {0, 1, 2}
    return result


def test_what_is_printed_is_text_and_nothing_else(name: str, plain: dict[str, str]) -> None:
    for output, (arguments, check) in OUTPUTS.items():
        result = run(arguments, name)
        is_option = "{name}" in arguments and name.startswith("-")  # then it is a usage error, and said to be
        assert find_obeyed(result.output) == [], output
        if not (is_option and result.exit_code == 2):
            check(result.stdout, plain[output])


def test_what_is_said_of_options_is_text(name: str) -> None:
    for arguments in OPTIONS:
        assert find_obeyed(run(arguments, name).output) == [], arguments


def test_files_hold_text_too(name: str, tmp_path: pathlib.Path) -> None:
    outputs = ("out.xlsx", "out.csv", "out.md", "out.json", "out.html")
    run((*SCORE, *(part for output in outputs for part in ("-o", output))), name)
    for output in outputs[1:]:
        assert find_obeyed((tmp_path / output).read_text(encoding="utf-8").removeprefix("\ufeff")) == [], output
    run(("template", "set.yaml", "-o", "template.xlsx"), name)
    for book in ("out.xlsx", "template.xlsx"):
        texts = list(_list_cells(tmp_path / book))
        assert [cell.value for cell in texts if find_obeyed(cell.value)] == []
        marked = [cell for cell in texts if cell.value.startswith(("=", "+", "-", "@")) and len(cell.value) > 1]
        assert [cell.coordinate for cell in marked if not cell.quotePrefix] == []


def _list_cells(path: pathlib.Path) -> Iterator[Any]:
    """The cells with text; what is a formula is ours, and holds no name outside of quotes."""
    for sheet in openpyxl.load_workbook(path):
        assert find_obeyed(sheet.title) == []
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                formula = re.sub(r'"(?:[^"]|"")*"', "", str(getattr(cell.value, "text", cell.value)))
                assert not re.search(r"HYPERLINK|1\+1|2\+3|SUM\(1\)|script", formula), formula
            elif cell.data_type == "s":
                yield cell


def test_pages_lie_in_their_folder_whatever_they_are_called(name: str, tmp_path: pathlib.Path) -> None:
    before = set(tmp_path.rglob("*"))
    run(("explain", "good.json", "--all", "-o", "pages", "--set", "set.yaml"), name)
    made = set(tmp_path.rglob("*")) - before
    assert len(made) == 3  # the folder and a page for each of the two
    for page in made - {tmp_path / "pages"}:
        assert page.parent == tmp_path / "pages"
        assert re.fullmatch(r"[\w-]+\.md", page.name)
        assert find_obeyed(page.read_text(encoding="utf-8")) == []
