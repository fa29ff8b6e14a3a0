from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model import Group, IndicatorSet
from kpi_cli.rules.ast import AllOf
from kpi_cli.rules.values import exact_text, round_half_up
from kpi_cli.scoring import weighing
from kpi_cli.scoring.figures import Figure, Record
from kpi_cli.scoring.scorecard import EntityScore, GroupScore, Status
from kpi_cli.scoring.section import score_section
from tests.unit.scoring.small_sets import NOT_APPLICABLE, indicator, indicator_set, record, section

_T3 = Group(id="T3", title="T3", indicators=tuple(indicator(name, "10") for name in ("T31", "T32", "T33")))
TEAM = section("team", indicator("T1", "25"), indicator("T2", "25"), _T3, indicator("T4", "10"), indicator("T5", "10"))
TEAM_MEASURES = ("t1", "t2", "t31", "t32", "t33", "t4", "t5")
INDIVIDUAL = section(
    "individual",
    *(indicator(f"I{at}", weight) for at, weight in enumerate(["20", "20", "10", "10", "20", "20"], start=1)),
)
SMALL = indicator_set(TEAM, INDIVIDUAL)


def _score(given: Record, definition: IndicatorSet = SMALL, at: int = 0) -> EntityScore:
    (row,) = score_section(definition.sections[at], [given], definition)
    return row


def _team(*levels: int | Figure | None) -> Record:
    return record("a", **dict(zip(TEAM_MEASURES, levels, strict=True)))


def test_the_worked_sums_of_the_memo() -> None:
    team = _score(_team(5, 1, 4, 4, 5, 4, 1))
    individual = _score(record("a", i1=4, i2=3, i3=4, i4=1, i5=5, i6=4), at=1)
    assert (team.score, individual.score) == (66, 74)
    assert (team.possible, individual.possible) == (66, 74)
    assert [one.points for one in team.indicators] == [25, 5, 8, 8, 10, 8, 2]
    assert [one.points for one in individual.indicators] == [16, 12, 8, 2, 20, 16]


@pytest.mark.parametrize(
    ("levels", "score", "possible", "complete"),
    [
        ((5, 5, 5, 5, 5, 5, 5), "100", "100", True),
        ((0, 0, 0, 0, 0, 0, 0), "0", "0", True),
        ((5, 1, 4, 4, 5, 4, None), "64", "74", False),  # T5 open: 66 - 2, and 10 more at most
        ((None, 5, 5, 5, 5, 5, 5), "75", "100", False),
        ((None, None, None, None, None, None, 0), "0", "90", False),
        # T5 left out: 64 of the remaining 90 points
        ((5, 1, 4, 4, 5, 4, NOT_APPLICABLE), "640/9", "640/9", True),
        # T1 and T5 left out of 100: 5 + 8 + 8 + 10 + 8 = 39 of 65
        ((NOT_APPLICABLE, 1, 4, 4, 5, 4, NOT_APPLICABLE), "60", "60", True),
        # T5 left out, T4 open: 56 of 90, and 10 more at most
        ((5, 1, 4, 4, 5, None, NOT_APPLICABLE), "560/9", "220/3", False),
    ],
)
def test_section_score(levels: tuple[int | Figure | None, ...], score: str, possible: str, complete: bool) -> None:
    row = _score(_team(*levels))
    assert (row.score, row.possible) == (Fraction(score), Fraction(possible))
    assert (row.complete, row.reported, row.rank) == (complete, True, None)


def test_points_are_of_the_sections_100_after_reweighting() -> None:
    row = _score(_team(NOT_APPLICABLE, 1, 4, 4, 5, 4, NOT_APPLICABLE))
    # weights 25 + 10 x 4 = 65 apply; level 1 of weight 25 is 100 x 25 x 1 / (5 x 65) = 100/13
    assert [one.points and exact_text(one.points) for one in row.indicators] == [
        None,
        "100/13",
        "160/13",
        "160/13",
        "200/13",
        "160/13",
        None,
    ]
    assert [one.weight for one in row.indicators] == [25, 25, 10, 10, 10, 10, 10]  # as defined


