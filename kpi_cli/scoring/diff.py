"""What changes from one set to another: parts that came, went or are defined anew, and what that means for a verdict.

Parts are matched by id. A rule that is only written otherwise changes no verdict, and that is proved in the cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from kpi_cli.model import Indicator, IndicatorSet
from kpi_cli.scoring.level_moves import LevelMoves, find_level_moves
from kpi_cli.scoring.set_parts import Keys, Kind, PartId, list_parts
from kpi_cli.space.allowance import Allowance

Turn: TypeAlias = Literal["came", "went", "changed"]


class Effect(StrEnum):
    """What a change can do: alter a level, score, rank or grade; alter which figures can be read; or neither."""

    VERDICT = "verdict"
    READING = "reading"
    NONE = "none"


class KeyChange(NamedTuple):
    """A key of a part that says something else; None is a key that is not there."""

    key: str
    old: object
    new: object
    effect: Effect


class PartChange(NamedTuple):
    """A part that came, went or changed, and its keys; of one that came or went those that count in a verdict.

    `title` is None where it has none.
    """

    part: PartId
    turn: Turn
    effect: Effect
    keys: tuple[KeyChange, ...] = ()
    title: str | None = None


class SetDiff(NamedTuple):
    """All that differs, in the order of the new set, what went behind it; moves for each indicator defined anew."""

    changes: tuple[PartChange, ...]
    moves: Mapping[str, LevelMoves]

    @property
    def effect(self) -> Effect:
        """The gravest effect of any change."""
        found = {change.effect for change in self.changes}
        found |= {Effect.VERDICT} if not all(moves.none for moves in self.moves.values()) else set()
        return next((effect for effect in Effect if effect in found), Effect.NONE)


_VERDICT_KEYS: Mapping[Kind, frozenset[str]] = {
    "set": frozenset({"scale"}),
    "section": frozenset({"share"}),
    "indicator": frozenset({"weight", "section"}),
    "grade": frozenset({"min"}),
}
_READING_KEYS: Mapping[Kind, frozenset[str]] = {
    "entity": frozenset({"title", "aliases", "prefixes"}),
    "measure": frozenset({"type", "range", "choices", "ratio", "not_applicable", "title", "aliases"}),
    "roster": frozenset({"name", "name_en", "aliases"}),
}
_VERDICT_PARTS = frozenset({"section", "indicator", "grade", "roster"})
_READING_PARTS = frozenset({"measure"})
# Where no value moves, these are only written otherwise.
_MOVING_KEYS = {("indicator", "policy"), ("level", "when")}


def diff_sets(*, old: IndicatorSet, new: IndicatorSet) -> SetDiff:
    """What differs between two sets that are each sound."""
    moves = dict(_find_moves(old, new))
    before, after = list_parts(old), list_parts(new)
    parts = dict.fromkeys((*after, *before))
    changed = (_compare_part(part, before.get(part), after.get(part), moves) for part in parts)
    found = (*_compare_orders(before, after), *(change for change in changed if change is not None))
    return SetDiff(tuple(_drop_inner(found)), moves)


def _drop_inner(changes: Sequence[PartChange]) -> Iterator[PartChange]:
    """`changes` without the measures and levels of an indicator that came or went as a whole."""
    whole = {one.part.id for one in changes if one.part.kind == "indicator" and one.turn != "changed"}
    return (one for one in changes if one.part.indicator not in whole)


def _find_moves(old: IndicatorSet, new: IndicatorSet) -> Iterator[tuple[str, LevelMoves]]:
    """The moves of each indicator of both sets whose levels are decided otherwise; an unchanged one has none."""
    before, allowance = {indicator.id: indicator for indicator in old.indicators}, Allowance()
    for indicator in new.indicators:
        other = before.get(indicator.id)
        if other is not None and _read_deciding(other) != _read_deciding(indicator):
            yield indicator.id, find_level_moves(old=other, new=indicator, allowance=allowance)


def _read_deciding(indicator: Indicator) -> tuple[object, ...]:
    domains = {name: (one.type, one.bounds, one.choices) for name, one in indicator.measures.items()}
    return indicator.rules, indicator.policy, domains


def _compare_part(
    part: PartId, old: Keys | None, new: Keys | None, moves: Mapping[str, LevelMoves]
) -> PartChange | None:
    said = new or old or {}
    title = said.get("name" if part.kind == "roster" else "title")
    named = title if isinstance(title, str) else None
    nothing: Keys = dict.fromkeys(said)
    keys = tuple(_compare_keys(part, old or nothing, new or nothing, moves))
    if old is None or new is None:
        grave = tuple(change for change in keys if change.effect is Effect.VERDICT)
        return PartChange(part, "came" if old is None else "went", _weigh_part(part, moves), grave, named)
    if not keys:
        return None
    found = {change.effect for change in keys}
    return PartChange(part, "changed", next(effect for effect in Effect if effect in found), keys, named)


def _weigh_part(part: PartId, moves: Mapping[str, LevelMoves]) -> Effect:
    if part.kind == "level":
        return _weigh_moves(part, moves)
    if part.kind in _VERDICT_PARTS:
        return Effect.VERDICT
    return Effect.READING if part.kind in _READING_PARTS else Effect.NONE


def _compare_keys(part: PartId, old: Keys, new: Keys, moves: Mapping[str, LevelMoves]) -> Iterator[KeyChange]:
    for key, value in new.items():
        if old[key] != value:
            yield KeyChange(key, old[key], value, _weigh_key(part, key, moves))


def _weigh_key(part: PartId, key: str, moves: Mapping[str, LevelMoves]) -> Effect:
    if (part.kind, key) in _MOVING_KEYS:
        return _weigh_moves(part, moves)
    if key in _VERDICT_KEYS.get(part.kind, ()):
        return Effect.VERDICT
    return Effect.READING if key in _READING_KEYS.get(part.kind, ()) else Effect.NONE


def _weigh_moves(part: PartId, moves: Mapping[str, LevelMoves]) -> Effect:
    own = moves.get(part.indicator or part.id)
    return Effect.NONE if own is None or own.none else Effect.VERDICT


def _compare_orders(before: Mapping[PartId, Keys], after: Mapping[PartId, Keys]) -> Iterator[PartChange]:
    """What stands in both sets, but in another order, by kind."""
    kinds = tuple(kind for kind in ("section", "indicator", "measure", "roster") if _differ(kind, before, after))
    if kinds:
        keys = tuple(KeyChange(f"{kind}-order", None, None, Effect.NONE) for kind in kinds)
        yield PartChange(PartId("set", "order"), "changed", Effect.NONE, keys)


def _differ(kind: str, before: Mapping[PartId, Keys], after: Mapping[PartId, Keys]) -> bool:
    old = [part for part in before if part.kind == kind and part in after]
    return old != [part for part in after if part.kind == kind and part in before]
