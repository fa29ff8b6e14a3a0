"""The ids that options name, held against those of the set."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.diagnostics import Diagnostic, Severity


def find_unknown_ids(option: str, names: Sequence[str], known: Sequence[str]) -> tuple[Diagnostic, ...]:
    """A finding for each of the `names` that `option` gives and that is not `known`."""
    return tuple(
        Diagnostic("unknown-id", Severity.ERROR, None, {"option": option, "id": name, "known": tuple(known)})
        for name in names
        if name not in known
    )
