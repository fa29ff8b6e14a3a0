"""Figures that a person types on the command line, read as the cells of a results file are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kpi_cli.diagnostics import Diagnostic, Place, Severity, has_errors
from kpi_cli.model import Indicator, IndicatorSet, Measure
from kpi_cli.model.names import clean_header
from kpi_cli.results.cell import read_cell
from kpi_cli.results.cells import Kind, RawCell
from kpi_cli.results.likeness import Effort, suggest_key
from kpi_cli.results.ratios import apply_ratios, list_ratios
from kpi_cli.results.reading import Reading
from kpi_cli.scoring.figures import Entity, Figure


class Typed(NamedTuple):
    """A measure and its figure, as typed: `budget_spent=85%`."""

    name: str
    text: str


class TypedFigures(NamedTuple):
    """The figures by measure, and what was found on the way; with an error among it they are not to be used."""

    figures: Mapping[str, Figure]
    diagnostics: tuple[Diagnostic, ...]


def read_typed_figures(typed: Sequence[Typed], indicator: Indicator, definition: IndicatorSet) -> TypedFigures:
    """The figures of `indicator` that were typed, its percents worked out of their parts.

    A measure is known by its id, its title or an alias. A bare 0.85 of a percent is 0.85 %, and said to be.
    """
    figures: dict[str, Figure] = {}
    found: list[Diagnostic] = []
    known, effort = _list_spellings(indicator), Effort()
    for one in typed:
        name = known.get(clean_header(one.name))
        if name is None:
            suggestion = suggest_key(one.name, known, known, effort)
            found.append(_refuse_name(one.name, suggestion, indicator, definition))
        elif name in figures:
            found.append(Diagnostic("conflicting-values", Severity.ERROR, None, {"measure": name}, "typed"))
        else:
            reading = _read_text(one.text, indicator.measures[name])
            figures[name] = Figure(reading.value, reading.raw, applicable=reading.applicable)
            found += _describe_reading(reading, name, indicator)
    if has_errors(found):
        return TypedFigures(figures, tuple(found))
    settled, about_ratios = apply_ratios(_call(indicator), figures, list_ratios([indicator]), lambda _: Place(""))
    return TypedFigures(settled, (*found, *(replace(each, place=None) for each in about_ratios)))


def _list_spellings(indicator: Indicator) -> dict[str, str]:
    """Every cleaned spelling of the measures' names -> the id."""
    return {
        clean_header(text): name
        for name, measure in indicator.measures.items()
        for text in (name, measure.title, *measure.aliases)
    }


def _refuse_name(name: str, suggestion: str | None, indicator: Indicator, definition: IndicatorSet) -> Diagnostic:
    params = {"measure": name, "indicator": indicator.id, "known": tuple(indicator.measures)}
    elsewhere = next((one.id for one in definition.indicators if name in one.measures), None)
    if elsewhere is not None:
        return Diagnostic("unknown-measure", Severity.ERROR, None, {**params, "owner": elsewhere}, "typed-elsewhere")
    variant = "typed-near" if suggestion else "typed"
    return Diagnostic("unknown-measure", Severity.ERROR, None, {**params, "suggestion": suggestion}, variant)


def _read_text(text: str, measure: Measure) -> Reading:
    cell = RawCell(Kind.TEXT if text.strip() else Kind.BLANK, text)
    reading = read_cell(cell, measure=measure)
    if reading.refusal is None or reading.refusal.code != "cell-ambiguous-percent":
        return reading
    return read_cell(cell, measure=measure, percent="points")._replace(refusal=reading.refusal)


def _describe_reading(reading: Reading, name: str, indicator: Indicator) -> Iterator[Diagnostic]:
    """Why a figure is refused; or that one in doubt was taken as points, as typed."""
    refusal = reading.refusal
    if refusal is None:
        return
    taken = reading.value is not None
    severity, variant = (Severity.NOTE, "typed") if taken else (Severity.ERROR, refusal.variant)
    params = {"entity": indicator.id, "measure": name, "raw": reading.raw, **refusal.params}
    yield Diagnostic(refusal.code, severity, None, params, variant, indicator=indicator.id)


def _call(indicator: Indicator) -> Entity:
    return Entity(None, indicator.id)
