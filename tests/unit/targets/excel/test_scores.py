from __future__ import annotations

from decimal import Decimal

from kpi_cli.targets.excel.scores import (
    Weighed,
    Weights,
    compile_points,
    compile_possible,
    compile_rank,
    compile_reported,
    compile_score,
    tells_apart,
)

WEIGHTS = Weights((Weighed(Decimal(25), "F9"), Weighed(Decimal("33.3"), "H9", True), Weighed(Decimal(41), None)), 5)


def test_points_are_of_the_weights_that_apply() -> None:
    formula = compile_points(WEIGHTS, Decimal(25), "F9")
    assert formula == 'IF(ISNUMBER(F9),100*25*F9/(5*(66+33.3*ISNUMBER(H9))),"")'


def test_what_stands_on_another_sheet_always_applies() -> None:
    weights = Weights((Weighed(Decimal(10), None, True), Weighed(Decimal(90), "F9")), 4)
    assert compile_points(weights, Decimal(90), "F9") == 'IF(ISNUMBER(F9),100*90*F9/(4*(100)),"")'


def test_the_score_is_none_where_nothing_is_reported_or_applies() -> None:
    formula = compile_score(["G9", "I9"], ["F9", "H9"], reported="COUNTA(C9)>0")
    assert formula == 'IF(AND(COUNTA(C9)>0,COUNT(F9,H9)>0),ROUND(SUM(G9,I9),10),"")'


def test_the_possible_score_weighs_possible_levels() -> None:
    two = Weights(WEIGHTS.indicators[:2], 5)
    assert compile_possible(two, ["P9", "Q9"]) == "ROUND(100*1*SUM(N(P9)*25,N(Q9)*33.3)/(5*(25+33.3*ISNUMBER(H9))),10)"


def test_ranks_are_shared() -> None:
    assert compile_rank("Z9", "Z$9:Z$31") == 'IF(ISNUMBER(Z9),RANK(Z9,Z$9:Z$31),"")'


def test_a_dash_reports_nothing() -> None:
    formula = compile_reported(["C9:E9", "H9"], "C9:H9")
    assert formula.startswith('COUNTA(C9:E9,H9)-COUNTIF(C9:H9,"-")')
    assert formula.endswith('-COUNTIF(C9:H9,"ไม่รายงาน")>0')


def test_scores_that_look_equal_are_known() -> None:
    """Where a weight may be left out two scores may differ by as little as one in the square of all weights."""
    assert tells_apart([Decimal("33.33"), Decimal("66.67")], 5, may_lack=True)
    assert not tells_apart([Decimal("33.33333"), Decimal("66.66667")], 5, may_lack=True)
    assert tells_apart([Decimal("33.33333"), Decimal("66.66667")], 5, may_lack=False)
    assert not tells_apart([Decimal("33.3333333333"), Decimal("66.6666666667")], 5, may_lack=False)
