"""The formulas of a row: levels, points, score and rank beside the figures they are worked out from."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.render.template.plan import Kind, SheetPlan, level_id, points_id, possible_id
from kpi_cli.targets.excel.answers import may_be_not_applicable
from kpi_cli.targets.excel.levels import compile_levels
from kpi_cli.targets.excel.scores import (
    Weighed,
    Weights,
    compile_points,
    compile_possible,
    compile_rank,
    compile_reported,
    compile_score,
)


def write_formulas(plan: SheetPlan, row: int, not_applicable: str) -> Iterator[tuple[str, str]]:
    """Column id -> formula, with its equals sign, for every column of `row` that is worked out."""
    weights = _weigh_row(plan, row)
    for one in plan.indicators:
        if plan.is_live(one):
            cells = {name: plan.cell(name, row) for name in one.measures}
            levels = compile_levels(one, cells, not_applicable=not_applicable)
            yield level_id(one), f"={levels.proven}"
            yield possible_id(one), f"={levels.possible}"
            yield points_id(one), f"={compile_points(weights, one.weight, plan.cell(level_id(one), row))}"
    yield from _write_totals(plan, row, weights)


def _weigh_row(plan: SheetPlan, row: int) -> Weights:
    """What stands beside this sheet counts with its weight, as a file scored alone does."""
    here = [
        Weighed(one.weight, plan.cell(level_id(one), row) if plan.is_live(one) else None, may_be_not_applicable(one))
        for one in plan.indicators
    ]
    return Weights((*here, *(Weighed(one.weight, None) for one in plan.beside)), plan.scale)


def _write_totals(plan: SheetPlan, row: int, weights: Weights) -> Iterator[tuple[str, str]]:
    ids = {column.kind: column.id for column in plan.columns}
    if Kind.SCORE not in ids:
        return
    levels = [plan.cell(level_id(one), row) for one in plan.indicators]
    points = [plan.cell(points_id(one), row) for one in plan.indicators]
    possible = [plan.cell(possible_id(one), row) for one in plan.indicators]
    figures = [plan.inputs_of(one, row) for one in plan.indicators]
    reported = compile_reported(figures, f"{figures[0].split(':')[0]}:{figures[-1].split(':')[1]}")
    score = ids[Kind.SCORE]
    yield score, f"={compile_score(points, levels, reported=reported)}"
    yield ids[Kind.POSSIBLE_SCORE], f"={compile_possible(weights, possible)}"
    yield ids[Kind.RANK], f"={compile_rank(plan.cell(score, row), plan.span(score))}"
