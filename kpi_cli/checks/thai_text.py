"""The Thai of a memo to the comparisons that it makes and the numbers that it names (DESIGN section 5).

Only a number after a comparison word or ร้อยละ is a claim. The longest word counts: ไม่น้อยกว่า is not น้อยกว่า.
"จากระดับ ๑ - ๒" names rungs of the ladder and no figures, so it is blanked out before anything is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from kpi_cli.rules.ast import Operator, Span
from kpi_cli.rules.values import parse_number

Bound: TypeAlias = tuple[Operator, Decimal]
"""A comparison with a number."""

_WORDS: dict[str, Operator] = {
    "น้อยกว่า": "<",
    "ไม่น้อยกว่า": ">=",
    "มากกว่า": ">",
    "ไม่มากกว่า": "<=",
    "ไม่เกิน": "<=",
    "ไม่เกินกว่า": "<=",
    "ต่ำกว่า": "<",
    "ไม่ต่ำกว่า": ">=",
    "เกินกว่า": ">",
    "อย่างน้อย": ">=",
    "มากกว่าหรือเท่ากับ": ">=",
    "เท่ากับหรือมากกว่า": ">=",
    "น้อยกว่าหรือเท่ากับ": "<=",
    "เท่ากับหรือน้อยกว่า": "<=",
}
# Words that also have other uses (หนี้เกินกำหนด, ระดับที่สูงกว่า): they compare only right before a number.
_NEAR_WORDS: dict[str, Operator] = {"เกิน": ">", "สูงกว่า": ">", "ไม่สูงกว่า": "<=", "ไม่ถึง": "<", "เท่ากับ": "="}


def _any_of(words: dict[str, Operator]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_DIGIT = "[0-9๐-๙]"
_NUMBER = rf"(?:{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})+(?!{_DIGIT})|{_DIGIT}+)(?:\.{_DIGIT}+)?"
_DASH = r"\s*(?:-|–|—|ถึง)\s*(?:ร้อยละ\s*)?"
_LETTER = "[ก-ฺเ-๎]"
# One word may stand between: อย่างน้อยประเภทละ ๑ คลิป.
_FILLER = rf"(?:(?:(?!ร้อยละ|และ|หรือ|{_any_of(_WORDS)}){_LETTER}){{1,20}}\s*)?"
_UPWARD = rf"(?:\s*(?:{_LETTER}{{1,20}}?\s*)?(?P<upward>ขึ้นไป))?"

# No two runs of blanks may touch: a text of nothing but blanks could be shared out between them in very many ways.
_CLAIM = re.compile(
    rf"""(?P<word>{_any_of(_WORDS)})\s*{_FILLER}(?:ร้อยละ\s*)?(?P<compared>{_NUMBER})
       | (?P<near>{_any_of(_NEAR_WORDS)})\s*(?:ร้อยละ\s*)?(?P<equalled>{_NUMBER})
       | (?:(?P<since>ตั้งแต่)\s*)?(?:(?P<left>คงเหลือ)\s*)?(?:ร้อยละ|(?<=ตั้งแต่)|(?<=ตั้งแต่\s))\s*
         (?P<low>{_NUMBER})(?:{_DASH}(?P<high>{_NUMBER}))?{_UPWARD}""",
    re.VERBOSE,
)
_FIGURE = re.compile(_NUMBER)
_RUNGS = re.compile(rf"จากระดับ(?:ที่)?\s*{_NUMBER}(?:{_DASH}(?:ระดับ(?:ที่)?\s*)?{_NUMBER})?")
_ASCII = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789", ",")


@dataclass(frozen=True)
class Claim:
    """One comparison of a text: `words` at `span`. Of each group of `bounds` one must be in the rule."""

    words: str
    span: Span
    bounds: tuple[tuple[Bound, ...], ...]

    @property
    def numbers(self) -> frozenset[Decimal]:
        """The numbers that it compares with."""
        return frozenset(number for group in self.bounds for _, number in group)


def read_claims(text: str) -> tuple[Claim, ...]:
    """The comparisons that `text` makes, in order."""
    claims = (_read_claim(match) for match in _CLAIM.finditer(_blank_rungs(text)))
    return tuple(claim for claim in claims if claim is not None)


def _blank_rungs(text: str) -> str:
    return _RUNGS.sub(lambda match: "\0" * len(match[0]), text)


def _read_claim(match: re.Match[str]) -> Claim | None:
    bounds = _read_bounds(match)
    words = match[0].strip()
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return None if bounds is None else Claim(words, (start, start + len(words)), bounds)


def _read_bounds(match: re.Match[str]) -> tuple[tuple[Bound, ...], ...] | None:
    number = _read_number(match["compared"] or match["equalled"] or match["low"])
    if number is None:
        return None
    if match["word"] or match["near"]:
        return (((_WORDS.get(match["word"]) or _NEAR_WORDS[match["near"]], number),),)
    high = _read_number(match["high"]) if match["high"] else None
    if high is not None:
        return ((">=", number),), (("<=", high),)
    if match["left"]:
        return ((("=", number), ("<=", number)),)
    return ((((">=", number),) if match["since"] or match["upward"] else ((">=", number), ("=", number))),)


def _read_number(text: str) -> Decimal | None:
    return parse_number(text.translate(_ASCII))


def read_numbers(text: str) -> frozenset[Decimal]:
    """Every number that `text` names, in Thai or Arabic digits, without those that name rungs of the ladder."""
    numbers = (_read_number(match[0]) for match in _FIGURE.finditer(_blank_rungs(text)))
    return frozenset(number for number in numbers if number is not None)
