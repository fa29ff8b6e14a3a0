"""What reading a cell comes to: a value, nothing, "not applicable", or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from kpi_cli.results.cells import Kind, RawCell
from kpi_cli.results.cleanup import clean_figure
from kpi_cli.rules.values import Value

Percent: TypeAlias = Literal["refuse", "points", "fraction"]
"""What an unformatted 0.85 in a percent measure is: refused as ambiguous, 0.85 points, or a fraction, 85 points."""

LONGEST_TEXT = 1_000
"""No figure is longer; what is need not be looked at."""


class Refusal(NamedTuple):
    """Why a cell is refused: the code, the variant and the parameters of its diagnostic."""

    code: str
    variant: str = ""
    params: Mapping[str, object] = {}


class Reading(NamedTuple):
    """What a cell says. `displayed` is the number that its format shows, where that is another one."""

    raw: str = ""
    value: Value | None = None
    applicable: bool = True
    refusal: Refusal | None = None
    displayed: Decimal | None = None

    @property
    def speaks(self) -> bool:
        """Whether the cell holds, or was meant to hold, a figure; a line of prose below a table does not."""
        if self.refusal is not None:
            return self.refusal.variant != "prose"
        return self.value is not None or not self.applicable


def describe_stranger(cell: RawCell) -> str:
    """The variant for a cell that is no figure of its measure: a date, prose (no digits), or anything else."""
    if cell.kind is Kind.DATE:
        return "date"
    return "prose" if cell.kind is Kind.TEXT and not _looks_like_figure(cell.text) else ""


def _looks_like_figure(text: str) -> bool:
    cleaned = clean_figure(text[:LONGEST_TEXT]).replace("ร้อยละ", "")
    has_digits = any("0" <= character <= "9" for character in cleaned)
    return has_digits and not any(character.isalpha() for character in cleaned)
