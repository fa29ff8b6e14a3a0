"""What an explanation looks like on a terminal and as Markdown, in both languages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from syrupy.assertion import SnapshotAssertion

from kpi_cli.model import Measure, Ratio
from kpi_cli.render.explain.markdown import render_explanation_markdown
from kpi_cli.render.explain.terminal import render_explanation, render_trial
from kpi_cli.render.explain.words import tell_changes, tell_decision, tell_no_step, tell_standing
from kpi_cli.render.figure_words import show_figure, show_value, tell_source
from kpi_cli.render.text import display_width
from kpi_cli.render.translate import translate
from kpi_cli.rules.ast import AllOf
from kpi_cli.rules.parser import parse_unary
from kpi_cli.rules.values import Value
from kpi_cli.scoring.explain import explain_figures
from kpi_cli.scoring.figures import Figure
from tests.unit.render.explanations import ALPHA, DIGITS, RECORDS, SCORED, explain
from tests.unit.render.reports import SPENDING, STEPS
from tests.unit.scoring.small_sets import COUNT, indicator, rule

EN = translate("en")
PERCENT = Measure(type="percent", title="p")
BAHT = Measure(type="number", title="b", unit="บาท")
both = pytest.mark.parametrize("language", ["en", "th"])


@both
def test_a_whole_explanation(golden: SnapshotAssertion, language: str) -> None:
    shown = render_explanation(explain(), DIGITS, language=language, colour=False, width=80)  # type: ignore[arg-type]
    assert shown == golden(name=f"explain-{language}")


@both
def test_one_indicator_with_its_notes(golden: SnapshotAssertion, language: str) -> None:
    alone = explain().only("T1")
    shown = render_explanation(alone, DIGITS, language=language, colour=False, width=80)  # type: ignore[arg-type]
    assert shown == golden(name=f"explain-indicator-{language}")


@both
def test_figures_typed_in(golden: SnapshotAssertion, language: str) -> None:
    tried = explain_figures(STEPS, {"plan": Figure(value=True, raw="มี")}, scale=5)
    assert render_trial(tried, language=language, colour=False, width=80) == golden(name=f"try-{language}")  # type: ignore[arg-type]


@both
def test_a_page_to_send(golden: SnapshotAssertion, language: str) -> None:
    assert render_explanation_markdown(explain(), DIGITS, SCORED, language) == golden(
        name=f"markdown-explain-{language}"
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.entity.code)
def test_no_line_is_wider_than_the_terminal(width: int, record: object) -> None:
    explained = explain(record.entity)  # type: ignore[attr-defined]
    wide = [
        line
        for line in render_explanation(explained, DIGITS, language="th", colour=False, width=width).splitlines()
        if display_width(line) > max(width, 76)  # a table has columns that give way only so far
    ]
    assert wide == []


def test_colour_changes_nothing_but_colour() -> None:
    import re

    plain = render_explanation(explain(), DIGITS, language="en", colour=False, width=80)
    coloured = render_explanation(explain(), DIGITS, language="en", colour=True, width=80)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


@pytest.mark.parametrize(
    ("value", "measure", "tests", "shown"),
    [
        (Decimal("95"), PERCENT, (), "95%"),
        (Decimal("1250.5"), BAHT, (), "1250.5 บาท"),
        (True, PERCENT, (), "yes"),
        ("fair", PERCENT, (), "fair"),
        (Fraction(200, 3), PERCENT, (), "66.67% (200/3)"),
        (Fraction(173, 2), PERCENT, (), "86.5%"),
        # 89.99888... % looks like 90.00 % at two digits, and is not
        (Fraction(8_099_900, 90_000), PERCENT, (">= 90",), "89.999% (80999/900)"),
        (Fraction(8_099_900, 90_000), PERCENT, (">= 80",), "90.00% (80999/900)"),
    ],
)
def test_a_value_is_shown_with_the_digits_that_justify_its_verdict(
    value: Value, measure: Measure, tests: tuple[str, ...], shown: str
) -> None:
    assert show_value(value, measure, EN, tuple(map(parse_unary, tests))) == shown


def test_figures_and_where_they_stand() -> None:
    assert show_figure(Figure(), PERCENT, EN) == "missing"
    assert show_figure(Figure(applicable=False), PERCENT, EN) == "not applicable"
    assert tell_source(Figure(), EN) == ""
    assert tell_source(Figure(Decimal(85), "85", "f.csv[C5]"), EN) == "f.csv[C5]"
    assert tell_source(Figure(Decimal(85), "๘๕%", "f.csv[C5]"), EN) == "f.csv[C5], typed “๘๕%”"
    assert tell_source(Figure(Decimal(85), "85%"), EN) == "typed “85%”"


@pytest.mark.parametrize(
    ("current", "said"),
    [
        (Decimal(90), "a > 95 (has 90%: 5.01 more)"),
        (Fraction(250, 3), "a > 95 (has 83.33%: 11.68 more)"),  # 11.6766..., rounded up
        (None, "a > 95 (missing)"),
    ],
)
def test_what_a_change_takes(current: Value | None, said: str) -> None:
    one = indicator("A", when=[rule(a="> 95")], measures={"a": PERCENT})
    assert tell_changes(explain_figures(one, {"a": Figure(current)}, scale=1), EN) == [said]


@pytest.mark.parametrize(
    ("low", "said"),
    [
        ("< 50", "a: report the figure (missing; any value will do)"),  # level 1 or 2, whatever it is
        ("(0..50)", "a > 0 (missing)"),  # 0 reaches no level
    ],
)
def test_a_missing_figure_of_which_any_value_does_is_asked_for_in_words(low: str, said: str) -> None:
    one = indicator("A", when=[rule(a=low), rule(a=">= 50")], measures={"a": PERCENT})
    assert tell_changes(explain_figures(one, {"a": Figure(None)}, scale=2), EN) == [said]


def test_less_is_said_where_lower_is_better() -> None:
    one = indicator("A", when=[rule(a="< 5")], measures={"a": PERCENT.model_copy(update={"better": "lower"})})
    assert tell_changes(explain_figures(one, {"a": Figure(Decimal(7))}, scale=1), EN) == ["a < 5 (has 7%: 2.01 less)"]


@pytest.mark.parametrize(
    ("policy", "value", "said"),
    [
        ("highest", 2, ["the rule of level 2 is the highest that holds"]),
        ("highest", 0, ["no level's rule holds"]),
        ("highest", None, ["no level's rule surely holds", "level 3 is still possible; missing: x"]),
        ("ladder", 2, ["the rules up to level 2 hold, and that of level 3 does not"]),
        ("ladder", 3, ["the rules of all levels hold"]),
        ("ladder", 0, ["the rule of level 1 does not hold, and no level counts without it"]),
        (
            "ladder",
            None,
            [
                "the rule of level 1 is open, and no level counts without it",
                "level 3 is still possible; missing: x",
            ],
        ),
    ],
)
def test_what_decided(policy: str, value: int | None, said: list[str]) -> None:
    one = indicator("X", policy=policy, scale=3, measures={"x": COUNT})  # type: ignore[arg-type]
    figure = Figure(None if value is None else Decimal(value))
    assert list(tell_decision(explain_figures(one, {"x": figure}, scale=3), EN)) == said


def test_why_there_is_no_next_level() -> None:
    falling = indicator("X", when=[rule(x="< 5")], measures={"x": COUNT})
    assert tell_no_step(explain_figures(falling, {"x": Figure(Decimal(9))}, scale=1), EN) == (
        "no better figure reaches a higher level"
    )
    top = explain_figures(falling, {"x": Figure(Decimal(1))}, scale=1)
    assert tell_no_step(top, EN) == tell_no_step(explain_figures(SPENDING, {}, scale=5), EN) == ""
    share = {"x": Measure(type="percent", title="X", ratio=Ratio(part="y", whole="z")), "y": COUNT, "z": COUNT}
    part = indicator("X", when=[rule(x="< 5"), AllOf((rule(x="< 5"), rule(z=">= 30")))], measures=share)
    assert tell_no_step(explain_figures(part, {"x": Figure(Decimal(1))}, scale=2), EN) == (
        "no better figure reaches a higher level without another one for z"
    )
    assert "too many" in tell_no_step(top._replace(too_large=True), EN)


def test_where_an_entity_stands() -> None:
    team, own = explain().sections
    assert tell_standing(team, DIGITS, EN) == "22.00-52.00 of 100 points · rank 1 of 2 · incomplete"
    assert tell_standing(own, DIGITS, EN) == "0.00 of 100 points · rank 1 of 1"
    beta, gamma = (explain(record.entity) for record in RECORDS[1:])
    assert tell_standing(beta.sections[1], DIGITS, EN) == "not applicable"
    assert tell_standing(gamma.sections[0], DIGITS, EN) == "not reported"
    assert explain().entity == ALPHA
