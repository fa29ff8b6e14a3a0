"""The whole street: bytes to records, with every finding at its place."""

from __future__ import annotations

import hashlib
import pathlib
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from kpi_cli.diagnostics import Place, Severity
from kpi_cli.model import IndicatorSet, RosterEntry
from kpi_cli.results import read, set_property
from kpi_cli.results.inputs import InputPath
from kpi_cli.results.read import read_results, read_set_marks
from kpi_cli.scoring.figures import Entity, Figure, InputFile
from tests.unit.results.small_set import (
    OPEN,
    PROPERTIES,
    ROSTER,
    SMALL,
    figures_of,
    header_row,
    make_inputs,
    make_parts,
    make_set,
    pack,
    read_files,
    read_lines,
    summarise,
    text_cell,
)


def test_the_roster_gives_order_names_and_those_who_said_nothing(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "อำเภอ,clips", "อ.สตึก,2", "Nang Rong,-")
    assert [record.entity for record in results.records] == [Entity(entry.code, entry.name) for entry in ROSTER]
    figures = [dict(record.figures) for record in results.records]
    assert figures == [
        {},
        {"clips": Figure(None, "-", "in.csv[B3]")},
        {},
        {"clips": Figure(Decimal(2), "2", "in.csv[B2]")},
    ]
    assert summarise(results) == []


def test_without_a_roster_every_name_is_listed_as_it_appears(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "entity,clips", "ข,2", "อำเภอก,1", "ค,", "ก,1", definition=OPEN)
    assert [record.entity for record in results.records] == [Entity(None, name) for name in "ขกค"]
    assert figures_of(results, "ก") == {"clips": Decimal(1)}


def test_inputs_carry_the_hash_of_what_was_read(tmp_path: pathlib.Path) -> None:
    data = b"entity,clips\n"
    assert read_files(tmp_path, {"a.csv": data}).inputs == (InputFile("a.csv", hashlib.sha256(data).hexdigest()),)


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_it(tmp_path: pathlib.Path) -> None:
    files = {"a.xlsx": b"PK\x03\x04junk", "b.csv": "อำเภอ,clips\nสตึก,2".encode(), "c.json": b"{", "d.csv": b""}
    results = read_files(tmp_path, files)
    assert summarise(results) == [
        ("a.xlsx", "unreadable/broken-workbook"),
        ("c.json", "unreadable/not-json"),
        ("d.csv", "unreadable/is-empty"),
    ]
    assert figures_of(results, "สตึก") == {"clips": Decimal(2)}
    assert [file.file for file in results.inputs] == ["a.xlsx", "b.csv", "c.json"]


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "unreadable/encrypted"),
        ("a.xlsx", OLE + b"Workbook", "unreadable/broken-workbook"),
        ("a.ods", b"entity", "unreadable/not-a-workbook"),
        ("a.xlsx", b" <html>", "unreadable/web-page"),
        ("a.xlsx", b"entity", "unreadable/not-a-workbook"),
        ("a.csv", b"\xff\xdb", "unreadable/encoding"),
        ("a.csv", b'entity,"clips\n', "unreadable/csv-quotes"),
        ("a", b" [", "unreadable/not-json"),
    ],
)
def test_unreadable_files(tmp_path: pathlib.Path, name: str, data: bytes, code: str) -> None:
    assert summarise(read_files(tmp_path, {name: data})) == [(name, code)]


@pytest.mark.parametrize(
    "data",
    [
        b'\xef\xbb\xbf [{"entity": "3111", "clips": 2}]',
        "อำเภอ;clips\nสตึก;2".encode("cp874"),
        pack(
            make_parts(
                header_row("entity", "clips") + f'<row r="2">{text_cell("A2", "สตึก")}<c r="B2"><v>2</v></c></row>'
            )
        ),
    ],
    ids=["json", "csv", "xlsx"],
)
def test_the_kind_of_standard_input_is_known_by_its_content(data: bytes) -> None:
    results = read_results([InputPath(None, "stdin", data)], SMALL)
    assert figures_of(results, "สตึก") == {"clips": Decimal(2)}
    assert summarise(results) == []


