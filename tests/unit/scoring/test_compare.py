"""Two scorings side by side: who matches whom, and what counts as a movement."""

import pytest

from kpi_cli.scoring.compare import compare_scorecards
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.score import score_records
from tests.unit.scoring.small_sets import indicator, indicator_set, record, section

SET = indicator_set(section("team", indicator("A", "60"), indicator("B", "40")))
OTHER = indicator_set(section("team", indicator("A", "60"), indicator("C", "40")), section("more", indicator("D")))


def who(code, name, **figures):
    return record(name, **figures)._replace(entity=Entity(code, name))


def compare(old, new, *, sets=(SET, SET)):
    before, after = (score_records(definition, records) for definition, records in zip(sets, (old, new), strict=True))
    return compare_scorecards(old=before, new=after)


def test_scores_ranks_and_levels_by_hand():
    # Old: Alpha 60 + 0 = 60, Beta 36 + 8 = 44. New: Alpha 36 + 8 = 44, Beta 60 + 8 = 68.
    old = [record("Alpha", a=5, b=0), record("Beta", a=3, b=1)]
    new = [record("Alpha", a=3, b=1), record("Beta", a=5, b=1)]
    (team,) = compare(old, new).sections
    assert (team.id, team.title) == ("team", "team")
    beta, alpha = team.rows
    assert (beta.entity.name, beta.old.rank, beta.new.rank, beta.gain, beta.moved) == ("Beta", 2, 1, 24, True)
    assert (alpha.entity.name, alpha.old.rank, alpha.new.rank, alpha.gain) == ("Alpha", 1, 2, -16)
    assert [(each.id, each.old.level, each.new.level, each.moved) for each in alpha.levels] == [
        ("A", 5, 3, True),
        ("B", 0, 1, True),
    ]
    assert team.moved == team.rows


def test_who_is_as_before_has_not_moved():
    old = [record("Alpha", a=5, b=1), record("Beta", a=1, b=1)]
    (team,) = compare(old, [record("Alpha", a=5, b=1), record("Beta", a=2, b=1)]).sections
    assert [(row.entity.name, row.moved) for row in team.rows] == [("Alpha", False), ("Beta", True)]


def test_a_level_that_moves_at_the_same_score_is_a_movement():
    even = indicator_set(section("team", indicator("A", "50"), indicator("B", "50")))
    (team,) = compare([record("Alpha", a=5, b=0)], [record("Alpha", a=0, b=5)], sets=(even, even)).sections
    assert (team.rows[0].gain, team.rows[0].moved) == (0, True)


def test_what_becomes_possible_is_a_movement():
    (team,) = compare([record("Alpha", a=5, b=0)], [record("Alpha", a=5)]).sections
    assert (team.rows[0].gain, team.rows[0].moved) == (0, True)


def test_less_that_is_possible_is_a_movement_at_the_same_levels():
    # B 40 proven on both sides; the blank A may still bring 60, then 30.
    before = indicator_set(section("team", indicator("A", "60"), indicator("B", "40")))
    after = indicator_set(section("team", indicator("A", "30"), indicator("B", "40"), indicator("C", "30")))
    (team,) = compare([record("Alpha", b=5)], [record("Alpha", b=5, c=0)], sets=(before, after)).sections
    (alpha,) = team.rows
    assert (alpha.old.possible, alpha.new.possible) == (100, 70)
    assert (alpha.gain, alpha.moved, [level.moved for level in alpha.levels]) == (0, True, [False, False])


@pytest.mark.parametrize(
    ("old", "new", "matched"),
    [
        (("1", "Alpha"), ("1", "Alpha Hill"), True),
        (("1", "Alpha"), ("2", "Alpha"), False),
        ((None, "Alpha"), ("1", "Alpha"), True),
        (("1", "Alpha"), (None, " alpha "), True),
        ((None, "ป่าน้ํา"), (None, "ป่าน้ำ"), True),
        ((None, "Alpha"), (None, "Beta"), False),
    ],
)
def test_entities_match_by_code_else_by_name(old, new, matched):
    (team,) = compare([who(*old, a=1, b=1)], [who(*new, a=1, b=1)]).sections
    assert [(row.old is not None, row.new is not None) for row in team.rows] == (
        [(True, True)] if matched else [(False, True), (True, False)]
    )
    assert team.old_alone == (() if matched else (Entity(*old),))
    assert team.new_alone == (() if matched else (Entity(*new),))
    assert team.moved == ()
    assert [row.gain for row in team.rows] == ([0] if matched else [None, None])


def test_a_name_that_two_have_matches_nobody():
    old = [who("1", "Alpha", a=1, b=1), who("2", "Alpha", a=2, b=2)]
    one = [who(None, "Alpha", a=1, b=1)]
    (team,) = compare(old, one).sections
    assert (len(team.old_alone), len(team.new_alone)) == (2, 1)
    (team,) = compare(one, old).sections
    assert (len(team.old_alone), len(team.new_alone)) == (1, 2)


def test_a_round_of_nobody_has_nobody_in_it():
    (team,) = compare([], [record("Alpha", a=1, b=1)]).sections
    assert [(row.entity.name, row.old, row.gain) for row in team.rows] == [("Alpha", None, None)]
    assert compare([], []).sections[0].rows == ()


def test_what_has_no_counterpart_is_named():
    found = compare([record("Alpha", a=1, b=1)], [record("Alpha", a=2, c=1, d=1)], sets=(SET, OTHER))
    (team,) = found.sections
    assert (found.came, found.went, team.came, team.went) == (("more",), (), ("C",), ("B",))
    assert [level.id for level in team.rows[0].levels] == ["A"]


def test_over_all_sections_where_both_have_shares():
    shared = indicator_set(section("team", indicator("A"), share="100"))
    old, new = [record("Alpha", a=1)], [record("Alpha", a=2)]
    overall = compare(old, new, sets=(shared, shared)).overall
    assert (overall.id, overall.title) == ("overall", "")
    assert [(row.gain, row.moved) for row in overall.rows] == [(20, True)]
    for sets in ((SET, SET), (SET, shared), (shared, SET)):
        assert compare(old, new, sets=sets).overall is None
