"""The template shows what `kpi score` gives for the same file, at every cell point, as LibreOffice works it out."""

from __future__ import annotations

import os
import pathlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kpi_cli.checks.suggest import suggest_cases
from kpi_cli.model import EntityKind, Indicator, IndicatorSet, Measure, Ratio, RosterEntry, Section
from kpi_cli.model.answers import NO, NOT_APPLICABLE, YES
from kpi_cli.rules.ast import Rule, Test
from kpi_cli.scoring.score import score_records
from kpi_cli.scoring.scorecard import SectionRanking
from kpi_cli.space.dimensions import build_dimensions
from kpi_cli.workflows import load_set_file, read_results
from tests.agreement.generated_indicators import indicators
from tests.agreement.sheets import Typed, as_shown, fill_template, read_shown, recalculate

SHIPPED = pathlib.Path(__file__).parents[2] / "indicators" / "fy2564_round1.yaml"
SETS = int(os.environ.get("KPI_EXCEL_SETS", "2"))
MOST_ROWS = 700
Row = Mapping[str, Typed]
SEED = 2564
# What is refused of random ranges counts as missing (--keep-going), in the sheet as well.
REFUSED = {"ratio-out-of-range", "ratio-whole-zero"}


def compare(definition: IndicatorSet, path: pathlib.Path) -> list[str]:
    """Every place where the sheets of a recalculated template and `kpi score` of the same file differ."""
    results = read_results([str(path)], definition)
    assert {one.code for one in results.diagnostics if one.severity == "error"} <= REFUSED
    scored = score_records(definition, results.records)
    shown = read_shown(path, len(definition.sections))
    pairs = zip(scored.sections, shown, strict=True)
    return [difference for ranking, rows in pairs for difference in _compare_section(ranking, rows)]