def test_each_indicator_says_what_it_is_made_of() -> None:
    given = _team(5, None, NOT_APPLICABLE, 4, 5, 4, 1)
    first, second, third = _score(given).indicators[:3]
    assert (first.id, first.status, first.level, first.possible_level) == ("T1", Status.SCORED, 5, 5)
    assert (second.id, second.status, second.level, second.possible_level) == ("T2", Status.INCOMPLETE, 0, 5)
    assert (third.id, third.status, third.level, third.possible_level, third.points) == (
        "T31",
        Status.NOT_APPLICABLE,
        None,
        None,
        None,
    )
    assert _score(given).figures["t1"] == Figure(Decimal(5))


@pytest.mark.parametrize(
    ("levels", "points"),
    [
        ((5, 1, 4, 4, 5, 4, 1), Fraction(26)),
        ((5, 1, 4, NOT_APPLICABLE, 5, 4, 1), Fraction(20)),  # 18 of 90
        ((5, 1, 0, NOT_APPLICABLE, 0, 4, 1), Fraction(0)),
        ((5, 1, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, 4, 1), None),
        ((None,) * 7, Fraction(0)),
    ],
)
def test_group_subtotals(levels: tuple[int | Figure | None, ...], points: Fraction | None) -> None:
    assert _score(_team(*levels)).groups == (GroupScore("T3", points, Decimal(30)),)


def test_a_groups_weight_is_summed_exactly() -> None:
    tiny = "0." + "0" * 35 + "1"
    group = Group(id="G", title="G", indicators=(indicator("A", "10"), indicator("B", tiny)))
    row = _score(record("a", a=1), indicator_set(section("one", group)))
    assert exact_text(row.groups[0].weight) == "10" + tiny[1:]


def test_who_reported_nothing_has_no_score_and_every_indicator_open() -> None:
    row = _score(record("a", i1=3))  # of the other section
    assert (row.score, row.possible, row.grade, row.complete, row.reported) == (None, None, None, False, False)
    assert {(one.status, one.level, one.possible_level, one.points) for one in row.indicators} == {
        (Status.INCOMPLETE, 0, 5, Fraction(0))
    }


def test_who_reported_nothing_is_not_complete_even_where_nothing_is_open() -> None:
    given = section("one", indicator("A", when=[AllOf(())]))
    row = _score(record("a"), indicator_set(given, scale=1))
    assert (row.indicators[0].status, row.indicators[0].level) == (Status.SCORED, 1)
    assert (row.score, row.complete, row.reported) == (None, False, False)


def test_a_figure_that_is_there_but_blank_is_not_reported() -> None:
    assert not _score(_team(*[Figure(None, raw="-", cell="A1")] * 7)).reported


def test_a_zero_or_a_no_is_reported() -> None:
    assert _score(_team(0, None, None, None, None, None, None)).score == 0
    assert _score(_team(Figure(False), None, None, None, None, None, None)).reported


def test_where_nothing_applies_there_is_no_score_and_nothing_is_open() -> None:
    row = _score(_team(*[NOT_APPLICABLE] * 7), indicator_set(TEAM, grades={"pass": "0"}))
    assert (row.score, row.possible, row.grade, row.complete, row.reported) == (None, None, None, True, True)
    assert {one.status for one in row.indicators} == {Status.NOT_APPLICABLE}
    assert row.groups == (GroupScore("T3", None, Decimal(30)),)


def test_thirds_stay_thirds() -> None:
    one = section("one", indicator("A", "50", scale=3), indicator("B", "50", scale=3))
    row = _score(record("a", a=2, b=3), indicator_set(one, scale=3))
    assert row.score == Fraction(250, 3)  # (50 x 2 + 50 x 3) / 3
    assert [point.points for point in row.indicators] == [Fraction(100, 3), Fraction(50)]


