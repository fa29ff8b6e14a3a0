"""Text that begins like a formula ends as text in every output, as LibreOffice sees it."""

from __future__ import annotations

import csv
import io
import pathlib
import subprocess

import openpyxl
import pytest

from kpi_cli.model import EntityKind, IndicatorSet, RosterEntry
from kpi_cli.render.csv_file import render_csv
from kpi_cli.render.template_file import Part, render_template
from kpi_cli.render.xlsx_file import render_xlsx
from kpi_cli.workflows import ScoreOptions, load_set_file, score_files
from tests.agreement.sheets import recalculate
from tests.needs import need

NAMES = ("=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://x")')
SHIPPED = pathlib.Path(__file__).parents[2] / "indicators" / "fy2564_round1.yaml"


def read_cells(path: pathlib.Path) -> list[openpyxl.cell.Cell]:
    book = openpyxl.load_workbook(path)
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value in NAMES]


@pytest.fixture(name="definition")
def _definition() -> IndicatorSet:
    definition = load_set_file(SHIPPED).definition
    assert definition is not None
    roster = tuple(RosterEntry(code=f"={number}", name=name) for number, name in enumerate(NAMES))
    return definition.model_copy(update={"entity": EntityKind(title="อำเภอ", roster=roster)})


def test_in_a_template(definition: IndicatorSet, tmp_path: pathlib.Path) -> None:
    parts = tuple(Part(section, tuple(section)) for section in definition.sections)
    path = recalculate(render_template(definition, parts, "th", version="test").data, tmp_path)
    cells = read_cells(path)
    assert {cell.value for cell in cells} == set(NAMES)
    assert {cell.data_type for cell in cells} == {"s"}


def test_in_the_workbook_and_the_csv_of_a_scoring(tmp_path: pathlib.Path) -> None:
    source = tmp_path / "set.yaml"
    roster = ", ".join(f"{{code: 'c{number}', name: '{name}'}}" for number, name in enumerate(NAMES))
    text = SHIPPED.read_text(encoding="utf-8").replace("roster: rosters/buriram.csv", f"roster: [{roster}]")
    source.write_text(text, encoding="utf-8")
    rows = [["entity", "plan_achieved"], *([name, "85%"] for name in NAMES)]
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    run = score_files([str(tmp_path / "in.csv")], ScoreOptions(set_reference=str(source)))
    assert run.report.scorecard is not None
    cells = read_cells(recalculate(render_xlsx(run.report, "th"), tmp_path))
    assert {cell.value for cell in cells} == set(NAMES)
    assert {cell.data_type for cell in cells} == {"s"}
    assert _list_formulas(render_csv(run.report).encode("utf-8-sig"), tmp_path) == []
    assert _list_formulas(b"entity\n=1+1\n", tmp_path) == ["=1+1"]  # it does look for them


def _list_formulas(data: bytes, folder: pathlib.Path) -> list[object]:
    """The cells of a csv file that LibreOffice takes for formulas, were it told to look for them."""
    source = folder / "out.csv"
    source.write_bytes(data)
    # Token 9 (detect special numbers) and 13 (evaluate formulas) are the most that anyone can ask for.
    options = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
    command = [need("libreoffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter={options}", "--convert-to", "xlsx", "--outdir", str(folder / "csv"), str(source)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    converted = folder / "csv" / "out.xlsx"
    assert converted.is_file(), run.stdout + run.stderr
    book = openpyxl.load_workbook(io.BytesIO(converted.read_bytes()))
    return [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]
