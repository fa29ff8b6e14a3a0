from decimal import Decimal

import pytest

from kpi_cli.model import Indicator, IndicatorSet, Level, Measure, Section
from kpi_cli.rules.ast import Test
from kpi_cli.rules.parser import parse_unary

LONG = "75.00000000000000000000000000000001"  # more digits than Decimal's arithmetic keeps


def _set(*, weight: str = "100", threshold: str = "75") -> IndicatorSet:
    indicator = Indicator(
        id="T1",
        title="T1",
        weight=Decimal(weight),
        measures={"spent": Measure(type="percent", title="spent")},
        levels={1: Level(when=Test("spent", parse_unary(f">= {threshold}")))},
    )
    section = Section(id="team", title="team", indicators=(indicator,))
    return IndicatorSet(kpi=1, id="small", title="small", scale=1, sections=(section,))


@pytest.mark.parametrize("same", [_set(weight="100.0"), _set(weight="1e2"), _set(threshold="75.00")])
def test_how_a_number_was_typed_does_not_matter(same: IndicatorSet) -> None:
    assert same.sha256 == _set().sha256


def test_no_digit_of_a_number_is_lost() -> None:
    sets = [_set(), _set(weight="75"), _set(weight=LONG), _set(threshold=LONG), _set(threshold="-75")]
    assert len({one.sha256 for one in sets}) == len(sets)


def test_a_number_is_dumped_in_full() -> None:
    (indicator,) = _set(weight=LONG).model_dump(mode="json")["sections"][0]["indicators"]
    assert indicator["weight"] == LONG


def test_a_fingerprint_is_worked_out_once() -> None:
    definition = _set()
    assert definition.sha256 is definition.sha256
