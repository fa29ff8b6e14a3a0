"""The product of dimensions, decided: which rules hold in each of its cells.

Dimensions that no rule mixes but by "and" are independent: a rule holds where each of them lets it hold. So each
group of dimensions that do interact is a block of its own, and the rules that hold in a cell of the whole are those
that hold in all its parts. A set of rules is a number: bit `level - 1` for the rule of a level.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from kpi_cli.rules.ast import AllOf, AnyOf, Rule, Test, UnaryTest, measures_of
from kpi_cli.rules.cells import Cell
from kpi_cli.rules.evaluate import Values, test_holds
from kpi_cli.rules.simplest import measure_complexity
from kpi_cli.space.dimensions import Dimension
from kpi_cli.space.vectors import Turns, read_cells, spread_turns


@dataclass(frozen=True)
class Block:
    """Dimensions with the rules that hold in each cell of their product, the last dimension varying fastest."""

    dimensions: tuple[Dimension, ...]
    holding: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many cells each dimension has."""
        return tuple(len(dimension.cells) for dimension in self.dimensions)

    @property
    def strides(self) -> tuple[tuple[int, int], ...]:
        """How far apart the cells of each dimension lie, and after how many it begins again."""
        return list_strides(self.dimensions)

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
    leaders = {dimension.name: dimension.name for dimension in dimensions}

    def find_leader(name: str) -> str:
        while leaders[name] != name:
            leaders[name] = name = leaders[leaders[name]]
        return name

    for rule in rules:
        for first, *others in filter(None, map(measures_of, iterate_conjuncts(rule))):
            for other in others:
                leaders[find_leader(other)] = find_leader(first)
    groups: dict[str, list[Dimension]] = {}
    for dimension in dimensions:
        groups.setdefault(find_leader(dimension.name), []).append(dimension)
    return [tuple(group) for group in groups.values()]


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


def list_strides(dimensions: Sequence[Dimension]) -> tuple[tuple[int, int], ...]:
    """How far apart the cells of each dimension lie in the product, and after how many it begins again."""
    sizes = [len(dimension.cells) for dimension in dimensions]
    periods = [math.prod(sizes[place:]) for place in range(len(sizes) + 1)]
    return tuple(zip(periods[1:], periods, strict=False))


def decide_block(dimensions: tuple[Dimension, ...], rules: Sequence[Rule]) -> Block:
    """Each cell of the product decided, by the scorer's own evaluation of each test on the samples of its measure.

    What the block does not decide is unknown there, and lets a rule hold: only what is false forbids it.
    """
    places = _Places(dimensions)
    return Block(dimensions, tuple(read_cells([places.find_holding(rule) for rule in rules], places.size)))


def decide_line(dimension: Dimension, rules: Sequence[Rule], values: Values) -> list[int]:
    """The rules that hold for sure in each cell of one measure, the others at `values`."""
    places = _Places((dimension,), values)
    return read_cells([places.find_holding(rule) for rule in rules], places.size)


class _Places:
    """Where rules hold among the cells of a product, as a bit for each cell.

    Other measures have the values that are given, and what is missing there holds nowhere; none given, all may hold.
    """

    def __init__(self, dimensions: Sequence[Dimension], others: Values | None = None) -> None:
        self._others = others
        self.size = count_cells(dimensions)
        self._everywhere = (1 << self.size) - 1
        self._strides: dict[str, tuple[int, int]] = {}
        self._turns: dict[tuple[str, UnaryTest], Turns] = {}
        for dimension, strides in zip(dimensions, list_strides(dimensions), strict=True):
            self._strides[dimension.name] = strides
            pairs = zip(dimension.tests, dimension.turns, strict=True)
            self._turns |= {(dimension.name, test): turns for test, turns in pairs}

    def find_holding(self, rule: Rule) -> int:
        """Where `rule` is not false."""
        match rule:
            case Test():
                return self._find_passing(rule)
            case AllOf():
                return reduce(and_, map(self.find_holding, rule.rules), self._everywhere)
            case AnyOf():
                return reduce(or_, map(self.find_holding, rule.rules), 0)

    def _find_passing(self, test: Test) -> int:
        if test.measure not in self._strides:
            holds = self._others is None or test_holds(test.unary, self._others.get(test.measure))
            return self._everywhere if holds else 0
        stride, period = self._strides[test.measure]
        return spread_turns(self._turns[test.measure, test.unary], stride=stride, period=period, size=self.size)


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
