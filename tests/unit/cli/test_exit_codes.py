"""0 clean (notes allowed), 1 findings, 2 an unreadable file."""

import pytest

from kpi_cli.cli.exit_codes import choose_exit_code
from kpi_cli.diagnostics import Diagnostic, Severity

NOTE, WARNING, ERROR = (Diagnostic("some-code", Severity(name)) for name in ("note", "warning", "error"))
UNREADABLE = Diagnostic("unreadable", Severity.ERROR)


@pytest.mark.parametrize(
    ("diagnostics", "plain", "strict"),
    [
        ([], 0, 0),
        ([NOTE], 0, 0),
        ([NOTE, WARNING], 0, 1),
        ([WARNING, ERROR], 1, 1),
        ([UNREADABLE], 2, 2),
        ([ERROR, UNREADABLE, NOTE], 2, 2),
    ],
)
def test_exit_code(diagnostics, plain, strict):
    assert choose_exit_code(diagnostics) == plain
    assert choose_exit_code(diagnostics, strict=True) == strict
