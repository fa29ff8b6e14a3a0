"""Two scorings side by side: what stands in both, and what moved. Entities match by code or name, the rest by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from kpi_cli.model.names import clean_header
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Scorecard, SectionRanking

Rows: TypeAlias = tuple[EntityScore, ...]


class LevelMovement(NamedTuple):
    """One indicator of one entity in both scorings."""

    id: str
    old: IndicatorScore
    new: IndicatorScore

    @property
    def moved(self) -> bool:
        """Whether its level differs, or what is still possible, or whether it applies at all."""
        return (self.old.level, self.old.possible_level) != (self.new.level, self.new.possible_level)


class EntityMovement(NamedTuple):
    """One entity in two rankings; None where it does not stand. `levels` are of the indicators in both."""

    old: EntityScore | None
    new: EntityScore | None
    levels: tuple[LevelMovement, ...] = ()

    @property
    def entity(self) -> Entity:
        """Who it is, by the new ranking where it stands there."""
        row = self.new or self.old
        assert row is not None  # noqa: S101  # a movement is made of a row
        return row.entity

    @property
    def gain(self) -> Fraction | None:
        """By how much the proven score rose; None where there is none in one of the rankings."""
        old, new = self.old and self.old.score, self.new and self.new.score
        return None if old is None or new is None else new - old

    @property
    def moved(self) -> bool:
        """Whether it stands in both rankings, and anything about it differs."""
        if self.old is None or self.new is None:
            return False
        return _standing(self.old) != _standing(self.new) or any(level.moved for level in self.levels)


def _standing(row: EntityScore) -> tuple[object, ...]:
    return row.rank, row.score, row.possible, row.grade


class RankingMovement(NamedTuple):
    """A section, or all of them together, in two scorings. Rows stand as in the new ranking, then those it lacks.

    `came` and `went` are the indicators of one scoring alone.
    """

    id: str
    title: str
    rows: tuple[EntityMovement, ...]
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()

    @property
    def moved(self) -> tuple[EntityMovement, ...]:
        """Those of both rankings about whom anything differs."""
        return tuple(row for row in self.rows if row.moved)

    @property
    def old_alone(self) -> tuple[Entity, ...]:
        """Those who stand in the old ranking alone."""
        return tuple(row.entity for row in self.rows if row.new is None)

    @property
    def new_alone(self) -> tuple[Entity, ...]:
        """Those who stand in the new ranking alone."""
        return tuple(row.entity for row in self.rows if row.old is None)


class Movement(NamedTuple):
    """Two scorings side by side: the sections of both, the titles of those that only one has, and all together."""

    sections: tuple[RankingMovement, ...]
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    overall: RankingMovement | None = None


def compare_scorecards(*, old: Scorecard, new: Scorecard) -> Movement:
    """What moved from one scoring to another."""
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    return Movement(
        tuple(_compare_section(before[id_], section) for id_, section in after.items() if id_ in before),
        tuple(section.title for id_, section in after.items() if id_ not in before),
        tuple(section.title for id_, section in before.items() if id_ not in after),
        RankingMovement("overall", "", _compare_rows(old.overall.rows, new.overall.rows))
        if old.overall and new.overall
        else None,
    )


def _compare_section(old: SectionRanking, new: SectionRanking) -> RankingMovement:
    before, after = _list_indicators(old.rows), _list_indicators(new.rows)
    return RankingMovement(
        new.id,
        new.title,
        _compare_rows(old.rows, new.rows),
        tuple(id_ for id_ in after if id_ not in before),
        tuple(id_ for id_ in before if id_ not in after),
    )


def _list_indicators(rows: Rows) -> tuple[str, ...]:
    return tuple(score.id for score in rows[0].indicators) if rows else ()


def _compare_rows(old: Rows, new: Rows) -> tuple[EntityMovement, ...]:
    others = _match_rows(old, new)
    matched = set(map(id, others.values()))
    both = [_compare_entity(others.get(number), row) for number, row in enumerate(new)]
    return (*both, *(EntityMovement(row, None) for row in old if id(row) not in matched))


def _match_rows(old: Rows, new: Rows) -> dict[int, EntityScore]:
    """The old row of each new one, by its position: of the same code, else of a name that means one alone.

    Two codes that differ are two entities, whatever they are called.
    """
    by_code: dict[str | None, EntityScore] = {row.entity.code: row for row in old if row.entity.code is not None}
    by_name, names = _index_names(old), _index_names(new)
    found: dict[int, EntityScore] = {}
    for number, row in enumerate(new):
        code, name = row.entity.code, clean_header(row.entity.name)
        other = by_code.get(code)
        namesake = by_name.get(name) if name in names else None
        if other is None and namesake is not None and (code is None or namesake.entity.code is None):
            other = namesake
        if other is not None:
            found[number] = other
    return found


def _index_names(rows: Iterable[EntityScore]) -> Mapping[str, EntityScore]:
    named = [(clean_header(row.entity.name), row) for row in rows]
    times = Counter(name for name, _ in named)
    return {name: row for name, row in named if times[name] == 1}


def _compare_entity(old: EntityScore | None, new: EntityScore) -> EntityMovement:
    return EntityMovement(old, new, tuple(_pair_levels(old.indicators, new.indicators)) if old else ())


def _pair_levels(old: Sequence[IndicatorScore], new: Sequence[IndicatorScore]) -> Iterator[LevelMovement]:
    before = {score.id: score for score in old}
    return (LevelMovement(score.id, before[score.id], score) for score in new if score.id in before)
