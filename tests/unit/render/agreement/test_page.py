from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from syrupy.assertion import SnapshotAssertion

from kpi_cli import load_set
from kpi_cli.definition.find import find_shipped
from kpi_cli.model import Accept, Measure, Period, Source
from kpi_cli.render.agreement.markdown import render_agreement_markdown, render_indicator_markdown
from kpi_cli.render.agreement.page import render_agreement, render_indicator
from kpi_cli.render.agreement.words import describe_measure, describe_remarks, describe_set
from kpi_cli.render.rule_words import split_rule
from kpi_cli.render.text import display_width
from kpi_cli.render.translate import Language, translate
from kpi_cli.rules.ast import AllOf, AnyOf, Compare, Either, Interval, Is, Negation, OneOf, Rule, Test, UnaryTest
from tests.unit.render.reports import SET, SPENDING, STEPS, compare

EN, TH = translate("en"), translate("th")
A, B = compare("a", ">=", "1"), Test("b", Is(flag=True))


@pytest.mark.parametrize("language", ["en", "th"])
def test_whole_set(golden: SnapshotAssertion, language: str) -> None:
    shown = render_agreement(SET, language=language, colour=False, width=80)  # type: ignore[arg-type]
    assert shown == golden(name=f"show-{language}")


@pytest.mark.parametrize("language", ["en", "th"])
def test_one_indicator(golden: SnapshotAssertion, language: str) -> None:
    shown = render_indicator(SPENDING, language=language, colour=False, width=80)  # type: ignore[arg-type]
    assert shown == golden(name=f"show-indicator-{language}")


def test_markdown(golden: SnapshotAssertion) -> None:
    assert render_agreement_markdown(SET, "th") == golden(name="show-markdown-th")
    assert render_indicator_markdown(STEPS, "en") == golden(name="show-markdown-indicator-en")


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("width", [60, 80])
def test_no_line_of_the_shipped_set_is_wider_than_the_screen(width: int, language: Language) -> None:
    definition = load_set(str(find_shipped().id)).definition
    assert definition is not None
    pages = [render_agreement(definition, language=language, colour=False, width=width)]
    pages += [render_indicator(one, language=language, colour=False, width=width) for one in definition.indicators]
    assert max(display_width(line) for page in pages for line in page.splitlines()) <= width


@pytest.mark.parametrize("width", [50, 80, 100])
def test_pages_keep_their_width(width: int) -> None:
    lines = render_agreement(SET, language="th", colour=False, width=width).splitlines()
    assert max(map(display_width, lines)) <= width
    assert lines == [line.rstrip() for line in lines]


def test_without_a_width_nothing_is_folded() -> None:
    text = "ยาวมาก" * 100
    level = STEPS.levels[1].model_copy(update={"text": text})
    indicator = STEPS.model_copy(update={"levels": {**STEPS.levels, 1: level}})
    assert text in render_indicator(indicator, language="en", colour=False, width=None)


def test_colour_only_where_asked_for() -> None:
    assert "\x1b" in render_agreement(SET, language="en", colour=True, width=80)
    assert "\x1b" not in render_agreement(SET, language="en", colour=False, width=80)


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        (A, ["a >= 1"]),
        (AllOf((A, B)), ["a >= 1", "and b is yes"]),
        (AllOf((A, AnyOf((A, B)))), ["a >= 1", "and (a >= 1 or b is yes)"]),
        (AllOf((AnyOf((A, B)),)), ["a >= 1 or b is yes"]),
        (AnyOf((A, B)), ["a >= 1 or b is yes"]),
        (AllOf(()), ["always"]),
    ],
)
def test_split_rule(rule: Rule, lines: list[str]) -> None:
    assert split_rule(rule, EN) == lines


