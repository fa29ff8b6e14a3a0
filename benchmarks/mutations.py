"""Which one-character slips of the shipped set `kpi validate --strict` catches: `python benchmarks/mutations.py`.

Every digit and operator of what decides or states a level is changed, one at a time: in `when`, `weight`, `range`,
`scale`, the numbers of levels, the digits of `text`, and the figures and levels of `tests:` and `accept:`. A digit
becomes each other digit, an operator each other operator; each is also left out, and doubled. Titles, dates and
document numbers are not changed. Prints the share that is caught by kind of place; --missed lists what is not.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import yaml

from kpi_cli.checks.cases import find_failed_cases
from kpi_cli.checks.check import check_set
from kpi_cli.definition.load import load_definition
from kpi_cli.diagnostics import Severity
from kpi_cli.space.bands import describe_levels
from kpi_cli.workflows.sets import Check, check_loaded

SHIPPED_SET = Path(__file__).resolve().parents[1] / "indicators" / "fy2564_round1.yaml"
THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
DIGITS = "0123456789"
OPERATORS = "<>="
BRACKETS = "[]()"
_BELOW_INDICATOR = re.compile(r"\.(?:levels|measures|tests|accept|weight)\b")
_FAMILIES = (THAI_DIGITS, DIGITS, OPERATORS, BRACKETS)


class Spot(NamedTuple):
    """One character that is changed: where it stands in the file, what kind of place that is, and in what it stands."""

    kind: str
    index: int
    where: str
    scalar: tuple[int, int]

    @property
    def indicator(self) -> str:
        """The id of the indicator that it stands in."""
        return _BELOW_INDICATOR.split(self.where.rpartition("indicators.")[2])[0]


_FRAME = """kpi: 1
id: piece
title: One indicator
sections:
  - id: section
    title: One indicator and what the others weigh
    indicators:
"""
_FILLER = """
      - id: the-others
        title: The others
        weight: {weight}
        measures: {{the_others: {{type: count, title: The others}}}}
        levels:
          1: {{when: {{the_others: ">= 0"}}}}
          2: {{when: {{the_others: ">= 1"}}}}
          3: {{when: {{the_others: ">= 2"}}}}
          4: {{when: {{the_others: ">= 3"}}}}
          5: {{when: {{the_others: ">= 4"}}}}
