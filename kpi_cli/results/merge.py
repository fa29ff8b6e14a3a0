"""All that rows, sheets and files say, by entity: agreeing cells become one figure, disagreeing ones are refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.model.names import clean_header
from kpi_cli.results.entities import EntityIndex, Named
from kpi_cli.results.line_reader import CodeCell, RowFigures
from kpi_cli.results.places import FindPlace
from kpi_cli.scoring.figures import Answer, Entity, Figure, FigureRow, Said, make_many

MAX_DISAGREEING = 20
"""Cells of one measure and entity that are named where they disagree; how many they are is said."""


class Account(NamedTuple):
    """What one entity reported, by row."""

    entity: Entity
    rows: Sequence[Mapping[str, Figure]]


def merge_rows(rows: Sequence[RowFigures], entities: EntityIndex) -> tuple[Account, ...]:
    """An account of everyone on the roster in its order, or, without one, of everyone named in order of appearance."""
    if not entities.has_roster and len({row.named.key for row in rows}) == len(rows):  # as in most long tables
        return tuple(make_many(Account, [row.named.entity for row in rows], [(row.figures,) for row in rows]))
    named: dict[str, Entity] = {clean_header(entity.code or ""): entity for entity in entities.entities}
    figures: dict[str, list[Mapping[str, Figure]]] = {key: [] for key in named}
    for row in rows:
        key = row.named.key
        if key not in named:
            named[key], figures[key] = row.named.entity, []
        figures[key].append(row.figures)
    return tuple(make_many(Account, named.values(), figures.values()))


def unify_prefixed(rows: Iterable[RowFigures], entities: EntityIndex) -> list[RowFigures]:
    """Without a roster, อำเภอสตึก is สตึก where a row of that name is there too."""
    listed = list(rows)
    if entities.has_roster:
        return listed
    prefixed = [place for place, row in enumerate(listed) if entities.has_prefix(row.named.key)]
    by_key = {row.named.key: row.named for row in listed} if prefixed else {}
    for place in prefixed:
        listed[place] = _unify_row(listed[place], by_key, entities)
    return listed


def _unify_row(row: RowFigures, by_key: Mapping[str, Named], entities: EntityIndex) -> RowFigures:
    spellings = entities.strip_prefixes(row.named.key)
    bare = next((by_key[key] for key in spellings if key in by_key), None)
    return row if bare is None else row._replace(named=bare)


def refuse_shared_names(rows: Sequence[RowFigures]) -> tuple[list[RowFigures], list[Diagnostic]]:
    """Without a roster, rows of one name but of two codes are two entities or a slip: none of their figures counts."""
    first: dict[str, CodeCell] = {}
    found: dict[str, Diagnostic] = {}
    for row in rows:
        code = row.code
        if code is None:
            continue
        known = first.setdefault(row.named.key, code)
        if code.key != known.key:
            found.setdefault(row.named.key, _describe_codes(row.named.entity, code, known))
    if not found:
        return list(rows), []
    kept = [row._replace(figures={}) if row.named.key in found else row for row in rows]
    return kept, list(found.values())


def _describe_codes(entity: Entity, code: CodeCell, known: CodeCell) -> Diagnostic:
    params = {"entity": entity.name, "raw": code.raw, "suggestion": known.raw}
    related = (Related("other-code", known.place, {"raw": known.raw}),)
    return Diagnostic("entity-mismatch", Severity.ERROR, code.place, params, "codes", related=related)


def settle_conflicts(
    account: Account, owner: Mapping[str, str], place: FindPlace
) -> tuple[Mapping[str, Figure], tuple[Diagnostic, ...]]:
    """The figures of an account; where cells disagree none of them counts, and both are named."""
    if len(account.rows) == 1:  # as in most files: nothing to agree on, and no figure needs to be made yet
        return account.rows[0], ()
    held = _hold_figures(account.rows)
    figures = {name: _settle(tuple(said.values())) for name, said in held.items()}
    return figures, tuple(_describe_conflicts(account.entity, held, owner, place))


_Held: TypeAlias = Mapping[str, dict[Answer, Figure]]
"""Measure -> each answer that was given to it, with the first figure that gives it; nothing reported is one alone."""


def _hold_figures(rows: Iterable[Mapping[str, Figure]]) -> _Held:
    held: dict[str, dict[Answer, Figure]] = {}
    seen: dict[str, set[Said]] = {}
    for row in rows:
        for name, figure in _list_unseen(row, seen):
            _add_figure(held.setdefault(name, {}), figure)
    return held


def _list_unseen(row: Mapping[str, Figure], seen: dict[str, set[Said]]) -> Iterator[tuple[str, Figure]]:
    """The figures of a row but for those of cells whose equals were `seen`: rows of one entity may be very many."""
    if not isinstance(row, FigureRow) or row.changed:
        yield from row.items()
        return
    for name, position in row.layout.positions.items():
        said = row.said[position]
        known = seen.setdefault(name, set())
        if said not in known:
            known.add(said)
            yield name, row[name]


def _add_figure(held: dict[Answer, Figure], new: Figure) -> None:
    """What says something replaces what says nothing; what says the same is not kept twice."""
    if new.reported:
        held.pop(None, None)
        held.setdefault(new.answer, new)
    elif not held or (None in held and new.raw and not held[None].raw):
        # Of cells that say nothing, one that was refused, or holds a dash, tells more than a blank one.
        held[None] = new


def _settle(said: tuple[Figure, ...]) -> Figure:
    return said[0] if len(said) == 1 else Figure(None, said[0].raw, said[0].cell)


def _describe_conflicts(
    entity: Entity, held: _Held, owner: Mapping[str, str], place: FindPlace
) -> Iterator[Diagnostic]:
    for name, each in held.items():
        if len(each) > 1:
            first, *others = said = list(each.values())[:MAX_DISAGREEING]
            raws = tuple(one.raw or "" for one in said)
            params = {"entity": entity.name, "measure": name, "raw": raws[0], "values": raws, "count": len(each)}
            yield Diagnostic(
                "conflicting-values",
                Severity.ERROR,
                place(first),
                params,
                "" if len(each) == len(said) else "many",
                indicator=owner[name],
                related=tuple(Related("other-value", place(one), {"raw": one.raw}) for one in others),
            )
