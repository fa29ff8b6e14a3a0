"""What each code of a diagnostic is about and how grave it usually is, for formats that list their rules.

A finding's own words are in `messages/`.
"""

from __future__ import annotations

from kpi_cli.diagnostics import Severity
from kpi_cli.render.translate import mark

_ERRORS = {
    "weights-sum": mark("The weights of a section do not sum to 100"),
    "shares-sum": mark("The shares of the sections do not sum to 100"),
    "level-gap": mark("A value reaches no level, though a worse one does"),
    "not-monotone": mark("A better value gets a lower level"),
    "level-unreachable": mark("No value reaches this level"),
    "test-failed": mark("A case under `tests:` gets another level"),
    "unknown-key": mark("A key that this format does not have"),
    "duplicate-key": mark("A key that stands twice"),
    "duplicate-id": mark("An id, a header or a name that stands twice"),
    "rule-syntax": mark("A rule that cannot be read"),
    "unquoted-rule": mark("A rule without the quotes that YAML needs"),
    "unknown-measure": mark("A measure that the indicator or the set does not have"),
    "wrong-type": mark("A value of another kind than this key takes"),
    "missing-key": mark("A key that is required and not there"),
    "levels-incomplete": mark("The levels do not run from 1 to the scale"),
    "yaml-syntax": mark("The file cannot be read as YAML"),
    "yaml-surprise": mark("A value that readers of YAML take in different ways"),
    "unreadable": mark("A file that cannot be read"),
    "unknown-id": mark("An option names an id that the set does not have"),
    "not-a-record": mark("An item of the list is no object"),
    "no-entity-column": mark("No column says whose figures these are"),
    "no-data": mark("The file holds no table of results"),
    "ambiguous-column": mark("A header that may mean several measures"),
    "unknown-entity": mark("A name that is not on the roster"),
    "ambiguous-entity": mark("A name that may mean several of the roster"),
    "entity-mismatch": mark("A name and a code that do not belong together"),
    "row-too-long": mark("A row with more cells than the header"),
    "row-without-entity": mark("A row with figures and no name"),
    "cell-ambiguous-percent": mark("A figure that may be a percent or a fraction"),
    "cell-out-of-range": mark("A figure outside the range of its measure"),
    "cell-not-calculated": mark("A formula without a stored value"),
    "cell-error": mark("A cell that holds an error"),
    "cell-not-a-number": mark("A cell that holds no number"),
    "cell-not-a-percent": mark("A percentage where none is asked for"),
    "cell-too-many-digits": mark("A figure with more digits than any figure has"),
    "cell-not-whole": mark("A count that is not a whole number"),
    "cell-not-a-flag": mark("A cell that is neither yes nor no"),
    "cell-not-a-choice": mark("A cell that is none of the choices"),
    "cell-not-applicable": mark("“Not applicable” where everyone has something to report"),
    "cell-not-a-figure": mark("A list or an object where a figure belongs"),
    "cell-repeated-key": mark("An object that gives one key twice"),
    "cell-merged": mark("A figure or a name that only a merged cell gives"),
    "conflicting-values": mark("Cells of one entity and measure that disagree"),
    "ratio-mismatch": mark("A percent that is not the ratio of its parts"),
    "ratio-out-of-range": mark("A ratio outside the range of its percent"),
    "ratio-whole-zero": mark("A ratio of nothing"),
    "sql-inexact": mark("A query that the engine would not keep exact"),
    "sql-name": mark("Names that the engine cannot tell apart, or hold"),
    "sql-table": mark("A name that is no table's"),
    "engine-limit": mark("A table that must be read by Python"),
}
_WARNINGS = {
    "text-mismatch": mark("The wording of a level and its rule do not agree"),
    "fraction-thresholds": mark("A percent that is compared with fractions"),
    "unused-measure": mark("A measure that no rule reads"),
    "unused-accept": mark("An `accept` that matches no finding"),
    "proof-too-large": mark("Too many combinations to prove them all"),
    "unknown-column": mark("A header that is nearly that of a measure"),
    "missing-column": mark("A measure without a column"),
    "skipped-file": mark("A file or a folder that was passed over"),
    "no-figures": mark("A file from which nothing was read"),
    "set-changed": mark("The set has changed since the workbook was made"),
}
_NOTES = {
    "below-first-level": mark("The worst values reach no level and score 0"),
    "level-skipped": mark("A level is reached where the rule of a lower one never held"),
    "mixed-operators": mark("Levels compare one measure now with > and now with >="),
    "own-report": mark("A report that kpi wrote was passed over"),
    "hidden-sheet": mark("A hidden sheet was passed over"),
    "no-header": mark("A sheet without a header was passed over"),
    "unclaimed-column": mark("A column that belongs to no measure"),
    "totals-row": mark("A summary row was passed over"),
    "skipped-row": mark("A row without figures was passed over"),
    "display-rounding": mark("A cell shows a figure rounded across a threshold"),
}
CODE_TITLES = {**_ERRORS, **_WARNINGS, **_NOTES}


def usual_severity(code: str) -> Severity:
    """How grave a finding of `code` usually is; one finding may be graver, or less grave where it is accepted."""
    if code in _NOTES:
        return Severity.NOTE
    return Severity.WARNING if code in _WARNINGS else Severity.ERROR
