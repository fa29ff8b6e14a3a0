"""The sheets with rankings, as an office prints them: every level in the colour of its step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model import IndicatorSet
from kpi_cli.render.headings import (
    describe_options,
    describe_provisional,
    describe_shares,
    index_scores,
    name_sections,
    say_nobody,
)
from kpi_cli.render.numbers import digits_needed, show_plain, show_score
from kpi_cli.render.report import Report
from kpi_cli.render.text import display_width, join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import CellValue, set_page, set_widths, write_cell
from kpi_cli.render.xlsx.columns import (
    Column,
    Looks,
    Role,
    Show,
    list_columns,
    list_total_columns,
    show_points,
)
from kpi_cli.render.xlsx.heat import colour_levels
from kpi_cli.render.xlsx.signatures import write_signatures
from kpi_cli.render.xlsx.titles import Titles, list_signs, write_titles
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, Overall, Scorecard, SectionRanking

# Narrower than this, a title breaks where nobody would break it.
_LEAST_WIDTH = 120
# A province's districts stay on one sheet of paper, in print that is still read at arm's length.
_ONE_PAGE = 30


class Table(NamedTuple):
    """What a ranking sheet shows: its columns, its rows, and what stands above and below them."""

    columns: tuple[Column, ...]
    rows: tuple[EntityScore, ...]
    titles: Titles
    number_format: str
    signs: Sequence[str] = ()


class Ranked(NamedTuple):
    """A ranking as it stands in its sheet, for a chart: the rows that have a score, and the columns it needs."""

    sheet: Worksheet
    titles: Titles
    number_format: str
    heading: int
    first: int
    scored: int
    columns: Mapping[Role, int]


def fill_section(
    sheet: Worksheet, ranking: SectionRanking, report: Report, definition: IndicatorSet, say: Translator
) -> Ranked | None:
    """The sheet of one section: titles, the ranking, its key, a place to sign; None where nobody reported."""
    if not any(row.reported for row in ranking.rows):
        _fill_nobody(sheet, ranking, report, definition, say)
        return None
    section = next(section for section in definition.sections if section.id == ranking.id)
    number_format = _choose_format(ranking.rows, definition)
    columns = tuple(list_columns(section, ranking, definition, number_format, say))
    title = f"{join_lines(ranking.title)} · {say('full marks 100')}"
    options = describe_options(report, say, section)
    titles = Titles(title, describe_provisional([ranking.rows], report, say), options)
    table = Table(columns, ranking.rows, titles, number_format, list_signs(ranking.rows, say))
    return _fill_ranking(sheet, table, definition, say)


def _fill_nobody(
    sheet: Worksheet, ranking: SectionRanking, report: Report, definition: IndicatorSet, say: Translator
) -> None:
    """One line in the place of a page of empty rows."""
    set_widths(sheet, [_LEAST_WIDTH])
    title = f"{join_lines(ranking.title)} · {say_nobody(report, say)}"
    last = write_titles(sheet, Titles(title), 1, definition)
    sheet.freeze_panes = "A2"
    set_page(sheet, say, header_rows=(1, last - 1), footer=definition.id, one_page=True)


def fill_overall(
    sheet: Worksheet, overall: Overall, report: Report, scorecard: Scorecard, definition: IndicatorSet, say: Translator
) -> Ranked | None:
    """The sheet over all sections: the score, and the sections' scores with their shares."""
    number_format = _choose_format(overall.rows, definition)
    columns = (
        *list_total_columns(overall.rows, definition, number_format, say),
        *_list_section_columns(overall, scorecard, definition),
    )
    title = f"{say('Overall')} · {describe_shares(overall, scorecard, say)}"
    titles = Titles(title, describe_provisional([overall.rows], report, say), describe_options(report, say))
    return _fill_ranking(sheet, Table(columns, overall.rows, titles, number_format), definition, say)


def _choose_format(rows: tuple[EntityScore, ...], definition: IndicatorSet) -> str:
    return "0." + "0" * digits_needed(rows, (grade.min for grade in definition.grades))


