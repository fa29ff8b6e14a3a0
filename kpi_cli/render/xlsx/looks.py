"""The looks of a printed report: TH Sarabun New, and steps of colour that also read in grey and to the colour-blind."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from kpi_cli.diagnostics import Severity

FONT_NAME = "TH Sarabun New"
BODY_SIZE = 14
ROW_HEIGHT = 20.0
LINE_HEIGHT = 23.0  # of folded Thai: marks stand above and below it
SIGNING_HEIGHT = 26.0
CHART_SIZE = 12
BAR_HEIGHT = 27.0  # in less, a name of Thai letters is left out beside its bar

FAINT_COLOUR = "595959"
BODY = Font(name=FONT_NAME, size=BODY_SIZE)
BOLD = Font(name=FONT_NAME, size=BODY_SIZE, bold=True)
FAINT = Font(name=FONT_NAME, size=BODY_SIZE, italic=True, color=f"FF{FAINT_COLOUR}")
OPEN_LEVEL = Font(name=FONT_NAME, size=BODY_SIZE, italic=True)
TITLE = Font(name=FONT_NAME, size=18, bold=True)
SUBTITLE = Font(name=FONT_NAME, size=16, bold=True)
WARNING = Font(name=FONT_NAME, size=BODY_SIZE, bold=True, color="FF7A2E00")
SMALL = Font(name=FONT_NAME, size=12, color="FF595959")
ID = Font(name=FONT_NAME, size=9, color="FF8C8C8C")

CENTRE = Alignment(horizontal="center", vertical="center")
CENTRE_WRAPPED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center")
LEFT_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
CENTRE_TOP = Alignment(horizontal="center", vertical="top")
RIGHT_TOP = Alignment(horizontal="right", vertical="top", indent=1)
NAME = Alignment(horizontal="left", vertical="center", indent=1)
RIGHT = Alignment(horizontal="right", vertical="center", indent=1)

_HAIR = Side(style="thin", color="FFBFBFBF")
_DASHED = Side(style="mediumDashed", color=f"FF{FAINT_COLOUR}")
GRID = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
OPEN_GRID = Border(left=_DASHED, right=_DASHED, top=_DASHED, bottom=_DASHED)


def solid_fill(colour: str) -> PatternFill:
    """A plain fill of `RRGGBB`."""
    return PatternFill("solid", start_color=f"FF{colour}", end_color=f"FF{colour}")


HEADER_FILL = solid_fill("E7E6E6")
PROVISIONAL_FILL = solid_fill("FCE4D6")
SEVERITY_FILLS = {
    Severity.ERROR: solid_fill("F4B084"),
    Severity.WARNING: solid_fill("FFE699"),
    Severity.NOTE: solid_fill("DDEBF7"),
}
INPUT_FILL = solid_fill("FFF8DC")
ABSENT_FILL = solid_fill("F2F2F2")
# ColorBrewer YlGnBu, sequential: every step is darker than the one below it, in grey as well. Step 0 stays white.
STEP_FILLS = tuple(map(solid_fill, ("FFFFFF", "FFFFCC", "C7E9B4", "7FCDBB", "41B6C4", "225EA8")))
DARK_STEPS = frozenset({5})
# Bars of a score, and of what is still possible behind them: a dark and a light grey where there is no colour.
SCORE_BAR, OPEN_BAR, OPEN_EDGE = "4F7CAC", "DCE6F1", "BFBFBF"
