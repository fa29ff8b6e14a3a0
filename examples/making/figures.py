"""The made-up figures of `figures.yaml`, and the titles and aliases that the shipped set gives their measures."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
SET_FILE = HERE.parent.parent / "indicators" / "fy2564_round1.yaml"
ROSTER_FILE = SET_FILE.parent / "rosters" / "buriram.csv"
NOT_APPLICABLE = "na"

Figures = Mapping[str, Mapping[str, str]]


def load_figures() -> Figures:
    """District -> measure -> figure as text; what was not reported is absent."""
    figures: dict[str, dict[str, str]] = {name: {} for name in load_roster()}
    for table in _load(HERE / "figures.yaml").values():
        for district, (_, *cells) in table["rows"].items():
            pairs = zip(table["columns"], cells, strict=True)
            figures[district].update({measure: cell for measure, cell in pairs if cell != "~"})
    return figures


def load_levels() -> Mapping[str, Mapping[str, str]]:
    """District -> indicator -> the level worked out by hand (`4`, `1-5` where incomplete, `na`)."""
    levels: dict[str, dict[str, str]] = {name: {} for name in load_roster()}
    for indicator, table in _load(HERE / "figures.yaml").items():
        for district, (level, *_) in table["rows"].items():
            levels[district][indicator] = level
    return levels


def load_roster() -> tuple[str, ...]:
    """The districts, in the order of their codes."""
    with ROSTER_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file))


def load_indicators() -> Mapping[str, Mapping[str, Any]]:
    """Indicator id -> its mapping in the shipped set (title, weight, measures); all scalars are text."""
    found: dict[str, Mapping[str, Any]] = {}
    for section in _load(SET_FILE)["sections"]:
        for item in section["indicators"]:
            found.update({each["id"]: each for each in item.get("indicators", [item])})
    return found


def load_measures() -> Mapping[str, Mapping[str, Any]]:
    """Measure id -> its mapping in the shipped set (type, title, aliases)."""
    return {name: measure for each in load_indicators().values() for name, measure in each["measures"].items()}


@cache
def _load(path: Path) -> Any:
    # BaseLoader leaves every scalar as it is typed: 82.20 stays 82.20 and yes stays yes.
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
