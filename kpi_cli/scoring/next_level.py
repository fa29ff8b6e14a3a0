"""What the next level takes: the lowest higher level that better figures reach, with the fewest of them changed.

Only what is better counts: a known figure moves in its measure's own direction, one with `better: none` stays, and a
missing one may take any value. Of equally many changes those of fewer steps count, a missing figure from its worst.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
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


class _Group(NamedTuple):
    """Measures that rules mix by more than "and", with what each rule asks of them alone."""

    dimensions: tuple[Dimension, ...]
    asked: tuple[tuple[Rule, ...], ...]


class _Move(NamedTuple):
    """One thing that a measure may do: stay, or go to a better cell."""

    spot: int | None
    value: Value | None
    cost: Cost


_Best: TypeAlias = dict[int, tuple[Cost, Spots]]
"""Sets of rules that hold, as bits, with the cheapest way to each."""


def prepare_next(indicator: Indicator) -> FindNext:
    """What finds the next level of `indicator` from figures; it raises `TooLargeError` where too much is mixed."""
    dimensions = build_dimensions(indicator)
    names = tuple(dimension.name for dimension in dimensions)
    groups = _split_groups(dimensions, indicator.rules)

    @lru_cache(maxsize=MAX_REMEMBERED, typed=True)  # typed: 1 and true are equal, and no rule treats them so
    def find_next(*read: Value | None) -> NextLevel | None:
        return _find_next(indicator, groups, dict(zip(names, read, strict=True)))

    return lambda figures: find_next(*(figures.get(name, MISSING).value for name in names))


def _split_groups(dimensions: Sequence[Dimension], rules: Sequence[Rule]) -> list[_Group]:
    return [
        _Group(group, tuple(_ask({dimension.name for dimension in group}, rule) for rule in rules))
        for group in split_dimensions(dimensions, rules)
    ]


def _ask(names: set[str], rule: Rule) -> tuple[Rule, ...]:
    return tuple(part for part in iterate_conjuncts(rule) if not names.isdisjoint(measures_of(part)))


def _find_next(indicator: Indicator, groups: Sequence[_Group], values: Values) -> NextLevel | None:
    present = _decide(indicator, values)
    if present == len(indicator.levels):
        return None
    space = Space(indicator, ())
    best: _Best = {_add_bits(map(_holds_so_far, indicator.rules)): ((0, Fraction()), {})}
    for group in groups:
        best = _combine(best, _tabulate(group, values, indicator, space))
    reached = ((space.level_of(holding), cost, spots) for holding, (cost, spots) in best.items())
    higher = [one for one in reached if one[0] > present]
    if not higher:
        return None
    level, _, spots = min(higher, key=lambda one: one[:2])
    moved = {dimension.name: dimension for group in groups for dimension in group.dimensions if dimension.name in spots}
    return NextLevel(level, tuple(_describe_changes(indicator, moved, spots, values, level)))


def _decide(indicator: Indicator, values: Values) -> int:
    return decide_level([rule_holds(rule, values) for rule in indicator.rules], indicator.policy).proven


def _holds_so_far(rule: Rule) -> bool:
    """Whether the parts that read no measure let `rule` hold: they hold always or never."""
    return all(rule_holds(part, {}) for part in iterate_conjuncts(rule) if not measures_of(part))


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


def _tabulate(group: _Group, values: Values, indicator: Indicator, space: Space) -> _Best:
    """The sets of rules that each combination of better values in `group` lets hold for sure."""
    moves = [list(_list_moves(dimension, values[dimension.name], indicator)) for dimension in group.dimensions]
    names = [dimension.name for dimension in group.dimensions]
    if _count_choices(moves) > MOST_CHOICES:
        raise TooLargeError
    table: _Best = {}
    for chosen in product(*moves):
        tried = {name: move.value for name, move in zip(names, chosen, strict=True)}
        holding = _add_bits(all(rule_holds(part, tried) for part in asked) for asked in group.asked)
        cost = sum(move.cost[0] for move in chosen), sum((move.cost[1] for move in chosen), Fraction())
        spots = {name: move.spot for name, move in zip(names, chosen, strict=True) if move.spot is not None}
        _keep(table, space.shorten(holding), cost, spots)
    return table


def _count_choices(moves: Sequence[Sequence[_Move]]) -> int:
    count = 1
    for each in moves:
        count *= len(each)
    return count


def _list_moves(dimension: Dimension, value: Value | None, indicator: Indicator) -> Iterator[_Move]:
    yield _Move(None, value, (0, Fraction()))
    if dimension.name in indicator.ratio_parts:
        return
    for spot in range(_first_better(dimension, value), len(dimension.cells)):
        example = find_least(dimension, dimension.cells[spot])
        yield _Move(spot, example, (1, _count_steps(dimension, value, example)))


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
    indicator: Indicator, moved: Mapping[str, Dimension], spots: Spots, values: Values, level: int
) -> Iterator[Change]:
    examples = {name: find_least(moved[name], moved[name].cells[spot]) for name, spot in spots.items()}
    for name in sorted(spots, key=list(indicator.measures).index):
        dimension = moved[name]

        def suffices(spot: int, name: str = name, dimension: Dimension = dimension) -> bool:
            tried = {**values, **examples, name: find_least(dimension, dimension.cells[spot])}
            return _decide(indicator, tried) >= level

        to = describe_sufficient(dimension, spots[name], suffices, indicator.rules)
        yield Change(name, values[name], to, examples[name])
