"""Figures and verdicts in words, for every format that explains: with enough digits to justify the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from kpi_cli.model import Measure
from kpi_cli.render.numbers import LEAST_DIGITS, MOST_DIGITS
from kpi_cli.render.text import clean_text, join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.ast import UnaryTest
from kpi_cli.rules.evaluate import Truth, test_holds
from kpi_cli.rules.values import Value, as_decimal, exact_text, round_half_up
from kpi_cli.scoring.figures import Figure

_VERDICTS: dict[Truth, str] = {True: mark("holds"), False: mark("fails"), None: mark("open")}
_LONGEST_DECIMAL = 8


def tell_verdict(holds: Truth, say: Translator) -> str:
    """Whether a rule holds: `holds`, `fails`, or `open` while a figure is missing."""
    return say(_VERDICTS[holds])


def show_figure(figure: Figure, measure: Measure, say: Translator, tests: Iterable[UnaryTest] = ()) -> str:
    """The figure with its unit, or why there is none; a long ratio with the digits that `tests` need."""
    if not figure.applicable:
        return say("not applicable")
    return say("missing") if figure.value is None else show_value(figure.value, measure, say, tests)


def show_value(value: Value, measure: Measure, say: Translator, tests: Iterable[UnaryTest] = ()) -> str:
    """`95%`, `1250 baht`, `yes`, `66.67% (200/3)`."""
    short = show_short(value, measure, say, tests)
    in_full = not isinstance(value, Fraction) or _is_short(value)
    return short if in_full else f"{short} ({exact_text(value)})"


def show_short(value: Value, measure: Measure, say: Translator, tests: Iterable[UnaryTest] = ()) -> str:
    """The value without what a long ratio is in full: `66.67%`."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, str):
        return join_lines(value)
    unit = "%" if measure.type == "percent" else f" {join_lines(measure.unit)}" if measure.unit else ""
    if isinstance(value, Fraction) and not _is_short(value):
        return _round_safely(value, tuple(tests)) + unit
    return exact_text(value) + unit


def _is_short(value: Fraction) -> bool:
    exact = as_decimal(value)
    return exact is not None and len(exact.as_tuple().digits) <= _LONGEST_DECIMAL


def _round_safely(value: Fraction, tests: tuple[UnaryTest, ...]) -> str:
    """Rounded to as few digits as leave every verdict as it is: 89.998 is not shown as 90."""
    for digits in range(LEAST_DIGITS, MOST_DIGITS):
        shown = round_half_up(value, digits)
        if all(test_holds(test, shown) == test_holds(test, value) for test in tests):
            return exact_text(shown)
    return exact_text(round_half_up(value, MOST_DIGITS))


def tell_source(figure: Figure, say: Translator) -> str:
    """Where a figure stands and how it was typed: `file.xlsx[Team!D14], typed “95%”`; empty where nothing was."""
    as_typed = figure.raw if figure.raw and figure.raw != _spell(figure) else ""
    if as_typed and figure.cell:
        return say("{cell}, typed “{raw}”", cell=clean_text(figure.cell), raw=join_lines(as_typed))
    if as_typed:
        return say("typed “{raw}”", raw=join_lines(as_typed))
    return clean_text(figure.cell or "")


def _spell(figure: Figure) -> str | None:
    return None if figure.value is None else exact_text(figure.value)
