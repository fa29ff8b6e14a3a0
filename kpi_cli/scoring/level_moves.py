"""Which values get another level where an indicator is defined anew, decided in the cells that both definitions cut.

The rules of both stand side by side as those of one indicator over all values that either accepts, so that the cells
of the proof decide them together. A value that one of the two refuses has no level there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

from kpi_cli.model import Indicator, Level, Measure
from kpi_cli.rules.ast import AllOf, Compare, OneOf, Rule, Test, measures_of
from kpi_cli.rules.policy import decide_level
from kpi_cli.rules.values import Value
from kpi_cli.space.allowance import Allowance, TooLargeError
from kpi_cli.space.bands import MOST_CELLS_SHOWN, Box, gather_boxes
from kpi_cli.space.blocks import join_blocks
from kpi_cli.space.search import Space, Spots, count_all, decide_space

LevelPair: TypeAlias = tuple[int | None, int | None]
"""The level by the old definition and by the new one; None where that one refuses the value."""
Obstacle: TypeAlias = Literal["other-types", "other-measures", "too-large"]

_CONTINUOUS = frozenset({"percent", "number"})
_NUMERIC = _CONTINUOUS | {"count"}


class Move(NamedTuple):
    """Values that move from one level to another, and the simplest of them.

    `boxes` do not overlap and leave none out; there are none where the cells are too many to list.
    """

    old: int | None
    new: int | None
    boxes: tuple[Box, ...]
    example: Mapping[str, Value]


class LevelMoves(NamedTuple):
    """What a new definition does to the levels of an indicator, for complete figures.

    `obstacle` says why the definitions cannot be held against each other value by value; `whole` names the measures
    that were compared at whole numbers alone, since one of the definitions takes no others.
    """

    indicator: str
    moves: tuple[Move, ...] = ()
    obstacle: Obstacle | None = None
    whole: tuple[str, ...] = ()

    @property
    def none(self) -> bool:
        """Whether it is proved that no value gets another level."""
        return not self.moves and self.obstacle is None


def find_level_moves(*, old: Indicator, new: Indicator, allowance: Allowance | None = None) -> LevelMoves:
    """Every move of a value from one level to another, by the old level and then by the new one."""
    pair = _Pair(old, new)
    obstacle = pair.find_obstacle()
    if obstacle is not None:
        return LevelMoves(new.id, obstacle=obstacle)
    try:
        moves = tuple(_list_moves(pair, decide_space(pair.join(), allowance or Allowance())))
    except TooLargeError:
        return LevelMoves(new.id, obstacle="too-large")
    return LevelMoves(new.id, moves, whole=tuple(name for name in pair.read_by_both() if pair.is_mixed(name)))


class _Pair(NamedTuple):
    """Two definitions of an indicator."""

    old: Indicator
    new: Indicator

    def find_obstacle(self) -> Obstacle | None:
        """What keeps the two from being compared value by value."""
        if any(not _kinds_agree(*self.measures_of(name)) for name in self.read_by_both()):
            return "other-types"
        return "other-measures" if set(_list_read(self.old)).isdisjoint(_list_read(self.new)) else None

    def read_by_both(self) -> tuple[str, ...]:
        """The measures that stand in both definitions, and that the rules of either read."""
        read = dict.fromkeys((*_list_read(self.old), *_list_read(self.new)))
        return tuple(name for name in read if name in self.old.measures and name in self.new.measures)

    def measures_of(self, name: str) -> tuple[Measure, Measure]:
        """A measure of both, by the old definition and by the new one."""
        return self.old.measures[name], self.new.measures[name]

    def is_mixed(self, name: str) -> bool:
        """Whether one definition takes whole numbers alone, and the other any number."""
        return len({measure.type == "count" for measure in self.measures_of(name)}) == 2

    def join(self) -> Indicator:
        """One indicator with the rules of both: the old ones, what the old definition accepts, the new ones, that.

        Its own policy decides nothing: `decide` knows that of each.
        """
        joint = {name: _join_measures(*self.measures_of(name)) for name in self.read_by_both()}
        measures = {**self.old.measures, **self.new.measures, **joint}
        rules = (*self.old.rules, self._accepts(self.old), *self.new.rules, self._accepts(self.new))
        levels = {number: Level(when=rule) for number, rule in enumerate(rules, start=1)}
        return self.new.model_copy(update={"measures": measures, "levels": levels})

    def _accepts(self, indicator: Indicator) -> Rule:
        """The rule that holds at the values that `indicator` accepts; it tells apart only what the other does not."""
        changed = [name for name in self.read_by_both() if not _same_values(*self.measures_of(name))]
        return AllOf(tuple(test for name in changed for test in _test_domain(name, indicator.measures[name])))

    def decide(self, holding: int) -> LevelPair:
        """The levels where these rules of the joint indicator hold."""
        split = len(self.old.levels) + 1
        return _decide(self.old, holding), _decide(self.new, holding >> split)


def _kinds_agree(old: Measure, new: Measure) -> bool:
    return old.type == new.type or _NUMERIC.issuperset((old.type, new.type))


def _list_read(indicator: Indicator) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for rule in indicator.rules for name in measures_of(rule)))


def _join_measures(old: Measure, new: Measure) -> Measure:
    """A measure that takes every value of both; of whole and other numbers the whole ones."""
    if old.type == "choice":
        return new.model_copy(update={"choices": tuple(dict.fromkeys((*(new.choices or ()), *(old.choices or ()))))})
    if old.type not in _NUMERIC:
        return new
    (old_low, old_high), (new_low, new_high) = old.bounds, new.bounds
    low = None if old_low is None or new_low is None else min(old_low, new_low)
    high = None if old_high is None or new_high is None else max(old_high, new_high)
    kind = "count" if "count" in {old.type, new.type} else "number"
    return new.model_copy(update={"type": kind, "range": (low, high)})


def _same_values(old: Measure, new: Measure) -> bool:
    return old.bounds == new.bounds and old.choices == new.choices


def _test_domain(name: str, measure: Measure) -> Iterator[Test]:
    if measure.choices is not None:
        yield Test(name, OneOf(measure.choices))
    low, high = measure.bounds
    if low is not None:
        yield Test(name, Compare(">=", low))
    if high is not None:
        yield Test(name, Compare("<=", high))


def _decide(indicator: Indicator, holding: int) -> int | None:
    """The level where these rules hold, the bit above them for what is accepted; by the scorer's own policy."""
    count = len(indicator.levels)
    if not holding >> count & 1:
        return None
    return decide_level([bool(holding >> index & 1) for index in range(count)], indicator.policy).proven


def _list_moves(pair: _Pair, space: Space) -> Iterator[Move]:
    examples: dict[LevelPair, tuple[int, Spots]] = {}
    states = space.find_states()
    space.allowance.take(len(states) * len(space.indicator.levels))  # each is decided, rule by rule
    for (holding,), choice in states.items():
        levels = pair.decide(holding)
        examples[levels] = min(choice, examples.get(levels, choice))
    boxes = _gather(pair, space)
    for levels in sorted((each for each in examples if each[0] != each[1]), key=_order):
        cells = space.cells_at(examples[levels][1])
        yield Move(*levels, boxes.get(levels, ()), {name: cell.sample for name, cell in cells.items()})


def _gather(pair: _Pair, space: Space) -> Mapping[LevelPair, tuple[Box, ...]]:
    if count_all(space.blocks) > MOST_CELLS_SHOWN:
        return {}
    block = join_blocks(space.blocks, space.indicator.rules)
    decided = {holding: pair.decide(holding) for holding in set(block.holding)}
    return gather_boxes(block.dimensions, [decided[holding] for holding in block.holding], space.allowance)


def _order(levels: LevelPair) -> list[tuple[bool, int]]:
    """Levels first, what is refused behind them."""
    return [(level is None, level or 0) for level in levels]
