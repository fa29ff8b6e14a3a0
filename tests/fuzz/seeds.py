"""What is mutated: the shipped set, the cases of `tests/cases`, the examples, and tables made for a set."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import pathlib
import random
import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import duckdb
import openpyxl
import xlwt
import yaml
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from tests.cases.commands import HERE as CASES
from tests.cases.commands import copy_cases

PROJECT = pathlib.Path(__file__).parents[2]
SUFFIXES = (".xlsx", ".csv", ".json", ".ods", ".xls", ".parquet")
FIGURES = (
    *("85", "85%", "0.85", "๘๕", "ร้อยละ ๘๕", "1,250", "3.0", "-5", "102", "0", "1e999999", "9" * 41, "1/3", "1_000"),
    *("มี", "ไม่มี", "yes", "no", "✓", "true", "", "-", "N/A", "ไม่มีเป้าหมาย", "#DIV/0!", "80-85", "75,5", "text", "NaN"),
    *("=1+1", "\x1b[2J", "\u202e85", "'85", "inf", "०", "²", "1\n2", "ก" * 300),
)
NAMES = ("เมืองบุรีรัมย์", "สตึก", "3101", "รวม", "x", "Alpha", "", "อำเภอสตึก", "\x1b[2J", "=1+1", "a\nb", "ลงชื่อ", "\u200b")
_SOUND = {
    "percent": ("85", "90.25", "100", "2", "66.67", "๘๕ %", "75%", "0", "99.995", "80.00", ""),
    "number": ("10", "1,250.50", "0", "2.5", "๙", "1000000", ""),
    "count": ("3", "0", "1", "2", "๓", "3.0", "007", ""),
    "flag": ("มี", "ไม่มี", "yes", "no", "1", "0", "✓", "-", ""),
    "choice": ("low", "high", "middle", "none", ""),
}


class Seeds(NamedTuple):
    """Files to begin with: sets as text, results files as bytes by suffix, each under a name."""

    sets: dict[str, str]
    results: dict[str, dict[str, bytes]]


@functools.cache
def load_seeds() -> Seeds:
    """All seeds, read once."""
    results: dict[str, dict[str, bytes]] = {suffix: {} for suffix in SUFFIXES}
    with tempfile.TemporaryDirectory() as folder:
        for root in (copy_cases(pathlib.Path(folder)), PROJECT / "examples"):
            for path in sorted(path for path in root.rglob("*") if path.suffix in SUFFIXES and path.is_file()):
                results[path.suffix][str(path.relative_to(root))] = path.read_bytes()
    sets = {str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8", errors="replace") for path in _list_sets()}
    return Seeds(sets, results)


def _list_sets() -> Iterator[pathlib.Path]:
    yield from sorted(PROJECT.glob("indicators/*.yaml"))
    yield from sorted(PROJECT.glob("kpi_cli/render/starters/*.yaml"))
    yield from sorted(PROJECT.glob("tests/agreement/*.yaml"))
    yield from sorted(path for path in CASES.rglob("*.yaml") if len(path.suffixes) == 1)


def make_table(definition: str, rng: random.Random) -> list[list[str]]:
    """A table for the set of that text: its measures above figures of every kind, good and bad."""
    measures = list_measures(definition)
    header = ["entity", *rng.sample(measures, rng.randint(1, len(measures)))]
    good = rng.random() < 0.5  # whole tables that are read are what scoring, explaining and comparing meet
    figures = ("85%", "3", "yes", "90%", "1", "") if good else FIGURES
    names = (f"Name {number}" for number in range(rng.randint(1, 6))) if good else rng.choices(NAMES, k=4)
    return [header, *([name, *rng.choices(figures, k=len(header) - 1)] for name in names)]


def make_sound_table(definition: str, rng: random.Random) -> list[list[str]]:
    """A table that is scored, if its figures do not contradict each other: each is of the type of its measure."""
    types = find_types(definition)
    chosen = rng.sample(list(types), rng.randint(0, min(len(types), 5)))
    rows = [[str(3101 + row), *(rng.choice(_SOUND.get(types[name], ("",))) for name in chosen)] for row in range(9)]
    return [["entity", *chosen], *rng.sample(rows, rng.randint(1, len(rows)))]


def write_table(table: list[list[str]], suffix: str) -> bytes:
    """`table` as a file of that kind."""
    if suffix == ".json":
        header, *rows = table
        return json.dumps([dict(zip(header, row, strict=True)) for row in rows], ensure_ascii=False).encode()
    if suffix == ".csv":
        return "\n".join(",".join(f'"{cell}"' for cell in row) for row in table).encode()
    write = {".xlsx": _write_workbook, ".ods": _write_ods, ".xls": _write_xls, ".parquet": _write_parquet}
    # the libraries that write these refuse what no person could type
    return write[suffix]([["".join(filter(str.isprintable, cell)) for cell in row] for row in table])


def write_report(suffix: str, definition: str) -> bytes:
    """What `kpi score` writes of two entities; of the set that came with kpi where it cannot of `definition`."""
    for set_file in ("set.yaml", None):
        with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
            pathlib.Path("set.yaml").write_text(definition, encoding="utf-8", errors="replace")
            pathlib.Path("results.json").write_text('[{"entity": "สตึก"}, {"entity": "Name 1"}]', encoding="utf-8")
            options = ("--set", set_file) if set_file else ()
            output = f"report{suffix}"
            CliRunner().invoke(app, ["score", "results.json", "--keep-going", "-o", output, "--quiet", *options])
            if pathlib.Path(output).exists():
                return pathlib.Path(output).read_bytes()
    return b""


_ODS = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def _write_ods(table: list[list[str]]) -> bytes:
    cells = (
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        for row in table
    )
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        sheets = f'<office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet>'
        content = f"<office:body>{sheets}</office:body>"
        archive.writestr("content.xml", f"<office:document-content{_ODS}>{content}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest{_ODS}/>")
    return stream.getvalue()


def _write_xls(table: list[list[str]]) -> bytes:
    book, stream = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("S")
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            sheet.write(number, column, float(cell) if cell.isdecimal() and len(cell) < 9 else cell)
    book.save(stream)
    return stream.getvalue()


def _write_parquet(table: list[list[str]]) -> bytes:
    header, *rows = ([f"'{cell.replace(chr(39), chr(39) * 2)}'" for cell in row] for row in table)
    names = ", ".join('"' + name[1:-1].replace('"', '""') + '"' for name in header)
    values = ", ".join(f"({', '.join(row)})" for row in rows)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = pathlib.Path(folder) / "x.parquet"
        connection.execute(f"COPY (SELECT * FROM (VALUES {values}) t({names})) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def _write_workbook(table: list[list[str]]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in table:
        sheet.append(row)
    book.save(stream)
    return stream.getvalue()


@functools.cache
def list_measures(definition: str) -> list[str]:
    """The ids of the measures of the set of that text; `done` where there are none."""
    return list(find_types(definition)) or ["done"]


@functools.cache
def find_types(definition: str) -> dict[str, str]:
    """The types of the measures of the set of that text, by id."""
    return dict(_find_measures(_load_loosely(definition)))


def _load_loosely(definition: str) -> Any:
    try:
        return yaml.load(definition, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return None


def _find_measures(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        measures = node.get("measures")
        if isinstance(measures, dict):
            for name, measure in measures.items():
                yield str(name), str(measure.get("type")) if isinstance(measure, dict) else ""
        for value in node.values():
            yield from _find_measures(value)
    elif isinstance(node, list):
        for value in node:
            yield from _find_measures(value)
