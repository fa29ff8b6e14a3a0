"""Suggested cases as the lines of YAML that stand under `tests:`, an indicator after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpi_cli.checks.suggest import SuggestedCase
from kpi_cli.model import Indicator
from kpi_cli.render.json_text import quote
from kpi_cli.render.text import join_lines
from kpi_cli.rules.values import Value, exact_text


def render_cases(indicator: Indicator, cases: Iterable[SuggestedCase], *, column: int) -> str:
    """The id of the indicator as a key, under it a line for each case, which begins at `column` (from 1)."""
    head = f"# {indicator.id}: {join_lines(indicator.title)}\n{indicator.id}:\n"
    return head + "".join(f"{' ' * (column - 1)}- {line}\n" for line in _list_cases(cases))


def _list_cases(cases: Iterable[SuggestedCase]) -> Iterator[str]:
    for case in cases:
        given = ", ".join(f"{name}: {_show_value(value)}" for name, value in case.given.items())
        yield f"{{given: {{{given}}}, level: {case.level}}}"


def _show_value(value: Value) -> str:
    """A name in quotes: without them YAML may read another thing."""
    return quote(value) if isinstance(value, str) else exact_text(value)
