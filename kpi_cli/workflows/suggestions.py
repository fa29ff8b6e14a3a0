"""Cases that the `tests:` of a set lack, with the column at which its author writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from kpi_cli.checks.paths import iterate_indicator_paths
from kpi_cli.checks.proof import TOO_LARGE
from kpi_cli.checks.subject import Subject
from kpi_cli.checks.suggest import Room, SuggestedCase, suggest_cases
from kpi_cli.definition.bound import bound_findings
from kpi_cli.definition.load import LoadedSet
from kpi_cli.definition.places import find_node
from kpi_cli.diagnostics import Diagnostic, Path, Severity
from kpi_cli.model import Indicator, IndicatorSet
from kpi_cli.space.allowance import TooLargeError
from kpi_cli.workflows.arguments import sort_arguments
from kpi_cli.workflows.sets import choose_set, load_set

_INDENT = 2
_FARTHEST = 60
"""A column beyond it is in the middle of a line of braces, where no line of cases can be pasted."""


class Suggestion(NamedTuple):
    """The cases that an indicator lacks, and the column from 1 at which they belong in its file."""

    indicator: Indicator
    cases: tuple[SuggestedCase, ...]
    column: int


class SuggestRun(NamedTuple):
    """What suggesting came to: file -> suggestions, the ids of all indicators, and what keeps a set from being read.

    `results` are the arguments that are no sets: nothing can be suggested for them.
    """

    suggestions: dict[str, tuple[Suggestion, ...]]
    known: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, str]
    results: tuple[str, ...] = ()

    @property
    def too_large(self) -> bool:
        """Whether there was no room for the cases of some indicator."""
        return any(item.code == TOO_LARGE for item in self.diagnostics)


def suggest_tests(
    arguments: Sequence[str], *, set_reference: str | None, indicators: Collection[str] = ()
) -> SuggestRun:
    """Suggests cases for the sets that `arguments` mean, else for the one that scoring would choose.

    A set that can be read will do: what its rules prove, and whether its cases hold, is not asked.
    """
    named = sort_arguments(arguments)
    loaded = [load_set(item, check=_ask_nothing) for item in named.sets]
    found = [item for item in named.diagnostics if item.severity is Severity.ERROR]
    if not arguments or set_reference:
        chosen = choose_set(set_reference, workbook_ids={}, check=_ask_nothing)
        if isinstance(chosen, Diagnostic):
            found.append(chosen)
        else:
            loaded.append(chosen.loaded)
    suggestions: dict[str, tuple[Suggestion, ...]] = {}
    for item in loaded:
        if item.definition:
            suggestions[item.file], too_large = _suggest(item, item.definition, indicators)
            found += item.locate(too_large)
    known = (indicator.id for item in loaded if item.definition for indicator in item.definition.indicators)
    found += bound_findings([diagnostic for item in loaded for diagnostic in item.diagnostics])
    sources = {item.file: item.text for item in loaded}
    return SuggestRun(suggestions, tuple(dict.fromkeys(known)), tuple(found), sources, named.results)


def _ask_nothing(definition: IndicatorSet) -> Iterator[Diagnostic]:
    del definition
    return iter(())


def _suggest(
    loaded: LoadedSet, definition: IndicatorSet, wanted: Collection[str]
) -> tuple[tuple[Suggestion, ...], list[Diagnostic]]:
    """The cases of the indicators that are wanted, and a warning for each that there was no room for."""
    suggestions: list[Suggestion] = []
    too_large: list[Diagnostic] = []
    room = Room()
    for keys, indicator in iterate_indicator_paths(definition):
        if not wanted or indicator.id in wanted:
            try:
                cases = tuple(case for case in suggest_cases(indicator, room) if not _is_there(case, indicator))
            except TooLargeError:
                place = Path((*keys, "levels"), on_key=True)
                too_large.append(
                    Subject(keys, indicator).diagnose(TOO_LARGE, Severity.WARNING, place, {}, variant="cases")
                )
                continue
            if cases:
                column = _find_column(loaded, keys)
                suggestions.append(Suggestion(indicator, cases, column if column <= _FARTHEST else 1))
    return tuple(suggestions), too_large


def _is_there(case: SuggestedCase, indicator: Indicator) -> bool:
    """Whether a case of the author gives the same figures, as far as rules read them."""
    return any({name: test.given.get(name) for name in case.given} == case.given for test in indicator.tests)


def _find_column(loaded: LoadedSet, keys: tuple[str | int, ...]) -> int:
    if loaded.tree is None:
        return 1
    tests = find_node(loaded.tree, (*keys, "tests"))
    indicator = find_node(loaded.tree, keys)
    if tests is not None and loaded.text.splitlines()[tests.region.line - 1].lstrip().startswith("-"):
        return tests.region.column
    return indicator.region.column + _INDENT if indicator is not None else 1
