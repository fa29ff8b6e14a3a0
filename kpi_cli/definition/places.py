"""Paths to places: a check speaks in keys and indices, and where that stands is found here, at the very end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from kpi_cli.definition.spans import find_offsets, find_span
from kpi_cli.definition.tree import LINE_BREAK, Mapping, Node, Region, Scalar, Sequence
from kpi_cli.diagnostics import Diagnostic, Path, Place, Related


def find_node(tree: Node, keys: Iterable[str | int]) -> Node | None:
    """The node at `keys`, or None where the file has none. Of a duplicate key the first stands."""
    node: Node | None = tree
    for key in keys:
        node = _find_child(node, key)
    return node


def _find_child(node: Node | None, key: str | int) -> Node | None:
    match node:
        case Mapping():
            return next((value for name, value in node.entries if _is_key(name, key)), None)
        case Sequence() if isinstance(key, int) and 0 <= key < len(node.items):
            return node.items[key]
    return None


def _is_key(name: Node, key: str | int) -> bool:
    return isinstance(name, Scalar) and name.key == key


def locate_diagnostics(diagnostics: Iterable[Diagnostic], *, tree: Node, text: str, file: str) -> list[Diagnostic]:
    """`diagnostics` with every path turned into the place of what it names in `file`."""
    locator = _Locator(tree, text, file)
    return [
        replace(
            diagnostic,
            place=locator.locate(diagnostic.place),
            related=tuple(locator.locate_related(related) for related in diagnostic.related),
        )
        for diagnostic in diagnostics
    ]


# The entries of a collection: key or index -> the node of the key, None in a list, and the node of the value.
_Index: TypeAlias = dict[str | int, tuple[Node | None, Node]]


class NodeFinder:
    """Finds nodes of one tree. Each collection is indexed once, or many searches in a long one would last."""

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        self.indexes: dict[int, _Index] = {}

    def find(self, keys: Iterable[str | int]) -> Node | None:
        """What `find_node` finds, for those who ask many times."""
        _, node, found = self.follow(keys)
        return node if found else None

    def follow(self, keys: Iterable[str | int]) -> tuple[Node | None, Node, bool]:
        """The key and the value at the end of `keys`, or where they break off, and whether they led to their end."""
        name, node = None, self.tree
        for key in keys:
            entry = self.index(node).get(key)
            if entry is None:
                return name, node, False
            name, node = entry
        return name, node, True

    def index(self, node: Node) -> _Index:
        """What `node` holds, by key or number."""
        index = self.indexes.get(id(node))
        if index is None:
            index = self.indexes[id(node)] = _index_children(node)
        return index


class _Locator:
    """The places of one file. Each text is looked through once, or many findings in a long one would last."""

    def __init__(self, tree: Node, text: str, file: str) -> None:
        self.finder, self.lines, self.file = NodeFinder(tree), LINE_BREAK.split(text), file
        self.offsets: dict[int, list[int]] = {}

    def locate(self, place: Place | Path | None) -> Place | None:
        if not isinstance(place, Path):
            return place
        region = self.find_region(place)
        if region.end_line > region.line:  # a block: its first line is what a caret can point at
            region = region._replace(end_line=region.line, end_column=len(self.lines[region.line - 1].rstrip()) + 1)
        return Place(self.file, *region)

    def locate_related(self, related: Related) -> Related:
        place = self.locate(related.place)
        return replace(related, place=place) if place else related

    def find_region(self, path: Path) -> Region:
        name, node, found = self.finder.follow(path.keys)
        if not found:  # what is missing is placed at what should hold it
            return (name or node).region if isinstance(node, Mapping | Sequence) else node.region
        if name is not None and (path.on_key or _begins_below(node, name)):
            return name.region
        if path.span is None or not isinstance(node, Scalar):
            return node.region
        if id(node) not in self.offsets:
            self.offsets[id(node)] = find_offsets(node, self.lines)
        return find_span(node, self.offsets[id(node)], path.span)


def _index_children(node: Node) -> _Index:
    index: _Index = {}
    match node:
        case Mapping():
            for name, value in node.entries:
                if isinstance(name, Scalar):
                    index.setdefault(name.key, (name, value))
        case Sequence():
            index.update({number: (None, item) for number, item in enumerate(node.items)})
    return index


def _begins_below(node: Node, name: Node) -> bool:
    """A list or mapping in lines of its own below its key: the key says better what is meant than its first line."""
    return not isinstance(node, Scalar) and not node.aliased and node.region.line > name.region.line
