"""How the levels whose rules hold become one level, with sound bounds where figures are missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple, TypeAlias

from kpi_cli.rules.evaluate import Truth

Policy: TypeAlias = Literal["highest", "ladder"]


class Band(NamedTuple):
    """The level that is proven and the one that is still possible, 0..scale, proven <= possible."""

    proven: int
    possible: int


# Looked up for every indicator of every row of a long table: equal bands are one object, and known by it.
Band.__hash__ = object.__hash__  # type: ignore[method-assign]
_share_band = lru_cache(maxsize=1_024)(Band)


def decide_level(truths: Sequence[Truth], policy: Policy) -> Band:
    """The band that `policy` makes of the truths of levels 1, 2, ...; no level that holds is level 0.

    `highest` is DMN's hit policy Priority: the highest level whose rule holds. `ladder` is the highest level such
    that it and all below it hold. Unknown rules do not count for `proven`, and do for `possible`.
    """
    proven = [truth is True for truth in truths]
    possible = [truth is not False for truth in truths]
    decide = _climb_ladder if policy == "ladder" else _take_highest
    return _share_band(decide(proven), decide(possible))


def _take_highest(holds: Sequence[bool]) -> int:
    return max((level for level, held in enumerate(holds, start=1) if held), default=0)


def _climb_ladder(holds: Sequence[bool]) -> int:
    return sum(1 for _ in takewhile(bool, holds))
