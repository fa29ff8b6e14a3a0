"""Each step proposed for the shipped set, taken and scored again, brings its level and exactly its points."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from kpi_cli.model import IndicatorSet, Measure
from kpi_cli.rules.values import Value
from kpi_cli.scoring.explain import Explain, prepare_explanation
from kpi_cli.scoring.figures import Entity, Figure, Record
from kpi_cli.scoring.score import score_records
from kpi_cli.scoring.scorecard import Scorecard
from kpi_cli.workflows import load_set

ENTITIES = 60


@pytest.fixture(scope="module")
def shipped() -> IndicatorSet:
    definition = load_set("fy2564-round1").definition
    assert definition is not None
    return definition


def _draw_figure(measure: Measure, rng: random.Random) -> Figure:
    if measure.not_applicable == "allowed" and rng.random() < 0.1:
        return Figure(applicable=False)
    return Figure(None if rng.random() < 0.1 else _draw_value(measure, rng))


def _draw_value(measure: Measure, rng: random.Random) -> Value:
    match measure.type:
        case "flag":
            return rng.random() < 0.6
        case "percent":
            high = int(min(measure.bounds[1] or 100, 100))
            return Decimal(rng.choice([0, high * 100, *[rng.randint(0, high * 100) for _ in range(4)]])).scaleb(-2)
        case "count":
            return Decimal(rng.randint(0, int(measure.bounds[1] or 12)))
    return Decimal(rng.randint(0, 30_000)).scaleb(-1)


def _make_records(definition: IndicatorSet) -> list[Record]:
    rng = random.Random(20210225)
    parts = {part for indicator in definition.indicators for part in indicator.ratio_parts}
    measures = {name: one for name, one in definition.measures.items() if name not in parts}
    return [
        Record(Entity(str(number), f"E{number}"), {name: _draw_figure(one, rng) for name, one in measures.items()})
        for number in range(ENTITIES)
    ]


def _take_steps(record: Record, explain: Explain) -> Iterator[tuple[str, int, Fraction, Record]]:
    for one in explain(record.entity).indicators:
        if one.next is not None:
            figures = {change.measure: Figure(change.example) for change in one.next.changes}
            taken = record._replace(figures={**record.figures, **figures})
            yield one.indicator.id, one.next.level, one.next.gain, taken


def _find(card: Scorecard, indicator: str) -> tuple[Fraction, int | None]:
    """The score of the section, and the level of the indicator in it."""
    for section in card.sections:
        for score in section.rows[0].indicators:
            if score.id == indicator:
                return section.rows[0].score or Fraction(), score.level
    raise LookupError(indicator)


def test_a_step_taken_brings_its_level_and_its_points(shipped: IndicatorSet) -> None:
    records = _make_records(shipped)
    explain = prepare_explanation(shipped, score_records(shipped, records))
    steps = 0
    for record in records:
        before = score_records(shipped, [record])
        for indicator, level, gain, taken in _take_steps(record, explain):
            score, reached = _find(score_records(shipped, [taken]), indicator)
            assert reached == level
            assert score == _find(before, indicator)[0] + gain
            steps += 1
    assert steps > ENTITIES * 8
