"""Words between a heading and its figures: the unit of the figures, or something that makes them other figures."""

from __future__ import annotations

import re

from kpi_cli.model import Measure
from kpi_cli.model.names import clean_header
from kpi_cli.results.words import FLAGS

_PERCENT = frozenset(map(clean_header, ("ร้อยละ", "%", "เปอร์เซ็นต์", "percent")))
_UNIT = tuple(map(clean_header, ("หน่วย", "unit")))
_AROUND, _AFTER_UNIT = "()[]", ":="
_OTHER_FIGURES = re.compile(r"ปีก่อน|ปีที่แล้ว|ปีที่ผ่านมา|เป้าหมาย|lastyear|target|(?<![0-9])(?:25|20)[0-9]{2}(?![0-9])")


def names_unit(text: str, measure: Measure) -> bool:
    """Whether `text` says in what the figures of `measure` are, as far as can be known.

    The set's own unit, where it states one; else a word that the title has too, or one in brackets. A year is neither,
    nor is another unit, nor a word such as target.
    """
    whole = clean_header(text)
    key = whole.strip(_AROUND)
    for word in _UNIT:
        key = key.removeprefix(word).lstrip(_AFTER_UNIT)
    if measure.type == "percent" and key in _PERCENT:
        return True
    if measure.unit:
        return key == clean_header(measure.unit)
    if measure.type == "flag":
        return all(part in FLAGS for part in key.split("/"))
    in_brackets = whole.startswith(tuple(_AROUND)) and not any(map(str.isdecimal, key))
    return in_brackets or key in clean_header(measure.title)


def names_other_figures(text: str) -> bool:
    """Whether `text`, alone in its row, names a year, or figures that are no results."""
    return _OTHER_FIGURES.search(clean_header(text)) is not None
