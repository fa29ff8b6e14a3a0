"""csv out: one row a section and entity, a level, a possible level and points for each indicator (DESIGN section 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import repeat

from kpi_cli.model import IndicatorSet
from kpi_cli.model.names import fit_together
from kpi_cli.render.numbers import LEAST_DIGITS, digits_needed, show_number
from kpi_cli.render.report import Report
from kpi_cli.render.text import clean_text
from kpi_cli.rules.values import Number
from kpi_cli.scoring.scorecard import IndicatorScore, Scorecard, Total

HEADER = ("set", "section", "code", "entity", "rank", "score", "possible", "complete", "grade")
OVERALL = "overall"
_AT_ONCE = 1_000  # lines: to write each by itself takes longer
# A spreadsheet takes text that begins so for a formula, or for a command.
# Quotes that a name has of its own are kept apart from ours, so that reading takes off just the one.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
# What csv writes in quotes (RFC 4180); a quote within them is written twice.
_QUOTED, _QUOTE = re.compile('[",\n\r]'), '"'
_BEGINS = frozenset("'=+-@")  # of what `_FORMULA` finds; a tab or CR is not printable, and found by that


def render_csv(report: Report) -> str:
    """The rankings as csv text; only the header where nothing is ranked."""
    return "".join(iterate_csv(report))


def iterate_csv(report: Report) -> Iterator[str]:
    """The text in pieces: the header, the rows of every section, then the overall ranking as section `overall`."""
    definition = report.definition
    ids = tuple(indicator.id for indicator in definition.indicators) if definition else ()
    levels = (f"{id_}:{part}" for id_ in ids for part in ("level", "possible_level", "points"))
    yield f"{','.join((*HEADER, *levels))}\n"
    if report.scorecard and definition:
        yield from _list_rankings(report.scorecard, definition, ids)


def _list_rankings(scorecard: Scorecard, definition: IndicatorSet, ids: tuple[str, ...]) -> Iterator[str]:
    rankings = [(section.id, section.rows) for section in scorecard.sections]
    rankings += [(OVERALL, scorecard.overall.rows)] if scorecard.overall else []
    for id_, rows in rankings:
        totals = _Totals(digits_needed(rows, (grade.min for grade in definition.grades)), ids)
        begin = f"{definition.id},{id_},"
        for start in range(0, len(rows), _AT_ONCE):
            ranked, entities, scored, _ = zip(*rows[start : start + _AT_ONCE], strict=True)
            codes, names = map(_write_texts, zip(*entities, strict=True))
            ranks = ["" if rank is None else str(rank) for rank in ranked]
            lines = map(",".join, zip(codes, names, ranks, map(totals.__getitem__, scored), strict=True))
            yield begin + f"\n{begin}".join(lines) + "\n"


class _Totals(dict[Total, str]):
    """The fields of a row from its score on, which entities of the same levels share."""

    def __init__(self, digits: int, ids: tuple[str, ...]) -> None:
        super().__init__()
        self._ids, self._scores, self._levels = ids, _Scores(digits), _Levels()

    def __missing__(self, total: Total) -> str:
        fields = self[total] = ",".join(self._list_fields(total))
        return fields

    def _list_fields(self, total: Total) -> list[str]:
        scores = self._scores.look_up(total.score), self._scores.look_up(total.possible)
        grade = _write_text(total.grade) if total.grade else ""
        return [*scores, "true" if total.complete else "false", grade, *self._list_levels(total.indicators)]

    def _list_levels(self, indicators: tuple[IndicatorScore, ...]) -> list[str]:
        """Three fields to a text; blank for the indicators of other sections."""
        start = self._ids.index(indicators[0].id) if indicators else 0
        after = len(self._ids) - start - len(indicators)
        return [*repeat(_NO_LEVEL, start), *map(self._levels.__getitem__, indicators), *repeat(_NO_LEVEL, after)]


class _Scores:
    """Scores as they are shown, known by identity: totals share them, and fractions are slow to compare."""

    def __init__(self, digits: int) -> None:
        self._digits = digits
        self._known: dict[int, tuple[Number | None, str]] = {}  # the score too, lest another one take its identity

    def look_up(self, score: Number | None) -> str:
        known = self._known.get(id(score))
        if known is None:
            known = self._known[id(score)] = score, _show_optional(score, self._digits)
        return known[1]


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


def _write_texts(texts: Sequence[str | None]) -> Sequence[str]:
    """Texts as they are written: as they stand where none of them is to be looked at by itself, as in most pieces."""
    known = [text or "" for text in texts]
    return known if fit_together(known) and _are_plain(known) else list(map(_write_text, known))


def _are_plain(texts: Sequence[str]) -> bool:
    """Whether none of `texts` is to be escaped or quoted."""
    together = "".join(texts)
    return together.isprintable() and not _QUOTED.search(together) and _BEGINS.isdisjoint([text[:1] for text in texts])


def _write_text(text: str) -> str:
    if _are_plain([text]):  # as nearly all are
        return text
    escaped = escape_formula(text)
    return f'"{escaped.replace(_QUOTE, _QUOTE * 2)}"' if _QUOTED.search(escaped) else escaped


def escape_formula(text: str) -> str:
    """`text` so that a spreadsheet leaves it text: with `'` before what would begin a formula."""
    # A bare CR would end the row: csv quotes only what is in its own line end.
    shown = clean_text(text, keep="\t\n")
    return f"'{shown}" if _FORMULA.match(text) else shown
