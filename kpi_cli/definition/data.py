"""The tree to plain values for the model, with what YAML would have swallowed: duplicate keys, surprises, tags."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from kpi_cli.definition.scalars import find_surprise
from kpi_cli.definition.text import place_region
from kpi_cli.definition.tree import Mapping, Node, Scalar, Sequence
from kpi_cli.diagnostics import Diagnostic, Related, Severity

Data: TypeAlias = "bool | int | Decimal | datetime.date | str | tuple[Data, ...] | dict[str | int, Data] | None"


def convert_tree(node: Node) -> Data:
    """Plain values: dict, tuple, text, int, Decimal, bool, date, None. Of a duplicate key the first stands."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return tuple(convert_tree(item) for item in node.items)
        case Mapping():
            data: dict[str | int, Data] = {}
            for name, value in node.entries:
                if isinstance(name, Scalar) and name.key not in data:
                    data[name.key] = convert_tree(value)
            return data


def inspect_tree(tree: Node, file: str) -> Iterator[Diagnostic]:
    """What a reader of YAML would change or drop without a word, as errors placed in `file`."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node.aliased:  # inspected where its anchor stands
            continue
        if node.tag is not None:
            yield _describe_tag(node, node.tag, file)
        match node:
            case Scalar():
                yield from _inspect_scalar(node, file)
            case Sequence():
                waiting += reversed(node.items)
            case Mapping():
                yield from _inspect_keys(node, file)
                waiting += [value for _, value in reversed(node.entries)]


def _describe_tag(node: Node, tag: str, file: str) -> Diagnostic:
    text = node.text if isinstance(node, Scalar) else ""
    params = {"text": text, "tag": tag.replace(_YAML_TAG, "!!")}
    return Diagnostic("yaml-surprise", Severity.ERROR, place_region(file, node.region), params, _TAGS.get(tag, "tag"))


_YAML_TAG = "tag:yaml.org,2002:"
_TAGS = {"!=": "not-equal"}


def _inspect_scalar(node: Scalar, file: str) -> tuple[Diagnostic, ...]:
    surprise = None if node.style else find_surprise(node.text)
    if not surprise:
        return ()
    return (
        Diagnostic("yaml-surprise", Severity.ERROR, place_region(file, node.region), {"text": node.text}, surprise),
    )


def _inspect_keys(node: Mapping, file: str) -> Iterator[Diagnostic]:
    seen: dict[str | int, Scalar] = {}
    for name, _ in node.entries:
        if not isinstance(name, Scalar):
            yield Diagnostic("yaml-surprise", Severity.ERROR, place_region(file, name.region), {}, "complex-key")
            continue
        yield from inspect_tree(name, file)
        if type(name.value) not in _KEY_TYPES:
            params = {"text": name.text}
            yield Diagnostic("yaml-surprise", Severity.ERROR, place_region(file, name.region), params, "typed-key")
        first = seen.setdefault(name.key, name)
        if first is not name:
            related = Related("first-here", place_region(file, first.region))
            place = place_region(file, name.region)
            yield Diagnostic("duplicate-key", Severity.ERROR, place, {"key": name.text}, related=(related,))


_KEY_TYPES = frozenset({str, int})
