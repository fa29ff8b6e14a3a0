"""Where tables begin and what their columns are; a sheet is written here as lines of csv."""

from __future__ import annotations

import pathlib
from decimal import Decimal

import openpyxl
import pytest

from kpi_cli.model import EntityKind
from kpi_cli.results import headers
from kpi_cli.results.cells import Kind, RawCell, Row, Sheet
from kpi_cli.results.csv_file import read_csv
from kpi_cli.results.header import find_tables
from kpi_cli.results.headers import HeaderIndex, Role
from kpi_cli.results.likeness import TOO_LONG
from tests.unit.results.small_set import SMALL, figures_of, read_files, read_lines, summarise

INDEX = HeaderIndex(SMALL)
SUB, APART = "skipped-row/sub-heading", "unclaimed-column/apart"


def tables_of(text: str) -> list[tuple[dict[str, int], int, list[int]]]:
    """Each table as its measures' columns, the column of names, and the numbers of its rows."""
    (sheet,) = read_csv(text.encode(), file="f.csv").sheets
    return [
        (dict(table.header.measures), table.header.columns(Role.ENTITY)[0], [row.number for row in table.rows])
        for table in find_tables(sheet, INDEX)
    ]


def test_only_text_is_the_header_of_a_column() -> None:
    entity, clips = RawCell(Kind.TEXT, "entity"), RawCell(Kind.TEXT, "clips")
    figure = RawCell(Kind.NUMBER, "clips", Decimal(7))
    rows = (Row(1, (entity, clips)), Row(2, (RawCell(Kind.TEXT, "ก"), figure)), Row(3, (entity, figure)))
    (table,) = find_tables(Sheet("f.xlsx", rows, "x"), INDEX)
    assert [row.number for row in table.rows] == [2, 3]


def test_no_long_text_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(headers, "clean_headers", lambda texts: looked_at.extend(texts) or texts)
    INDEX.find_all(["a" * TOO_LONG, "b" * (TOO_LONG + 1), "c"])
    assert [text[0] for text in looked_at] == ["a", "c"]


