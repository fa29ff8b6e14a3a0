"""Every figure of an xlsx report is held against what was computed, whatever names look like ids."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from kpi_cli import load_set
from kpi_cli.cli.app import app
from kpi_cli.model import IndicatorSet
from kpi_cli.results.cells import Kind, RawCell, Sheet
from kpi_cli.results.report_file import read_report
from kpi_cli.results.report_tables import list_sheet_claims
from kpi_cli.scoring.verify import compare_claims
from tests.unit.cli.test_verify import FILE, SET

OF_SHEETS = {"Team": {"team"}, "Third": {"third"}, "Overall": {"overall"}}
FIGURES = {"Details": (4, 7, 8)}
"""Columns with figures, where not all have them."""
CHANGED = RawCell(Kind.NUMBER, "41.5", Decimal("41.5"))
LAST = """\
  - id: third
    title: Third
    indicators:
      - {id: H, title: H, weight: 100, measures: {seen: {type: count, title: Seen}}, levels: {LEVELS}}
""".replace("LEVELS", ", ".join(f"{level}: {{when: {{seen: '>= {level}'}}}}" for level in range(1, 6)))
WHOLE = SET.replace("grades:", f"{LAST}grades:")
GRADES = "grades: [{title: Good, min: 60}, {title: Fair, min: 0}]"
CASES = {
    "plain": {},
    "no grades": {GRADES: ""},
    "the title of a measure": {"title: Seen": "title: H", "title: Spent": "title: A"},
    "the title of a section": {"title: More": "title: H"},
    "numbers as ids": {"id: A": "id: '1'", "id: B": "id: '2'", "id: C": "id: '0'", "id: H": "id: '3'"},
    "a word of the heading": {"id: H": "id: value", "id: C": "id: grade", "id: G1": "id: level"},
}


def make_sheets(folder: pathlib.Path, text: str, meetings: str) -> tuple[IndicatorSet, list[Sheet]]:
    """The report of four who reported, over three sections."""
    (folder / "set.yaml").write_text(text, encoding="utf-8")
    head, *lines = FILE.replace("n/a", "3").replace(",,60", f",{meetings},60").split()
    rows = [f"{head},seen", *(f"{line},3" for line in (*lines, "4,Delta,10,1,1,10"))]
    (folder / "one.csv").write_text("\n".join(rows), encoding="utf-8")
    options = ("--set", str(folder / "set.yaml"), "--overall", "team=50,more=30,third=20", "--lang", "en")
    result = CliRunner().invoke(app, ("score", str(folder / "one.csv"), "-o", str(folder / "out.xlsx"), *options))
    assert result.exit_code == 0, result.output
    definition = load_set(str(folder / "set.yaml")).definition
    assert definition is not None
    return definition, list(read_report((folder / "out.xlsx").read_bytes(), file="out.xlsx").content)


def list_changed(sheets: list[Sheet]) -> Iterator[tuple[str, str, list[Sheet]]]:
    """For each figure the title of its sheet, its cell, and all sheets with that one changed."""
    for number, sheet in enumerate(sheets):
        if sheet.title not in {*OF_SHEETS, "Levels", *FIGURES}:
            continue
        for place, row in enumerate(sheet.rows):
            for column in FIGURES.get(sheet.title, range(len(row.cells))):
                if row.cell(column).kind is not Kind.NUMBER:
                    continue
                cells = (*row.cells[:column], CHANGED, *row.cells[column + 1 :])
                rows = (*sheet.rows[:place], row._replace(cells=cells), *sheet.rows[place + 1 :])
                changed = [*sheets[:number], sheet._replace(rows=rows), *sheets[number + 1 :]]
                yield sheet.title, sheet.cell_name(row.number, column), changed


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("meetings", ["3", ""], ids=["complete", "open"])
def test_no_changed_figure_passes(tmp_path: pathlib.Path, case: str, meetings: str) -> None:
    text = WHOLE
    for old, new in CASES[case].items():
        assert old in text
        text = text.replace(old, new)
    definition, sheets = make_sheets(tmp_path, text, meetings)
    claims = list_sheet_claims(sheets, definition)
    seen = set()
    for title, cell, changed in list_changed(sheets):
        seen.add(title)
        differences = compare_claims(list_sheet_claims(changed, definition), claims)
        assert [one.reported for one in differences] == ["41.5"], cell
        if case != "the title of a section":  # then nothing tells a share from the weight of an indicator
            assert {differences[0].section} <= OF_SHEETS.get(title, {"team", "more", "third"}), cell
        assert differences[0].cell == cell
    assert seen == {*OF_SHEETS, "Levels", "Details"}


def test_each_column_of_a_ranking_is_called_what_it_is(tmp_path: pathlib.Path) -> None:
    definition, sheets = make_sheets(tmp_path, WHOLE, "")
    gamma = [one for one in list_sheet_claims(sheets, definition) if one.entity and one.entity.name == "Gamma"]
    own = {(one.item, one.figure) for one in gamma if (one.section, one.part) == ("more", "")}
    overall = {(one.item, one.figure) for one in gamma if one.section == "overall"}
    assert own == {("", "rank"), ("", "score"), ("", "grade"), ("G1", "level"), ("G", "points")}
    sections = {(title, "score") for title in ("Team", "More", "Third")}
    assert overall == {("", "rank"), ("", "score"), ("", "possible"), ("", "grade"), *sections}
