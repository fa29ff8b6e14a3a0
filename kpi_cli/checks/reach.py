"""Which levels can be reached: `level-unreachable`, `below-first-level` and `level-skipped`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpi_cli.checks.subject import Subject, show_values
from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.rules.cells import Cell, Stretch, join_cells
from kpi_cli.space.dimensions import find_worst
from kpi_cli.space.search import Space, Spots


def find_unreachable(subject: Subject, space: Space) -> Iterator[Diagnostic]:
    """A finding for each level that no value reaches: its rule never holds, or never where it would count."""
    reached = {space.level_of(holding) for (holding,) in space.find_levels()}
    for level in sorted(set(subject.indicator.levels) - reached):
        variant = _explain_unreachable(space, level, highest=max(reached, default=0))
        place = subject.place_rule(level)
        params = {"level": level, "next": level + 1}
        yield subject.diagnose("level-unreachable", Severity.ERROR, place, params, variant=variant, level=level)


def _explain_unreachable(space: Space, level: int, *, highest: int) -> str:
    """Why no value reaches `level`; where a ladder is climbed past it, all rules up to it do hold together."""
    if not space.holds_somewhere(level):
        return "never"
    if space.indicator.policy != "ladder":
        return "masked"
    return "passed" if level < highest else "blocked"


def find_below_first(subject: Subject, space: Space) -> Iterator[Diagnostic]:
    """A note where the worst values reach no level; one with no better or worse may take any value there.

    Where no measure has a worse value, it is about some values: all of them are named where there is one measure.
    """
    lost = [choice for (holding,), choice in space.find_worst().items() if space.level_of(holding) == 0]
    if not lost:
        return
    _, spots = min(lost)
    cells = space.cells_at(spots)
    witness = {dimension.name: find_worst(dimension, cells[dimension.name]) for dimension in space.dimensions}
    params: dict[str, object] = {"worst": show_values(witness, alone=len(witness) == 1)}
    variant = ""
    if not any(dimension.ordered for dimension in space.dimensions):
        variant = "some-of-one" if len(witness) == 1 else "some"
        params |= _name_lost(space) if len(witness) == 1 else {}
    place = subject.place_rule(1)
    yield subject.diagnose("below-first-level", Severity.NOTE, place, params, variant=variant, level=1, witness=witness)


def _name_lost(space: Space) -> dict[str, object]:
    """The only measure, and all its values that reach no level: its names, or where its numbers lie."""
    ((block,), (dimension,)) = space.blocks, space.dimensions
    pairs = zip(dimension.cells, block.holding, strict=True)
    lost = join_cells([cell for cell, holding in pairs if space.level_of(holding) == 0])
    numbers = all(isinstance(part, Stretch) for part in lost.parts)
    return {"measure": dimension.name, "values": lost if numbers else lost.parts}


def find_skipped(subject: Subject, space: Space) -> Iterator[Diagnostic]:
    """A note for each pair of levels of which the higher can be reached where the lower one's rule never held."""
    if subject.indicator.policy == "ladder":
        return
    best: dict[tuple[int, int], tuple[int, Spots]] = {}
    for (holding, ever), choice in space.find_reached().items():
        level = space.level_of(holding)
        for lower in range(1, level):
            if not ever >> (lower - 1) & 1:
                best[level, lower] = min(best.get((level, lower), choice), choice)
    for (level, lower), (_, spots) in sorted(best.items()):
        yield _describe_skipped(subject, space.cells_at(spots), level=level, skipped=lower)


def _describe_skipped(subject: Subject, cells: Mapping[str, Cell], *, level: int, skipped: int) -> Diagnostic:
    witness = {name: cell.sample for name, cell in cells.items()}
    return subject.diagnose(
        "level-skipped",
        Severity.NOTE,
        subject.place_rule(level),
        {"better": show_values(witness, alone=len(witness) == 1), "level": level, "skipped": skipped},
        level=level,
        witness=witness,
        related=(Related("level-not-asked", subject.place_rule(skipped), {"level": skipped}),),
    )
