from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.results import json_file
from kpi_cli.results.cells import BLANK, Kind, RawCell, UnreadableError
from kpi_cli.results.json_file import read_json
from kpi_cli.results.room import ROOM


def cells_of(text: str) -> list[RawCell]:
    (sheet,) = read_json(text.encode(), file="f.json").sheets
    return list(sheet.rows[1].cells)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("0.85", RawCell(Kind.NUMBER, "0.85", Decimal("0.85"), typed=True)),
        ("85", RawCell(Kind.NUMBER, "85", Decimal(85), typed=True)),
        ("1e1", RawCell(Kind.NUMBER, "1e1", Decimal(10), typed=True)),
        ("-0.1", RawCell(Kind.NUMBER, "-0.1", Decimal("-0.1"), typed=True)),
        ("1e999999999", RawCell(Kind.NUMBER, "1e999999999", None, typed=True)),
        ("NaN", RawCell(Kind.NUMBER, "NaN", None, typed=True)),
        ("-Infinity", RawCell(Kind.NUMBER, "-Infinity", None, typed=True)),
        ("true", RawCell(Kind.TRUTH, "true", truth=True, typed=True)),
        ("null", BLANK),
        ('" "', BLANK),
        ('"85%"', RawCell(Kind.TEXT, "85%", typed=True)),
        ("[1]", RawCell(Kind.STRUCTURE, "[...]", typed=True)),
        ('{"a": 1}', RawCell(Kind.STRUCTURE, "{...}", typed=True)),
    ],
)
def test_values(value: str, cell: RawCell) -> None:
    assert cells_of(f'[{{"x": {value}}}]') == [cell]


def test_equal_values_are_one_cell_and_like_ones_are_not() -> None:
    values = '1, 1, "1", 1.0, true, true, "true", "x", "x", [1], [2], {"a": 1}, {}'
    cells = cells_of(
        f"[{{{', '.join(f'{chr(34)}{at}{chr(34)}: {one}' for at, one in enumerate(values.split(', ')))}}}]"
    )
    assert [cells.index(cell) for cell in cells] == [0, 0, 2, 3, 4, 4, 6, 7, 7, 9, 9, 11, 11]
    assert len({id(cell) for cell in cells}) == 8


def test_a_number_of_5000_digits_is_not_computed_with() -> None:
    (cell,) = cells_of(f'[{{"x": {"9" * 5000}}}]')
    assert (cell.number, len(cell.text)) == (None, 200)


def test_records_keys_and_places() -> None:
    (sheet,) = read_json(b'[{"a": 1}, {"b": 2, "a": 3}]', file="f.json").sheets
    assert sheet.keys == ("a", "b")
    assert [(row.number, [cell.text for cell in row.cells]) for row in sheet.rows] == [
        (0, ["a", "b"]),
        (1, ["1", ""]),
        (2, ["3", "2"]),
    ]
    assert (sheet.cell_name(2, 1), sheet.cell_name(0, 1)) == ("f.json[2.b]", "f.json[b]")


def test_a_key_given_twice_is_seen() -> None:
    (sheet,) = read_json(b'[{"a": 1, "a": 1, "b": 2}]', file="f.json").sheets
    assert [cell.kind for cell in sheet.rows[1].cells] == [Kind.REPEATED, Kind.NUMBER]


def test_items_that_are_no_objects_are_named_and_the_rest_is_read() -> None:
    book = read_json(b'[1, {"a": 2}, [3]]', file="f.json")
    assert [(found.code, found.place.cell) for found in book.diagnostics if hasattr(found.place, "cell")] == [
        ("not-a-record", "f.json[1]"),
        ("not-a-record", "f.json[3]"),
    ]
    assert [row.number for row in book.sheets[0].rows] == [0, 2]


def test_an_empty_list_has_no_rows() -> None:
    assert read_json(b"[]", file="f.json").sheets[0].rows == ()


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("{}", "not-a-list"),
        ("3", "not-a-list"),
        ('{"a": [1]}', "not-a-list"),
        ("[1,", "not-json"),
        ("", "not-json"),
        ("[" * 200_000, "json-too-deep"),
        ('{"a":' * 200_000, "json-too-deep"),
        ("[{" + ",".join(f'"{n}": 1' for n in range(20_000)) + "}]", "too-large"),
    ],
    ids=lambda value: value[:12],
)
def test_what_is_no_list_of_objects(text: str, variant: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_json(text.encode(), file="f.json")
    assert caught.value.variant == variant


def test_a_syntax_error_is_placed() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_json(b'[\n {"a": }]', file="f.json")
    assert caught.value.params == {"line": 2, "column": 8}


@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.integers() | st.booleans() | st.none() | st.text(), max_size=4),
        max_size=4,
    )
)
def test_every_list_of_objects_is_read(records: list[dict[str, object]]) -> None:
    (sheet,) = read_json(json.dumps(records).encode(), file="f.json").sheets
    assert len([row for row in sheet.rows if row.number]) == (len(records))


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file, "MAX_JSON_BYTES", 3)
    with pytest.raises(UnreadableError, match="too-large"):
        read_json(b"[{}]", file="f.json")


@pytest.mark.parametrize(
    ("name", "limit"),
    [("ROOM", ROOM._replace(rows=2)), ("ROOM", ROOM._replace(cells=3)), ("MAX_PLACES", 5), ("MAX_COLUMNS", 2)],
)
def test_every_bound_of_json(monkeypatch: pytest.MonkeyPatch, name: str, limit: object) -> None:
    data = b'[{"a": 1, "b": 2}, {"b": 1, "c": 2}]'
    read_json(data, file="f.json")
    monkeypatch.setattr(json_file, name, limit)
    with pytest.raises(UnreadableError, match="too-large"):
        read_json(data, file="f.json")
