"""What a few bytes may grow to when it is written: names take next to no room in a file, and a page each to explain.

Files below a megabyte end in 5 seconds and 300 MB, as is promised, so what is written of them has bounds (docs/limits).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpi_cli.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from kpi_cli.model import IndicatorSet
    from kpi_cli.workflows.scoring import Reading

ROOM: Mapping[str, int] = {
    "xlsx": 150_000,
    "html": 80_000,
    "json": 800_000,
    "md": 3_000_000,
    "--missing": 300_000,
    "explain --all": 62_000,
    "compare": 600_000,
    "--fragile": 200_000,
    "verify .xlsx": 40_000,
    "verify .json": 100_000,
}
"""What is written -> its places: for each row its figures, its levels and some of its own. csv has room for any number,
and a table on the screen ends by itself. `benchmarks/packed.py` writes the fullest of each."""
_PLACES_OF_A_ROW = 8


def refuse_packed(reading: Reading, written: Sequence[str]) -> Reading:
    """The reading, or a refusal where it names more than one of `written` has room for."""
    from kpi_cli.results.room import SMALL

    results, definition = reading.results, reading.chosen.loaded.definition if reading.chosen else None
    if results is None or definition is None or not 0 < results.size < SMALL:
        return reading
    entities, places = len(results.records), count_places(definition)
    kind = min((kind for kind in written if kind in ROOM), key=ROOM.__getitem__, default=None)
    if kind is None or entities * places <= ROOM[kind]:
        return reading
    params = {"entities": entities, "most": ROOM[kind] // places, "what": kind}
    place = Place(results.inputs[0].file) if results.inputs else None
    refused = Diagnostic("unreadable", Severity.ERROR, place, params, "packed-entities")
    emptied = results._replace(records=(), inputs=())
    return reading._replace(results=emptied, diagnostics=(*reading.diagnostics, refused))


def count_places(definition: IndicatorSet) -> int:
    """The places that one entity takes, in the rows of all sections."""
    return sum(
        _PLACES_OF_A_ROW + sum(1 + len(indicator.measures) for indicator in section) for section in definition.sections
    )
