"""The options that commands share, so that they read the same everywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class LanguageName(StrEnum):
    """The languages that output comes in."""

    th = "th"
    en = "en"


class Format(StrEnum):
    """What `kpi score` prints on standard output."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"
    html = "html"


class Percent(StrEnum):
    """What 0.85 means in a percent measure where the cell does not say: refused, 0.85 %, or 85 %."""

    refuse = "refuse"
    points = "points"
    fraction = "fraction"


SetOption = Annotated[
    str | None,
    typer.Option(
        "--set", metavar="FILE|ID", help="The indicator set: a YAML file, or the id of a set.", show_default=False
    ),
]
LanguageOption = Annotated[
    LanguageName | None,
    typer.Option("--lang", help="Language of the output; else KPI_LANG, else the locale.", show_default=False),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors on standard error.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Warnings count as findings: exit 1.")]
NotesOption = Annotated[bool, typer.Option("--notes", help="Show the notes too, not only their number.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over files that exist.")]
PercentOption = Annotated[
    Percent,
    typer.Option("--percent", help="What an unformatted 0.85 in a percent means: refused, 0.85 %, or 85 %."),
]
KeepGoingOption = Annotated[
    bool, typer.Option("--keep-going", help="Rank although cells were refused: they count as missing.")
]
OverallOption = Annotated[
    str | None,
    typer.Option("--overall", metavar="ID=SHARE,...", help="Shares of an overall score: team=50,individual=50."),
]
TieBreakOption = Annotated[
    str | None, typer.Option("--tie-break", metavar="ID,...", help="Indicators that decide between equal scores.")
]
