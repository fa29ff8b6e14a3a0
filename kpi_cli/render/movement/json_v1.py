"""The JSON contracts `kpi.diff/1` and `kpi.compare/1`: two sets, or two scorings, side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from kpi_cli.render.json_v1 import Json, diagnostic_objects, input_objects, json_value, set_object, total_object
from kpi_cli.render.numbers import round_to_json
from kpi_cli.render.report import Comparison
from kpi_cli.render.translate import Language
from kpi_cli.rules.ast import AllOf, AnyOf, Test
from kpi_cli.rules.cells import Part, Stretch
from kpi_cli.rules.printer import print_rule
from kpi_cli.rules.values import canonical_number
from kpi_cli.scoring.compare import EntityMovement, LevelMovement, Movement, RankingMovement
from kpi_cli.scoring.diff import KeyChange, PartChange, SetDiff
from kpi_cli.scoring.level_moves import LevelMoves, Move
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore
from kpi_cli.space.bands import Box

DIFF_SCHEMA = "kpi.diff/1"
COMPARE_SCHEMA = "kpi.compare/1"


def diff_document(comparison: Comparison, language: Language) -> Json:
    """The `kpi.diff/1` document; where a set has errors nothing is compared, and `effect` is null."""
    diff = comparison.diff or SetDiff((), {})
    return {
        "schema": DIFF_SCHEMA,
        "kpi_version": comparison.new.version,
        "old": set_object(comparison.old),
        "new": set_object(comparison.new),
        "effect": None if comparison.diff is None else diff.effect.value,
        "changes": [_change_object(change) for change in diff.changes],
        "levels": [_moves_object(moves) for moves in diff.moves.values()],
        "inputs": input_objects(comparison.new) or input_objects(comparison.old),
        "movement": _movement_object(comparison.movement),
        "diagnostics": _side_diagnostics(comparison, language),
    }


def _change_object(change: PartChange) -> Json:
    return {
        "kind": change.part.kind,
        "id": change.part.id,
        "indicator": change.part.indicator,
        "title": change.title,
        "turn": change.turn,
        "effect": change.effect.value,
        "keys": [_key_object(key) for key in change.keys],
    }


def _key_object(change: KeyChange) -> Json:
    old, new = _plain(change.old), _plain(change.new)
    return {"key": change.key, "old": old, "new": new, "effect": change.effect.value}


def _plain(value: object) -> Any:
    """What a key says, as the canonical model writes it: numbers and rules as text."""
    match value:
        case Test() | AllOf() | AnyOf():
            return print_rule(value)
        case Decimal():
            return canonical_number(value)
        case BaseModel():
            return value.model_dump(mode="json", by_alias=True)
        case tuple():
            return [_plain(each) for each in value]
    return value


def _moves_object(moves: LevelMoves) -> Json:
    return {
        "indicator": moves.indicator,
        "obstacle": moves.obstacle,
        "whole": list(moves.whole),
        "moves": [_move_object(move) for move in moves.moves],
    }


def _move_object(move: Move) -> Json:
    return {
        "old": move.old,
        "new": move.new,
        "boxes": [_box_object(box) for box in move.boxes],
        "example": {name: json_value(value) for name, value in move.example.items()},
    }


def _box_object(box: Box) -> Json:
    return {name: [_part_object(part) for part in cell.parts] for name, cell in box.items()}


def _part_object(part: Part) -> Json | bool | str:
    if not isinstance(part, Stretch):
        return part
    low, high = (None if end is None else canonical_number(end) for end in (part.low, part.high))
    return {"low": low, "high": high, "low_closed": part.low_closed, "high_closed": part.high_closed}


def compare_document(comparison: Comparison, language: Language) -> Json:
    """The `kpi.compare/1` document; `movement` is null where one of the sides scores nobody."""
    return {
        "schema": COMPARE_SCHEMA,
        "kpi_version": comparison.new.version,
        "old": {"set": set_object(comparison.old), "inputs": input_objects(comparison.old)},
        "new": {"set": set_object(comparison.new), "inputs": input_objects(comparison.new)},
        "movement": _movement_object(comparison.movement),
        "diagnostics": _side_diagnostics(comparison, language),
    }


def _side_diagnostics(comparison: Comparison, language: Language) -> Json:
    return {
        "old": diagnostic_objects(comparison.old.diagnostics, language),
        "new": diagnostic_objects(comparison.new.diagnostics, language),
    }


def _movement_object(movement: Movement | None) -> Json | None:
    if movement is None:
        return None
    return {
        "sections": [{"id": one.id, "title": one.title, **_ranking_object(one)} for one in movement.sections],
        "came": list(movement.came),
        "went": list(movement.went),
        "overall": None if movement.overall is None else _ranking_object(movement.overall),
    }


def _ranking_object(ranking: RankingMovement) -> Json:
    return {"came": list(ranking.came), "went": list(ranking.went), "entities": map(_entity_object, ranking.rows)}


def _entity_object(row: EntityMovement) -> Json:
    return {
        "entity": {"code": row.entity.code, "name": row.entity.name},
        "moved": row.moved,
        "gain": round_to_json(row.gain),
        "old": _standing_object(row.old),
        "new": _standing_object(row.new),
        "indicators": [_level_object(level) for level in row.levels],
    }


def _standing_object(row: EntityScore | None) -> Json | None:
    return None if row is None else {key: value for key, value in total_object(row).items() if key != "entity"}


def _level_object(level: LevelMovement) -> Json:
    return {"id": level.id, "old": _score_object(level.old), "new": _score_object(level.new)}


def _score_object(score: IndicatorScore) -> Json:
    return {"level": score.level, "possible_level": score.possible_level, "points": round_to_json(score.points)}
