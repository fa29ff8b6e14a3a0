"""The rankings for a terminal: a table a section, levels one can scan, a bar for the score, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpi_cli.diagnostics import Severity
from kpi_cli.render.fragile_words import (
    FRAGILE_HEADER,
    FRAGILE_TITLE,
    FragileRow,
    list_fragile,
    name_fragile,
    tell_within,
)
from kpi_cli.render.grid import GAP, Cell, Column, draw_grid, make_cell
from kpi_cli.render.headings import (
    FRAGILE_SIGN,
    describe_options,
    describe_provisional,
    describe_shares,
    entity_title,
    list_counts,
    say_nobody,
)
from kpi_cli.render.ranking_table import Page, draw_overall, draw_ranking
from kpi_cli.render.report import Report
from kpi_cli.render.style import choose_paint
from kpi_cli.render.text import clean_text, display_width, fold_text, join_lines
from kpi_cli.render.translate import Language, mark, translate
from kpi_cli.scoring.scorecard import EntityScore, Overall, Scorecard, SectionRanking

# No terminal is so wide; a page without a width is never folded.
_BOUNDLESS = 10_000
_LEAST_FIGURE_CELLS = 16
MAX_ROWS = 2_000
"""Rows of one table; no country ranks so many, and nobody reads more of them here. What is left out is said."""
_LEFT_OUT = mark("the first {shown} of {total} rows; `-o ranking.csv` or `--format csv` gives all of them")


def render_score(
    report: Report,
    *,
    language: Language,
    colour: bool,
    width: int | None,
    next_command: str | None = None,
    footer: bool = True,
) -> str:
    """The rankings and the lines under them; without a width nothing is folded. Empty where nothing is ranked."""
    if report.scorecard is None or report.definition is None:
        return ""
    page = Page(report.definition, translate(language), choose_paint(colour=colour), width or _BOUNDLESS)
    lines = [*_render_rankings(report, report.scorecard, page)]
    if footer:
        lines += _render_footer(report, report.scorecard, next_command, page)
    return "".join(f"{line}\n" for line in lines)


def _render_rankings(report: Report, scorecard: Scorecard, page: Page) -> Iterator[str]:
    for ranking in scorecard.sections:
        yield from _render_section(ranking, report, page)
    if scorecard.overall:
        yield from _render_overall(scorecard.overall, report, scorecard, page)


def _render_section(ranking: SectionRanking, report: Report, page: Page) -> Iterator[str]:
    title = join_lines(ranking.title)
    if not any(row.reported for row in ranking.rows):
        yield from _write_heading(page, title, say_nobody(report, page.say))
    else:
        provisional = describe_provisional([ranking.rows], report, page.say)
        yield from _write_heading(page, title, page.say("full marks 100"), provisional)
        yield ""
        section = next(section for section in page.definition.sections if section.id == ranking.id)
        fragile = name_fragile(report.sensitivity, section=ranking.id)
        yield from draw_ranking(ranking.rows[:MAX_ROWS], section, page._replace(fragile=fragile))
        yield from _say_left_out(ranking.rows, page)
        yield from _render_fragile(ranking.id, report, page)
    yield ""


def _say_left_out(rows: Sequence[EntityScore], page: Page) -> Iterator[str]:
    """The line that ends a table of more than `MAX_ROWS`."""
    if len(rows) > MAX_ROWS:
        yield from fold_text(page.say(_LEFT_OUT, shown=MAX_ROWS, total=len(rows)), page.width)


def _render_fragile(section: str, report: Report, page: Page) -> Iterator[str]:
    """The figures of a section that lie close to a threshold, where they were asked for."""
    if report.sensitivity is None:
        return
    yield ""
    title = f"{FRAGILE_SIGN} {page.say(FRAGILE_TITLE)}"
    yield from _write_heading(page, title, tell_within(report.sensitivity, page.say, section=section))
    rows = list(list_fragile(report.sensitivity, page.definition, page.say, section=section))
    if not rows:
        return
    header = FragileRow(entity_title(page.definition, page.say), *map(page.say, FRAGILE_HEADER))
    widths = [max(display_width(row[column]) for row in (header, *rows)) for column in range(len(header))]
    widths[2] = max(min(widths[2], page.width - sum(widths) + widths[2] - GAP * len(widths)), _LEAST_FIGURE_CELLS)
    cells = [[make_cell(text, "bold") for text in header], *(_draw_fragile(row, widths) for row in rows)]
    yield from draw_grid([Column(width) for width in widths], cells, page.paint)


def _draw_fragile(row: FragileRow, widths: Sequence[int]) -> list[Cell]:
    return [make_cell("\n".join(fold_text(text, width))) for text, width in zip(row, widths, strict=True)]


def _write_heading(page: Page, title: str, *remarks: str) -> Iterator[str]:
    first, *others = fold_text(" · ".join((title, *filter(None, remarks))), page.width)
    yield page.paint(first[: len(title)], "bold") + first[len(title) :]
    yield from others


def _render_overall(overall: Overall, report: Report, scorecard: Scorecard, page: Page) -> Iterator[str]:
    provisional = describe_provisional([overall.rows], report, page.say)
    yield from _write_heading(page, page.say("Overall"), page.say("full marks 100"), provisional)
    shares = describe_shares(overall, scorecard, page.say)
    yield from (page.paint(line, "dim") for line in fold_text(shares, page.width))
    yield ""
    yield from draw_overall(overall._replace(rows=overall.rows[:MAX_ROWS]), scorecard, page)
    yield from _say_left_out(overall.rows, page)
    yield ""


def _render_footer(report: Report, scorecard: Scorecard, next_command: str | None, page: Page) -> Iterator[str]:
    hint = " (--notes)" if any(item.severity is Severity.NOTE for item in report.diagnostics) else ""
    counts = " · ".join(list_counts(report, scorecard, page.say)) + hint
    yield from fold_text(counts, page.width)
    for sentence in describe_options(report, page.say):
        yield from fold_text(sentence, page.width)
    made_from = page.say("indicator set {id}", id=page.definition.id)
    if report.set_file:
        made_from += f" ({join_lines(report.set_file)})"
    then = page.say("next: {command}", command=clean_text(next_command)) if next_command else ""
    room = min(page.width, 100) - display_width(made_from) - display_width(then)
    if then and room >= GAP:
        yield page.paint(made_from, "dim") + " " * room + page.paint(then, "bold")
        return
    yield from (page.paint(line, "dim") for line in fold_text(made_from, page.width))
    yield from (page.paint(line, "bold") for line in (fold_text(then, page.width) if then else ()))
