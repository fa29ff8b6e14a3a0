"""Everything that is found about a set that could be read."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_cli.checks.cases import find_failed_cases
from kpi_cli.checks.proof import prove_set
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import IndicatorSet


def check_set(definition: IndicatorSet) -> Iterator[Diagnostic]:
    """The cases that fail, and what the proof finds, with paths for places."""
    yield from find_failed_cases(definition)
    yield from prove_set(definition)
