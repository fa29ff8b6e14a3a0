"""What a diff says of two definitions is what trying every value by both finds. KPI_PROOF_CASES asks for more cases."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given

from kpi_cli.model import Indicator, Measure
from kpi_cli.rules.ast import measures_of
from kpi_cli.rules.values import Value
from kpi_cli.scoring import level_moves
from kpi_cli.scoring.level_moves import LevelMoves, LevelPair, find_level_moves
from kpi_cli.space import search
from tests.agreement.generated_indicators import indicator_pairs, list_points, list_values
from tests.agreement.test_proof_agrees_with_search import Point, level_at, slow


def _reads(indicator: Indicator) -> set[str]:
    return {name for rule in indicator.rules for name in measures_of(rule)}


def _grid(old: Indicator, new: Indicator) -> dict[str, list[Value]]:
    """Every value that either definition takes, of the measures that the rules of either read."""
    grid: dict[str, list[Value]] = {}
    for name in sorted(_reads(old) | _reads(new)):
        both = [indicator.measures[name] for indicator in (old, new) if name in indicator.measures]
        grid[name] = list(dict.fromkeys(value for measure in both for value in list_values(measure)))
    return grid


def _takes(measure: Measure, value: Value) -> bool:
    return value in list_values(measure)


def _level(indicator: Indicator, other: Indicator, point: Point) -> int | None:
    asked = [name for name in point if name in indicator.measures and name in other.measures]
    if not all(_takes(indicator.measures[name], point[name]) for name in asked):
        return None
    return level_at(indicator, point)


def _search(old: Indicator, new: Indicator) -> list[tuple[Point, LevelPair]]:
    points = list_points(_grid(old, new))
    return [(point, (_level(old, new, point), _level(new, old, point))) for point in points]


def _at(moves: LevelMoves, point: Point) -> list[LevelPair]:
    """The moves that are said of a point."""
    return [
        (move.old, move.new)
        for move in moves.moves
        for box in move.boxes
        if all(cell.holds(point[name]) for name, cell in box.items())
    ]


@slow
@given(indicator_pairs())
def test_every_value_moves_as_it_is_said_to(pair: tuple[Indicator, Indicator]) -> None:
    old, new = pair
    moves = find_level_moves(old=old, new=new)
    if _reads(old).isdisjoint(_reads(new)):
        assert moves == LevelMoves("X", obstacle="other-measures")
        return
    assert moves.obstacle is None
    for point, levels in _search(old, new):
        assert _at(moves, point) == ([levels] if levels[0] != levels[1] else [])
    for move in moves.moves:
        example = {name: list_values(pair[0].measures.get(name) or new.measures[name])[0] for name in _grid(old, new)}
        example |= move.example
        assert _at(moves, example) == [(move.old, move.new)]


@slow
@given(indicator_pairs())
def test_where_cells_are_too_many_to_list_the_moves_and_examples_are_the_same(
    pair: tuple[Indicator, Indicator],
) -> None:
    old, new = pair
    listed = find_level_moves(old=old, new=new)
    with (
        mock.patch.object(search, "_FEW_CELLS", -1),
        mock.patch.object(search, "_FEW_LEVELS", 100),
        mock.patch.object(level_moves, "MOST_CELLS_SHOWN", -1),
    ):
        apart = find_level_moves(old=old, new=new)
    assert [(move.old, move.new, move.boxes) for move in apart.moves] == [
        (move.old, move.new, ()) for move in listed.moves
    ]
    for move in apart.moves:
        assert _at(listed, move.example) == [(move.old, move.new)]


@pytest.mark.parametrize("few", [-1, 50_000])
@slow
@given(indicator_pairs())
def test_a_definition_moves_nothing_from_itself(few: int, pair: tuple[Indicator, Indicator]) -> None:
    with mock.patch.object(search, "_FEW_CELLS", few):
        assert find_level_moves(old=pair[0], new=pair[0]).none
