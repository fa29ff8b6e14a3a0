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

from tests.laws.made_up import (
    INDICATORS,
    NAMES,
    Row,
    law,
    list_rankings,
    list_verdicts,
    make_rows,
    score,
    write_csv_file,
)

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
        document = score(
            folder, write_csv_file(folder / "rows.csv", rows), "-o", files[0], "-o", files[1], roster=NAMES
        )
        table = list(csv.DictReader(io.StringIO(pathlib.Path(files[0]).read_text(encoding="utf-8-sig"))))
        book = openpyxl.load_workbook(files[1])
    found = {(row["section"], row["entity"].removeprefix("'")): _read_csv_row(row) for row in table}
    assert found == _list_results(document)
    assert _read_ranking_sheets(book) == _list_shown(document)
    assert _read_details(book) == _list_figures(document)
    assert _read_overall(book) == _list_overall(document)
    assert _read_levels(book) == _count_levels(document)


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
            parts = (row["entity"]["code"], row["rank"], *scores, row["complete"], row["grade"] or "", levels)
            found[section, row["entity"]["name"]] = parts
    return found


def _read_csv_row(row: dict[str, str]) -> Any:
    own = INDICATORS[row["section"]]
    levels = {id_: tuple(_read(row[f"{id_}:{figure}"]) for figure in _FIGURES) for id_ in own}
    others = {id_ for ids in INDICATORS.values() for id_ in ids} - set(own)
    assert {row[f"{id_}:{figure}"] for id_ in others for figure in _FIGURES} <= {""}
    totals = (_read(row[figure]) for figure in ("rank", "score", "possible"))
    return row["code"], *totals, row["complete"] == "true", row["grade"], levels


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
            if cells["entity"] in NAMES and cells["rank"] is not None:
                levels = [cells[id_] for id_ in INDICATORS[section]]
                others = (cells.get("possible score"), cells["grade"], _read_least(cells.get("sum of G")))
                found[section, str(cells["entity"])] = (cells["rank"], cells["score"], levels, *others)
    return found


def _list_shown(document: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """The same of the report, as the sheets show it: a score in full, and nothing where nobody has reported."""
    found: dict[tuple[str, str], Any] = {}
    for section in _SECTIONS:
        ranking = list_rankings(document)[section]
        for row in ranking if any(row["exact"] for row in ranking) else ():
            key = (section, row["entity"]["name"])
            found[key] = ("-", "not reported", [None, None], None, None, None)
            if row["exact"] is not None:
                score = pytest.approx(float(Fraction(row["exact"])), rel=1e-14)
                levels = [_show_level(one) for one in row["indicators"]]
                possible = None if row["complete"] else _nearly(row["possible"])
                subtotal = next((_nearly(group["points"]) for group in row["groups"]), None)
                found[key] = (row["rank"], score, levels, possible, row["grade"], subtotal)
    return found


def _show_level(one: dict[str, Any]) -> int | str:
    proven, possible = one["level"], one["possible_level"]
    return "n/a" if proven is None else proven if proven == possible else f"{proven}-{possible}"


def _nearly(number: float | None) -> Any:
    """Json has two decimals, a sheet has them all."""
    return None if number is None else pytest.approx(number, abs=0.006)


def _read_least(cell: Any) -> float | None:
    return None if cell is None else float(str(cell).removeprefix("≥ "))


def _read_overall(book: openpyxl.Workbook) -> dict[str, Any]:
    """Rank, score, grade, and the scores of the sections with what is possible."""
    lines = list(book["Overall"].iter_rows(values_only=True))
    head = next(line for line in lines if "entity" in line)
    rows = [dict(zip(head, line, strict=True)) for line in lines if line[1] in NAMES and line[0] is not None]
    parts = ("One", "Two")
    return {
        str(row["entity"]): (row["rank"], row["score"], row["grade"], *(_read_band(row[part]) for part in parts))
        for row in rows
    }


def _read_band(cell: Any) -> list[float]:
    return [] if cell is None else [float(part) for part in str(cell).split("-")]


def _list_overall(document: dict[str, Any]) -> dict[str, Any]:
    own = {
        (section, row["entity"]["name"]): [
            _nearly(row[part])
            for part in ("score", "possible")[: 1 + (not row["complete"] and row["score"] != row["possible"])]
        ]
        if row["score"] is not None
        else []
        for section, ranking in list_rankings(document).items()
        for row in ranking
    }
    found = {}
    for row in document["overall"]["ranking"]:
        name, ranked = row["entity"]["name"], row["exact"] is not None
        totals = (row["rank"], _nearly(row["score"])) if ranked else ("-", "not reported")
        found[name] = (*totals, row["grade"], *(own[section, name] for section in _SECTIONS))
    return found


def _read_levels(book: openpyxl.Workbook) -> dict[str, list[int]]:
    """How many are at each level, open, not applicable and silent, by indicator."""
    rows = book["Levels"].iter_rows(values_only=True)
    return {row[0]: list(row[2:9]) for row in rows if row[0] in {"A", "B", "C", "D"}}


def _count_levels(document: dict[str, Any]) -> dict[str, list[int]]:
    found = {id_: [0] * 7 for ids in INDICATORS.values() for id_ in ids}
    for section in document["sections"]:
        for row in section["ranking"]:
            for one in row["indicators"]:
                beside = {"incomplete": 4, "not_applicable": 5}.get(one["status"], one["level"])
                found[one["id"]][6 if row["exact"] is None else beside] += 1
    return found


def _read_details(book: openpyxl.Workbook) -> dict[tuple[str, str], Any]:
    """Every figure by name and measure: what was typed, where, and what it led to."""
    rows = list(book["Details"].iter_rows(min_row=2, values_only=True))
    reported = (row for row in rows if row[4] not in {"missing", "n/a", None})
    return {(str(row[1]), str(row[3])): (row[4], row[5], row[6].split(" /")[0], *row[7:9]) for row in reported}


def _list_figures(document: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """The same of the report; a percent that was worked out stands where its part does."""
    found = {}
    for row in (row for section in document["sections"] for row in section["ranking"]):
        for one in row["indicators"]:
            for name, figure in one["values"].items():
                if figure["value"] is not None:
                    cell = figure["cell"] or one["values"]["some"]["cell"]
                    told = (_show_value(figure["value"]), figure["raw"], cell, _show_level(one), _nearly(one["points"]))
                    found[row["entity"]["name"], name.title()] = told
    return found


def _show_value(value: str | bool) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return pytest.approx(float(Fraction(value)), rel=1e-14) if value[0].isdigit() else value
