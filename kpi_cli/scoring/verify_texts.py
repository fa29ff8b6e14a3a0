"""What a report says beside its figures, held against what is written again: titles, headings, sentences, findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from kpi_cli.scoring.verify import Kind


class Line(NamedTuple):
    """A row of a sheet or an object of a json, without its figures.

    `part` is the sheet, or the list that it stands in; `key` finds the line to hold against it where they differ.
    Where each text stands is `before` and `after` put around its name: the letters of a column, or a key. `whole` is
    where the line stands, if its being there or not is one difference, whatever it says.
    """

    part: str
    key: object
    texts: tuple[tuple[str, str], ...]
    before: str = ""
    after: str = ""
    whole: str | None = None


class TextDifference(NamedTuple):
    """A text of a report that is not what is written again; of a line or sheet as a whole both texts are None."""

    kind: Kind
    part: str
    place: str
    reported: str | None = None
    computed: str | None = None


def compare_lines(reported: Sequence[Line], computed: Sequence[Line]) -> tuple[TextDifference, ...]:
    """Every difference; lines that only stand elsewhere in their part are the same."""
    same = Counter(map(_content, reported)) & Counter(map(_content, computed))
    pairs: dict[tuple[str, object], tuple[list[Line], list[Line]]] = {}
    for side, lines in ((1, _drop(computed, same)), (0, _drop(reported, same))):
        for line in lines:
            pairs.setdefault((line.part, line.key), ([], []))[side].append(line)
    return tuple(
        difference
        for olds, news in pairs.values()
        for old, new in zip_longest(olds, news)
        for difference in _compare(old, new)
    )


def _content(line: Line) -> tuple[object, ...]:
    return line.part, line.whole is None, line.texts


def _drop(lines: Iterable[Line], same: Counter[tuple[object, ...]]) -> Iterator[Line]:
    """The lines that the other side has not."""
    left = same.copy()
    for line in lines:
        content = _content(line)
        if left[content]:
            left[content] -= 1
        else:
            yield line


def _compare(old: Line | None, new: Line | None) -> Iterator[TextDifference]:
    line = new or old
    if line is None:
        return
    if line.whole is not None and (old is None or new is None):
        yield TextDifference(Kind.MISSING if new else Kind.ADDED, line.part, line.whole)
        return
    said, right = dict(old.texts if old else ()), dict(new.texts if new else ())
    for name in dict.fromkeys((*right, *said)):
        one, other = said.get(name), right.get(name)
        if one != other and not _is_filled_in(one, other):
            kind = Kind.ADDED if other is None else Kind.MISSING if one is None else Kind.CHANGED
            yield TextDifference(kind, line.part, f"{line.before}{name}{line.after}", one, other)


_DOTS = re.compile(r"\.{9,}")
_LONGEST_NAME = 200


def _is_filled_in(said: str | None, right: str | None) -> bool:
    """Whether somebody wrote on the dotted lines of a place to sign, and nowhere else."""
    if said is None or right is None or len(said) > _LONGEST_NAME or not _DOTS.search(right):
        return False
    form = ".*".join(map(re.escape, _DOTS.split(right)))
    return re.fullmatch(form, said) is not None
