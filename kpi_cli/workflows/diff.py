"""Two sets held against each other, and where there are results, the same figures scored by both."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.render.report import Comparison, Report
from kpi_cli.version import VERSION
from kpi_cli.workflows.comparison import ComparisonRun, add_movement
from kpi_cli.workflows.scoring import Reading, ScoreOptions, ScoreRun, read_found, score_reading
from kpi_cli.workflows.sets import STANDARD_INPUT, ChosenSet, name_set

if TYPE_CHECKING:
    from kpi_cli.results.read import OnFile


def diff_files(
    old: str, new: str, *, results: Sequence[str] = (), options: ScoreOptions, on_file: OnFile | None = None
) -> ComparisonRun:
    """Compares two sets, each a file, an id or -, and what both make of the results files, if there are any.

    The rules are compared, not proved: a set whose hole is mended by the other is worth comparing.
    """
    before, after = _score_each(_name_sets(old=old, new=new), results, options, on_file)
    comparison = Comparison(before.report, after.report)
    if before.report.definition is not None and after.report.definition is not None:
        from kpi_cli.scoring.diff import diff_sets

        diff = diff_sets(old=before.report.definition, new=after.report.definition)
        comparison = add_movement(comparison._replace(diff=diff))
    some_reported = before.some_reported and after.some_reported
    return ComparisonRun(comparison, before.chosen, after.chosen, some_reported=some_reported)


def _name_sets(*, old: str, new: str) -> tuple[ChosenSet | Diagnostic, ChosenSet | Diagnostic]:
    """Both sets; the roster of one that comes from standard input is looked for beside the other one."""
    if old == STANDARD_INPUT:
        after = name_set(new)
        return name_set(old, folder=_folder_of(after)), after
    before = name_set(old)
    return before, name_set(new, folder=_folder_of(before))


def _folder_of(chosen: ChosenSet | Diagnostic) -> pathlib.Path:
    return chosen.path.parent if isinstance(chosen, ChosenSet) and chosen.path else pathlib.Path()


def _score_each(
    chosen: Sequence[ChosenSet | Diagnostic], results: Sequence[str], options: ScoreOptions, on_file: OnFile | None
) -> tuple[ScoreRun, ScoreRun]:
    """What each of the two sets makes of the results; without results nothing is scored."""
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
    old, new = (score_reading(reading, options) for reading in readings)
    return old, new


def _report_set(chosen: ChosenSet | Diagnostic) -> ScoreRun:
    """A run by which nothing is scored: the set, and what was found about it."""
    if isinstance(chosen, Diagnostic):
        return ScoreRun(Report(None, None, None, (), VERSION, None, (chosen,)))
    definition, found = chosen.loaded.definition, chosen.loaded.diagnostics
    sha256 = definition.sha256 if definition else None
    return ScoreRun(Report(definition, chosen.loaded.file, sha256, (), VERSION, None, found), chosen)
