"""Which values give which level: the cells of an indicator put together again, as few boxes as they make."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import permutations, product
from typing import TypeAlias, TypeVar

from kpi_cli.model import Indicator
from kpi_cli.rules.cells import Cell, join_cells
from kpi_cli.space.allowance import Allowance
from kpi_cli.space.blocks import count_cells, decide_block
from kpi_cli.space.dimensions import Dimension, build_dimensions
from kpi_cli.space.search import Space

MOST_CELLS_SHOWN = 50_000
"""Beyond this nobody reads what comes out."""

_MOST_REORDERED = 4
_MOST_CELLS_REORDERED = 2_000
_Key = TypeVar("_Key", bound=Hashable)
Box: TypeAlias = Mapping[str, Cell]
"""Measure -> the values it may take; a measure that may take any is left out."""


def describe_levels(indicator: Indicator) -> dict[int, tuple[Box, ...]] | None:
    """The boxes of values that give each level that is reached, 0 among them, worst first; they do not overlap.

    None where there are more than `MOST_CELLS_SHOWN` cells.
    """
    dimensions = build_dimensions(indicator)
    if count_cells(dimensions) > MOST_CELLS_SHOWN:
        return None
    block = decide_block(dimensions, indicator.rules)
    space = Space(indicator, (block,))
    levels = [space.level_of(holding) for holding in block.holding]
    return dict(sorted(gather_boxes(dimensions, levels).items()))


def gather_boxes(
    dimensions: Sequence[Dimension], keys: Sequence[_Key], allowance: Allowance | None = None
) -> dict[_Key, tuple[Box, ...]]:
    """The boxes of the cells that have each key; `keys` has one for each cell, the last dimension varying fastest.

    Where there is no room to cut them in every order they are cut in one; none where there is none for that either.
    """
    distinct, orders, room = dict.fromkeys(keys), list(_list_orders(dimensions)), allowance or Allowance()
    once = len(distinct) * len(keys)
    if not room.spend(len(orders) * once):
        if not room.spend(once):
            return {}
        orders = orders[:1]
    return {key: _find_fewest([found == key for found in keys], dimensions, orders) for key in distinct}


def _find_fewest(
    members: Sequence[bool], dimensions: Sequence[Dimension], orders: Sequence[tuple[int, ...]]
) -> tuple[Box, ...]:
    """The boxes of the cells that are members, cut in the order of dimensions that makes the fewest of them."""
    ways = [tuple(_list_boxes(*_reorder(members, dimensions, order))) for order in orders]
    names = [dimension.name for dimension in dimensions]
    return tuple({name: box[name] for name in names if name in box} for box in min(ways, key=len))


def _list_orders(dimensions: Sequence[Dimension]) -> Iterator[tuple[int, ...]]:
    own = tuple(range(len(dimensions)))
    few = len(own) <= _MOST_REORDERED and count_cells(dimensions) <= _MOST_CELLS_REORDERED
    return permutations(own) if few else iter([own])


def _reorder(
    members: Sequence[bool], dimensions: Sequence[Dimension], order: Sequence[int]
) -> tuple[list[bool], list[Dimension]]:
    """The same cells with the dimensions in another order, the last varying fastest."""
    sizes = [len(dimension.cells) for dimension in dimensions]
    strides = [math.prod(sizes[position + 1 :]) for position in range(len(sizes))]
    spots = product(*(range(0, sizes[position] * strides[position], strides[position]) for position in order))
    return [members[sum(spot)] for spot in spots], [dimensions[position] for position in order]


def _list_boxes(members: Sequence[bool], dimensions: Sequence[Dimension]) -> Iterator[Box]:
    """The boxes of the cells that are members; cells of a dimension behind which the same lies go together."""
    if not any(members):
        return
    if not dimensions:
        yield {}
        return
    first, *rest = dimensions
    stride = len(members) // len(first.cells)
    alike: dict[tuple[bool, ...], list[Cell]] = {}
    for position, cell in enumerate(first.cells):
        alike.setdefault(tuple(members[position * stride : (position + 1) * stride]), []).append(cell)
    for behind, cells in alike.items():
        own = {} if len(cells) == len(first.cells) else {first.name: join_cells(cells)}
        for box in _list_boxes(behind, rest):
            yield {**own, **box}
