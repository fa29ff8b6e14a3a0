"""csv out: one row a section and entity, a level, a possible level and points for each indicator (DESIGN section 7)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

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


def render_csv(report: Report) -> str:
    """The rankings as csv text for standard output; only the header where nothing is ranked."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows(list_rows(report))
    return stream.getvalue()


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
        for row in rows:
            yield [definition.id, id_, *_list_total(row, digits), *_list_levels(row, ids)]


def _list_total(row: EntityScore, digits: int) -> Iterator[str]:
    yield escape_formula(row.entity.code or "")
    yield escape_formula(row.entity.name)
    yield "" if row.rank is None else str(row.rank)
    yield _show_optional(row.score, digits)
    yield _show_optional(row.possible, digits)
    yield "true" if row.complete else "false"
    yield escape_formula(row.grade or "")


def _list_levels(row: EntityScore, ids: tuple[str, ...]) -> Iterator[str]:
    by_id = {indicator.id: indicator for indicator in row.indicators}
    for id_ in ids:
        yield from _list_level(by_id.get(id_))


def _list_level(indicator: IndicatorScore | None) -> tuple[str, str, str]:
    if indicator is None:  # an indicator of another section
        return "", "", ""
    level, possible = ("" if each is None else str(each) for each in (indicator.level, indicator.possible_level))
    return level, possible, _show_optional(indicator.points)


def _show_optional(value: Number | None, digits: int = LEAST_DIGITS) -> str:
    return "" if value is None else show_number(value, digits)


def escape_formula(text: str) -> str:
    """`text` so that a spreadsheet leaves it text: with `'` before what would begin a formula."""
    # A bare CR would end the row: csv quotes only what is in its own line end.
    shown = clean_text(text, keep="\t\n")
    return f"'{shown}" if _FORMULA.match(text) else shown
