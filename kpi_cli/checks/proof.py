"""All that can be proved of a set before anyone is scored by it (DESIGN section 5), `tests:` aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from kpi_cli.checks.accepts import apply_accepts
from kpi_cli.checks.falls import find_falls
from kpi_cli.checks.fractions import find_fraction_thresholds
from kpi_cli.checks.operators import find_mixed_operators
from kpi_cli.checks.paths import iterate_indicator_paths
from kpi_cli.checks.reach import find_below_first, find_skipped, find_unreachable
from kpi_cli.checks.subject import Subject
from kpi_cli.checks.unused import find_unused_measures
from kpi_cli.checks.wording import drop_echoes, find_text_mismatches
from kpi_cli.diagnostics import Diagnostic, Path, Severity
from kpi_cli.model import Indicator, IndicatorSet
from kpi_cli.space.allowance import MOST_STEPS, Allowance, TooLargeError
from kpi_cli.space.blocks import count_cells
from kpi_cli.space.dimensions import build_dimensions
from kpi_cli.space.search import MOST_CELLS, Space, decide_space

Keys: TypeAlias = tuple[str | int, ...]
TOO_LARGE = "proof-too-large"

_Proof: TypeAlias = tuple[Callable[[Subject, Space], Iterator[Diagnostic]], frozenset[str]]
_FALLS: _Proof = (find_falls, frozenset({"level-gap", "not-monotone"}))
_PROOFS: tuple[_Proof, ...] = (
    (find_unreachable, frozenset({"level-unreachable"})),
    _FALLS,
    (find_below_first, frozenset({"below-first-level"})),
    (find_skipped, frozenset({"level-skipped"})),
)
_READINGS = (find_mixed_operators, find_fraction_thresholds, find_text_mismatches, find_unused_measures)


def prove_set(definition: IndicatorSet) -> Iterator[Diagnostic]:
    """Every finding about the indicators of a set, with paths for places; what is accepted comes as a note."""
    allowance = Allowance()
    for keys, indicator in iterate_indicator_paths(definition):
        yield from prove_indicator(keys, indicator, allowance)


def find_unfair(definition: IndicatorSet, *, steps: int) -> Iterator[Diagnostic]:
    """Where a better value gets a lower level and nobody accepted it, as far as searches of `steps` in all find it."""
    allowance = Allowance(steps)
    _, codes = _FALLS
    for keys, indicator in iterate_indicator_paths(definition):
        subject = Subject(keys, indicator)
        found, undecided = _prove_levels(subject, allowance, [_FALLS])
        about = apply_accepts(subject, found, undecided=undecided)
        yield from (each for each in about if each.code in codes and each.severity is Severity.ERROR)


def prove_indicator(keys: Keys, indicator: Indicator, allowance: Allowance | None = None) -> Iterator[Diagnostic]:
    """Every finding about one indicator, which stands at `keys`, as far as there is room for its searches."""
    subject = Subject(keys, indicator)
    found, undecided = _prove_levels(subject, allowance or Allowance(), _PROOFS)
    found += [finding for read in _READINGS for finding in read(subject)]
    yield from drop_echoes(apply_accepts(subject, found, undecided=undecided))
    if undecided:
        yield _describe_too_large(subject)


def _prove_levels(
    subject: Subject, allowance: Allowance, proofs: Sequence[_Proof]
) -> tuple[list[Diagnostic], frozenset[str]]:
    """What the cells show, and the codes that they could not decide for their number."""
    found: list[Diagnostic] = []
    undecided: frozenset[str] = frozenset()
    try:
        space = decide_space(subject.indicator, allowance)
    except TooLargeError:
        return found, frozenset[str]().union(*(codes for _, codes in proofs))
    for prove, codes in proofs:
        try:
            found += prove(subject, space)
        except TooLargeError:
            undecided |= codes
    return found, undecided


def _describe_too_large(subject: Subject) -> Diagnostic:
    cells = count_cells(build_dimensions(subject.indicator))
    place = Path((*subject.keys, "levels"), on_key=True)
    params = {"cells": cells, "limit": MOST_CELLS if cells > MOST_CELLS else f"{MOST_STEPS:,}"}
    variant = "" if cells > MOST_CELLS else "steps"
    return subject.diagnose(TOO_LARGE, Severity.WARNING, place, params, variant=variant)