def test_json_is_typed_data(tmp_path: pathlib.Path) -> None:
    text = """[{"entity": "สตึก", "spent": 0.85, "held": true, "clips": null, "points": NaN},
               {"code": 3104, "homes": "N/A", "held": [1], "clips": 2, "clips": 3}]"""
    results = read_files(tmp_path, {"in.json": text.encode()})
    assert figures_of(results, "สตึก") == {"spent": Decimal("0.85"), "held": True}
    assert figures_of(results, "นางรอง") == {"homes": "n/a"}
    assert summarise(results) == [
        ("1.points", "cell-not-a-number"),
        ("2.held", "cell-not-a-figure"),
        ("2.clips", "cell-repeated-key"),
    ]


def test_a_refused_cell_keeps_its_text_and_place(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "อำเภอ,ร้อยละการเบิกจ่าย", "สตึก,0.9")
    (record,) = (record for record in results.records if record.figures)
    assert record.figures == {"spent": Figure(None, "0.9", "in.csv[B2]")}
    (found,) = (found for found in results.diagnostics if found.code == "cell-ambiguous-percent")
    assert (found.place, found.indicator) == (Place("in.csv", cell="in.csv[B2]"), "T1")
    assert found.params == {"entity": "สตึก", "measure": "spent", "raw": "0.9", "points": "0.9%", "fraction": "90%"}


def test_percent_for_a_run(tmp_path: pathlib.Path) -> None:
    inputs = make_inputs(tmp_path, {"in.csv": "อำเภอ,spent\nสตึก,0.9".encode()})
    values = [figures_of(read_results(inputs, SMALL, percent=how), "สตึก")["spent"] for how in ("points", "fraction")]
    assert values == [Decimal("0.9"), Decimal(90)]


# ---- rows


def test_rows_that_are_no_entity_are_accounted_for(tmp_path: pathlib.Path) -> None:
    results = read_lines(
        tmp_path,
        "ที่,อำเภอ,clips,points,หมายเหตุ",
        "(1),(2),(3),(4),(5)",
        "1,สตึก,2,,",
        "2,สตึกก,1,,",
        "3,ที่อื่น,,ผู้รายงาน,",
        "4,,1,,",
        "5,,,,",
        "รวม,,3,,",
        ",เฉลี่ย,1.5,,",
        ",,,,เห็นชอบ",
        ",,,ลงชื่อ,",
        "6,-,1,,",
    )
    assert summarise(results) == [
        ("A2", "skipped-row/column-numbers"),
        ("B4", "unknown-entity/near"),
        ("A5", "skipped-row"),
        ("B6", "row-without-entity"),
        ("A8", "totals-row"),
        ("B9", "totals-row"),
        ("E10", "skipped-row"),
        ("D11", "skipped-row"),
        ("B12", "row-without-entity"),
    ]


def test_only_the_line_below_the_header_numbers_columns(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "entity,clips,points", "สตึก,1,2", "(1),(2),(3)")
    assert summarise(results) == [("A3", "unknown-entity"), ("B3", "cell-not-a-number"), ("C3", "cell-not-a-number")]


def test_units_may_stand_above_it_and_formulas_in_it(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "entity,clips,points", ",(คลิป),(คะแนน)", "(1),(2),(3)=(2)*100/(1)", "สตึก,1,2")
    assert summarise(results) == [("B2", "skipped-row"), ("A3", "skipped-row/column-numbers")]


NUMBERED = make_set(tuple(RosterEntry(code=str(code), name=name) for code, name in enumerate("กขค", start=1)))
NUMBERS = [("A2", "skipped-row/column-numbers")]


@pytest.mark.parametrize(
    ("definition", "line", "findings"),
    [
        (SMALL, "1,2,3", NUMBERS),
        (SMALL, "(1),(2),(3)", NUMBERS),
        (NUMBERED, "(1),(2),(3)", NUMBERS),
        (NUMBERED, "1,2,3", []),
        (OPEN, "1,2,3", []),
    ],
)
def test_numbers_of_columns_that_may_be_figures_are_read(
    tmp_path: pathlib.Path, definition: IndicatorSet, line: str, findings: list[tuple[str, str]]
) -> None:
    results = read_lines(tmp_path, "entity,clips,points", line, definition=definition)
    assert summarise(results) == findings
    assert [record.figures["clips"].value for record in results.records if record.figures] == [2] * (not findings)


