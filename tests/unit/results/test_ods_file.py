from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest

from kpi_cli.results import ods_file, room, xlsx_xml
from kpi_cli.results.cells import BLANK, Kind, Merged, RawCell, Row, UnreadableError
from kpi_cli.results.ods_file import read_ods
from kpi_cli.results.room import Room

TYPE = "application/vnd.oasis.opendocument.spreadsheet"


NAMES = (
    "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "manifest")
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:z="urn:z"'
)


def pack(content: str, **others: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", TYPE)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", others.get("manifest", f"<manifest:manifest{NAMES}/>"))
    return file.getvalue()


def make(tables: str, styles: str = "") -> bytes:
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    styles = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return pack(f"<office:document-content{NAMES}>{styles}{body}</office:document-content>")


def rows_of(rows: str) -> tuple[Row, ...]:
    (sheet,) = read_ods(make(f'<table:table table:name="S">{rows}</table:table>'), file="f.ods").sheets
    return sheet.rows


def first_cell(cell: str) -> RawCell:
    rows = rows_of(f"<table:table-row>{cell}</table:table-row>")
    return rows[0].cells[0] if rows else BLANK


def cell(kind: str, shown: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="{kind}" {more}><text:p>{shown}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (
            cell("percentage", "85.50%", 'office:value="0.855"'),
            RawCell(Kind.NUMBER, "85.5%", Decimal("0.855"), None, "scaled", 2),
        ),
        (
            cell("float", "85.00%", 'office:value="85"'),  # a literal sign: points, as typed
            RawCell(Kind.NUMBER, "85", Decimal(85), None, "literal", 2),
        ),
        (cell("float", "0.85", 'office:value="0.85"'), RawCell(Kind.NUMBER, "0.85", Decimal("0.85"), None, "", 2)),
        (cell("float", "90", 'office:value="89.96"'), RawCell(Kind.NUMBER, "89.96", Decimal("89.96"), None, "", 0)),
        (cell("float", "๘๕.๕", 'office:value="85.5"'), RawCell(Kind.NUMBER, "85.5", Decimal("85.5"), None, "", 1)),
        (cell("boolean", "TRUE", 'office:boolean-value="true"'), RawCell(Kind.TRUTH, "TRUE", truth=True)),
        (cell("boolean", "FALSE", 'office:boolean-value="false"'), RawCell(Kind.TRUTH, "FALSE", truth=False)),
        (cell("date", "31/3/64", 'office:date-value="2021-03-31"'), RawCell(Kind.DATE, "2021-03-31")),
        (cell("string", "#DIV/0!", 'calcext:value-type="error"'), RawCell(Kind.ERROR, "#DIV/0!")),
        (cell("string", "สตึก"), RawCell(Kind.TEXT, "สตึก")),
        ('<table:table-cell table:formula="of:=1+1"/>', RawCell(Kind.NOT_CALCULATED)),
        ("<table:table-cell/>", BLANK),
        (cell("string", 'a</text:p><text:p>b<text:s text:c="2"/>c'), RawCell(Kind.TEXT, "a\nb  c")),
        (
            '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
            "<text:p>ok</text:p></table:table-cell>",
            RawCell(Kind.TEXT, "ok"),
        ),
    ],
)
def test_cells(xml: str, expected: RawCell) -> None:
    assert first_cell(xml) == expected


TWICE = cell("string", "x", 'table:number-columns-repeated="2"')
REPEATED = f"""<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="2">
  <table:table-cell table:number-columns-repeated="2"/>{TWICE}<table:table-cell table:number-columns-repeated="16380"/>
</table:table-row>
<table:table-row table:number-rows-repeated="1048571"><table:table-cell/></table:table-row>"""


def test_repeated_rows_and_cells_stand_where_they_are_seen() -> None:
    assert [(row.number, [one.text for one in row.cells]) for row in rows_of(REPEATED)] == [
        (4, ["", "", "x", "x"]),
        (5, ["", "", "x", "x"]),
    ]


def test_hidden_sheets_and_cells_merged_over_rows() -> None:
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    merged = cell("string", "x", 'table:number-rows-spanned="2" table:number-columns-spanned="2"')
    row = f"<table:table-row>{merged}<table:covered-table-cell/></table:table-row>"
    tables = f'<table:table table:name="A">{row}</table:table><table:table table:name="B" table:style-name="ta2"/>'
    first, second = read_ods(make(tables, styles), file="f.ods").sheets
    assert (first.title, first.hidden, first.merged) == ("A", False, (Merged(1, 0, 2, 1),))
    assert (second.title, second.hidden) == ("B", True)


FIGURE = cell("float", "95", 'office:value="95"')
SEEN = cell("float", "70", 'office:value="70"')


ROW = "<table:table-row>{}</table:table-row>"
SHOWN, HIDDEN = ROW.format(SEEN), ROW.format(FIGURE)


