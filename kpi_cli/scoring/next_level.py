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
from kpi_cli.rules.ast import Rule, UnaryTest, count_comparisons, measures_of
from kpi_cli.rules.evaluate import Values, rule_holds, test_holds
from kpi_cli.rules.values import Number, Value
from kpi_cli.scoring.figures import MISSING, Figure
from kpi_cli.scoring.levels import MAX_REMEMBERED, Bands, Spots, list_spots
from kpi_cli.scoring.sufficiency import describe_sufficient
from kpi_cli.space.allowance import Allowance, TooLargeError
from kpi_cli.space.blocks import iterate_conjuncts, split_dimensions
from kpi_cli.space.dimensions import Dimension, build_dimensions, find_least, find_worst
from kpi_cli.space.search import Space

MOST_CHOICES = 20_000
"""How many combinations of better values are tried for measures that rules mix, before giving up."""
MOST_TRIED = 1_500_000
"""Combinations and comparisons that a run tries, of all its entities and indicators together."""
_MOST_STATES = 200_000


class Change(NamedTuple):
    """A better figure for one measure: what suffices, and the least value that does; `current` is None if missing.

    `takes_any` where every value that the measure may take suffices.
    """

    measure: str
    current: Value | None
    to: UnaryTest
    example: Value
    takes_any: bool = False


class NextLevel(NamedTuple):
    """A higher level, and all that must change to reach it."""

    level: int
    changes: tuple[Change, ...]


FindNext: TypeAlias = Callable[[Mapping[str, Figure]], NextLevel | None]
Moves: TypeAlias = dict[str, int]
"""Measure -> the cell that it moves to, for those that change."""
Places: TypeAlias = dict[str, int]
"""Measure -> the number of the place in which its value lies (`levels.Spots`), for every measure."""
Cost: TypeAlias = tuple[int, Fraction]


class _Axis(NamedTuple):
    """A measure that the rules read, with the least value to aim at in each of its cells; a fixed one stays.

    `places` are those of its cells (`levels.Spots`); `position` is that of the measure.
    """

    dimension: Dimension
    least: tuple[Value, ...]
    fixed: bool
    places: tuple[int, ...]
    position: int

    @property
    def name(self) -> str:
        """The id of the measure."""
        return self.dimension.name


class _Group(NamedTuple):
    """Measures that rules mix by more than "and", with what each rule asks of them alone.

    `holdings`: the rules, as bits, that hold for values in these places, as far as they were asked for.
    """

    axes: tuple[_Axis, ...]
    asked: tuple[tuple[Rule, ...], ...]
    holdings: dict[tuple[int, ...], int]


class _Plan(NamedTuple):
    """An indicator made ready; `always` are the rules, as bits, that hold as far as no measure is read.

    `bands` has the level for the places of all measures, and `told` what suffices of one measure in a case.
    """

    indicator: Indicator
    groups: tuple[_Group, ...]
    always: int
    space: Space
    bands: Bands
    told: dict[tuple[object, ...], UnaryTest]
    allowance: Allowance
    comparisons: int


class _Move(NamedTuple):
    """One thing that a measure may do: stay, or go to a better cell; `place` is where its value lies then."""

    measure: str
    spot: int | None
    value: Value | None
    cost: Cost
    place: int


_Best: TypeAlias = dict[int, tuple[Cost, Moves]]
"""Sets of rules that hold, as bits, with the cheapest way to each."""
_STAY: Cost = (0, Fraction())


def prepare_next(indicator: Indicator, allowance: Allowance | None = None) -> FindNext:
    """What finds the next level of `indicator` from figures; it raises `TooLargeError` where too much is mixed.

    So it does where no room is left in the `allowance` of the run, which is `MOST_TRIED` for an indicator alone.
    """
    dimensions = build_dimensions(indicator)
    plan = _plan(indicator, dimensions, allowance or Allowance(MOST_TRIED))
    names = tuple(dimension.name for dimension in dimensions)

    @lru_cache(maxsize=MAX_REMEMBERED, typed=True)  # typed: 1 and true are equal, and no rule treats them so
    def find_next(*read: Value | None) -> NextLevel | None:
        return _find_next(plan, dict(zip(names, read, strict=True)))

    def find(figures: Mapping[str, Figure]) -> NextLevel | None:
        found = find_next(*(figures.get(name, MISSING).value for name in names))
        return None if found is None else _spell_own(found, figures)

    return find


def _spell_own(found: NextLevel, figures: Mapping[str, Figure]) -> NextLevel:
    """`found` with the values as they stand in `figures`: 3 and 3.0 are equal, and who typed one did not type both."""
    changes = (change._replace(current=figures.get(change.measure, MISSING).value) for change in found.changes)
    return found._replace(changes=tuple(changes))


def _plan(indicator: Indicator, dimensions: Sequence[Dimension], allowance: Allowance) -> _Plan:
    spots = list_spots(indicator)
    groups = (
        _Group(
            tuple(_make_axis(dimension, indicator, spots[dimension.name]) for dimension in group),
            tuple(_ask({dimension.name for dimension in group}, rule) for rule in indicator.rules),
            {},
        )
        for group in split_dimensions(dimensions, indicator.rules)
    )
    always = _add_bits(map(_holds_so_far, indicator.rules))
    bands, comparisons = Bands(indicator, spots), sum(map(count_comparisons, indicator.rules))
    return _Plan(indicator, tuple(groups), always, Space(indicator, ()), bands, {}, allowance, comparisons)


def _make_axis(dimension: Dimension, indicator: Indicator, spots: Spots) -> _Axis:
    return _Axis(
        dimension,
        least=tuple(find_least(dimension, cell) for cell in dimension.cells),
        fixed=dimension.name in indicator.ratio_parts,
        places=tuple(spots.find(cell.sample) for cell in dimension.cells),
        position=list(indicator.measures).index(dimension.name),
    )


