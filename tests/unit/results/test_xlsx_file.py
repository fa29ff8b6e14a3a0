from __future__ import annotations

import datetime
import io
import pathlib
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from kpi_cli.results import room, xlsx_archive, xlsx_book, xlsx_file, xlsx_xml
from kpi_cli.results.cells import BLANK, Kind, RawCell, Row, UnreadableError
from kpi_cli.results.room import SMALL_ROOM, Room
from kpi_cli.results.set_property import CUSTOM_PART, REPORT_PROPERTY
from kpi_cli.results.xlsx_file import read_sheets, read_xlsx
from tests.unit.results.small_set import MAIN, PROPERTIES, add_texts, make_parts, pack, text_cell


def save(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rows_of(sheet_data: str, *formats: str) -> tuple[Row, ...]:
    return read_xlsx(pack(make_parts(sheet_data, formats=formats)), file="f.xlsx").sheets[0].rows


def first_cell(xml: str, *formats: str) -> RawCell:
    rows = rows_of(f'<row r="1">{xml}</row>', *formats)
    return rows[0].cells[0] if rows else BLANK


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        ('<c r="A1"><v>85</v></c>', RawCell(Kind.NUMBER, "85", Decimal(85), places=8)),
        ('<c r="A1"><v>0.1</v></c>', RawCell(Kind.NUMBER, "0.1", Decimal("0.1"), places=9)),
        ('<c r="A1"><v>0.28999999999999998</v></c>', RawCell(Kind.NUMBER, "0.29", Decimal("0.29"), places=9)),
        ('<c r="A1"><v>1.5E3</v></c>', RawCell(Kind.NUMBER, "1500", Decimal("1500"), places=6)),
        ('<c r="A1"><v>1E999</v></c>', RawCell(Kind.NUMBER, "1E999")),
        (
            '<c r="A1" s="1"><v>0.85</v></c>',
            RawCell(Kind.NUMBER, "85%", Decimal("0.85"), percent_sign="scaled", places=0),
        ),
        ('<c r="A1" s="1"><v>0</v></c>', RawCell(Kind.NUMBER, "0%", Decimal(0), percent_sign="scaled", places=0)),
        ('<c r="A1" s="1"><v>1</v></c>', RawCell(Kind.NUMBER, "100%", Decimal(1), percent_sign="scaled", places=0)),
        ('<c r="A1" s="2"><v>85</v></c>', RawCell(Kind.NUMBER, "85", Decimal(85), percent_sign="literal", places=2)),
        ('<c r="A1" t="b"><v>1</v></c>', RawCell(Kind.TRUTH, "TRUE", truth=True)),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', RawCell(Kind.ERROR, "#DIV/0!")),
        ('<c r="A1" t="inlineStr"><is><t>สตึก</t></is></c>', RawCell(Kind.TEXT, "สตึก")),
        ('<c r="A1" t="str"><f>A2</f><v>ok</v></c>', RawCell(Kind.TEXT, "ok")),
        ('<c r="A1" s="3"><v>44286</v></c>', RawCell(Kind.DATE, "2021-03-31")),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', RawCell(Kind.NUMBER, "2", Decimal(2), places=9)),
        ('<c r="A1"><f>1+1</f></c>', RawCell(Kind.NOT_CALCULATED)),
        ('<c r="A1"><f>1+1</f><v></v></c>', RawCell(Kind.NOT_CALCULATED)),
        ('<c r="A1"><f t="shared" si="0" ref="A1:A2">1+1</f><v/></c>', RawCell(Kind.NOT_CALCULATED)),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', BLANK),  # calculated, and empty
        ('<c r="A1" s="1"/>', BLANK),
        ('<c r="A1" t="inlineStr"><is><t>  </t></is></c>', BLANK),
    ],
)
def test_cells(xml: str, cell: RawCell) -> None:
    assert first_cell(xml, "0%", '0.00"%"', "yyyy-mm-dd") == cell


def test_times_are_dates_too() -> None:
    values = (datetime.date(2021, 3, 31), datetime.datetime(2021, 3, 31, 8, 30), datetime.time(8, 30))
    data = save(lambda book: book.active.append(values))
    (row,) = read_xlsx(data, file="f.xlsx").sheets[0].rows
    assert [(cell.kind, cell.text) for cell in row.cells] == [
        (Kind.DATE, "2021-03-31"),
        (Kind.DATE, "2021-03-31 08:30:00"),
        (Kind.DATE, "08:30:00"),
    ]