@pytest.mark.parametrize(
    "rows",
    [
        ROW.format(SEEN + FIGURE.replace("table:table-cell", "z:table-cell")),
        ROW.format(f"<z:a>{FIGURE}</z:a>{SEEN}"),
        HIDDEN.replace("table:table-row", "z:table-row") + SHOWN,
        SHOWN + HIDDEN.replace("<table:table-row", '<table:table-row xmlns:table="urn:z"'),
        ROW.format(SEEN + FIGURE.replace("office:", "z:").replace("text:p", "z:p")),
        ROW.format(SEEN.replace(" office:value=", ' z:value="95" office:value=')),
        ROW.format(SEEN.replace("70<", "70<z:s>5</z:s><")),
        ROW.format(SEEN + FIGURE.replace("table-cell", "covered-table-cell")),
        f"<table:shapes>{HIDDEN}</table:shapes>{SHOWN}",
        ROW.format(SEEN.replace("<text:p>", f"<table:table>{HIDDEN}</table:table><text:p>")),
    ],
)
def test_only_what_is_seen_and_has_its_name_in_a_namespace_of_odf_counts(rows: str) -> None:
    assert [[one.text for one in row.cells] for row in rows_of(rows)] == [["70"]]


def test_what_is_covered_takes_its_places() -> None:
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    (row,) = rows_of(f"<table:table-row>{SEEN}{covered}{FIGURE}</table:table-row>")
    assert [one.text for one in row.cells] == ["70", "", "", "95"]


def test_any_prefix_will_do() -> None:
    data = make(f'<table:table table:name="S"><table:table-row>{SEEN}</table:table-row></table:table>')
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml").decode()
    for name in ("office", "table", "text"):
        content = content.replace(f"{name}:", f"{name[:2]}:").replace(f":xmlns:{name[:2]}:", f":xmlns:{name}:")
        content = content.replace(f"xmlns:{name}=", f"xmlns:{name[:2]}=")
    (sheet,) = read_ods(pack(content), file="f.ods").sheets
    assert (sheet.title, [row.cells[0].text for row in sheet.rows]) == ("S", ["70"])


def test_rows_in_groups_and_fields_in_texts_count() -> None:
    row = f"<table:table-row>{cell('string', 'a<text:span>b<text:span>c</text:span><text:tab/></text:span>d')}"
    row += "</table:table-row>"
    deep = f"<table:table-row-group><table:table-row-group>{row}</table:table-row-group>{row}</table:table-row-group>"
    header = f"<table:table-header-rows>{row}</table:table-header-rows>"
    assert [one.cells[0].text for one in rows_of(header + deep)] == ["abc\td"] * 3


def test_two_lines_are_not_read_as_one_number() -> None:
    assert first_cell(cell("string", "1<text:line-break/>4")).text == "1\n4"


@pytest.mark.parametrize("shown", ["#DIV/0!", "#N/A", "#VALUE!", "Err:502"])
def test_an_error_that_is_shown_is_no_number(shown: str) -> None:
    assert first_cell(cell("float", shown, 'office:value="0"')).kind is Kind.ERROR


def make_one(cell: str, of_row: str = "") -> bytes:
    return make(f"<table:table><table:table-row {of_row}>{cell}</table:table-row></table:table>")


ENCRYPTED = f"<manifest:manifest{NAMES}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>\
</manifest:manifest>"
WIDE = 'table:number-rows-spanned="2" table:number-columns-spanned="9999999"'


@pytest.mark.parametrize(
    ("data", "variant"),
    [
        (pack("x", manifest=ENCRYPTED), "encrypted"),
        (pack(f"<office:document-content{NAMES}><table:table>"), "broken-workbook"),
        (pack("<document-content/>"), "broken-workbook"),
        (pack(f"<table:document-content{NAMES}/>"), "broken-workbook"),
        (pack('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "broken-workbook"),
        (pack(f"<office:document-content{NAMES}>" + "<a>" * 300_000), "too-much-xml"),
        (make_one(cell("string", "x"), 'table:number-rows-repeated="1048576"'), "packed-workbook"),
        (make_one(cell("string", "x", 'table:number-columns-repeated="9999999"')), "broken-workbook"),
        (make("<table:table/>" * 1_001), "too-much-xml"),
        (make_one(cell("string", "x", WIDE)), "too-much-xml"),
        (make_one(cell("float", "1", 'office:value="one"')), "broken-workbook"),
        (b"PK\x03\x04", "broken-workbook"),
    ],
)
def test_workbooks_that_cannot_be_read(data: bytes, variant: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_ods(data, file="f.ods")
    assert caught.value.variant == variant


@pytest.mark.parametrize(
    ("module", "name", "limit"),
    [
        (ods_file, "MAX_ODS_BYTES", 100),
        (xlsx_xml, "MAX_PLACES", 0),
        (room, "SMALL_ROOM", Room(rows=0, cells=9, elements=9)),
        (room, "SMALL_ROOM", Room(rows=9, cells=0, elements=9)),
        (room, "SMALL_ROOM", Room(rows=9, cells=9, elements=3)),
    ],
)
def test_every_bound(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, limit: object) -> None:
    data = make(f"<table:table><table:table-row>{cell('string', 'x')}</table:table-row></table:table>")
    read_ods(data, file="f.ods")
    monkeypatch.setattr(module, name, limit)
    with pytest.raises(UnreadableError, match="too-"):
        read_ods(data, file="f.ods")
