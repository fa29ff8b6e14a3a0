"""The names of elements and attributes as expat gives them, whatever their prefix, and which elements count where.

A name is that of its namespace, a sign that no name holds, and the name within it. What stands in another namespace, or
where the format does not put it, every office program passes over; so no figure may be read from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kpi_cli.results.cells import UnreadableError

SEPARATOR = "}"
_TRANSITIONAL, _STRICT = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
MAIN = (f"{_TRANSITIONAL}/spreadsheetml/2006/main", f"{_STRICT}/spreadsheetml/main")
RELATIONS = (f"{_TRANSITIONAL}/officeDocument/2006/relationships", f"{_STRICT}/officeDocument/relationships")
PACKAGE = (f"{_TRANSITIONAL}/package/2006/relationships",)
PROPERTIES = (
    f"{_TRANSITIONAL}/officeDocument/2006/custom-properties",
    f"{_STRICT}/officeDocument/customProperties",
    f"{_STRICT}/officeDocument/custom-properties",
)
VALUES = (f"{_TRANSITIONAL}/officeDocument/2006/docPropsVTypes", f"{_STRICT}/officeDocument/docPropsVTypes")
_COMPATIBILITY = f"{_TRANSITIONAL}/markup-compatibility/2006"
ALTERNATIVES = f"{_COMPATIBILITY}{SEPARATOR}AlternateContent"
"""Holds one content for programs that know something, and another for the others."""
UNWRAPPED = f"{_COMPATIBILITY}{SEPARATOR}ProcessContent"
"""Names elements of no meaning whose content counts all the same, for programs that heed it."""

Attributes: TypeAlias = dict[str, str]
_Start: TypeAlias = Callable[[Attributes], None]


@dataclass(slots=True, eq=False)
class Element:
    """What is done where an element starts and ends, and which elements count inside it, by their whole names.

    No tuple: what is looked up for every element of a workbook is found in this at half the cost.
    """

    start: _Start | None = None
    end: Callable[[], None] | None = None
    inside: Mapping[str, Element] = field(default_factory=dict)


class Texts(dict[str, Element]):
    """What counts inside of an element whose text counts as well."""


Elements: TypeAlias = dict[str, Element]
ALTERNATE: Elements = {}
"""What is anywhere inside of what `PASSED_OVER` holds: passed over, too, but for `FIGURES`."""
PASSED_OVER: Elements = {ALTERNATIVES: Element(inside=ALTERNATE)}
"""What real programs write right below the root of a part, about looks and paths: no figure may stand in it."""


def name_all(namespaces: Iterable[str], elements: Mapping[str, Element]) -> Elements:
    """`elements` by their whole names, in any of the namespaces that mean the same."""
    return {f"{space}{SEPARATOR}{name}": element for space in namespaces for name, element in elements.items()}


_OF_FIGURES = (
    *("workbookPr", "sheets", "sheet", "sheetData", "row", "c", "mergeCells", "mergeCell"),
    *("numFmts", "numFmt", "cellXfs", "xf"),
)
FIGURES = frozenset(f"{space}{SEPARATOR}{name}" for space in MAIN for name in _OF_FIGURES)
"""What figures are read from; other programs look for it in alternatives, too."""


class Once:
    """An element that a part has once; programs do not agree which of two counts."""

    def __init__(self, part: str, name: str) -> None:
        self.place = f"{part}: {name}"
        self.seen = False

    def note(self, _: Attributes) -> None:
        """The element starts; raises `UnreadableError` where it did before."""
        if self.seen:
            raise UnreadableError("broken-workbook", problem=f"{self.place} is given twice")
        self.seen = True

    def require(self) -> None:
        """Raises `UnreadableError` where the part has none: what it held may stand where it does not count."""
        if not self.seen:
            raise UnreadableError("broken-workbook", problem=f"{self.place} is missing")
