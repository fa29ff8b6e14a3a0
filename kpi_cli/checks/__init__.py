"""What `kpi validate` proves about a set, one module a family of findings."""

from collections.abc import Iterator

from kpi_cli.checks.cases import find_failed_cases
from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import IndicatorSet


def check_set(definition: IndicatorSet) -> Iterator[Diagnostic]:
    """Every finding about a set that could be read, with paths for places."""
    yield from find_failed_cases(definition)
