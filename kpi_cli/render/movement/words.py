"""Two scorings side by side in words: one row for each entity, and who or what stands in one of them alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kpi_cli.render.headings import NOT_REPORTED, describe_provisional
from kpi_cli.render.numbers import digits_needed, show_gain, show_level, show_score
from kpi_cli.render.report import Comparison
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.scoring.compare import EntityMovement, Movement, RankingMovement
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore

ARROW = "→"
"""From what was to what is."""
_MOST_NAMES = 12


class MovementRow(NamedTuple):
    """One entity: its rank, score, grade and levels, each as `old → new` where it moved; `gain` is signed."""

    rank: str
    name: str
    score: str
    gain: str
    grade: str
    levels: tuple[str, ...]
    better: bool | None


def list_movement_rows(
    ranking: RankingMovement, rows: Iterable[EntityMovement], comparison: Comparison, say: Translator
) -> list[MovementRow]:
    """A row for each of `rows`, with as many decimals as the scores of the whole ranking need, on both sides."""
    scores = [score for row in ranking.rows for score in (row.old, row.new) if score is not None]
    definitions = filter(None, (comparison.old.definition, comparison.new.definition))
    digits = digits_needed(scores, [grade.min for definition in definitions for grade in definition.grades])
    return [_make_row(row, digits, say) for row in rows]


def _make_row(row: EntityMovement, digits: int, say: Translator) -> MovementRow:
    gain = row.gain
    sign = "" if not gain else "+" if gain > 0 else "-"
    return MovementRow(
        rank=_pair(_show_rank(row.old), _show_rank(row.new)),
        name=join_lines(row.entity.name),
        score=_pair(_show_total(row.old, digits, say), _show_total(row.new, digits, say)),
        gain=sign + show_gain(abs(gain), digits) if gain else "",
        grade=_pair(_show_grade(row.old), _show_grade(row.new)),
        levels=tuple(
            f"{level.id} {show_level(level.old)}{ARROW}{show_level(level.new)}" for level in row.levels if level.moved
        ),
        better=None if not gain else gain > 0,
    )


def _pair(old: str | None, new: str | None) -> str:
    """`old → new`, or the one thing that both say; a ranking in which an entity does not stand says nothing."""
    if old is None or new is None or old == new:
        return new or old or ""
    return f"{old} {ARROW} {new}"


def _show_rank(row: EntityScore | None) -> str | None:
    return None if row is None else "-" if row.rank is None else str(row.rank)


def _show_total(row: EntityScore | None, digits: int, say: Translator) -> str | None:
    if row is None:
        return None
    return (show_score(row, digits) or "n/a") if row.reported else say(NOT_REPORTED)


def _show_grade(row: EntityScore | None) -> str | None:
    return None if row is None else join_lines(row.grade or "-")


def has_grades(rows: Iterable[MovementRow]) -> bool:
    """Whether any of `rows` has a grade."""
    return any(row.grade not in {"", "-"} for row in rows)


def list_header(entity: str, say: Translator, *, graded: bool) -> list[str]:
    """The titles of the columns."""
    grade = [say("grade")] if graded else []
    return ["#", entity, say("score"), "+/-", *grade, say("levels that move")]


def list_texts(row: MovementRow, *, graded: bool) -> list[str]:
    """The columns of a row but for its levels."""
    return [row.rank, row.name, row.score, row.gain, *([row.grade] if graded else [])]


def list_rankings(movement: Movement) -> tuple[RankingMovement, ...]:
    """The sections of both scorings, then the ranking over all of them."""
    return (*movement.sections, *((movement.overall,) if movement.overall else ()))


_ONLY = {
    "old-entities": mark("only in the old ranking: {names}"),
    "new-entities": mark("only in the new ranking: {names}"),
    "went": mark("only in the old set: {names}"),
    "came": mark("only in the new set: {names}"),
}


def list_lone(ranking: RankingMovement, say: Translator) -> Iterator[str]:
    """What of a ranking has no counterpart: entities of one side alone, and indicators."""
    if ranking.old_alone:
        yield say(_ONLY["old-entities"], names=_name_some(ranking.old_alone, say))
    if ranking.new_alone:
        yield say(_ONLY["new-entities"], names=_name_some(ranking.new_alone, say))
    if ranking.went:
        yield say(_ONLY["went"], names=", ".join(ranking.went))
    if ranking.came:
        yield say(_ONLY["came"], names=", ".join(ranking.came))


def _name_some(entities: tuple[Entity, ...], say: Translator) -> str:
    names = [join_lines(entity.name) for entity in entities[:_MOST_NAMES]]
    more = len(entities) - len(names)
    return ", ".join([*names, say("and {n} more", n=more)] if more else names)


def list_lone_sections(movement: Movement, say: Translator) -> Iterator[str]:
    """The sections that stand in one of the sets alone, in which nothing can move."""
    if movement.went:
        yield say(_ONLY["went"], names=", ".join(map(join_lines, movement.went)))
    if movement.came:
        yield say(_ONLY["came"], names=", ".join(map(join_lines, movement.came)))


def title_of(ranking: RankingMovement, say: Translator) -> str:
    """The title of a section, or that of the ranking over all of them."""
    return join_lines(ranking.title) or say("Overall")


def list_provisional(ranking: RankingMovement, comparison: Comparison, say: Translator) -> list[str]:
    """Why the ranks of a side may still change; once where it is the same for both."""
    before = [row.old for row in ranking.rows if row.old is not None]
    after = [row.new for row in ranking.rows if row.new is not None]
    old = describe_provisional([before], comparison.old, say)
    new = describe_provisional([after], comparison.new, say)
    if old == new:
        return [old] if old else []
    sides = ((mark("old ranking {remark}"), old), (mark("new ranking {remark}"), new))
    return [say(text, remark=remark) for text, remark in sides if remark]


def count_moved(ranking: RankingMovement, say: Translator) -> str:
    """`3 of 23 move`: those of both rankings about whom anything differs."""
    both = sum(row.old is not None and row.new is not None for row in ranking.rows)
    return say("{n} of {all} move", n=len(ranking.moved), all=both)
