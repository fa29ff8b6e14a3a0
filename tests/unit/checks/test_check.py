"""What is found about a set that is asked for a scoring and not for its proof."""

from __future__ import annotations

import pytest

from kpi_cli.checks.check import check_for_scores
from kpi_cli.diagnostics import Severity
from tests.unit.checks.drafts import draft, load

PERCENT = "m: {type: percent, title: M}"
GAP, FALL = ('m: "< 80"', 'm: "> 80"'), ('m: ">= 60"', 'm: "[70..80]"')


@pytest.mark.parametrize(
    ("levels", "accept", "found"),
    [
        (GAP, (), ["level-gap"]),
        (FALL, (), ["not-monotone"]),
        (GAP, ("code: level-gap, at: {m: 80}, why: the memo leaves it out",), []),
        # no value reaches level 1, 0 reaches none, and > is mixed with >=: that does nobody wrong
        (('m: ">= 90"', 'm: "> 80"'), (), []),
        (('m: "< 80"', 'm: ">= 80"'), (), []),
    ],
)
def test_a_scoring_is_warned_of_better_values_at_lower_levels(
    levels: tuple[str, ...], accept: tuple[str, ...], found: list[str]
) -> None:
    definition = load(draft(PERCENT, levels, accept=accept)).definition
    assert definition is not None
    diagnostics = list(check_for_scores(definition))
    assert [(each.code, each.severity) for each in diagnostics] == [(code, Severity.WARNING) for code in found]
