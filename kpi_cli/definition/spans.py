"""A part of a scalar's text to its place in the file, where quotes and escapes keep the two apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpi_cli.definition.tree import Region, Scalar
from kpi_cli.rules.ast import Span

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")  # an anchor or a tag before the value
# One character of the text as it stands in the file, by the style of the scalar.
_CHARACTER = {
    None: re.compile(r"."),
    "'": re.compile(r"''|[^']"),
    '"': re.compile(r'\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^xuU])|[^"\\]'),
}


def find_span(node: Scalar, offsets: Sequence[int], span: Span) -> Region:
    """Where `span` of the text of `node` stands in its file; the whole scalar where it is not on one line."""
    region = node.region
    if len(offsets) != len(node.text) + 1:  # an alias, a fold: text and file do not agree
        return region
    last = len(node.text)
    start, end = min(span[0], last), min(span[1], last)
    column = region.column + offsets[start]
    return region._replace(column=column, end_column=max(region.column + offsets[end], column + 1))


def find_offsets(node: Scalar, lines: Sequence[str]) -> list[int]:
    """Where each character of the text begins, counted from the start of the region; at last, where the text ends.

    None at all where the scalar is not on one line.
    """
    region, pattern = node.region, _CHARACTER.get(node.style)
    if region.line != region.end_line:
        return []
    raw = lines[region.line - 1][region.column - 1 : region.end_column - 1]
    properties = _PROPERTIES.match(raw)
    if pattern is None or properties is None:
        return []
    start = properties.end() + (node.style is not None)
    end = len(raw) - (node.style is not None)
    return [match.start() for match in pattern.finditer(raw, start, end)] + [end]
