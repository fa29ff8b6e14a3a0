"""Diagnostics as SARIF 2.1.0, the format that code scanning reads. Everything that was found is there.

What is accepted is a result of level `note` with a suppression that carries the reason. Columns count characters.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote

from kpi_cli.diagnostics import Diagnostic, Path, Place, Related, Severity
from kpi_cli.render.findings.text import place_of, show_in_full
from kpi_cli.render.findings.titles import CODE_TITLES, usual_severity
from kpi_cli.render.sentences import describe_related, load_words, show_param
from kpi_cli.render.translate import Language, mark, translate
from kpi_cli.version import VERSION

Json: TypeAlias = dict[str, Any]

SCHEMA = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json"
FINGERPRINT = "kpiFinding/v1"
_MOST_ADVICE = 3
_PAGE = "docs/diagnostics.md"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


class _Log(NamedTuple):
    """What every result of one log shares: the codes in order, the language, the paths of files by short name."""

    codes: Sequence[str]
    language: Language
    files: Mapping[str, str]


def sarif_document(diagnostics: Iterable[Diagnostic], *, language: Language, files: Mapping[str, str]) -> Json:
    """The log; `files` gives the path of a file that diagnostics call by a shorter name."""
    found = tuple(diagnostics)
    log = _Log(tuple(dict.fromkeys(diagnostic.code for diagnostic in found)), language, files)
    rules = [_rule_object(code, language) for code in log.codes]
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "kpi", "version": VERSION, "semanticVersion": VERSION, "rules": rules}},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": [_result_object(diagnostic, log, seen) for diagnostic in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule_object(code: str, language: Language) -> Json:
    say = translate(language)
    title = say(CODE_TITLES.get(code, code))
    page = say(mark("What it means, and how to mend it: {page}"), page=f"{_PAGE}#{code}")
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in code.split("-")),
        "shortDescription": {"text": title},
        "help": {"text": "\n".join((title, *_list_advice(code, language), page))},
        "defaultConfiguration": {"level": _LEVELS[usual_severity(code)]},
    }


def _list_advice(code: str, language: Language) -> Iterable[str]:
    """What to do in general: the advice that fits any finding of a code. Of a code with many causes none does."""
    say = translate(language)
    sentences = (sentence for name, sentence in load_words().sentences.items() if name.split("/")[0] == code)
    advice = dict.fromkeys(say.template(item.help) for item in sentences if item.help and "{" not in item.help)
    return [f"- {text}" for text in advice] if len(advice) <= _MOST_ADVICE else []


def _result_object(diagnostic: Diagnostic, log: _Log, seen: Counter[str]) -> Json:
    location = _location_object(diagnostic.place, log)
    fingerprint = _fingerprint(diagnostic, log)
    seen[fingerprint] += 1
    related = [_related_object(number, item, log) for number, item in enumerate(_placed(diagnostic), start=1)]
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": log.codes.index(diagnostic.code),
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": show_in_full(diagnostic, log.language)},
        "locations": [location] if location else [],
        "relatedLocations": related,
        "partialFingerprints": {FINGERPRINT: f"{fingerprint}:{seen[fingerprint]}"},
        "suppressions": _suppressions(diagnostic),
    }


def _location_object(place: Place | Path | None, log: _Log) -> Json | None:
    if not isinstance(place, Place):
        return None
    artifact = {"uri": show_uri(log.files.get(place.file, place.file))}
    location: Json = {"physicalLocation": {"artifactLocation": artifact, "region": _region_object(place)}}
    if place.cell:
        location["logicalLocations"] = [{"fullyQualifiedName": place.cell, "kind": "cell"}]
    return location


def show_uri(file: str) -> str:
    """A path as a URI: relative to the folder where kpi ran, absolute where the path is."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/")


def _region_object(place: Place) -> Json:
    """The region. A cell of a workbook has no line; GitHub takes no result without one, so it is said of the first."""
    region = {
        "startLine": place.line or 1,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {name: value for name, value in region.items() if value is not None}


def _placed(diagnostic: Diagnostic) -> list[Related]:
    return [related for related in diagnostic.related if isinstance(related.place, Place)]


def _related_object(number: int, related: Related, log: _Log) -> Json:
    location = _location_object(related.place, log) or {}
    return {"id": number, "message": {"text": describe_related(related, log.language)}, **location}


def _suppressions(diagnostic: Diagnostic) -> list[Json]:
    why = diagnostic.params.get("why")
    return [] if why is None else [{"kind": "inSource", "status": "accepted", "justification": str(why)}]


def _fingerprint(diagnostic: Diagnostic, log: _Log) -> str:
    """The same for the same finding when lines move, the language changes, or it is accepted."""
    place = place_of(diagnostic.place)
    where = (log.files.get(place.file, place.file), place.cell) if place else None
    params = {name: show_param(value) for name, value in diagnostic.params.items() if name != "why"}
    witness = {name: show_param(value) for name, value in (diagnostic.witness or {}).items()}
    identity = [diagnostic.code, where, diagnostic.indicator, diagnostic.level, witness, params]
    return hashlib.sha256(json.dumps(identity, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]
