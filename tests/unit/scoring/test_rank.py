from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.scoring.figures import Entity, Figure
from kpi_cli.scoring.rank import rank_entities, read_tie_levels
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Status, Total
from tests.unit.scoring.small_sets import names_and_ranks


def _row(name: str, score: Fraction | None) -> EntityScore:
    return EntityScore(None, Entity(None, name), Total(score, score, complete=True, reported=True, grade=None))


def _rows(scores: dict[str, Fraction | int | None]) -> list[EntityScore]:
    return [_row(name, None if score is None else Fraction(score)) for name, score in scores.items()]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, []),
        ({"a": 50}, [("a", 1)]),
        ({"a": 70, "b": 90, "c": 80}, [("b", 1), ("c", 2), ("a", 3)]),
        ({"a": 80, "b": 90, "c": 80, "d": 70}, [("b", 1), ("a", 2), ("c", 2), ("d", 4)]),
        ({"a": 80, "b": 80, "c": 80, "d": 70, "e": 70}, [("a", 1), ("b", 1), ("c", 1), ("d", 4), ("e", 4)]),
        ({"a": None, "b": 0, "c": None, "d": 1}, [("d", 1), ("b", 2), ("a", None), ("c", None)]),
        ({"a": None}, [("a", None)]),
        ({"c": 80, "a": 80, "b": 80}, [("c", 1), ("a", 1), ("b", 1)]),
        ({"a": Fraction(250, 3), "b": Fraction("83.3333333333")}, [("a", 1), ("b", 2)]),
    ],
)
def test_competition_ranking(scores: dict[str, Fraction | int | None], expected: list[tuple[str, int | None]]) -> None:
    rows = _rows(scores)
    assert names_and_ranks(rank_entities(rows, [()] * len(rows))) == expected


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ([(3,), (5,), (4,)], [("b", 1), ("c", 2), ("a", 3)]),
        ([(3,), (5,), (5,)], [("b", 1), ("c", 1), ("a", 3)]),
        ([(5, 1), (5, 2), (4, 5)], [("b", 1), ("a", 2), ("c", 3)]),
        ([(-1,), (0,), (1,)], [("c", 1), ("b", 2), ("a", 3)]),
    ],
)
def test_tie_levels_decide_among_equal_scores(
    ties: list[tuple[int, ...]], expected: list[tuple[str, int | None]]
) -> None:
    assert names_and_ranks(rank_entities(_rows({"a": 80, "b": 80, "c": 80}), ties)) == expected


def test_tie_levels_never_come_before_the_score() -> None:
    ranked = rank_entities(_rows({"a": 79, "b": 80}), [(5,), (0,)])
    assert names_and_ranks(ranked) == [("b", 1), ("a", 2)]


@pytest.mark.parametrize("ties", [[()], [(), (), ()]])
def test_each_row_has_its_own_tie_levels(ties: list[tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match="zip"):
        rank_entities(_rows({"a": 79, "b": 80}), ties)


def _indicator(name: str, level: int | None) -> IndicatorScore:
    return IndicatorScore(name, Decimal(10), Status.SCORED, level, level, None)


@pytest.mark.parametrize(
    ("tie_break", "expected"),
    [
        ([], ()),
        (["T1"], (4,)),
        (["T2", "T1"], (2, 4)),
        (["T3", "T4"], (-1, 0)),  # not applicable counts below level 0
        (["I1", "T2"], (2,)),  # of another section
    ],
)
def test_read_tie_levels(tie_break: list[str], expected: tuple[int, ...]) -> None:
    indicators = [_indicator("T1", 4), _indicator("T2", 2), _indicator("T3", None), _indicator("T4", 0)]
    assert read_tie_levels(indicators, tie_break) == expected


_scores = st.lists(st.none() | st.fractions(0, 100, max_denominator=4), max_size=12)


@given(_scores)
def test_a_rank_is_one_more_than_the_number_of_better_scores(scores: list[Fraction | None]) -> None:
    rows = [_row(str(number), score) for number, score in enumerate(scores)]
    ranked = rank_entities(rows, [()] * len(rows))
    for row in ranked:
        better = [score for score in scores if score is not None and row.score is not None and score > row.score]
        assert row.rank == (None if row.score is None else 1 + len(better))


@given(_scores, st.randoms(use_true_random=False))
def test_a_rank_depends_on_the_score_alone(scores: list[Fraction | None], random: object) -> None:
    rows = [_row(str(number), score) for number, score in enumerate(scores)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ranked, again = (rank_entities(some, [()] * len(some)) for some in (rows, shuffled))
    assert [row.score for row in ranked] == [row.score for row in again]
    assert {row.entity: row.rank for row in ranked} == {row.entity: row.rank for row in again}


@given(_scores)
def test_ties_and_the_unranked_keep_the_order_of_the_roster(scores: list[Fraction | None]) -> None:
    rows = [_row(str(number), score) for number, score in enumerate(scores)]
    ranked = rank_entities(rows, [()] * len(rows))
    for score in set(scores):
        order = [int(row.entity.name) for row in ranked if row.score == score]
        assert order == sorted(order)
    assert sorted(ranked, key=lambda row: row.score is None) == list(ranked)


def test_a_rank_is_all_that_is_added_to_a_row() -> None:
    rows = [
        row._replace(figures={"a": Figure(Decimal(1), "1", row.entity.name)}) for row in _rows({"a": 50, "b": None})
    ]
    assert [row._replace(rank=None) for row in rank_entities(rows, [(), ()])] == rows
