"""Names, titles and figures that begin as formulas do, through `kpi score -o` and LibreOffice: all ends as text."""

from __future__ import annotations

import csv
import io
import json
import pathlib
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from tests.needs import need

NAMES = ("=1+1", '=HYPERLINK("http://example.invalid","x")', "@SUM(1)", "-2+3", "+66", "'=7+7")
SET = """
kpi: 1
id: hostile
title: "=1+1"
organisation: '=HYPERLINK("http://example.invalid","x")'
entity: {title: "@SUM(1)"}
grades: [{title: "=2+2", min: 0}]
sections:
  - id: team
    title: "-2+3 [a]:*?/b"
    indicators:
      - id: T1
        title: "+1+1"
        weight: 100
        owner: "=3+3"
        measures:
          spent: {type: percent, title: "=4+4"}
          kind: {type: choice, title: "@x", choices: ["=5+5", "b"]}
        levels:
          1: {when: {spent: ">= 1"}}
          2: {when: {spent: ">= 2"}}
          3: {when: {spent: ">= 3"}}
          4: {when: {spent: ">= 4"}}
          5: {when: {spent: ">= 5", kind: ["=5+5"]}}
"""
# Comma, quotes, UTF-8; and what no one should choose: formulas in the file are to be evaluated.
EVALUATE = "CSV:44,34,76,1,,0,false,true,false,false,false,0,true"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with what `kpi score` writes for six hostile names, and one figure that is refused for its `=`."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "set.yaml").write_text(SET, encoding="utf-8")
    rows: list[dict[str, object]] = [{"entity": name, "spent": 50, "kind": "=5+5"} for name in NAMES]
    rows.append({"entity": "refused", "spent": "=6+6", "kind": "b"})
    (folder / "results.json").write_text(json.dumps(rows), encoding="utf-8")
    outputs = [part for suffix in ("xlsx", "csv", "md") for part in ("-o", f"out.{suffix}")]
    command = [sys.executable, "-m", "kpi_cli", "score", "results.json", "--set", "set.yaml", "--keep-going", *outputs]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1, done.stderr  # the refused figure
    return folder


def read_in_office(file: pathlib.Path, profile: pathlib.Path, *options: str) -> tuple[list[str], list[str]]:
    """The formulas and the texts of all cells, as LibreOffice takes them."""
    soffice = need("libreoffice")
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", *options]
    target = profile / "out"
    convert = ["--convert-to", "fods:OpenDocument Spreadsheet Flat XML", "--outdir", str(target), str(file)]
    subprocess.run([*command, *convert], check=True, capture_output=True, timeout=300)
    cells = list(ElementTree.parse(target / f"{file.stem}.fods").iter(f"{TABLE}table-cell"))
    formulas = [cell.attrib[f"{TABLE}formula"] for cell in cells if f"{TABLE}formula" in cell.attrib]
    texts = ["".join(cell.itertext()).strip() for cell in cells if cell.attrib.get(f"{OFFICE}value-type") == "string"]
    return formulas, texts


def test_a_workbook_holds_no_formula(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    formulas, texts = read_in_office(folder / "out.xlsx", tmp_path)
    assert formulas == []
    for text in (*NAMES, "=2+2", "=3+3", "=4+4", "+1+1", "@x", "=5+5"):
        assert text in texts


def test_a_csv_holds_none_though_it_is_asked_for(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    control = folder / "control.csv"
    control.write_text("=1+1,text\n", encoding="utf-8")
    assert len(read_in_office(control, tmp_path, f"--infilter={EVALUATE}")[0]) == 1
    formulas, texts = read_in_office(folder / "out.csv", tmp_path, f"--infilter={EVALUATE}")
    assert formulas == []
    assert {f"'{name}" for name in NAMES} <= set(texts)


def test_the_files_themselves_carry_text(folder: pathlib.Path) -> None:
    rows = list(csv.reader(io.StringIO((folder / "out.csv").read_text(encoding="utf-8-sig"))))
    names, grades = ({row[column] for row in rows[1:]} for column in (3, 8))
    assert names == {*(f"'{name}" for name in NAMES), "refused"}
    assert grades == {"'=2+2"}
    page = (folder / "out.md").read_text(encoding="utf-8")
    assert all(f"| {name} |" in page for name in ("=1+1", "@SUM(1)", "-2+3", "+66"))
