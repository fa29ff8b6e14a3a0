"""Which values give which level: the cells of an indicator put together again, as few boxes as they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from kpi_cli.model import Indicator
from kpi_cli.rules.cells import Cell, join_cells
from kpi_cli.space.blocks import count_cells, decide_block
from kpi_cli.space.dimensions import Dimension, build_dimensions
from kpi_cli.space.search import Space

MOST_CELLS_SHOWN = 50_000
"""Beyond this nobody reads what comes out."""

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
    levels = [Space(indicator, (block,)).level_of(holding) for holding in block.holding]
    return {
        level: tuple(_list_boxes([found == level for found in levels], dimensions)) for level in sorted(set(levels))
    }


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
