"""YAML text to a tree of nodes with their places, built from the event stream.

The composer of PyYAML is not used: it crashes on deep nesting, forgets where an alias stands, lets a duplicate key
win and expands aliases without bound. All four are findings here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import yaml

from kpi_cli.definition.scalars import Plain, resolve_plain

MAX_DEPTH = 40
_LONG_KEY = 10
MAX_SIZE = 100_000
"""How many values a file may hold, with its aliases written out; a text of 32 characters counts twice."""
# What YAML takes for the end of a line; str.splitlines would count more.
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# What is opened and has to be closed, in the words of the parser.
_OPENED = frozenset({"while scanning a quoted scalar", "while parsing a flow sequence", "while parsing a flow mapping"})
# What the parser says of the slips that people make most, and the names that have a sentence of their own.
_PROBLEMS = {
    "found a tab character that violates indentation": "tab",
    "mapping values are not allowed in this context": "colon",
    "mapping values are not allowed here": "colon",
    "exceeded maximum nesting depth": "too-deep",  # newer libyaml has a bound of its own, and may meet it first
}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Region(NamedTuple):
    """From where to where a node stands: lines and columns from 1, in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Scalar(NamedTuple):
    """A single value; `style` is None where it is plain, else its quote or block indicator.

    `value` is the text as it stands where quoted, else what the plain text means. `key` is the value where it may be a
    key: text, or the whole number of a level; else the text of it. `size` is how much of `MAX_SIZE` it takes: a long
    text counts for more, or aliases could multiply it.
    """

    text: str
    style: str | None
    region: Region
    value: Plain
    key: str | int
    size: int
    tag: str | None = None
    aliased: bool = False
    height: int = 0


class Sequence(NamedTuple):
    """A list of nodes; `height` is how many collections are nested in it, itself included."""

    items: tuple[Node, ...]
    region: Region
    tag: str | None = None
    aliased: bool = False
    size: int = 1
    height: int = 1


class Mapping(NamedTuple):
    """Pairs of nodes in the order of the file, duplicates included."""

    entries: tuple[tuple[Node, Node], ...]
    region: Region
    tag: str | None = None
    aliased: bool = False
    size: int = 1
    height: int = 1


Node: TypeAlias = Scalar | Sequence | Mapping


class TreeError(Exception):
    """Text that makes no tree: the name of the reason, where it stands, what the parser says, and where it noticed."""

    def __init__(self, reason: str, region: Region, problem: str = "", noticed: Region | None = None) -> None:
        super().__init__(reason, region, problem, noticed)
        self.reason, self.region, self.problem, self.noticed = reason, region, problem, noticed


def compose_tree(text: str) -> Node | None:
    """The tree of the one document in `text`, None where there is none; raises `TreeError`."""
    composer = _Composer(yaml.parse(text, Loader=_LOADER))
    try:
        return composer.compose()
    except yaml.MarkedYAMLError as error:
        raise _explain(error, composer.last) from error


def _explain(error: yaml.MarkedYAMLError, last: Scalar | None) -> TreeError:
    begun, problem = error.context_mark, error.problem or error.context or ""
    noticed = _point(error.problem_mark or begun)
    if begun and error.context in _OPENED and begun.line + 1 < noticed.line:
        return TreeError("unclosed", _point(begun), problem, noticed)
    if last and last.style in {"'", '"'} and last.region.line < last.region.end_line == noticed.line:
        # a quote that nobody closed ends at the next one, lines below, and what follows makes no sense
        begin = last.region._replace(end_line=last.region.line, end_column=last.region.column + 1)
        return TreeError("unclosed", begin, problem, noticed)
    return TreeError(_PROBLEMS.get(problem, "parser"), noticed, problem, noticed)


def _point(mark: Any) -> Region:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Region(line, column, line, column + 1)


class _Composer:
    """Recursive descent over the events; the depth is bounded before Python's own stack is."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, Node] = {}
        self.last: Scalar | None = None
        self.depth = 0
        self.size = 0

    def compose(self) -> Node | None:
        tree = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and tree is not None:
                raise TreeError("second-document", _region(event))
            if isinstance(event, yaml.NodeEvent):
                tree = self.node(event)
        return tree

    def node(self, event: Any) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or None
            node = self.last = Scalar(event.value, style, _region(event), *_read_scalar(event.value, style), event.tag)
            self.count(event, node.size)
        else:
            self.count(event, 1)
            node = self.collection(event)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def alias(self, event: Any) -> Node:
        node = self.anchors.get(event.anchor)
        if node is None:
            raise TreeError("unknown-alias", _region(event), event.anchor)
        self.count(event, node.size)
        self.check_depth(event, self.depth + node.height)
        # An alias is named where it stands; what is inside it still stands at its anchor.
        return node._replace(region=_region(event), aliased=True)

    def collection(self, event: Any) -> Node:
        self.depth += 1
        self.check_depth(event, self.depth)
        children: list[Node] = []
        for inner in self.events:
            if isinstance(inner, yaml.CollectionEndEvent):
                break
            children.append(self.node(inner))
        self.depth -= 1
        region = _region(event)._replace(end_line=inner.end_mark.line + 1, end_column=inner.end_mark.column + 1)
        size = 1 + sum(child.size for child in children)
        height = 1 + max((child.height for child in children), default=0)
        if isinstance(event, yaml.MappingStartEvent):
            pairs = tuple(zip(children[::2], children[1::2], strict=True))
            return Mapping(pairs, region, event.tag, size=size, height=height)
        return Sequence(tuple(children), region, event.tag, size=size, height=height)

    def check_depth(self, event: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise TreeError("too-deep", _region(event))

    def count(self, event: Any, size: int) -> None:
        self.size += size
        if self.size > MAX_SIZE:
            raise TreeError("too-large", _region(event))


@lru_cache(maxsize=4096)  # a definition says the same words again and again
def _read_scalar(text: str, style: str | None) -> tuple[Plain, str | int, int]:
    """The value, the key and the size of a scalar."""
    value = text if style else resolve_plain(text)
    is_number = isinstance(value, int) and not isinstance(value, bool) and len(text) < _LONG_KEY
    key = value if isinstance(value, str) or is_number else text
    return value, key, 1 + len(text) // 32  # type: ignore[return-value]


def _region(event: Any) -> Region:
    start, end = event.start_mark, event.end_mark
    return Region(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
