"""One raw cell and its measure to a value, or to the reason why it is refused (the table of DESIGN section 6).

Nothing here knows where the cell stands or whose it is, so that equal cells of a column are read once.
"""

from __future__ import annotations

from kpi_cli.model import Measure
from kpi_cli.model.names import clean_header
from kpi_cli.results.cell_number import parse_plain, read_number, settle_number
from kpi_cli.results.cells import Kind, RawCell, shorten_text
from kpi_cli.results.reading import LONGEST_TEXT, Percent, Reading, Refusal, describe_stranger
from kpi_cli.results.words import ERROR_TEXT, FLAGS, MISSING, NOT_APPLICABLE


def read_cell(cell: RawCell, *, measure: Measure, percent: Percent = "refuse") -> Reading:
    """The value of `cell`, in percent points for a percent, or why it has none."""
    if cell.kind is Kind.BLANK:
        return Reading()
    plain = parse_plain(cell) if measure.type in _NUMBERS else None
    if plain is not None:  # no word, no error and not too long to be shown
        return settle_number(cell.text, plain, cell, measure, percent, signed=False)
    raw = shorten_text(cell.text)
    broken = _find_broken(cell)
    if broken is not None:
        return Reading(raw, refusal=broken)
    word = clean_header(cell.text) if cell.kind is Kind.TEXT and len(cell.text) <= LONGEST_TEXT else ""
    choice = _find_choice(cell, measure)
    if choice is not None:
        return Reading(raw, choice)
    if word in MISSING:
        return Reading(raw)
    if word in NOT_APPLICABLE:
        return _read_not_applicable(raw, measure)
    return _read_figure(raw, word, cell, measure, percent)


_NUMBERS = frozenset({"percent", "number", "count"})
_BROKEN = {
    Kind.NOT_CALCULATED: Refusal("cell-not-calculated"),
    Kind.ERROR: Refusal("cell-error"),
    Kind.STRUCTURE: Refusal("cell-not-a-figure"),
    Kind.REPEATED: Refusal("cell-repeated-key"),
}


_ERRORS_BEGIN = "#Ee"  # as few figures do


def _find_broken(cell: RawCell) -> Refusal | None:
    if cell.kind is not Kind.TEXT:
        return _BROKEN.get(cell.kind)
    text = cell.text.strip()
    if text[:1] in _ERRORS_BEGIN and ERROR_TEXT.match(text):
        return Refusal("cell-error", "" if text.strip("#") else "too-narrow")
    return None


def _find_choice(cell: RawCell, measure: Measure) -> str | None:
    """The choice that `cell` names. It goes before the words for missing: a set may well have a choice `-`."""
    if measure.type != "choice" or cell.kind is Kind.DATE:
        return None
    return next((name for name in measure.choices or () if clean_header(name) == clean_header(cell.text)), None)


def _read_not_applicable(raw: str, measure: Measure) -> Reading:
    if measure.not_applicable == "allowed":
        return Reading(raw, applicable=False)
    return Reading(raw, refusal=Refusal("cell-not-applicable"))


def _read_figure(raw: str, word: str, cell: RawCell, measure: Measure, percent: Percent) -> Reading:
    match measure.type:
        case "flag":
            return _read_flag(raw, word, cell)
        case "choice":
            choices = {"choices": measure.choices or ()}
            return Reading(raw, refusal=Refusal("cell-not-a-choice", describe_stranger(cell), choices))
    return read_number(raw, cell, measure=measure, percent=percent)


def _read_flag(raw: str, word: str, cell: RawCell) -> Reading:
    if cell.truth is not None:
        return Reading(raw, cell.truth)
    if cell.number in (0, 1) and not cell.percent_sign:
        return Reading(raw, cell.number == 1)
    if word in FLAGS:
        return Reading(raw, FLAGS[word])
    return Reading(raw, refusal=Refusal("cell-not-a-flag", describe_stranger(cell)))
