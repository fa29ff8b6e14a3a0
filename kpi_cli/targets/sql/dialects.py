"""The engines that a query can be written for, and what each of them keeps exact."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Keep: TypeAlias = Literal["all", "shared", "none"]
"""Which steps are marked as to be kept: every one, those that several steps read, or none."""


class Dialect(NamedTuple):
    """An engine's SQL. `grammar` is sqlglot's name for it; `longest_name` counts bytes, None is any length.

    `keep` says which steps it must be told to keep, since it would put their expressions wherever a later step names
    them, and compute them over and over. `variable` begins what the engine puts other text in the place of, before it
    reads a query.
    """

    title: str
    grammar: str
    has_decimals: bool = True
    longest_name: int | None = None
    keep: Keep = "none"
    has_booleans: bool = True
    variable: str = ""


_POSTGRESQL = Dialect("PostgreSQL", "postgres", longest_name=63, keep="all")

DIALECTS = {
    "duckdb": Dialect("DuckDB", "duckdb", keep="shared"),
    "postgresql": _POSTGRESQL,
    "postgres": _POSTGRESQL,
    "spark": Dialect("Spark", "spark", variable="${"),
    "sqlite": Dialect("SQLite", "sqlite", has_decimals=False, has_booleans=False),
}
"""By the name that `--dialect` takes."""
