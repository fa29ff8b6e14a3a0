"""Outputs lose nothing: what stands in an xlsx, csv or json file is all that was decided, and all that was read."""

from __future__ import annotations

import csv
import io
import json
import pathlib
import tempfile
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from tests.laws.made_up import INDICATORS, Row, law, list_rankings, list_verdicts, make_rows, score, write_csv_file

_SECTIONS = ("one", "two")
_FIGURES = ("level", "possible_level", "points")


@settings(law, max_examples=25)
@given(make_rows())
def test_what_json_says_of_figures_is_scored_the_same(rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        first = score(folder, write_csv_file(folder / "rows.csv", rows))
        (folder / "again.json").write_text(json.dumps(_read_back(first)), encoding="utf-8")
        again = score(folder, str(folder / "again.json"))
    assert list_verdicts(again) == list_verdicts(first)


def _read_back(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Results made of a report: a ratio worked out is left to its parts, "not applicable" is written as such."""
    rows: dict[str, dict[str, Any]] = {}
    for section in document["sections"]:
        for row in section["ranking"]:
            target = rows.setdefault(row["entity"]["name"], {"entity": row["entity"]["name"]})
            for indicator in row["indicators"]:
                target.update({name: one["value"] for name, one in indicator["values"].items() if name != "done"})
                if indicator["id"] == "A" and indicator["status"] == "not_applicable":
                    target["done"] = "N/A"
    return list(rows.values())


@settings(law, max_examples=15)
@given(make_rows())
def test_csv_and_xlsx_say_what_json_says(rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = [str(folder / f"out{suffix}") for suffix in (".csv", ".xlsx")]
        document = score(folder, write_csv_file(folder / "rows.csv", rows), "-o", files[0], "-o", files[1])
        table = list(csv.DictReader(io.StringIO(pathlib.Path(files[0]).read_text(encoding="utf-8-sig"))))
        book = openpyxl.load_workbook(files[1])
    assert {(row["section"], row["entity"]): _read_csv_row(row) for row in table} == _list_results(document)
    assert _read_ranking_sheets(book) == _list_shown(document)
    assert _read_details(book) == _list_figures(document)


def _list_results(document: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """Every row of every ranking, by section and name; scores that two decimals do not tell apart have more in csv."""
    found: dict[tuple[str, str], Any] = {}
    for section, ranking in list_rankings(document).items():
        for row in ranking:
            own = row.get("indicators", ())
            levels = {one["id"]: (one["level"], one["possible_level"], one["points"]) for one in own}
            scores = (
                None if row[name] is None else pytest.approx(row[name], abs=0.01) for name in ("score", "possible")
            )
            parts = (row["rank"], *scores, row["complete"], levels)
            found[section, row["entity"]["name"]] = parts
    return found


def _read_csv_row(row: dict[str, str]) -> Any:
    own = INDICATORS[row["section"]]
    levels = {id_: tuple(_read(row[f"{id_}:{figure}"]) for figure in _FIGURES) for id_ in own}
    others = {id_ for ids in INDICATORS.values() for id_ in ids} - set(own)
    assert {row[f"{id_}:{figure}"] for id_ in others for figure in _FIGURES} <= {""}
    return *(_read(row[figure]) for figure in ("rank", "score", "possible")), row["complete"] == "true", levels


def _read(text: str) -> float | None:
    return float(text) if text else None


def _read_ranking_sheets(book: openpyxl.Workbook) -> dict[tuple[str, str], Any]:
    """Rank, score and levels in the sheets of the sections."""
    found = {}
    for section in _SECTIONS:
        lines = list(book[section.title()].iter_rows(values_only=True))
        head = next((line for line in lines if "entity" in line), ())
        for line in lines if head else ():
            cells = dict(zip(head, line, strict=True))
            if str(cells["entity"]).startswith("Name"):
                levels = [cells[id_] for id_ in INDICATORS[section]]
                found[section, str(cells["entity"])] = (cells["rank"], cells["score"], levels)
    return found


def _list_shown(document: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """The same of the report, as the sheets show it: a score in full, and nothing where nobody has reported."""
    found: dict[tuple[str, str], Any] = {}
    for section in _SECTIONS:
        ranking = list_rankings(document)[section]
        for row in ranking if any(row["exact"] for row in ranking) else ():
            key = (section, row["entity"]["name"])
            found[key] = ("-", "not reported", [None, None])
            if row["exact"] is not None:
                score = pytest.approx(float(Fraction(row["exact"])), rel=1e-14)
                found[key] = (row["rank"], score, [_show_level(one) for one in row["indicators"]])
    return found


def _show_level(one: dict[str, Any]) -> int | str:
    proven, possible = one["level"], one["possible_level"]
    return "n/a" if proven is None else proven if proven == possible else f"{proven}-{possible}"


def _read_details(book: openpyxl.Workbook) -> dict[tuple[str, str], Any]:
    """Every figure by name and measure, and what was typed."""
    rows = list(book["Details"].iter_rows(min_row=2, values_only=True))
    return {(str(row[1]), str(row[3])): (row[4], row[5]) for row in rows if row[4] not in {"missing", "n/a", None}}


def _list_figures(document: dict[str, Any]) -> dict[tuple[str, str], Any]:
    figures = (
        (row["entity"]["name"], name, figure)
        for section in document["sections"]
        for row in section["ranking"]
        for indicator in row["indicators"]
        for name, figure in indicator["values"].items()
        if figure["value"] is not None
    )
    return {(entity, name.title()): (_show_value(figure["value"]), figure["raw"]) for entity, name, figure in figures}


def _show_value(value: str | bool) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return pytest.approx(float(Fraction(value)), rel=1e-14) if value[0].isdigit() else value
