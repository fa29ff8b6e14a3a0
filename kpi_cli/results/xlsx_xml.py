"""The XML parts of a workbook, streamed: bounded in size, and without the declarations that expand into more.

Read with expat and not through openpyxl: its import and its cells cost a run dearly (`benchmarks/parts.py` measures
both), it needs a second look to tell a blank cell from a formula that was never calculated, and what it builds of a
hostile file cannot be bounded from outside.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

from kpi_cli.results.cells import MAX_PLACES, UnreadableError
from kpi_cli.results.room import ROOM, Room

Attributes: TypeAlias = dict[str, str]
_Handler: TypeAlias = Callable[..., None]
_MOST_NAMES = 1_000
MAX_LISTED = 300_000
"""The elements of a part that lists something: relations, styles, sheets, properties."""
MAX_DEPTH = 1_000
MAX_NAMES = 20_000
"""The parser remembers every other name that an element or an attribute has."""
MAX_TOKEN = 2_000_000
"""Bytes of one tag or comment, which the parser holds until it ends."""
MAX_UNPACKED = 200_000_000
MAX_CHARACTERS = 25_000_000
"""The length of all texts and figures together; a character may take four bytes."""
_CHUNK = 1 << 18


@dataclass(slots=True)
class Budget:
    """How much of a workbook has been read, of the room that it has; one for all its parts."""

    room: Room = ROOM
    elements: int = 0
    unpacked: int = 0
    characters: int = 0
    cells: int = 0
    places: int = 0
    rows: int = 0

    def take(self, part: str, *, elements: int, size: int) -> None:
        """Counts `size` bytes and `elements` more; raises `UnreadableError` beyond the bounds."""
        self.unpacked += size
        self.elements += elements
        too_much = self.unpacked > MAX_UNPACKED or self.characters > MAX_CHARACTERS
        if too_much or self.elements > self.room.elements:
            raise UnreadableError("too-much-xml", part=part)

    def add_rows(self, part: str, number: int, *, width: int) -> None:
        """Counts rows of `width` places each, whose cells are counted; raises `UnreadableError` beyond the bounds."""
        self.rows += number
        self.places += number * width
        room = self.room
        if self.rows > room.rows or self.cells > room.cells:
            raise UnreadableError(room.variant, part=part, rows=f"{room.rows:,}", cells=f"{room.cells:,}")
        if self.places > MAX_PLACES:
            raise UnreadableError("too-much-xml", part=part)


@dataclass(slots=True)
class _Progress:
    """What the parser has met of one part."""

    fed: int = 0
    begun: int = 0
    ended: int = 0


@dataclass(slots=True)
class Handlers:
    """What is to be done at the start and the end of an element, by its local name, and with text."""

    start: Mapping[str, Callable[[Attributes], None]]
    end: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    text: Callable[[str], None] | None = None


def stream_part(
    archive: zipfile.ZipFile, part: str, handlers: Handlers, budget: Budget, *, most: int | None = MAX_LISTED
) -> None:
    """Parses a part of the archive, of `most` elements or all that there is room for.

    Raises `UnreadableError` where it is broken, missing, or beyond the bounds.
    """
    progress = _Progress()
    parser = _create_parser(handlers, progress)
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                begun = progress.begun
                parser.Parse(chunk, False)
                progress.fed += len(chunk)
                budget.take(part, elements=progress.begun - begun, size=len(chunk))
                _check_progress(part, parser, progress, most)
        parser.Parse(b"", True)
    except (
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        LookupError,  # no such part; or the part names an encoding that is none
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise UnreadableError("broken-workbook", problem=f"{part}: {error}") from None


def _check_progress(part: str, parser: expat.XMLParserType, progress: _Progress, most: int | None) -> None:
    deep = progress.begun - progress.ended > MAX_DEPTH
    # What was fed and is not yet reported is held: a tag, or a comment, that does not end.
    unfinished = progress.fed - parser.CurrentByteIndex > MAX_TOKEN
    too_many = most is not None and progress.begun > most
    if deep or unfinished or too_many or len(parser.intern) > MAX_NAMES:
        raise UnreadableError("too-much-xml", part=part)


def _create_parser(handlers: Handlers, progress: _Progress) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    starts, ends = _Names(handlers.start), _Names(handlers.end)

    def start(name: str, attributes: Attributes) -> None:
        progress.begun += 1
        handle = starts[name]
        if handle is not None:
            handle(attributes)

    def end(name: str) -> None:
        progress.ended += 1
        handle = ends[name]
        if handle is not None:
            handle()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handlers.text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    return parser


class _Names(dict[str, _Handler | None]):
    """Handlers by name, with or without a prefix: writers other than Excel put one before every name."""

    def __missing__(self, name: str) -> _Handler | None:
        handler = self.get(name.rpartition(":")[2])
        if len(self) < _MOST_NAMES:  # a hostile part may call every element by another name
            self[name] = handler
        return handler


def _refuse_declarations(*_: object) -> None:
    # A part of a workbook declares no document type; entities that expand into each other begin with one.
    raise UnreadableError("broken-workbook", problem="DOCTYPE")
