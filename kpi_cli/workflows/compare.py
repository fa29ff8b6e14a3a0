"""Two results files, or folders of them, each scored by its own set, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.render.report import Comparison
from kpi_cli.workflows.comparison import ComparisonRun, add_movement
from kpi_cli.workflows.scoring import ScoreOptions, choose_and_read, score_reading
from kpi_cli.workflows.sets import STANDARD_INPUT

if TYPE_CHECKING:
    from kpi_cli.results.inputs import Found
    from kpi_cli.results.read import OnFile


class Side(NamedTuple):
    """A results file, folder or pattern, and the set that scores it; None leaves the choice to the workbook."""

    results: str
    set_reference: str | None = None


def compare_files(old: Side, new: Side, options: ScoreOptions, *, on_file: OnFile | None = None) -> ComparisonRun:
    """Scores both sides and compares them; every finding is in its side's report."""
    sides = (old, new)
    readings = [
        choose_and_read(found, set_reference=side.set_reference, percent=options.percent, on_file=on_file)
        for side, found in zip(sides, _find_each([side.results for side in sides]), strict=True)
    ]
    before, after = (score_reading(reading, options) for reading in readings)
    return ComparisonRun(
        add_movement(Comparison(before.report, after.report)),
        before.chosen,
        after.chosen,
        usage_errors=before.usage_errors or after.usage_errors,
        some_reported=before.some_reported and after.some_reported,
    )


def _find_each(arguments: Sequence[str]) -> list[Found]:
    """The files of each argument, by names that tell apart those of all: two rounds often have files of one name."""
    from kpi_cli.results.inputs import find_files

    together = find_files([argument for argument in arguments if argument != STANDARD_INPUT])
    names = {file.path: file.shown for file in together.files}
    each = [find_files([argument]) for argument in arguments]
    return [
        found._replace(files=tuple(file._replace(shown=names.get(file.path, file.shown)) for file in found.files))
        for found in each
    ]
