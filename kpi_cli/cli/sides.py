"""What is said of two sides that are compared: the findings of both once, then those of one alone."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.cli.findings import Voice
from kpi_cli.diagnostics import Diagnostic, Severity, has_errors
from kpi_cli.render.report import Comparison
from kpi_cli.render.translate import mark
from kpi_cli.workflows import ChosenSet

_ALONE = (mark("Found on the side of the old set alone:"), mark("Found on the side of the new set alone:"))


def say_side_findings(
    comparison: Comparison,
    chosen: tuple[ChosenSet | None, ChosenSet | None],
    voice: Voice,
    *,
    notes: bool,
    headed: bool = False,
) -> None:
    """Says what was found on both sides, each finding once; notes only where they are asked for.

    Where both sides read the same files the place does not tell whose finding it is: then each has a heading.
    """
    sources = {one.loaded.file: one.loaded.text for one in chosen if one is not None}
    show = tuple(Severity) if notes else (Severity.ERROR, Severity.WARNING)
    old, new = (_by_content(side.diagnostics) for side in (comparison.old, comparison.new))
    voice.say_diagnostics([item for key, item in old.items() if key in new], sources, show)
    for heading, own, others in zip(_ALONE, (old, new), (new, old), strict=True):
        alone = [item for key, item in own.items() if key not in others]
        if headed and any(item.severity in show for item in alone):
            voice.say(voice.words(heading))
        voice.say_diagnostics(alone, sources, show)


def say_sides_scored(comparison: Comparison, voice: Voice, *, keep_going: bool, offer: bool) -> None:
    """Says that refusals leave nothing to compare, or that what is compared leaves them out."""
    found = list_findings(comparison)
    sets = (comparison.old.definition, comparison.new.definition)
    if comparison.movement is None and None not in sets:
        voice.say_not_ranked(found, offer=offer and not keep_going)
    elif comparison.movement is not None and has_errors(found):
        voice.say_kept_going(found)


def list_findings(comparison: Comparison) -> tuple[Diagnostic, ...]:
    """The findings of both sides, each once."""
    return tuple(_by_content((*comparison.old.diagnostics, *comparison.new.diagnostics)).values())


def _by_content(found: Iterable[Diagnostic]) -> dict[str, Diagnostic]:
    """Each finding once; its parameters are mappings, which have no hash."""
    return {repr(item): item for item in found}
