"""What a run ends with: 0 clean (notes allowed), 1 findings, 2 usage or an unreadable file; 3, a defect, by `main`."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.diagnostics import Diagnostic, Severity

CLEAN, FINDINGS, USAGE = 0, 1, 2
_UNREAD = frozenset({"unreadable", "engine-limit"})
"""Findings that say that a file was not read as it was asked for."""


def choose_exit_code(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> int:
    """The exit code that `diagnostics` come to; under `strict` a warning counts as a finding."""
    found = tuple(diagnostics)
    if any(item.code in _UNREAD and item.severity is Severity.ERROR for item in found):
        return USAGE
    counted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return FINDINGS if any(item.severity in counted for item in found) else CLEAN
