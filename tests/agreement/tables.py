"""Tables of results for every engine at once: each cell of each indicator, and rows at random; and what Python says."""

from __future__ import annotations

import csv
import pathlib
import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from kpi_cli.model import Indicator, IndicatorSet, Measure
from kpi_cli.results.ratios import apply_ratios, list_ratios
from kpi_cli.rules.values import Value, exact_text, round_half_up
from kpi_cli.scoring.figures import Entity, Figure, Record
from kpi_cli.scoring.score import score_records
from kpi_cli.scoring.scorecard import EntityScore, SectionRanking
from kpi_cli.space.dimensions import build_dimensions

KINDS = {
    "percent": "DECIMAL(24, 8)",
    "number": "DECIMAL(24, 8)",
    "count": "BIGINT",
    "flag": "BOOLEAN",
    "choice": "VARCHAR",
}
NOT_APPLICABLE = "n/a"

Given = Mapping[str, Value | None]
"""Measure -> value, None is missing; the word `NOT_APPLICABLE` stands for itself."""
Row = dict[str, str]


class Table(NamedTuple):
    """Rows as they are loaded: entity -> what it reported."""

    definition: IndicatorSet
    said: bool
    rows: dict[str, Given]

    @property
    def kinds(self) -> dict[str, str]:
        measures = self.definition.measures
        kinds = {"entity": "VARCHAR", **{name: KINDS[measure.type] for name, measure in measures.items()}}
        return kinds | {f"{name}:na": "BOOLEAN" for name in self._told()}

    def _told(self) -> list[str]:
        return [
            name for name, each in self.definition.measures.items() if self.said and each.not_applicable == "allowed"
        ]

    def write(self, path: pathlib.Path) -> pathlib.Path:
        told = self._told()
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(self.kinds)
            for entity, given in self.rows.items():
                values = [_show(given.get(name)) for name in self.definition.measures]
                writer.writerow([entity, *values, *("true" if given.get(n) == NOT_APPLICABLE else "" for n in told)])
        return path


def _show(value: Value | None) -> str:
    return "" if value is None or value == NOT_APPLICABLE else exact_text(value)


def list_cells(indicator: Indicator, *, said: bool) -> Iterator[Given]:
    """Every cell of an indicator with each figure missing too, percents given as ratios too, and not applicable."""
    dimensions = build_dimensions(indicator)
    choices = [(None, *(cell.sample for cell in dimension.cells)) for dimension in dimensions]
    for values in product(*choices):
        given = {dimension.name: value for dimension, value in zip(dimensions, values, strict=True)}
        yield given
        if any(indicator.measures[name].ratio for name in given):
            yield _as_ratios(given, indicator)
    for name, measure in indicator.measures.items():
        if measure.not_applicable == "allowed":
            if measure.ratio:
                yield {measure.ratio.whole: Decimal(0)}
                yield {measure.ratio.whole: Decimal(0), measure.ratio.part: Decimal(0)}
            if said:
                yield {name: NOT_APPLICABLE}


def _as_ratios(given: Given, indicator: Indicator) -> Given:
    """The same with each percent that may be one as a ratio, of a whole that makes its part a whole number."""
    told = dict(given)
    for name, value in given.items():
        ratio = indicator.measures[name].ratio
        if ratio and isinstance(value, Decimal):
            del told[name]
            whole = 100 * Fraction(value).denominator
            told[ratio.part], told[ratio.whole] = Decimal(int(value * whole / 100)), Decimal(whole)
    return told


def draw_rows(definition: IndicatorSet, count: int, *, said: bool, seed: int, unsound: float = 0) -> Iterator[Given]:
    """So many rows, drawn around the thresholds; figures are missing or not applicable now and then.

    Of the ratios such a part is `unsound`: no percent that may be, and refused where somebody typed it.
    """
    draw = random.Random(seed)
    limits = {
        dimension.name: dimension.thresholds
        for indicator in definition.indicators
        for dimension in build_dimensions(indicator)
    }
    for _ in range(count):
        silent = draw.random() < 0.01
        row = {} if silent else _draw_row(definition, limits, draw, said=said)
        yield row if not unsound else _spoil_ratios(row, definition, draw, unsound)


def _spoil_ratios(row: Given, definition: IndicatorSet, draw: random.Random, part: float) -> Given:
    """The same row, with a ratio here and there beyond its range, of nothing, or not applicable and yet reported."""
    spoilt = dict(row)
    for name, measure in definition.measures.items():
        ratio = measure.ratio
        if ratio is None or draw.random() >= part:
            continue
        ways: list[Given] = [
            {ratio.part: Decimal(1_201), ratio.whole: Decimal(1_000), name: None},
            {ratio.part: Decimal(7), ratio.whole: Decimal(0), name: None},
            {ratio.part: None, ratio.whole: Decimal(0), name: Decimal(50)},
        ]
        spoilt |= draw.choice(ways)
        if draw.random() < 0.2:  # all that was reported
            return {each: spoilt.get(each) for each in (name, ratio.part, ratio.whole)}
    return spoilt