def test_what_texts_claim_together_is_what_each_claims_by_itself() -> None:
    texts = [
        "entity",
        "clips",
        "จำนวน คลิป",
        "ก",
        "12.5",
        "team:score",
        "x:score",
        "a:b",
        "clips" + " " * TOO_LONG,
        "|",
        "",
    ]
    each = {text: INDEX.find(text) for text in texts}
    assert INDEX.find_all(texts) == {text: claims for text, claims in each.items() if claims}
    assert [text for text in texts if each[text]] == ["entity", "clips", "จำนวน คลิป", "team:score"]
    assert INDEX.find_all(["ก", "ข"]) == INDEX.find_all([]) == {}


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("entity,clips\nก,1", [({"clips": 1}, 0, [2])]),
        ("อำเภอ,จำนวนคลิป\nก,1", [({"clips": 1}, 0, [2])]),
        ("ชื่ออำเภอ,จำนวน คลิป\nก,1", [({"clips": 1}, 0, [2])]),
        ("DISTRICT,เบิกจ่าย (%)\nก,1", [({"spent": 1}, 0, [2])]),
        # title rows above
        ("จังหวัดบุรีรัมย์\n\nจำนวนคลิป\nentity,clips,points\nก,1,2", [({"clips": 1, "points": 2}, 0, [5])]),
        # ids below titles; people moved a title, programs read the ids
        ("อำเภอ,จำนวนคลิป,คะแนนประชาสัมพันธ์\nentity,points,clips\nก,1,2", [({"points": 1, "clips": 2}, 0, [3])]),
        # ids below units
        ("อำเภอ,จำนวนคลิป\n,(คลิป)\nentity,clips\nก,1", [({"clips": 1}, 0, [4])]),
        # a column that has only a title, and one that has only an id
        ("อำเภอ,จำนวนคลิป,คะแนนประชาสัมพันธ์\nentity,,points\nก,1,2", [({"clips": 1, "points": 2}, 0, [3])]),
        ("อำเภอ,จำนวนคลิป,x\nentity,clips,points\nก,1,2", [({"clips": 1, "points": 2}, 0, [3])]),
        # the entity's header merged over two rows
        ("ที่,อำเภอ,ตัวชี้วัดที่ 1,\n,,จำนวนคลิป,คะแนนประชาสัมพันธ์\n1,ก,1,2", [({"clips": 2, "points": 3}, 1, [3])]),
        # measures merged over two rows
        ("ที่,ชื่อ,จำนวนคลิป,คะแนนประชาสัมพันธ์\n,อำเภอ,,\n1,ก,1,2", [({"clips": 2, "points": 3}, 1, [3])]),
        # two tables, one below the other
        ("entity,clips\nก,1\n\npoints,entity\n2,ก", [({"clips": 1}, 0, [2]), ({"points": 0}, 1, [5])]),
        ("entity,clips\nentity,points\nก,1", [({}, 0, [3])]),
        # the header printed again
        ("entity,clips\nก,1\nentity,clips\nข,2", [({"clips": 1}, 0, [2]), ({"clips": 1}, 0, [4])]),
        ("entity,clips\nก,มี\nentity,clips\nข,2", [({"clips": 1}, 0, [2]), ({"clips": 1}, 0, [4])]),
        ("entity,held\nก,\nentity,clips\nข,2", [({"held": 1}, 0, [2]), ({"clips": 1}, 0, [4])]),
        # of rows that claim equally much the last counts
        (
            "อำเภอ,จำนวนคลิป,คะแนนประชาสัมพันธ์,หมายเหตุ\nentity,clips,ลบ,held\nก,1,2,มี",
            [({"clips": 1, "held": 3}, 0, [3])],
        ),
        # the title of a sheet is no header of the column below it
        ("จำนวนคลิป\n,entity,points\n5,ก,1", [({"points": 2}, 1, [3])]),
        # a heading over several columns says nothing of the first of them
        ("ที่,อำเภอ,จำนวนคลิป,,\n,,เป้า,points,held\n1,ก,3,2,มี", [({"points": 3, "held": 4}, 1, [3])]),
        # figures without a name between two headers are not swallowed by the second
        ("entity,clips\n,5\nentity,points\nก,1", [({"clips": 1}, 0, [2]), ({"points": 1}, 0, [4])]),
        ("entity,held\n,มี\nentity,points\nก,1", [({"held": 1}, 0, [2]), ({"points": 1}, 0, [4])]),
        # a title that is also the id of a measure stands above a column that is worked out
        ("อำเภอ,จำนวนคลิป,points\nentity,clips,T3:points\nก,1,2", [({"clips": 1}, 0, [3])]),
        # what reads as the header of another table ends this one, where figures follow it
        ("entity,clips\nก,1\nอำเภอ,หนี้\nข,2", [({"clips": 1}, 0, [2])]),
        ("entity,clips,points\nก,1,2\n,points,clips\nข,2,1", [({"clips": 1, "points": 2}, 0, [2])]),
        ("entity,clips\nก,1\nอำเภอ,หนี้\nlast,x", [({"clips": 1}, 0, [2, 3, 4])]),
        ("entity,clips,note\nก,1,points\nข,2,x", [({"clips": 1}, 0, [2, 3])]),
        # no header
        ("clips,points\n1,2", []),
        ("อำเภอ,โทรศัพท์\nก,1", []),
        ("clips\n1", []),
    ],
)
def test_headers(text: str, tables: list[tuple[dict[str, int], int, list[int]]]) -> None:
    assert tables_of(text) == tables


