"""The JSON contracts `kpi.score/1` and `kpi.diagnostics/1` (DESIGN section 7), apart from the classes inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from kpi_cli.diagnostics import Diagnostic, Path, Place, Related, Severity, count_severities
from kpi_cli.model import Indicator
from kpi_cli.render.numbers import round_to_json, show_plain
from kpi_cli.render.report import Report
from kpi_cli.render.sentences import describe, describe_related
from kpi_cli.render.translate import Language
from kpi_cli.rules.values import exact_text
from kpi_cli.scoring.figures import MISSING, Figure
from kpi_cli.scoring.scorecard import EntityScore, GroupScore, IndicatorScore, Overall, Scorecard

if TYPE_CHECKING:
    from kpi_cli.scoring.fragile import Sensitivity

Json: TypeAlias = dict[str, Any]
Indicators: TypeAlias = Mapping[str, Indicator]

SCORE_SCHEMA = "kpi.score/1"
DIAGNOSTICS_SCHEMA = "kpi.diagnostics/1"


def score_document(report: Report, language: Language) -> Json:
    """The `kpi.score/1` document; without a scorecard the sections stand there with empty rankings.

    Rankings and diagnostics are listed once, when they are written (`json_text`): a country's are never held.
    """
    overall = report.scorecard.overall if report.scorecard else None
    return {
        "schema": SCORE_SCHEMA,
        "set": set_object(report),
        "inputs": input_objects(report),
        "kpi_version": report.version,
        "sections": _section_objects(report),
        "overall": None if overall is None else _overall_object(overall),
        "diagnostics": diagnostic_objects(report.diagnostics, language),
        **({} if report.sensitivity is None else {"fragile": _fragile_object(report.sensitivity)}),
    }


def _fragile_object(sensitivity: Sensitivity) -> Json:
    """Only under --fragile, beside the keys that are always there."""
    found = [
        {
            "section": one.section,
            "entity": {"code": one.entity.code, "name": one.entity.name},
            "indicator": one.indicator,
            "measure": one.turn.measure,
            "value": exact_text(one.turn.value),
            "threshold": exact_text(one.turn.bound),
            "distance": exact_text(one.turn.distance),
            "level": one.level,
            "other_level": one.turn.level,
            "rank": one.rank,
            "other_rank": one.other_rank,
        }
        for one in sensitivity.found
    ]
    return {"within": exact_text(sensitivity.within), "found": found}


def set_object(report: Report) -> Json | None:
    """The set of a report, with the fingerprint of what it means; None where it could not be read."""
    if report.definition is None:
        return None
    definition = report.definition
    return {"id": definition.id, "title": definition.title, "file": report.set_file, "sha256": report.set_sha256}


def input_objects(report: Report) -> list[Json]:
    """The files that figures came from."""
    return [{"file": file.file, "sha256": file.sha256} for file in report.inputs]


def _section_objects(report: Report) -> list[Json]:
    if report.definition is None:
        return []
    if report.scorecard is None:
        return [{"id": section.id, "title": section.title, "ranking": []} for section in report.definition.sections]
    indicators = {indicator.id: indicator for indicator in report.definition.indicators}
    return _rankings(report.scorecard, indicators)


def _rankings(scorecard: Scorecard, indicators: Indicators) -> list[Json]:
    return [
        {"id": section.id, "title": section.title, "ranking": (_row_object(row, indicators) for row in section.rows)}
        for section in scorecard.sections
    ]


def _row_object(row: EntityScore, indicators: Indicators) -> Json:
    return {
        **total_object(row),
        "groups": [_group_object(group) for group in row.groups],
        "indicators": [_indicator_object(score, indicators[score.id], row.figures) for score in row.indicators],
    }


def total_object(row: EntityScore) -> Json:
    """One row of a ranking without its indicators."""
    return {
        "rank": row.rank,
        "entity": {"code": row.entity.code, "name": row.entity.name},
        "score": round_to_json(row.score),
        "possible": round_to_json(row.possible),
        "exact": None if row.score is None else exact_text(row.score),
        "complete": row.complete,
        "grade": row.grade,
    }


def _group_object(group: GroupScore) -> Json:
    return {"id": group.id, "points": round_to_json(group.points), "weight": show_plain(group.weight)}


def _indicator_object(score: IndicatorScore, indicator: Indicator, figures: Mapping[str, Figure]) -> Json:
    return {
        "id": score.id,
        "level": score.level,
        "possible_level": score.possible_level,
        "points": round_to_json(score.points),
        "weight": show_plain(score.weight),
        "status": score.status.value,
        "values": {name: figure_object(figures.get(name, MISSING)) for name in indicator.measures},
    }


def figure_object(figure: Figure) -> Json:
    """A figure: its value, the cell as typed, and where it stands."""
    return {"value": json_value(figure.value), "raw": figure.raw, "cell": figure.cell}


def json_value(value: Any) -> str | bool | None:
    """A flag as a boolean, any other value in full as a string: a JSON number would not keep 0.1 exact."""
    if value is None or isinstance(value, bool):
        return value
    return str(value) if isinstance(value, int) else exact_text(value)


def _overall_object(overall: Overall) -> Json:
    return {
        "shares": {section: show_plain(share) for section, share in overall.shares.items()},
        "ranking": (total_object(row) for row in overall.rows),
    }


def diagnostics_document(diagnostics: Iterable[Diagnostic], language: Language) -> Json:
    """The `kpi.diagnostics/1` document."""
    diagnostics = tuple(diagnostics)
    found = count_severities(diagnostics)
    return {
        "schema": DIAGNOSTICS_SCHEMA,
        "diagnostics": diagnostic_objects(diagnostics, language),
        "summary": {f"{severity.value}s": found[severity] for severity in Severity},
    }


def diagnostic_objects(diagnostics: Iterable[Diagnostic], language: Language) -> Iterator[Json]:
    """The diagnostics as objects, their sentences in `language`; to be listed once."""
    return (_diagnostic_object(diagnostic, language) for diagnostic in diagnostics)


def _diagnostic_object(diagnostic: Diagnostic, language: Language) -> Json:
    message, advice = describe(diagnostic, language)
    witness = diagnostic.witness
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": message,
        "help": advice or None,
        **_place_fields(diagnostic.place, ("file", "line", "column", "end_line", "end_column", "cell")),
        "indicator": diagnostic.indicator,
        "level": diagnostic.level,
        "witness": None if witness is None else {name: json_value(value) for name, value in witness.items()},
        "related": [_related_object(related, language) for related in diagnostic.related],
    }


def _place_fields(place: Place | Path | None, names: tuple[str, ...]) -> Json:
    return {name: getattr(place, name) if isinstance(place, Place) else None for name in names}


def _related_object(related: Related, language: Language) -> Json:
    place = _place_fields(related.place, ("file", "line", "column", "cell"))
    return {"message": describe_related(related, language), **place}
