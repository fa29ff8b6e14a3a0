from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.definition.scalars import find_surprise, resolve_plain

SURPRISES = {
    "boolean-word": ["yes", "no", "on", "off", "Yes", "NO", "On", "OFF"],
    "sexagesimal": ["1:30", "12:30:45", "190:20:30.15", "-1:30", "0:0"],
    "leading-zero": ["010", "08", "00", "-012", "007.5", "0_1"],
    "radix": ["0x1F", "0o17", "0b101", "-0xff"],
    "underscore": ["1_000", "8_5", "1_000.5", "1__0"],
    "exponent": ["1e3", "1.5e3", "1E-9", "1.e+3", ".5e1", "-2e2"],
    "bare-point": [".5", "5.", "-.5", "+5."],
    "not-finite": [".inf", "-.Inf", ".nan", ".NaN", "+.INF"],
    "timestamp": ["2021-02-25T10:00:00", "2021-2-5 10:00:00", "2021-02-25t10:00:00Z"],
    "merge-key": ["<<"],
    "too-many-digits": ["1" * 41, "0." + "3" * 40, "9" * 5_000, "-" + "1" * 5_000],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SURPRISES.items() for text in texts])
def test_a_surprise_has_a_name_and_stays_text(name: str, text: str) -> None:
    assert find_surprise(text) == name
    assert resolve_plain(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("true", True),
        ("False", False),
        ("0", 0),
        ("-0", 0),
        ("+5", 5),
        ("2564", 2564),
        ("0.10", Decimal("0.10")),
        ("-3.25", Decimal("-3.25")),
        ("0." + "3" * 38, Decimal("0." + "3" * 38)),
        ("2021-02-25", date(2021, 2, 25)),
        ("2021-02-30", "2021-02-30"),
        ("2021-2-5", "2021-2-5"),
        ("< 75", "< 75"),
        ("(0..75)", "(0..75)"),
        ("80..90", "80..90"),
        ("= 80", "= 80"),
        ("๑๐", "๑๐"),
        ("1,500", "1,500"),
        ("5%", "5%"),
        ("nothing", "nothing"),
        ("on time", "on time"),
    ],
)
def test_a_plain_scalar_means_what_a_reader_expects(text: str, value: object) -> None:
    resolved = resolve_plain(text)
    assert resolved == value
    assert type(resolved) is type(value)
    assert find_surprise(text) is None


def test_every_digit_of_a_decimal_is_kept() -> None:
    text = "33.333333333333333333333333333333"
    assert str(resolve_plain(text)) == text


_SIGNS = st.text("0123456789_.:+-eExXoObBtTzZ <>=~nfaylr", max_size=12)


@given(_SIGNS)
def test_what_pyyaml_would_change_is_a_surprise_or_means_the_same(text: str) -> None:
    try:
        theirs = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return
    ours = resolve_plain(text.strip(" "))
    if isinstance(theirs, bool | int) and not find_surprise(text.strip(" ")):
        assert ours == theirs
    if isinstance(theirs, float) and not find_surprise(text.strip(" ")):
        assert float(ours) == theirs  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["1" + "_" * 900_000 + "x", "9" * 900_000, "1:" * 450_000 + "x", "." * 900_000])
def test_a_long_text_costs_no_time(text: str) -> None:
    assert resolve_plain(text) == text
