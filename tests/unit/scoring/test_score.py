from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model import IndicatorSet
from kpi_cli.scoring.figures import Record
from kpi_cli.scoring.score import score_records
from kpi_cli.scoring.scorecard import EntityScore, Scorecard
from tests.unit.scoring.small_sets import (
    NOT_APPLICABLE,
    indicator,
    indicator_set,
    names_and_ranks,
    record,
    section,
)

HALVES = {"team": Decimal(50), "own": Decimal(50)}


def _small(*, shares: tuple[str | None, str | None] = (None, None)) -> IndicatorSet:
    return indicator_set(
        section("team", indicator("A", "50"), indicator("B", "50"), share=shares[0]),
        section("own", indicator("C"), share=shares[1]),
        grades={"best": "90", "good": "60"},
    )


SMALL = _small()


def _overall_row(given: Record, shares: Mapping[str, Decimal] = HALVES) -> EntityScore:
    overall = score_records(SMALL, [given], shares=shares).overall
    assert overall is not None
    return overall.rows[0]


def test_every_section_is_ranked_by_itself() -> None:
    scorecard = score_records(SMALL, [record("x", a=5, b=5, c=1), record("y", a=4, b=4, c=2), record("z", c=5)])
    assert [(one.id, one.title) for one in scorecard.sections] == [("team", "team"), ("own", "own")]
    team, own = scorecard.sections
    assert names_and_ranks(team.rows) == [("x", 1), ("y", 2), ("z", None)]
    assert names_and_ranks(own.rows) == [("z", 1), ("y", 2), ("x", 3)]
    assert [row.grade for row in team.rows] == ["best", "good", None]
    assert (team.provisional, own.provisional) == (True, False)
    assert scorecard.overall is None


def test_without_records_there_are_empty_rankings() -> None:
    scorecard = score_records(_small(shares=("50", "50")), [])
    assert [one.rows for one in scorecard.sections] == [(), ()]
    assert scorecard.overall is not None
    assert scorecard.overall.rows == ()


@pytest.mark.parametrize(
    ("tie_break", "team", "own"),
    [
        ([], [("x", 1), ("y", 1), ("z", 1)], [("x", 1), ("y", 1), ("z", 1)]),
        (["A"], [("y", 1), ("z", 1), ("x", 3)], [("x", 1), ("y", 1), ("z", 1)]),
        (["C", "B"], [("x", 1), ("y", 2), ("z", 2)], [("x", 1), ("y", 1), ("z", 1)]),
    ],
)
def test_tie_breaks_apply_to_the_section_that_has_them(
    tie_break: list[str], team: list[tuple[str, int]], own: list[tuple[str, int]]
) -> None:
    records = [record("x", a=2, b=4, c=3), record("y", a=4, b=2, c=3), record("z", a=4, b=2, c=3)]
    scorecard = score_records(SMALL, records, tie_break=tie_break)
    assert [names_and_ranks(one.rows) for one in scorecard.sections] == [team, own]


def test_not_applicable_loses_a_tie_even_to_level_0() -> None:
    none_due = record("x", a=NOT_APPLICABLE, b=0)  # 0 of 50
    nothing = record("y", a=0, b=0)
    records = [none_due, nothing]
    assert names_and_ranks(score_records(SMALL, records).sections[0].rows) == [("x", 1), ("y", 1)]
    broken = score_records(SMALL, records, tie_break=["A"])
    assert names_and_ranks(broken.sections[0].rows) == [("y", 1), ("x", 2)]


def test_shares_of_the_command_line_go_before_those_of_the_set() -> None:
    own, given = {"team": Decimal(60), "own": Decimal(40)}, HALVES
    definition = _small(shares=("60", "40"))
    reported = [record("x", a=5, b=5, c=0)]
    by_set = score_records(definition, reported).overall
    by_hand = score_records(definition, reported, shares=given).overall
    assert by_set is not None
    assert by_hand is not None
    assert (by_set.shares, by_set.from_command_line, by_set.rows[0].score) == (own, False, 60)
    assert (by_hand.shares, by_hand.from_command_line, by_hand.rows[0].score) == (given, True, 50)


def test_shares_of_some_sections_make_no_overall_score() -> None:
    assert score_records(_small(shares=("100", None)), [record("x", a=5, b=5, c=0)]).overall is None


