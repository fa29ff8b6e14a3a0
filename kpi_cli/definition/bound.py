"""How much of what is amiss in sets is told: past a bound nobody reads on, and every format would grow without end."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.diagnostics import Diagnostic, Path, Place, Severity, worst_severity

MAX_FINDINGS = 5_000
_VARIANT = "more-findings"


def bound_findings(found: Sequence[Diagnostic], place: Place | None = None) -> tuple[Diagnostic, ...]:
    """The first of `found`, and where there are more, one that says so, about `place`.

    That one is as grave as the gravest of all, and what could not be read is always told, so that the exit code is
    what it would be. What says that there are more stands last, also where findings were bounded before.
    """
    told = [item for item in found if item.variant != _VARIANT]
    if len(told) <= MAX_FINDINGS:
        return (*told, *(item for item in found if item.variant == _VARIANT))
    unread = [item for item in told[MAX_FINDINGS:] if item.code == "unreadable"]
    severity = worst_severity(found) or Severity.ERROR
    return (*told[:MAX_FINDINGS], *unread, say_more(severity, place))


def say_more(severity: Severity, place: Place | Path | None) -> Diagnostic:
    """The finding that there are more findings than are told."""
    return Diagnostic("wrong-type", severity, place, {"limit": f"{MAX_FINDINGS:,}"}, _VARIANT)
