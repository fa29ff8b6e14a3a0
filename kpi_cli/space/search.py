"""All that an indicator's values can come to, searched block by block so that the whole product is never walked.

A search asks each block for the states that its cells can be in (sets of rules, as numbers) and the simplest cell of
each. States of independent blocks come together by "and". Few rules make few states, however many cells there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import and_
from typing import TypeAlias

from kpi_cli.model import Indicator
from kpi_cli.rules.cells import Cell
from kpi_cli.rules.policy import decide_level
from kpi_cli.space.allowance import Allowance, TooLargeError
from kpi_cli.space.blocks import (
    Block,
    count_cells,
    decide_block,
    gather_below,
    join_blocks,
    list_no_better,
    list_worst,
    split_dimensions,
    weigh_cells,
)
from kpi_cli.space.dimensions import Dimension, build_dimensions
from kpi_cli.space.vectors import Turns, pair_turns

MOST_CELLS = 1_000_000
"""How many cells measures that interact may have at most."""
_FEW_CELLS = 50_000
_FEW_LEVELS = 8
_CHANGE_COST = 1_000_000

State: TypeAlias = tuple[int, ...]
Spots: TypeAlias = tuple[int, ...]
Table: TypeAlias = dict[State, tuple[int, int]]
"""The states of one block: the cost of the best cell for each, and the spot of that cell."""
Found: TypeAlias = dict[State, tuple[int, Spots]]
"""The states of the whole: the cost of the best, and its spot in each block."""


@dataclass(frozen=True)
class Space:
    """An indicator with its blocks decided; its searches are taken from the allowance, or are a `TooLargeError`."""

    indicator: Indicator
    blocks: tuple[Block, ...]
    allowance: Allowance = field(default_factory=Allowance, compare=False)
    levels: dict[int, int] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions of all blocks."""
        return tuple(dimension for block in self.blocks for dimension in block.dimensions)

    def level_of(self, holding: int) -> int:
        """The level of a set of rules that hold, by the scorer's own policy."""
        level = self.levels.get(holding)
        if level is None:
            truths = [bool(holding >> index & 1) for index in range(len(self.indicator.levels))]
            level = self.levels[holding] = decide_level(truths, self.indicator.policy).proven
        return level

    def shorten(self, holding: int) -> int:
        """A set of rules of the same level, one for as many sets as may stand for each other in a search.

        Under `ladder` the rules above the first that fails never matter; in a single block only the level does.
        """
        if self.indicator.policy == "ladder" or len(self.blocks) == 1:
            return (1 << self.level_of(holding)) - 1
        return holding

    def cells_at(self, spots: Spots) -> dict[str, Cell]:
        """The cell of each measure at `spots`."""
        return {
            dimension.name: cell
            for block, spot in zip(self.blocks, spots, strict=True)
            for dimension, cell in zip(block.dimensions, block.cells_at(spot), strict=True)
        }

    def holds_somewhere(self, level: int) -> bool:
        """Whether the rule of `level` holds at any value at all."""
        return all(any(holding >> (level - 1) & 1 for holding in block.holding) for block in self.blocks)

    def find_levels(self) -> Found:
        """State (holding,): the sets of rules, shortened, that hold somewhere."""
        return self._search(map(self._tabulate_levels, self.blocks))

    def find_holding(self, measure: str, turns: Turns) -> set[int]:
        """The sets of rules, shortened, that hold somewhere while `measure` is in a cell between `turns`."""
        found = self._search(self._tabulate_within(block, measure, turns) for block in self.blocks)
        return {holding for (holding,) in found}

    def find_states(self) -> Found:
        """State (holding,): the sets of rules that hold somewhere, as they are."""
        return self._search(
            _tabulate(((holding,) for holding in block.holding), weigh_cells(block)) for block in self.blocks
        )

    def find_pairs(self) -> Found:
        """State (worse, better): what holds, shortened, at two cells, the first no better; spots of the second."""
        return self._search(map(self._tabulate_pairs, self.blocks))

    def find_reached(self) -> Found:
        """State (holding, ever): what holds at a cell, shortened, and what holds there or at any worse value."""
        return self._search(map(self._tabulate_reached, self.blocks))

    def find_worst(self) -> Found:
        """State (holding,): what holds at the worst values."""
        return self._search(map(self._tabulate_worst, self.blocks))

    def find_worse(self, spots: Spots) -> Found:
        """State (holding,): what holds, shortened, at the cells no better than `spots`, each at the nearest of them."""
        pairs = zip(self.blocks, spots, strict=True)
        return self._search(self._tabulate_worse(block, spot) for block, spot in pairs)

    def _search(self, tables: Iterable[Table]) -> Found:
        """The states that the whole can be in, each at its least cost; of equals the worst value.

        `tables` has one for each block, made when it is asked for.
        """
        self.allowance.take(sum(len(block.holding) for block in self.blocks))
        found: Found = {(): (0, ())}
        for table in tables:
            found = self._combine(found, table)
        return found

    def _combine(self, found: Found, table: Table) -> Found:
        self.allowance.take(len(found) * len(table))
        combined: Found = {}
        for state, (cost, spots) in found.items():
            for other, (more, spot) in table.items():
                joint = tuple(map(and_, state, other)) if spots else other
                best = combined.get(joint)
                if best is None or cost + more < best[0]:
                    combined[joint] = (cost + more, (*spots, spot))
        return combined

    def _shorten_all(self, block: Block) -> list[int]:
        short = {holding: self.shorten(holding) for holding in set(block.holding)}
        return [short[holding] for holding in block.holding]

    def _tabulate_levels(self, block: Block) -> Table:
        return _tabulate(((holding,) for holding in self._shorten_all(block)), weigh_cells(block))

    def _tabulate_within(self, block: Block, measure: str, turns: Turns) -> Table:
        for dimension, (stride, period) in zip(block.dimensions, block.strides, strict=True):
            if dimension.name == measure:
                starts = range(0, len(block.holding), period)
                pairs = [(start * stride, end * stride) for start, end in pair_turns(turns)]
                inside = (spot for base in starts for start, end in pairs for spot in range(base + start, base + end))
                return {(self.shorten(block.holding[spot]),): (0, spot) for spot in inside}
        return self._tabulate_levels(block)

    def _tabulate_reached(self, block: Block) -> Table:
        ever = gather_below(block, block.holding)
        return _tabulate(zip(self._shorten_all(block), ever, strict=True), weigh_cells(block))

    def _tabulate_pairs(self, block: Block) -> Table:
        shortened = self._shorten_all(block)
        known = {holding: index for index, holding in enumerate(dict.fromkeys(shortened))}
        below = gather_below(block, [1 << known[holding] for holding in shortened])
        best = _tabulate(zip(below, shortened, strict=True), weigh_cells(block))
        self.allowance.take(sum(gathered.bit_count() for gathered, _ in best))
        table: Table = {}
        for (gathered, better), choice in sorted(best.items(), key=lambda item: item[1]):
            for worse, index in known.items():
                if gathered >> index & 1:
                    table.setdefault((worse, better), choice)
        return table

    def _tabulate_worst(self, block: Block) -> Table:
        weights = weigh_cells(block)
        table: Table = {}
        for spot in list_worst(block):
            _keep_best(table, (block.holding[spot],), (weights[spot], spot))
        return table

    def _tabulate_worse(self, block: Block, better: int) -> Table:
        table: Table = {}
        for spot, changes, distance in list_no_better(block, better):
            state = (self.shorten(block.holding[spot]),)
            _keep_best(table, state, (changes * _CHANGE_COST + distance, spot))
        return table


