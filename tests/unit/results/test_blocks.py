"""Rows of a long table are read many at a time: what they say is what each of them says by itself."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import IndicatorSet
from kpi_cli.results import table
from kpi_cli.results.cells import BLANK, Kind, Merged, RawCell, Sheet
from kpi_cli.results.csv_file import read_csv
from kpi_cli.results.header import find_tables
from kpi_cli.results.line_reader import Block, LineReader, Said
from kpi_cli.results.set_index import index_set
from tests.unit.results.small_set import OPEN, SMALL, figures_of, read_lines

_PLAIN = ["ก,81,2", "ข,90.5,0", " ค  ง ,,3", "จ,79,"]
_ODD = ["รวม,81,2", "—,81,2", ",81,2", ",,", "ปี 2562,,", ",เป้าหมาย,ผลงาน", "ก,70,1", "อ.ก,70,1", "#N/A,70,1", "1,2,3"]
_REFUSED = ["ฉ,abc,2", "ช,0.85,1", "ซ,90,2.5", "ฌ,11,2,3", "ญ,11,2,"]
_HEADERS = [
    *("entity,spent,clips", "entity,spent,note", "entity,clips,clips", "entity,code,clips", "entity,district,clips"),
    *("code,spent,clips", ",entity,clips"),
]


def _read_by_itself(self: LineReader, block: Block) -> Iterable[Said]:
    return [said for line in block.list_lines() for said in self.read(line)]


def _read(lines: list[str], definition: IndicatorSet) -> list[Said]:
    (sheet,) = read_csv("\n".join(lines).encode(), file="in.csv").sheets
    return _read_sheet(sheet, definition)


def _read_sheet(sheet: Sheet, definition: IndicatorSet) -> list[Said]:
    index = index_set(definition, "refuse")
    return [said for one in find_tables(sheet, index.headers) for said in table.read_table(one, index)]


def _hold_against_rows(lines: list[str], size: int, definition: IndicatorSet = OPEN) -> None:
    with patch.object(table, "count_rows", lambda _: size):
        together = _read(lines, definition)
        with patch.object(LineReader, "read_block", _read_by_itself):
            assert together == _read(lines, definition)


def test_rows_are_laid_out_by_how_far_the_measures_reach() -> None:
    with patch.object(table, "count_rows", return_value=1) as count:
        _read(["entity,note,spent,clips,remark", *_PLAIN], OPEN)
    count.assert_called_once_with(4)


@pytest.mark.parametrize("definition", [OPEN, SMALL])
@pytest.mark.parametrize("header", _HEADERS)
@pytest.mark.parametrize("odd", [*_ODD, *_REFUSED])
@pytest.mark.parametrize("above", [0, 1, 2])
def test_a_block_says_what_its_rows_say(odd: str, header: str, above: int, definition: IndicatorSet) -> None:
    rows = [*_PLAIN[:above], odd, *_PLAIN]
    for size in (1, 2, 9):
        _hold_against_rows([header, *rows], size, definition)


@given(
    st.sampled_from(_HEADERS), st.lists(st.sampled_from([*_PLAIN * 2, *_ODD, *_REFUSED]), max_size=9), st.integers(1, 4)
)
def test_whatever_stands_in_it(header: str, rows: list[str], size: int) -> None:
    _hold_against_rows([header, *rows], size)


_NAMES = [RawCell(Kind.NUMBER, "7", Decimal(7)), RawCell(Kind.DATE, "1/1/2564"), RawCell(Kind.ERROR, "#REF!"), BLANK]


@pytest.mark.parametrize("name", _NAMES, ids=lambda cell: cell.kind.name)
def test_a_name_that_is_no_text(name: RawCell) -> None:
    header, *rows = read_csv(b"entity,clips\na,1\nb,2\nc,3", file="in.xlsx").sheets[0].rows
    rows[1] = rows[1]._replace(cells=(name, *rows[1].cells[1:]))
    sheet = Sheet("in.xlsx", (header, *rows), "S")
    together = _read_sheet(sheet, OPEN)
    with patch.object(LineReader, "read_block", _read_by_itself):
        assert together == _read_sheet(sheet, OPEN)


@pytest.mark.parametrize("merged", [Merged(2, 0, 3, 0), Merged(3, 1, 4, 1)], ids=str)
def test_merged_cells(merged: Merged) -> None:
    rows = read_csv(b"entity,clips\na,1\nb,2\nc,3", file="in.xlsx").sheets[0].rows
    sheet = Sheet("in.xlsx", rows, "S", merged=(merged,))
    codes = [said.code for said in _read_sheet(sheet, OPEN) if isinstance(said, Diagnostic)]
    assert codes == ["cell-merged"]


def test_plain_rows_are_not_read_one_by_one(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(LineReader, "read")
    results = read_lines(tmp_path, "entity,clips", *(f"a{row},{row % 4}" for row in range(9_000)), definition=OPEN)
    assert len(results.records) == 9_000
    assert figures_of(results, "a8999") == {"clips": 3}