@pytest.mark.parametrize(
    ("weights", "levels", "shown", "grade"),
    [
        (("50", "50"), (5, 4), "90.00", "best"),  # exactly 90
        (("50.025", "49.975"), (5, 4), "90.01", "best"),  # 90.005
        (("49.975", "50.025"), (5, 4), "90.00", "good"),  # 89.995, though it displays as 90.00
    ],
)
def test_grades_go_by_the_exact_score(
    weights: tuple[str, str], levels: tuple[int, int], shown: str, grade: str
) -> None:
    one = section("one", indicator("A", weights[0]), indicator("B", weights[1]))
    row = _score(record("a", a=levels[0], b=levels[1]), indicator_set(one, grades={"best": "90", "good": "80"}))
    assert row.score is not None
    assert (str(round_half_up(row.score)), row.grade) == (shown, grade)


def test_grades_go_by_what_is_proven() -> None:
    row = _score(_team(None, 5, 5, 5, 5, 5, 5), indicator_set(TEAM, grades={"best": "90", "fair": "60"}))
    assert (row.possible, row.grade) == (100, "fair")


def test_who_reported_nothing_has_no_grade() -> None:
    row = _score(_team(*[None] * 7), indicator_set(TEAM, grades={"pass": "0"}))
    assert (row.score, row.grade, row.reported) == (None, None, False)


def test_a_long_table_is_scored_in_batches_without_losing_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("kpi_cli.scoring.section.count_rows", lambda columns: asked.append(columns) or 2)
    given = [record(name, t1=level, t2=NOT_APPLICABLE if name in "bd" else 1) for level, name in enumerate("abcde")]
    rows = score_section(TEAM, given, SMALL)
    assert rows == tuple(_score(one) for one in given)
    assert [row.entity.name for row in rows] == list("abcde")
    assert asked == [len(SMALL.measures)] * 6  # of all five, and of each by itself


def test_rows_come_in_the_order_of_the_records() -> None:
    given = [record(name, t1=level) for name, level in (("c", 1), ("a", 5), ("b", 3))]
    assert [row.entity.name for row in score_section(TEAM, given, SMALL)] == ["c", "a", "b"]
    assert score_section(TEAM, [], SMALL) == ()


_levels = st.none() | st.integers(0, 5) | st.just(NOT_APPLICABLE)
_reports = st.tuples(*[_levels] * 7)


@given(_reports)
def test_the_points_sum_to_the_score_and_the_proven_lies_below_the_possible(
    levels: tuple[int | Figure | None, ...],
) -> None:
    row = _score(_team(*levels))
    if row.score is None or row.possible is None:
        assert row.score is row.possible is None
        return
    assert sum(one.points for one in row.indicators if one.points is not None) == row.score
    assert 0 <= row.score <= row.possible <= 100
    assert row.complete == (row.score == row.possible)


@given(_reports, st.sampled_from(range(7)), st.integers(0, 6))
def test_filling_in_a_missing_figure_never_leaves_the_band(
    levels: tuple[int | Figure | None, ...], at: int, filled: int
) -> None:
    open_row = _score(_team(*levels[:at], None, *levels[at + 1 :]))
    row = _score(_team(*levels[:at], filled, *levels[at + 1 :]))
    assert row.score is not None
    assert row.possible is not None
    if open_row.score is not None and open_row.possible is not None:
        assert open_row.score <= row.score <= row.possible <= open_row.possible


@given(_reports, _reports)
def test_what_one_entity_reports_changes_no_other(
    levels: tuple[int | Figure | None, ...], others: tuple[int | Figure | None, ...]
) -> None:
    other = _team(*others)._replace(entity=record("b").entity)
    together = score_section(TEAM, [other, _team(*levels)], SMALL)
    assert together[1] == _score(_team(*levels))


def test_entities_at_one_level_share_its_score_and_keep_their_figures() -> None:
    first, second = score_section(TEAM, [record("a", t1=5), record("b", t1=5, t2=3)], SMALL)
    assert first.indicators[0] is second.indicators[0]
    assert set(second.figures) == {"t1", "t2"}


def test_what_is_added_up_once_is_shared_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    given = [record("a", t1=5, t2=3), record("b", t1=5, t2=3)]
    first, second = score_section(TEAM, given, SMALL)
    assert first.indicators is second.indicators
    monkeypatch.setattr(weighing, "MAX_REMEMBERED", 0)
    apart = score_section(TEAM, given, SMALL)
    assert apart == (first, second)
    assert apart[0].indicators is not apart[1].indicators