def _draw_row(
    definition: IndicatorSet, limits: Mapping[str, Sequence[Decimal]], draw: random.Random, *, said: bool
) -> Given:
    row: dict[str, Value | None] = {}
    for indicator in definition.indicators:
        for name, measure in indicator.measures.items():
            if name in indicator.ratio_parts or draw.random() < 0.03:
                continue
            if said and measure.not_applicable == "allowed" and draw.random() < 0.05:
                row[name] = NOT_APPLICABLE
            elif measure.ratio and draw.random() < 0.6:
                row |= _draw_ratio(name, indicator, draw)
            else:
                row[name] = _draw_value(measure, limits.get(name, ()), draw)
    return row


def _draw_ratio(name: str, indicator: Indicator, draw: random.Random) -> dict[str, Value]:
    measure = indicator.measures[name]
    ratio = measure.ratio
    assert ratio is not None
    scale = Decimal("0.01") if indicator.measures[ratio.whole].type == "number" else Decimal(1)
    allowed = measure.not_applicable == "allowed"
    whole = draw.randint(0 if allowed else 1, draw.choice([3, 30, 1_000_000]))
    part = draw.randint(0, whole)
    row: dict[str, Value] = {ratio.part: part * scale, ratio.whole: whole * scale}
    if whole and draw.random() < 0.3:
        row[name] = round_half_up(Fraction(100 * part, whole), 2)
    return row


def _draw_value(measure: Measure, thresholds: Sequence[Decimal], draw: random.Random) -> Value:
    if measure.type == "flag":
        return draw.random() < 0.7
    if measure.type == "choice":
        return draw.choice(measure.choices or ())
    step = Decimal(1) if measure.type == "count" else draw.choice([Decimal("0.01"), Decimal("0.00000001"), Decimal(1)])
    low, high = measure.bounds
    value = draw.choice(thresholds or (Decimal(1),)) + step * draw.randint(-2, 8)
    value = value if low is None else max(value, low)
    value = value if high is None else min(value, high)
    return value.to_integral_value() if measure.type == "count" else value


# What is told of, and what `_spoil_ratios` makes of a row; a percent that its parts contradict only Python sees.
_SPOILT = {
    ("display-rounding", "ratio"),
    ("ratio-out-of-range", ""),
    ("ratio-whole-zero", "part-left"),
    ("ratio-whole-zero", ""),
    ("ratio-mismatch", "whole-zero"),
}


def expect(table: Table, tie_break: Sequence[str] = ()) -> dict[str, Row]:
    """What Python makes of a table, by entity, as the text that the columns of the query hold."""
    indicators = table.definition.indicators
    records = []
    for entity, given in table.rows.items():
        figures = {
            name: Figure(None if value == NOT_APPLICABLE else value, applicable=value != NOT_APPLICABLE)
            for name, value in given.items()
            if value is not None
        }
        settled, found = apply_ratios(Entity(None, entity), figures, list_ratios(indicators), _no_place)
        assert _SPOILT.issuperset((each.code, each.variant) for each in found), found
        records.append(Record(Entity(None, entity), settled))
    card = score_records(table.definition, records, tie_break=tie_break)
    expected: dict[str, Row] = {entity: {} for entity in table.rows}
    for section in card.sections:
        for row in section.rows:
            expected[row.entity.name] |= describe_row(row, section)
    return expected


def _no_place(_figure: Figure) -> None:
    return None


def describe_row(row: EntityScore, section: SectionRanking) -> Row:
    """A row of a ranking as the columns of the query hold it."""
    own = {
        f"{section.id}:score": _round(row.score),
        f"{section.id}:possible": _round(row.possible),
        f"{section.id}:rank": "" if row.rank is None else str(row.rank),
        f"{section.id}:complete": exact_text(row.complete),
        f"{section.id}:grade": row.grade or "",
    }
    for one in row.indicators:
        own[f"{one.id}:level"] = "" if one.level is None else str(one.level)
        own[f"{one.id}:possible_level"] = "" if one.possible_level is None else str(one.possible_level)
        own[f"{one.id}:points"] = _round(one.points)
    return own


def _round(score: Fraction | None) -> str:
    return "" if score is None else format(round_half_up(score, 6), "f")


def normalise(name: str, text: str) -> str:
    """A column of an engine as `expect` writes it: decimals to six places, truths in words."""
    if text and name.endswith((":score", ":points", ":possible")):
        return format(Decimal(text).quantize(Decimal("0.000001")), "f")
    return {"t": "true", "f": "false"}.get(text, text) if name.endswith(":complete") else text
