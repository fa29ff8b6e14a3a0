"""What every renderer of a scoring is given: the scorecard, what it was made from, and what was found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import IndicatorSet
from kpi_cli.scoring.figures import InputFile
from kpi_cli.scoring.scorecard import Scorecard

if TYPE_CHECKING:
    from kpi_cli.scoring.compare import Movement
    from kpi_cli.scoring.diff import SetDiff
    from kpi_cli.scoring.fragile import Sensitivity
    from kpi_cli.scoring.verify import Difference, FileMatch
from kpi_cli.scoring.verify_texts import TextDifference


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


class Verification(NamedTuple):
    """A report held against what the files given came to.

    `file`, `suffix`, `version`, `set_id` and `set_sha256` are of the report that was read, `report` is the scoring made
    again. `taken` are the options that the report alone named, as they are typed. `figures` is how many were
    compared, None where the files score nobody. `texts` is what differs beside the figures, None where it was not
    compared: another version of kpi, another set and other files make other words.
    """

    file: str
    suffix: str
    version: str | None
    set_id: str | None
    set_sha256: str | None
    files: tuple[FileMatch, ...]
    taken: tuple[str, ...]
    figures: int | None
    differences: tuple[Difference, ...]
    report: Report
    texts: tuple[TextDifference, ...] | None = None

    @property
    def same_set(self) -> bool:
        """Whether the set means what it meant when the report was made."""
        return (self.set_id, self.set_sha256) == (
            self.report.definition.id if self.report.definition else None,
            self.report.set_sha256,
        )

    @property
    def same_figures(self) -> bool:
        """Whether every figure was computed again as the report has it."""
        return self.figures is not None and not self.differences

    @property
    def stands(self) -> bool:
        """Whether the set, the files, every figure and every text are those of the report."""
        same = self.same_set and self.same_figures and not self.texts
        return same and all(file.same for file in self.files)
