"""A results workbook of any number of made-up districts, with the set and the roster that go with it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from measuring import ROOT

SHIPPED_SET = ROOT / "indicators" / "fy2564_round1.yaml"
SHIPPED_ROSTER = "rosters/buriram.csv"

# Measure -> the made-up figures that districts report in turn. Several lie exactly on a threshold.
FIGURES: dict[str, Sequence[object]] = {
    "budget_spent": (92.4, 88.12, 80, 75, 74.99, 89.995, 90),
    "plan_achieved": (80, 94.5, 85.01, 100, 61.25),
    "briefing_held": ("มี", "ใช่", "ไม่มี", "✓"),
    "po_issued": (100, 93.75, 70, 69.99, "ไม่มีเป้าหมาย", 85),
    "garden_households": (97.2, 90, 89.99, 92.5),
    "garden_models": (14, 10, 9),
    "garden_channels": (2, 3, 1, 4, 2),
    "garden_sites": (1, 2, 0, 1),
    "garden_lessons": (1, 0, 1),
    "garden_clip_types": (3, 2, 3, 1),
    "cloth_meetings": (3, 2, 5),
    "cloth_plan": ("มี", "ไม่มี", "มี"),
    "cloth_channels": (2, 1, 3, 0),
    "cloth_agencies": (8, 7, 12, 9, 15),
    "cloth_clips": (1, 0, 2),
    "publicity_points": (2500, 1000, 1500.5, 999, 3215, 2001, 1744),
    "stories_selected": (1, 0, 0, 2),
    "loans_cleared": (100, 92.31, 65, 80, 59.99),
    "bpm_recorded": (96.2, 85, 78.4, 70, 90.01),
    "gvh_reported": (100, 95, 88, 97.5),
    "household_database": ("มี", "มี", "ไม่มี"),
    "households_developed": (91.3, 85, 62.5, 77.8, 0),
    "otop_online": (12.5, 9, 8.2, 6.99, 10),
    "otop_readiness_report": ("ใช่", "ไม่ใช่", "ใช่"),
    "otop_income_growth": (9.8, 12.4, -12, 7.25, 150),
    "fund_plan": ("มี", "มี", "มี", "ไม่มี"),
    "fund_understanding": ("✓", "✓", "✓", "✗", "✓"),
    "fund_database": ("ครบ", "ครบ", "ไม่ครบ"),
    "fund_targets": ("มี", "มี", "ไม่มี", "มี"),
    "fund_team": ("มี", "ไม่มี", "มี"),
    "fund_team_plan": ("มี", "มี", "มี", "ไม่มี"),
    "debtor_register": ("ใช่", "ใช่", "ไม่ใช่"),
    "debt_plan_proposed": ("✓", "✗", "✓"),
    "debt_plan_carried_out": ("✓", "✓", "✗", "✓"),
    "overdue_debt": (0, 3.25, 5, 7.5, 4.99),
}
PERCENTS = (
    *("budget_spent", "plan_achieved", "po_issued", "garden_households", "loans_cleared", "bpm_recorded"),
    *("gvh_reported", "households_developed", "otop_online", "otop_income_growth", "overdue_debt"),
)


def make_districts(folder: Path, number: int) -> None:
    """Writes `set.yaml`, its roster and `results.xlsx` for `number` districts to `folder`."""
    (folder / "rosters").mkdir(parents=True)
    names = [f"สมมุติ{index:04d}" for index in range(1, number + 1)]
    text = SHIPPED_SET.read_text(encoding="utf-8")
    assert SHIPPED_ROSTER in text, "the shipped set names another roster"
    (folder / "set.yaml").write_text(text.replace(SHIPPED_ROSTER, "rosters/made_up.csv"), encoding="utf-8")
    roster = "".join(f"{9000 + index},{name},,\n" for index, name in enumerate(names))
    (folder / "rosters" / "made_up.csv").write_text(f"code,name,name_en,aliases\n{roster}", encoding="utf-8")
    _write_xlsx(folder / "results.xlsx", _list_rows(names))


def make_open_set(folder: Path) -> Path:
    """Writes the shipped set without its roster: every name is an entity, none is refused."""
    lines = SHIPPED_SET.read_text(encoding="utf-8").splitlines(keepends=True)
    path = folder / "open.yaml"
    path.write_text("".join(line for line in lines if SHIPPED_ROSTER not in line), encoding="utf-8")
    return path


def workbook_parts() -> dict[str, str]:
    """The parts of a workbook of one sheet, but for the sheet itself: `xl/worksheets/sheet1.xml`."""
    return {name: _DECLARATION + content for name, content in _PARTS.items()}


def copy_example(folder: Path) -> None:
    """Copies the example workbook to `folder`: one peer reads files below its own folder only."""
    shutil.copy(ROOT / "examples" / "buriram_fy2564_round1.xlsx", folder / "example.xlsx")


def _list_rows(names: Sequence[str]) -> Iterator[Sequence[object]]:
    yield ("entity", *FIGURES)
    for index, name in enumerate(names):
        yield (name, *(figures[index % len(figures)] for figures in FIGURES.values()))


def _write_xlsx(path: Path, rows: Iterator[Sequence[object]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in workbook_parts().items():
            archive.writestr(name, content)
        cells = "".join(f"<row>{''.join(map(_write_cell, row))}</row>" for row in rows)
        archive.writestr("xl/worksheets/sheet1.xml", f"{_DECLARATION}{_SHEET[0]}{cells}{_SHEET[1]}")


def _write_cell(value: object) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
MAIN = f"{_FORMATS}/spreadsheetml/2006/main"
OFFICE = f"{_FORMATS}/officeDocument/2006/relationships"
PACKAGE = f"{_FORMATS}/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET = (f'<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>")
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="results" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
