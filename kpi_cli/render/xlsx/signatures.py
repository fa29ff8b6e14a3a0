"""Where a ranking is signed: who reports it, and who certifies it, each on dotted lines."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.render.translate import Translator, mark
from kpi_cli.render.xlsx import looks
from kpi_cli.render.xlsx.cells import write_cell

_DOTS = "." * 46
_ROLES = (mark("signed {dots} reporting officer"), mark("signed {dots} certifying officer"))


def write_signatures(sheet: Worksheet, row: int, width: int, say: Translator) -> None:
    """Two places to sign from `row` on, side by side over the first `width` columns; one below the other on few."""
    half = width // 2
    for number, role in enumerate(_ROLES):
        start = row if half else row + number * 6
        left, right = (1 + number * half, half + number * (width - half)) if half else (1, 1)
        for offset, text in enumerate(_list_lines(role, say)):
            sheet.row_dimensions[start + offset].height = looks.SIGNING_HEIGHT
            sheet.merge_cells(start_row=start + offset, start_column=left, end_row=start + offset, end_column=right)
            write_cell(sheet, row=start + offset, column=left, value=text, alignment=looks.CENTRE, border=None)


def _list_lines(role: str, say: Translator) -> tuple[str, ...]:
    return (
        say(role, dots=_DOTS),
        f"({_DOTS})",
        say("position {dots}", dots=_DOTS),
        say("date {dots}", dots="......... / ........................ / ............"),
    )
