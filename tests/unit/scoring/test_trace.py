"""Every rule with its parts, tests and verdicts, by the evaluation that scores."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.model import Indicator, Measure
from kpi_cli.rules.ast import AllOf, AnyOf, Test
from kpi_cli.rules.parser import parse_unary
from kpi_cli.scoring.explain import explain_figures
from kpi_cli.scoring.figures import Figure
from kpi_cli.scoring.levels import assess_indicator
from kpi_cli.scoring.scorecard import Status
from kpi_cli.scoring.trace import find_missing, trace_rules, unaries_of
from tests.agreement.generated_indicators import indicators, list_values
from tests.unit.scoring.small_sets import COUNT, NOT_APPLICABLE, indicator, rule

TWO = {"a": COUNT, "b": COUNT, "unread": COUNT}
A, B = rule(a=">= 1"), rule(b=">= 2")
NESTED = indicator("X1", measures=TWO, when=[A, AllOf((A, AnyOf((B, rule(a=">= 9")))))])

WORDED = NESTED.model_copy(
    update={"levels": {**NESTED.levels, 1: NESTED.levels[1].model_copy(update={"text": "one and more"})}}
)


def test_a_rule_is_traced_by_its_parts_and_by_its_tests() -> None:
    five = Figure(Decimal(5), "5", "f.xlsx[S!A1]")
    assert [one.text for one in trace_rules(WORDED, {"a": five})] == ["one and more", None]
    first, second = trace_rules(NESTED, {"a": five})
    assert (first.level, first.holds, [part.rule for part in first.parts]) == (1, True, [A])
    assert (second.level, second.rule, second.holds) == (2, NESTED.levels[2].when, None)
    assert [(part.rule, part.holds) for part in second.parts] == [(A, True), (AnyOf((B, rule(a=">= 9"))), None)]
    assert [(one.test, one.figure, one.holds) for one in second.tests] == [
        (A, five, True),
        (B, Figure(), None),
        (rule(a=">= 9"), five, False),
    ]


def test_what_is_missing_is_what_a_rule_reads_and_nobody_said_anything_of() -> None:
    assert find_missing(NESTED, {"a": Figure(Decimal(0))}) == ("b",)
    assert find_missing(NESTED, {"b": NOT_APPLICABLE}) == ("a",)
    assert find_missing(NESTED, {}) == ("a", "b")


def test_the_tests_of_a_measure_are_those_of_all_rules() -> None:
    assert unaries_of("a", trace_rules(NESTED, {})) == tuple(map(parse_unary, (">= 1", ">= 1", ">= 9")))
    assert unaries_of("unread", trace_rules(NESTED, {})) == ()


def test_an_explanation_has_the_level_of_the_scorer_and_points_of_its_own_weight() -> None:
    explained = explain_figures(indicator("X1", "25"), {"x1": Figure(Decimal(4))}, scale=5)
    assert (explained.status, explained.level, explained.possible_level, explained.points) == (Status.SCORED, 4, 4, 20)
    assert explained.missing == ()
    blank = explain_figures(indicator("X1", "25"), {}, scale=5)
    assert (blank.status, blank.level, blank.possible_level, blank.points) == (Status.INCOMPLETE, 0, 5, 0)
    assert blank.missing == ("x1",)


def test_what_does_not_apply_has_no_level_and_no_points() -> None:
    explained = explain_figures(indicator("X1"), {"x1": NOT_APPLICABLE}, scale=5)
    assert (explained.status, explained.level, explained.points) == (Status.NOT_APPLICABLE, None, None)


def _figures(data: st.DataObject, measures: dict[str, Measure]) -> dict[str, Figure]:
    return {name: Figure(data.draw(st.sampled_from([None, *list_values(one)]))) for name, one in measures.items()}


@settings(max_examples=200, deadline=None)
@given(indicators(), st.data())
def test_the_traced_rules_come_to_the_level_of_the_scorer(any_indicator: Indicator, data: st.DataObject) -> None:
    figures = _figures(data, dict(any_indicator.measures))
    rules = trace_rules(any_indicator, figures)
    for traced in rules:
        parts = [part.holds for part in traced.parts]
        assert traced.holds is (False if False in parts else None if None in parts else True)
        for one in traced.tests:
            assert isinstance(one.test, Test)
            assert (one.holds is None) == (figures[one.test.measure].value is None)
    band = assess_indicator(any_indicator, figures).band
    assert band is not None
    if any_indicator.policy == "highest":
        assert band.proven == max((traced.level for traced in rules if traced.holds), default=0)
