"""Our reader of workbooks against openpyxl, which writes them: the same cells, of the same kinds and values."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.results.cells import Kind, RawCell
from kpi_cli.results.xlsx_file import read_xlsx
from tests.unit.results.test_xlsx_file import save

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8).filter(lambda text: text[:1] != "="),
    st.just("=1+1"),
    st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)),
)


@given(
    st.lists(st.lists(st.tuples(CELLS, st.sampled_from(["General", "0%", "0.00", '0.0"%"'])), max_size=5), max_size=5)
)
def test_openpyxl_reads_the_same(table: list[list[tuple[Any, str]]]) -> None:
    def fill(book: Any) -> None:
        for row, cells in enumerate(table, start=1):
            for column, (value, number_format) in enumerate(cells, start=1):
                cell = book.active.cell(row, column, value)
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    cell.number_format = number_format

    data = save(fill)
    book = openpyxl.load_workbook(io.BytesIO(data))
    ours = {
        (row.number, column + 1): cell
        for row in read_xlsx(data, file="f.xlsx").sheets[0].rows
        for column, cell in enumerate(row.cells)
        if cell.kind is not Kind.BLANK
    }
    theirs = {
        (cell.row, cell.column): cell for cells in book.active.iter_rows() for cell in cells if cell.value is not None
    }
    theirs = {
        place: cell for place, cell in theirs.items() if not (cell.data_type == "s" and not str(cell.value).strip())
    }
    assert set(ours) == set(theirs)
    for place, cell in theirs.items():
        assert_same(ours[place], cell)


def assert_same(ours: RawCell, cell: Any) -> None:
    value = cell.value
    if cell.data_type == "f":
        assert ours.kind is Kind.NOT_CALCULATED
    elif cell.is_date:
        assert (ours.kind, ours.text) == (Kind.DATE, value.date().isoformat())
    elif isinstance(value, bool):
        assert (ours.kind, ours.truth) == (Kind.TRUTH, value)
    elif isinstance(value, (int, float)):
        assert (ours.kind, ours.number) == (Kind.NUMBER, Decimal(format(float(value), ".15g")))
        assert (ours.percent_sign == "scaled") is (cell.number_format == "0%")
    else:
        assert (ours.kind, ours.text) == (Kind.ERROR if cell.data_type == "e" else Kind.TEXT, value)
