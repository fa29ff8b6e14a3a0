"""The bytes of a definition to text and tree, or to the one finding that keeps it from being read."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from kpi_cli.definition.tree import LINE_BREAK, Node, Region, Scalar, TreeError, compose_tree
from kpi_cli.diagnostics import Diagnostic, Place, Related, Severity

MAX_BYTES = 1_000_000
# What YAML forbids in a stream; surrogates, which it forbids too, cannot come out of strict UTF-8.
# A byte order mark inside the text is allowed, but invisible: two files were joined.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
# Possessive throughout: a line of a million quotes or digits must not be gone through a million times.
_QUOTED = re.compile(r""" "(?:\\.|[^"\\])*+"? | '(?:''|[^'])*+'? | (?:^|\s)\#.* """, re.VERBOSE)
_NUMBER = r"\s*+[-+]?(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)\s*+"
# Rules that YAML takes for something else, where a value begins: `[80..90)`, and `>= 80`, `(80..90]`, `< 5, > 9`.
_HALF_OPEN = re.compile(rf"(?<=[:,{{\[])\s*(\[{_NUMBER}\.\.{_NUMBER}\))")
_UNQUOTED = re.compile(
    rf"(?<=[:,{{\[])\s*((?:=?>=?\s*[-+]?\.?[0-9]|\({_NUMBER}\.\.{_NUMBER}\]|[<=]=?{_NUMBER},\s*[>\[(])"
    rf"(?:[^,}}]|,(?=\s*[-+<>=\[(.0-9]))*+)"
)


class Decoded(NamedTuple):
    """The text of a definition file, as far as there is one, and the finding that keeps it from being read."""

    text: str
    problem: Diagnostic | None = None


def decode_definition(data: bytes, file: str) -> Decoded:
    """The text of a definition file, and why it is unreadable, if it is."""
    if len(data) > MAX_BYTES:
        params = {"size": len(data), "limit": MAX_BYTES}
        return Decoded("", Diagnostic("unreadable", Severity.ERROR, Place(file), params, "definition-too-large"))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded("", Diagnostic("unreadable", Severity.ERROR, Place(file), {}, "utf16"))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        place = _place_at_end(data[: error.start].decode(), file)
        problem = Diagnostic("unreadable", Severity.ERROR, place, {}, "not-utf8")
        return Decoded(data.decode(errors="replace"), problem)
    return Decoded(text, _find_forbidden(text, file))


def _place_at_end(before: str, file: str) -> Place:
    """The place of the character after `before`."""
    lines = LINE_BREAK.split(before)
    line, column = len(lines), len(lines[-1]) + 1
    return Place(file, line, column, line, column + 1)


def _find_forbidden(text: str, file: str) -> Diagnostic | None:
    found = _FORBIDDEN.search(text)
    if found is None:
        return None
    params = {"character": f"U+{ord(found.group()):04X}"}
    place = _place_at_end(text[: found.start()], file)
    return Diagnostic("yaml-syntax", Severity.ERROR, place, params, "control")


def read_tree(text: str, file: str) -> Node | Diagnostic:
    """The tree of `text`, or the syntax error that keeps it from having one."""
    try:
        tree = compose_tree(text)
    except TreeError as error:
        return _find_unquoted(text, file, error) or _describe_error(text, file, error)
    if tree is None or (isinstance(tree, Scalar) and not tree.text and tree.style is None):
        return Diagnostic("missing-key", Severity.ERROR, Place(file, 1, 1, 1, 1), {"key": "kpi"}, "empty-file")
    return tree


def _find_unquoted(text: str, file: str, error: TreeError) -> Diagnostic | None:
    """A rule without quotes is what mostly breaks a definition: in its own line, but `[80..90)` lines later."""
    if error.noticed is None:
        return None
    lines = LINE_BREAK.split(text)
    last = min(error.noticed.line, len(lines))
    for number in range(last, 0, -1):
        line = _QUOTED.sub(lambda match: "_" * len(match.group()), lines[number - 1])
        found = _HALF_OPEN.search(line) or (_UNQUOTED.search(line) if number == last else None)
        if found:
            start, rule = found.start(1) + 1, found.group(1).strip()
            region = Region(number, start, number, start + len(rule))
            return Diagnostic("unquoted-rule", Severity.ERROR, place_region(file, region), {"rule": rule})
    return None


def _describe_error(text: str, file: str, error: TreeError) -> Diagnostic:
    lines = LINE_BREAK.split(text)
    place = place_region(file, _keep_inside(error.region, lines))
    elsewhere = [error.noticed] if error.noticed and error.noticed != error.region else []
    related = tuple(Related("noticed-here", place_region(file, _keep_inside(region, lines))) for region in elsewhere)
    return Diagnostic("yaml-syntax", Severity.ERROR, place, {"problem": error.problem}, error.reason, related=related)


def _keep_inside(region: Region, lines: list[str]) -> Region:
    """`region`, or the end of the text where the parser speaks of a line after the last."""
    if region.line <= len(lines):
        return region
    line, column = len(lines), len(lines[-1]) + 1
    return Region(line, column, line, column + 1)


def place_region(file: str, region: Region) -> Place:
    """The place of a region in `file`."""
    return Place(file, region.line, region.column, region.end_line, region.end_column)
