"""The few expressions of SQL that every part of the query is made of; each call makes new nodes.

What is handed over belongs to the whole that it becomes a part of: sqlglot would copy it at every step, and a set of a
hundred indicators came to twelve copies of its query.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlglot import exp

from kpi_cli.rules.values import canonical_number

INTEGER_DIGITS, DECIMALS = 16, 8
"""What a figure may have: products of a figure and a threshold still fit the 38 digits that the engines keep."""
COUNT_DIGITS = 15
"""A thousandfold of it still fits 64 bits, in which engines multiply whole numbers."""
_PLAIN_FACTOR = 3


def all_of(conditions: Iterable[exp.Expr]) -> exp.Expr:
    """`a AND b AND ...`; true of none."""
    listed = tuple(conditions)
    return exp.and_(*listed, copy=False) if listed else exp.true()


def any_of(conditions: Iterable[exp.Expr]) -> exp.Expr:
    """`a OR b OR ...`; false of none."""
    listed = tuple(conditions)
    return exp.or_(*listed, copy=False) if listed else exp.false()


def negate(condition: exp.Expr) -> exp.Not:
    """`NOT a`."""
    return exp.not_(condition, copy=False)


def choose(cases: Iterable[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr | None = None) -> exp.Case:
    """`CASE WHEN condition THEN value ... ELSE otherwise END`."""
    return exp.Case(ifs=[exp.If(this=condition, true=value) for condition, value in cases], default=otherwise)


def column(name: str) -> exp.Column:
    """A column by its name."""
    return exp.column(name, quoted=True)


def name_column(expression: exp.Expr, name: str, comment: str = "") -> exp.Alias:
    """`expression AS "name"`, with a comment behind it."""
    alias = exp.Alias(this=expression, alias=exp.to_identifier(name, quoted=True))
    if comment:
        alias.add_comments([" ".join(comment.split())])
    return alias


def number(value: Decimal | int) -> exp.Expr:
    """An exact number; one with decimals is cast, since an engine may take a bare literal for a float."""
    text = canonical_number(Decimal(value))
    literal = exp.Literal.number(text)
    whole, _, decimals = text.lstrip("-").partition(".")
    if not decimals:
        return literal
    return cast_decimal(literal, digits=len(whole.lstrip("0")) + len(decimals), decimals=len(decimals))


def cast_decimal(expression: exp.Expr, *, digits: int, decimals: int = 0) -> exp.Cast:
    """`expression` as a decimal of so many digits, `decimals` of them behind the point."""
    kind = exp.DataType(
        this=exp.DataType.Type.DECIMAL,
        expressions=[exp.DataTypeParam(this=exp.Literal.number(size)) for size in (digits, decimals)],
    )
    return exp.Cast(this=expression, to=kind)


def cast_bigint(expression: exp.Expr) -> exp.Cast:
    """`expression` as a whole number of 64 bits."""
    return exp.Cast(this=expression, to=exp.DataType(this=exp.DataType.Type.BIGINT))


def cast_double(expression: exp.Expr) -> exp.Cast:
    """`expression` as a float: for a first look alone."""
    return exp.Cast(this=expression, to=exp.DataType(this=exp.DataType.Type.DOUBLE))


def multiply(factor: Decimal | int, name: str) -> exp.Expr:
    """`factor * "name"`, as simply as it can be said; a long factor in more digits than 64 bits have."""
    if factor in (0, 1):
        return column(name) if factor else number(0)
    digits = sum(map(str.isdigit, canonical_number(Decimal(factor))))
    wide = cast_decimal(column(name), digits=INTEGER_DIGITS + DECIMALS, decimals=DECIMALS)
    return exp.Mul(this=number(factor), expression=wide if digits > _PLAIN_FACTOR else column(name))


def divide(dividend: exp.Expr, divisor: exp.Expr) -> exp.IntDiv:
    """How many times `divisor` goes into `dividend`, both whole."""
    return exp.IntDiv(this=exp.Paren(this=dividend), expression=exp.Paren(this=divisor))


def add(terms: list[exp.Expr]) -> exp.Expr:
    """The sum of `terms`; 0 of none."""
    total, *rest = terms or [number(0)]
    for term in rest:
        total = exp.Add(this=total, expression=term)
    return total


def is_present(name: str) -> exp.Expr:
    """`"name" IS NOT NULL`."""
    return exp.Not(this=is_missing(name))


def is_missing(name: str) -> exp.Expr:
    """`"name" IS NULL`."""
    return exp.Is(this=column(name), expression=exp.null())


def between(value: exp.Expr, low: exp.Expr, high: exp.Expr) -> exp.Between:
    """`value BETWEEN low AND high`, both among them."""
    return exp.Between(this=value, low=low, high=high)
