"""The card of each entity: why each level, where the figures stand, what the next level takes.

The explanations travel as data, each sentence once, and become elements only when a card is opened: a ministry's 878
districts fit in one file that a phone can show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from kpi_cli.model import Indicator, IndicatorSet
from kpi_cli.render.explanation_words import tell_decision
from kpi_cli.render.figure_words import show_figure, tell_source
from kpi_cli.render.html.rankings import Roll
from kpi_cli.render.numbers import level_step, show_level, show_number, show_score
from kpi_cli.render.text import clean_text, join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.rules.values import exact_text
from kpi_cli.scoring.explain import IndicatorExplanation, explain_figures
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, IndicatorScore, Scorecard, SectionRanking, Status
from kpi_cli.scoring.trace import unaries_of

_COLUMNS = (mark("indicator"), mark("level"), mark("points"), mark("why"))


class Card(NamedTuple):
    """What is seen of a card while it is closed."""

    name: str
    find: str
    standing: str


def build_cards(scorecard: Scorecard, roll: Roll, say: Translator) -> tuple[Card, ...]:
    """A card for each entity of the roll, with its scores and ranks."""
    rows = _index_rows(scorecard)
    return tuple(
        Card(join_lines(entity.name), roll.names[entity], " · ".join(_tell_standing(rows[entity], say)))
        for entity in roll.cards
    )


def _index_rows(scorecard: Scorecard) -> dict[Entity, list[tuple[SectionRanking, EntityScore]]]:
    rows: dict[Entity, list[tuple[SectionRanking, EntityScore]]] = {}
    for section in scorecard.sections:
        for row in section.rows:
            rows.setdefault(row.entity, []).append((section, row))
    return rows


def _tell_standing(rows: list[tuple[SectionRanking, EntityScore]], say: Translator) -> Iterator[str]:
    for section, row in rows:
        title, score = join_lines(section.title), show_score(row)
        if not row.reported:
            yield say("{section}: not reported", section=title)
        elif row.rank is None:
            yield say("{section}: not applicable", section=title)
        else:
            yield say("{section}: {score}, rank {rank}", section=title, score=score, rank=row.rank)


class _Strings:
    """The sentences of all cards, each kept once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def keep(self, text: str) -> int:
        """The number of `text`."""
        return self.numbers.setdefault(text, len(self.numbers))


def build_data(scorecard: Scorecard, definition: IndicatorSet, roll: Roll, say: Translator) -> dict[str, object]:
    """What the page's script reads: sentences by number, and for each card its sections and their indicators."""
    indicators = {indicator.id: indicator for indicator in definition.indicators}
    rows, strings = _index_rows(scorecard), _Strings()
    cards = [
        [_build_section(section, row, indicators, strings, say) for section, row in rows[entity] if row.reported]
        for entity in roll.cards
    ]
    return {
        "words": {
            "columns": [say(word) for word in _COLUMNS],
            "found": say("found {n}", n="{n}"),
            "steps": say("What brings the most points:"),
        },
        "titles": {indicator.id: join_lines(indicator.title) for indicator in definition.indicators},
        "strings": list(strings.numbers),
        "cards": cards,
    }


def _build_section(
    section: SectionRanking, row: EntityScore, indicators: Mapping[str, Indicator], strings: _Strings, say: Translator
) -> dict[str, object]:
    items = [_build_item(one, indicators[one.id], strings, say) for one in row.indicators]
    return {"heading": f"{join_lines(section.title)} · {show_score(row)}", "steps": [], "items": items}


def _build_item(one: IndicatorScore, indicator: Indicator, strings: _Strings, say: Translator) -> list[object]:
    """What the script unpacks in this order: id, level, its step, open, points, why, figures, next."""
    explained = explain_figures(indicator, one.figures, scale=len(indicator.levels))
    return [
        one.id,
        show_level(one),
        "" if one.level is None else level_step(one.level, len(indicator.levels)),
        int(one.status is Status.INCOMPLETE),
        "" if one.points is None else strings.keep(f"{show_number(one.points)} / {exact_text(one.weight)}"),
        [strings.keep(line) for line in tell_decision(explained, say)],
        list(_list_figures(explained, strings, say)),
        None,
    ]


def _list_figures(explained: IndicatorExplanation, strings: _Strings, say: Translator) -> Iterator[list[object]]:
    """Each figure that was reported or that a rule misses: what it is, the file and sheet of its cell, the cell."""
    for name, figure in explained.figures.items():
        if figure.raw is not None or figure.reported or name in explained.missing:
            measure = explained.indicator.measures[name]
            shown = show_figure(figure, measure, say, unaries_of(name, explained.rules))
            typed = tell_source(replace(figure, cell=None), say)
            sheet, mark_, cell = clean_text(figure.cell or "").rpartition("!")
            yield [strings.keep(", ".join(filter(None, (f"{name} {shown}", typed)))), strings.keep(sheet + mark_), cell]
