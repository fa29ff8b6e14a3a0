"""Small drafts of a set, typed as an author types them, and what is proved of them."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.checks.proof import prove_set
from kpi_cli.definition.load import LoadedSet, load_definition
from kpi_cli.diagnostics import Diagnostic, Place
from kpi_cli.model import Indicator
from kpi_cli.render.sentences import describe

_HEAD = """\
kpi: 1
id: draft
title: Draft
scale: {scale}
sections:
  - id: only
    title: Only
    indicators:
      - id: A
        title: A
        weight: 100
        policy: {policy}
        measures:
"""
LEVEL_LINE = _HEAD.count("\n") + 3
"""The line of level 1 of a draft with a single measure."""


def draft(
    measures: str, levels: Sequence[str], *, accept: Sequence[str] = (), policy: str = "highest", texts: str = ""
) -> str:
    """A set with one indicator. `measures` and each of `levels` (rules) as they stand inside YAML."""
    lines = [f"          {line.strip()}" for line in measures.strip().splitlines()]
    lines.append("        levels:")
    told = dict(enumerate(texts.strip().splitlines(), start=1))
    for level, rule in enumerate(levels, start=1):
        text = f'text: "{told[level].strip()}", ' if told.get(level, "").strip() else ""
        lines.append(f"          {level}: {{{text}when: {{{rule}}}}}")
    if accept:
        lines += ["        accept:", *(f"          - {{{entry}}}" for entry in accept)]
    return _HEAD.format(scale=len(levels), policy=policy) + "\n".join(lines) + "\n"


def load(text: str) -> LoadedSet:
    loaded = load_definition(text.encode(), file="draft.yaml", folder=None)
    assert loaded.definition is not None, loaded.diagnostics
    return loaded


def load_indicator(measures: str, levels: Sequence[str], *, policy: str = "highest") -> Indicator:
    definition = load(draft(measures, levels, policy=policy)).definition
    assert definition is not None
    return definition.indicators[0]


def prove(text: str) -> list[Diagnostic]:
    """The findings of the proof, placed; each of them has a sentence in both its parts."""
    loaded = load(text)
    assert loaded.definition is not None
    found = loaded.locate(prove_set(loaded.definition))
    for finding in found:
        assert not describe(finding, "en").message.startswith(finding.code), finding
    return found


def prove_codes(text: str, *codes: str) -> list[Diagnostic]:
    """The findings of `codes` alone."""
    return [finding for finding in prove(text) if finding.code in codes]


def say(finding: Diagnostic) -> str:
    """The English message."""
    return describe(finding, "en").message


def locate(finding: Diagnostic) -> tuple[int | None, int | None, int | None]:
    """Line, first and last column."""
    assert isinstance(finding.place, Place)
    return finding.place.line, finding.place.column, finding.place.end_column
