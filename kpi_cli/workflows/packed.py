"""What a few bytes may grow to when it is written: names take next to no room in a file, and a page each to explain.

Files below a megabyte end in 5 seconds and 300 MB, as is promised, so what is written of them has bounds (docs/limits).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kpi_cli.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from kpi_cli.model import Indicator, IndicatorSet
    from kpi_cli.workflows.scoring import Reading
    from kpi_cli.workflows.sets import ChosenSet

ROOM: Mapping[str, int] = {
    "xlsx": 150_000,
    "html": 80_000,
    "json": 800_000,
    "md": 3_000_000,
    "--missing": 300_000,
    "explain --all": 62_000,
    "compare": 450_000,
    "diff": 250_000,
    "--fragile": 200_000,
    "template": 70_000,
    "verify .xlsx": 65_000,
    "verify .json": 100_000,
}
"""What is written -> its places: for each row its figures, its levels and some of its own. csv has room for any number,
and a table on the screen ends by itself. `benchmarks/packed.py` writes the fullest of each."""
RULES_ROOM: Mapping[str, int] = {"": 12_000_000, "--fragile": 400_000}
"""What is worked out, in any case and beside -> its places: for each row the comparisons of all rules, and measures."""
_PLACES_OF_A_ROW = 8
_PLAIN_TEXT, _TEXT_OF_A_PLACE = 200_000, 100
"""Characters of a set that take no place, more than any agreement has, and of those beyond how many take one."""
_ENTITIES, _RULES = "packed-entities", "packed-rules"


def refuse_packed(reading: Reading, written: Sequence[str]) -> Reading:
    """The reading, or a refusal where it names more than one of `written` has room for."""
    from kpi_cli.results.room import SMALL

    results, definition = reading.results, reading.chosen.loaded.definition if reading.chosen else None
    if results is None or definition is None or not 0 < results.size < SMALL:
        return reading
    entities, places, work = len(results.records), count_places(definition), _count_work(definition)
    rooms = [(ROOM[kind] // places, _ENTITIES, kind) for kind in written if kind in ROOM]
    rooms += [(room // work, _RULES, kind) for kind, room in RULES_ROOM.items() if not kind or kind in written]
    most, variant, kind = min(rooms)
    if entities <= most:
        return reading
    params = {"entities": entities, "most": most, "what": kind}
    place = Place(results.inputs[0].file) if results.inputs else None
    refused = Diagnostic("unreadable", Severity.ERROR, place, params, variant)
    emptied = results._replace(records=(), inputs=())
    return reading._replace(results=emptied, diagnostics=(*reading.diagnostics, refused))


def _count_work(definition: IndicatorSet) -> int:
    from kpi_cli.rules.ast import count_comparisons

    rules = (rule for indicator in definition.indicators for rule in indicator.rules)
    return sum(map(count_comparisons, rules)) + len(definition.measures)


def refuse_template(
    chosen: ChosenSet, definition: IndicatorSet, parts: Iterable[Sequence[Indicator]]
) -> Diagnostic | None:
    """Why no template is made of a small set: it would have more rows than there is room for in sheets of `parts`."""
    from kpi_cli.render.template.plan import BLANK_ROWS
    from kpi_cli.results.room import SMALL

    roster, places = chosen.loaded.roster, count_places(definition, parts)
    size = len(chosen.loaded.text.encode()) + (roster.stat().st_size if roster else 0)
    listed = definition.entity.roster
    entities, most = BLANK_ROWS if listed is None else len(listed), ROOM["template"] // places
    if entities <= most or size >= SMALL:
        return None
    params = {"entities": entities, "most": most}
    return Diagnostic("unreadable", Severity.ERROR, Place(chosen.loaded.file), params, "packed-template")


def was_refused(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether `refuse_packed` is among what was found: then nothing is known of the entities."""
    return any(item.variant in {_ENTITIES, _RULES} for item in diagnostics)


def count_places(definition: IndicatorSet, sections: Iterable[Iterable[Indicator]] | None = None) -> int:
    """The places that one entity takes in the rows of all sections, or of `sections`; pages repeat the set's texts."""
    chosen = definition.sections if sections is None else sections
    rows = sum(_PLACES_OF_A_ROW + sum(1 + len(indicator.measures) for indicator in section) for section in chosen)
    return rows + max(0, len(definition.model_dump_json(exclude={"entity"})) - _PLAIN_TEXT) // _TEXT_OF_A_PLACE