def test_numbers_of_columns_need_a_name_and_a_person_who_typed(tmp_path: pathlib.Path) -> None:
    files = {"a.csv": b"entity,clips,points,grade\n,1,2,3", "b.json": b'[{"entity": 1, "clips": 2, "points": 3}]'}
    assert [code for _, code in summarise(read_files(tmp_path, files))] == [
        "row-without-entity",
        "cell-not-a-choice",
        "unknown-entity",
    ]


@pytest.mark.parametrize(
    ("line", "findings"),
    [
        ("สตึก,2,1,250", [("D2", "row-too-long")]),
        ("สตึก,,1,250", [("D2", "row-too-long")]),
        ("รวม,2,1,250", [("A2", "totals-row")]),
        ("สตึก,2,1,,", []),
        ('สตึก,2,"1,250"', []),
    ],
)
def test_a_row_of_csv_is_no_longer_than_its_header(
    tmp_path: pathlib.Path, line: str, findings: list[tuple[str, str]]
) -> None:
    results = read_lines(tmp_path, "อำเภอ,clips,points", line)
    assert summarise(results, without=["missing-column"]) == findings
    assert bool(results.records[3].figures) == (not findings)


def test_a_row_that_is_too_long_is_counted_and_its_entity_kept(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "entity,points", "ก,1,250,000", definition=OPEN)
    (found,) = (found for found in results.diagnostics if found.code == "row-too-long")
    assert (found.severity, found.params) == (Severity.ERROR, {"entity": "ก", "raw": "250", "count": 2})
    assert [(record.entity.name, record.figures) for record in results.records] == [("ก", {})]


def test_a_workbook_may_have_columns_beyond_its_header(tmp_path: pathlib.Path) -> None:
    row = f'<row r="2">{text_cell("A2", "สตึก")}<c r="B2"><v>2</v></c><c r="C2"><v>5</v></c></row>'
    results = read_files(tmp_path, {"in.xlsx": pack(make_parts(header_row("entity", "clips") + row))})
    assert figures_of(results, "สตึก") == {"clips": 2}
    assert summarise(results, without=["missing-column"]) == [("S!C2", "unclaimed-column/untitled")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("in.csv", "entity,points,growth\nสตึก,-0,-0.0%".encode()),
        ("in.json", '[{"entity": "สตึก", "points": -0, "growth": -0.0}]'.encode()),
        (
            "in.xlsx",
            pack(
                make_parts(
                    header_row("entity", "points", "growth")
                    + f'<row r="2">{text_cell("A2", "สตึก")}'
                    + '<c r="B2"><v>-0</v></c><c r="C2" s="1"><v>-0.0</v></c></row>',
                    formats=["0.0%"],
                )
            ),
        ),
    ],
)
def test_there_is_no_negative_zero(tmp_path: pathlib.Path, name: str, data: bytes) -> None:
    figures = figures_of(read_files(tmp_path, {name: data}), "สตึก")
    assert [str(value).startswith("0") for value in figures.values()] == [True, True]


LETTERED = make_set((RosterEntry(code="AA-1", name="ก"), RosterEntry(code="AA-2", name="ข")))


def test_codes_with_capital_letters_are_the_codes_of_the_roster(tmp_path: pathlib.Path) -> None:
    text = "code,entity,clips\nAA-1,ก,1\naa-2,,2\n"
    results = read_results(make_inputs(tmp_path, {"in.csv": text.encode()}), LETTERED)
    found = [(record.entity.code, record.figures["clips"].value) for record in results.records]
    assert found == [("AA-1", Decimal(1)), ("AA-2", Decimal(2))]


# ---- without a roster, a code tells names apart


