"""Tables of bits, on both sides: the examples are worked out by hand, the rest against the plain way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.space.vectors import find_turns, gather_turns, make_rows, pair_turns, read_cells, spread_turns


def test_a_column_is_told_by_where_it_turns() -> None:
    columns = [(1, 3), (), (0, 4), (0, 1, 2, 3)]
    assert make_rows(columns, 4) == [0b1100, 0b0101, 0b1101, 0b0100]
    assert find_turns([0b1100, 0b0101, 0b1101, 0b0100], 4) == [list(turns) for turns in columns]
    assert make_rows([()], 0) == find_turns([], 0) == []


@given(st.lists(st.integers(min_value=0, max_value=255), max_size=20))
def test_rows_and_columns_tell_the_same(rows: list[int]) -> None:
    turns = find_turns(rows, 8)
    assert make_rows(turns, len(rows)) == rows
    held = [[place for place, row in enumerate(rows) if row >> column & 1] for column in range(8)]
    assert [[place for start, end in pair_turns(each) for place in range(start, end)] for each in turns] == held
    assert [list(gather_turns(places)) for places in held] == turns


@pytest.mark.parametrize(
    ("turns", "stride", "period", "size", "cells"),
    [
        ((1, 3), 1, 4, 4, "0110"),
        ((1, 3), 2, 8, 8, "00111100"),
        ((0, 1), 1, 2, 6, "101010"),
        ((1, 2), 2, 4, 12, "001100110011"),
        ((), 1, 3, 3, "000"),
        ((0, 1, 2, 3), 1, 3, 3, "101"),
        ((), 1, 0, 0, ""),
    ],
)
def test_a_column_is_spread_over_a_product(
    turns: tuple[int, ...], stride: int, period: int, size: int, cells: str
) -> None:
    vector = spread_turns(turns, stride=stride, period=period, size=size)
    assert "".join(str(vector >> cell & 1) for cell in range(size)) == cells
    assert vector >> size == 0


@given(st.lists(st.integers(min_value=0, max_value=2**20 - 1), min_size=1, max_size=30))
def test_each_cell_is_read_with_the_sets_that_it_is_in(cells: list[int]) -> None:
    vectors = [sum((cell >> bit & 1) << place for place, cell in enumerate(cells)) for bit in range(20)]
    assert read_cells(vectors, len(cells)) == cells


def test_no_cells_and_no_sets() -> None:
    assert read_cells([], 2) == [0, 0]
    assert read_cells([0, 0], 0) == []
