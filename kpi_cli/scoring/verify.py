"""What a report says held against what was computed again: the files it was made from, and every figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from kpi_cli.scoring.figures import Entity, InputFile


class Claim(NamedTuple):
    """One figure that a report states, as text, and the cell that states it.

    `part` is the table that it stands in, `item` the indicator, group or measure that it is about (empty: the row as
    a whole); a claim without an entity is about the section.
    """

    section: str
    entity: Entity | None
    part: str
    item: str
    figure: str
    value: str
    cell: str | None = None


class Kind(StrEnum):
    """How a report and the computation differ."""

    CHANGED = "changed"
    ADDED = "added"
    """Only the report says it."""
    MISSING = "missing"
    """The report does not say it."""


class Difference(NamedTuple):
    """Where a report differs from what was computed. Of what is added or missing as a whole the rest is None."""

    kind: Kind
    section: str
    entity: Entity | None = None
    part: str | None = None
    item: str | None = None
    figure: str | None = None
    reported: str | None = None
    computed: str | None = None
    cell: str | None = None


class FileState(StrEnum):
    """What became of a file that a report was made from."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    """The report names it, and it was not given."""
    EXTRA = "extra"
    """It was given, and the report does not name it."""


class FileMatch(NamedTuple):
    """A file as the report names it beside the one that was given."""

    state: FileState
    reported: InputFile | None
    given: InputFile | None

    @property
    def same(self) -> bool:
        """Whether what was given is what the report was made from."""
        return self.state is FileState.SAME


def match_files(reported: Sequence[InputFile], given: Sequence[InputFile]) -> tuple[FileMatch, ...]:
    """Each file of a report with the one that was given: of the same content, else of the same name."""
    left = list(given)
    same = {number: file for number, old in enumerate(reported) if (file := _take(left, sha256=old.sha256))}
    matches = []
    for number, old in enumerate(reported):
        if number in same:
            matches.append(FileMatch(FileState.SAME, old, same[number]))
        elif namesake := _take(left, name=_last_name(old.file)):
            matches.append(FileMatch(FileState.CHANGED, old, namesake))
        else:
            matches.append(FileMatch(FileState.MISSING, old, None))
    return (*matches, *(FileMatch(FileState.EXTRA, None, file) for file in left))


def _take(files: list[InputFile], *, sha256: str | None = None, name: str | None = None) -> InputFile | None:
    """The first of `files` of that content or name, which is taken out of them."""
    for file in files:
        if file.sha256 == sha256 or _last_name(file.file) == name:
            files.remove(file)
            return file
    return None


def _last_name(file: str) -> str:
    """How much of the folders is printed depends on the files beside it."""
    return file.replace("\\", "/").rpartition("/")[2]


def compare_claims(reported: Iterable[Claim], computed: Iterable[Claim]) -> tuple[Difference, ...]:
    """Every difference, in the order of what was computed; the order of rows is none."""
    return tuple(_compare(list(reported), list(computed), depth=0))


_DEPTH = len(("section", "entity", "part", "item", "figure"))


def _compare(reported: Sequence[Claim], computed: Sequence[Claim], *, depth: int) -> Iterator[Difference]:
    """Compares the claims that agree in their first `depth` fields; what only one side has is one difference."""
    if depth == _DEPTH:
        yield from _compare_values(reported, computed)
        return
    old, new = _group(reported, depth), _group(computed, depth)
    for key in dict.fromkeys((*new, *old)):
        if key in old and key in new:
            yield from _compare(old[key], new[key], depth=depth + 1)
        else:
            first, kind = (old[key][0], Kind.ADDED) if key in old else (new[key][0], Kind.MISSING)
            yield _name_whole(first, kind, depth + 1)


def _group(claims: Iterable[Claim], field: int) -> dict[object, list[Claim]]:
    groups: dict[object, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim[field], []).append(claim)
    return groups


def _name_whole(claim: Claim, kind: Kind, depth: int) -> Difference:
    """The difference that is all claims like `claim` in its first `depth` fields."""
    cell = claim.cell if kind is Kind.ADDED else None
    if depth == _DEPTH:
        reported, computed = (claim.value, None) if kind is Kind.ADDED else (None, claim.value)
        return _make_difference(kind, claim, reported=reported, computed=computed, cell=cell)
    whole = Difference(kind, *claim[:depth])  # type: ignore[arg-type]  # the fields stand in one order
    return whole._replace(cell=cell)


def _compare_values(reported: Sequence[Claim], computed: Sequence[Claim]) -> Iterator[Difference]:
    """Compares what is stated of one figure; two entities of one name may state two."""
    right = Counter(claim.value for claim in computed)
    wrong = []
    for claim in reported:
        if right[claim.value]:
            right[claim.value] -= 1
        else:
            wrong.append(claim)
    for old, value in zip_longest(wrong, right.elements()):
        said = old.value if old else None
        kind = Kind.CHANGED if old and value is not None else Kind.ADDED if old else Kind.MISSING
        yield _make_difference(kind, computed[0], reported=said, computed=value, cell=old.cell if old else None)


def _make_difference(
    kind: Kind, claim: Claim, *, reported: str | None, computed: str | None, cell: str | None
) -> Difference:
    place = (claim.section, claim.entity, claim.part, claim.item, claim.figure)
    return Difference(kind, *place, reported, computed, cell)
