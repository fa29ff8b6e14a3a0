"""What DuckDB is not asked to do: it is refused, and the Python engine named."""

from __future__ import annotations

from kpi_cli.diagnostics import Diagnostic, Place, Severity

MOST_TEXTS = 100_000
"""Texts of one column, or names, that are not plain and differ: each is read once, by Python."""
MOST_ROWS = 1_000
"""Rows in doubt that are read; of the rest it is said how many there are."""


class EngineLimitError(Exception):
    """A file that the Python engine must read: the diagnostic that says so."""

    def __init__(self, file: str, variant: str, **params: object) -> None:
        super().__init__(file, variant, params)
        self.diagnostic = Diagnostic("engine-limit", Severity.ERROR, Place(file), params, variant)
