"""Figures typed on the command line: read as cells are, percents in points, names as people know them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from kpi_cli.diagnostics import Severity
from kpi_cli.model import EntityKind, Indicator, IndicatorSet, Level, Measure, Ratio, Section
from kpi_cli.render.sentences import describe
from kpi_cli.results.typed_figures import Typed, TypedFigures, read_typed_figures
from kpi_cli.rules.ast import Compare, Test
from kpi_cli.rules.values import Value

ANY = Level(when=Test("spent", Compare(">=", Decimal(1))))


def _indicator(id_: str, measures: dict[str, Measure]) -> Indicator:
    return Indicator(id=id_, title=id_, weight=Decimal(50), measures=measures, levels={1: ANY})


SPENT = _indicator(
    "T1",
    {
        "spent": Measure(
            type="percent",
            title="ร้อยละการใช้จ่าย",
            aliases=("ใช้จ่าย (%)",),
            ratio=Ratio(part="paid", whole="budget"),
            not_applicable="allowed",
        ),
        "paid": Measure(type="number", title="Paid"),
        "budget": Measure(type="number", title="Budget"),
        "plan": Measure(type="flag", title="Plan"),
    },
)
OTHER = _indicator("T2", {"households": Measure(type="count", title="Households")})
SET = IndicatorSet(
    kpi=1,
    id="s",
    title="s",
    entity=EntityKind(),
    sections=(Section(id="one", title="One", indicators=(SPENT, OTHER)),),
)


def read(*typed: str) -> TypedFigures:
    return read_typed_figures([Typed(*one.split("=")) for one in typed], SPENT, SET)


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("spent=85", "spent", Decimal(85)),
        ("spent=85.5%", "spent", Decimal("85.5")),
        ("spent=๘๕", "spent", Decimal(85)),
        ("spent=ร้อยละ ๘๕", "spent", Decimal(85)),
        ("spent=0.85%", "spent", Decimal("0.85")),
        ("ร้อยละการใช้จ่าย=85", "spent", Decimal(85)),
        ("ใช้จ่าย(%)=85", "spent", Decimal(85)),
        ("SPENT=85", "spent", Decimal(85)),
        ("plan=มี", "plan", True),
        ("plan=no", "plan", False),
        ("paid=1,250.5", "paid", Decimal("1250.5")),
        ("spent=-", "spent", None),
        ("spent=", "spent", None),
    ],
)
def test_a_figure_is_read_as_a_cell_is(typed: str, name: str, value: Value | None) -> None:
    figures, found = read(typed)
    assert (figures[name].value, figures[name].applicable, found) == (value, True, ())


def test_not_applicable_is_an_answer_where_the_measure_allows_it() -> None:
    assert not read("spent=N/A").figures["spent"].applicable
    assert [item.code for item in read("plan=N/A").diagnostics] == ["cell-not-applicable"]


def test_a_bare_fraction_of_a_percent_is_points_and_said_to_be() -> None:
    figures, (note,) = read("spent=0.85")
    assert figures["spent"].value == Decimal("0.85")
    assert (note.code, note.variant, note.severity) == ("cell-ambiguous-percent", "typed", Severity.NOTE)
    assert (note.params["points"], note.params["fraction"]) == ("0.85%", "85%")


def test_a_percent_is_worked_out_of_its_parts_exactly() -> None:
    assert read("paid=2", "budget=3").figures["spent"].value == Fraction(200, 3)
    assert not read("paid=0", "budget=0").figures["spent"].applicable
    assert read("spent=66.67", "paid=2", "budget=3").figures["spent"].value == Fraction(200, 3)


@pytest.mark.parametrize(
    ("typed", "code", "variant"),
    [
        (["spend=85"], "unknown-measure", "typed-near"),
        (["nothing_like_it=85"], "unknown-measure", "typed"),
        (["households=85"], "unknown-measure", "typed-elsewhere"),
        (["spent=102"], "cell-out-of-range", ""),
        (["spent=abc"], "cell-not-a-number", "prose"),
        (["plan=85"], "cell-not-a-flag", ""),
        (["spent=85", "ใช้จ่าย (%)=85"], "conflicting-values", "typed"),
        (["spent=90", "paid=2", "budget=3"], "ratio-mismatch", ""),
    ],
)
def test_what_cannot_be_read_is_refused(typed: list[str], code: str, variant: str) -> None:
    (found,) = read(*typed).diagnostics
    assert (found.code, found.variant, found.severity, found.place) == (code, variant, Severity.ERROR, None)


@pytest.mark.parametrize(
    ("typed", "indicator", "message", "help_"),
    [
        ("spend=85", None, "T1 has no measure “spend”", "did you mean `spent`?"),
        ("xyz=1", None, "T1 has no measure “xyz”", "it has: spent, paid, budget, plan"),
        (
            "households=1",
            None,
            "T1 has no measure “households”: that is one of T2",
            "T1 has: spent, paid, budget, plan",
        ),
        ("plan=5", "T1", "T1, plan: “5” is neither yes nor no", "write มี or ไม่มี, or 1 or 0"),
        ("spent=0.85", "T1", "T1, spent: “0.85” is taken as 0.85%", "write 85% if that is what you mean"),
    ],
)
def test_a_refusal_can_be_said(typed: str, indicator: str | None, message: str, help_: str) -> None:
    (found,) = read(typed).diagnostics
    assert (found.indicator, *describe(found, "en")) == (indicator, message, help_)


def test_all_refusals_come_at_once() -> None:
    assert len(read("spent=102", "plan=85", "spend=1").diagnostics) == 3


def test_figures_stand_beside_what_is_refused() -> None:
    figures, (refused,) = read("spent=85.5%", "ใช้จ่าย (%)=85")
    assert (figures["spent"].value, figures["spent"].raw) == (Decimal("85.5"), "85.5%")
    assert refused.params == {"measure": "spent"}
    (mismatch,) = read("spent=90", "paid=2", "budget=3").diagnostics
    assert mismatch.params["entity"] == "T1"
