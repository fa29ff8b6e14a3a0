"""What a misspelt name was meant to be, and how many of the names it might have been are told."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.space.allowance import Allowance

_LONGEST = 80
MAX_COMPARED = 10_000_000
"""Pairs of characters that are held against each other for the likenesses of a set; each name counts as ten more."""
MAX_LISTED = 1_000_000
"""Characters of the names that the findings of a set list; a finding after them lists the first few."""
_FEW = 3
_EACH = 10
_NAMED = ("name", "value", "measure", "key")
"""The parameters that may hold the misspelt name, the nearest first."""
_NEAR = {"": "near", "not-among": "not-among-near", "unknown-choice": "unknown-choice-near"}


def find_near(name: str, known: Iterable[str]) -> str:
    """The one of `known` that `name` is most like, empty where it is like none."""
    near = difflib.get_close_matches(name, known, n=1) if len(name) <= _LONGEST else []
    return next(iter(near), "")


def suggest_names(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """`found`, of one set, with what each misspelt name was meant to be.

    Only here, where no more findings are kept than anyone reads: to look for a likeness takes long, and thousands of
    names may be misspelt. Past a bound none is looked for, and the names that are known are told instead.
    """
    namer = _Namer()
    return tuple(namer.complete(finding) for finding in found)


class _Namer:
    """What the findings of one set may still compare and list."""

    def __init__(self) -> None:
        self.compared, self.listed = Allowance(MAX_COMPARED), Allowance(MAX_LISTED)
        self.seen: dict[tuple[str, tuple[str, ...]], str] = {}

    def complete(self, finding: Diagnostic) -> Diagnostic:
        known = finding.params.get("known")
        if not isinstance(known, tuple):
            return finding
        params, variant = dict(finding.params), finding.variant
        if "suggestion" in params:
            params["suggestion"] = near = self.find(_name_of(params), known)
            variant = _NEAR.get(variant, variant) if near else variant
        if not self.listed.spend(sum(map(len, known))) and len(known) > _FEW:
            params["known"] = (*known[:_FEW], "…")
        return replace(finding, params=params, variant=variant)

    def find(self, name: str, known: tuple[str, ...]) -> str:
        if (name, known) not in self.seen:
            steps = (len(name) + _EACH) * (sum(map(len, known)) + _EACH * len(known))
            fits = len(name) <= _LONGEST and self.compared.spend(steps)
            self.seen[name, known] = find_near(name, known) if fits else ""
        return self.seen[name, known]


def _name_of(params: Mapping[str, object]) -> str:
    return str(next(params[key] for key in _NAMED if key in params))