@pytest.mark.parametrize(
    ("lines", "findings"),
    [
        (["อำเภอ,clips,จำนวนคลิบ", "สตึก,1,2"], [("C1", "unknown-column")]),
        (["อำเภอ,clips,ผู้รับผิดชอบ", "สตึก,1,ก"], [("C1", "unclaimed-column")]),
        (["อำเภอ,clips,", "สตึก,1,9"], [("C2", "unclaimed-column/untitled")]),
        (["อำเภอ,clips,T1:level,T2.1:possible_level,T2:points,team:score,overall:rank", "สตึก,1,5,5,5,5,5"], []),
        (["อำเภอ,clips,T9:level", "สตึก,1,5"], [("C1", "unclaimed-column")]),
        (["entity,clips", "entity,points", "สตึก,1"], [("B2", "ambiguous-column")]),
        (
            ["อำเภอ,clips,points,", ",(คลิป),เป้า,ผล", "สตึก,1,2,3"],
            [("C1", "ambiguous-column/merged"), ("B2", "skipped-row"), ("D2", "unclaimed-column/untitled")],
        ),
        (["อำเภอ,clips,points", ",(คลิป),(คะแนน)", "สตึก,1,2"], [("B2", "skipped-row")]),
        (
            ["อำเภอ,clips,points,", "", ",(ก),ข,ค", "สตึก,1,2,3"],
            [("C1", "ambiguous-column/merged"), ("B3", "skipped-row"), ("D3", "unclaimed-column/untitled")],
        ),
        # words that tell two columns apart, whatever stands before them
        (
            ["อำเภอ,clips,,points", ",,ปีนี้,", "สตึก,1,2,3"],
            [("B1", "ambiguous-column/merged"), ("C2", "skipped-row"), ("C2", "unclaimed-column/untitled")],
        ),
        (
            ["อำเภอ,clips,,points", "(ชื่อ),ปีก่อน,ปีนี้,", "สตึก,1,2,3"],
            [("B1", "ambiguous-column/merged"), ("A2", "skipped-row"), ("C2", "unclaimed-column/untitled")],
        ),
        (
            ["อำเภอ,clips,,points", "อำเภอ,ปีก่อน,ปีนี้,", "สตึก,1,2,3"],
            [("B1", "ambiguous-column/merged"), ("C2", "unclaimed-column")],
        ),
        (
            ["อำเภอ,clips,,,points", ",ปีก่อน,,ปีนี้,", ",เป้า,ผล,,", "สตึก,1,2,3,4"],
            [
                *[("B1", "ambiguous-column/merged"), ("B2", "skipped-row"), ("B2", SUB), ("B3", "skipped-row")],
                *[("C3", "unclaimed-column/untitled"), ("D2", "unclaimed-column/untitled")],
            ],
        ),
        # no figure stands below the second one, or one of the first stands above its word
        (
            ["อำเภอ,clips,,points", ",คลิป,หมายเหตุ,", "สตึก,1,ก,3"],
            [("B2", "skipped-row"), ("C2", "unclaimed-column/untitled")],
        ),
        (
            ["อำเภอ,clips,,points", ",คลิป,หมายเหตุ,", "สตึก,1,,3"],
            [("B2", "skipped-row"), ("C2", "unclaimed-column/untitled")],
        ),
        (["อำเภอ,clips,,points", "สตึก,1,ก,3", "นางรอง,2,ข,3"], [("C2", "unclaimed-column/untitled")]),
        (["อำเภอ,clips,,points", "สตึก,,ก,", "นางรอง,2,7,3"], [("C2", "unclaimed-column/untitled")]),
        (
            ["อำเภอ,clips,,points", ",1,ก,", "สตึก,2,7,3"],
            [("A2", "row-without-entity"), ("C2", "unclaimed-column/untitled")],
        ),
        (
            ["อำเภอ,clips,,points", "สตึก,รอ,ก,5", "นางรอง,2,7,3"],
            [("B2", "cell-not-a-number/prose"), ("C2", "unclaimed-column/untitled")],
        ),
        # the second one has a title or an id of its own
        (["อำเภอ,clips,ผู้ชม,points", ",(คลิป),(คน),", "สตึก,1,2,3"], [("B2", "skipped-row"), ("C1", "unclaimed-column")]),
        (["อำเภอ,จำนวนคลิป,", ",(คลิป),points", "สตึก,1,2"], []),
        (["อำเภอ,clips,,points", "สตึก,,ก,", "นางรอง,2,ข,3"], [("C2", "unclaimed-column/untitled")]),
        (["อำเภอ,clips,T1:level", "สตึก,1,5", ",,ไม่มี"], []),
        # words that are no unit, above figures
        (["อำเภอ,clips", ",ปี 2563", "สตึก,1", "นางรอง,2"], [("B2", "skipped-row"), ("B2", SUB)]),
        (
            ["อำเภอ,clips,points", ",(คลิป),เป้าหมาย", "สตึก,1,2"],
            [("B2", "skipped-row"), ("B2", SUB)],
        ),
        (["อำเภอ,clips", ",ปี 2563"], [("B2", "skipped-row")]),
        (["อำเภอ,clips", "สตึก,1", "ข้อมูลปีก่อน,", "นางรอง,2"], [("A3", "skipped-row"), ("A3", SUB)]),
        (["อำเภอ,clips", "สตึก,1", "กลุ่มใต้,", "นางรอง,2"], [("A3", "skipped-row")]),
        (["อำเภอ,clips", "สตึก,1", "ลงชื่อ,นาย ก", "นางรอง,2"], [("A3", "skipped-row")]),
        (["อำเภอ,จำนวนคลิป", "อำเภอ,คะแนนประชาสัมพันธ์", "สตึก,1"], [("B2", "ambiguous-column")]),
        ([f"อำเภอ,clips,{'ก' * 3000}", "สตึก,1,2"], [("C1", "unclaimed-column")]),
        (["อำเภอ,clips", "สตึก,1", "อำเภอ,หนี้", "นางรอง,2"], [("A3", "no-header/below")]),
        (["อำเภอ,clips,points", "สตึก,1,2", ",points,clips", "นางรอง,2,1"], [("B3", "no-entity-column")]),
        (["อำเภอ,clips", "สตึก,1", "อำเภอ,3", "นางรอง,2"], [("A3", "unknown-entity")]),  # a name, with a figure
        (
            ["อำเภอ,clips,points", "สตึก,1,2", "ชื่อ,เป้า,ผล", "นางรอง,2,1"],
            [("A3", "skipped-row"), ("A3", "skipped-row/words")],
        ),
        (["อำเภอ,clips,points", "สตึก,1,2", "ลงชื่อ,ก,ข"], [("A3", "skipped-row")]),
        (["อำเภอ,จำนวนคลิป,คะแนนประชาสัมพันธ์", "entity,points,clips", "สตึก,1,2"], [("B2", "ambiguous-column/overruled")]),
        (
            ["อำเภอ,จำนวนคลิป,คะแนนประชาสัมพันธ์", ",คลิป,คะแนน", "entity,points,clips", "สตึก,1,2"],
            [("B3", "ambiguous-column/overruled")],
        ),
        (["อำเภอ,จำนวนคลิป,", "entity,points,clips", "สตึก,1,2"], []),
        (["อำเภอ,จำนวนคลิป,points", "entity,clips,T1:points", "สตึก,1,5"], []),  # worked out, whatever its title is
        # rows of one entity that another column tells apart; not those that share the measures among them
        (["อำเภอ,เดือน,clips", "สตึก,ม.ค.,1", "สตึก,ก.พ.,1"], [("B1", "unclaimed-column"), ("B3", APART)]),
        (["อำเภอ,เดือน,clips", "สตึก,ม.ค.,1", "สตึก, ม.ค.,1"], [("B1", "unclaimed-column")]),
        (["อำเภอ,เดือน,clips", "สตึก,ม.ค.,1", "นางรอง,ก.พ.,1"], [("B1", "unclaimed-column")]),
        (["อำเภอ,กลุ่ม,clips,points", "สตึก,ก,1,", "สตึก,ข,,2"], [("B1", "unclaimed-column")]),
        (["อำเภอ,เดือน,clips", "สตึก,ม.ค.,1", "สตึก,,1"], [("B1", "unclaimed-column")]),
        (["อำเภอ,clips", "สตึก,1", "สตึก,1"], []),
        (["อำเภอ,clips", "สตึก,1", "สตึก,2"], [("B2", "conflicting-values")]),
        (["อำเภอ,ตัวชี้วัด,ค่า,หมายเหตุ", "สตึก,clips,1,ก", "สตึก,points,1,ข"], [("D1", "unclaimed-column")]),
        (
            ["อำเภอ,เดือน,clips", *("สตึก,ม.ค.,1", "สตึก,ก.พ.,1", "นางรอง,ม.ค.,1", "นางรอง,ก.พ.,1")],
            [("B1", "unclaimed-column"), ("B3", APART)],
        ),
        (["clips,points", "1,2"], [("A1", "no-entity-column"), ("in.csv", "no-data")]),
        (["อำเภ,clips", "สตึก,2"], [("B1", "no-entity-column"), ("in.csv", "no-data")]),
    ],
)
def test_what_is_said_of_columns(tmp_path: pathlib.Path, lines: list[str], findings: list[tuple[str, str]]) -> None:
    assert sorted(summarise(read_lines(tmp_path, *lines), without=["missing-column"])) == sorted(findings)