"""


class Mutation(NamedTuple):
    """A spot and what is written there instead."""

    spot: Spot
    text: str


def list_spots(text: str) -> list[Spot]:
    """Every character of `text` that is changed, in the order of the file."""
    return sorted(_walk(yaml.compose(text, Loader=yaml.CSafeLoader), (), text), key=lambda spot: spot.index)


def _walk(node: yaml.Node, keys: tuple[str, ...], text: str) -> Iterator[Spot]:
    if isinstance(node, yaml.MappingNode):
        name = next((value.value for key, value in node.value if key.value == "id"), None)
        for key, value in node.value:
            inside = (*keys[:-1], name) if name and keys else keys
            if keys[-1:] == ("levels",):
                yield from _spots_in(key, "level number", (*inside, key.value), text)
            yield from _walk(value, (*inside, key.value), text)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _walk(item, (*keys, str(number)), text)
    elif (kind := _kind_of(keys)) is not None:
        yield from _spots_in(node, kind, keys, text)


def _kind_of(keys: tuple[str, ...]) -> str | None:
    """What kind of place a scalar is, by the keys that lead to it; None where it is not changed."""
    last = keys[-1]
    if last in {"weight", "scale"}:
        return last
    if "range" in keys:
        return "range"
    if "levels" in keys:
        return "rule" if "when" in keys else "text" if last == "text" else None
    if "tests" in keys:
        return "tests: level" if last == "level" else "tests: figure"
    if "accept" in keys:
        return "accept" if last == "level" or "at" in keys else None
    return None


def _spots_in(node: yaml.Node, kind: str, keys: Sequence[str], text: str) -> Iterator[Spot]:
    start, end = node.start_mark.index, node.end_mark.index
    where = ".".join(keys)
    for index in range(start, end):
        family = _family_of(text[index])
        if family in {THAI_DIGITS, DIGITS} or (kind == "rule" and family):
            yield Spot(kind, index, where, (start, end))


def _family_of(character: str) -> str | None:
    return next((family for family in _FAMILIES if character in family), None)


def list_mutations(text: str) -> list[Mutation]:
    """Each spot with every other character of its family, left out, and doubled."""
    return [Mutation(spot, other) for spot in list_spots(text) for other in _replace(text[spot.index])]


def _replace(character: str) -> Iterator[str]:
    family = _family_of(character) or ""
    yield from (other for other in family if other != character)
    yield from ("", character * 2)


class Piece(NamedTuple):
    """The lines of one indicator that has levels: where they begin and end, and how far they are indented."""

    start: int
    end: int
    indent: int
    weight: Decimal

    def cut(self, mutated: str, grown: int) -> str:
        """A set of this indicator alone, with a filler for the others; the text is `grown` characters longer."""
        lines = mutated[self.start : self.end + grown].splitlines(keepends=True)
        own = "".join(line[min(self.indent - 6, len(line) - len(line.lstrip(" "))) :] for line in lines)
        return _FRAME + own + _FILLER.format(weight=100 - self.weight)


def list_pieces(text: str) -> list[Piece]:
    """The indicators that have levels, in the order of the file."""
    return list(_find_pieces(yaml.compose(text, Loader=yaml.CSafeLoader), text))


def _find_pieces(node: yaml.Node, text: str) -> Iterator[Piece]:
    if isinstance(node, yaml.MappingNode):
        fields = {key.value: value for key, value in node.value}
        if {"weight", "levels"} <= fields.keys():
            start = text.rindex("\n", 0, node.start_mark.index) + 1
            yield Piece(start, node.end_mark.index, node.start_mark.column - 2, Decimal(fields["weight"].value))
            return
    for item in node.value if isinstance(node, yaml.CollectionNode) else ():
        yield from _find_pieces(item[1] if isinstance(item, tuple) else item, text)


def is_caught(text: str, mutation: Mutation) -> bool:
    """Whether `kpi validate --strict` fails on the whole set with this one change."""
    return _fails(_change(text, mutation), check_set)


def is_caught_in_piece(text: str, pieces: Sequence[Piece], mutation: Mutation) -> bool:
    """The same, in a part of the time: of all the indicators only the one that is changed is proved again."""
    spot = mutation.spot
    piece = next((each for each in pieces if each.start <= spot.index < each.end), None)
    if piece is None or spot.kind == "weight":
        return is_caught(text, mutation)
    # The proof does not read `tests:`.
    check = find_failed_cases if spot.kind.startswith("tests") else check_set
    return _fails(piece.cut(_change(text, mutation), len(mutation.text) - 1), check)


def _change(text: str, mutation: Mutation) -> str:
    index = mutation.spot.index
    return text[:index] + mutation.text + text[index + 1 :]


def _fails(text: str, check: Check) -> bool:
    loaded = load_definition(text.encode(), file="mutated.yaml", folder=SHIPPED_SET.parent)
    return any(found.severity is not Severity.NOTE for found in check_loaded(loaded, check).diagnostics)


def is_harmless(text: str, mutation: Mutation) -> bool:
    """Whether a change that is not caught leaves nothing wrong: its case is still true, its rule decides all alike."""
    if mutation.spot.kind.startswith("tests"):
        return True
    if mutation.spot.kind != "rule":
        return False
    return _levels_of(text, mutation.spot) == _levels_of(_change(text, mutation), mutation.spot)


def _levels_of(text: str, spot: Spot) -> object:
    definition = load_definition(text.encode(), file="mutated.yaml", folder=SHIPPED_SET.parent).definition
    assert definition is not None
    indicator = next(each for each in definition.indicators if each.id == spot.indicator)
    return describe_levels(indicator)


class Count(NamedTuple):
    """What became of the changes in one kind of place: those that pass are harmless, or slips that nobody sees."""

    kind: str
    changed: int
    harmless: int
    missed: tuple[Mutation, ...]

    @property
    def wrong(self) -> int:
        """How many changes leave something wrong in the set."""
        return self.changed - self.harmless

    @property
    def share(self) -> float:
        """How many of a hundred of those are caught."""
        return 100 * (self.wrong - len(self.missed)) / self.wrong if self.wrong else 100.0


def count_kinds(text: str, mutations: Sequence[Mutation], caught: Sequence[bool]) -> list[Count]:
    """The changes by kind of place, those that are caught least often first, and all together."""
    passed = [mutation for mutation, found in zip(mutations, caught, strict=True) if not found]
    missed = [mutation for mutation in passed if not is_harmless(text, mutation)]
    kinds = Counter(mutation.spot.kind for mutation in mutations)
    counts = [_count(kind, changed, passed, missed) for kind, changed in kinds.items()]
    whole = Count("all", len(mutations), len(passed) - len(missed), tuple(missed))
    return [*sorted(counts, key=lambda count: count.share), whole]


def _count(kind: str, changed: int, passed: Sequence[Mutation], missed: Sequence[Mutation]) -> Count:
    of_kind = tuple(mutation for mutation in missed if mutation.spot.kind == kind)
    harmless = sum(mutation.spot.kind == kind for mutation in passed) - len(of_kind)
    return Count(kind, changed, harmless, of_kind)


def try_all(text: str, mutations: Sequence[Mutation]) -> list[bool]:
    """Whether each is caught, on all processors."""
    with ProcessPoolExecutor(initializer=os.nice, initargs=(10,)) as pool:
        return list(pool.map(_try_one, ((text, mutation) for mutation in mutations), chunksize=64))


def _try_one(task: tuple[str, Mutation]) -> bool:
    text, mutation = task
    return is_caught_in_piece(text, _pieces_of(text), mutation)


_pieces_of = cache(list_pieces)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missed", action="store_true", help="list every change that is wrong and passes")
    parser.add_argument("--sample", type=int, metavar="N", help="try only so many, evenly spread over the file")
    parser.add_argument("--kind", help="only places of this kind, such as rule or text")
    options = parser.parse_args()
    text = SHIPPED_SET.read_text(encoding="utf-8")
    mutations = [each for each in list_mutations(text) if options.kind in (None, each.spot.kind)]
    if options.sample:
        mutations = choose_sample(mutations, options.sample)
    counts = count_kinds(text, mutations, try_all(text, mutations))
    print("\n".join(list_rows(counts)))
    if options.missed:
        print("\n" + "\n".join(list_missed(text, counts[-1].missed)))


def choose_sample(mutations: Sequence[Mutation], size: int) -> list[Mutation]:
    """About so many of the changes, evenly spread over the file, so that each kind of place has its share."""
    return list(mutations[:: max(1, len(mutations) // size)])


def list_rows(counts: Sequence[Count]) -> Iterator[str]:
    """The table of what was caught, in Markdown."""
    yield "| what is changed | changes | harmless | wrong | missed | caught |"
    yield "|---|---:|---:|---:|---:|---:|"
    for count in counts:
        figures = (count.changed, count.harmless, count.wrong, len(count.missed))
        yield f"| {count.kind} | {' | '.join(f'{figure:,}' for figure in figures)} | {count.share:.1f} % |"


def list_missed(text: str, missed: Sequence[Mutation]) -> Iterator[str]:
    """What is wrong and passes: where, what stands there, and each change of it, one line a scalar."""
    for (start, end), group in groupby(missed, key=lambda mutation: mutation.spot.scalar):
        mutations = list(group)
        line = text.count("\n", 0, start) + 1
        shown = (_show_change(text[start:end], mutation.spot.index - start, mutation.text) for mutation in mutations)
        yield f"{line}: {mutations[0].spot.where}: {text[start:end]}  ->  {'  '.join(shown)}"


def _show_change(scalar: str, index: int, written: str) -> str:
    """The changed number and the words beside it: a wording may be long."""
    changed = scalar[:index] + written + scalar[index + 1 :]
    start = changed.rfind(" ", 0, max(changed.rfind(" ", 0, index), 0)) + 1
    stop = changed.find(" ", index)
    return changed[start : stop if stop >= 0 else None]


if __name__ == "__main__":
    sys.exit(main())
