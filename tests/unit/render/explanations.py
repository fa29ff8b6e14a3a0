"""Explanations of the small agreement in `reports`: figures made by hand, scored by the scorer itself."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kpi_cli.render.numbers import section_digits
from kpi_cli.render.report import Report
from kpi_cli.scoring.explain import EntityExplanation, explain_entity
from kpi_cli.scoring.figures import Entity, Figure, Record
from kpi_cli.scoring.score import score_records
from tests.unit.render.reports import FILE, SET, make_report

ALPHA = Entity("3101", "เมือง <b>")  # what comes from a file stays text


def cell(raw: str, at: str, value: Decimal | bool | None) -> Figure:
    return Figure(value, raw, f"{FILE}[{at}]")


RECORDS = (
    Record(
        ALPHA,
        {
            "spent": Figure(Fraction(200, 3)),
            "spent_baht": cell("2", "Team!C5", Decimal(2)),
            "budget_baht": cell("3", "Team!D5", Decimal(3)),
            "po": Figure(None, "-", f"{FILE}[Team!E5]"),
            "garden": cell("89.995%", "Team!F5", Decimal("89.995")),
            "plan": cell("ไม่มี", "Own!C5", value=False),
            "share": cell("15", "Own!D5", Decimal(15)),
        },
    ),
    Record(Entity("3102", "Beta"), {"garden": Figure(Decimal(100)), "share": Figure(applicable=False)}),
    Record(Entity("3103", "Gamma")),
)
SCORECARD = score_records(SET, RECORDS)
DIGITS = section_digits(SCORECARD, SET)
SCORED: Report = make_report(scorecard=SCORECARD)


def explain(entity: Entity = ALPHA) -> EntityExplanation:
    return explain_entity(SET, SCORECARD, entity)
