from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.render.csv_file import escape_formula
from kpi_cli.results import csv_file
from kpi_cli.results.cells import Kind, UnreadableError
from kpi_cli.results.csv_file import read_csv
from kpi_cli.results.encoding import decode_text

TEXT = "อำเภอ,ค่า\nสตึก,85\n"


def rows_of(data: bytes) -> list[tuple[int, list[str]]]:
    (sheet,) = read_csv(data, file="f.csv").sheets
    return [(row.number, [cell.text for cell in row.cells]) for row in sheet.rows]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp874"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode("cp874"),
    ],
    ids=["utf-8", "bom", "cp874", "utf-16", "be with bom", "le", "be", "crlf", "cr"],
)
def test_encodings_and_line_ends(data: bytes) -> None:
    assert rows_of(data) == [(1, ["อำเภอ", "ค่า"]), (2, ["สตึก", "85"])]


def test_a_stray_zero_does_not_make_it_utf16() -> None:
    assert rows_of(b"entity,x\x00\n")[0][1] == ["entity", "x\x00"]
    assert rows_of(b"entity,x\x00yz\n\x00")[0][1] == ["entity", "x\x00yz"]


@pytest.mark.parametrize("data", [b"\xff\xff\xdb\xdc", b"\xef\xbb\xbfok \xff"])
def test_bytes_that_are_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode_text(data)
    assert caught.value.variant == "encoding"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("a;b;c\nx;75,5;80\n", ["a", "b", "c"]),
        ("a\tb\nx\t1,250\n", ["a", "b"]),
        ("a,b\nx;y,1\nz;w,2\n", ["a", "b"]),
        ("title; of a sheet\na,b,c\nx,1,2\ny,3,4\n", ["title; of a sheet"]),
        ("a;T1, percent;T2\nx;75,5;80\n", ["a", "T1, percent", "T2"]),
        ("only\nx\n", ["only"]),
        ("\n\n a;b\n1;2", ["a", "b"]),
    ],
)
def test_the_delimiter_is_found(text: str, fields: list[str]) -> None:
    assert [field.strip() for field in rows_of(text.encode())[0][1]] == fields


def test_excel_may_name_the_delimiter() -> None:
    assert rows_of(b"sep=;\na,b;c,d\nx,y;z,w\n") == [(2, ["a,b", "c,d"]), (3, ["x,y", "z,w"])]


def test_blank_lines_count_and_ragged_rows_are_fine() -> None:
    assert rows_of(b"a,b,c\n\n,,\nx\ny,1,2,3\n") == [(1, ["a", "b", "c"]), (4, ["x"]), (5, ["y", "1", "2", "3"])]


def test_a_line_break_in_quotes_is_one_row_as_in_excel() -> None:
    assert rows_of(b'"a\nb",c\nx,1\n') == [(1, ["a\nb", "c"]), (2, ["x", "1"])]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("'=1+1", "=1+1"),
        ("'-5", "-5"),
        ("'@x", "@x"),
        ("'\tx", "\tx"),
        ("'x", "'x"),
        ("''=x", "'=x"),
        ("''x", "''x"),
        ("'", "'"),
    ],
)
def test_our_own_escape_is_taken_off(typed: str, read: str) -> None:
    assert rows_of(f'a,b\n"{typed}",1\n'.encode())[1][1][0] == read


def test_blank_fields_are_blank_cells() -> None:
    (sheet,) = read_csv("a, ,\u00a0,1\n".encode(), file="f.csv").sheets
    assert [cell.kind for cell in sheet.rows[0].cells] == [Kind.TEXT, Kind.BLANK, Kind.BLANK, Kind.TEXT]


@given(st.text(alphabet="'=+-@ab1 ", max_size=6))
def test_the_escape_is_taken_off_as_it_was_put_on(text: str) -> None:
    cell = read_csv(f"a,b\n{escape_formula(text)},1\n".encode(), file="f.csv").sheets[0].rows[1].cells[0]
    assert cell.text == (text if text.strip() else "")


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ('a,b\n"open,1\nx,2\ny,3\n', "csv-quotes"),
        ('a,b\n"x"y,1\n', "csv-quotes"),
        (f"a,{'x' * 200_000}\n", "csv-field"),
        ("\0" * 300_000, "is-empty"),
    ],
)
def test_what_would_swallow_rows_is_an_error(text: str, variant: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_csv(text.encode(), file="f.csv")
    assert caught.value.variant == variant


def test_too_many_columns() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_csv(b"," * 20_000, file="f.csv")
    assert caught.value.variant == "too-large"


@given(st.binary(max_size=200))
def test_no_bytes_are_a_defect(data: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        (sheet,) = read_csv(data, file="f.csv").sheets
        assert all(any(cell.text for cell in row.cells) or row.cells for row in sheet.rows)


@given(st.text(alphabet="กขเำ,;\n\"'abc12 ", max_size=80))
def test_utf8_with_a_mark_is_read_as_it_was_written(text: str) -> None:
    assert decode_text(text.encode("utf-8-sig")) == text


@pytest.mark.parametrize(
    ("name", "limit", "variant"),
    [
        ("MAX_CSV_BYTES", 9, "too-large-csv"),
        ("MAX_LINE", 4, "too-large"),
        ("MAX_PLACES", 3, "too-many-cells"),
        ("MAX_TEXTS", 3, "too-many-cells"),
        ("MAX_COLUMNS", 1, "too-large"),
    ],
)
def test_every_bound_of_csv(monkeypatch: pytest.MonkeyPatch, name: str, limit: int, variant: str) -> None:
    data = b"a,b\nc,d\na,b\n"
    read_csv(data, file="f.csv")
    monkeypatch.setattr(csv_file, name, limit)
    with pytest.raises(UnreadableError, match=variant):
        read_csv(data, file="f.csv")


def test_a_small_file_has_no_room_for_so_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"a,b\nc,d\na,b\n"
    monkeypatch.setattr(csv_file, "MAX_SMALL_ROWS", 3)
    read_csv(data, file="f.csv")
    monkeypatch.setattr(csv_file, "MAX_SMALL_ROWS", 2)
    with pytest.raises(UnreadableError, match="too-many-rows"):
        read_csv(data, file="f.csv")
    monkeypatch.setattr(csv_file, "SMALL", len(data))
    read_csv(data, file="f.csv")
