"""What is mutated: the shipped set, the cases of `tests/cases`, the examples, and tables made for a set."""

from __future__ import annotations

import functools
import io
import json
import pathlib
import random
import tempfile
from collections.abc import Iterator
from typing import Any, NamedTuple

import openpyxl
import yaml

from tests.cases.commands import HERE as CASES
from tests.cases.commands import copy_cases

PROJECT = pathlib.Path(__file__).parents[2]
SUFFIXES = (".xlsx", ".csv", ".json")
FIGURES = (
    *("85", "85%", "0.85", "๘๕", "ร้อยละ ๘๕", "1,250", "3.0", "-5", "102", "0", "1e999999", "9" * 41, "1/3", "1_000"),
    *("มี", "ไม่มี", "yes", "no", "✓", "true", "", "-", "N/A", "ไม่มีเป้าหมาย", "#DIV/0!", "80-85", "75,5", "text", "NaN"),
    *("=1+1", "\x1b[2J", "\u202e85", "'85", "inf", "०", "²", "1\n2", "ก" * 300),
)
NAMES = ("เมืองบุรีรัมย์", "สตึก", "3101", "รวม", "x", "Alpha", "", "อำเภอสตึก", "\x1b[2J", "=1+1", "a\nb", "ลงชื่อ", "\u200b")


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
    measures = _list_measures(definition)
    header = ["entity", *rng.sample(measures, rng.randint(1, len(measures)))]
    good = rng.random() < 0.5  # whole tables that are read are what scoring, explaining and comparing meet
    figures = ("85%", "3", "yes", "90%", "1", "") if good else FIGURES
    names = (f"Name {number}" for number in range(rng.randint(1, 6))) if good else rng.choices(NAMES, k=4)
    return [header, *([name, *rng.choices(figures, k=len(header) - 1)] for name in names)]


def write_table(table: list[list[str]], suffix: str) -> bytes:
    """`table` as a file of that kind."""
    if suffix == ".json":
        header, *rows = table
        return json.dumps([dict(zip(header, row, strict=True)) for row in rows], ensure_ascii=False).encode()
    if suffix == ".csv":
        return "\n".join(",".join(f'"{cell}"' for cell in row) for row in table).encode()
    return _write_workbook(table)


def _write_workbook(table: list[list[str]]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in table:
        sheet.append(["".join(filter(str.isprintable, cell)) for cell in row])  # openpyxl refuses controls
    book.save(stream)
    return stream.getvalue()


@functools.cache
def _list_measures(definition: str) -> list[str]:
    return list(_find_measures(_load_loosely(definition))) or ["done"]


def _load_loosely(definition: str) -> Any:
    try:
        return yaml.load(definition, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return None


def _find_measures(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        measures = node.get("measures")
        if isinstance(measures, dict):
            yield from map(str, measures)
        for value in node.values():
            yield from _find_measures(value)
    elif isinstance(node, list):
        for value in node:
            yield from _find_measures(value)
