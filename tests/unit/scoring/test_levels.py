from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model import Measure, Ratio
from kpi_cli.rules.ast import AllOf, AnyOf
from kpi_cli.rules.evaluate import Truth
from kpi_cli.rules.policy import Band, Policy, decide_level
from kpi_cli.scoring import levels
from kpi_cli.scoring.figures import MISSING, Figure, Said
from kpi_cli.scoring.levels import Bands, assess_indicator, list_spots, prepare_assessment
from kpi_cli.scoring.scorecard import Status
from tests.unit.scoring.small_sets import COUNT, NOT_APPLICABLE, indicator, record, rule

FLAG = Measure(type="flag", title="flag")
PERCENT = Measure(type="percent", title="percent")

# I6 of the memo: lower is better, levels 4 and 5 stand on the debt alone.
DEBT = indicator(
    "I6",
    measures={"register": FLAG, "proposed": FLAG, "carried_out": FLAG, "debt": PERCENT},
    when=[
        rule(register="true"),
        rule(register="true", proposed="true"),
        rule(register="true", proposed="true", carried_out="true"),
        rule(debt="< 5"),
        rule(debt="0"),
    ],
)
STEPS = indicator(
    "I5",
    policy="ladder",
    measures=dict.fromkeys("abc", FLAG),
    when=[rule(a="true"), rule(b="true"), rule(c="true")],
)
SPENT = indicator(
    "T1",
    measures={
        "spent": Measure(type="percent", title="percent", ratio=Ratio(part="part", whole="whole")),
        "part": COUNT,
        "whole": COUNT,
    },
    when=[rule(spent="< 75"), rule(spent=">= 75"), rule(spent=">= 80"), rule(spent=">= 85"), rule(spent=">= 90")],
)


@pytest.mark.parametrize(
    ("figures", "band", "status"),
    [
        ({"debt": 0}, Band(5, 5), Status.SCORED),  # complete, though the register is blank
        ({"debt": Decimal("0.004")}, Band(4, 4), Status.SCORED),
        ({"debt": 5, "register": True, "proposed": True, "carried_out": True}, Band(3, 3), Status.SCORED),
        ({"debt": 5}, Band(0, 3), Status.INCOMPLETE),
        ({"debt": 5, "register": False}, Band(0, 0), Status.SCORED),
        ({"register": True, "proposed": True, "carried_out": True}, Band(3, 5), Status.INCOMPLETE),
        ({}, Band(0, 5), Status.INCOMPLETE),
        ({"debt": NOT_APPLICABLE, "register": True}, None, Status.NOT_APPLICABLE),
        ({"debt": 0, "register": NOT_APPLICABLE}, None, Status.NOT_APPLICABLE),
    ],
)
def test_highest(figures: dict[str, object], band: Band | None, status: Status) -> None:
    assessment = assess_indicator(DEBT, record("a", **figures).figures)  # type: ignore[arg-type]
    assert (assessment.band, assessment.status) == (band, status)
    assert assessment.indicator is DEBT


@pytest.mark.parametrize(
    ("figures", "band"),
    [
        ({"a": True, "b": True, "c": True}, Band(3, 3)),
        ({"a": False, "b": True, "c": True}, Band(0, 0)),
        ({"a": True, "c": True}, Band(1, 3)),
        ({"b": True, "c": True}, Band(0, 3)),
        ({"a": True, "b": False}, Band(1, 1)),
    ],
)
def test_ladder(figures: dict[str, bool], band: Band) -> None:
    assert assess_indicator(STEPS, record("a", **figures).figures).band == band


@pytest.mark.parametrize(
    ("spent", "level"),
    [
        (Decimal(0), 1),
        (Decimal("89.995"), 4),
        (Decimal(90), 5),
        (Fraction(17999, 200), 4),  # 89.995
        (Fraction(269, 3), 4),  # 89.67
    ],
)
def test_blank_ratio_parts_never_matter(spent: Decimal | Fraction, level: int) -> None:
    assessment = assess_indicator(SPENT, record("a", spent=spent).figures)
    assert (assessment.band, assessment.status) == (Band(level, level), Status.SCORED)


def test_ratio_parts_prove_nothing_by_themselves() -> None:
    assessment = assess_indicator(SPENT, record("a", part=90, whole=100).figures)
    assert assessment.band == Band(0, 5)


def test_there_is_a_figure_for_each_measure_and_for_no_other() -> None:
    figures = record("a", part=3, elsewhere=1).figures
    kept = assess_indicator(SPENT, figures).figures
    assert list(kept.items()) == [("spent", MISSING), ("part", Figure(Decimal(3))), ("whole", MISSING)]


def test_what_another_indicator_cannot_measure_does_not_matter_here() -> None:
    figures = record("a", spent=90, elsewhere=NOT_APPLICABLE).figures
    assert assess_indicator(SPENT, figures).status is Status.SCORED