def test_one_name_with_two_codes_is_refused_and_both_are_named(tmp_path: pathlib.Path) -> None:
    lines = ("code,entity,clips", "01,ก,1", "02,ก,2", "03,ก,3", ",ก,3", "7,ข,1", "07,ข,1", "-,ข,1")
    results = read_lines(tmp_path, *lines, definition=OPEN)
    assert summarise(results) == [("A3", "entity-mismatch/codes")]
    (found,) = (found for found in results.diagnostics if found.code == "entity-mismatch")
    assert found.params == {"entity": "ก", "raw": "02", "suggestion": "01"}
    assert [one.place for one in found.related] == [Place("in.csv", cell="in.csv[A2]")]
    assert [figures_of(results, name) for name in "กข"] == [{}, {"clips": 1}]


def test_the_code_of_a_name_with_a_prefix_is_held_against_the_name_without(tmp_path: pathlib.Path) -> None:
    lines = ("code,entity,clips", "1,สตึก,1", "2,อ.สตึก,1")
    assert summarise(read_lines(tmp_path, *lines, definition=OPEN)) == [("A3", "entity-mismatch/codes")]


def test_the_cells_of_a_refused_row_are_refused_in_the_same_run(tmp_path: pathlib.Path) -> None:
    results = read_lines(
        tmp_path, "code,entity,spent,clips", "ที่อื่น,,0.9,9", "3104,สตึก,x1,1", ",,85,2.5", ",ลงชื่อ,ผู้รายงาน,", ",รวม,9,9"
    )
    assert summarise(results) == [
        ("B2", "unknown-entity"),
        ("C2", "cell-ambiguous-percent"),
        ("D2", "cell-out-of-range"),
        ("B3", "entity-mismatch"),
        ("C3", "cell-not-a-number/prose"),
        ("B4", "row-without-entity"),
        ("D4", "cell-not-whole"),
        ("B5", "skipped-row"),
        ("B6", "totals-row"),
    ]
    cells = [found for found in results.diagnostics if found.code.startswith("cell")]
    assert [found.params["entity"] for found in cells] == ["ที่อื่น", "ที่อื่น", "สตึก", "-"]
    assert all(record.figures == {} for record in results.records)


def test_a_file_without_figures_among_others_is_a_warning(tmp_path: pathlib.Path) -> None:
    files = {
        "a.csv": "อำเภอ,clips\nสตึก,2".encode(),
        "b.csv": b"x,y\n1,2",
        "c.csv": "อำเภอ,clips".encode(),
        "d.csv": b"",
        "e.xlsx": pack(make_parts("")),
    }
    found = [one for one in read_files(tmp_path, files).diagnostics if one.code == "no-figures"]
    assert [(one.severity, one.place, one.params) for one in found] == [
        (Severity.WARNING, Place(name), {"file": name}) for name in ("b.csv", "c.csv", "e.xlsx")
    ]


def test_code_and_name_must_agree(tmp_path: pathlib.Path) -> None:
    results = read_lines(
        tmp_path,
        "code,entity,clips",
        "3111,สตึก,1",
        "3104,,2",
        ",ลำปลายมาศ,3",
        "3104,สตึก,1",
        "9,สตึก,1",
        "3101,ที่อื่น,1",
        "3111,รวม,1",
    )
    assert summarise(results) == [
        ("B5", "entity-mismatch"),
        ("B6", "unknown-entity/near"),
        ("B7", "unknown-entity/near"),
        ("B8", "unknown-entity/near"),
    ]
    assert [figures_of(results, name)["clips"] for name in ("สตึก", "นางรอง", "ลำปลายมาศ")] == [1, 2, 3]


def test_a_name_that_is_an_error_or_a_date(tmp_path: pathlib.Path) -> None:
    rows = (
        '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#N/A</v></c></row>'
        '<row r="4"><c r="A4"><f>B1</f></c><c r="B4"><v>1</v></c></row>'
        '<row r="5"><c r="A5"><v>3111</v></c><c r="B5"><v>1</v></c></row>'
    )
    results = read_files(tmp_path, {"in.xlsx": pack(make_parts(header_row("entity", "clips") + rows))})
    assert summarise(results) == [
        ("S!A2", "row-without-entity/broken"),
        ("S!A3", "skipped-row/broken"),
        ("S!A4", "row-without-entity/broken"),
    ]
    found = [found for found in results.diagnostics if found.variant == "broken"]
    assert [one.params["kind"] for one in found] == ["error-cell", "error-cell", "not-calculated-cell"]
    assert [one.severity for one in found] == [Severity.ERROR, Severity.NOTE, Severity.ERROR]
    assert figures_of(results, "สตึก") == {"clips": 1}


