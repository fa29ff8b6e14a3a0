"""What every renderer of a scoring is given: the scorecard, what it was made from, and what was found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import IndicatorSet
from kpi_cli.scoring.figures import InputFile
from kpi_cli.scoring.scorecard import Scorecard


class Report(NamedTuple):
    """A scoring with its provenance. `scorecard` is None where refusals left nothing to rank.

    `set_file` is the definition's file as printed (`fy2564_round1.yaml`); `definition` is None where it could not be
    read. Diagnostics are sorted and placed. `options` are those given that change the result: `percent` (how it was
    read), `tie-break` (ids), `keep-going` (how many errors were left out).
    """

    definition: IndicatorSet | None
    set_file: str | None
    set_sha256: str | None
    inputs: tuple[InputFile, ...]
    version: str
    scorecard: Scorecard | None
    diagnostics: tuple[Diagnostic, ...]
    options: Mapping[str, str] = {}
