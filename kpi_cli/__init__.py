"""Scores a performance agreement: one YAML file, the districts' workbooks, a ranking that can be explained.

    from kpi_cli import explain, load_set, read_results, score

    loaded = load_set("indicators/fy2564_round1.yaml")       # LoadedSet: definition or diagnostics
    results = read_results(["results.xlsx"], loaded.definition)
    card = score(loaded.definition, results.records)          # Scorecard: exact fractions, ranks
    why = explain(loaded.definition, card, results.records[0].entity)  # EntityExplanation: rules, tests, next levels

Every finding is a `Diagnostic` value; nothing is printed. Each name is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kpi_cli.version import VERSION

if TYPE_CHECKING:
    from kpi_cli.checks.check import check_set as check
    from kpi_cli.diagnostics import Diagnostic
    from kpi_cli.model import IndicatorSet
    from kpi_cli.scoring.explain import explain_entity as explain
    from kpi_cli.scoring.score import score_records as score
    from kpi_cli.workflows import load_set, read_results

__version__ = VERSION

_HOMES = {
    "Diagnostic": ("kpi_cli.diagnostics", "Diagnostic"),
    "IndicatorSet": ("kpi_cli.model", "IndicatorSet"),
    "check": ("kpi_cli.checks.check", "check_set"),
    "explain": ("kpi_cli.scoring.explain", "explain_entity"),
    "load_set": ("kpi_cli.workflows", "load_set"),
    "read_results": ("kpi_cli.workflows", "read_results"),
    "score": ("kpi_cli.scoring.score", "score_records"),
}

__all__ = ["Diagnostic", "IndicatorSet", "__version__", "check", "explain", "load_set", "read_results", "score"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
