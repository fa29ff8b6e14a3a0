"""How much a run may search: what is walked, of all indicators together, is counted before it is walked."""

from __future__ import annotations

MOST_STEPS = 4_000_000
"""Combinations of values that a run looks at, each time that it does."""


class TooLargeError(Exception):
    """There is no room for a search; nothing of it was walked."""


class Allowance:
    """The steps that are left, of `MOST_STEPS` at first. What does not fit is refused, and takes none."""

    def __init__(self, steps: int | None = None) -> None:
        self.left = MOST_STEPS if steps is None else steps

    def take(self, steps: int) -> None:
        """Takes so many steps; `TooLargeError` where fewer are left."""
        if not self.spend(steps):
            raise TooLargeError

    def spend(self, steps: int) -> bool:
        """Takes so many steps where they are left; what can be done with fewer need not fail for want of them."""
        if steps > self.left:
            return False
        self.left -= steps
        return True
