"""The name of a table as a person types it, read by the grammar of its engine."""

from __future__ import annotations

from sqlglot import ParseError, TokenError, exp, parse_one

from kpi_cli.targets.sql.dialects import Dialect
from kpi_cli.targets.sql.query import STEPS
from kpi_cli.targets.sql.ranks import SUFFIX

_STEPS = frozenset(name for name, _ in STEPS)
# What PostgreSQL and SQLite do not take for a name without quotes (their lists of key words); the others take more.
_KEY_WORDS = """
add all alter analyse analyze and any array as asc asymmetric authorization autoincrement between binary both case cast
check collate collation column commit concurrently constraint create cross current_catalog current_date current_role
current_schema current_time current_timestamp current_user default deferrable delete desc distinct do drop else end
escape except exists false fetch for foreign freeze from full grant group having if ilike in index indexed initially
inner insert intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not nothing
notnull null offset on only or order outer overlaps placing primary references returning right select session_user set
similar some symmetric system_user table tablesample then to trailing transaction true union unique update user using
values variadic verbose when where window with
"""
_RESERVED = frozenset(_KEY_WORDS.split())


def is_step(table: exp.Table) -> bool:
    """Whether a step of the query has the name of `table`, and would hide it."""
    name = table.name.lower()
    return (name in _STEPS or name.endswith(SUFFIX)) and not table.db


def read_table_name(text: str, dialect: Dialect) -> exp.Table | None:
    """The table that `text` names, such as `results` or `warehouse.results`; None where it is no name of a table."""
    try:
        table = parse_one(text, into=exp.Table, dialect=dialect.grammar)
    except (ParseError, TokenError):
        return None
    parts = [table.args.get(part) for part in ("this", "db", "catalog")]
    named = isinstance(table, exp.Table) and all(part is None or _is_name(part) for part in parts)
    plain = named and not set(table.args) - {"this", "db", "catalog"}
    if not plain or any(each.comments for each in table.walk()) or not text.isprintable():
        return None
    name, schema, catalog = (each and _quote(each) for each in parts)
    return exp.table_(name, schema, catalog)


def _is_name(part: exp.Expr) -> bool:
    return isinstance(part, exp.Identifier) and bool(part.name)


def _quote(name: exp.Identifier) -> exp.Identifier:
    """`name` as it was typed; a key word in quotes, in small letters as PostgreSQL takes what has none."""
    if name.quoted or name.name.lower() not in _RESERVED:
        return exp.to_identifier(name.name, quoted=bool(name.quoted))
    return exp.to_identifier(name.name.lower(), quoted=True)
