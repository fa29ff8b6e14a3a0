"""What a cell is read as, as formulas: a figure within its range, yes or no, a choice, not applicable, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from kpi_cli.model import Indicator, Measure
from kpi_cli.model.answers import MISSING, NO, NOT_APPLICABLE, YES
from kpi_cli.rules.values import Number
from kpi_cli.targets.excel.formula import FALSE, all_of, any_of, write_number, write_text

Cells: TypeAlias = Mapping[str, str]
"""Measure -> the cell in which it is reported, such as `$E9`."""
_EDGE = "|"
_NUMERIC = frozenset({"percent", "number", "count"})


class Quantity(NamedTuple):
    """What is compared with a threshold: a cell; or of a ratio `part * 100`, with `threshold * whole`."""

    left: str
    times: str = ""

    def compare(self, operator: str, threshold: Number) -> str:
        """Whether the quantity stands so to `threshold`."""
        return f"{self.left}{operator}{write_number(threshold)}{self.times}"

    def within(self, measure: Measure) -> Iterator[str]:
        """What must hold for it to be in the range of `measure`."""
        low, high = measure.bounds
        if low is not None:
            yield self.compare(">=", low)
        if high is not None:
            yield self.compare("<=", high)


def is_number(measure: Measure, cell: str, also: Iterable[str] = ()) -> str:
    """Whether `cell` holds a number that `measure` may take, for which `also` is true."""
    whole = [f"{cell}=INT({cell})"] if measure.type == "count" else []
    conditions = [*Quantity(cell).within(measure), *whole, *also]
    # IF and not AND, which works out all its parts: text or an error in the cell must not spread.
    return f"IF(ISNUMBER({cell}),{all_of(conditions)},{FALSE})" if conditions else f"ISNUMBER({cell})"


def is_word(cell: str, words: Iterable[str]) -> str:
    """Whether `cell` says one of `words`; TRIM makes text of the number 1 and of a true cell as well.

    All of them are one text, since what validates or colours a cell may hold no list in braces; and FIND knows no
    wildcards.
    """
    listed = write_text(f"{_EDGE}{_EDGE.join(words)}{_EDGE}".upper())
    edge = write_text(_EDGE)
    return f"ISNUMBER(FIND({edge}&UPPER(TRIM({cell}))&{edge},{listed}))"


def is_yes(cell: str) -> str:
    """Whether `cell` says yes."""
    return is_word(cell, YES)


def is_no(cell: str) -> str:
    """Whether `cell` says no."""
    return is_word(cell, NO)


def is_choice(cell: str, names: Iterable[str]) -> str:
    """Whether `cell` names one of `names`."""
    return any_of(f"TRIM({cell})={write_text(' '.join(name.split()))}" for name in names)


def is_readable(measure: Measure, cell: str) -> str:
    """Whether `cell` holds what the reader takes for `measure`: an answer, or a word that says there is none."""
    words = [*MISSING, *(NOT_APPLICABLE if measure.not_applicable == "allowed" else ())]
    if measure.type == "flag":
        return is_word(cell, [*YES, *NO, *words])
    answer = is_number(measure, cell) if measure.type in _NUMERIC else is_choice(cell, measure.choices or ())
    return any_of([answer, is_word(cell, words)])


def is_not_applicable(indicator: Indicator, cells: Cells) -> str:
    """Whether some measure of `indicator` is not applicable: it says so, or it is a ratio of nothing."""
    parts = []
    for name, measure in indicator.measures.items():
        if measure.not_applicable == "allowed":
            parts.append(is_word(cells[name], NOT_APPLICABLE))
            parts += _is_of_nothing(indicator, name, cells)
    return any_of(parts)


def may_be_not_applicable(indicator: Indicator) -> bool:
    """Whether any measure of `indicator` may be not applicable."""
    return any(measure.not_applicable == "allowed" for measure in indicator.measures.values())


def _is_of_nothing(indicator: Indicator, name: str, cells: Cells) -> Iterator[str]:
    ratio = indicator.measures[name].ratio
    if ratio is not None:
        part, whole = cells[ratio.part], cells[ratio.whole]
        nothing = [f"{whole}=0", f"N({part})=0", f"NOT(ISNUMBER({cells[name]}))"]
        yield is_number(indicator.measures[ratio.whole], whole, nothing)
