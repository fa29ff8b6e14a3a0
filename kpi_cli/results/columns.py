"""What is found about columns and sheets: headers in doubt, headers that nothing claims, measures without a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.model import IndicatorSet
from kpi_cli.results.cells import Kind, RawCell, Row, Sheet, shorten_text
from kpi_cli.results.cleanup import clean_name
from kpi_cli.results.header import row_claims
from kpi_cli.results.headers import HeaderIndex, Role
from kpi_cli.results.tables import HeaderCell, Table


def check_columns(table: Table, headers: HeaderIndex) -> Iterator[Diagnostic]:
    """The columns of `table` that are refused, misspelt or not read."""
    for cell in table.header.cells:
        if cell.claim is None:
            yield _describe_column(table, cell, headers)
        elif cell.overruled:
            params = {"header": shorten_text(clean_name(cell.text)), "title": shorten_text(clean_name(cell.overruled))}
            place = table.sheet.place(cell.row, cell.column)
            yield Diagnostic("ambiguous-column", Severity.WARNING, place, params, "overruled")
    yield from _find_untitled(table)
    if table.stray is not None:
        yield _describe_stray(table, table.stray, headers)


def _describe_stray(table: Table, row: Row, headers: HeaderIndex) -> Diagnostic:
    claims = row_claims(row, headers)
    place = table.sheet.place(row.number, next(iter(claims)))
    if any(claim.role is Role.MEASURE for found in claims.values() for claim in found):
        return Diagnostic("no-entity-column", Severity.ERROR, place, {"expected_header": headers.entity_title})
    return Diagnostic("no-header", Severity.ERROR, place, {}, "below")


def _describe_column(table: Table, cell: HeaderCell, headers: HeaderIndex) -> Diagnostic:
    place = table.sheet.place(cell.row, cell.column)
    params: dict[str, object] = {"header": shorten_text(clean_name(cell.text))}
    if cell.spread:
        return Diagnostic("ambiguous-column", Severity.ERROR, place, params, "merged")
    if cell.claims:
        candidates = tuple(claim.measure or claim.role.name.lower() for claim in cell.claims)
        return Diagnostic("ambiguous-column", Severity.ERROR, place, {**params, "candidates": candidates})
    suggestion = headers.suggest(cell.text)
    if suggestion:
        return Diagnostic("unknown-column", Severity.WARNING, place, {**params, "suggestion": suggestion})
    return Diagnostic("unclaimed-column", Severity.NOTE, place, params)


def _find_untitled(table: Table) -> Iterator[Diagnostic]:
    """Columns that hold something in a row but have no header at all."""
    titled = {cell.column for cell in table.header.cells}
    widest = max((len(row.cells) for row in table.rows), default=0)
    width = min(widest, table.header.width) if table.sheet.is_csv else widest  # longer rows of a csv are refused
    filled = table.find_filled((each for each in range(width) if each not in titled), _is_filled)
    for column, row in sorted(filled.items()):
        yield Diagnostic("unclaimed-column", Severity.NOTE, table.sheet.place(row, column), {}, variant="untitled")


def _is_filled(cell: RawCell) -> bool:
    return cell.kind is not Kind.BLANK


def explain_sheet(sheet: Sheet, headers: HeaderIndex) -> Iterator[Diagnostic]:
    """Why a sheet without a table has none: it may be a cover, or its header may be out of reach."""
    if sheet.hidden:
        yield Diagnostic("hidden-sheet", Severity.NOTE, sheet.whole, {"sheet": sheet.title})
    elif sheet.rows:
        yield _miss_entity(sheet, headers) or Diagnostic("no-header", Severity.NOTE, sheet.whole)
        yield from _find_slips(sheet, headers)


def _miss_entity(sheet: Sheet, headers: HeaderIndex) -> Diagnostic | None:
    """An error where a row has the measures of a header but not the entity: its figures must not get lost."""
    for row in sheet.rows:
        claims = row_claims(row, headers)
        measures = {claim.measure for found in claims.values() for claim in found if claim.role is Role.MEASURE}
        texts = (cell.text for column, cell in enumerate(row.cells) if cell.kind is Kind.TEXT and column not in claims)
        if len(measures) > 1 or (measures and any(map(headers.suggest_entity, texts))):
            place = sheet.place(row.number, next(iter(claims)))
            return Diagnostic("no-entity-column", Severity.ERROR, place, {"expected_header": headers.entity_title})
    return None


def _find_slips(sheet: Sheet, headers: HeaderIndex) -> Iterator[Diagnostic]:
    """Beside an entity's header, what may be measures misspelt."""
    for row in sheet.rows:
        claims = row_claims(row, headers)
        if not any(claim.role in (Role.ENTITY, Role.CODE) for found in claims.values() for claim in found):
            continue
        for column, cell in enumerate(row.cells):
            suggestion = headers.suggest(cell.text) if cell.kind is Kind.TEXT and column not in claims else None
            if suggestion:
                params = {"header": shorten_text(clean_name(cell.text)), "suggestion": suggestion}
                yield Diagnostic("unknown-column", Severity.WARNING, sheet.place(row.number, column), params)


def find_missing_columns(definition: IndicatorSet, seen: Iterable[str], place: Place | None) -> Iterator[Diagnostic]:
    """The measures without a column; the parts of a ratio are not asked for, but stand in for its percent."""
    known = set(seen)
    for indicator in definition.indicators:
        for name, measure in indicator.measures.items():
            ratio = measure.ratio
            by_parts = ratio is not None and {ratio.part, ratio.whole} <= known
            if name in known or by_parts or name in indicator.ratio_parts:
                continue
            params = {"measure": name, "title": measure.title}
            yield Diagnostic("missing-column", Severity.WARNING, place, params, indicator=indicator.id)
