"""What an author accepts: the finding that an `accept` names becomes a note that shows the reason."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from operator import itemgetter
from typing import TypeAlias

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
        "fraction-thresholds",
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
    waiting = _index_accepts(unused)
    for finding in found:
        index = _take_first(waiting, finding)
        if index is None:
            yield finding
        else:
            yield _soften(finding, unused.pop(index), Path((*subject.keys, "accept", index)))
    for index, accept in unused.items():
        if accept.code in ACCEPTABLE_CODES - undecided:  # what can never be accepted is said where the set is read
            yield _describe_unused(subject, accept, Path((*subject.keys, "accept", index)))


_Key: TypeAlias = tuple[str, int | None, frozenset[tuple[str, object]] | None]
"""What an `accept` says: a code, and a level and a witness, None where it leaves them open."""


def _index_accepts(accepts: Mapping[int, Accept]) -> dict[_Key, deque[int]]:
    """The numbers of the accepts by what they say, the first in front: thousands may meet thousands of findings."""
    waiting: dict[_Key, deque[int]] = defaultdict(deque)
    for number, accept in accepts.items():
        if accept.code in ACCEPTABLE_CODES:
            at = None if accept.at is None else frozenset(accept.at.items())
            waiting[accept.code, accept.level, at].append(number)
    return dict(waiting)


def _take_first(waiting: Mapping[_Key, deque[int]], finding: Diagnostic) -> int | None:
    """The first accept that is about `finding`: the same code, and the level and the witness as far as it says them."""
    witness = frozenset((finding.witness or {}).items())
    keys = [(finding.code, level, at) for level in {None, finding.level} for at in (None, witness)]
    queues = [waiting[key] for key in keys if waiting.get(key)]
    return min(queues, key=itemgetter(0)).popleft() if queues else None


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
