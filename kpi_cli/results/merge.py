"""All that rows, sheets and files say, by entity: agreeing cells become one figure, disagreeing ones are refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.model.names import clean_header
from kpi_cli.results.entities import EntityIndex, Named
from kpi_cli.results.places import FindPlace
from kpi_cli.results.table import CodeCell, Reported, RowFigures
from kpi_cli.scoring.figures import Entity, Figure


class Account(NamedTuple):
    """What one entity reported: measure -> all that was said of it, one item where the cells agree."""

    entity: Entity
    figures: Mapping[str, tuple[Reported, ...]]


def merge_rows(rows: Iterable[RowFigures], entities: EntityIndex) -> tuple[Account, ...]:
    """An account of everyone on the roster in its order, or, without one, of everyone named in order of appearance."""
    named: dict[str, Entity] = {clean_header(entity.code or ""): entity for entity in entities.entities}
    figures: dict[str, dict[str, tuple[Reported, ...]]] = {key: {} for key in named}
    for row in rows:
        named.setdefault(row.named.key, row.named.entity)
        held = figures.setdefault(row.named.key, {})
        for reported in row.figures:
            held[reported.measure] = _add_figure(held.get(reported.measure, ()), reported)
    return tuple(Account(entity, figures[key]) for key, entity in named.items())


def _add_figure(held: tuple[Reported, ...], new: Reported) -> tuple[Reported, ...]:
    """What says something replaces what says nothing; what says the same is not kept twice."""
    if not held or not new.figure.reported:
        # Of cells that say nothing, one that was refused, or holds a dash, tells more than a blank one.
        silent = held and not held[0].figure.reported and not held[0].figure.raw
        return (new,) if not held or (silent and new.figure.raw) else held
    if not held[0].figure.reported:
        return (new,)
    return held if any(one.figure.value == new.figure.value for one in held) else (*held, new)


def unify_prefixed(rows: Iterable[RowFigures], entities: EntityIndex) -> list[RowFigures]:
    """Without a roster, อำเภอสตึก is สตึก where a row of that name is there too."""
    listed = list(rows)
    if entities.has_roster:
        return listed
    by_key = {row.named.key: row.named for row in listed}
    return [row._replace(named=_find_bare(row.named, by_key, entities)) for row in listed]


def _find_bare(named: Named, by_key: Mapping[str, Named], entities: EntityIndex) -> Named:
    return next((by_key[bare] for bare in entities.strip_prefixes(named.key) if bare in by_key), named)


def refuse_shared_names(rows: Sequence[RowFigures]) -> tuple[list[RowFigures], list[Diagnostic]]:
    """Without a roster, rows of one name but of two codes are two entities or a slip: none of their figures counts."""
    first: dict[str, CodeCell] = {}
    found: dict[str, Diagnostic] = {}
    for row in rows:
        known = first.setdefault(row.named.key, row.code) if row.code else None
        if row.code and known and row.code.key != known.key:
            found.setdefault(row.named.key, _describe_codes(row.named.entity, row.code, known))
    kept = [row._replace(figures=()) if row.named.key in found else row for row in rows]
    return kept, list(found.values())


def _describe_codes(entity: Entity, code: CodeCell, known: CodeCell) -> Diagnostic:
    params = {"entity": entity.name, "raw": code.raw, "suggestion": known.raw}
    related = (Related("other-code", known.place, {"raw": known.raw}),)
    return Diagnostic("entity-mismatch", Severity.ERROR, code.place, params, "codes", related=related)


def settle_conflicts(
    account: Account, owner: Mapping[str, str], place: FindPlace
) -> tuple[dict[str, Figure], tuple[Diagnostic, ...]]:
    """The figures of an account; where cells disagree none of them counts, and both are named."""
    figures = {name: _settle(said) for name, said in account.figures.items()}
    return figures, tuple(_describe_conflicts(account, owner, place))


def _settle(said: tuple[Reported, ...]) -> Figure:
    first = said[0].figure
    return first if len(said) == 1 else Figure(None, first.raw, first.cell)


def _describe_conflicts(account: Account, owner: Mapping[str, str], place: FindPlace) -> Iterator[Diagnostic]:
    for name, said in account.figures.items():
        if len(said) > 1:
            first, *others = said
            raws = tuple(one.figure.raw or "" for one in said)
            params = {"entity": account.entity.name, "measure": name, "raw": raws[0], "values": raws}
            yield Diagnostic(
                "conflicting-values",
                Severity.ERROR,
                place(first.figure),
                params,
                indicator=owner[name],
                related=tuple(Related("other-value", place(one.figure), {"raw": one.figure.raw}) for one in others),
            )
