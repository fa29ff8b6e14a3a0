"""Findings of which one file may have dozens, said in one line: a group's file lacks every column of the others."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_cli.diagnostics import Diagnostic

_CODE = "missing-column"
_FEW = 3


def condense_columns(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """`diagnostics` with more than a few columns that are missing as one finding that names them all."""
    missing = [diagnostic for diagnostic in diagnostics if diagnostic.code == _CODE]
    if len(missing) <= _FEW:
        return list(diagnostics)
    measures = tuple(diagnostic.params["measure"] for diagnostic in missing)
    whole = Diagnostic(_CODE, missing[0].severity, None, {"count": len(measures), "measures": measures}, "many")
    others = [diagnostic for diagnostic in diagnostics if diagnostic.code != _CODE]
    return [whole, *others]
