"""What was found about a file: a code, a severity, a place and parameters as values; no sentences, no I/O.

A check speaks in a `Path` (keys and indices into the YAML file); the line and the column are found at the very end,
by `definition.places`. Words for people are made from code and parameters in `render.sentences`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error stops scoring, a warning does under `--strict`, a note never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column count from 1, in characters; `cell` is `file.xlsx[Sheet!C14]`."""

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """Where in a definition: keys and indices from its root; `span` counts characters inside that scalar's text."""

    keys: tuple[str | int, ...]
    on_key: bool = False
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding needs, with the name of its label in `render.sentences`."""

    label: str
    place: Place | Path
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `variant` picks among the sentences of a code; `params` fill them in."""

    code: str
    severity: Severity
    place: Place | Path | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    variant: str = ""
    indicator: str | None = None
    level: int | None = None
    witness: Mapping[str, object] | None = None
    related: tuple[Related, ...] = ()


def worst_severity(diagnostics: Iterable[Diagnostic]) -> Severity | None:
    """The gravest severity among `diagnostics`, or None where there are none."""
    found = {diagnostic.severity for diagnostic in diagnostics}
    return next((severity for severity in Severity if severity in found), None)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of `diagnostics` is an error."""
    return worst_severity(diagnostics) is Severity.ERROR


def count_severities(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many diagnostics there are of each severity."""
    found = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        found[diagnostic.severity] += 1
    return found
