import pytest

from kpi_cli.diagnostics import Severity
from kpi_cli.render.findings.titles import CODE_TITLES, usual_severity
from kpi_cli.render.sentences import load_words


def test_every_code_has_a_title_and_no_other() -> None:
    assert set(CODE_TITLES) == {name.split("/")[0] for name in load_words().sentences}


@pytest.mark.parametrize(
    ("code", "severity"),
    [  # DESIGN section 5
        ("weights-sum", Severity.ERROR),
        ("level-gap", Severity.ERROR),
        ("not-monotone", Severity.ERROR),
        ("level-unreachable", Severity.ERROR),
        ("test-failed", Severity.ERROR),
        ("text-mismatch", Severity.WARNING),
        ("unused-measure", Severity.WARNING),
        ("below-first-level", Severity.NOTE),
        ("level-skipped", Severity.NOTE),
        ("mixed-operators", Severity.NOTE),
        ("unused-accept", Severity.WARNING),
        ("cell-ambiguous-percent", Severity.ERROR),
        ("unknown-column", Severity.WARNING),
    ],
)
def test_the_usual_severity_is_that_of_the_design(code: str, severity: Severity) -> None:
    assert usual_severity(code) is severity
