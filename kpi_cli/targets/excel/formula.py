"""The pieces of a formula: literals and joins, within the limits of Excel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from kpi_cli.rules.values import canonical_number, exact_text

LONGEST_FORMULA = 8_192
DEEPEST_NESTING = 64
MOST_ARGUMENTS = 255
LONGEST_LITERAL = 255
MOST_DIGITS = 15
_NOT_IN_CELLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What no cell holds: what is compared with one must not have it either."""

TRUE, FALSE = "TRUE", "FALSE"
Join = Literal["AND", "OR", "SUM", "MAX", "MIN", "COUNT", "COUNTA"]


def write_number(number: Decimal | Fraction) -> str:
    """A number as a literal, in full."""
    return exact_text(number)


def is_exact(number: Decimal) -> bool:
    """Whether a spreadsheet reads `number` as it is: of a literal it keeps fifteen digits, and rounds the rest away."""
    return len(canonical_number(number).replace("-", "").replace(".", "").strip("0")) <= MOST_DIGITS


def write_text(text: str) -> str:
    """A text as a literal; a long one in pieces, since no literal may be longer than 255 characters."""
    text = _NOT_IN_CELLS.sub("", text)
    pieces = [text[start : start + LONGEST_LITERAL] for start in range(0, len(text), LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def call(function: Join, parts: Iterable[str]) -> str:
    """`function` of any number of parts, nested where there are more than Excel takes."""
    parts = list(parts)
    while len(parts) > MOST_ARGUMENTS:
        chunks = (parts[start : start + MOST_ARGUMENTS] for start in range(0, len(parts), MOST_ARGUMENTS))
        parts = [f"{function}({','.join(chunk)})" for chunk in chunks]
    return f"{function}({','.join(parts)})"


def all_of(parts: Iterable[str]) -> str:
    """Whether every part is true; of none at all it is."""
    return _join("AND", list(parts), empty=TRUE)


def any_of(parts: Iterable[str]) -> str:
    """Whether some part is true; of none at all it is not."""
    return _join("OR", list(parts), empty=FALSE)


def _join(function: Literal["AND", "OR"], parts: Sequence[str], *, empty: str) -> str:
    if not parts:
        return empty
    return parts[0] if len(parts) == 1 else call(function, parts)


def fits_excel(formula: str) -> bool:
    """Whether Excel would open `formula`, as it stands behind an equals sign."""
    depth = deepest = 0
    for sign in formula:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return len(formula) < LONGEST_FORMULA and deepest <= DEEPEST_NESTING