def test_rows_keep_their_numbers_and_gaps_stay_blank() -> None:
    rows = rows_of('<row r="3"><c r="C3"><v>7</v></c></row><row r="4" ht="20"/><row r="9"><c r="A9"><v>8</v></c></row>')
    assert [(row.number, [cell.text for cell in row.cells]) for row in rows] == [(3, ["", "", "7"]), (9, ["8"])]


def test_rows_without_numbers_are_counted() -> None:
    rows = rows_of("<row><c><v>1</v></c></row><row/><row><c><v>2</v></c><c><v>3</v></c></row>")
    assert [(row.number, len(row.cells)) for row in rows] == [(1, 1), (3, 2)]


def test_a_wrong_dimension_hides_nothing() -> None:
    parts = make_parts("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 6)))
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<sheetData>", '<dimension ref="A1:A2"/><sheetData>')
    assert len(read_xlsx(pack(parts), file="f.xlsx").sheets[0].rows) == 5


def test_hidden_sheets_and_hidden_rows() -> None:
    def fill(book: Any) -> None:
        book.active.append([1])
        book.active.row_dimensions[1].hidden = True
        book.active.auto_filter.ref = "A1:A9"
        book.create_sheet("h").sheet_state = "hidden"
        book.create_sheet("v").sheet_state = "veryHidden"

    sheets = read_xlsx(save(fill), file="f.xlsx").sheets
    assert [(sheet.title, sheet.hidden, len(sheet.rows)) for sheet in sheets] == [
        ("Sheet", False, 1),
        ("h", True, 0),
        ("v", True, 0),
    ]


def test_a_chart_sheet_is_no_sheet() -> None:
    def fill(book: Any) -> None:
        book.active.append([1])
        chart = BarChart()
        chart.add_data(Reference(book.active, min_col=1, min_row=1, max_row=1))
        book.create_chartsheet("chart").add_chart(chart)

    assert [sheet.title for sheet in read_xlsx(save(fill), file="f.xlsx").sheets] == ["Sheet"]


def refuse(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_xlsx(data, file="f.xlsx")
    return caught.value.variant


def test_encrypted_members() -> None:
    data = bytearray(pack(make_parts('<row r="1"><c r="A1"><v>1</v></c></row>')))
    for start in (index for index in range(len(data)) if data[index : index + 4] in (b"PK\x01\x02", b"PK\x03\x04")):
        data[start + (8 if data[start + 2] == 1 else 6)] |= 1
    assert refuse(bytes(data)) == "encrypted"


PARTS = make_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("parts", "variant"),
    [
        ({"a.txt": "x"}, "not-a-workbook"),
        ({**PARTS, "word/document.xml": "x"}, "not-a-workbook"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "not-a-workbook"),
        ({**PARTS, "xl/workbook.bin": "x"}, "unsupported"),
        ({**PARTS, SHEET: "<worksheet><sheetData><row"}, "broken-workbook"),
        ({**PARTS, "xl/workbook.xml": "no xml"}, "broken-workbook"),
        ({**PARTS, SHEET: PARTS[SHEET].replace("<v>1<", "<v>one<")}, "broken-workbook"),
        ({**PARTS, SHEET: PARTS[SHEET].replace('r="A1"', 'r="A1" t="s"')}, "broken-workbook"),
        (
            {**PARTS, SHEET: f'<!DOCTYPE x [<!ENTITY a "aaaa">]>{PARTS[SHEET].replace(">1<", ">&a;<")}'},
            "broken-workbook",
        ),
        ({**PARTS, "xl/_rels/workbook.xml.rels": "<Relationships/>"}, "broken-workbook"),
        ({**PARTS, SHEET: PARTS[SHEET].replace('r="A1"', 'r="1A"')}, "broken-workbook"),
        ({**PARTS, SHEET: PARTS[SHEET].replace('r="A1"', 'r="ZZZ1"')}, "broken-workbook"),
        ({**PARTS, SHEET: " " * 60_000_000}, "zip-bomb"),
        ({**PARTS, "xl/media/image.png": "\0" * 60_000_000}, "zip-bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_workbooks_that_cannot_be_read(parts: dict[str, str], variant: str) -> None:
    assert refuse(pack(parts)) == variant


def test_a_part_that_is_given_twice_is_refused() -> None:
    """Programs do not agree which of two counts."""
    stream = io.BytesIO(pack(PARTS))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, PARTS[SHEET].replace(">1<", ">2<"))
    assert refuse(stream.getvalue()) == "broken-workbook"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_whatever_it_declares(part: str) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    parts = {**PARTS, part: f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>{PARTS[part]}'}
    with pytest.raises(UnreadableError) as caught:
        read_xlsx(pack(parts), file="f.xlsx")
    assert caught.value.params["problem"] == "DOCTYPE"


def test_a_truncated_or_damaged_workbook() -> None:
    data = pack(PARTS)
    assert refuse(data[:-30]) == "broken-workbook"
    start = data.index(b"sheet1.xml") + 20
    assert refuse(data[:start] + bytes(20) + data[start + 20 :]) == "broken-workbook"


def _bomb(kind: str) -> str:
    match kind:
        case "empty rows":
            return "".join(f'<row r="{n}" ht="15" customHeight="1"/>' for n in range(1, 400_001))
        case "one wide row":
            return '<row r="1">' + "".join("<c/>" for _ in range(400_000)) + "</row>"
        case "last column":
            return "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 20_001))
        case "filled rows":
            return "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 400_001))
        case _:
            return "".join(f"<row><c><v>{n}</v></c></row>" for n in range(1, 400_001))


BOMBS = ["last column", "filled rows", "filled rows without numbers"]
# Not ru_maxrss: a child starts from what its parent had, and the parent is a whole test run.
_MEASURE = """
import pathlib, re, sys, time
from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.set_property import CUSTOM_PART, REPORT_PROPERTY
from kpi_cli.results.xlsx_file import read_sheets, read_xlsx
for name in sys.argv[1:]:
    start = time.process_time()
    try:
        found = str(read_xlsx(pathlib.Path(name).read_bytes(), file=name))
    except UnreadableError as error:
        found = error.variant
    peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1])
    print(found, time.process_time() - start < 30, peak < 300_000)
"""


@pytest.mark.skipif(not pathlib.Path("/proc/self/status").exists(), reason="only Linux says how much memory was used")
def test_what_would_take_minutes_or_gigabytes_is_refused_at_once(tmp_path: pathlib.Path) -> None:
    for kind in BOMBS:
        (tmp_path / kind).write_bytes(pack(make_parts(_bomb(kind))))
    command = [sys.executable, "-c", _MEASURE, *(str(tmp_path / kind) for kind in BOMBS)]
    # In a process of its own, so that what the tests themselves need is not counted.
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert dict(zip(BOMBS, lines, strict=True)) == dict.fromkeys(BOMBS, "too-much-xml True True")


def test_endless_empty_rows_lose_nothing() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + _bomb("empty rows").replace(
        '<row r="1" ht="15" customHeight="1"/>', "", 1
    )
    assert [row.number for row in rows_of(rows)] == [1]
    assert rows_of(_bomb("one wide row")) == ()


@pytest.mark.parametrize("number", [2, 1_048_575])
def test_the_last_row_is_found_behind_empty_ones(number: int) -> None:
    cell = f'<row r="{number}" spans="1:3">{text_cell(f"A{number}", "x")}</row><row r="{number + 1}"/>'
    assert [row.number for row in rows_of('<row r="1"/>' + cell)] == [number]


def test_a_formula_in_the_last_row_is_found() -> None:
    rows = rows_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="5"><c r="A5"><f t="shared" si="0"/></c></row>')
    assert [(row.number, row.cells[0].kind) for row in rows] == [(1, Kind.NUMBER), (5, Kind.NOT_CALCULATED)]


def test_a_styled_blank_among_formulas_is_blank() -> None:
    (row,) = rows_of('<row r="1"><c r="A1"><f>1</f></c><c r="B1" s="1"/><c r="C1"><f>1</f><v>1</v></c></row>', "0%")
    assert [cell.kind for cell in row.cells] == [Kind.NOT_CALCULATED, Kind.BLANK, Kind.NUMBER]


def test_rows_longer_than_a_chunk_keep_their_number() -> None:
    filler = "".join(text_cell(f"{letter}{second}7", "x" * 30_000) for letter in "ABCDEF" for second in "ABCDEFGH")
    long_row = f'<row r="7">{filler}<c r="ZZ7"><v>1</v></c></row>'
    parts = make_parts(f'<row r="1"><c r="A1"><v>1</v></c></row>{long_row}')
    data = pack(parts)
    assert [row.number for row in read_xlsx(data, file="f.xlsx").sheets[0].rows] == [1, 7]


@pytest.mark.parametrize(
    ("module", "name", "limit", "variant"),
    [
        (xlsx_xml, "MAX_UNPACKED", 300, "too-much-xml"),
        (xlsx_xml, "MAX_CHARACTERS", 0, "too-much-xml"),
        (xlsx_xml, "MAX_DEPTH", -1, "too-much-xml"),
        (xlsx_xml, "MAX_NAMES", 1, "too-much-xml"),
        (xlsx_xml, "MAX_TOKEN", -1, "too-much-xml"),
        (xlsx_book, "MAX_SHEETS", 0, "too-much-xml"),
        (xlsx_xml, "MAX_PLACES", 0, "too-much-xml"),
        (room, "SMALL_ROOM", Room(rows=0, cells=99, elements=99), "too-much-xml"),
        (room, "SMALL_ROOM", Room(rows=9, cells=0, elements=99), "too-much-xml"),
        (room, "SMALL_ROOM", Room(rows=9, cells=99, elements=5), "too-much-xml"),
        (room, "SMALL_ROOM", Room(rows=0, cells=99, elements=99, variant="packed-workbook"), "packed-workbook"),
        (xlsx_archive, "MAX_UNPACKED", 100, "zip-bomb"),
        (xlsx_file, "MAX_XLSX_BYTES", 100, "too-large"),
    ],
)
def test_every_bound(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, limit: object, variant: str) -> None:
    data = pack(PARTS)
    read_xlsx(data, file="f.xlsx")
    monkeypatch.setattr(module, name, limit)
    assert refuse(data) == variant


def test_a_part_that_lists_is_bounded_more_narrowly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_xml.stream_part, "__kwdefaults__", {"most": 3})
    assert refuse(pack(PARTS)) == "too-much-xml"
    monkeypatch.setattr(xlsx_xml.stream_part, "__kwdefaults__", {"most": 12})
    read_xlsx(pack(make_parts("<row><c><v>1</v></c></row>" * 100)), file="f.xlsx")


def test_cells_of_all_sheets_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: Any) -> None:
        book.active.append([1, 2])
        book.create_sheet("b").append([3, 4])

    data = save(fill)
    monkeypatch.setattr(room, "SMALL_ROOM", SMALL_ROOM._replace(cells=4))
    assert len(read_xlsx(data, file="f.xlsx").sheets) == 2
    monkeypatch.setattr(room, "SMALL_ROOM", SMALL_ROOM._replace(cells=3))
    assert refuse(data) == "packed-workbook"


def test_a_large_workbook_may_hold_what_a_small_one_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pack(PARTS)
    monkeypatch.setattr(room, "SMALL_ROOM", Room(0, 0, 0))
    assert refuse(data) == "too-much-xml"
    monkeypatch.setattr(room, "SMALL", len(data))
    read_xlsx(data, file="f.xlsx")
    monkeypatch.setattr(room, "ROOM", Room(0, 0, 0))
    assert refuse(data) == "too-much-xml"


@pytest.mark.parametrize("encoding", ["nonsense", "zlib", "utf-7", "idna", "big5"])
def test_an_encoding_that_no_workbook_has(encoding: str) -> None:
    parts = {**PARTS, SHEET: f'<?xml version="1.0" encoding="{encoding}"?>{PARTS[SHEET]}'}
    assert refuse(pack(parts)) == "broken-workbook"


@pytest.mark.parametrize(
    "text", ["0", "7", "85.5", "-12.25", "0.5", "-0.5", "100000000000000", "0.00001", "12.50", "-0", "007", "1.", "+3"]
)
def test_a_plain_number_is_what_the_binary_fraction_would_be(text: str) -> None:
    cell = first_cell(f'<c r="A1"><v>{text}</v></c>')
    assert cell.number == Decimal(format(float(text), ".15g"))
    assert cell.text == format(Decimal(format(float(text), ".15g")) + 0, "f")


def test_a_cell_given_out_of_order_stands_where_it_says() -> None:
    (row,) = rows_of('<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>')
    assert [cell.text for cell in row.cells] == ["1", "", "3"]


def test_the_strict_dialect_is_read_too() -> None:
    strict = "purl.oclc.org/ooxml"
    parts = {
        name: text.replace("schemas.openxmlformats.org/spreadsheetml/2006", f"{strict}/spreadsheetml").replace(
            "schemas.openxmlformats.org/officeDocument/2006", f"{strict}/officeDocument"
        )
        for name, text in PARTS.items()
    }
    assert [cell.text for cell in read_xlsx(pack(parts), file="f.xlsx").sheets[0].rows[0].cells] == ["1"]


def test_elements_with_a_prefix() -> None:
    parts = {**PARTS, SHEET: PARTS[SHEET].replace("xmlns=", "xmlns:x=").replace("<", "<x:").replace("<x:/", "</x:")}
    assert [cell.text for cell in read_xlsx(pack(parts), file="f.xlsx").sheets[0].rows[0].cells] == ["1"]


def test_shared_texts_runs_readings_and_escapes() -> None:
    runs = "<r><t>ปะ</t></r><r><t>คำ</t></r><rPh><t>x</t></rPh>"
    strings = f'<sst xmlns="{MAIN}"><si><t>หนอง</t></si><si>{runs}</si><si><t>a_x000D_b</t></si></sst>'
    row = "".join(f'<c r="{"ABC"[n]}1" t="s"><v>{n}</v></c>' for n in range(3))
    parts = add_texts(make_parts(f'<row r="1">{row}</row>'), strings)
    (found,) = read_xlsx(pack(parts), file="f.xlsx").sheets[0].rows
    assert [cell.text for cell in found.cells] == ["หนอง", "ปะคำ", "a\rb"]


@pytest.mark.parametrize(("epoch", "day"), [("", "2021-03-31"), ('<workbookPr date1904="1"/>', "2025-04-01")])
def test_the_epoch_of_dates(epoch: str, day: str) -> None:
    parts = make_parts('<row r="1"><c r="A1" s="1"><v>44286</v></c></row>', formats=["d/m/yyyy"])
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheets>", f"{epoch}<sheets>")
    assert [cell.text for cell in read_xlsx(pack(parts), file="f.xlsx").sheets[0].rows[0].cells] == [day]


@pytest.mark.parametrize(
    "name", ["xl/pages/sheet1.xml", "xl/media/sheet1.xml", "xl/worksheets/sheet1", "xl/sheet1.bin"]
)
def test_sheets_in_unusual_places_are_scanned_too(name: str) -> None:
    parts = make_parts('<row r="1"/>' + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in (7, 9)))
    parts = {
        (name if key == SHEET else key): value.replace("/" + SHEET, "/" + name).replace(
            "worksheets/sheet1.xml", name[3:]
        )
        for key, value in parts.items()
    }
    assert [row.number for row in read_xlsx(pack(parts), file="f.xlsx").sheets[0].rows] == [7, 9]


def test_too_many_parts() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"{number}", "")
    assert refuse(file.getvalue()) == "too-large"


def test_a_report_of_our_own_has_room_for_a_row_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    custom = f'<Properties{PROPERTIES}><property name="{REPORT_PROPERTY}"/></Properties>'
    data = pack({**PARTS, CUSTOM_PART: custom})
    monkeypatch.setattr(room, "SMALL_ROOM", Room(0, 0, 0))
    report = read_sheets(data, file="f.xlsx", own=True)
    assert report is not None
    assert report.sheets[0].rows
    monkeypatch.setattr(room, "SMALL_REPORT_ROOM", Room(0, 0, 9_999))
    with pytest.raises(UnreadableError):
        read_sheets(data, file="f.xlsx", own=True)