# ---- several cells for one figure


def test_cells_that_agree_are_one_figure(tmp_path: pathlib.Path) -> None:
    files = {
        "a.csv": "อำเภอ,spent,clips,points\nสตึก,85%,,0.8-\nสตึก,,2,".encode(),
        "b.csv": "อำเภอ,spent,clips,points\nอ.สตึก,85.0,2,7".encode(),
    }
    results = read_files(tmp_path, files)
    assert figures_of(results, "สตึก") == {"spent": Decimal(85), "clips": Decimal(2), "points": Decimal(7)}
    assert summarise(results) == [("D2", "cell-not-a-number")]


@pytest.mark.parametrize(
    ("first", "second", "raw", "cell"),
    [("", "", "", "B2"), ("", "-", "-", "B3"), ("-", "", "-", "B2"), ("x1", "-", "x1", "B2"), ("", "x1", "x1", "B3")],
)
def test_of_cells_that_say_nothing_the_one_that_tells_more_is_kept(
    tmp_path: pathlib.Path, first: str, second: str, raw: str, cell: str
) -> None:
    results = read_lines(tmp_path, "อำเภอ,clips", f"สตึก,{first}", f"สตึก,{second}")
    assert results.records[3].figures == {"clips": Figure(None, raw, f"in.csv[{cell}]")}


def test_cells_that_disagree_are_refused_and_all_named(tmp_path: pathlib.Path) -> None:
    files = {
        "a.csv": "อำเภอ,clips,homes\nสตึก,2,N/A".encode(),
        "b.csv": "อำเภอ,clips,homes\nสตึก,3,50%\nสตึก,2,".encode(),
        "c.csv": "อำเภอ,clips\nสตึก,1".encode(),
    }
    results = read_files(tmp_path, files)
    conflicts = [found for found in results.diagnostics if found.code == "conflicting-values"]
    assert [(found.params["measure"], found.params["values"], found.indicator) for found in conflicts] == [
        ("clips", ("2", "3", "1"), "T3"),
        ("homes", ("N/A", "50%"), "T2.1"),
    ]
    assert [found.place.cell for found in conflicts if isinstance(found.place, Place)] == ["a.csv[B2]", "a.csv[C2]"]
    places = [[one.place.cell for one in found.related if isinstance(one.place, Place)] for found in conflicts]
    assert places == [["b.csv[B2]", "c.csv[B2]"], ["b.csv[C2]"]]
    assert figures_of(results, "สตึก") == {}


def test_a_blank_cell_of_a_second_column_says_nothing(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "อำเภอ,clips,clips,clips", "สตึก,,2,", "นางรอง,,,", "ลำปลายมาศ,-,,")
    found = {record.entity.name: record.figures["clips"] for record in results.records if record.figures}
    assert found == {
        "สตึก": Figure(Decimal(2), "2", "in.csv[C2]"),
        "นางรอง": Figure(None, "", "in.csv[B3]"),
        "ลำปลายมาศ": Figure(None, "-", "in.csv[B4]"),
    }


