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

from kpi_cli.results.cells import UnreadableError

Attributes: TypeAlias = dict[str, str]
_Handler: TypeAlias = Callable[..., None]
_MOST_NAMES = 1_000
MAX_ELEMENTS = 4_000_000
"""In all parts together: some 1,500,000 cells, which is more than Excel itself opens gladly."""
MAX_UNPACKED = 200_000_000
_CHUNK = 1 << 18


@dataclass(slots=True)
class Budget:
    """How much of a workbook has been unpacked; one for all its parts."""

    elements: int = 0
    unpacked: int = 0

    def take(self, part: str, *, size: int) -> None:
        """Counts `size` bytes more; raises `UnreadableError` beyond the bounds."""
        self.unpacked += size
        if self.unpacked > MAX_UNPACKED or self.elements > MAX_ELEMENTS:
            raise UnreadableError("too-much-xml", part=part)


@dataclass(slots=True)
class Handlers:
    """What is to be done at the start and the end of an element, by its local name, and with text."""

    start: Mapping[str, Callable[[Attributes], None]]
    end: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    text: Callable[[str], None] | None = None


def stream_part(archive: zipfile.ZipFile, part: str, handlers: Handlers, budget: Budget) -> None:
    """Parses a part of the archive; raises `UnreadableError` where it is broken, missing, or beyond the bounds."""
    parser = _create_parser(handlers, budget)
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
                budget.take(part, size=len(chunk))
        parser.Parse(b"", True)
    except (
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        NotImplementedError,
        OSError,
    ) as error:
        raise UnreadableError("broken-workbook", problem=f"{part}: {error}") from None


def _create_parser(handlers: Handlers, budget: Budget) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    starts, ends = _Names(handlers.start), _Names(handlers.end)

    def start(name: str, attributes: Attributes) -> None:
        budget.elements += 1
        handle = starts[name]
        if handle is not None:
            handle(attributes)

    def end(name: str) -> None:
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
