"""What is to be said of a cell that was read: why it is refused, or that it shows a number across a threshold."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.results.set_index import CellReading, SetIndex, crosses_threshold


def describe_reading(
    found: CellReading, place: Place, name: str, measure: str, index: SetIndex
) -> Iterator[Diagnostic]:
    """The finding about the cell of `name` at `place`, if there is one."""
    said = {"entity": name, "measure": measure, "raw": found.raw}
    indicator, refusal, value, shown = index.owner[measure], found.refusal, found.answer, found.displayed
    if refusal is not None:
        params = {**said, **refusal.params}
        yield Diagnostic(refusal.code, Severity.ERROR, place, params, refusal.variant, indicator=indicator)
    elif (
        isinstance(value, Decimal)
        and shown is not None
        and crosses_threshold(index.thresholds[measure], value=value, shown=shown)
    ):
        params = {**said, "value": value, "displayed": shown}
        yield Diagnostic("display-rounding", Severity.NOTE, place, params, indicator=indicator)
