"""From the name of a cell back to its file, and the order in which a reader meets the places of a diagnostic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from kpi_cli.diagnostics import Diagnostic, Place
from kpi_cli.results.cells import Sheet
from kpi_cli.scoring.figures import Figure

FindPlace: TypeAlias = Callable[[Figure], Place]

_GRID = re.compile(r"(?:(?P<sheet>.*)!)?(?P<letters>[A-Z]{1,3})(?P<row>[0-9]+)\Z", re.DOTALL)
_RECORD = re.compile(r"(?P<row>[0-9]+)\.(?P<key>.*)\Z", re.DOTALL)
_LAST = 1 << 30


def make_place_finder(files: Iterable[str]) -> FindPlace:
    """A function from a figure to its place, among `files` as they are printed."""
    longest_first = sorted(files, key=len, reverse=True)

    def find_place(figure: Figure) -> Place:
        cell = figure.cell or ""
        return Place(next((file for file in longest_first if cell.startswith(f"{file}[")), ""), cell=figure.cell)

    return find_place


def sort_by_place(diagnostics: Iterable[Diagnostic], sheets: Sequence[Sheet], files: Sequence[str]) -> list[Diagnostic]:
    """By file, sheet, row and column, in the order of files and sheets; what has no place comes last."""
    file_order = {file: number for number, file in enumerate(files)}
    sheet_order = {(sheet.file, sheet.title): number for number, sheet in enumerate(sheets)}
    key_order = {(sheet.file, key): number for sheet in sheets for number, key in enumerate(sheet.keys or ())}

    def order(diagnostic: Diagnostic) -> tuple[int, int, int, int, str]:
        place = diagnostic.place
        if not isinstance(place, Place):
            return (_LAST, 0, 0, 0, "")
        inside = (place.cell or "").removeprefix(f"{place.file}[").removesuffix("]")
        file = file_order.get(place.file, _LAST - 1)
        grid, record = _GRID.match(inside), _RECORD.match(inside)
        if record and (place.file, record["key"]) in key_order:
            return (file, 0, int(record["row"]), key_order[place.file, record["key"]], "")
        if grid and (place.file, grid["sheet"]) in sheet_order:
            letters = grid["letters"]
            return (file, sheet_order[place.file, grid["sheet"]], int(grid["row"]), len(letters), letters)
        return (file, sheet_order.get((place.file, inside), -1), 0, 0, inside)

    return sorted(diagnostics, key=order)
