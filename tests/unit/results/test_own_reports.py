"""Our own exports may lie where results do: they are passed over, and are no input."""

from __future__ import annotations

import json
import pathlib

import pytest

from kpi_cli.diagnostics import Severity
from kpi_cli.render.csv_file import render_csv
from kpi_cli.render.xlsx_file import render_xlsx
from kpi_cli.results.read import read_set_marks
from tests.unit.render.reports import make_report
from tests.unit.results.small_set import figures_of, make_inputs, make_parts, pack, read_files, summarise

SCORE = {"schema": "kpi.score/1", "sections": []}
OWN = {
    "score.json": json.dumps(SCORE).encode(),
    "explain.json": b'{"version": "1", "schema": "kpi.explain/1"}',
    "findings.json": b'\xef\xbb\xbf{"schema": "kpi.diagnostics/1", "diagnostics": []}',
    "excel.csv": render_csv(make_report()).encode("utf-8-sig"),
    "semicolons.csv": render_csv(make_report()).replace(",", ";").encode(),
    "owed.csv": b"set,owner,code,entity,section,indicator,measure\nmade-up,,1,A,one,T,clips\n",
    "ranks.xlsx": render_xlsx(make_report(), "th"),
}


@pytest.mark.parametrize("name", OWN)
def test_a_report_of_ours_is_passed_over(tmp_path: pathlib.Path, name: str) -> None:
    results = read_files(tmp_path, {"a.csv": "อำเภอ,clips\nสตึก,2".encode(), name: OWN[name]})
    assert summarise(results) == [(name, "own-report")]
    assert [file.file for file in results.inputs] == ["a.csv"]
    assert figures_of(results, "สตึก") == {"clips": 2}


def test_reports_alone_are_no_data(tmp_path: pathlib.Path) -> None:
    results = read_files(tmp_path, OWN)
    assert sorted(code for _, code in summarise(results)) == ["no-data/own-report", *["own-report"] * len(OWN)]
    assert sorted(one.severity for one in results.diagnostics) == [Severity.ERROR, *[Severity.NOTE] * len(OWN)]
    assert results.inputs == ()


def test_a_report_names_no_set_to_read_by(tmp_path: pathlib.Path) -> None:
    assert read_set_marks(make_inputs(tmp_path, {"ranks.xlsx": OWN["ranks.xlsx"]})) == {}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.json", b'{"schema": "kpi.score"}', "unreadable/not-a-list"),
        ("a.json", b'{"schema": 1}', "unreadable/not-a-list"),
        ("a.json", b'[{"schema": "kpi.score/1"}]', "no-header"),
        ("a.csv", b"set,section,code,entity,rank\n1,2,3,4,5", "no-header"),
        ("a.xlsx", pack({**make_parts(""), "docProps/custom.xml": '<P><property name="x"/></P>'}), "no-data"),
        ("a.xlsx", pack({**make_parts(""), "docProps/custom.xml": "<P"}), "no-data"),
    ],
)
def test_what_only_looks_like_one(tmp_path: pathlib.Path, name: str, data: bytes, code: str) -> None:
    assert summarise(read_files(tmp_path, {name: data}))[0][1] == code
