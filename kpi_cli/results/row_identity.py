"""Who a row is about; or that it is a total, a footer, a blank line, which is said and not passed over silently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model.names import clean_header
from kpi_cli.results.cells import Kind, RawCell, Row, shorten_text
from kpi_cli.results.cleanup import clean_figure, clean_name
from kpi_cli.results.entities import EntityIndex, Named, Unnamed
from kpi_cli.results.header import Table
from kpi_cli.results.headers import Role
from kpi_cli.results.merged_cells import Cover, MergedCells
from kpi_cli.results.words import DASHES


class Skipped(NamedTuple):
    """A row in which nothing stands."""


Identity: TypeAlias = Named | Diagnostic | Skipped

_READABLE = frozenset({Kind.TEXT, Kind.NUMBER})


def identify_row(table: Table, row: Row, entities: EntityIndex, merged: MergedCells, *, speaks: bool) -> Identity:
    """The entity that `row` is about, else what to say of it; `speaks` tells whether it holds a figure."""
    name_columns = _uncovered(row, table.header.columns(Role.ENTITY), merged)
    code_columns = _uncovered(row, table.header.columns(Role.CODE), merged)
    names, codes = list(_texts(row, name_columns)), list(_texts(row, code_columns))
    if _is_totals(table, row, [*names, *codes], entities):
        return _note_row(table, row, "totals-row")
    if speaks and _is_column_numbers(table, row, [*names, *codes], entities):
        return _note_row(table, row, "skipped-row", "column-numbers")
    broken = next(_broken_columns(row, (*name_columns, *code_columns)), None)
    home = find_home_cover(table, row, merged) if broken is None and not (names or codes) else None
    if home is not None:
        return _without_own_name(table, row, home, entities, speaks=speaks)
    if broken is not None or not (names or codes):
        return _without_name(table, row, broken, speaks=speaks)
    found = entities.identify(names=names, codes=codes)
    return found if isinstance(found, Named) else _refuse_name(table, row, found, speaks=speaks)


def _uncovered(row: Row, columns: tuple[int, ...], merged: MergedCells) -> tuple[int, ...]:
    return tuple(column for column in columns if merged.find_cover(row, column) is None) if merged else columns


def find_home_cover(table: Table, row: Row, merged: MergedCells) -> Cover | None:
    """What is merged from another row over the cell where the name of `row` would stand."""
    columns = _home_columns(table) if merged else ()
    return next((cover for column in columns if (cover := merged.find_cover(row, column)) is not None), None)


def _home_columns(table: Table) -> tuple[int, ...]:
    return table.header.columns(Role.ENTITY) + table.header.columns(Role.CODE)


def _without_own_name(table: Table, row: Row, home: Cover, entities: EntityIndex, *, speaks: bool) -> Identity:
    name = shorten_text(clean_name(home.seen.text))
    place = table.sheet.place(row.number, _home(table))
    if entities.is_totals(home.seen.text):
        return Diagnostic("totals-row", Severity.NOTE, place, {"text": name})
    if not speaks:
        return _note_row(table, row, "skipped-row") if _has_text(table, row) else Skipped()
    params = {"entity": name, "range": str(home.range)}
    return Diagnostic("cell-merged", Severity.ERROR, place, params, "name")


def _texts(row: Row, columns: tuple[int, ...]) -> Iterator[str]:
    for column in columns:
        cell = row.cell(column)
        if cell.kind in _READABLE and clean_header(cell.text).strip(DASHES):
            yield cell.text


def _is_totals(table: Table, row: Row, texts: list[str], entities: EntityIndex) -> bool:
    """A word for a total stands where the name would, or, where there is no name, in a column before it."""
    if texts:
        return any(map(entities.is_totals, texts)) and not any(map(entities.knows, texts))
    first = min(_home_columns(table))
    return any(cell.kind is Kind.TEXT and entities.is_totals(cell.text) for cell in row.cells[:first])


def _is_column_numbers(table: Table, row: Row, named: list[str], entities: EntityIndex) -> bool:
    """The line `(1) (2) (3)` that official tables have right below the header; figures where it may name someone."""
    if row is not table.rows[0] or any(cell.typed for cell in row.cells):
        return False
    if not entities.has_roster or not named or any(map(entities.knows, named)):
        return False
    texts = [clean_figure(cell.text).strip("()") for cell in row.cells if cell.kind is not Kind.BLANK]
    return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _broken_columns(row: Row, columns: tuple[int, ...]) -> Iterator[int]:
    return (column for column in columns if row.cell(column).kind not in _READABLE | {Kind.BLANK})


def _without_name(table: Table, row: Row, broken: int | None, *, speaks: bool) -> Identity:
    if broken is not None:
        params = {
            "raw": shorten_text(row.cell(broken).text),
            "kind": f"{row.cell(broken).kind.name.lower().replace('_', '-')}-cell",
        }
        place = table.sheet.place(row.number, broken)
        severity = Severity.ERROR if speaks else Severity.NOTE
        return Diagnostic("row-without-entity" if speaks else "skipped-row", severity, place, params, "broken")
    if speaks:
        return Diagnostic("row-without-entity", Severity.ERROR, table.sheet.place(row.number, _home(table)))
    return _note_row(table, row, "skipped-row") if _has_text(table, row) else Skipped()


def _home(table: Table) -> int:
    return _home_columns(table)[0]


def _has_text(table: Table, row: Row) -> bool:
    """Whether anything stands in the row but numbers of lines and columns that are worked out."""
    computed = table.header.columns(Role.COMPUTED)
    return any(_is_remark(cell) for column, cell in enumerate(row.cells) if column not in computed)


def _is_remark(cell: RawCell) -> bool:
    return cell.kind is Kind.TEXT and not clean_figure(cell.text).rstrip(".").isdecimal()


def _note_row(table: Table, row: Row, code: str, variant: str = "") -> Diagnostic:
    column, text = next(
        (column, cell.text) for column, cell in enumerate(row.cells) if cell.kind is not Kind.BLANK and cell.text
    )
    params = {"text": shorten_text(clean_name(text))}
    return Diagnostic(code, Severity.NOTE, table.sheet.place(row.number, column), params, variant)


def _refuse_name(table: Table, row: Row, unnamed: Unnamed, *, speaks: bool) -> Diagnostic:
    if not speaks:
        return _note_row(table, row, "skipped-row")
    codes = {"disagree": "entity-mismatch", "ambiguous": "ambiguous-entity", "unknown": "unknown-entity"}
    params = {"entity": shorten_text(clean_name(unnamed.name)), "suggestion": unnamed.suggestion}
    variant = "near" if unnamed.reason == "unknown" and unnamed.suggestion else ""
    place = table.sheet.place(row.number, _home(table))
    return Diagnostic(codes[unnamed.reason], Severity.ERROR, place, params, variant)
