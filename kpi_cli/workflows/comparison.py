"""What comparing two sides came to, whether they are two sets or two scorings."""

from __future__ import annotations

from typing import NamedTuple

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.render.report import Comparison
from kpi_cli.workflows.sets import ChosenSet


class ComparisonRun(NamedTuple):
    """What a comparison came to, the two sets it chose (None for one that was not found), and options that are wrong.

    `some_reported` says whether there is anything to rank on both sides, with or without what was refused.
    """

    comparison: Comparison
    old: ChosenSet | None
    new: ChosenSet | None
    usage_errors: tuple[Diagnostic, ...] = ()
    some_reported: bool = False


def add_movement(comparison: Comparison) -> Comparison:
    """`comparison` with what moved, where both sides score."""
    before, after = comparison.old.scorecard, comparison.new.scorecard
    if before is None or after is None:
        return comparison
    from kpi_cli.scoring.compare import compare_scorecards

    return comparison._replace(movement=compare_scorecards(old=before, new=after))
