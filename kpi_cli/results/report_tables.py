"""The figures of an xlsx report, cell by cell. Tables are found by the ids of indicators and sections, not by words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from kpi_cli.model import Group, IndicatorSet, Section
from kpi_cli.results.cells import Kind, RawCell, Row, Sheet
from kpi_cli.rules.values import canonical_number
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.verify import Claim

OVERALL = "overall"
DETAILS = "details"
LEVELS = "levels"
ENTITY = 1
_BESIDE = ("incomplete", "not_applicable", "absent")
_UNCALCULATED = "="


def list_sheet_claims(sheets: Sequence[Sheet], definition: IndicatorSet) -> list[Claim]:
    """What the sheets of a report say of the indicators of `definition`."""
    owners = {indicator.id: section.id for section in definition.sections for indicator in section}
    return [claim for sheet in sheets for claim in _list_sheet(sheet, definition, owners)]


def _list_sheet(sheet: Sheet, definition: IndicatorSet, owners: Mapping[str, str]) -> Iterator[Claim]:
    table = _find_table(sheet, definition)
    if table is not None:
        yield from _list_table(sheet, table)
        return
    measures = _name_measures(definition)
    for row in sheet.rows:
        if row.cell(2).kind is Kind.TEXT and show_cell(row.cell(2)) in owners:  # a count may be what an id is
            yield from _list_detail(sheet, row, owners, measures)
        elif show_cell(row.cell(0)) in owners:
            yield from _list_reached(sheet, row, owners, definition.scale)


class Column(NamedTuple):
    """What a column of a ranking states: a figure of an indicator, a group or a section, or of the whole row."""

    figure: str
    item: str = ""


class _Table(NamedTuple):
    """A ranking in its sheet: the position of its heading among the rows, and its columns from the first one on."""

    section: str
    heading: int
    columns: tuple[Column, ...]


def _find_table(sheet: Sheet, definition: IndicatorSet) -> _Table | None:
    """The ranking of a sheet. It is known by its heading alone: ids may stand anywhere among what was typed."""
    heading = find_heading(sheet)
    if heading is None:
        return None
    return _find_ranking(sheet, heading, definition) or _find_overall(sheet, heading, definition)


def find_heading(sheet: Sheet) -> int | None:
    """The position of the row that heads a table among the rows, if there is any."""
    return next((number for number, row in enumerate(sheet.rows) if _is_wide(row)), None)


def _is_wide(row: Row) -> bool:
    """Whether anything stands behind the first column, where titles stand alone."""
    return any(cell.kind is not Kind.BLANK for cell in row.cells[1:])


def _find_ranking(sheet: Sheet, heading: int, definition: IndicatorSet) -> _Table | None:
    """The ranking of a section: the ids of its indicators stand behind the totals, and at most one column after."""
    texts = tuple(map(show_cell, sheet.rows[heading].cells))
    for section, totals in product(definition.sections, _list_totals(definition)):
        columns = (*totals, *_list_columns(section), Column("complete"))
        width = len(columns) - (len(texts) < len(columns))
        levels = [(text, column.item) for text, column in zip(texts, columns, strict=False) if column.figure == "level"]
        if len(texts) == width and all(text == item for text, item in levels):
            return _Table(section.id, heading, columns[:width])
    return None


def _list_columns(section: Section) -> Iterator[Column]:
    """An indicator each, and after those of a group what they come to."""
    for item in section.indicators:
        yield from (Column("level", one.id) for one in (item.indicators if isinstance(item, Group) else (item,)))
        if isinstance(item, Group):
            yield Column("points", item.id)


def _list_totals(definition: IndicatorSet) -> Iterator[tuple[Column, ...]]:
    """Rank, entity and score; then a possible score where any differs, and a grade."""
    for possible in ((), ("possible",)):
        yield tuple(map(Column, ("rank", "entity", "score", *possible, *(("grade",) if definition.grades else ()))))


def _find_overall(sheet: Sheet, heading: int, definition: IndicatorSet) -> _Table | None:
    """The ranking over all sections: under their titles, which end the heading, stand the shares and nothing else."""
    row = sheet.rows[heading]
    for under, totals in product(sheet.rows[heading + 1 : heading + 2], _list_totals(definition)):
        sections = [Column("score", show_cell(cell)) for cell in row.cells[len(totals) :]]
        shares = [Kind.BLANK] * len(totals) + [Kind.NUMBER] * len(sections)
        if [under.cell(number).kind for number in range(len(row.cells))] == shares:
            return _Table(OVERALL, heading, (*totals, *sections))
    return None


def _list_table(sheet: Sheet, table: _Table) -> Iterator[Claim]:
    """The lines above the table, the weights or shares under its heading, and its rows in any order."""
    above = " / ".join(filter(None, (show_cell(row.cell(0)) for row in sheet.rows[: table.heading])))
    yield Claim(table.section, None, "", "", "title", above, sheet.cell_name(1, 0))
    under = sheet.rows[table.heading + 1 : table.heading + 2]
    for row in under if not _names_entity(under) else ():
        for claim in _list_row(sheet, row, table, None):
            yield claim._replace(figure="weight")
    for row in sheet.rows[table.heading + 1 :]:
        if _names_entity((row,)):
            yield from _list_row(sheet, row, table, Entity(None, show_cell(row.cell(ENTITY))))


def _names_entity(rows: Sequence[Row]) -> bool:
    """Whether it is a row of the ranking; the key below it has nothing beside its text, a signature no name."""
    return any(
        row.cell(ENTITY).kind is not Kind.BLANK
        and any(cell.kind is not Kind.BLANK for number, cell in enumerate(row.cells) if number != ENTITY)
        for row in rows
    )


def _list_row(sheet: Sheet, row: Row, table: _Table, entity: Entity | None) -> Iterator[Claim]:
    for number, column in enumerate(table.columns):
        value = show_cell(row.cell(number))
        if value and number != ENTITY:
            cell = sheet.cell_name(row.number, number)
            yield Claim(table.section, entity, "", column.item, column.figure, value, cell)


def _list_detail(
    sheet: Sheet, row: Row, owners: Mapping[str, str], measures: Mapping[tuple[str, str], str]
) -> Iterator[Claim]:
    """Section, entity, indicator, measure, value, as typed, cell, level, points; what was typed is no figure."""
    texts = [show_cell(row.cell(number)) for number in range(9)]
    measure = measures.get((texts[2], texts[3]), texts[3])
    for number, figure in ((4, "value"), (7, "level"), (8, "points")):
        if texts[number]:
            cell = sheet.cell_name(row.number, number)
            yield Claim(owners[texts[2]], Entity(None, texts[1]), DETAILS, measure, figure, texts[number], cell)


def _name_measures(definition: IndicatorSet) -> dict[tuple[str, str], str]:
    return {
        (indicator.id, " ".join(measure.title.split())): name
        for indicator in definition.indicators
        for name, measure in indicator.measures.items()
    }


def _list_reached(sheet: Sheet, row: Row, owners: Mapping[str, str], scale: int) -> Iterator[Claim]:
    """How many entities came to each level, behind the id and the title."""
    name = show_cell(row.cell(0))
    outcomes = (*(f"level {level}" for level in range(scale + 1)), *_BESIDE)
    for number, outcome in enumerate(outcomes, start=2):
        if row.cell(number).kind is not Kind.BLANK:
            cell = sheet.cell_name(row.number, number)
            yield Claim(owners[name], None, LEVELS, name, outcome, show_cell(row.cell(number)), cell)


def show_cell(cell: RawCell) -> str:
    """A cell as it is compared: a number in full, a text on one line."""
    if cell.kind is Kind.NUMBER and cell.number is not None:
        return canonical_number(cell.number)
    return _UNCALCULATED if cell.kind is Kind.NOT_CALCULATED else " ".join(cell.text.split())
