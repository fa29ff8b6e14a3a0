"""What the next level takes: the lowest higher level that better figures reach, with the fewest of them changed.

Only what is better counts: a known figure moves in its measure's own direction, one with `better: none` stays, and a
missing one may take any value. Of equally many changes those of fewer steps count, a missing figure from its worst.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import product
from math import prod
from typing import NamedTuple, TypeAlias, cast

from kpi_cli.model import Indicator
from kpi_cli.rules.ast import Rule, UnaryTest, measures_of
from kpi_cli.rules.evaluate import Values, rule_holds
from kpi_cli.rules.policy import decide_level
from kpi_cli.rules.values import Number, Value
from kpi_cli.scoring.figures import MISSING, Figure
from kpi_cli.scoring.levels import MAX_REMEMBERED
from kpi_cli.scoring.sufficiency import describe_sufficient
from kpi_cli.space.blocks import iterate_conjuncts, split_dimensions
from kpi_cli.space.dimensions import Dimension, build_dimensions, find_least, find_worst
from kpi_cli.space.search import Space, TooLargeError

MOST_CHOICES = 20_000
"""How many combinations of better values are tried for measures that rules mix, before giving up."""
_MOST_STATES = 200_000


class Change(NamedTuple):
    """A better figure for one measure: what suffices, and the least value that does; `current` is None if missing."""

    measure: str
    current: Value | None
    to: UnaryTest
    example: Value


class NextLevel(NamedTuple):
    """A higher level, and all that must change to reach it."""

    level: int
    changes: tuple[Change, ...]


FindNext: TypeAlias = Callable[[Mapping[str, Figure]], NextLevel | None]
Spots: TypeAlias = dict[str, int]
"""Measure -> the cell that it moves to, for those that change."""
Cost: TypeAlias = tuple[int, Fraction]


class _Axis(NamedTuple):
    """A measure that the rules read, with the least value to aim at in each of its cells; a fixed one stays."""

    dimension: Dimension
    least: tuple[Value, ...]
    fixed: bool

    @property
    def name(self) -> str:
        """The id of the measure."""
        return self.dimension.name


class _Group(NamedTuple):
    """Measures that rules mix by more than "and", with what each rule asks of them alone."""

    axes: tuple[_Axis, ...]
    asked: tuple[tuple[Rule, ...], ...]


class _Plan(NamedTuple):
    """An indicator made ready; `always` are the rules, as bits, that hold as far as no measure is read."""

    indicator: Indicator
    groups: tuple[_Group, ...]
    always: int
    space: Space


class _Move(NamedTuple):
    """One thing that a measure may do: stay, or go to a better cell."""

    measure: str
    spot: int | None
    value: Value | None
    cost: Cost


_Best: TypeAlias = dict[int, tuple[Cost, Spots]]
"""Sets of rules that hold, as bits, with the cheapest way to each."""
_STAY: Cost = (0, Fraction())


def prepare_next(indicator: Indicator) -> FindNext:
    """What finds the next level of `indicator` from figures; it raises `TooLargeError` where too much is mixed."""
    dimensions = build_dimensions(indicator)
    names = tuple(dimension.name for dimension in dimensions)
    plan = _plan(indicator, dimensions)

    @lru_cache(maxsize=MAX_REMEMBERED, typed=True)  # typed: 1 and true are equal, and no rule treats them so
    def find_next(*read: Value | None) -> NextLevel | None:
        return _find_next(plan, dict(zip(names, read, strict=True)))

    return lambda figures: find_next(*(figures.get(name, MISSING).value for name in names))


def _plan(indicator: Indicator, dimensions: Sequence[Dimension]) -> _Plan:
    groups = (
        _Group(
            tuple(_make_axis(dimension, indicator) for dimension in group),
            tuple(_ask({dimension.name for dimension in group}, rule) for rule in indicator.rules),
        )
        for group in split_dimensions(dimensions, indicator.rules)
    )
    return _Plan(indicator, tuple(groups), _add_bits(map(_holds_so_far, indicator.rules)), Space(indicator, ()))


def _make_axis(dimension: Dimension, indicator: Indicator) -> _Axis:
    least = tuple(find_least(dimension, cell) for cell in dimension.cells)
    return _Axis(dimension, least, fixed=dimension.name in indicator.ratio_parts)


def _ask(names: set[str], rule: Rule) -> tuple[Rule, ...]:
    return tuple(part for part in iterate_conjuncts(rule) if not names.isdisjoint(measures_of(part)))


def _holds_so_far(rule: Rule) -> bool:
    """Whether the parts that read no measure let `rule` hold: they hold always or never."""
    return all(rule_holds(part, {}) for part in iterate_conjuncts(rule) if not measures_of(part))


def _find_next(plan: _Plan, values: Values) -> NextLevel | None:
    present = _decide(plan.indicator, values)
    if present == len(plan.indicator.levels):
        return None
    best: _Best = {plan.always: (_STAY, {})}
    for group in plan.groups:
        best = _combine(best, _tabulate(group, values, plan.space))
    reached = ((plan.space.level_of(holding), cost, spots) for holding, (cost, spots) in best.items())
    higher = [one for one in reached if one[0] > present]
    if not higher:
        return None
    level, _, spots = min(higher, key=lambda one: one[:2])
    moved = [axis for group in plan.groups for axis in group.axes if axis.name in spots]
    return NextLevel(level, tuple(_describe_changes(plan.indicator, moved, spots, values, level)))


def _decide(indicator: Indicator, values: Values) -> int:
    return decide_level([rule_holds(rule, values) for rule in indicator.rules], indicator.policy).proven


def _add_bits(holds: Iterable[bool]) -> int:
    return sum(held << index for index, held in enumerate(holds))


def _combine(best: _Best, table: _Best) -> _Best:
    if len(best) * len(table) > _MOST_STATES:
        raise TooLargeError
    combined: _Best = {}
    for holding, (cost, spots) in best.items():
        for other, (more, moves) in table.items():
            _keep(combined, holding & other, _add_costs(cost, more), {**spots, **moves})
    return combined


def _add_costs(cost: Cost, more: Cost) -> Cost:
    return cost[0] + more[0], cost[1] + more[1]


def _keep(best: _Best, holding: int, cost: Cost, spots: Spots) -> None:
    known = best.get(holding)
    if known is None or cost < known[0]:
        best[holding] = cost, spots


def _tabulate(group: _Group, values: Values, space: Space) -> _Best:
    """The sets of rules that each combination of better values in `group` lets hold for sure."""
    moves = [list(_list_moves(axis, values[axis.name])) for axis in group.axes]
    if prod(map(len, moves)) > MOST_CHOICES:
        raise TooLargeError
    table: _Best = {}
    for chosen in product(*moves):
        tried = {move.measure: move.value for move in chosen}
        holding = _add_bits(all(rule_holds(part, tried) for part in asked) for asked in group.asked)
        cost = reduce(_add_costs, (move.cost for move in chosen))
        spots = {move.measure: move.spot for move in chosen if move.spot is not None}
        _keep(table, space.shorten(holding), cost, spots)
    return table


def _list_moves(axis: _Axis, value: Value | None) -> Iterator[_Move]:
    yield _Move(axis.name, None, value, _STAY)
    for spot in range(len(axis.least) if axis.fixed else _first_better(axis.dimension, value), len(axis.least)):
        least = axis.least[spot]
        yield _Move(axis.name, spot, least, (1, _count_steps(axis.dimension, value, least)))


def _first_better(dimension: Dimension, value: Value | None) -> int:
    """Where the better cells begin: anywhere for a missing figure, nowhere where none is better."""
    if value is None:
        return 0
    here = next((spot for spot, cell in enumerate(dimension.cells) if cell.holds(value)), None)
    return len(dimension.cells) if here is None or not dimension.ordered else here + 1


def _count_steps(dimension: Dimension, value: Value | None, example: Value) -> Fraction:
    start = find_worst(dimension, dimension.cells[0]) if value is None else value
    if isinstance(start, bool | str):
        choices = dimension.measure.choices or (False, True)
        return Fraction(abs(choices.index(cast(str, example)) - choices.index(cast(str, start))))
    return abs(Fraction(cast(Number, example)) - Fraction(start)) / Fraction(dimension.measure.smallest_step)


def _describe_changes(
    indicator: Indicator, moved: Sequence[_Axis], spots: Spots, values: Values, level: int
) -> Iterator[Change]:
    examples = {axis.name: axis.least[spots[axis.name]] for axis in moved}
    for axis in sorted(moved, key=lambda axis: list(indicator.measures).index(axis.name)):

        def suffices(spot: int, axis: _Axis = axis) -> bool:
            return _decide(indicator, {**values, **examples, axis.name: axis.least[spot]}) >= level

        to = describe_sufficient(axis.dimension, spots[axis.name], suffices, indicator.rules)
        yield Change(axis.name, values[axis.name], to, examples[axis.name])
