"""csv out: one row a section and entity, a level, a possible level and points for each indicator (DESIGN section 7)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import IO, Generic, TypeVar

from kpi_cli.model import IndicatorSet
from kpi_cli.render.numbers import LEAST_DIGITS, digits_needed, show_number
from kpi_cli.render.report import Report
from kpi_cli.render.text import clean_text
from kpi_cli.rules.values import Number
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Scorecard

T = TypeVar("T")
U = TypeVar("U")

HEADER = ("set", "section", "code", "entity", "rank", "score", "possible", "complete", "grade")
OVERALL = "overall"
# A spreadsheet takes text that begins so for a formula, or for a command.
# Quotes that a name has of its own are kept apart from ours, so that reading takes off just the one.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def render_csv(report: Report) -> str:
    """The rankings as csv text for standard output; only the header where nothing is ranked."""
    stream = io.StringIO()
    write_csv(report, stream)
    return stream.getvalue()


def write_csv(report: Report, stream: IO[str]) -> None:
    """Writes the same to `stream`, row by row."""
    csv.writer(stream, lineterminator="\n").writerows(list_rows(report))


def render_csv_file(report: Report) -> bytes:
    """The same as the bytes of a file, with the mark that tells Excel it is UTF-8."""
    return render_csv(report).encode("utf-8-sig")


def list_rows(report: Report) -> Iterator[list[str]]:
    """The header, then the rows of every section, then the overall ranking as section `overall`."""
    definition = report.definition
    ids = tuple(indicator.id for indicator in definition.indicators) if definition else ()
    yield [*HEADER, *(f"{id_}:{part}" for id_ in ids for part in ("level", "possible_level", "points"))]
    if report.scorecard and definition:
        yield from _list_rankings(report.scorecard, definition, ids)


def _list_rankings(scorecard: Scorecard, definition: IndicatorSet, ids: tuple[str, ...]) -> Iterator[list[str]]:
    rankings = [(section.id, section.rows) for section in scorecard.sections]
    rankings += [(OVERALL, scorecard.overall.rows)] if scorecard.overall else []
    for id_, rows in rankings:
        digits = digits_needed(rows, (grade.min for grade in definition.grades))
        show_score, arrange = _Shown(partial(_show_optional, digits=digits)), _prepare_levels(rows, ids)
        for row in rows:
            yield [definition.id, id_, *_list_total(row, show_score), *arrange(row)]


def _list_total(row: EntityScore, show_score: _Shown[Number | None, str]) -> tuple[str, ...]:
    return (
        escape_formula(row.entity.code or ""),
        escape_formula(row.entity.name),
        "" if row.rank is None else str(row.rank),
        show_score.look_up(row.score),
        show_score.look_up(row.possible),
        "true" if row.complete else "false",
        escape_formula(row.grade or ""),
    )


def _prepare_levels(rows: Sequence[EntityScore], ids: tuple[str, ...]) -> Callable[[EntityScore], list[str]]:
    """A function from a row to the three fields of each of `ids`, blank for the indicators of other sections."""
    own = [indicator.id for indicator in rows[0].indicators] if rows else []
    start = ids.index(own[0]) if own else 0
    before, after = [""] * (3 * start), [""] * (3 * (len(ids) - start - len(own)))
    shown = _Shown(_list_level)

    def arrange(row: EntityScore) -> list[str]:
        fields = [field for one in row.indicators for field in shown.look_up(one)]
        return [*before, *fields, *after]

    return arrange


class _Shown(Generic[T, U]):
    """What is shown for values that rows share, known by identity, since fractions are slow to compare."""

    def __init__(self, show: Callable[[T], U]) -> None:
        self._show = show
        self._known: dict[int, tuple[T, U]] = {}  # the value too, so that no other one takes its identity

    def look_up(self, value: T) -> U:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self._show(value)
        return known[1]


def _list_level(indicator: IndicatorScore) -> tuple[str, str, str]:
    level, possible = ("" if each is None else str(each) for each in (indicator.level, indicator.possible_level))
    return level, possible, _show_optional(indicator.points)


def _show_optional(value: Number | None, digits: int = LEAST_DIGITS) -> str:
    return "" if value is None else show_number(value, digits)


def escape_formula(text: str) -> str:
    """`text` so that a spreadsheet leaves it text: with `'` before what would begin a formula."""
    # A bare CR would end the row: csv quotes only what is in its own line end.
    shown = clean_text(text, keep="\t\n")
    return f"'{shown}" if _FORMULA.match(text) else shown
