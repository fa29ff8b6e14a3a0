"""Levels in the colour of their step, as a conditional format: it lives on when a level is typed over or pasted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.render.numbers import level_step
from kpi_cli.render.xlsx import looks


def colour_levels(sheet: Worksheet, columns: Sequence[int], *, first: int, last: int, scale: int) -> None:
    """The heatmap over the levels in `columns` of the rows `first` to `last`."""
    for column in columns:
        letter = get_column_letter(column)
        for rule in _list_rules(f"{letter}{first}", scale):
            sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)


def _list_rules(cell: str, scale: int) -> Iterator[Rule]:
    """A rule a step, the best first; a level that is open (`2-5`) has the colour of what is proven."""
    proven = f'VALUE(LEFT({cell},FIND("-",{cell}&"-")-1))'  # an error where there is no level: no colour
    for step, least in sorted(find_steps(scale).items(), reverse=True):
        colour = looks.STEP_FILLS[step].start_color.rgb
        look = DifferentialStyle(
            font=Font(bold=True, color="FFFFFFFF") if step in looks.DARK_STEPS else None,
            fill=PatternFill("solid", start_color=colour, end_color=colour),
        )
        yield Rule(type="expression", dxf=look, stopIfTrue=True, formula=[f"{proven}>={least}"])


def find_steps(scale: int) -> dict[int, int]:
    """Step of colour -> the lowest level that has it; on a short scale some steps have none."""
    steps: dict[int, int] = {}
    for level in range(1, scale + 1):
        steps.setdefault(level_step(level, scale), level)
    return steps
