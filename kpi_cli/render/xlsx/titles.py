"""What stands above and below the table of a ranking sheet: its titles, and the key to its signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.model import IndicatorSet
from kpi_cli.render.text import join_lines
from kpi_cli.render.translate import Translator
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import write_banner
from kpi_cli.render.xlsx.columns import occurring_statuses
from kpi_cli.scoring.scorecard import EntityScore, Status


class Titles(NamedTuple):
    """The lines above a table that are its own; the set's title and office stand above all of them."""

    title: str
    provisional: str = ""
    options: Sequence[str] = ()


def write_titles(sheet: Worksheet, titles: Titles, width: int, definition: IndicatorSet) -> int:
    """The lines above the table, across `width` columns; the number of the row after them."""
    lines = [(join_lines(definition.title), looks.TITLE)]
    if definition.organisation:
        lines.append((join_lines(definition.organisation), looks.BODY))
    lines.append((titles.title, looks.SUBTITLE))
    lines += [(sentence, looks.BODY) for sentence in titles.options]
    for row, (text, font) in enumerate(lines, start=1):
        write_banner(sheet, row=row, text=text, columns=width, font=font)
    row = len(lines) + 1
    if titles.provisional:
        fill = looks.PROVISIONAL_FILL
        write_banner(sheet, row=row, text=titles.provisional, columns=width, font=looks.WARNING, fill=fill)
        row += 1
    return row


def list_signs(rows: tuple[EntityScore, ...], say: Translator) -> list[str]:
    """What the signs mean that these rows show."""
    statuses = occurring_statuses(rows)
    signs = [say("under each indicator: its weight")]
    if any(score.level == 0 for row in rows if row.reported for score in row.indicators):
        signs.append(say("0: not even the first level is reached"))
    if Status.INCOMPLETE in statuses:
        signs.append(say("2-5 in a dashed border: figures are missing, the level may still be any of these"))
    if Status.INCOMPLETE in statuses and any(row.groups for row in rows):
        signs.append(say("≥: at least so many points, figures are missing"))
    if Status.NOT_APPLICABLE in statuses:
        signs.append(say("n/a: not applicable; its weight goes to the other indicators of the row"))
    return signs
