"""The JSON contracts `kpi.explain/1` (DESIGN section 7) and `kpi.try/1`, apart from the classes inside."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.render.json_v1 import Json, diagnostic_objects, figure_object, json_value
from kpi_cli.render.numbers import round_to_json, show_plain
from kpi_cli.render.translate import Language
from kpi_cli.rules.printer import print_unary
from kpi_cli.scoring.explain import EntityExplanation, IndicatorExplanation, SectionExplanation, Step
from kpi_cli.scoring.next_level import Change
from kpi_cli.scoring.trace import TracedRule, TracedTest

EXPLAIN_SCHEMA = "kpi.explain/1"
TRY_SCHEMA = "kpi.try/1"


def explain_document(
    explained: EntityExplanation | None, diagnostics: Iterable[Diagnostic], language: Language
) -> Json:
    """The `kpi.explain/1` document; `diagnostics` stand in it where there are any, alone where nothing is scored."""
    entity = None if explained is None else {"code": explained.entity.code, "name": explained.entity.name}
    sections = () if explained is None else explained.sections
    found = list(diagnostic_objects(diagnostics, language))
    return {
        "schema": EXPLAIN_SCHEMA,
        "entity": entity,
        "sections": [_section_object(section) for section in sections],
        **({"diagnostics": found} if found else {}),
    }


def _section_object(section: SectionExplanation) -> Json:
    return {
        "id": section.id,
        "score": round_to_json(section.row.score),
        "rank": section.row.rank,
        "indicators": [_indicator_object(one) for one in section.indicators],
    }


def trial_document(explained: IndicatorExplanation, diagnostics: Iterable[Diagnostic], language: Language) -> Json:
    """The `kpi.try/1` document: an indicator as in `kpi.explain/1`, its figures, its notes, and what was found."""
    indicator = explained.indicator
    return {
        "schema": TRY_SCHEMA,
        **_indicator_object(explained),
        "status": explained.status.value,
        "missing": list(explained.missing),
        "values": {name: figure_object(figure) for name, figure in explained.figures.items()},
        "note": indicator.note,
        "accepted": [{"code": one.code, "level": one.level, "why": one.why} for one in indicator.accept],
        "diagnostics": diagnostic_objects(diagnostics, language),
    }


def refused_trial_document(id_: str, diagnostics: Iterable[Diagnostic], language: Language) -> Json:
    """The `kpi.try/1` document where the figures, or the set, were refused: no level, and why."""
    return {
        "schema": TRY_SCHEMA,
        "id": id_,
        "level": None,
        "diagnostics": diagnostic_objects(diagnostics, language),
    }


def _indicator_object(explained: IndicatorExplanation) -> Json:
    return {
        "id": explained.indicator.id,
        "level": explained.level,
        "possible_level": explained.possible_level,
        "points": round_to_json(explained.points),
        "weight": show_plain(explained.indicator.weight),
        "rules": [_rule_object(rule) for rule in explained.rules],
        "next": None if explained.next is None else _step_object(explained.next),
    }


def _rule_object(rule: TracedRule) -> Json:
    return {
        "level": rule.level,
        "text": rule.text,
        "holds": rule.holds,
        "tests": [_test_object(test) for test in rule.tests],
    }


def _test_object(trace: TracedTest) -> Json:
    return {
        "measure": trace.test.measure,
        "test": print_unary(trace.test.unary),
        "value": json_value(trace.figure.value),
        "cell": trace.figure.cell,
        "holds": trace.holds,
    }


def _step_object(step: Step) -> Json:
    return {
        "level": step.level,
        "gain": round_to_json(step.gain),
        "changes": [_change_object(change) for change in step.changes],
    }


def _change_object(change: Change) -> Json:
    return {
        "measure": change.measure,
        "from": json_value(change.current),
        "to": print_unary(change.to),
        "example": json_value(change.example),
    }
