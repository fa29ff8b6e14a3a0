"""Sets of cells as numbers, a bit for each cell, so that a rule is decided for a million of them at once.

A table of bits, as rows, is turned on its side by where each column turns from 0 to 1 and back: rules that compare
turn a few times, however many cells there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from operator import xor
from typing import TypeAlias

Turns: TypeAlias = Sequence[int]
"""Where a column turns, ascending: it is 0 before the first, 1 from there, 0 from the second."""

_BYTE = 8


def make_rows(columns: Iterable[Turns], count: int) -> list[int]:
    """The first `count` rows of `columns`; bit `n` of each is what column `n` is there."""
    changes = [0] * (count + 1)
    for number, turns in enumerate(columns):
        for position in turns:
            changes[position] ^= 1 << number
    return list(islice(accumulate(changes, xor), count))


def find_turns(rows: Sequence[int], columns: int) -> list[list[int]]:
    """Where each of so many columns of `rows` turns; one that is 1 in the last row turns behind it."""
    turns: list[list[int]] = [[] for _ in range(columns)]
    before = 0
    for position, row in enumerate((*rows, 0)):
        for column in _iterate_bits(row ^ before):
            turns[column].append(position)
        before = row
    return turns


def gather_turns(places: Iterable[int]) -> tuple[int, ...]:
    """Where the column turns that is 1 at these ascending places."""
    turns: list[int] = []
    for place in places:
        if turns and turns[-1] == place:
            turns[-1] += 1
        else:
            turns += place, place + 1
    return tuple(turns)


def pair_turns(turns: Turns) -> Iterator[tuple[int, int]]:
    """Each stretch in which a column is 1: where it starts, and where it is past."""
    return zip(turns[::2], turns[1::2], strict=True)


def _iterate_bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def spread_turns(turns: Turns, *, stride: int, period: int, size: int) -> int:
    """A set of `size` cells: each place of a column is `stride` of them in a row, again after every `period`."""
    vector = 0
    for start, end in pair_turns(turns):
        vector |= ((1 << (end - start) * stride) - 1) << start * stride
    filled = period
    while filled < size:
        vector |= vector << filled
        filled *= 2
    return vector & ((1 << size) - 1)


def read_cells(vectors: Sequence[int], size: int) -> list[int]:
    """For each of `size` cells the sets that it is in, as bits."""
    cells = [0] * size
    for start in range(0, len(vectors) if size else 0, _BYTE):
        some = _read_bytes(vectors[start : start + _BYTE], size)
        cells = [cell | own << start for cell, own in zip(cells, some, strict=True)] if start else list(some)
    return cells


def _read_bytes(vectors: Sequence[int], size: int) -> bytes:
    """The same for up to eight sets, a byte for each cell."""
    ones = int.from_bytes(b"\1" * size, "little")
    joined = 0
    for bit, vector in enumerate(vectors):
        digits = int.from_bytes(f"{vector:0{size}b}".encode(), "big")  # "0" and "1" differ in their lowest bit
        joined |= (digits & ones) << bit
    return joined.to_bytes(size, "little")
