"""How much a workbook may hold. What repeats takes next to no room in a file, and all of its room here."""

from __future__ import annotations

from typing import NamedTuple

SMALL = 1_000_000
"""Bytes. A file below it ends in 5 seconds and 300 MB, as is promised; what a larger one costs, its size shows."""


class Room(NamedTuple):
    """Rows with something in them, filled cells, and elements of XML: a formula or a text takes three.

    `variant` is that of the diagnostic for a file of more rows or cells.
    """

    rows: int
    cells: int
    elements: int
    variant: str = "too-much-xml"


ROOM = Room(300_000, 700_000, 2_000_000)
"""What keeps a file of different numbers within 300 MB of memory."""
SMALL_ROOM = Room(20_000, 150_000, 1_200_000, "packed-workbook")
"""More than spreadsheet programs pack into so few bytes, but for what repeats throughout."""
SMALL_REPORT_ROOM = SMALL_ROOM._replace(rows=30_000, cells=250_000)
"""A report of ours has a row for every figure, and its details repeat: 540 districts come to a megabyte."""


def find_room(size: int, *, own: bool = False) -> Room:
    """The room of a file of `size` bytes, which may be a report of our `own`."""
    if size >= SMALL:
        return ROOM
    return SMALL_REPORT_ROOM if own else SMALL_ROOM