def _tabulate(states: Iterable[State], weights: Sequence[int]) -> Table:
    table: Table = {}
    for spot, (state, weight) in enumerate(zip(states, weights, strict=True)):
        _keep_best(table, state, (weight, spot))
    return table


def _keep_best(table: Table, state: State, choice: tuple[int, int]) -> None:
    best = table.get(state)
    if best is None or choice < best:
        table[state] = choice


def decide_space(indicator: Indicator, allowance: Allowance | None = None) -> Space:
    """`indicator` with all its cells decided; `TooLargeError` where measures that interact have too many."""
    allowance = allowance or Allowance()
    groups = split_dimensions(build_dimensions(indicator), indicator.rules)
    counts = [count_cells(group) for group in groups]
    if max(counts, default=0) > MOST_CELLS:
        raise TooLargeError
    allowance.take(sum(counts))
    blocks = tuple(decide_block(group, indicator.rules) for group in groups)
    # Few rules make few states; many rules are better walked together, as far as that goes.
    few = _FEW_CELLS if len(indicator.levels) <= _FEW_LEVELS else MOST_CELLS
    if len(blocks) != 1 and count_all(blocks) <= min(few, allowance.left):
        allowance.take(count_all(blocks))
        blocks = (join_blocks(blocks, indicator.rules),)
    return Space(indicator, blocks, allowance)


def count_all(blocks: Iterable[Block]) -> int:
    """How many cells the product of `blocks` has."""
    return count_cells([dimension for block in blocks for dimension in block.dimensions])
