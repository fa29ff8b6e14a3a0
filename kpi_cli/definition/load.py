"""A definition file to a model, or to everything that is wrong with it, each finding at its place."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kpi_cli.definition.bound import bound_findings
from kpi_cli.definition.data import Data, convert_tree, inspect_tree
from kpi_cli.definition.echoes import drop_echoes
from kpi_cli.definition.measures import check_measures
from kpi_cli.definition.near import suggest_names
from kpi_cli.definition.outline import Spot, iterate_indicators, iterate_list, iterate_mapping, list_measures
from kpi_cli.definition.places import NodeFinder, locate_diagnostics
from kpi_cli.definition.roster import find_roster, include_roster
from kpi_cli.definition.shape import build_set
from kpi_cli.definition.structure import check_structure
from kpi_cli.definition.text import decode_definition, read_tree
from kpi_cli.definition.tree import Node
from kpi_cli.definition.when import RuleReader
from kpi_cli.diagnostics import Diagnostic, Path, Place, Severity, has_errors
from kpi_cli.model import IndicatorSet
from kpi_cli.rules.ast import count_comparisons

MAX_COMPARISONS = 10_000
"""Of all rules of a set: an agreement has a hundred, and each becomes text, SQL and cells many times."""
MAX_TRIED = 1_000_000
"""Steps for all cases of a set: each case tries every comparison of its indicator, and looks at every measure, where
a share may be worked out, which takes the time of about five comparisons."""


@dataclass(frozen=True)
class LoadedSet:
    """A definition as it was read. `definition` is None where it has errors; `text` serves excerpts of the file."""

    file: str
    definition: IndicatorSet | None
    diagnostics: tuple[Diagnostic, ...]
    text: str = ""
    tree: Node | None = field(default=None, repr=False, compare=False)
    roster: pathlib.Path | None = None

    def locate(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """`found` with every path turned into a place of this file."""
        if self.tree is None:
            return list(found)
        return locate_diagnostics(found, tree=self.tree, text=self.text, file=self.file)


def load_definition(data: bytes, *, file: str, folder: pathlib.Path | None) -> LoadedSet:
    """Reads a set from its bytes. `file` is its name as printed; its roster is looked for in `folder`."""
    text, problem = decode_definition(data, file)
    tree = problem or read_tree(text, file)
    if isinstance(tree, Diagnostic):
        return LoadedSet(file, None, (tree,), text)
    return _build(LoadedSet(file, None, tuple(inspect_tree(tree, file)), text, tree), tree, folder)


def _build(loaded: LoadedSet, tree: Node, folder: pathlib.Path | None) -> LoadedSet:
    data, found = include_roster(plain := convert_tree(tree), folder=folder, file=loaded.file)
    found += _read_rules(data, tree)
    about_structure = [*check_structure(data)]
    found += [*about_structure, *check_measures(data)]
    # A list that is far too long would bring errors of shape in every item, which take more room than anyone has.
    too_long = any(item.variant == "too-many" for item in about_structure)
    built = [] if too_long else build_set(data)
    if isinstance(built, list):
        found += built
    placed = [*loaded.diagnostics, *loaded.locate(_name_indicators(found, data))]
    diagnostics = suggest_names(sort_findings(drop_echoes(placed), loaded.file))
    definition = built if isinstance(built, IndicatorSet) and not has_errors(diagnostics) else None
    return replace(loaded, definition=definition, diagnostics=diagnostics, roster=find_roster(plain, folder=folder))


def _read_rules(data: Data, tree: Node) -> list[Diagnostic]:
    """Puts the tree of each rule in the place of its plain value in `data`; returns what is wrong with them."""
    found: list[Diagnostic] = []
    finder, comparisons, tried = NodeFinder(tree), 0, 0
    for indicator in iterate_indicators(data):
        measures, first = list_measures(indicator), comparisons
        reader = RuleReader({name: spot.data for name, spot in measures.items()}, found)
        for _, level in iterate_mapping(indicator, "levels"):
            if "when" in level.data and isinstance(level.data, dict):
                keys = (*level.keys, "when")
                level.data["when"] = rule = reader.read(finder.find(keys), keys)
                before, comparisons = comparisons, comparisons + count_comparisons(rule)
                if before <= MAX_COMPARISONS < comparisons:
                    found.append(_too_many("rule-syntax", Path(keys), MAX_COMPARISONS))
        before, tried = tried, tried + _count_cases(indicator) * (comparisons - first + 5 * len(measures))
        if before <= MAX_TRIED < tried:
            found.append(_too_many("wrong-type", Path((*indicator.keys, "tests"), on_key=True), MAX_TRIED, "-cases"))
    return found


def _count_cases(indicator: Spot) -> int:
    return sum(1 for _ in iterate_list(indicator, "tests"))


def _too_many(code: str, path: Path, limit: int, of_what: str = "") -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, path, {"limit": f"{limit:,}"}, f"too-many{of_what}")


def _name_indicators(found: Iterable[Diagnostic], data: Data) -> list[Diagnostic]:
    """Says which indicator and level a finding is about, where its path leads through one."""
    names = {indicator.keys: indicator.text("id") for indicator in iterate_indicators(data)}
    return [_name_indicator(diagnostic, names) for diagnostic in found]


def _name_indicator(diagnostic: Diagnostic, names: dict[tuple[str | int, ...], str | None]) -> Diagnostic:
    keys = diagnostic.place.keys if isinstance(diagnostic.place, Path) else ()
    for length in (4, 6):
        if keys[:length] in names:
            level = keys[length + 1] if keys[length : length + 1] == ("levels",) and len(keys) > length + 1 else None
            return replace(diagnostic, indicator=names[keys[:length]], level=level if isinstance(level, int) else None)
    return diagnostic


def sort_findings(found: Iterable[Diagnostic], file: str) -> tuple[Diagnostic, ...]:
    """`found` in the order of their places in `file`: all findings of a set pass here, and are bounded here."""
    return bound_findings(sorted(found, key=lambda item: _order(item, file)), Place(file))


def _order(diagnostic: Diagnostic, file: str) -> tuple[object, ...]:
    """By place, what is wrong with the roster after what is wrong with the set itself."""
    place = diagnostic.place
    if not isinstance(place, Place):
        return (False, "", 0, 0, diagnostic.code)
    return (place.file != file, place.file, place.line or 0, place.column or 0, diagnostic.code)
