"""From the names of results files to what is still owed, as a value."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.render.owed import OwedReport
from kpi_cli.version import VERSION
from kpi_cli.workflows.packed import refuse_packed
from kpi_cli.workflows.scoring import ScoreOptions, read_files
from kpi_cli.workflows.sets import ChosenSet

if TYPE_CHECKING:
    from kpi_cli.results.read import OnFile


class OwedRun(NamedTuple):
    """What asking for missing figures came to: the report, the set it chose, and the files that were read."""

    report: OwedReport
    chosen: ChosenSet | None = None
    paths: tuple[pathlib.Path, ...] = ()


def find_owed(arguments: Sequence[str], options: ScoreOptions, *, on_file: OnFile | None = None) -> OwedRun:
    """Reads the results files that `arguments` name; what was refused is owed too, and every finding is in the report.

    `owed` is None where nothing could be read: then everything would seem to be missing.
    """
    from kpi_cli.scoring.owed import list_owed

    reading = read_files(arguments, set_reference=options.set_reference, percent=options.percent, on_file=on_file)
    reading = refuse_packed(reading, options.written)
    definition = reading.chosen.loaded.definition if reading.chosen else None
    if reading.chosen is None or reading.results is None or definition is None:
        return OwedRun(OwedReport(None, None, (), VERSION, None, reading.diagnostics), reading.chosen)
    results = reading.results
    report = OwedReport(
        definition,
        reading.chosen.loaded.file,
        results.inputs,
        VERSION,
        list_owed(definition, results.records) if results.inputs and results.records else None,
        reading.diagnostics,
        tuple(record.entity for record in results.records),
    )
    return OwedRun(report, reading.chosen, reading.paths)
