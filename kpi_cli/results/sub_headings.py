"""Words between a heading and its figures: the unit of the figures, or something that makes them other figures."""

from __future__ import annotations

import re

from kpi_cli.model import Measure
from kpi_cli.model.names import clean_header
from kpi_cli.results.words import FLAGS

_PERCENT = frozenset(map(clean_header, ("ร้อยละ", "%", "เปอร์เซ็นต์", "percent", "ร้อยละ%")))
_BEFORE_UNIT = tuple(map(clean_header, ("หน่วยนับ", "หน่วย", "คิดเป็น", "unit")))
_AROUND, _AFTER_UNIT = "()[]", ":="
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]\Z")
_YEAR = re.compile(r"(?<![0-9])(?:25|20)[0-9]{2}(?![0-9])")
# Beside a name these may be part of it (กลุ่มอำเภอเป้าหมาย); right above a figure they are what it is.
_NO_RESULT = tuple(map(clean_header, ("เป้า", "แผน", "target", "plan")))
_EARLIER = tuple(map(clean_header, ("ปีก่อน", "ปีที่แล้ว", "ปีที่ผ่านมา", "last year")))


def names_unit(text: str, measure: Measure) -> bool:
    """Whether `text`, above the figures of `measure`, says in what they are, as far as can be known.

    The set's own unit, where it states one; else a word that the title has too, or one in brackets. A year is neither,
    nor is another unit, nor a word such as target.
    """
    key = _find_unit(text)
    if measure.type == "percent":
        return key in _PERCENT
    if measure.unit:
        return key == clean_header(measure.unit)
    if measure.type == "flag":
        return all(part in FLAGS for part in re.split("[/=,]", key))
    if any(map(str.isdecimal, key)) or key.startswith((*_NO_RESULT, *_EARLIER)):
        return False
    return len(key) == 1 or clean_header(text).endswith((")", "]")) or key in clean_header(measure.title)


def _find_unit(text: str) -> str:
    """What is left of `จำนวนเงิน (บาท)`, `หน่วยนับ : บาท` or `บาท.`: the unit alone."""
    whole = clean_header(text).rstrip(".")
    inner = _IN_BRACKETS.search(whole)
    key = inner[1] if inner else whole.strip(_AROUND)
    for word in _BEFORE_UNIT:
        key = key.removeprefix(word).lstrip(_AFTER_UNIT)
    return key


def names_other_figures(text: str, year: int | None) -> bool:
    """Whether `text`, the first of its row, names figures that are no results of the `year`, where one is known."""
    key = clean_header(text)
    others = {int(found[0]) for found in _YEAR.finditer(key)} - {year}
    return bool(others) or key.startswith(_NO_RESULT) or any(word in key for word in _EARLIER)
