"""A report that `kpi score -o` wrote, read again to be held against its inputs: xlsx or json."""

from __future__ import annotations

from collections.abc import Iterable

from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.model import IndicatorSet
from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.inputs import ZIP_START, InputPath, read_bytes
from kpi_cli.results.report import ReportFile
from kpi_cli.scoring.verify import Claim
from kpi_cli.scoring.verify_texts import Line


def read_report_file(source: InputPath) -> ReportFile | Diagnostic:
    """The report, or why there is none to be read."""
    try:
        return read_report(read_bytes(source), file=source.shown)
    except UnreadableError as error:
        return refuse_report(error, source.shown)


def read_report(data: bytes, *, file: str) -> ReportFile:
    """The report in `data`, of the kind that its first bytes show; raises `UnreadableError`."""
    if data.startswith(ZIP_START):
        from kpi_cli.results.report_xlsx import read_xlsx_report  # noqa: PLC0415  # only a report of that kind pays

        return read_xlsx_report(data, file=file)._replace(size=len(data))
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise UnreadableError("not-a-report")
    from kpi_cli.results.report_json import read_json_report  # noqa: PLC0415

    return read_json_report(data, file=file)._replace(size=len(data))


def list_claims(report: ReportFile, definition: IndicatorSet) -> list[Claim]:
    """The figures that a report states of the indicators of `definition`; raises `UnreadableError`."""
    if report.suffix == ".xlsx":
        from kpi_cli.results.report_tables import list_sheet_claims  # noqa: PLC0415

        return list_sheet_claims(report.content, definition)
    from kpi_cli.results.report_json import list_json_claims  # noqa: PLC0415

    return list_json_claims(report.content)


def list_lines(report: ReportFile, other: ReportFile, claims: Iterable[Claim]) -> list[Line]:
    """What a report says beside its `claims`, as far as `other` does not say it too; raises `UnreadableError`."""
    if report.suffix == ".xlsx":
        from kpi_cli.results.report_lines import list_sheet_lines  # noqa: PLC0415

        return list(list_sheet_lines(report, other, claims))
    from kpi_cli.results.report_json_lines import list_json_lines  # noqa: PLC0415

    return list(list_json_lines(report.content, other.content))


def refuse_report(error: UnreadableError, file: str) -> Diagnostic:
    """The finding that a report cannot be read."""
    return Diagnostic("unreadable", Severity.ERROR, Place(file), {"file": file, **error.params}, error.variant)
