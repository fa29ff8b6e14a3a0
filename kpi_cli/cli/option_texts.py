"""What is typed behind options: `team=50,individual=50`, `T1,T2`, `0.5`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from kpi_cli.render.translate import mark
from kpi_cli.rules.values import exact_text, parse_number

if TYPE_CHECKING:
    from kpi_cli.cli.findings import Voice

_HUNDRED = Decimal(100)
_CLOSE = Decimal("0.5")


def parse_ids(text: str | None) -> tuple[str, ...]:
    """The ids of a list with commas, each once."""
    parts = (part.strip() for part in (text or "").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def parse_shares(text: str | None, voice: Voice) -> Mapping[str, Decimal] | None:
    """Section id -> share; shares that are no numbers, stand twice or do not sum to 100 end the run."""
    if text is None:
        return None
    shares: dict[str, Decimal] = {}
    for part in text.split(","):
        name, _, number = part.partition("=")
        share = parse_number(number.strip())
        if name.strip() in shares:
            voice.fail_usage(mark("--overall: `{section}` is named twice"), section=name.strip())
        if share is None or share < 0 or not name.strip():
            voice.fail_usage(mark("--overall: `{part}` is not ID=SHARE, such as team=50"), part=part.strip())
        else:
            shares[name.strip()] = share
    total = sum(map(Fraction, shares.values()), Fraction())  # a sum of decimals is rounded to 28 digits
    if total != _HUNDRED:
        voice.fail_usage(mark("--overall: the shares sum to {sum}, not 100"), sum=exact_text(total))
    return shares


def parse_distance(text: str | None, voice: Voice, *, asked: bool) -> Decimal | None:
    """How close to a threshold is close: 0.5 where nothing is said, None where nobody `asked` either."""
    if text is None:
        return _CLOSE if asked else None
    distance = parse_number(text.strip())
    if distance is None or distance < 0:
        voice.fail_usage(mark("--within: `{part}` is not a distance, such as 0.5"), part=text)
    return distance
