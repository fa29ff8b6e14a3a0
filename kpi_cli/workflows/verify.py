"""A report and the files that it is said to be made from: read, scored again, and held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.diagnostics import Diagnostic, Place, Severity, has_errors
from kpi_cli.render.report import Verification
from kpi_cli.results.room import SMALL
from kpi_cli.workflows.packed import was_refused
from kpi_cli.workflows.scoring import ScoreOptions, ScoreRun, read_found, score_reading
from kpi_cli.workflows.sets import ChosenSet, choose_set

if TYPE_CHECKING:
    from kpi_cli.results.inputs import Found
    from kpi_cli.results.read import OnFile
    from kpi_cli.results.report import ReportFile
    from kpi_cli.scoring.verify import Claim, Difference, FileMatch
    from kpi_cli.scoring.verify_texts import TextDifference


class VerifyOptions(NamedTuple):
    """The options of the scoring, as given; what is not given is taken from the report, as far as it says."""

    given: ScoreOptions
    percent_given: bool = False


class VerifyRun(NamedTuple):
    """What holding a report against its files came to. Without a `verification` the diagnostics say why."""

    verification: Verification | None
    scored: ScoreRun | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    usage_errors: tuple[Diagnostic, ...] = ()


def verify_report(
    report: str, arguments: Sequence[str], options: VerifyOptions, *, on_file: OnFile | None = None
) -> VerifyRun:
    """Scores the files that `arguments` name, never those that the report names, and compares every figure."""
    from kpi_cli.results.inputs import find_files
    from kpi_cli.results.report_file import read_report_file

    named = find_files([report])
    if len(named.files) != 1:
        refusal = Diagnostic("unreadable", Severity.ERROR, Place(report), {"file": report}, "several-reports")
        refused = () if has_errors(named.diagnostics) else (refusal,)
        return VerifyRun(None, diagnostics=(*named.diagnostics, *refused))
    read = read_report_file(named.files[0])
    if isinstance(read, Diagnostic):
        return VerifyRun(None, diagnostics=(read,))
    return _score_again(read, find_files(arguments), options, on_file)


def _score_again(report: ReportFile, found: Found, options: VerifyOptions, on_file: OnFile | None) -> VerifyRun:
    chosen = _choose_set(report, found, options.given.set_reference)
    if isinstance(chosen, Diagnostic):
        return VerifyRun(None, diagnostics=(*found.diagnostics, chosen))
    effective, taken = _merge_options(report, options, chosen)
    reading = read_found(found, chosen, percent=effective.percent, on_file=on_file)
    scored = score_reading(reading, effective)
    if scored.usage_errors or scored.report.definition is None or was_refused(scored.report.diagnostics):
        return VerifyRun(None, scored, scored.report.diagnostics, scored.usage_errors)
    return _compare(report, scored, taken)


def _choose_set(report: ReportFile, found: Found, reference: str | None) -> ChosenSet | Diagnostic:
    """The set: --set, else the one that the report names, else as for a scoring."""
    from kpi_cli.checks.check import check_for_scores
    from kpi_cli.results.read import read_set_marks

    if reference or not report.set_id:
        marks = {file: mark.id for file, mark in read_set_marks(found.files).items()}
        return choose_set(reference, workbook_ids=marks, check=check_for_scores)
    chosen = choose_set(None, workbook_ids={report.file: report.set_id}, check=check_for_scores)
    return chosen if isinstance(chosen, Diagnostic) else chosen._replace(origin="report")


def _merge_options(
    report: ReportFile, options: VerifyOptions, chosen: ChosenSet
) -> tuple[ScoreOptions, tuple[str, ...]]:
    """The options to score with, and those among them that the report alone gave, as they are typed."""
    from kpi_cli.scoring.overall import find_shares

    given, named, definition = options.given, report.options, chosen.loaded.definition
    percent = None if options.percent_given else named.percent
    shares = None if given.shares or (definition and named.shares == find_shares(definition)) else named.shares
    tie_break = () if given.tie_break else named.tie_break
    keep_going = named.keep_going and not given.keep_going
    taken = [
        *(["--percent", percent] if percent else []),
        *(["--overall", ",".join(f"{name}={share}" for name, share in shares.items())] if shares else []),
        *(["--tie-break", ",".join(tie_break)] if tie_break else []),
        *(["--keep-going"] if keep_going else []),
    ]
    effective = given._replace(
        percent=percent or given.percent,
        shares=shares or given.shares,
        tie_break=tie_break or given.tie_break,
        keep_going=named.keep_going or given.keep_going,
        # All of it is written again, to be held against the report; what that costs, a large report shows.
        written=(f"verify {report.suffix}",) if report.size < SMALL else (),
    )
    return effective, tuple(taken)


def _compare(report: ReportFile, scored: ScoreRun, taken: tuple[str, ...]) -> VerifyRun:
    from kpi_cli.results.cells import UnreadableError
    from kpi_cli.results.report_file import list_claims, refuse_report
    from kpi_cli.scoring.verify import match_files

    assert scored.report.definition is not None  # noqa: S101  # looked at before
    files = match_files(report.inputs, scored.report.inputs)
    try:
        claims = list_claims(report, scored.report.definition)
        if not claims and report.set_sha256 == scored.report.set_sha256:
            raise UnreadableError("report-without-ranking")
        found = _NOT_COMPARED if scored.report.scorecard is None else _compare_contents(report, claims, scored, files)
    except UnreadableError as error:
        return VerifyRun(None, scored, (refuse_report(error, report.file),))
    verification = Verification(
        file=report.file,
        suffix=report.suffix,
        version=report.version,
        set_id=report.set_id,
        set_sha256=report.set_sha256,
        files=files,
        taken=taken,
        figures=found.figures,
        differences=found.differences,
        report=scored.report,
        texts=found.texts,
    )
    return VerifyRun(verification, scored, scored.report.diagnostics)


class _Compared(NamedTuple):
    """How many figures were computed, which differ, and which texts; None where none were compared."""

    figures: int | None
    differences: tuple[Difference, ...]
    texts: tuple[TextDifference, ...] | None


_NOT_COMPARED = _Compared(None, (), None)


def _compare_contents(
    report: ReportFile, claims: list[Claim], scored: ScoreRun, files: Sequence[FileMatch]
) -> _Compared:
    """The report against itself written again, read as it was read."""
    from kpi_cli.results.report_file import list_claims, list_lines
    from kpi_cli.scoring.verify import compare_claims
    from kpi_cli.scoring.verify_texts import compare_lines
    from kpi_cli.workflows.verify_writing import write_again

    definition = scored.report.definition
    assert definition is not None  # noqa: S101
    again = write_again(report, scored.report, files)
    computed = list_claims(again, definition)
    differences = compare_claims(claims, computed)
    # Another version writes other words, another set has them, other files lead to them.
    made_of = (report.version, report.set_id, report.set_sha256)
    if made_of != (again.version, again.set_id, again.set_sha256) or not all(match.same for match in files):
        return _Compared(len(computed), differences, None)
    reported = list_lines(report, again, claims)
    texts = compare_lines(reported, list_lines(again, report, computed))
    return _Compared(len(computed), differences, texts)
