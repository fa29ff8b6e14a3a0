from decimal import Decimal

import pytest
from pydantic import ValidationError

from kpi_cli.model import Group, Indicator, IndicatorSet, Level, Measure, Ratio, Section
from kpi_cli.rules.ast import Test
from kpi_cli.rules.parser import parse_unary


def _level(measure: str, text: str) -> Level:
    return Level(when=Test(measure, parse_unary(text)))


def _indicator(id_: str, **measures: Measure) -> Indicator:
    first = next(iter(measures))
    return Indicator(id=id_, title=id_, weight=Decimal(50), measures=measures, levels={1: _level(first, "> 5")})


@pytest.mark.parametrize(
    ("measure", "bounds", "direction", "step"),
    [
        (Measure(type="percent", title="x"), (0, 100), "higher", "0.01"),
        (Measure(type="number", title="x"), (0, None), "higher", "0.01"),
        (Measure(type="count", title="x"), (0, None), "higher", "1"),
        (Measure(type="flag", title="x"), (None, None), "higher", "0.01"),
        (Measure(type="choice", title="x", choices=("a",)), (None, None), "none", "0.01"),
        (Measure(type="choice", title="x", choices=("a",), better="lower"), (None, None), "lower", "0.01"),
        (Measure(type="number", title="x", range=(Decimal(-5), None)), (-5, None), "higher", "0.01"),
        (Measure(type="percent", title="x", range=(None, None)), (None, None), "higher", "0.01"),
        (Measure(type="count", title="x", better="none", step=Decimal(10)), (0, None), "none", "10"),
    ],
)
def test_what_a_measure_does_not_say_comes_from_its_type(
    measure: Measure, bounds: tuple[object, object], direction: str, step: str
) -> None:
    assert (measure.bounds, measure.direction, measure.smallest_step) == (bounds, direction, Decimal(step))


def test_rules_stand_in_the_order_of_levels() -> None:
    indicator = Indicator(
        id="T",
        title="T",
        weight=1,
        measures={"a": Measure(type="number", title="a")},
        levels={2: _level("a", "> 2"), 1: _level("a", "> 1")},
    )
    assert indicator.rules == (Test("a", parse_unary("> 1")), Test("a", parse_unary("> 2")))


def test_ratio_parts_are_known() -> None:
    part = Measure(type="count", title="x")
    percent = Measure(type="percent", title="y", ratio=Ratio(part="done", whole="due"))
    assert _indicator("T", percent=percent, done=part, due=part).ratio_parts == {"done", "due"}
    assert _indicator("T", done=part).ratio_parts == frozenset()


def test_a_section_runs_through_its_groups() -> None:
    flag = Measure(type="number", title="x")
    group = Group(id="G", title="G", indicators=(_indicator("T2", b=flag),))
    section = Section(id="team", title="Team", indicators=(_indicator("T1", a=flag), group))
    whole = IndicatorSet(kpi=1, id="s", title="s", scale=1, sections=(section,))
    assert [indicator.id for indicator in section] == ["T1", "T2"]
    assert section.groups == (group,)
    assert [indicator.id for indicator in whole.indicators] == ["T1", "T2"]
    assert list(whole.measures) == ["a", "b"]
    assert whole.entity.title == "entity"


@pytest.mark.parametrize(
    ("key", "value"),
    [("weight", 1.5), ("weight", "1"), ("weight", True), ("weight", 0), ("title", 5), ("policy", "best"), ("zzz", 1)],
)
def test_nothing_is_converted_without_a_word(key: str, value: object) -> None:
    sound = _indicator("T", a=Measure(type="number", title="a")).model_dump(exclude={"measures", "levels"})
    measures = {"a": Measure(type="number", title="a")}
    with pytest.raises(ValidationError):
        Indicator.model_validate(sound | {"measures": measures, "levels": {1: _level("a", "> 1")}, key: value})


def test_a_set_is_frozen() -> None:
    measure = Measure(type="number", title="a")
    with pytest.raises(ValidationError):
        measure.title = "b"
