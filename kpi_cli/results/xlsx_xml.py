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
from xml.parsers import expat

from kpi_cli.results.cells import MAX_PLACES, UnreadableError
from kpi_cli.results.room import ROOM, Room
from kpi_cli.results.xml_names import (
    ALTERNATE,
    ALTERNATIVES,
    FIGURES,
    SEPARATOR,
    UNWRAPPED,
    Attributes,
    Element,
    Elements,
    Texts,
)

MAX_LISTED = 300_000
"""The elements of a part that lists something: relations, styles, sheets, properties."""
MAX_DEPTH = 1_000
MAX_NAMES = 20_000
"""The parser remembers every other name that an element or an attribute has."""
MAX_NAMESPACE = 300
"""Characters of the name of a namespace: it is part of every name in it."""
MAX_TOKEN = 2_000_000
"""Bytes of one tag or comment, which the parser holds until it ends."""
MAX_UNPACKED = 200_000_000
MAX_CHARACTERS = 25_000_000
"""The length of all texts and figures together; a character may take four bytes."""
_CHUNK = 1 << 18
_NOTHING: Mapping[str, Element] = {}
_PASSED = Element(inside=_NOTHING)
"""An element that does not count, with all that is in it."""
_PASSED_ALTERNATE = Element(inside=ALTERNATE)


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
class Handlers:
    """What a part may be (its root, by name) with all that counts inside it, and where its texts are collected."""

    root: Elements
    texts: list[str] = field(default_factory=list)


def stream_part(
    archive: zipfile.ZipFile, part: str, handlers: Handlers, budget: Budget, *, most: int | None = MAX_LISTED
) -> None:
    """Parses a part of the archive, of `most` elements or all that there is room for.

    Raises `UnreadableError` where it is broken, missing, or beyond the bounds.
    """
    parser, count = _create_parser(part, handlers)
    fed = begun = characters = 0
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
                before, (begun, depth, characters) = (begun, characters), count()
                fed += len(chunk)
                budget.characters += characters - before[1]
                budget.take(part, elements=begun - before[0], size=len(chunk))
                # What was fed and is not yet reported is held: a tag, or a comment, that does not end.
                unfinished = fed - parser.CurrentByteIndex > MAX_TOKEN
                too_many = most is not None and begun > most
                if unfinished or too_many or depth > MAX_DEPTH or len(parser.intern) > MAX_NAMES:
                    raise UnreadableError("too-much-xml", part=part)
        parser.Parse(b"", True)
        _check_unwrapped(part, parser)
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


def _check_unwrapped(part: str, parser: expat.XMLParserType) -> None:
    """Refuses what counts for some programs only; the parser remembers the names of all attributes."""
    if UNWRAPPED in parser.intern:
        raise UnreadableError("broken-workbook", problem=f"{part}: ProcessContent")


def _create_parser(part: str, handlers: Handlers) -> tuple[expat.XMLParserType, Callable[[], tuple[int, int, int]]]:
    """A parser, and what tells how many elements have begun and are open, and how many characters were collected."""
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    begun = characters = 0
    collect = handlers.texts.append
    counts: Mapping[str, Element] = handlers.root
    around: list[tuple[Callable[[], None] | None, Mapping[str, Element]]] = []

    def start(name: str, attributes: Attributes) -> None:
        nonlocal begun, counts
        begun += 1
        element = counts.get(name) or _pass_over(part, name, counts, is_root=not around)
        around.append((element.end, counts))
        counts = element.inside
        begin = element.start
        if begin is not None:
            begin(attributes)

    def end(_: str) -> None:
        nonlocal counts
        finish, counts = around.pop()
        if finish is not None:
            finish()

    def text(content: str) -> None:
        nonlocal characters
        if type(counts) is Texts:
            collect(content)
            characters += len(content)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.StartNamespaceDeclHandler = _check_namespace
    return parser, lambda: (begun, len(around), characters)


def _pass_over(part: str, name: str, counts: Mapping[str, Element], *, is_root: bool) -> Element:
    """An element that does not count; refused as a root, and where other content would count for another program."""
    if counts is ALTERNATE:
        if name in FIGURES:
            local = name.rpartition(SEPARATOR)[2]
            raise UnreadableError("broken-workbook", problem=f"{part}: {local} in AlternateContent")
        return (
            _PASSED_ALTERNATE  # alternatives within alternatives, too: Excel writes them around the looks of controls
        )
    if is_root or (name == ALTERNATIVES and counts is not _NOTHING):
        raise UnreadableError("broken-workbook", problem=f"{part}: {name.rpartition(SEPARATOR)[2][:20]}")
    return _PASSED


def _check_namespace(_: str | None, uri: str | None) -> None:
    # That this is called lets the parser count prefixes among the names that it remembers, too.
    if uri is not None and len(uri) > MAX_NAMESPACE:
        raise UnreadableError("broken-workbook", problem=f"xmlns={uri[:60]}…")


def _refuse_declarations(*_: object) -> None:
    # A part of a workbook declares no document type; entities that expand into each other begin with one.
    raise UnreadableError("broken-workbook", problem="DOCTYPE")