def test_a_rule_that_asks_nothing_holds_whatever_is_reported() -> None:
    always = indicator("T1", when=[AllOf(())])
    never = indicator("T1", when=[AnyOf(())])
    assert assess_indicator(always, {}).band == Band(1, 1)
    assert assess_indicator(never, {}).band == Band(0, 0)


def test_the_same_values_are_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def decide(truths: list[Truth], policy: Policy) -> Band:
        asked.append(truths)
        return decide_level(truths, policy)

    monkeypatch.setattr("kpi_cli.scoring.levels.decide_level", decide)
    assess = prepare_assessment(SPENT)
    figures = [Figure(Decimal(80), raw="80%", cell="A1"), Figure(Decimal(80), raw="80", cell="A2"), Figure(Decimal(90))]
    assessments = [assess({"spent": figure, "part": figure}) for figure in figures]
    assert [one.band for one in assessments] == [Band(3, 3), Band(3, 3), Band(5, 5)]
    assert [one.figures["spent"].cell for one in assessments] == ["A1", "A2", None]  # each keeps its own cell
    assert len(asked) == 2


def test_1_is_not_remembered_as_true() -> None:
    assess = prepare_assessment(STEPS)
    assert assess(record("a", a=True, b=True, c=True).figures).band == Band(3, 3)
    assert assess(record("a", a=1, b=1, c=1).figures).band == Band(0, 0)


def test_cells_that_say_the_same_lie_in_the_same_place() -> None:
    spots = list_spots(DEBT)["debt"]
    said = [Said(answer, "as typed") for answer in (None, Decimal(0), Decimal(3), Decimal(4), Decimal(5))]
    assert [spots[one] for one in said] == [spots[one] for one in said] == [0, 1, 2, 2, 3]
    assert spots.samples == [None, 0, 3, 5]


def test_a_number_lies_at_a_threshold_or_between_two_and_that_exactly() -> None:
    one = indicator("A", when=[rule(a=">= 0.1"), rule(a=">= 0.25"), rule(a=">= 90")], measures={"a": PERCENT})
    spots, just = list_spots(one)["a"], Decimal("1e-25")
    lying: list[list[Decimal | Fraction]] = [
        [Decimal(-1), Decimal(0), Decimal("0.1") - just],
        [Decimal("0.1"), Fraction(1, 10)],
        [Decimal("0.1") + just, Decimal("0.2"), Fraction(6, 25)],
        [Decimal("0.25"), Fraction(1, 4)],
        [Fraction(1, 3), Decimal("89.995"), Fraction(90) - Fraction(1, 10**40)],
        [Decimal("90.00")],
        [Fraction(90) + Fraction(1, 10**40), Decimal("90.5"), Decimal(100)],
    ]
    assert [[spots.find(number) for number in each] for each in lying] == [
        [place] * len(each) for place, each in enumerate(lying, start=1)
    ]


def test_a_third_lies_above_a_whole_number() -> None:
    spots = list_spots(indicator("A", when=[rule(a="> 0"), rule(a=">= 1")], measures={"a": PERCENT}))["a"]
    places = [spots.find(number) for number in (Decimal(0), Fraction(1, 3), Decimal(1), Fraction(4, 3))]
    assert places == [1, 2, 3, 4]


def test_what_is_remembered_is_bounded_and_what_is_not_is_decided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [Said(Decimal(number), "as typed") for number in range(9)]
    spots = list_spots(DEBT)["debt"]
    bands = Bands(STEPS, list_spots(STEPS))
    cases = [(0, 0, 0)] * 2
    expected = [spots.find(one.answer) for one in said], [bands[case] for case in cases]
    monkeypatch.setattr(levels, "MAX_REMEMBERED", 0)
    forgetful_spots, forgetful_bands = list_spots(DEBT)["debt"], Bands(STEPS, list_spots(STEPS))
    assert ([forgetful_spots[one] for one in said], [forgetful_bands[case] for case in cases]) == expected
    assert (len(forgetful_spots), len(forgetful_bands)) == (0, 0)


@pytest.mark.parametrize("numbers", [(0, 0), (0, 0, 0, 0)])
def test_a_case_of_an_indicator_has_a_place_for_each_of_its_measures(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        Bands(STEPS, list_spots(STEPS))[numbers]


_figures = st.fixed_dictionaries(
    {}, optional={"register": st.booleans(), "proposed": st.booleans(), "carried_out": st.booleans()}
)
_debts = st.none() | st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("4.99"), Decimal(5), Decimal(60)])


@given(st.lists(st.tuples(_figures, _debts), max_size=8))
def test_what_is_remembered_is_what_would_be_decided(rows: list[tuple[dict[str, bool], Decimal | None]]) -> None:
    assess = prepare_assessment(DEBT)
    for flags, debt in rows:
        figures = record("a", debt=debt, **flags).figures
        assert assess(figures) == assess_indicator(DEBT, figures)
