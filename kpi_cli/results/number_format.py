"""What a spreadsheet's number format shows of a number: a percent sign, and how many decimals (ECMA-376, 18.8.31)."""

from __future__ import annotations

import operator
import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpi_cli.results.cells import PercentSign, UnreadableError

MAX_FORMATS = 4_000
"""The different formats of a workbook, each of which is parsed once: Excel takes a few hundred of its own."""
MAX_FORMAT = 255
"""Characters of a format, as Excel has it."""

_PIECE = re.compile(
    r"""(?P<quoted>"[^"]*"?)            # text as it is
      | (?P<escaped>\\.)                # one character as it is
      | (?P<space>_.|\*.)               # a gap as wide as a character; a character that fills the cell
      | \[(?P<condition>[<>=]{1,2}-?[0-9.]+)\]
      | (?P<bracketed>\[[^\]]*\]?)      # a colour, a currency, a locale
      | (?P<end>;)
      | (?P<sign>%)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_LITERALS = frozenset({"quoted", "escaped"})
_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\Z")
_DECIMALS = re.compile(r"[0#?]?\.(?P<places>[0#?]*)")
_GENERAL_DIGITS = 10
_DATE_LETTER = re.compile(r"[dmyhsb]", re.IGNORECASE)  # b is a year of the Buddhist era
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]\Z", re.IGNORECASE)


class Display(NamedTuple):
    """How one section shows a number. `places` is None where all decimals show, or nobody can say how many."""

    percent_sign: PercentSign = ""
    places: int | None = None
    general: bool = False


class _Section(NamedTuple):
    display: Display
    condition: str
    has_date: bool = False


def check_formats(part: str, formats: Collection[str]) -> None:
    """Raises `UnreadableError` where it takes too long to parse the different `formats` of a workbook."""
    long = next((code for code in formats if len(code) > MAX_FORMAT), None)
    if long is not None:
        raise UnreadableError("broken-workbook", problem=f"{part}: number format of {len(long):,} characters")
    if len(formats) > MAX_FORMATS:
        raise UnreadableError("broken-workbook", problem=f"{part}: {len(formats):,} different number formats")


def find_display(number_format: str, number: Decimal) -> Display:
    """How `number_format` shows `number`: by the section for its sign, or the one whose condition it meets."""
    sections = _parse_format(number_format)
    display = _choose_section(sections, number).display
    return Display("", _general_places(number)) if display.general else display


# No smaller than the bound: formats used in turn would each push the next one out, and be parsed for every cell.
@lru_cache(maxsize=MAX_FORMATS)
def shows_date(number_format: str) -> bool:
    """Whether a number under this format is a day or a time: its first section has a letter of one."""
    first = _parse_format(number_format)[0]
    return first.has_date


@lru_cache(maxsize=MAX_FORMATS)
def _parse_format(number_format: str) -> tuple[_Section, ...]:
    """The sections of a format; at most four count: positive; negative; zero; text."""
    sections: list[list[tuple[str, str]]] = [[]]
    for piece in _PIECE.finditer(number_format):
        if piece.lastgroup == "end":
            sections.append([])
        else:
            sections[-1].append((str(piece.lastgroup), piece[str(piece.lastgroup)]))
    return tuple(_read_section(pieces) for pieces in sections[:4])


def _read_section(pieces: list[tuple[str, str]]) -> _Section:
    kinds = {kind for kind, _ in pieces}
    literal = any("%" in text for kind, text in pieces if kind in _LITERALS)
    sign: PercentSign = "scaled" if "sign" in kinds else "literal" if literal else ""
    code = "".join(text for kind, text in pieces if kind == "other")
    condition = next((text for kind, text in pieces if kind == "condition"), "")
    general = "general" in code.lower() or not pieces
    elapsed = any(kind == "bracketed" and _ELAPSED.match(text) for kind, text in pieces)
    has_date = elapsed or (not general and _DATE_LETTER.search(code) is not None)
    return _Section(Display(sign, _count_places(code), general), condition, has_date)


def _count_places(code: str) -> int | None:
    """The decimals of `0.00`; a fraction, an exponent, or a comma that scales by 1000 is not counted but left open."""
    if re.search(r"[/Ee]|[0#?],+(?![0#?])", code) or not re.search(r"[0#?]", code):
        return None
    decimals = _DECIMALS.search(code)
    return len(decimals["places"]) if decimals else 0


def _choose_section(sections: tuple[_Section, ...], number: Decimal) -> _Section:
    if len(sections) == 1:
        return sections[0]
    for section in sections[:2]:
        if section.condition and _meets(section.condition, number):
            return section
    if any(section.condition for section in sections[:2]):
        return sections[min(2, len(sections) - 1)]
    if number < 0:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


def _meets(condition: str, number: Decimal) -> bool:
    parsed = _CONDITION.match(condition)
    return parsed is not None and bool(_COMPARE[parsed[1]](number, Decimal(parsed[2])))


def _general_places(number: Decimal) -> int | None:
    """General shows about ten digits; a small number turns to an exponent, which is left open."""
    whole_digits = max(number.adjusted() + 1, 1)
    return None if number.adjusted() < -4 else max(_GENERAL_DIGITS - whole_digits, 0)
