"""A score as a bar of eighth blocks, with what is still possible behind it."""

from __future__ import annotations

from fractions import Fraction

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_FULL = "█"
_POSSIBLE = "░"


def draw_bar(score: Fraction, possible: Fraction, cells: int) -> tuple[str, str]:
    """The bar of `score` of 100 in `cells` cells, and the cells after it up to `possible`."""
    eighths = _clamp(score * cells * 8 / 100, cells * 8)
    full, rest = divmod(eighths, 8)
    proven = _FULL * full + _EIGHTHS[rest]
    reach = -(-_clamp(possible * cells * 8 / 100, cells * 8) // 8)
    return proven, _POSSIBLE * (reach - len(proven))


def _clamp(eighths: Fraction, most: int) -> int:
    return min(max(int(eighths), 0), most)