def _ask(names: set[str], rule: Rule) -> tuple[Rule, ...]:
    return tuple(part for part in iterate_conjuncts(rule) if not names.isdisjoint(measures_of(part)))


def _holds_so_far(rule: Rule) -> bool:
    """Whether the parts that read no measure let `rule` hold: they hold always or never."""
    return all(rule_holds(part, {}) for part in iterate_conjuncts(rule) if not measures_of(part))


def _find_next(plan: _Plan, values: Values) -> NextLevel | None:
    axes = [axis for group in plan.groups for axis in group.axes]
    places = plan.bands.locate(values)
    present = plan.bands.find_level(places)
    if present == len(plan.indicator.levels):
        return None
    best: _Best = {plan.always: (_STAY, {})}
    for group in plan.groups:
        best = _combine(best, _tabulate(group, values, places, plan))
    reached = ((plan.space.level_of(holding), cost, moves) for holding, (cost, moves) in best.items())
    higher = [one for one in reached if one[0] > present]
    if not higher:
        return None
    level, _, moves = min(higher, key=lambda one: one[:2])
    moved = sorted((axis for axis in axes if axis.name in moves), key=lambda axis: axis.position)
    places |= {axis.name: axis.places[moves[axis.name]] for axis in moved}
    return NextLevel(level, tuple(_describe_change(plan, axis, moves, values, places, level) for axis in moved))


def _add_bits(holds: Iterable[bool]) -> int:
    return sum(held << index for index, held in enumerate(holds))


def _combine(best: _Best, table: _Best) -> _Best:
    if len(best) * len(table) > _MOST_STATES:
        raise TooLargeError
    combined: _Best = {}
    for holding, (cost, moves) in best.items():
        for other, (more, others) in table.items():
            _keep(combined, holding & other, _add_costs(cost, more), {**moves, **others})
    return combined


def _add_costs(cost: Cost, more: Cost) -> Cost:
    if more is _STAY or cost is _STAY:
        return cost if more is _STAY else more
    return cost[0] + more[0], cost[1] + more[1]


def _keep(best: _Best, holding: int, cost: Cost, moves: Moves) -> None:
    known = best.get(holding)
    if known is None or cost < known[0]:
        best[holding] = cost, moves


def _tabulate(group: _Group, values: Values, places: Places, plan: _Plan) -> _Best:
    """The sets of rules that each combination of better values in `group` lets hold for sure."""
    moves = [list(_list_moves(axis, values[axis.name], places[axis.name])) for axis in group.axes]
    choices = prod(map(len, moves))
    if choices > MOST_CHOICES:
        raise TooLargeError
    plan.allowance.take(choices)
    table: _Best = {}
    for chosen in product(*moves):
        cost = reduce(_add_costs, (move.cost for move in chosen))
        to = {move.measure: move.spot for move in chosen if move.spot is not None}
        _keep(table, plan.space.shorten(_find_holding(group, chosen, plan)), cost, to)
    return table


def _find_holding(group: _Group, chosen: Sequence[_Move], plan: _Plan) -> int:
    where = tuple(move.place for move in chosen)
    holding = group.holdings.get(where)
    if holding is None:
        plan.allowance.take(plan.comparisons)
        tried = {move.measure: move.value for move in chosen}
        holding = _add_bits(all(rule_holds(part, tried) for part in asked) for asked in group.asked)
        if len(group.holdings) < MAX_REMEMBERED:
            group.holdings[where] = holding
    return holding


def _list_moves(axis: _Axis, value: Value | None, place: int) -> Iterator[_Move]:
    yield _Move(axis.name, None, value, _STAY, place)
    for spot in range(len(axis.least) if axis.fixed else _first_better(axis, value, place), len(axis.least)):
        least = axis.least[spot]
        cost = 1, _count_steps(axis.dimension, value, least)
        yield _Move(axis.name, spot, least, cost, axis.places[spot])


def _first_better(axis: _Axis, value: Value | None, place: int) -> int:
    """Where the better cells begin: anywhere for a missing figure, nowhere where none is better."""
    if value is None:
        return 0
    cells = axis.dimension.cells
    here = next((spot for spot, cell in enumerate(cells) if axis.places[spot] == place or cell.holds(value)), None)
    return len(cells) if here is None or not axis.dimension.ordered else here + 1


def _count_steps(dimension: Dimension, value: Value | None, example: Value) -> Fraction:
    start = find_worst(dimension, dimension.cells[0]) if value is None else value
    if isinstance(start, bool | str):
        choices = dimension.measure.choices or (False, True)
        return Fraction(abs(choices.index(cast(str, example)) - choices.index(cast(str, start))))
    return abs(Fraction(cast(Number, example)) - Fraction(start)) / Fraction(dimension.measure.smallest_step)


def _describe_change(plan: _Plan, axis: _Axis, moves: Moves, values: Values, places: Places, level: int) -> Change:
    """What `axis` must do, where the others that move have done so: then all values are in `places`."""
    cells, spot = axis.dimension.cells, moves[axis.name]

    def suffices(spot: int) -> bool:
        return plan.bands.find_level({**places, axis.name: axis.places[spot]}) >= level

    case = axis.name, spot, level, *places.values()
    to = plan.told.get(case)
    if to is None:
        plan.allowance.take(len(cells) * plan.comparisons)
        to = describe_sufficient(axis.dimension, spot, suffices)
        if len(plan.told) < MAX_REMEMBERED:
            plan.told[case] = to
    takes_any = all(test_holds(to, cell.sample) for cell in cells)
    return Change(axis.name, values[axis.name], to, axis.least[spot], takes_any)
