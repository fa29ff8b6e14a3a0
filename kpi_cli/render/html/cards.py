"""The card of each entity: why each level, where the figures stand, what the next level takes.

The explanations travel as data, each sentence once, and become elements only when a card is opened: a ministry's 878
districts fit in one file that a phone can show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from kpi_cli.model import IndicatorSet
from kpi_cli.render.explain.words import (
    show_points,
    tell_changes,
    tell_decision,
    tell_no_step,
    tell_standing,
    tell_step,
    tell_weight,
)
from kpi_cli.render.figure_words import show_figure, tell_source
from kpi_cli.render.html.rankings import Roll
from kpi_cli.render.numbers import level_step, section_digits, show_band
from kpi_cli.render.text import clean_text, join_lines
from kpi_cli.render.translate import Translator, mark
from kpi_cli.scoring.explain import EntityExplanation, IndicatorExplanation, SectionExplanation, prepare_explanation
from kpi_cli.scoring.scorecard import Scorecard, Status
from kpi_cli.scoring.trace import unaries_of

_COLUMNS = (mark("indicator"), mark("level"), mark("points"), mark("why"))


class Card(NamedTuple):
    """What is seen of a card while it is closed."""

    name: str
    find: str
    standing: str


class CardDeck(NamedTuple):
    """The cards in the order of the roll, and the data from which the page's script fills them."""

    cards: tuple[Card, ...]
    data: dict[str, object]


def build_cards(definition: IndicatorSet, scorecard: Scorecard, roll: Roll, say: Translator) -> CardDeck:
    """A card for each entity of the roll."""
    explain, strings = prepare_explanation(definition, scorecard), _Strings()
    digits = section_digits(scorecard, definition)
    cards: list[Card] = []
    explained: list[object] = []
    for entity in roll.cards:
        one = explain(entity)
        cards.append(Card(join_lines(entity.name), roll.names[entity], _tell_standings(one, digits, say)))
        explained.append([_build_section(part, strings, digits, say) for part in one.sections if part.row.reported])
    data = {
        "words": {
            "columns": [say(word) for word in _COLUMNS],
            "found": say("found {n}", n="{n}"),
            "steps": say("What brings the most points"),
        },
        "titles": {indicator.id: join_lines(indicator.title) for indicator in definition.indicators},
        "measures": {name: join_lines(measure.title) for name, measure in definition.measures.items()},
        "cards": explained,
        **strings.pack(),
    }
    return CardDeck(tuple(cards), data)


class _Strings:
    """The sentences of all cards, each kept once, as the numbers of its words: those are few, and sentences many."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def keep(self, text: str) -> int:
        """The number of `text`."""
        return self.numbers.setdefault(text, len(self.numbers))

    def keep_all(self, texts: Iterable[str]) -> list[int]:
        """The numbers of `texts`."""
        return [self.keep(text) for text in texts]

    def pack(self) -> dict[str, object]:
        """Every word once, and every sentence as the numbers of its words."""
        words: dict[str, int] = {}
        sentences = [[words.setdefault(word, len(words)) for word in text.split(" ")] for text in self.numbers]
        return {"pieces": list(words), "sentences": sentences}


def _tell_standings(explained: EntityExplanation, digits: Mapping[str, int], say: Translator) -> str:
    return " · ".join(
        f"{join_lines(section.title)}: {tell_standing(section, digits, say)}" for section in explained.sections
    )


def _build_section(
    section: SectionExplanation, strings: _Strings, digits: Mapping[str, int], say: Translator
) -> dict[str, object]:
    """Its steps are the numbers of its items, the most points first."""
    steps = EntityExplanation(section.row.entity, (section,)).steps
    places = {one.indicator.id: place for place, one in enumerate(section.indicators)}
    return {
        "heading": strings.keep(f"{join_lines(section.title)} · {tell_standing(section, digits, say)}"),
        "steps": [places[one.indicator.id] for one in steps],
        "items": [_build_item(one, strings, say) for one in section.indicators],
    }


def _build_item(one: IndicatorExplanation, strings: _Strings, say: Translator) -> list[object]:
    """What the script unpacks in this order: id, level, its step, open, points, why, figures, next."""
    following = _tell_next(one, say) or tell_no_step(one, say)
    return [
        one.indicator.id,
        show_band(one.level, possible=one.possible_level),
        "" if one.level is None else level_step(one.level, len(one.indicator.levels)),
        int(one.status is Status.INCOMPLETE),
        strings.keep(_tell_points(one, say)),
        strings.keep_all(tell_decision(one, say)),
        list(_list_figures(one, strings, say)),
        strings.keep(following),
    ]


def _tell_points(one: IndicatorExplanation, say: Translator) -> str:
    """`20.00 / 25`; empty where it is not applicable."""
    if one.points is None:
        return ""
    return " · ".join((" / ".join(show_points(one, one.points)), *tell_weight(one, say)))


def _tell_next(one: IndicatorExplanation, say: Translator) -> str:
    """`level 5, +5.00 points: plan_achieved > 95 (has 95%: 0.01 more)`; empty where there is no next level."""
    if one.next is None:
        return ""
    changes = f" {say('and')} ".join(tell_changes(one, say))
    return f"{tell_step(one.next, say)}: {changes}"


def _list_figures(one: IndicatorExplanation, strings: _Strings, say: Translator) -> Iterator[list[object]]:
    """Each figure that was reported or that a rule misses: its measure, value, file and sheet, cell."""
    for name, figure in one.listed_figures.items():
        shown = show_figure(figure, one.indicator.measures[name], say, unaries_of(name, one.rules))
        typed = tell_source(replace(figure, cell=None), say)
        sheet, cell = _split_place(clean_text(figure.cell or ""))
        told = ", ".join(filter(None, (shown, typed)))
        yield [strings.keep(name), strings.keep(told), strings.keep(sheet), cell]


def _split_place(place: str) -> tuple[str, str]:
    """`a.xlsx[Team!`, which many figures share, and `C5]`."""
    cut = max(place.rfind("!"), place.rfind("[")) + 1
    return place[:cut], place[cut:]
