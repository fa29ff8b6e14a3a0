"""Blocks of three measures: `a` with three cells, `b` that is neither better nor worse with two, `c` with two."""

from decimal import Decimal

import pytest

from kpi_cli.rules.ast import AllOf, AnyOf
from kpi_cli.space.blocks import (
    Block,
    count_cells,
    decide_block,
    gather_below,
    iterate_conjuncts,
    join_blocks,
    list_no_better,
    list_worst,
    weigh_cells,
)
from kpi_cli.space.dimensions import build_dimensions
from tests.unit.checks.drafts import load_indicator

MEASURES = """
a: {type: count, title: A}
b: {type: choice, title: B, choices: [p, q]}
c: {type: flag, title: C}
"""
RULES = ['a: ">= 1"', 'any: [{a: ">= 12", b: p}, {c: true}]']
INDICATOR = load_indicator(MEASURES, RULES)
DIMENSIONS = build_dimensions(INDICATOR)
BLOCK = decide_block(DIMENSIONS, INDICATOR.rules)
# a 0, 1-11, 12-; behind each b p, q; behind each c no, yes. Bit 1 for the first rule, bit 2 for the second.
HOLDING = (0, 2, 0, 2, 1, 3, 1, 3, 3, 3, 1, 3)


def test_decide_block() -> None:
    assert Block(DIMENSIONS, HOLDING) == BLOCK
    assert BLOCK.shape == (3, 2, 2)
    assert count_cells(DIMENSIONS) == 12


def test_what_a_block_does_not_decide_may_hold() -> None:
    """Of the second rule the part about c alone is left, and a alone may always let it hold."""
    assert decide_block(DIMENSIONS[:1], INDICATOR.rules).holding == (2, 3, 3)
    assert decide_block(DIMENSIONS[2:], INDICATOR.rules).holding == (3, 3)
    assert decide_block((), INDICATOR.rules).holding == (3,)
    rules = (INDICATOR.rules[0], AnyOf(()), AllOf(()))
    assert decide_block((), rules).holding == (0b101,)
    assert decide_block(DIMENSIONS[:1], rules).holding == (0b100, 0b101, 0b101)


@pytest.mark.parametrize(
    ("spot", "positions", "samples"),
    [
        (0, (0, 0, 0), (0, "p", False)),
        (5, (1, 0, 1), (1, "p", True)),
        (10, (2, 1, 0), (12, "q", False)),
    ],
)
def test_where_a_spot_is(spot: int, positions: tuple[int, ...], samples: tuple[object, ...]) -> None:
    assert BLOCK.locate(spot) == positions
    assert tuple(cell.sample for cell in BLOCK.cells_at(spot)) == samples


def test_join_blocks() -> None:
    independent = load_indicator(MEASURES, ['a: ">= 1"', 'a: ">= 12", b: p, c: true'])
    dimensions = build_dimensions(independent)
    blocks = [decide_block((dimension,), independent.rules) for dimension in dimensions]
    joined = join_blocks(blocks, independent.rules)
    assert [block.holding for block in blocks] == [(0, 1, 3), (3, 1), (1, 3)]
    assert joined == decide_block(dimensions, independent.rules)
    assert joined.holding == (0, 0, 0, 0, 1, 1, 1, 1, 1, 3, 1, 1)


def test_iterate_conjuncts() -> None:
    (rule,) = load_indicator(MEASURES, ['a: ">= 1", all: [{b: p}, {all: [{c: true}, {any: [{b: q}]}]}]']).rules
    assert [type(part).__name__ for part in iterate_conjuncts(rule)] == ["Test", "Test", "Test", "AnyOf"]


def test_gather_below() -> None:
    """A bit for each cell: it is found in all the cells that are no worse, of the same b."""
    bits = [1 << spot for spot in range(12)]
    gathered = gather_below(BLOCK, bits)
    assert [[spot for spot in range(12) if cell >> spot & 1] for cell in gathered] == [
        [0], [0, 1], [2], [2, 3],
        [0, 4], [0, 1, 4, 5], [2, 6], [2, 3, 6, 7],
        [0, 4, 8], [0, 1, 4, 5, 8, 9], [2, 6, 10], [2, 3, 6, 7, 10, 11],
    ]  # fmt: skip
    assert bits == [1 << spot for spot in range(12)]
    assert gather_below(decide_block((), INDICATOR.rules), [7]) == [7]
    any_b = load_indicator(MEASURES, ["c: true, b: [p, q]"])
    only, flag = build_dimensions(any_b)
    assert (len(only.cells), only.ordered) == (1, False)
    assert gather_below(decide_block((only, flag), any_b.rules), [1, 2]) == [1, 3]
    assert gather_below(Block(DIMENSIONS, ()), []) == []


def test_list_no_better() -> None:
    """Each with the number of measures in which it differs, and by how many cells."""
    assert sorted(list_no_better(BLOCK, 9)) == [(0, 2, 3), (1, 1, 2), (4, 2, 2), (5, 1, 1), (8, 1, 1), (9, 0, 0)]
    assert sorted(list_no_better(BLOCK, 2)) == [(2, 0, 0)]


def test_list_worst() -> None:
    assert list(list_worst(BLOCK)) == [0, 2]
    assert list(list_worst(Block((), (3,)))) == [0]
    assert list(list_worst(Block(DIMENSIONS, ()))) == []


def test_weigh_cells() -> None:
    """0 and "no" and a name cost nothing, "yes" and each digit one."""
    assert weigh_cells(BLOCK) == [0, 1, 0, 1, 1, 2, 1, 2, 2, 3, 2, 3]
    (percent,) = build_dimensions(load_indicator("m: {type: percent, title: M}", ['m: "> 0.5"']))
    assert weigh_cells(decide_block((percent,), INDICATOR.rules)) == [0, 1]
    assert percent.thresholds == (Decimal("0.5"),)
