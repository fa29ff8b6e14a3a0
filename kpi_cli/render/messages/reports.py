"""The sentences of what is found in a report of our own that is read again, to be held against its inputs."""

from __future__ import annotations

from kpi_cli.render.messages import Sentence

MESSAGES: dict[str, Sentence] = {
    "unreadable/not-a-report": Sentence(
        "this is no report that kpi wrote, or of a kind that cannot be held against its inputs",
        "name an .xlsx or .json that `kpi score -o` wrote",
    ),
    "unreadable/several-reports": Sentence("`{file}` is more than one file", "name one report"),
    "unreadable/report-without-ranking": Sentence(
        "no ranking of this set is in the report", "name a report of it, or the set of the report with --set"
    ),
    "unreadable/report-options": Sentence(
        "the report names options that kpi score does not have: {options}", "it was changed, or a later kpi made it"
    ),
    "unreadable/broken-report": Sentence(
        "the report has not the shape that kpi gives it ({problem})", "write it again with `kpi score -o`"
    ),
}
LABELS: dict[str, str] = {}
NOUNS: dict[str, str] = {}
