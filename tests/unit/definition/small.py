"""A small set that is sound, and what is found in variations of it."""

from __future__ import annotations

import pathlib

from kpi_cli.definition.load import LoadedSet, load_definition
from kpi_cli.diagnostics import Diagnostic, Place

SMALL = """\
kpi: 1
id: small
title: A small set
scale: 2
sections:
  - id: team
    title: Team
    indicators:
      - id: T1
        title: Money
        weight: 100
        measures:
          spent: {type: percent, title: Money spent}
          plan: {type: flag, title: A plan}
          sites: {type: count, title: Sites}
          place: {type: choice, title: Place, choices: [town, hill]}
        levels:
          1: {when: {spent: "< 75"}}
          2: {when: {spent: ">= 75", plan: true, sites: "1", place: town}}
"""

Found = tuple[str, str, int | None, int | None]


def load(text: str | bytes, *, folder: pathlib.Path | None = None, file: str = "draft.yaml") -> LoadedSet:
    data = text.encode() if isinstance(text, str) else text
    return load_definition(data, file=file, folder=folder)


def find(text: str | bytes) -> list[Found]:
    """Code, variant, line and column of all that is found."""
    return [show(diagnostic) for diagnostic in load(text).diagnostics]


def show(diagnostic: Diagnostic) -> Found:
    place = diagnostic.place
    assert isinstance(place, Place)
    return diagnostic.code, diagnostic.variant, place.line, place.column


def vary(old: str, new: str, *, text: str = SMALL) -> str:
    """The small set with one part replaced."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def rule(written: str) -> str:
    """The small set with `written` as the test of level 1; the test begins at line 18, column 29."""
    return vary('"< 75"', written)


RULE_LINE, RULE_COLUMN = 18, 29
END = SMALL.count("\n") + 1  # the line after the set: what is appended stands there