@pytest.mark.parametrize(
    ("figures", "score", "possible", "complete", "reported", "grade"),
    [
        ({"a": 5, "b": 4, "c": 5}, 95, 95, True, True, "best"),  # (90 + 100) / 2
        ({"a": 5, "b": 4, "c": 0}, 45, 45, True, True, None),
        ({"a": 5, "c": 5}, 75, 100, False, True, "good"),  # (50..100 + 100) / 2
        ({"a": NOT_APPLICABLE, "b": 3, "c": 3}, 60, 60, True, True, "good"),
        ({"a": 5, "b": 5}, None, None, False, False, None),  # nothing of the section own
        ({}, None, None, False, False, None),
        ({"a": 5, "b": 5, "c": NOT_APPLICABLE}, None, None, True, True, None),  # nothing applies there
    ],
)
def test_the_overall_score(
    figures: dict[str, int],
    score: int | None,
    possible: int | None,
    complete: bool,
    reported: bool,
    grade: str | None,
) -> None:
    row = _overall_row(record("x", **figures))
    assert (row.score, row.possible, row.complete) == (score, possible, complete)
    assert (row.reported, row.grade, row.entity.name) == (reported, grade, "x")
    assert (row.rank, row.groups, row.indicators) == (None if score is None else 1, (), ())


@pytest.mark.parametrize(("figures", "provisional"), [({"a": 5, "b": 4, "c": 5}, False), ({"a": 5, "c": 5}, True)])
def test_the_overall_ranking_is_provisional_while_anyone_is_incomplete(
    figures: dict[str, int], provisional: bool
) -> None:
    records = [record("x", a=1, b=1, c=1), record("y", **figures)]
    overall = score_records(SMALL, records, shares=HALVES).overall
    assert overall is not None
    assert overall.provisional is provisional


@pytest.mark.parametrize("shares", [{"team": Decimal(100), "own": Decimal(0)}, {"team": Decimal(100)}])
def test_a_section_without_a_share_does_not_count(shares: dict[str, Decimal]) -> None:
    row = _overall_row(record("x", a=5, b=4), shares)
    assert (row.score, row.possible, row.rank, row.reported) == (90, 90, 1, True)
    assert not row.complete  # a section is open all the same


def test_the_overall_score_is_exact() -> None:
    shares = {"team": Decimal("33.3"), "own": Decimal("66.7")}
    row = _overall_row(record("x", a=NOT_APPLICABLE, b=1, c=2), shares)
    assert row.score == Fraction("33.34")  # 33.3 x 20 + 66.7 x 40, of 100
    thirds = _overall_row(record("x", a=1, b=2, c=2), {"team": Decimal("0.000000000000000000000000000000000003")})
    assert thirds.score == Fraction(9, 10**37)


def test_the_overall_ranking_breaks_ties_by_indicators_of_any_section() -> None:
    records = [
        record("x", a=4, b=4, c=3),
        record("y", a=3, b=3, c=4),
        record("z", a=3, b=3),
        record("w", a=0, b=0, c=0),
    ]

    def ranking(*tie_break: str) -> list[tuple[str, int | None]]:
        overall = score_records(SMALL, records, shares=HALVES, tie_break=tie_break).overall
        assert overall is not None
        return names_and_ranks(overall.rows)

    assert ranking() == [("x", 1), ("y", 1), ("w", 3), ("z", None)]
    assert ranking("C") == [("y", 1), ("x", 2), ("w", 3), ("z", None)]
    assert ranking("A", "C") == [("x", 1), ("y", 2), ("w", 3), ("z", None)]


_levels = st.none() | st.integers(0, 5) | st.just(NOT_APPLICABLE)
_records = st.lists(st.tuples(_levels, _levels, _levels), max_size=8).map(
    lambda rows: [record(str(at), a=a, b=b, c=c) for at, (a, b, c) in enumerate(rows)]
)


@given(_records, st.data(), st.lists(st.sampled_from("ABC"), unique=True))
def test_the_order_of_the_records_changes_nothing_but_the_order_of_ties(
    records: list[Record], data: st.DataObject, tie_break: list[str]
) -> None:
    shuffled = data.draw(st.permutations(records))
    straight, again = (score_records(SMALL, some, shares=HALVES, tie_break=tie_break) for some in (records, shuffled))
    for one, other in zip(_rankings(straight), _rankings(again), strict=True):
        assert {row.entity: row for row in one} == {row.entity: row for row in other}
        assert [row.rank for row in one] == [row.rank for row in other]


def _rankings(scorecard: Scorecard) -> list[tuple[EntityScore, ...]]:
    assert scorecard.overall is not None
    return [*(one.rows for one in scorecard.sections), scorecard.overall.rows]


@given(_records)
def test_everyone_is_listed_once_in_every_ranking(records: list[Record]) -> None:
    names = sorted(one.entity.name for one in records)
    for rows in _rankings(score_records(SMALL, records, shares=HALVES)):
        assert sorted(row.entity.name for row in rows) == names