def test_two_columns_for_one_measure_must_agree(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "อำเภอ,clips,จำนวนคลิป", "สตึก,1,1", "นางรอง,1,2")
    assert summarise(results) == [("B3", "conflicting-values")]
    assert figures_of(results, "สตึก") == {"clips": 1}


def test_sheets_merge_and_covers_and_hidden_sheets_are_noted(tmp_path: pathlib.Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "ปก"
    book.active.append(["จำนวนคลิป"])
    for title, measure in (("ทีม", "clips"), ("บุคคล", "points"), ("ซ่อน", "clips")):
        book.create_sheet(title).append(["อำเภอ", measure])
        book[title].append(["สตึก", 3])
    book["ซ่อน"].sheet_state = "hidden"
    book.create_sheet("ว่าง")
    contacts = book.create_sheet("ติดต่อ")
    contacts.append(["อำเภอ", "จำนวนคลิบ"])
    book.save(tmp_path / "x.xlsx")
    results = read_files(tmp_path, {"in.xlsx": (tmp_path / "x.xlsx").read_bytes()})
    assert figures_of(results, "สตึก") == {"clips": 3, "points": 3}
    assert summarise(results) == [
        ("ปก", "no-header"),
        ("ซ่อน", "hidden-sheet"),
        ("ติดต่อ", "no-header"),
        ("ติดต่อ!B1", "unknown-column"),
    ]


# ---- the long layout


@pytest.mark.parametrize("header", ["entity,measure,value", "อำเภอ,ตัวชี้วัด,ค่า", "code,ตัวชี้วัด,value"])
def test_the_long_layout(tmp_path: pathlib.Path, header: str) -> None:
    results = read_lines(tmp_path, header, "3111,clips,2", "3111,จัดประชุมแล้ว,มี", "3104,clips,1", "รวม,clips,3")
    assert summarise(results) == [("A5", "totals-row")]
    assert figures_of(results, "สตึก") == {"clips": 2, "held": True}
    assert figures_of(results, "นางรอง") == {"clips": 1}


WARDS = SMALL.model_copy(update={"entity": EntityKind(title="ตำบล")})


@pytest.mark.parametrize("header", ["อำเภอ,ตัวชี้วัด,ค่า", "อำเภอ,measure,value", "ตำบล,ตัวชี้วัด,ค่า"])
def test_the_words_of_the_long_layout_hold_whatever_the_entity_is_called(tmp_path: pathlib.Path, header: str) -> None:
    results = read_lines(tmp_path, header, "ก,clips,2", "ข,clips,1", definition=WARDS)
    assert [(record.entity.name, figures_of(results, record.entity.name)) for record in results.records] == [
        ("ก", {"clips": 2}),
        ("ข", {"clips": 1}),
    ]
    assert summarise(results, without=["missing-column"]) == []


@pytest.mark.parametrize("lines", [["อำเภอ,ตำบล,clips", "ก,ข,2"], ["อำเภอ,ตำบล,measure,value", "ก,ข,clips,2"]])
def test_beside_the_entity_the_word_of_the_long_layout_is_any_column(tmp_path: pathlib.Path, lines: list[str]) -> None:
    results = read_lines(tmp_path, *lines, definition=WARDS)
    assert figures_of(results, "ข") == {"clips": 2}
    assert summarise(results, without=["missing-column"]) == [("A1", "unclaimed-column")]


def test_in_a_wide_layout_the_entity_is_called_as_the_set_says(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "อำเภอ,clips,points", "ก,2,3", definition=WARDS)
    assert summarise(results) == [("in.csv", "no-data"), ("A1", "no-entity-column")]


def test_what_is_refused_in_the_long_layout(tmp_path: pathlib.Path) -> None:
    results = read_lines(
        tmp_path,
        "entity,measure,value",
        "สตึก,clip,2",
        "สตึก,ไม่รู้จัก,2",
        "สตึก,,2",
        "สตึก,T1:level,2",
        "สตึก,clips,5",
        ",clips,1",
        "ที่อื่น,nothing,1",
        ",nothing,",
        ",3,",
        "สตึก,clips,2",
    )
    assert summarise(results) == [
        ("B2", "unknown-measure/column-near"),
        ("B3", "unknown-measure/column"),
        ("B4", "unknown-measure/blank"),
        ("C6", "cell-out-of-range"),
        ("A7", "row-without-entity"),
        ("A8", "unknown-entity"),
        ("B8", "unknown-measure/column"),
        ("B9", "skipped-row"),
    ]
    assert figures_of(results, "สตึก") == {"clips": 2}


def test_a_long_layout_with_two_columns_of_values(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "entity,measure,value,ค่า", "สตึก,clips,1,2")
    assert summarise(results) == [("in.csv", "ambiguous-column/long")]


def test_what_was_never_named_in_a_long_layout_is_missing(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "entity,measure,value", "สตึก,clips,1")
    missing = [str(found.params["measure"]) for found in results.diagnostics if found.code == "missing-column"]
    assert missing == ["spent", "homes", "held", "points", "growth", "grade"]
