"""The product of dimensions, decided: which rules hold in each of its cells.

Dimensions that no rule mixes but by "and" are independent: a rule holds where each of them lets it hold. So each
group of dimensions that do interact is a block of its own, and the rules that hold in a cell of the whole are those
that hold in all its parts. A set of rules is a number: bit `level - 1` for the rule of a level.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from operator import or_

from kpi_cli.rules.ast import AllOf, Rule, measures_of
from kpi_cli.rules.cells import Cell
from kpi_cli.rules.evaluate import rule_holds
from kpi_cli.rules.simplest import measure_complexity
from kpi_cli.space.dimensions import Dimension


@dataclass(frozen=True)
class Block:
    """Dimensions with the rules that hold in each cell of their product, the last dimension varying fastest."""

    dimensions: tuple[Dimension, ...]
    holding: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many cells each dimension has."""
        return tuple(len(dimension.cells) for dimension in self.dimensions)

    def locate(self, spot: int) -> tuple[int, ...]:
        """The position in each dimension of the cell at `spot`."""
        positions: list[int] = []
        for size in reversed(self.shape):
            spot, position = divmod(spot, size)
            positions.append(position)
        return tuple(reversed(positions))

    def cells_at(self, spot: int) -> tuple[Cell, ...]:
        """The cell of each dimension at `spot`."""
        pairs = zip(self.dimensions, self.locate(spot), strict=True)
        return tuple(dimension.cells[position] for dimension, position in pairs)


def split_dimensions(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> list[tuple[Dimension, ...]]:
    """The dimensions in groups that some part of a rule mixes by more than "and"."""
    groups: list[set[str]] = [{dimension.name} for dimension in dimensions]
    for names in (set(measures_of(part)) for rule in rules for part in iterate_conjuncts(rule)):
        mixed: set[str] = names.union(*(group for group in groups if group & names))
        groups = [*(group for group in groups if not group & names), mixed]
    split = (tuple(dimension for dimension in dimensions if dimension.name in group) for group in groups)
    return sorted((group for group in split if group), key=lambda group: dimensions.index(group[0]))


def iterate_conjuncts(rule: Rule) -> Iterator[Rule]:
    """The parts of `rule` that must all hold, those of an "all" inside an "all" among them."""
    if isinstance(rule, AllOf):
        for part in rule.rules:
            yield from iterate_conjuncts(part)
    else:
        yield rule


def count_cells(dimensions: Sequence[Dimension]) -> int:
    """How many cells the product of `dimensions` has."""
    return math.prod(len(dimension.cells) for dimension in dimensions)


def decide_block(dimensions: tuple[Dimension, ...], rules: Sequence[Rule]) -> Block:
    """Each cell of the product decided on its sample, by the scorer's own evaluation.

    What the block does not decide is unknown there, and lets a rule hold: only what is false forbids it.
    """
    names = tuple(dimension.name for dimension in dimensions)
    bits = [(1 << index, rule) for index, rule in enumerate(rules)]
    about = [(bit, rule) for bit, rule in bits if not set(names).isdisjoint(measures_of(rule))]
    rest = sum(bit for bit, rule in bits if (bit, rule) not in about and rule_holds(rule, {}) is not False)
    holding = []
    for samples in product(*([cell.sample for cell in dimension.cells] for dimension in dimensions)):
        values = dict(zip(names, samples, strict=True))
        holding.append(rest + sum(bit for bit, rule in about if rule_holds(rule, values) is not False))
    return Block(dimensions, tuple(holding))


def join_blocks(blocks: Sequence[Block], rules: Sequence[Rule]) -> Block:
    """One block for all: the product of independent blocks, in which holds what holds in each."""
    joined = decide_block((), rules)
    for block in blocks:
        holding = tuple(one & other for one in joined.holding for other in block.holding)
        joined = Block((*joined.dimensions, *block.dimensions), holding)
    return joined


def gather_below(block: Block, bits: Sequence[int]) -> list[int]:
    """For each cell the union of `bits` over the cells that are no better: itself, and all that are worse."""
    gathered = list(bits)
    stride = len(gathered)
    for dimension in block.dimensions:
        size = len(dimension.cells)
        if not dimension.ordered or not gathered:
            stride = stride // max(size, 1)
            continue
        period, stride = stride, stride // size
        for start in range(0, len(gathered), period):
            for spot in range(start + stride, start + period, stride):
                gathered[spot : spot + stride] = map(
                    or_, gathered[spot : spot + stride], gathered[spot - stride : spot]
                )
    return gathered


def list_no_better(block: Block, spot: int) -> Iterator[tuple[int, int, int]]:
    """The cells no better than `spot`, each with the number of measures in which it differs, and how far it is."""
    spots = [(0, 0, 0)]
    for dimension, position in zip(block.dimensions, block.locate(spot), strict=True):
        size = len(dimension.cells)
        choices = range(position + 1) if dimension.ordered else (position,)
        spots = [
            (base * size + choice, changes + (choice != position), distance + position - choice)
            for base, changes, distance in spots
            for choice in choices
        ]
    return iter(spots)


def list_worst(block: Block) -> Iterator[int]:
    """The cells than which none is worse."""
    spots = [0] if block.holding else []
    for dimension in block.dimensions:
        size = len(dimension.cells)
        choices = (0,) if dimension.ordered else range(size)
        spots = [base * size + choice for base in spots for choice in choices]
    return iter(spots)


def weigh_cells(block: Block) -> list[int]:
    """How complex the sample of each cell is."""
    weights = [0]
    for dimension in block.dimensions:
        own = [measure_complexity(cell.sample) for cell in dimension.cells]
        weights = [weight + each for weight in weights for each in own]
    return weights
