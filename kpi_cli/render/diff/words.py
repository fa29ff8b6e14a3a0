"""What a change of a set is called: keys, values, and the sentences of levels that move."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from kpi_cli.model import Period, Ratio, Source
from kpi_cli.render.cell_words import tell_stretch
from kpi_cli.render.level_values import tell_box, tell_boxes
from kpi_cli.render.rule_words import split_rule
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.ast import AllOf, AnyOf, Test
from kpi_cli.rules.cells import Cell, Stretch
from kpi_cli.rules.values import canonical_number
from kpi_cli.scoring.level_moves import LevelMoves, Move
from kpi_cli.scoring.set_parts import PartId

Bounds: TypeAlias = tuple[Decimal | None, Decimal | None]
KEY_WORDS = {
    "accept": mark("accepted findings"),
    "aliases": mark("other names"),
    "better": mark("better direction"),
    "choices": mark("choices"),
    "code": mark("printed number"),
    "fiscal_year": mark("fiscal year"),
    "group": mark("group"),
    "id": mark("id"),
    "min": mark("lowest score"),
    "name": mark("name"),
    "name_en": mark("name in English"),
    "not_applicable": mark("whether it may be not applicable"),
    "note": mark("note"),
    "organisation": mark("organisation"),
    "owner": mark("owner"),
    "period": mark("period"),
    "policy": mark("policy"),
    "prefixes": mark("prefixes"),
    "range": mark("range"),
    "ratio": mark("ratio"),
    "round": mark("round"),
    "scale": mark("highest level"),
    "section": mark("section"),
    "share": mark("share"),
    "source": mark("source"),
    "step": mark("smallest step"),
    "tests": mark("test cases"),
    "text": mark("text"),
    "title": mark("title"),
    "type": mark("type"),
    "unit": mark("unit"),
    "weight": mark("weight"),
    "when": mark("rule"),
    "indicator-order": mark("order of the indicators"),
    "measure-order": mark("order of the measures"),
    "roster-order": mark("order of the roster"),
    "section-order": mark("order of the sections"),
}
"""The words of every key that a part of a set may have."""
_LABELS = {
    "entity": mark("{key} of the column of names"),
    "measure": mark("{key} of {id}"),
    "level": mark("{key} of level {id}"),
    "grade": mark("{key} of grade {id}"),
    "roster": mark("{key} of {id}"),
}
_NOTHING = "–"
_OBSTACLES = {
    "other-types": mark("a measure has a type of another kind: the levels cannot be compared value by value"),
    "other-measures": mark("the rules read other measures: the levels cannot be compared value by value"),
    "too-large": mark("the measures have too many combinations that the rules tell apart to compare them all"),
}


def name_key(part: PartId, key: str, say: Translator) -> str:
    """`weight`, `rule of level 2`, `range of spent`."""
    word = say(KEY_WORDS[key])
    return say(_LABELS[part.kind], key=word, id=join_lines(part.id)) if part.kind in _LABELS else word


def tell_value(value: object, say: Translator) -> str:
    """What a key says, on one line."""
    match value:
        case None | ():
            return _NOTHING
        case Test() | AllOf() | AnyOf():
            return " ".join(split_rule(value, say))
        case Decimal():
            return canonical_number(value)
        case Ratio():
            return f"{value.part} * 100 / {value.whole}"
        case Period():
            return f"{value.from_} – {value.to}"
        case Source():
            return join_lines(f"{value.document} ({value.date})" if value.date else value.document)
        case tuple():
            return ", ".join(tell_value(each, say) for each in value)
    return join_lines(str(value))


def tell_range(bounds: Bounds, say: Translator) -> str:
    """`from 0 to 100`."""
    return tell_stretch(Stretch(*bounds), say)


def tell_moves(moves: LevelMoves, say: Translator) -> Iterator[str]:
    """A sentence for each box of values that gets another level, or why that is not known."""
    if moves.obstacle:
        yield say(_OBSTACLES[moves.obstacle])
    for name in moves.whole:
        yield say("{measure} was compared at whole numbers, which both sets take", measure=name)
    for move in moves.moves:
        if move.boxes:
            yield from (_tell_move(values, move, say) for values in tell_boxes(move.boxes, say))
        else:
            values = tell_box({name: Cell((_as_part(value),), value) for name, value in move.example.items()}, say)
            yield _tell_move(say("for example {values}", values=values), move, say)


def _as_part(value: object) -> Stretch | bool | str:
    if isinstance(value, bool | str):
        return value
    assert isinstance(value, Decimal)  # noqa: S101  # the sample of a cell
    return Stretch(value, value)


def _tell_move(values: str, move: Move, say: Translator) -> str:
    if move.old is None:
        return say("{values} was refused, and is level {new}", values=values, new=move.new)
    if move.new is None:
        return say("{values} was level {old}, and is refused", values=values, old=move.old)
    return say("{values} moves from level {old} to {new}", values=values, old=move.old, new=move.new)
