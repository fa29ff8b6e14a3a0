"""The sheets with rankings, as an office prints them: every level in the colour of its step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model import IndicatorSet
from kpi_cli.render.headings import describe_provisional, describe_shares, index_scores
from kpi_cli.render.numbers import digits_needed, show_plain
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import set_page, set_widths, write_banner, write_cell
from kpi_cli.render.xlsx.columns import (
    Column,
    Looks,
    Show,
    list_columns,
    list_total_columns,
    show_points,
)
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, Overall, Scorecard, SectionRanking

# A province's districts stay on one sheet of paper, in print that is still read at arm's length.
_ONE_PAGE = 30


def fill_section(sheet: Worksheet, ranking: SectionRanking, definition: IndicatorSet, say: Translator) -> None:
    """The sheet of one section: titles, the ranking, the key to its colours."""
    section = next(section for section in definition.sections if section.id == ranking.id)
    number_format = _choose_format(ranking.rows, definition)
    columns = tuple(list_columns(section, ranking, definition, number_format, say))
    title = f"{join_lines(ranking.title)} · {say('full marks 100')}"
    last = _fill_ranking(sheet, ranking.rows, columns, definition, title=title, say=say)
    _write_key(sheet, last + 2, say)


def fill_overall(
    sheet: Worksheet, overall: Overall, scorecard: Scorecard, definition: IndicatorSet, say: Translator
) -> None:
    """The sheet over all sections: the score, and the sections' scores with their shares."""
    number_format = _choose_format(overall.rows, definition)
    columns = (
        *list_total_columns(overall.rows, definition, number_format, say),
        *_list_section_columns(overall, scorecard, number_format),
    )
    title = f"{say('Overall')} · {describe_shares(overall, say)}"
    _fill_ranking(sheet, overall.rows, columns, definition, title=title, say=say)


def _choose_format(rows: tuple[EntityScore, ...], definition: IndicatorSet) -> str:
    return "0." + "0" * digits_needed(rows, (grade.min for grade in definition.grades))


def _list_section_columns(overall: Overall, scorecard: Scorecard, number_format: str) -> Iterator[Column]:
    scores = index_scores(scorecard)
    for section, share in overall.shares.items():
        of_section = {entity: row.score for (id_, entity), row in scores.items() if id_ == section}
        yield Column(section, max(13, len(section) + 4), _show_part(of_section, number_format), show_plain(share))


def _show_part(scores: Mapping[Entity, Fraction | None], number_format: str) -> Show:
    return lambda row: show_points(scores.get(row.entity), number_format)


def _fill_ranking(
    sheet: Worksheet,
    rows: tuple[EntityScore, ...],
    columns: tuple[Column, ...],
    definition: IndicatorSet,
    *,
    title: str,
    say: Translator,
) -> int:
    """Titles, header and rows; the number of the last row."""
    set_widths(sheet, [column.width for column in columns])
    header = _write_titles(sheet, rows, len(columns), definition, title=title, say=say)
    _write_header(sheet, header, columns)
    for number, row in enumerate(rows, start=header + 2):
        sheet.row_dimensions[number].height = looks.ROW_HEIGHT
        for position, column in enumerate(columns, start=1):
            value, look = column.show(row)
            write_cell(sheet, row=number, column=position, value=value, **_shade_absent(look, row))
    sheet.freeze_panes = f"C{header + 2}"
    set_page(sheet, header_rows=(header, header + 1), footer=definition.id, one_page=len(rows) <= _ONE_PAGE)
    return header + 1 + len(rows)


def _shade_absent(look: Looks, row: EntityScore) -> Looks:
    return look if row.reported else {"fill": looks.ABSENT_FILL, **look}


def _write_titles(
    sheet: Worksheet,
    rows: tuple[EntityScore, ...],
    width: int,
    definition: IndicatorSet,
    *,
    title: str,
    say: Translator,
) -> int:
    """The lines above the table; the number of the row after them."""
    write_banner(sheet, row=1, text=join_lines(definition.title), columns=width, font=looks.TITLE)
    number = 2
    if definition.organisation:
        write_banner(sheet, row=number, text=join_lines(definition.organisation), columns=width, font=looks.BODY)
        number += 1
    write_banner(sheet, row=number, text=title, columns=width, font=looks.SUBTITLE)
    provisional = describe_provisional(rows, definition, say)
    if provisional:
        number += 1
        fill = looks.PROVISIONAL_FILL
        write_banner(sheet, row=number, text=provisional, columns=width, font=looks.WARNING, fill=fill)
    return number + 1


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


def _write_key(sheet: Worksheet, number: int, say: Translator) -> None:
    """What the colours and signs mean, one line under the table."""
    sheet.row_dimensions[number].height = looks.ROW_HEIGHT
    signs = say("2-5 level open, figures missing · n/a not applicable · under each indicator its weight")
    write_cell(sheet, row=number, column=2, value=signs, font=looks.FAINT, border=None)
