"""What DuckDB is not asked to do: it is refused, and the Python engine named."""

from __future__ import annotations

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.model import IndicatorSet
from kpi_cli.rules.ast import count_comparisons

MOST_TEXTS = 100_000
"""Texts of one column, or names, that are not plain and differ: each is read once, by Python."""
MOST_ROWS = 1_000
"""Rows in doubt that are read; of the rest it is said how many there are."""

SMALL_WIDTH, SMALL_WORK, SMALL_ODD, SMALL_COLUMNS = 1_100, 70_000_000, 45, 2_000
"""Of a file of less than a megabyte: how wide the query may be, how often as wide as that for all rows, columns of
texts that are not plain, and columns of any kind. `benchmarks/wide.py` scores the fullest."""
_WIDTH_OF_A_MEASURE = 5


class EngineLimitError(Exception):
    """A file that the Python engine must read: the diagnostic that says so."""

    def __init__(self, file: str, variant: str, **params: object) -> None:
        super().__init__(file, variant, params)
        self.diagnostic = Diagnostic("engine-limit", Severity.ERROR, Place(file), params, variant)


def check_width(definition: IndicatorSet, file: str) -> int:
    """How wide the query of a set is; raises `EngineLimitError` where it is too wide for a small file."""
    measures = sum(len(indicator.measures) for indicator in definition.indicators)
    comparisons = sum(count_comparisons(rule) for indicator in definition.indicators for rule in indicator.rules)
    width = len(definition.indicators) + comparisons + _WIDTH_OF_A_MEASURE * measures
    if width > SMALL_WIDTH:
        raise EngineLimitError(file, "wide", measures=measures, comparisons=comparisons)
    return width


def check_breadth(file: str, columns: int) -> None:
    """Raises `EngineLimitError` where a small file has more columns than DuckDB has memory for."""
    if columns > SMALL_COLUMNS:
        raise EngineLimitError(file, "columns", count=f"{columns:,}", limit=f"{SMALL_COLUMNS:,}")


def check_work(file: str, *, rows: int, odd: int, width: int) -> None:
    """Raises `EngineLimitError` where a small file has more rows, or `odd` columns, than DuckDB has time for."""
    most = SMALL_WORK // width
    if rows > most:
        raise EngineLimitError(file, "work", rows=f"{rows:,}", limit=f"{most:,}")
    if odd > SMALL_ODD:
        raise EngineLimitError(file, "odd", count=odd, limit=SMALL_ODD)
