"""What the formulas look like; that they decide as the scorer does is held by `tests/agreement`, in LibreOffice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpi_cli.model import Indicator, Level, Measure, Ratio
from kpi_cli.rules.ast import AllOf, AnyOf, Either, Is, Negation, OneOf, Rule, Test
from kpi_cli.rules.parser import parse_unary
from kpi_cli.targets.excel.levels import compile_levels, prove_rule

NUMBER = Measure(type="number", title="n", range=(None, None))
MEASURES = {
    "n": NUMBER,
    "p": Measure(type="percent", title="p"),
    "c": Measure(type="count", title="c", range=(Decimal(0), Decimal(3))),
    "f": Measure(type="flag", title="f"),
    "k": Measure(type="choice", title="k", choices=("ดี", "พอใช้", "ต้องแก้")),
    "r": Measure(type="percent", title="r", range=(None, None), ratio=Ratio(part="n", whole="w")),
    "w": Measure(type="number", title="w"),
}
CELLS = {name: f"{name.upper()}1" for name in MEASURES}


def make_indicator(*rules: Rule, policy: str = "highest", measures: dict[str, Measure] | None = None) -> Indicator:
    levels = {number: Level(when=rule) for number, rule in enumerate(rules, start=1)}
    return Indicator.model_validate(
        {"id": "X", "title": "X", "weight": 1, "policy": policy, "measures": measures or MEASURES, "levels": levels}
    )


def test_of(measure: str, text: str) -> Test:
    return Test(measure, parse_unary(text))


test_of.__test__ = False  # type: ignore[attr-defined]

A, B = test_of("n", "> 1"), test_of("n", "= 2")


@pytest.mark.parametrize(
    ("rule", "holds", "fails"),
    [
        (A, "IF(ISNUMBER(N1),N1>1,FALSE)", "IF(ISNUMBER(N1),N1<=1,FALSE)"),
        (B, "IF(ISNUMBER(N1),N1=2,FALSE)", "IF(ISNUMBER(N1),N1<>2,FALSE)"),
        (
            test_of("p", ">= 75"),
            "IF(ISNUMBER(P1),AND(P1>=0,P1<=100,P1>=75),FALSE)",
            "IF(ISNUMBER(P1),AND(P1>=0,P1<=100,P1<75),FALSE)",
        ),
        (
            test_of("c", "[1..2)"),
            "IF(ISNUMBER(C1),AND(C1>=0,C1<=3,C1=INT(C1),AND(C1>=1,C1<2)),FALSE)",
            "IF(ISNUMBER(C1),AND(C1>=0,C1<=3,C1=INT(C1),OR(C1<1,C1>=2)),FALSE)",
        ),
        (
            test_of("n", "not(< 1, > 2)"),
            "IF(ISNUMBER(N1),AND(N1>=1,N1<=2),FALSE)",
            "IF(ISNUMBER(N1),OR(N1<1,N1>2),FALSE)",
        ),
        (
            AllOf((A, B)),
            "AND(IF(ISNUMBER(N1),N1>1,FALSE),IF(ISNUMBER(N1),N1=2,FALSE))",
            "OR(IF(ISNUMBER(N1),N1<=1,FALSE),IF(ISNUMBER(N1),N1<>2,FALSE))",
        ),
        (
            AnyOf((A, B)),
            "OR(IF(ISNUMBER(N1),N1>1,FALSE),IF(ISNUMBER(N1),N1=2,FALSE))",
            "AND(IF(ISNUMBER(N1),N1<=1,FALSE),IF(ISNUMBER(N1),N1<>2,FALSE))",
        ),
        (AllOf(()), "TRUE", "FALSE"),
        (AnyOf(()), "FALSE", "TRUE"),
        (Test("k", OneOf(("ดี",))), 'TRIM(K1)="ดี"', 'OR(TRIM(K1)="พอใช้",TRIM(K1)="ต้องแก้")'),
        (
            Test("k", Negation(Either((OneOf(("ดี",)), OneOf(("พอใช้",)))))),
            'AND(OR(TRIM(K1)="พอใช้",TRIM(K1)="ต้องแก้"),OR(TRIM(K1)="ดี",TRIM(K1)="ต้องแก้"))',
            'OR(TRIM(K1)="ดี",TRIM(K1)="พอใช้")',
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_proves_a_rule_and_what_disproves_it(rule: Rule, holds: str, fails: str) -> None:
    indicator = make_indicator(rule)
    assert prove_rule(rule, indicator, CELLS, true=True) == holds
    assert prove_rule(rule, indicator, CELLS, true=False) == fails


def test_a_flag_is_true_by_its_words_and_false_by_its_words_alone() -> None:
    yes, no = (prove_rule(Test("f", Is(flag)), make_indicator(A), CELLS, true=True) for flag in (True, False))
    assert "|มี|" in yes
    assert "|ไม่มี|" in no
    assert prove_rule(Test("f", Is(True)), make_indicator(A), CELLS, true=False) == no


def test_a_ratio_is_compared_without_a_division_and_with_the_sign_of_what_may_be_negative() -> None:
    formula = prove_rule(test_of("r", ">= 75"), make_indicator(A), CELLS, true=True)
    assert "N1*100>=75*W1" in formula
    assert "/" not in formula
    negative = {**MEASURES, "w": NUMBER}
    formula = prove_rule(test_of("r", ">= 75"), make_indicator(A, measures=negative), CELLS, true=True)
    assert "N1*100*SIGN(W1)>=75*ABS(W1)" in formula


def test_the_policies() -> None:
    one, two = "IF(ISNUMBER(N1),N1>1,FALSE)", "IF(ISNUMBER(N1),N1=2,FALSE)"
    highest = compile_levels(make_indicator(A, B), CELLS, not_applicable="n/a")
    assert highest.proven == f"MAX(IF({one},1,0),IF({two},2,0))"
    assert highest.possible.startswith("MAX(IF(NOT(IF(ISNUMBER(N1),N1<=1,FALSE)),1,0)")
    ladder = compile_levels(make_indicator(A, B, policy="ladder"), CELLS, not_applicable="n/a")
    assert ladder.proven == f"MIN(IF({one},2,0),IF({two},2,1))"


def test_not_applicable_is_a_text_in_place_of_a_level() -> None:
    allowed = {**MEASURES, "r": MEASURES["r"].model_copy(update={"not_applicable": "allowed"})}
    proven, possible = compile_levels(make_indicator(A, measures=allowed), CELLS, not_applicable="n/a")
    for formula in (proven, possible):
        assert formula.startswith("IF(OR(ISNUMBER(FIND(")
        assert '"n/a",MAX(' in formula
    assert "W1=0,N(N1)=0,NOT(ISNUMBER(R1))" in proven
