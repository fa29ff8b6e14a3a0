"""An entity explained: its sections, what each step gains after reweighting, and which step gains most."""

from decimal import Decimal
from fractions import Fraction

import pytest

import kpi_cli
from kpi_cli.rules.ast import AnyOf
from kpi_cli.scoring.explain import explain_entity, explain_figures, prepare_explanation
from kpi_cli.scoring.figures import Entity, Figure
from kpi_cli.scoring.score import score_records
from tests.unit.scoring.small_sets import COUNT, NOT_APPLICABLE, indicator, indicator_set, record, rule, section

A, B, C = indicator("A", "50"), indicator("B", "30"), indicator("C", "20")
TEAM = indicator_set(section("team", A, B, C), section("own", indicator("D")))
RECORDS = [
    record("Alpha", a=3, b=5, c=0, d=4),
    record("Beta", a=2, b=NOT_APPLICABLE, c=1, d=5),
    record("Gamma"),
]
CARD = score_records(TEAM, RECORDS)


def explain(name):
    return explain_entity(TEAM, CARD, Entity(None, name))


def test_each_section_has_its_row_and_how_many_are_ranked():
    team, own = explain("Alpha").sections
    assert (team.id, team.title, team.row.rank, team.row.score, team.ranked) == ("team", "team", 1, 60, 2)
    assert (own.id, own.title, own.row.rank, own.row.score, own.ranked) == ("own", "own", 2, 80, 2)
    assert [one.indicator.id for one in explain("Alpha").indicators] == ["A", "B", "C", "D"]


def test_a_step_gains_the_points_between_the_levels():
    a, b, c = explain("Alpha").sections[0].indicators
    assert (a.level, a.points, a.next.level, a.next.gain) == (3, 30, 4, 10)
    assert (b.level, b.points, b.next) == (5, 30, None)
    assert (c.level, c.points, c.next.level, c.next.gain) == (0, 0, 1, 4)


def test_an_indicator_has_its_figures_and_the_rules_that_they_meet():
    a = explain("Alpha").indicators[0]
    assert {name: figure.value for name, figure in a.figures.items()} == {"a": 3}
    assert [traced.holds for traced in a.rules] == [True, True, True, False, False]
    assert not any(one.too_large for name in ("Alpha", "Beta", "Gamma") for one in explain(name).indicators)


def test_a_step_gains_more_where_others_do_not_apply():
    a, b, c = explain("Beta").sections[0].indicators
    assert (b.level, b.points, b.next) == (None, None, None)
    assert a.next.gain == Fraction(100 * 50, 5 * 70)
    assert c.next.gain == Fraction(100 * 20, 5 * 70)
    assert (a.worth, b.worth, c.worth) == (Fraction(100 * 50, 70), 0, Fraction(100 * 20, 70))


def test_the_steps_that_gain_most_come_first():
    assert [(one.indicator.id, one.next.gain) for one in explain("Alpha").steps] == [("D", 20), ("A", 10), ("C", 4)]


def test_of_equal_gains_the_fewest_changes_come_first():
    two = indicator("T", "50", when=[rule(p=">= 1", q=">= 1")] * 5, measures={"p": COUNT, "q": COUNT})
    one = indicator("O", "50", when=[rule(o=">= 1")] * 5, measures={"o": COUNT})
    small = indicator_set(section("s", two, one))
    card = score_records(small, [record("Alpha", p=0, q=0, o=0)])
    assert [step.indicator.id for step in explain_entity(small, card, Entity(None, "Alpha")).steps] == ["O", "T"]


def test_who_reported_nothing_is_explained_too():
    gamma = explain("Gamma")
    assert (gamma.sections[0].row.rank, gamma.sections[0].row.score) == (None, None)
    first = gamma.sections[0].indicators[0]
    assert (first.level, first.missing, first.next.level) == (0, ("a",), 1)


def test_one_indicator_alone_keeps_its_section():
    alone = explain("Alpha").only("D")
    assert alone.entity == Entity(None, "Alpha")
    assert [(section.id, [one.indicator.id for one in section.indicators]) for section in alone.sections] == [
        ("own", ["D"])
    ]


def test_what_is_too_large_is_said_and_does_not_hang():
    many = {f"m{number}": COUNT for number in range(30)}
    mixed = indicator("M", when=[AnyOf(tuple(rule(**{name: ">= 1"}) for name in many))] * 5, measures=many)
    small = indicator_set(section("s", mixed))
    card = score_records(small, [record("Alpha", **dict.fromkeys(many, 0))])
    (explained,) = explain_entity(small, card, Entity(None, "Alpha")).indicators
    assert (explained.level, explained.next, explained.too_large) == (0, None, True)


def test_nobody_else_can_be_explained():
    with pytest.raises(LookupError):
        explain("Nobody")


@pytest.mark.parametrize("indicators", [(A, B), (A, B, C, indicator("E", "10"))])
def test_a_scorecard_of_another_set_is_not_explained(indicators):
    other = indicator_set(section("team", *indicators), section("own", indicator("D")))
    with pytest.raises(ValueError, match="zip"):
        explain_entity(other, CARD, Entity(None, "Alpha"))


@pytest.mark.parametrize(
    ("figures", "listed"),
    [
        ({"p": 1, "q": 1, "unread": 1}, ["p", "q", "unread"]),
        ({"p": 1}, ["p", "q"]),  # the rule reads q, and it is missing
        ({"p": 1, "unread": Figure(None, "-", "f.csv[B2]")}, ["p", "q", "unread"]),  # a cell was typed in
        ({"p": NOT_APPLICABLE, "q": NOT_APPLICABLE}, ["p", "q"]),
    ],
)
def test_the_figures_worth_a_line_are_reported_or_read(figures, listed):
    one = indicator("X", when=[rule(p=">= 1", q=">= 1")] * 5, measures=dict.fromkeys(("p", "q", "unread"), COUNT))
    explained = explain_figures(one, record("Alpha", **figures).figures, scale=5)
    assert list(explained.listed_figures) == listed


def test_the_public_name():
    assert kpi_cli.explain is explain_entity
    assert "explain" in kpi_cli.__all__


def test_many_are_explained_as_one_is():
    every = prepare_explanation(TEAM, CARD)
    assert [every(one.entity) for one in RECORDS] == [explain(one.entity.name) for one in RECORDS]
    assert every(RECORDS[0].entity).indicators[0].next.changes[0].example == Decimal(4)
