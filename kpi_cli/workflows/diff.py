"""Two sets held against each other, and where there are results, the same figures scored by both."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.render.report import Comparison, Report
from kpi_cli.version import VERSION
from kpi_cli.workflows.scoring import Reading, ScoreOptions, read_found, score_reading
from kpi_cli.workflows.sets import STANDARD_INPUT, ChosenSet, name_set

if TYPE_CHECKING:
    from kpi_cli.results.read import OnFile


class ComparisonRun(NamedTuple):
    """What a comparison came to, and the two sets it chose; None for a set that was not found."""

    comparison: Comparison
    old: ChosenSet | None
    new: ChosenSet | None


def diff_files(
    old: str, new: str, *, results: Sequence[str] = (), options: ScoreOptions, on_file: OnFile | None = None
) -> ComparisonRun:
    """Compares two sets, each a file, an id or -, and what both make of the results files, if there are any.

    The rules are compared, not proved: a set whose hole is mended by the other is worth comparing.
    """
    chosen = _name_sets(old=old, new=new)
    before, after = _report_each(chosen, results, options, on_file)
    if before.definition is None or after.definition is None:
        return ComparisonRun(Comparison(before, after), *map(_only_set, chosen))
    from kpi_cli.scoring.diff import diff_sets

    diff = diff_sets(old=before.definition, new=after.definition)
    comparison = Comparison(before, after, diff)
    return ComparisonRun(add_movement(comparison), *map(_only_set, chosen))


def _name_sets(*, old: str, new: str) -> tuple[ChosenSet | Diagnostic, ChosenSet | Diagnostic]:
    """Both sets; the roster of one that comes from standard input is looked for beside the other one."""
    if old == STANDARD_INPUT:
        after = name_set(new)
        return name_set(old, folder=_folder_of(after)), after
    before = name_set(old)
    return before, name_set(new, folder=_folder_of(before))


def _folder_of(chosen: ChosenSet | Diagnostic) -> pathlib.Path:
    return chosen.path.parent if isinstance(chosen, ChosenSet) and chosen.path else pathlib.Path()


def _only_set(chosen: ChosenSet | Diagnostic) -> ChosenSet | None:
    return chosen if isinstance(chosen, ChosenSet) else None


def _report_each(
    chosen: Sequence[ChosenSet | Diagnostic], results: Sequence[str], options: ScoreOptions, on_file: OnFile | None
) -> tuple[Report, Report]:
    if not results:
        old, new = map(_report_set, chosen)
        return old, new
    from kpi_cli.results.inputs import find_files

    found = find_files(results)  # once: standard input can be read only once
    rosters = tuple(one.loaded.roster for one in chosen if isinstance(one, ChosenSet) and one.loaded.roster)
    readings = (
        Reading(None, None, (one,))
        if isinstance(one, Diagnostic)
        else read_found(found, one, percent=options.percent, on_file=on_file, aside=rosters)
        for one in chosen
    )
    old, new = (score_reading(reading, options).report for reading in readings)
    return old, new


def _report_set(chosen: ChosenSet | Diagnostic) -> Report:
    """The report of a set by which nothing is scored."""
    if isinstance(chosen, Diagnostic):
        return Report(None, None, None, (), VERSION, None, (chosen,))
    definition = chosen.loaded.definition
    sha256 = definition.sha256 if definition else None
    return Report(definition, chosen.loaded.file, sha256, (), VERSION, None, chosen.loaded.diagnostics)


def add_movement(comparison: Comparison) -> Comparison:
    """`comparison` with what moved, where both sides score."""
    before, after = comparison.old.scorecard, comparison.new.scorecard
    if before is None or after is None:
        return comparison
    from kpi_cli.scoring.compare import compare_scorecards

    return comparison._replace(movement=compare_scorecards(old=before, new=after))
