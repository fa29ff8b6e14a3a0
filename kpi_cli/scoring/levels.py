"""The level of one indicator from the figures of one entity; `kpi validate` proves rules with this same evaluation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias, cast

from kpi_cli.model import Indicator
from kpi_cli.rules.ast import iterate_tests, thresholds_of
from kpi_cli.rules.evaluate import rule_holds
from kpi_cli.rules.policy import Band, decide_level
from kpi_cli.rules.values import Number, Value
from kpi_cli.scoring.figures import MISSING, Absence, Answer, Figure, Said
from kpi_cli.scoring.scorecard import Status

MAX_REMEMBERED = 16_384
"""Values of a measure, and tuples of them, that are remembered; it bounds the memory that a long table takes."""


class Assessment(NamedTuple):
    """An indicator's level before it is weighed: `band` is None where not applicable; a figure for each measure."""

    indicator: Indicator
    status: Status
    band: Band | None
    figures: Mapping[str, Figure]


Assess: TypeAlias = Callable[[Mapping[str, Figure]], Assessment]


def assess_indicator(indicator: Indicator, figures: Mapping[str, Figure]) -> Assessment:
    """What `figures` prove of `indicator`, and leave possible; an absent figure is missing, a foreign one ignored."""
    return prepare_assessment(indicator)(figures)


def prepare_assessment(indicator: Indicator) -> Assess:
    """`assess_indicator` for many records: the indicator is read once, and every case of its figures decided once."""
    spots = list_spots(indicator)
    bands = Bands(indicator, spots)

    def assess(figures: Mapping[str, Figure]) -> Assessment:
        own = {name: figures.get(name, MISSING) for name in spots}
        band = bands[tuple(each.find(own[name].answer) for name, each in spots.items())]
        return Assessment(indicator, find_status(band), band, own)

    return assess


def find_status(band: Band | None) -> Status:
    """Whether a level is final; a band of None is not applicable."""
    if band is None:
        return Status.NOT_APPLICABLE
    return Status.INCOMPLETE if band.proven < band.possible else Status.SCORED


class Spots(dict[Said, int]):
    """Where the answers of one measure lie among the thresholds of its rules, as a number for each place.

    No rule tells apart what lies in one place, so the first answer met there stands for all of them in `samples`.
    Place 0 is that of nothing.
    """

    def __init__(self, thresholds: frozenset[Decimal]) -> None:
        super().__init__()
        self.samples: list[Answer] = []
        self._limits = sorted(thresholds)
        self._scale = lcm(*(limit.as_integer_ratio()[1] for limit in thresholds))
        self._doubled = [self._double(limit) for limit in self._limits]
        self._between: list[int | None] = [None] * (2 * len(thresholds) + 1)
        self._others: dict[Hashable, int] = {}
        self.find(None)

    def __missing__(self, said: Said) -> int:
        number = self.find(said.answer)
        if len(self) < MAX_REMEMBERED:
            self[said] = number
        return number

    def find(self, answer: Answer) -> int:
        """The number of the place in which `answer` lies."""
        if isinstance(answer, Decimal):
            return self._find_between(answer, self._limits, answer)
        if isinstance(answer, Fraction):
            return self._find_between(answer, self._doubled, self._double(answer))
        number = self._others.get(answer)
        if number is None:
            number = self._others[answer] = self._add(answer)
        return number

    def _find_between(self, answer: Answer, limits: Sequence[Decimal] | Sequence[int], key: Decimal | int) -> int:
        """The number of the place of `key` among `limits`: below, on, between or above them."""
        below = bisect_left(limits, key)
        place = 2 * below + (below < len(limits) and limits[below] == key)
        number = self._between[place]
        if number is None:
            number = self._between[place] = self._add(answer)
        return number

    def _add(self, answer: Answer) -> int:
        self.samples.append(answer)
        return len(self.samples) - 1

    def _double(self, number: Number) -> int:
        """`number` in halves of the unit of which all thresholds are multiples; odd where it lies between two units.

        Exact, and whole numbers are compared many times faster than a fraction with a decimal.
        """
        numerator, denominator = number.as_integer_ratio()
        units, rest = divmod(numerator * self._scale, denominator)
        return 2 * units + (rest > 0)


def list_spots(indicator: Indicator) -> dict[str, Spots]:
    """The spots of each measure of `indicator`, in order."""
    limits: dict[str, set[Decimal]] = {name: set() for name in indicator.measures}
    for rule in indicator.rules:
        for test in iterate_tests(rule):
            limits[test.measure] |= thresholds_of(test.unary)
    return {name: Spots(frozenset(found)) for name, found in limits.items()}


class Bands(dict[tuple[int, ...], Band | None]):
    """The band that an indicator has for the spots of its measures, each decided once; None is not applicable."""

    def __init__(self, indicator: Indicator, spots: Mapping[str, Spots]) -> None:
        super().__init__()
        self._indicator, self._spots = indicator, spots

    def __missing__(self, numbers: tuple[int, ...]) -> Band | None:
        located = zip(self._spots.items(), numbers, strict=True)
        band = self._decide({name: spots.samples[number] for (name, spots), number in located})
        if len(self) < MAX_REMEMBERED:
            self[numbers] = band
        return band

    def locate(self, values: Mapping[str, Value | None]) -> dict[str, int]:
        """Measure -> the number of the place in which its value lies, for every measure; an absent one is missing."""
        return {name: spots.find(values.get(name)) for name, spots in self._spots.items()}

    def find_level(self, places: Mapping[str, int]) -> int:
        """The level that is proven where the values of all measures, in order, lie in `places`, none of them absent."""
        return cast(Band, self[tuple(places.values())]).proven

    def _decide(self, answers: Mapping[str, Answer]) -> Band | None:
        known = {name: value for name, value in answers.items() if not isinstance(value, Absence)}
        if len(known) < len(answers):
            return None
        return decide_level([rule_holds(rule, known) for rule in self._indicator.rules], self._indicator.policy)
