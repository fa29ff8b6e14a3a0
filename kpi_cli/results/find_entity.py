"""Whom a name or a code on the command line means: found as the names in a results file are."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model import EntityKind
from kpi_cli.model.names import clean_header
from kpi_cli.results.cells import shorten_text
from kpi_cli.results.entities import EntityIndex, Named
from kpi_cli.results.row_identity import refuse_shared_name
from kpi_cli.results.suggest_entity import Names, strip_prefixes, suggest_entity
from kpi_cli.scoring.figures import Entity


def find_entity(text: str, kind: EntityKind, entities: Sequence[Entity]) -> Entity | Diagnostic:
    """The one of `entities` that `text` names, or why there is none and who may be meant.

    With a roster that is anyone on it; without one it is whoever the results files name.
    """
    index = EntityIndex(kind)
    if not index.has_roster:
        return _find_among(text, kind, entities)
    found = index.identify(names=[text], codes=[])
    if isinstance(found, Named):
        return found.entity
    if found.reason == "ambiguous":
        return refuse_shared_name(found, found.name, None)
    return _refuse(text, found.suggestion)


def _find_among(text: str, kind: EntityKind, entities: Sequence[Entity]) -> Entity | Diagnostic:
    by_name = {clean_header(entity.name): entity for entity in entities}
    prefixes = sorted(map(clean_header, kind.prefixes), key=len, reverse=True)
    key = clean_header(text)
    known = next((by_name[each] for each in (key, *strip_prefixes(key, prefixes)) if each in by_name), None)
    titles = {each: entity.name for each, entity in by_name.items()}
    return known or _refuse(text, suggest_entity(text, Names(titles, prefixes)))


def _refuse(text: str, suggestion: str | None) -> Diagnostic:
    params = {"entity": shorten_text(text), "suggestion": suggestion}
    return Diagnostic("unknown-entity", Severity.ERROR, None, params, "typed-near" if suggestion else "typed")
