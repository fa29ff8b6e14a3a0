"""csv out: one row a section and entity, a level, a possible level and points for each indicator (DESIGN section 7)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO

from kpi_cli.model import IndicatorSet
from kpi_cli.render.numbers import LEAST_DIGITS, digits_needed, show_number
from kpi_cli.render.report import Report
from kpi_cli.render.text import clean_text
from kpi_cli.rules.values import Number
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Scorecard

HEADER = ("set", "section", "code", "entity", "rank", "score", "possible", "complete", "grade")
OVERALL = "overall"
# A spreadsheet takes text that begins so for a formula, or for a command.
# Quotes that a name has of its own are kept apart from ours, so that reading takes off just the one.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
# What csv writes in quotes (RFC 4180); a quote within them is written twice.
_QUOTED, _QUOTE = re.compile('[",\n\r]'), '"'


def render_csv(report: Report) -> str:
    """The rankings as csv text for standard output; only the header where nothing is ranked."""
    stream = io.StringIO()
    write_csv(report, stream)
    return stream.getvalue()


def write_csv(report: Report, stream: IO[str]) -> None:
    """Writes the same to `stream`, row by row."""
    stream.writelines(_list_lines(report))


def render_csv_file(report: Report) -> bytes:
    """The same as the bytes of a file, with the mark that tells Excel it is UTF-8."""
    return render_csv(report).encode("utf-8-sig")


def _list_lines(report: Report) -> Iterator[str]:
    """The header, then the rows of every section, then the overall ranking as section `overall`."""
    definition = report.definition
    ids = tuple(indicator.id for indicator in definition.indicators) if definition else ()
    yield _join([*HEADER, *(f"{id_}:{part}" for id_ in ids for part in ("level", "possible_level", "points"))])
    if report.scorecard and definition:
        yield from _list_rankings(report.scorecard, definition, ids)


def _join(fields: Iterable[str]) -> str:
    return ",".join(fields) + "\n"


def _list_rankings(scorecard: Scorecard, definition: IndicatorSet, ids: tuple[str, ...]) -> Iterator[str]:
    rankings = [(section.id, section.rows) for section in scorecard.sections]
    rankings += [(OVERALL, scorecard.overall.rows)] if scorecard.overall else []
    for id_, rows in rankings:
        digits = digits_needed(rows, (grade.min for grade in definition.grades))
        begin, list_levels = _prepare_total(f"{definition.id},{id_}", _Scores(digits)), _prepare_levels(rows, ids)
        for row in rows:
            yield _join((begin(row), *list_levels(row)))


def _prepare_total(ranking: str, scores: _Scores) -> Callable[[EntityScore], str]:
    """A function from a row to its fields before those of the indicators, the first two of which are `ranking`."""

    def begin(row: EntityScore) -> str:
        rank, (code, name), score, possible, complete, _, grade, *_ = row
        who = f"{_write_text(code) if code else ''},{_write_text(name)}"
        total = f"{'' if rank is None else rank},{scores.look_up(score)},{scores.look_up(possible)}"
        return f"{ranking},{who},{total},{'true' if complete else 'false'},{_write_text(grade) if grade else ''}"

    return begin


class _Scores:
    """Scores as they are shown, known by identity: rows share them, and fractions are slow to compare."""

    def __init__(self, digits: int) -> None:
        self._digits = digits
        self._known: dict[int, tuple[Number | None, str]] = {}  # the score too, lest another one take its identity

    def look_up(self, score: Number | None) -> str:
        known = self._known.get(id(score))
        if known is None:
            known = self._known[id(score)] = score, _show_optional(score, self._digits)
        return known[1]


def _prepare_levels(rows: Sequence[EntityScore], ids: tuple[str, ...]) -> Callable[[EntityScore], list[str]]:
    """A function from a row to the fields of `ids`, three to a text; blank for the indicators of other sections."""
    own = [indicator.id for indicator in rows[0].indicators] if rows else []
    start = ids.index(own[0]) if own else 0
    before, after = [_NO_LEVEL] * start, [_NO_LEVEL] * (len(ids) - start - len(own))
    levels = _Levels()
    return lambda row: [*before, *map(levels.__getitem__, row.indicators), *after]


_NO_LEVEL = ",,"


class _Levels(dict[IndicatorScore, str]):
    """The three fields of each indicator at each of its levels, which rows share."""

    def __missing__(self, indicator: IndicatorScore) -> str:
        fields = self[indicator] = ",".join(_list_level(indicator))
        return fields


def _list_level(indicator: IndicatorScore) -> tuple[str, str, str]:
    level, possible = ("" if each is None else str(each) for each in (indicator.level, indicator.possible_level))
    return level, possible, _show_optional(indicator.points)


def _show_optional(value: Number | None, digits: int = LEAST_DIGITS) -> str:
    return "" if value is None else show_number(value, digits)


def _write_text(text: str) -> str:
    escaped = escape_formula(text)
    return f'"{escaped.replace(_QUOTE, _QUOTE * 2)}"' if _QUOTED.search(escaped) else escaped


def escape_formula(text: str) -> str:
    """`text` so that a spreadsheet leaves it text: with `'` before what would begin a formula."""
    # A bare CR would end the row: csv quotes only what is in its own line end.
    shown = clean_text(text, keep="\t\n")
    return f"'{shown}" if _FORMULA.match(text) else shown
