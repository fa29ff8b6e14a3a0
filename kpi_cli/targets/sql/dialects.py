"""The engines that a query can be written for, and what each of them keeps exact."""

from __future__ import annotations

from typing import NamedTuple


class Dialect(NamedTuple):
    """An engine's SQL. `grammar` is sqlglot's name for it; `longest_name` counts bytes, None is any length.

    `inlines_steps`: it would put the expressions of a step wherever a later step names them, and compute them over and
    over, unless it is told to keep the step.
    """

    title: str
    grammar: str
    has_decimals: bool = True
    longest_name: int | None = None
    inlines_steps: bool = False


_POSTGRESQL = Dialect("PostgreSQL", "postgres", longest_name=63, inlines_steps=True)

DIALECTS = {
    "duckdb": Dialect("DuckDB", "duckdb"),
    "postgresql": _POSTGRESQL,
    "postgres": _POSTGRESQL,
    "spark": Dialect("Spark", "spark"),
    "sqlite": Dialect("SQLite", "sqlite", has_decimals=False),
}
"""By the name that `--dialect` takes."""
