"""How much may be found in one run: past a bound nobody reads on, and neither do we."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from kpi_cli.diagnostics import Diagnostic, Severity

MAX_FINDINGS = 15_000
_Item = TypeVar("_Item")


class TooManyFindingsError(Exception):
    """There is more amiss than anyone could mend one by one."""


class Tally:
    """Keeps the findings of a run; raises `TooManyFindingsError` past the bound."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def keep(self, findings: Iterable[Diagnostic]) -> None:
        """Keeps all of `findings`."""
        for _ in self.take(findings):
            pass

    def take(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """The same items, one by one; the findings among them are kept."""
        for item in items:
            if isinstance(item, Diagnostic):
                self.found.append(item)
                if len(self.found) > MAX_FINDINGS:
                    raise TooManyFindingsError
            yield item


def refuse_rest() -> Diagnostic:
    """What is said where reading stopped: nothing of the files counts."""
    return Diagnostic("unreadable", Severity.ERROR, None, {"count": MAX_FINDINGS}, "too-many-findings")