def _list_section_columns(overall: Overall, scorecard: Scorecard, definition: IndicatorSet) -> Iterator[Column]:
    """The sections' own scores, with the decimals of their own sheets."""
    scores = index_scores(scorecard)
    formats = {section.id: _choose_format(section.rows, definition) for section in scorecard.sections}
    for section, name in name_sections(overall, scorecard).items():
        rows = {entity: row for (id_, entity), row in scores.items() if id_ == section}
        share, width = show_plain(overall.shares[section]), max(13, display_width(name) + 4)
        yield Column(name, width, _show_part(rows, formats[section]), share)


def _show_part(rows: Mapping[Entity, EntityScore], number_format: str) -> Show:
    return lambda row: _show_own(rows.get(row.entity), number_format)


def _show_own(row: EntityScore | None, number_format: str) -> tuple[CellValue, Looks]:
    """A section's score, as a range where missing figures leave it open."""
    if row is None or row.complete:
        return show_points(row.score if row else None, number_format)
    digits = len(number_format.partition(".")[2])
    return show_score(row, digits) or None, {"font": looks.FAINT, "alignment": looks.RIGHT}


def _fill_ranking(sheet: Worksheet, table: Table, definition: IndicatorSet, say: Translator) -> Ranked:
    """Titles, header and rows; then the key and a place to sign."""
    rows, columns = table.rows, table.columns
    set_widths(sheet, _stretch([column.width for column in columns]))
    heading = write_titles(sheet, table.titles, len(columns), definition)
    first, end = heading + 2, heading + 2 + len(rows)
    _write_header(sheet, heading, columns)
    _write_rows(sheet, first, table)
    levels = [position for position, column in enumerate(columns, start=1) if column.role == "level"]
    colour_levels(sheet, levels, first=first, last=end - 1, scale=definition.scale)
    _write_key(sheet, end + 1, table.signs)
    write_signatures(sheet, end + 2 + len(table.signs), len(columns), say)
    sheet.freeze_panes = f"C{first}"
    one_page = len(rows) <= _ONE_PAGE
    set_page(sheet, say, header_rows=(heading, heading + 1), footer=definition.id, one_page=one_page)
    scored = sum(row.score is not None for row in rows)
    roles = {column.role: position for position, column in enumerate(columns, start=1) if column.role}
    return Ranked(sheet, table.titles, table.number_format, heading, first, scored, roles)


def _write_rows(sheet: Worksheet, first: int, table: Table) -> None:
    for number, row in enumerate(table.rows, start=first):
        sheet.row_dimensions[number].height = looks.ROW_HEIGHT
        for position, column in enumerate(table.columns, start=1):
            value, look = column.show(row)
            write_cell(sheet, row=number, column=position, value=value, **_shade_absent(look, row))


def _stretch(widths: list[float]) -> list[float]:
    """The widths, or wider where the table would be too narrow for its titles."""
    factor = max(1.0, _LEAST_WIDTH / sum(widths))
    return [round(width * factor, 1) for width in widths]


def _shade_absent(look: Looks, row: EntityScore) -> Looks:
    return look if row.reported else {"fill": looks.ABSENT_FILL, **look}


def _write_header(sheet: Worksheet, number: int, columns: tuple[Column, ...]) -> None:
    """Two rows: the headings, and under those of indicators the weights; the others span both."""
    for row in (number, number + 1):
        sheet.row_dimensions[row].height = looks.ROW_HEIGHT
    for position, column in enumerate(columns, start=1):
        for row, text in ((number, column.heading), (number + 1, column.under)):
            write_cell(
                sheet,
                row=row,
                column=position,
                value=text,
                font=looks.BOLD if row == number else looks.BODY,
                alignment=looks.CENTRE_WRAPPED,
                fill=looks.HEADER_FILL,
            )
        if column.under is None:
            sheet.merge_cells(start_row=number, start_column=position, end_row=number + 1, end_column=position)


def _write_key(sheet: Worksheet, number: int, signs: Sequence[str]) -> None:
    """What the signs mean, a line for each under the table."""
    for row, sign in enumerate(signs, start=number):
        sheet.row_dimensions[row].height = looks.ROW_HEIGHT
        write_cell(sheet, row=row, column=2, value=sign, font=looks.FAINT, border=None)
