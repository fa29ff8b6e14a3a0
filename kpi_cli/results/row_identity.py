"""Who a row is about; or that it is a total, a footer, a blank line, which is said and not passed over silently."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.model.names import clean_header
from kpi_cli.results.cells import BLANK, Kind, RawCell, Row, shorten_text
from kpi_cli.results.cleanup import clean_figure, clean_name
from kpi_cli.results.entities import EntityIndex, Named, Unnamed
from kpi_cli.results.headers import Role
from kpi_cli.results.merged_cells import Cover, MergedCells
from kpi_cli.results.tables import LEADING_ROWS, Table
from kpi_cli.results.words import DASHES


class Skipped(NamedTuple):
    """A row in which nothing stands."""


Identity: TypeAlias = Named | Diagnostic | Skipped

_READABLE = frozenset({Kind.TEXT, Kind.NUMBER})


class RowIdentity:
    """Who the rows of one table are about; what hangs on the table alone is looked up once."""

    def __init__(self, table: Table, entities: EntityIndex, merged: MergedCells) -> None:
        self._table, self._entities = table, entities
        self._merged = merged or None  # asked for every row, and nearly no table has any
        self._names, self._codes = table.header.columns(Role.ENTITY), table.header.columns(Role.CODE)
        self._home = self._names + self._codes
        self._computed = table.header.columns(Role.COMPUTED)
        self._first = table.rows[0].number if table.rows else 0
        self._begun = False

    def identify(self, row: Row, *, speaks: bool) -> Identity:
        """The entity that `row` is about, else what to say of it; `speaks` tells whether it holds a figure."""
        name_columns, code_columns = self._names, self._codes
        if self._merged is not None:
            name_columns, code_columns = (self._uncovered(row, columns) for columns in (name_columns, code_columns))
        names = _list_texts(row, name_columns)
        codes = _list_texts(row, code_columns) if code_columns else []
        named = names + codes
        if self._is_totals(row, named):
            return self._note(row, "totals-row")
        if speaks and self._is_leading(row) and self._is_column_numbers(row, named):
            return self._note(row, "skipped-row", "column-numbers")
        all_named = len(named) == len(name_columns) + len(code_columns)
        broken = None if all_named else _find_broken(row, name_columns + code_columns)
        if named and broken is None:
            found = self._entities.identify(names=names, codes=codes)
            self._begun = True
            return found if isinstance(found, Named) else self._refuse_name(row, found, speaks=speaks)
        home = self.find_home_cover(row) if broken is None else None
        if home is not None:
            return self._without_own_name(row, home, speaks=speaks)
        return self._without_name(row, broken, speaks=speaks)

    def name_all(self, rows: Sequence[Row]) -> Sequence[Named] | None:
        """The entities that `rows` are about, as `identify` finds them; None where it must be asked for each row."""
        if len(self._names) != 1 or self._codes or self._merged is not None:
            return None
        (column,) = self._names
        cells = [row.cell(column) for row in rows]
        if not _READABLE.issuperset([cell.kind for cell in cells]):
            return None
        return self._entities.name_all([cell.text for cell in cells])

    def find_home_cover(self, row: Row) -> Cover | None:
        """What is merged with other rows over the cell where the name of `row` would stand."""
        covers = (self._find_cover(row, column) for column in self._home)
        return next((cover for cover in covers if cover is not None), None)

    def _uncovered(self, row: Row, columns: tuple[int, ...]) -> tuple[int, ...]:
        return tuple([column for column in columns if self._find_cover(row, column) is None])

    def _find_cover(self, row: Row, column: int) -> Cover | None:
        cover = None if self._merged is None else self._merged.find_cover(row, column)
        return cover if cover is not None and cover.from_above else None

    def _is_totals(self, row: Row, texts: list[str]) -> bool:
        """A word for a total stands where the name would, or, where there is no name, in a column before it."""
        is_totals = self._entities.is_totals
        if texts:
            return any(map(is_totals, texts)) and not any(map(self._entities.knows, texts))
        return any(cell.kind is Kind.TEXT and is_totals(cell.text) for cell in row.cells[: min(self._home)])

    def _is_leading(self, row: Row) -> bool:
        """Whether nobody's row stands between the header and this one."""
        return not self._begun and row.number < self._first + LEADING_ROWS

    def _is_column_numbers(self, row: Row, named: list[str]) -> bool:
        """The line `(1) (2) (3)=(2)/(1)` of official tables, below the header; figures where it may name someone."""
        if not self._entities.has_roster or not named or any(map(self._entities.knows, named)):
            return False
        if any(cell.typed for cell in row.cells):
            return False
        filled = (clean_figure(cell.text) for cell in row.cells if cell.kind is not Kind.BLANK)
        texts = [text.partition("=")[0].strip("() ") for text in filled]
        return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]

    def _without_own_name(self, row: Row, home: Cover, *, speaks: bool) -> Identity:
        name = shorten_text(clean_name(home.seen.text))
        if self._entities.is_totals(home.seen.text):
            return Diagnostic("totals-row", Severity.NOTE, self._place_name(row), {"text": name})
        if not speaks:
            return self._pass_over(row)
        params = {"entity": name, "range": str(home.range)}
        return Diagnostic("cell-merged", Severity.ERROR, self._place_name(row), params, "name")

    def _without_name(self, row: Row, broken: int | None, *, speaks: bool) -> Identity:
        if broken is not None:
            cell = row.cell(broken)
            params = {"raw": shorten_text(cell.text), "kind": f"{cell.kind.name.lower().replace('_', '-')}-cell"}
            place = self._table.sheet.place(row.number, broken)
            severity = Severity.ERROR if speaks else Severity.NOTE
            return Diagnostic("row-without-entity" if speaks else "skipped-row", severity, place, params, "broken")
        if speaks:
            return Diagnostic("row-without-entity", Severity.ERROR, self._place_name(row))
        return self._pass_over(row)

    def _refuse_name(self, row: Row, unnamed: Unnamed, *, speaks: bool) -> Diagnostic:
        if not speaks:
            return self._note(row, "skipped-row")
        place, name = self._place_name(row), shorten_text(clean_name(unnamed.name))
        if unnamed.reason == "ambiguous":
            return refuse_shared_name(unnamed, name, place)
        code = "entity-mismatch" if unnamed.reason == "disagree" else "unknown-entity"
        params = {"entity": name, "suggestion": unnamed.suggestion}
        variant = "near" if unnamed.reason == "unknown" and unnamed.suggestion else ""
        return Diagnostic(code, Severity.ERROR, place, params, variant)

    def _place_name(self, row: Row) -> Place:
        return self._table.sheet.place(row.number, self._home[0])

    def _pass_over(self, row: Row) -> Identity:
        """A note where anything stands in the row but numbers of lines and columns that are worked out."""
        cells = (cell for column, cell in enumerate(row.cells) if column not in self._computed)
        return self._note(row, "skipped-row") if any(map(_is_remark, cells)) else Skipped()

    def _note(self, row: Row, code: str, variant: str = "") -> Diagnostic:
        column, text = next(
            (column, cell.text) for column, cell in enumerate(row.cells) if cell.kind is not Kind.BLANK and cell.text
        )
        params = {"text": shorten_text(clean_name(text))}
        return Diagnostic(code, Severity.NOTE, self._table.sheet.place(row.number, column), params, variant)


def refuse_shared_name(unnamed: Unnamed, name: str, place: Place | None) -> Diagnostic:
    """What is said where several on the roster bear a name: who they are, or of very many the first and a count."""
    params: dict[str, object] = {"entity": name, "suggestion": unnamed.suggestion}
    if not unnamed.many:
        return Diagnostic("ambiguous-entity", Severity.ERROR, place, params)
    return Diagnostic("ambiguous-entity", Severity.ERROR, place, {**params, "count": unnamed.many}, "many")


def _list_texts(row: Row, columns: tuple[int, ...]) -> list[str]:
    """What stands in `columns`, of what may be a name."""
    texts = []
    cells = row.cells
    for column in columns:
        cell = cells[column] if column < len(cells) else BLANK
        if cell.kind in _READABLE and clean_header(cell.text).strip(DASHES):
            texts.append(cell.text)
    return texts


def _find_broken(row: Row, columns: tuple[int, ...]) -> int | None:
    for column in columns:
        kind = row.cell(column).kind
        if kind not in _READABLE and kind is not Kind.BLANK:
            return column
    return None


def _is_remark(cell: RawCell) -> bool:
    return cell.kind is Kind.TEXT and not clean_figure(cell.text).rstrip(".").isdecimal()
