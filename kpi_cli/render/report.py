"""What every renderer of a scoring is given: the scorecard, what it was made from, and what was found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import IndicatorSet
from kpi_cli.scoring.compare import Movement
from kpi_cli.scoring.diff import SetDiff
from kpi_cli.scoring.figures import InputFile
from kpi_cli.scoring.scorecard import Scorecard

if TYPE_CHECKING:
    from kpi_cli.scoring.fragile import Sensitivity


class Report(NamedTuple):
    """A scoring with its provenance. `scorecard` is None where refusals left nothing to rank.

    `set_file` is the definition's file as printed (`fy2564_round1.yaml`); `definition` is None where it could not be
    read. Diagnostics are sorted and placed. `options` are those given that change the result: `percent` (how it was
    read), `tie-break` (ids), `keep-going` (how many errors were left out). `sensitivity` is there
    where it was asked for.
    """

    definition: IndicatorSet | None
    set_file: str | None
    set_sha256: str | None
    inputs: tuple[InputFile, ...]
    version: str
    scorecard: Scorecard | None
    diagnostics: tuple[Diagnostic, ...]
    options: Mapping[str, str] = {}
    sensitivity: Sensitivity | None = None


class Comparison(NamedTuple):
    """Two reports side by side: two sets, or two scorings, or one scoring by two sets.

    `diff` is None where the sets were not compared or have errors, `movement` where one of them scores nobody.
    """

    old: Report
    new: Report
    diff: SetDiff | None = None
    movement: Movement | None = None