def test_short_rows_have_a_bound_too(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows and the two columns up to the last measure; what stands behind it does not count."""
    monkeypatch.setattr(read, "_PLACES_OF_A_MEASURE", 0)
    lines = ("อำเภอ,clips,remark,remark", "สตึก", "สตึก", "สตึก,2")
    monkeypatch.setattr(read, "MAX_PLACES", 6)
    assert summarise(read_lines(tmp_path, *lines)) == []
    monkeypatch.setattr(read, "MAX_PLACES", 5)
    refused = read_lines(tmp_path, *lines)
    assert summarise(refused) == [("in.csv", "unreadable/too-many-places")]
    assert not any(record.figures for record in refused.records)


# ---- ratios


@pytest.mark.parametrize(
    ("percent", "part", "whole", "value", "codes"),
    [
        ("", "1", "3", Fraction(100, 3), []),
        ("", "850", "1000", Fraction(85), []),
        ("85%", "850", "1000", Decimal(85), []),
        ("33.33%", "1", "3", Fraction(100, 3), []),
        ("33%", "1", "3", Fraction(100, 3), []),
        ("66.666666666667%", "2", "3", Fraction(200, 3), []),
        ("66.6666666666668%", "2", "3", Fraction(200, 3), []),  # fifteen digits, the last one off by one
        ("66.666666666668%", "2", "3", Fraction(200, 3), []),
        ("66.66666666668%", "2", "3", None, ["ratio-mismatch"]),  # thirteen: nobody's last digit is off there
        ("66.66%", "2", "3", None, ["ratio-mismatch"]),
        ("34%", "1", "3", None, ["ratio-mismatch"]),
        ("90%", "8996", "10000", Fraction("89.96"), ["display-rounding/ratio"]),
        ("", "5", "0", None, ["ratio-whole-zero/part-left"]),
        ("", "0", "0", None, ["ratio-whole-zero"]),
        ("", "", "0", None, ["ratio-whole-zero"]),
        ("85%", "0", "0", None, ["ratio-mismatch/whole-zero"]),
        ("", "11", "10", None, ["ratio-out-of-range"]),
        ("", "10", "10", Fraction(100), []),
        ("", "0", "10", Fraction(0), []),
        ("85%", "", "", Decimal(85), []),
        ("85%", "850", "", Decimal(85), []),
        ("85%", "", "1000", Decimal(85), []),
        ("", "850", "", None, []),
        ("85%", "x1", "1000", Decimal(85), ["cell-not-a-number/prose"]),
        ("0.85", "850", "1000", Fraction(85), ["cell-ambiguous-percent"]),  # a refused cell counts as missing
    ],
)
def test_ratios(
    tmp_path: pathlib.Path, percent: str, part: str, whole: str, value: Decimal | None, codes: list[str]
) -> None:
    results = read_lines(tmp_path, "อำเภอ,spent,spent_baht,given_baht", f"สตึก,{percent},{part},{whole}")
    assert figures_of(results, "สตึก").get("spent") == value
    assert [code for _, code in summarise(results)] == codes
    if any(code.startswith("ratio") for code in codes):
        assert figures_of(results, "สตึก") == {}


@pytest.mark.parametrize(
    ("percent", "part", "whole", "value", "codes"),
    [
        ("", "0", "0", "n/a", []),
        ("", "", "0", "n/a", []),
        ("N/A", "0", "0", "n/a", []),
        ("N/A", "", "", "n/a", []),
        ("N/A", "5", "10", None, ["ratio-mismatch/not-applicable"]),
        ("", "5", "0", None, ["ratio-whole-zero/part-left"]),
        ("0", "0", "0", None, ["ratio-mismatch/whole-zero"]),
    ],
)
def test_ratios_of_nothing(
    tmp_path: pathlib.Path, percent: str, part: str, whole: str, value: str | None, codes: list[str]
) -> None:
    results = read_lines(tmp_path, "อำเภอ,homes,homes_done,homes_all", f"สตึก,{percent},{part},{whole}")
    assert figures_of(results, "สตึก").get("homes") == value
    assert [code for _, code in summarise(results)] == codes


@pytest.mark.parametrize("definition", [SMALL, OPEN], ids=["roster", "open"])
@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["อำเภอ,spent_baht,given_baht", "สตึก,1,3"], Fraction(100, 3)),
        (["อำเภอ,measure,value", "สตึก,spent_baht,1", "สตึก,given_baht,3"], Fraction(100, 3)),
        (["อำเภอ,homes_all", "สตึก,0"], "n/a"),  # of nothing, whatever was done
        (["อำเภอ,measure,value", "สตึก,homes_all,0"], "n/a"),
        (["อำเภอ,spent_baht", "สตึก,1"], None),
        (["อำเภอ,spent_baht", "สตึก,1", ",", "อำเภอ,given_baht", "สตึก,3"], Fraction(100, 3)),
    ],
)
def test_a_ratio_is_worked_out_wherever_its_parts_stand(
    tmp_path: pathlib.Path, definition: IndicatorSet, lines: list[str], value: object
) -> None:
    figures = figures_of(read_lines(tmp_path, *lines, definition=definition), "สตึก")
    assert figures.get("homes" if "homes" in "".join(lines) else "spent") == value


def test_a_ratio_worked_out_has_no_cell_and_its_parts_keep_theirs(tmp_path: pathlib.Path) -> None:
    files = {"a.csv": "อำเภอ,spent_baht\nสตึก,1".encode(), "b.csv": "อำเภอ,given_baht\nสตึก,3".encode()}
    figures = read_files(tmp_path, files).records[3].figures
    assert figures == {
        "spent": Figure(Fraction(100, 3)),
        "spent_baht": Figure(Decimal(1), "1", "a.csv[B2]"),
        "given_baht": Figure(Decimal(3), "3", "b.csv[B2]"),
    }


def test_a_mismatch_names_all_its_cells(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "อำเภอ,spent,spent_baht,given_baht", "สตึก,50%,1,3")
    (found,) = (found for found in results.diagnostics if found.code == "ratio-mismatch")
    assert [one.place.cell for one in found.related if isinstance(one.place, Place)] == ["in.csv[C2]", "in.csv[D2]"]
    assert (found.params["value"], found.params["raw"]) == (Decimal("33.333333"), "50%")


@pytest.mark.parametrize(("part", "whole", "shown"), [("1", "1280", "0.078125"), ("1", "12800", "0.007813")])
def test_a_ratio_is_shown_as_a_short_decimal(tmp_path: pathlib.Path, part: str, whole: str, shown: str) -> None:
    results = read_lines(tmp_path, "อำเภอ,spent,spent_baht,given_baht", f"สตึก,50%,{part},{whole}")
    (found,) = (found for found in results.diagnostics if found.code == "ratio-mismatch")
    assert found.params["value"] == Decimal(shown)


def test_cells_that_are_blank_are_not_named(tmp_path: pathlib.Path) -> None:
    results = read_lines(tmp_path, "อำเภอ,spent,spent_baht,given_baht", "สตึก,,,0")
    (found,) = (found for found in results.diagnostics if found.code == "ratio-whole-zero")
    assert found.related == ()


# ---- display rounding


@pytest.mark.parametrize(
    ("value", "places", "noted"),
    [
        ("0.8996", "0%", True),
        ("0.9004", "0%", True),
        ("0.8996", "0.00%", False),
        ("0.8949", "0%", False),
        ("0.7999", "0.0%", True),
        ("0.9", "0%", False),
    ],
)
def test_a_display_that_crosses_a_threshold_is_noted(
    tmp_path: pathlib.Path, value: str, places: str, noted: bool
) -> None:
    row = f'<row r="2">{text_cell("A2", "สตึก")}<c r="B2" s="1"><v>{value}</v></c></row>'
    data = pack(make_parts(header_row("entity", "spent") + row, formats=[places]))
    results = read_files(tmp_path, {"in.xlsx": data})
    assert figures_of(results, "สตึก") == {"spent": Decimal(value) * 100}
    assert summarise(results) == ([("S!B2", "display-rounding")] if noted else [])


# ---- missing columns and data


def test_a_measure_without_a_column_is_said_once(tmp_path: pathlib.Path) -> None:
    files = {
        "a.csv": "อำเภอ,clips,held,homes_all\nสตึก,2,,".encode(),
        "b.csv": "อำเภอ,points,spent_baht,given_baht\nสตึก,2,,".encode(),
    }
    found = [found for found in read_files(tmp_path, files).diagnostics if found.code == "missing-column"]
    assert [(one.params["measure"], one.indicator, one.place) for one in found] == [
        ("homes", "T2.1", None),
        ("growth", "T3", None),
        ("grade", "T3", None),
    ]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (["x,y", "1,2"], ["no-header", "no-data"]),  # alone it is an error, not "no-figures"
        (["อำเภอ,clips"], ["no-data/no-rows"]),
        (["อำเภอ,clips", "ที่อื่น,1"], ["unknown-entity"]),
    ],
)
def test_files_without_data(tmp_path: pathlib.Path, lines: list[str], codes: list[str]) -> None:
    assert [code for _, code in summarise(read_lines(tmp_path, *lines))] == codes


def test_findings_come_in_the_order_of_files_sheets_rows_and_columns(tmp_path: pathlib.Path) -> None:
    book = openpyxl.Workbook()
    for title in ("ข", "ก"):
        sheet = book.create_sheet(title)
        sheet.append(["entity", *([None] * 24), "clips", "points"])
        for row in range(9):
            sheet.append(
                ["สตึก" if row in (0, 8) else None, *([None] * 24), *(["x9"] * 2 if row in (0, 8) else [None] * 2)]
            )
    book.save(tmp_path / "b.xlsx")
    files = {"b.xlsx": (tmp_path / "b.xlsx").read_bytes(), "a.csv": "entity,clips\nสตึก,y9".encode()}
    places = [place for place, code in summarise(read_files(tmp_path, files)) if code.startswith("cell")]
    grid = ["Z2", "AA2", "Z10", "AA10"]
    assert places == [*(f"ข!{cell}" for cell in grid), *(f"ก!{cell}" for cell in grid), "B2"]


# ---- the set that a workbook names


def test_the_set_that_a_workbook_names(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl.packaging.custom import StringProperty

    book = openpyxl.Workbook()
    book.custom_doc_props.append(StringProperty(name="other", value="x"))
    book.save(tmp_path / "without.xlsx")
    book.custom_doc_props.append(StringProperty(name="kpi-set", value="fy2564-round1"))
    book.save(tmp_path / "with.xlsx")
    data = (tmp_path / "with.xlsx").read_bytes()
    bomb = f'<!DOCTYPE x [<!ENTITY a "b">]><Properties{PROPERTIES}><property name="kpi-set">&a;</property></Properties>'
    long = f'<property name="kpi-set">{"x" * 300}</property>'
    files = {
        "with.xlsx": data,
        "without.xlsx": (tmp_path / "without.xlsx").read_bytes(),
        "plain.xlsx": pack({"a": "b"}),
        "broken.xlsx": data[:-50],
        "torn.xlsx": data.replace(b"PK\x01\x02", b"PK\x09\x09"),
        "junk.xlsx": b"junk",
        "bomb.xlsx": pack({"docProps/custom.xml": bomb}),
        "renamed.csv": data,
        "cut.xlsx": pack({"docProps/custom.xml": f'<Properties{PROPERTIES}><property name="kpi-set">fy'}),
        "cut-other.xlsx": pack({"docProps/custom.xml": f'<Properties{PROPERTIES}><property name="other">fy'}),
        "blank.xlsx": pack(
            {"docProps/custom.xml": f'<Properties{PROPERTIES}><property name="kpi-set"> </property></Properties>'}
        ),
        "large.xlsx": pack(
            {"docProps/custom.xml": f'<Properties{PROPERTIES}><property name="kpi-set">' + " " * 2_000_000}
        ),
        "long.xlsx": pack({"docProps/custom.xml": f"<Properties{PROPERTIES}>{long}</Properties>"}),
        "csv.csv": b"entity",
    }
    inputs = (
        *make_inputs(tmp_path, files),
        InputPath(None, "stdin", data),
        InputPath(tmp_path / "gone.xlsx", "gone.xlsx"),
        InputPath(tmp_path, "pipe"),
    )
    assert {file: mark.id for file, mark in read_set_marks(inputs).items()} == {
        "with.xlsx": "fy2564-round1",
        "renamed.csv": "fy2564-round1",
        "bomb.xlsx": "?",
        "cut.xlsx": "?",
        "large.xlsx": "?",
        "long.xlsx": "x" * 59 + "…",
        "stdin": "fy2564-round1",
    }
    monkeypatch.setattr(set_property, "_MAX_LIST", 10)  # a list of parts beyond any workbook's is not read
    assert read_set_marks(inputs) == {}