def _compare_section(ranking: SectionRanking, rows: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    assert {row.entity.name for row in ranking.rows} == set(rows)
    for row in ranking.rows:
        shown = rows[row.entity.name]
        wanted: dict[str, object] = {f"{ranking.id}:score": as_shown(row.score), f"{ranking.id}:rank": row.rank}
        for one in row.indicators:
            wanted[f"{one.id}:level"] = "n/a" if one.level is None else one.level
            wanted[f"{one.id}:points"] = as_shown(one.points)
        for name, value in wanted.items():
            if not _same(shown[name], value):
                figures = {key: item for key, item in shown.items() if key and ":" not in key and item is not None}
                yield f"{name}: shown {shown[name]!r}, scored {value!r}, of {figures}"


def _same(shown: object, wanted: object) -> bool:
    if isinstance(wanted, float):
        return isinstance(shown, int | float) and abs(shown - wanted) < 1e-9
    return shown == wanted or (wanted is None and shown == "")


def list_rows(indicator: Indicator) -> list[Row]:
    """The figures of every cell point of an indicator, missing ones among them, then those around each threshold."""
    choices: list[list[Typed]] = []
    dimensions = build_dimensions(indicator)
    for dimension in dimensions:
        values: list[Typed] = [cell.sample for cell in dimension.cells]
        values += [cut for cut in dimension.thresholds if any(cell.holds(cut) for cell in dimension.cells)]
        if dimension.measure.not_applicable == "allowed":
            values.append(NOT_APPLICABLE[0])
        choices.append([*dict.fromkeys(values), None])
    names = [dimension.name for dimension in dimensions]
    points: list[Row] = [dict(zip(names, values, strict=True)) for values in product(*choices)]
    around: list[Row] = [case.given for case in suggest_cases(indicator)]
    return [*points, *around, *_list_ratios(indicator, around)]


def _list_ratios(indicator: Indicator, around: Sequence[Row]) -> Iterator[Row]:
    """The same percents, and nothing of nothing, by the figures that they are worked out from."""
    for name, measure in indicator.measures.items():
        if measure.ratio is None:
            continue
        part, whole = measure.ratio.part, measure.ratio.whole
        for row in around:
            value = row[name]
            if isinstance(value, Decimal):
                rest = {key: item for key, item in row.items() if key != name}
                yield {**rest, part: value * 100, whole: Decimal(10_000)}
        for figures in ((7, 10), (3, 3), (1, 3), (2, 3), (0, 9), (29, 100), (57, 100), (0, None), (None, 5)):
            yield {**around[0], name: None, **dict(zip((part, whole), figures, strict=True))}  # type: ignore[dict-item]
        if measure.not_applicable == "allowed":
            yield {**around[0], name: None, part: Decimal(0), whole: Decimal(0)}
            yield {**around[0], name: None, part: None, whole: Decimal(0)}


def write_answers(rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """The rows as people would write them: yes and no in one of their words."""
    words = {True: [*YES, 1, True], False: [*NO, 0, False]}
    return [
        {name: chance.choice(words[value]) if isinstance(value, bool) else value for name, value in row.items()}
        for row in rows
    ]


def lay_side_by_side(definition: IndicatorSet, chance: random.Random) -> list[Row]:
    """Rows that hold every point of every indicator: each takes its own from the top, again and again."""
    lists = [list_rows(indicator) for indicator in definition.indicators]
    for points in lists:
        chance.shuffle(points)
    rows: list[Row] = []
    for number in range(max(map(len, lists))):
        row: dict[str, Typed] = {}
        for points in lists:
            row |= points[number % len(points)]
        rows.append(row)
    return [{}, *rows]


def with_roster(definition: IndicatorSet, size: int) -> IndicatorSet:
    names = tuple(RosterEntry(code=f"C{number}", name=f"District {number}") for number in range(size))
    return definition.model_copy(update={"entity": EntityKind(title="district", roster=names)})


def show_differences(definition: IndicatorSet, folder: pathlib.Path) -> tuple[int, list[str]]:
    chance = random.Random(SEED)
    rows = write_answers(lay_side_by_side(definition, chance), chance)
    large = with_roster(definition, len(rows))
    path = recalculate(fill_template(large, rows), folder)
    return len(rows), compare(large, path)


def test_at_every_point_of_every_indicator_of_the_shipped_set(tmp_path: pathlib.Path) -> None:
    definition = load_set_file(SHIPPED).definition
    assert definition is not None
    count, differences = show_differences(definition, tmp_path)
    assert differences == []
    assert count > 100


@st.composite
def reported_indicators(draw: st.DrawFn) -> Indicator:
    """A random indicator, whose percents may be ratios and whose figures may be not applicable."""
    indicator = draw(indicators())
    measures: dict[str, Measure] = {}
    for name, measure in indicator.measures.items():
        allowed = draw(st.sampled_from(["refused", "refused", "allowed"]))
        ratio = Ratio(part=f"{name}_part", whole=f"{name}_whole") if measure.type == "percent" else None
        measures[name] = measure.model_copy(update={"not_applicable": allowed, "ratio": ratio})
        if ratio is not None:
            kind = draw(st.sampled_from(["number", "count"]))
            measures |= {one: Measure(type=kind, title=one) for one in (ratio.part, ratio.whole)}
    return indicator.model_copy(update={"measures": measures})


@st.composite
def sets(draw: st.DrawFn) -> IndicatorSet:
    """A section of random indicators and weights, each with ids of its own."""
    drawn = draw(st.lists(reported_indicators(), min_size=12, max_size=12))
    weights = st.sampled_from([Decimal(1), Decimal("2.5"), Decimal("33.33"), Decimal(10)])
    items = [_rename(one, f"X{number}", draw(weights)) for number, one in enumerate(drawn)]
    section = Section(id="s", title="S", indicators=tuple(items))
    return IndicatorSet(kpi=1, id="random", title="Random", scale=4, sections=(section,))


def _rename(indicator: Indicator, id_: str, weight: Decimal) -> Indicator:
    """The same under another id, and its measures under ids and titles that no other has; levels up to the scale."""
    prefix = id_.lower()
    measures = {
        f"{prefix}_{name}": measure.model_copy(
            update={
                "title": f"{id_} {name}",
                "ratio": measure.ratio
                and Ratio(part=f"{prefix}_{measure.ratio.part}", whole=f"{prefix}_{measure.ratio.whole}"),
            }
        )
        for name, measure in indicator.measures.items()
    }
    levels = {
        number: level.model_copy(update={"when": _prefix_rule(level.when, prefix)})
        for number, level in indicator.levels.items()
    }
    update = {"id": id_, "title": id_, "weight": weight, "measures": measures, "levels": levels}
    return indicator.model_copy(update=update)


def _prefix_rule(rule: Rule, prefix: str) -> Rule:
    if isinstance(rule, Test):
        return replace(rule, measure=f"{prefix}_{rule.measure}")
    return replace(rule, rules=tuple(_prefix_rule(part, prefix) for part in rule.rules))


@settings(
    max_examples=SETS,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(sets())
def test_at_every_point_of_random_sets(tmp_path_factory: pytest.TempPathFactory, definition: IndicatorSet) -> None:
    _, differences = show_differences(definition, tmp_path_factory.mktemp("random"))
    assert differences == []
