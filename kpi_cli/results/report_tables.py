"""The figures of an xlsx report, cell by cell. Tables are found by the ids of indicators and sections, not by words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kpi_cli.model import IndicatorSet, Section
from kpi_cli.results.cells import Kind, RawCell, Row, Sheet
from kpi_cli.rules.values import canonical_number
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.verify import Claim

OVERALL = "overall"
DETAILS = "details"
LEVELS = "levels"
_TOTALS = ("rank", "entity", "score")
_ENTITY = 1
_BESIDE = ("incomplete", "not_applicable", "absent")
_UNCALCULATED = "="


def list_sheet_claims(sheets: Sequence[Sheet], definition: IndicatorSet) -> list[Claim]:
    """What the sheets of a report say of the indicators of `definition`."""
    owners = {indicator.id: section.id for section in definition.sections for indicator in section}
    return [claim for sheet in sheets for claim in _list_sheet(sheet, definition, owners)]


def _list_sheet(sheet: Sheet, definition: IndicatorSet, owners: Mapping[str, str]) -> Iterator[Claim]:
    table = _find_ranking(sheet, definition, owners) or _find_overall(sheet, definition)
    if table is not None:
        yield from _list_table(sheet, table)
        return
    measures = _name_measures(definition)
    for row in sheet.rows:
        if _text(row.cell(2)) in owners:
            yield from _list_detail(sheet, row, owners, measures)
        elif _text(row.cell(0)) in owners:
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


def _find_ranking(sheet: Sheet, definition: IndicatorSet, owners: Mapping[str, str]) -> _Table | None:
    """The ranking of a section: the ids of its indicators stand side by side, behind rank, entity and score."""
    for position, row in enumerate(sheet.rows):
        texts = tuple(map(_text, row.cells))
        found = [owners[text] for text in texts[len(_TOTALS) :] if text in owners]
        if found:
            section = next(one for one in definition.sections if one.id == max(found, key=found.count))
            return _Table(section.id, position, _name_columns(texts, section, graded=bool(definition.grades)))
    return None


def _name_columns(texts: Sequence[str], section: Section, *, graded: bool) -> tuple[Column, ...]:
    ids = {indicator.id for indicator in section}
    first = next(number for number, text in enumerate(texts) if number >= len(_TOTALS) and text in ids)
    columns = _name_totals(first, graded=graded)
    subtotals = {group.indicators[-1].id: group.id for group in section.groups}
    for before, text in zip(texts[first - 1 :], texts[first:], strict=False):
        if text in ids:
            columns.append(Column("level", text))
        elif before in subtotals:
            columns.append(Column("points", subtotals[before]))
        else:
            columns.append(Column("complete"))
    return tuple(columns)


def _name_totals(width: int, *, graded: bool) -> list[Column]:
    """Rank, entity and score; a grade stands last of these, a possible score before it where it differs."""
    names = [*_TOTALS, *(["possible"] if width > len(_TOTALS) + graded else []), *(["grade"] if graded else [])]
    return [Column(name) for name in names[:width]]


def _find_overall(sheet: Sheet, definition: IndicatorSet) -> _Table | None:
    """The ranking over all sections: under their titles, which end the heading, stand the shares and nothing else."""
    for position, (row, under) in enumerate(zip(sheet.rows, sheet.rows[1:], strict=False)):
        width = len(row.cells)
        shares = [number for number, cell in enumerate(under.cells) if cell.kind is not Kind.BLANK]
        is_last = shares and shares == list(range(width - len(shares), width)) and shares[0] >= len(_TOTALS)
        if is_last and all(under.cells[number].kind is Kind.NUMBER for number in shares):
            totals = _name_totals(shares[0], graded=bool(definition.grades))
            sections = [Column("score", _text(cell)) for cell in row.cells[shares[0] :]]
            return _Table(OVERALL, position, (*totals, *sections))
    return None


def _list_table(sheet: Sheet, table: _Table) -> Iterator[Claim]:
    """The lines above the table, the weights or shares under its heading, and its rows in any order."""
    above = " / ".join(filter(None, (_text(row.cell(0)) for row in sheet.rows[: table.heading])))
    yield Claim(table.section, None, "", "", "title", above, sheet.cell_name(1, 0))
    under = sheet.rows[table.heading + 1 : table.heading + 2]
    for row in under if not _names_entity(under) else ():
        for claim in _list_row(sheet, row, table, None):
            yield claim._replace(figure="weight")
    for row in sheet.rows[table.heading + 1 :]:
        if _names_entity((row,)):
            yield from _list_row(sheet, row, table, Entity(None, _text(row.cell(_ENTITY))))


def _names_entity(rows: Sequence[Row]) -> bool:
    """Whether it is a row of the ranking; the key below it has nothing beside its text, a signature no name."""
    return any(
        row.cell(_ENTITY).kind is not Kind.BLANK
        and any(cell.kind is not Kind.BLANK for number, cell in enumerate(row.cells) if number != _ENTITY)
        for row in rows
    )


def _list_row(sheet: Sheet, row: Row, table: _Table, entity: Entity | None) -> Iterator[Claim]:
    for number, column in enumerate(table.columns):
        value = _text(row.cell(number))
        if value and number != _ENTITY:
            cell = sheet.cell_name(row.number, number)
            yield Claim(table.section, entity, "", column.item, column.figure, value, cell)


def _list_detail(
    sheet: Sheet, row: Row, owners: Mapping[str, str], measures: Mapping[tuple[str, str], str]
) -> Iterator[Claim]:
    """Section, entity, indicator, measure, value, as typed, cell, level, points; what was typed is no figure."""
    texts = [_text(row.cell(number)) for number in range(9)]
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
    name = _text(row.cell(0))
    outcomes = (*(f"level {level}" for level in range(scale + 1)), *_BESIDE)
    for number, outcome in enumerate(outcomes, start=2):
        if row.cell(number).kind is not Kind.BLANK:
            cell = sheet.cell_name(row.number, number)
            yield Claim(owners[name], None, LEVELS, name, outcome, _text(row.cell(number)), cell)


def _text(cell: RawCell) -> str:
    """A cell as it is compared: a number in full, a text on one line."""
    if cell.kind is Kind.NUMBER and cell.number is not None:
        return canonical_number(cell.number)
    return _UNCALCULATED if cell.kind is Kind.NOT_CALCULATED else " ".join(cell.text.split())