def test_words_of_a_rule_are_translated() -> None:
    no = Test("b", Is(flag=False))
    shown = split_rule(AllOf((B, AnyOf((A, AllOf((A, no)))))), TH)
    assert shown == ["b เป็น ใช่", "และ (a >= 1 หรือ (a >= 1 และ b เป็น ไม่ใช่))"]


@pytest.mark.parametrize(
    ("unary", "english", "thai"),
    [
        (Interval(Decimal(0), Decimal(75), low_closed=True, high_closed=True), "from 0 to 75", "ตั้งแต่ 0 ถึง 75"),
        (Interval(Decimal(0), Decimal(75), low_closed=False, high_closed=True), "above 0 to 75", "มากกว่า 0 ถึง 75"),
        (
            Interval(Decimal(0), Decimal(75), low_closed=True, high_closed=False),
            "from 0 to below 75",
            "ตั้งแต่ 0 ถึงน้อยกว่า 75",
        ),
        (
            Interval(Decimal(0), Decimal(75), low_closed=False, high_closed=False),
            "above 0 to below 75",
            "มากกว่า 0 ถึงน้อยกว่า 75",
        ),
        (Either((Compare("=", Decimal(1)), Compare(">", Decimal(2)))), "(= 1 or > 2)", "(= 1 หรือ > 2)"),
        (Negation(Compare("=", Decimal(1))), "not (= 1)", "ไม่ใช่ (= 1)"),
        (OneOf(("ดี", "พอใช้")), "is ดี or พอใช้", "เป็น ดี หรือ พอใช้"),
    ],
)
def test_tests_in_words(unary: UnaryTest, english: str, thai: str) -> None:
    assert split_rule(Test("a", unary), EN) == [f"a {english}"]
    assert split_rule(Test("a", unary), TH) == [f"a {thai}"]


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure(type="flag", title="x"), "yes or no"),
        (
            Measure(type="percent", title="x", better="lower", not_applicable="allowed"),
            "percent, lower is better, may be not applicable",
        ),
        (Measure(type="count", title="x", range=(Decimal(0), None), unit="คลิป"), "whole number, คลิป, from 0 to …"),
        (Measure(type="choice", title="x", choices=("ดี", "พอใช้")), "one of a list, choices: ดี / พอใช้"),
        (SPENDING.measures["spent"], "percent, or spent_baht * 100 / budget_baht"),
    ],
)
def test_describe_measure(measure: Measure, words: str) -> None:
    assert describe_measure(measure, EN) == words


def test_remarks_name_what_they_are_about() -> None:
    accepts = (
        Accept(code="level-gap", at={"a": Decimal(80), "b": None}, why="x"),
        Accept(code="unused-measure", why="y"),
        Accept(code="text-mismatch", level=2, why="z"),
    )
    remarks = list(describe_remarks(STEPS.model_copy(update={"accept": accepts}), EN))
    assert remarks == [
        "note on level 5: ไม่รวมหนี้ที่ตัดจ่าย",
        "accepted a = 80, b = -: values that reach no level (level-gap), because: x",
        "accepted: a measure that no rule reads (unused-measure), because: y",
        "accepted level 2: the rule is not what the text says (text-mismatch), because: z",
    ]


def test_head_of_a_set() -> None:
    period = Period.model_validate({"from": datetime.date(2020, 10, 1), "to": datetime.date(2021, 3, 31)})
    shown = dict(describe_set(SET.model_copy(update={"period": period, "note": "a\nb"}), EN))
    assert shown["period"] == "2020-10-01 – 2021-03-31"
    assert shown["note"] == "a b"


def test_thai_dates_are_of_the_buddhist_era() -> None:
    source = Source(document="ที่ บร ๐๐๑๙/ว ๑๓๖๖", date=datetime.date(2021, 2, 25))
    shown = dict(describe_set(SET.model_copy(update={"source": source}), TH))
    assert shown["ที่มา"] == "ที่ บร ๐๐๑๙/ว ๑๓๖๖ (25 ก.พ. 2564)"
