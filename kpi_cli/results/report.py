"""A report that we wrote, read again: what it says it was made from, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.reading import Percent
from kpi_cli.rules.values import parse_number
from kpi_cli.scoring.figures import InputFile


class ReportOptions(NamedTuple):
    """The options of a scoring, as far as its report names them; None and empty where it does not."""

    percent: Percent | None = None
    shares: Mapping[str, Decimal] | None = None
    tie_break: tuple[str, ...] = ()
    keep_going: bool = False


class ReportFile(NamedTuple):
    """A report as it was read, by its name for people. What it does not say is None.

    `content` is what its reader keeps to find the figures in; `heading` begins the sheet that says what an xlsx was
    made from, in the language of the report; `size` is that of the file, in bytes. `passed_over` are the reports of
    ours that lay among its results, `said` the sentences of a json, which are all that shows its language.
    """

    file: str
    suffix: str
    content: Any
    set_id: str | None = None
    set_sha256: str | None = None
    inputs: tuple[InputFile, ...] = ()
    set_file: str | None = None
    version: str | None = None
    options: ReportOptions = ReportOptions()
    heading: str = ""
    size: int = 0
    passed_over: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


_READINGS: dict[str, Percent] = {"points": "points", "fraction": "fraction"}


def parse_options(text: str) -> ReportOptions:
    """The options as a report has them typed; raises `UnreadableError` where they are none of ours."""
    options, words = ReportOptions(), iter(text.split())
    for word in words:
        if word == "--keep-going":
            options = options._replace(keep_going=True)
            continue
        value = next(words, "")
        if word == "--percent" and value in _READINGS:
            options = options._replace(percent=_READINGS[value])
        elif word == "--tie-break" and value:
            options = options._replace(tie_break=tuple(value.split(",")))
        elif word == "--overall":
            options = options._replace(shares=_parse_shares(value, text))
        else:
            raise UnreadableError("report-options", options=text)
    return options


def _parse_shares(value: str, text: str) -> dict[str, Decimal]:
    parts = (part.partition("=") for part in value.split(","))
    shares = {section: parse_number(share) for section, _, share in parts}
    found = {section: share for section, share in shares.items() if share is not None}
    if len(found) < len(shares) or sum(map(Fraction, found.values())) != 100:
        raise UnreadableError("report-options", options=text)
    return found
