"""The sentences of what is found in a report of our own that is read again, and of what is too much to be written; of
what a workbook, of results as of a report, gives twice.
"""

from __future__ import annotations

from kpi_cli.render.messages import Sentence

_LOOK = "open it in the program that you trust, look at what stands there, and save it again; or ask who sent it"
MESSAGES: dict[str, Sentence] = {
    # what programs do not agree about
    "unreadable/cell-twice": Sentence(
        "sheet “{sheet}” gives the cell {cell} twice, and programs do not agree which of the two counts", _LOOK
    ),
    "unreadable/row-twice": Sentence(
        "sheet “{sheet}” gives row {row} twice, and programs do not agree which of the two counts", _LOOK
    ),
    "unreadable/value-twice": Sentence(
        "sheet “{sheet}” gives the cell {cell} two values, and programs do not agree which of them counts", _LOOK
    ),
    "unreadable/alternatives": Sentence(
        "sheet “{sheet}” holds other cells for one program than for another, at or after row {row}", _LOOK
    ),
    "no-header/kind": Sentence(
        "the sheet “{sheet}” is no ordinary one but of another kind, such as a dialog, and was passed over",
        "copy figures that stand there to an ordinary sheet",
    ),
    # what is written
    "unreadable/packed-entities": Sentence(
        "the results are smaller than 1 MB and yet name {entities} entities; {what} has room for {most}",
        "split the files, or write csv (kpi score -o FILE.csv); where so many are too many, ask who sent them",
    ),
    "unreadable/packed-rules": Sentence(
        "the results are smaller than 1 MB and yet name {entities} entities; by rules of so many comparisons "
        "there is room for {most}",
        "split the files, or use rules of fewer comparisons",
    ),
    "unreadable/packed-template": Sentence(
        "the template would have {entities} rows in each sheet; of a set this size it has room for {most}",
        "make one for a part of the set (--section, --owner), or with a set whose roster is a part",
    ),
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
