"""One slip, one finding: what other checks say of the same place and for the same cause is left out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kpi_cli.diagnostics import Diagnostic, Place

# What a value that YAML reads in another way is also said to be.
_ECHOES = frozenset({"wrong-type", "rule-syntax", "unknown-key", "unknown-measure", "levels-incomplete"})


def drop_echoes(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """`found` without echoes; of two that say the same of one place the first stays.

    `010` is a surprise of YAML, and no rule either. Twelve aliases of a measure that is wrong are one measure that is
    wrong.
    """
    surprises = _index_surprises(found)
    kept: dict[object, Diagnostic] = {}
    for diagnostic in found:
        if not (diagnostic.code in _ECHOES and _lies_in(diagnostic.place, surprises)):
            kept.setdefault(_cause(diagnostic), diagnostic)
    return list(kept.values())


def _index_surprises(found: Iterable[Diagnostic]) -> dict[object, list[tuple[int, int]]]:
    """File and line -> from where to where its surprises stand, in order."""
    surprises: dict[object, list[tuple[int, int]]] = defaultdict(list)
    for diagnostic in found:
        place = diagnostic.place
        if diagnostic.code == "yaml-surprise" and isinstance(place, Place):
            surprises[place.file, place.line].append((place.column or 0, place.end_column or 0))
    return {line: sorted(spans) for line, spans in surprises.items()}


def _lies_in(place: object, surprises: dict[object, list[tuple[int, int]]]) -> bool:
    if not isinstance(place, Place) or place.column is None:
        return False
    spans = surprises.get((place.file, place.line), [])
    before = bisect_right(spans, place.column, key=lambda span: span[0])
    return before > 0 and place.column <= spans[before - 1][1]


def _cause(diagnostic: Diagnostic) -> tuple[object, ...]:
    place = diagnostic.place
    start = (place.file, place.line, place.column) if isinstance(place, Place) else place
    if diagnostic.code == "wrong-type":
        return (start, "wrong-type")
    params = dict(diagnostic.params)
    known = params.pop("known", None)  # of thousands of findings: to print it each time would last
    return (start, diagnostic.code, diagnostic.variant, repr(params), known)
