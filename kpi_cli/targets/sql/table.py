"""The name of a table as a person types it, read by the grammar of its engine."""

from __future__ import annotations

from sqlglot import ParseError, TokenError, exp, parse_one

from kpi_cli.targets.sql.dialects import Dialect
from kpi_cli.targets.sql.query import STEPS
from kpi_cli.targets.sql.ranks import SUFFIX

_STEPS = frozenset(name for name, _ in STEPS)  # a table of that name would be hidden by them


def read_table_name(text: str, dialect: Dialect) -> exp.Table | None:
    """The table that `text` names, such as `results` or `warehouse.results`; None where it is no name of a table."""
    try:
        table = parse_one(text, into=exp.Table, dialect=dialect.grammar)
    except (ParseError, TokenError):
        return None
    parts = [table.args.get(part) for part in ("this", "db", "catalog")]
    named = isinstance(table, exp.Table) and all(part is None or isinstance(part, exp.Identifier) for part in parts)
    plain = named and not set(table.args) - {"this", "db", "catalog"}
    name = table.name.lower()
    if not plain or ((name in _STEPS or name.endswith(SUFFIX)) and not table.db):
        return None
    return exp.table_(*(each and exp.to_identifier(each.name, quoted=_is_quoted(each)) for each in parts))


def _is_quoted(name: exp.Identifier) -> bool:
    """Whether capitals and signs are meant as they stand."""
    return bool(name.quoted)
