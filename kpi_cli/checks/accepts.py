"""What an author accepts: the finding that an `accept` names becomes a note that shows the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from kpi_cli.checks.subject import Subject
from kpi_cli.diagnostics import Diagnostic, Path, Related, Severity
from kpi_cli.model import Accept

ACCEPTABLE_CODES = frozenset(
    {
        "level-gap",
        "not-monotone",
        "level-unreachable",
        "below-first-level",
        "level-skipped",
        "mixed-operators",
        "text-mismatch",
        "unused-measure",
    }
)
"""What is proved, the wording and the unused: nothing structural, and no failed test."""


def apply_accepts(
    subject: Subject, found: Iterable[Diagnostic], *, undecided: AbstractSet[str] = frozenset()
) -> Iterator[Diagnostic]:
    """`found` with what is accepted turned into notes, then a warning for each `accept` that matched nothing.

    Each `accept` reaches one finding and no other. Of codes that are `undecided` nobody knows whether it is needed.
    """
    unused = dict(enumerate(subject.indicator.accept))
    for finding in found:
        index = next((number for number, accept in unused.items() if _names(accept, finding)), None)
        if index is None:
            yield finding
        else:
            yield _soften(finding, unused.pop(index), Path((*subject.keys, "accept", index)))
    for index, accept in unused.items():
        if accept.code in ACCEPTABLE_CODES - undecided:  # what can never be accepted is said where the set is read
            yield _describe_unused(subject, accept, Path((*subject.keys, "accept", index)))


def _names(accept: Accept, finding: Diagnostic) -> bool:
    """Whether `accept` is about `finding`: the same code, and the level and the witness as far as it says them."""
    if accept.code not in ACCEPTABLE_CODES or accept.code != finding.code:
        return False
    same_level = accept.level is None or accept.level == finding.level
    return same_level and (accept.at is None or dict(accept.at) == dict(finding.witness or {}))


def _soften(finding: Diagnostic, accept: Accept, place: Path) -> Diagnostic:
    return replace(
        finding,
        severity=Severity.NOTE,
        params={**finding.params, "why": accept.why},
        variant=f"{finding.variant}-accepted".removeprefix("-"),
        related=(*finding.related, Related("accepted-here", place)),
    )


def _describe_unused(subject: Subject, accept: Accept, place: Path) -> Diagnostic:
    params = {"code": accept.code}
    return subject.diagnose("unused-accept", Severity.WARNING, place, params, level=accept.level, witness=accept.at)
