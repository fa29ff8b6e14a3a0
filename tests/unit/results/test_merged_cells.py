"""Cells merged over several rows: a figure that is seen beside a name but stored for another is refused."""

from __future__ import annotations

import io
import pathlib
from collections.abc import Sequence

import openpyxl
import pytest

from kpi_cli.results import xlsx_sheet
from kpi_cli.results.cells import Merged, UnreadableError
from kpi_cli.results.read import Results
from kpi_cli.results.xlsx_file import read_xlsx
from kpi_cli.results.xlsx_sheet import find_merged
from tests.unit.results.small_set import figures_of, make_parts, pack, read_files, summarise

Line = Sequence[object]


def read_merged(folder: pathlib.Path, lines: Sequence[Line], *ranges: str) -> Results:
    """What a sheet of `lines` reads as; openpyxl blanks what `ranges` cover, as Excel does."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "S"
    for line in lines:
        sheet.append(list(line))
    for merged in ranges:
        sheet.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return read_files(folder, {"in.xlsx": file.getvalue()})


HEADER: Line = ("อำเภอ", "clips", "points")
WIDE: Line = ("อำเภอ", "จำนวนคลิป", None, "points")


@pytest.mark.parametrize(
    ("lines", "merged", "found"),
    [
        ([HEADER, ("สตึก", 2, 5), ("นางรอง", None, 6)], "B2:B3", [("S!B3", "cell-merged")]),
        (
            [HEADER, ("สตึก", 2, 5), ("นางรอง", None, 6)],
            "B2:C3",
            [("S!C2", "cell-merged"), *[(f"S!{column}3", "cell-merged") for column in "BC"]],
        ),
        # the name is the merged one
        ([HEADER, ("สตึก", 2, 5), (None, 1, 6)], "A2:A3", [("S!A3", "cell-merged/name")]),
        # a name nobody knows: both are said
        ([HEADER, ("สตึก", 2, 5), ("ที่อื่น", None, 6)], "B2:B3", [("S!A3", "unknown-entity"), ("S!B3", "cell-merged")]),
        # merged with nothing in it, or where no measure is
        ([HEADER, ("สตึก", None, 5), ("นางรอง", None, 6)], "B2:B3", []),
        # a word over two rows is that of the first
        (
            [HEADER, ("สตึก", "รอผล", 5), ("นางรอง", None, 6)],
            "B2:B3",
            [("S!B2", "cell-not-a-number/prose"), ("S!B3", "cell-merged")],
        ),
        # a name within a row is where it stands
        ([("ที่", *HEADER), ("สตึก", None, 2, 5)], "A2:B2", [("S!B2", "row-without-entity")]),
        # within a row: a figure is that of its own column alone, a word for nothing that of all
        ([HEADER, ("สตึก", 2, None), ("นางรอง", 1, 6)], "B2:C2", [("S!C2", "cell-merged")]),
        (
            [HEADER, ("สตึก", "N/A", None), ("นางรอง", 1, 6)],
            "B2:C2",
            [("S!B2", "cell-not-applicable"), ("S!C2", "cell-merged")],
        ),
        ([HEADER, ("สตึก", "ไม่รายงาน", None), ("นางรอง", 1, 6)], "B2:C2", []),
        ([HEADER, ("สตึก", "รอผล", None), ("นางรอง", 1, 6)], "B2:C2", [("S!B2", "cell-not-a-number/prose")]),
        ([HEADER, ("สตึก", None, None), ("กลุ่มอีสาน", None, None), ("นางรอง", 1, 6)], "A3:C3", [("S!A3", "skipped-row")]),
        ([HEADER, ("สตึก", 2, 5), ("รวม", None, None), ("นางรอง", 1, 6)], "A3:C3", [("S!A3", "totals-row")]),
        ([(*HEADER, "x"), ("สตึก", 2, 5, "x"), ("นางรอง", 1, 6)], "D2:D3", []),
        # a line that belongs to the one above it as a whole
        ([(*HEADER, "x"), ("สตึก", 2, 5, "x"), (None, None, None, 9)], "A2:A3 B2:B3 C2:C3", []),
        ([HEADER, ("สตึก", 2, 5), (None, None, 6)], "A2:A3 B2:B3", [("S!A3", "cell-merged/name")]),
        # headers, totals, footers
        ([HEADER, (None, None, None), ("สตึก", 2, 5)], "A1:A2 B1:B2 C1:C2", []),
        ([HEADER, (None, "คลิป", "คะแนน"), ("สตึก", 2, 5)], "A1:A2", [("S!B2", "skipped-row")]),
        # a heading over several columns of figures, whatever stands between
        ([WIDE, ("สตึก", 2, 5, 6)], "B1:C1", [("S!B1", "ambiguous-column/merged")]),
        (
            [WIDE, (None, "ปี 2563", None, None), ("สตึก", 2, 5, 6)],
            "B1:C1",
            [("S!B1", "ambiguous-column/merged"), ("S!B2", "skipped-row"), ("S!B2", "skipped-row/sub-heading")],
        ),
        ([WIDE, ("entity", "clips", None, "points"), ("สตึก", 2, 5, 6)], "B1:C1", []),  # the id stands over one
        ([WIDE, ("สตึก", 2, "ก", 6)], "B1:C1", []),
        # the title of a measure over a group of columns that have titles of their own
        (
            [
                ("อำเภอ", "ร้อยละการเบิกจ่าย", None, None),
                (None, "เงินที่ได้รับ", "เงินที่เบิกจ่าย", "เบิกจ่าย (%)"),
                ("สตึก", 200, 100, 50),
            ],
            "A1:A2 B1:D1",
            [],
        ),
        # the last heading of a sheet that keeps no blanks at the end of a row
        (
            [HEADER[:2], (None, "แผน", "ผล"), ("สตึก", 3, 1)],
            "A1:A2",
            [("S!B1", "ambiguous-column/merged"), ("S!B2", "skipped-row")],
        ),
        ([WIDE, ("สตึก", 2, None, 6)], "B1:C1", []),
        ([(*WIDE[:3], "x"), (None, "clips", "points", None), ("สตึก", 2, 5, 6)], "B1:C1", []),
        (
            [HEADER, ("สตึก", 2, 5), ("รวม", 2, 5), (None, 9, 9)],
            "A3:A4",
            [("S!A3", "totals-row"), ("S!A4", "totals-row")],
        ),
        (
            [HEADER, ("สตึก", 2, 5), ("รวม", 2, 5), ("เฉลี่ย", None, 9)],
            "B3:B4",
            [("S!A3", "totals-row"), ("S!A4", "totals-row")],
        ),
        (
            [HEADER, ("สตึก", 2, 5), ("ลงชื่อ", "ผู้รายงาน"), ("หัวหน้า",)],
            "B3:B4",
            [("S!A3", "skipped-row"), ("S!A4", "skipped-row")],
        ),
        (
            [HEADER, ("สตึก", 2, 5), ("หมายเหตุ",), (None, None, None, "ปลัด")],
            "A3:C4",
            [("S!A3", "skipped-row"), ("S!D4", "skipped-row")],
        ),
        # the long layout
        (
            [("entity", "measure", "value"), ("สตึก", "clips", 2), (None, "points", 6)],
            "A2:A3",
            [("S!A3", "cell-merged/name")],
        ),
        (
            [("entity", "measure", "value"), ("สตึก", "clips", 2), ("นางรอง", "clips", None)],
            "C2:C3",
            [("S!C3", "cell-merged")],
        ),
    ],
)
def test_what_is_merged_over_several_rows(
    tmp_path: pathlib.Path, lines: Sequence[Line], merged: str, found: list[tuple[str, str]]
) -> None:
    assert summarise(read_merged(tmp_path, lines, *merged.split())) == found


def test_a_covered_cell_is_missing_and_its_finding_names_the_range(tmp_path: pathlib.Path) -> None:
    results = read_merged(tmp_path, [HEADER, ("สตึก", 2, 5), ("นางรอง", None, 6)], "B2:B3")
    assert (figures_of(results, "สตึก"), figures_of(results, "นางรอง")) == ({"clips": 2, "points": 5}, {"points": 6})
    (found,) = (one for one in results.diagnostics if one.code == "cell-merged")
    assert found.params == {"entity": "นางรอง", "measure": "clips", "raw": "2", "range": "B2:B3"}
    assert found.indicator == "T3"


def test_what_is_stored_below_a_merged_cell_is_not_seen_and_not_read(tmp_path: pathlib.Path) -> None:
    cells = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{name}</t></is></c>{figure}</row>'
        for number, name, figure in (
            (1, "อำเภอ", '<c r="B1" t="inlineStr"><is><t>clips</t></is></c>'),
            (2, "สตึก", ""),
            (3, "นางรอง", '<c r="B3"><v>2</v></c>'),
        )
    )
    parts = make_parts(cells)
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B2:B3"/></mergeCells>')
    assert summarise(read_files(tmp_path, {"in.xlsx": pack(parts)})) == [("S!B3", "cell-merged")]


def test_nor_is_what_is_stored_below_a_word_for_nothing(tmp_path: pathlib.Path) -> None:
    def write(cell: str, text: str) -> str:
        return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'

    head = f'<row r="1">{write("A1", "อำเภอ")}{write("B1", "clips")}{write("C1", "points")}</row>'
    parts = make_parts(f'{head}<row r="2">{write("A2", "สตึก")}{write("B2", "ไม่รายงาน")}<c r="C2"><v>7</v></c></row>')
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B2:C2"/></mergeCells>')
    assert summarise(read_files(tmp_path, {"in.xlsx": pack(parts)})) == [("S!C2", "cell-merged")]


@pytest.mark.parametrize(
    ("reference", "merged"),
    [
        ("B2:B3", Merged(2, 1, 3, 1)),
        ("AA10:AC12", Merged(10, 26, 12, 28)),
        ("C9:A7", Merged(7, 0, 9, 2)),
        ("B2:F2", Merged(2, 1, 2, 5)),
        ("B2", None),
    ],
)
def test_references_of_ranges(reference: str, merged: Merged | None) -> None:
    assert find_merged(reference) == merged
    if merged and reference != "C9:A7":
        assert str(merged) == reference


@pytest.mark.parametrize("reference", ["", "B:C", "B2:", "b2:b3"])
def test_what_is_no_range(reference: str) -> None:
    with pytest.raises(UnreadableError, match="broken-workbook"):
        find_merged(reference)


def test_merged_ranges_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = make_parts("")
    merged = '<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="A3:C4"/></mergeCells>'
    name = "xl/worksheets/sheet1.xml"
    data = pack({**parts, name: parts[name].replace("</worksheet>", f"{merged}</worksheet>")})
    assert len(read_xlsx(data, file="f.xlsx").sheets[0].merged) == 2
    monkeypatch.setattr(xlsx_sheet, "MAX_MERGED", 5)
    with pytest.raises(UnreadableError, match="too-much-xml"):
        read_xlsx(data, file="f.xlsx")
