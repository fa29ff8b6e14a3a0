"""`unused-measure`: a measure that is reported for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.checks.subject import Subject
from kpi_cli.diagnostics import Diagnostic, Path, Severity
from kpi_cli.rules.ast import measures_of


def find_unused_measures(subject: Subject) -> Iterator[Diagnostic]:
    """A warning for each measure that no rule reads, unless a percent that is read may be worked out from it."""
    indicator = subject.indicator
    read = {name for rule in indicator.rules for name in measures_of(rule)}
    ratios = (indicator.measures[name].ratio for name in read)
    parts = {name for ratio in ratios if ratio for name in (ratio.part, ratio.whole)}
    for name in indicator.measures:
        if name not in read | parts:
            place = Path((*subject.keys, "measures", name), on_key=True)
            params = {"measure": name}
            # The witness is what `accept` names it by: `at: {spare: null}`.
            yield subject.diagnose("unused-measure", Severity.WARNING, place, params, witness={name: None})
