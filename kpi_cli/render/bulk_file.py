"""Results that are too many to hold, as csv and json: the lines are written by DuckDB, what stands around them here.

A table of rows has `entity` (a struct of code, name and position) beside the columns of the query of `kpi sql`. The csv
file is the one that any scoring writes; `kpi.results/1` has a row a line, without the figures that `kpi.score/1` shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.model import IndicatorSet, Section
from kpi_cli.render.csv_file import HEADER
from kpi_cli.render.json_v1 import diagnostic_objects
from kpi_cli.render.numbers import LEAST_DIGITS
from kpi_cli.version import VERSION

if TYPE_CHECKING:
    from kpi_cli.render.translate import Language

RESULTS_SCHEMA = "kpi.results/1"
_MARK = "\ufeff"  # tells Excel that a csv file is UTF-8


def csv_head(definition: IndicatorSet) -> bytes:
    """The header of the csv file."""
    columns = [f"{one.id}:{part}" for one in definition.indicators for part in ("level", "possible_level", "points")]
    return f"{_MARK}{','.join([*HEADER, *columns])}\n".encode()


def csv_lines(definition: IndicatorSet, section: Section, table: str, *, digits: int) -> str:
    """The query of a section's lines, best first; scores have `digits` decimals."""
    total = [
        _text(_quote(definition.id)),
        _text(_quote(section.id)),
        _csv_name("entity.code"),
        _csv_name("entity.name"),
        _csv_value(f'"{section.id}:rank"'),
        *(_csv_number(f'"{section.id}:{part}"', digits) for part in ("score", "possible")),
        _csv_value(f'"{section.id}:complete"'),
        _csv_name(f'"{section.id}:grade"') if definition.grades else "''",
    ]
    own = {indicator.id for indicator in section}
    levels = [part for one in definition.indicators for part in _csv_levels(one.id, own=one.id in own)]
    line = f"concat_ws(',', {', '.join([*total, *levels])})"  # at once: `||` would make every beginning of a line
    return f'SELECT {line} AS line FROM {table} ORDER BY "{section.id}:rank" NULLS LAST, entity.position'


def _csv_levels(indicator: str, *, own: bool) -> tuple[str, ...]:
    if not own:
        return "''", "''", "''"
    levels = (_csv_value(f'"{indicator}:{part}"') for part in ("level", "possible_level"))
    return *levels, _csv_number(f'"{indicator}:points"', LEAST_DIGITS)


def _csv_value(value: str) -> str:
    return f"COALESCE(CAST({value} AS VARCHAR), '')"


def _csv_number(value: str, digits: int) -> str:
    return _csv_value(f"CAST(ROUND({value}, {digits}) AS DECIMAL(18, {digits}))")


def _csv_name(value: str) -> str:
    """A text that no spreadsheet takes for a formula, in quotes where it needs them (`render.csv_file`)."""
    safe = f"CASE WHEN regexp_matches({value}, '^''*[=+@\\t\\r-]') THEN '''' || {value} ELSE {value} END"
    quoted = f"""'"' || replace({safe}, '"', '""') || '"'"""
    return f"""COALESCE(CASE WHEN regexp_matches({value}, '[",\\r\\n]') THEN {quoted} ELSE {safe} END, '')"""


def _quote(text: str) -> str:
    return f'"{text}"' if "," in text else text


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def json_head(definition: IndicatorSet, *, set_file: str, file: str, sha256: str) -> bytes:
    """All that stands before the rows of a `kpi.results/1` document."""
    document = {
        "schema": RESULTS_SCHEMA,
        "set": {
            "id": definition.id,
            "title": definition.title,
            "file": set_file,
            "sha256": definition.sha256,
        },
        "inputs": [{"file": file, "sha256": sha256}],
        "kpi_version": VERSION,
    }
    return (_dump(document)[: -len("\n}")] + ',\n  "results": [\n').encode()


def json_lines(definition: IndicatorSet, table: str) -> str:
    """The query of the rows, a line each, a comma behind it.

    A line is put together from plain values: of all rows at once, a struct that is made a text whole takes much memory.
    """
    sections = _json_list([_json_section(section, graded=bool(definition.grades)) for section in definition.sections])
    entity = [*_json_item("code", "to_json(entity.code)"), *_json_item("name", "to_json(entity.name)", comma=True)]
    line = [_text('{"entity":{'), *entity, _text('},"sections":'), *sections, _text("},")]
    return f"SELECT concat({', '.join(line)}) AS line FROM {table}"


def _json_section(section: Section, *, graded: bool) -> list[str]:
    """The pieces of an object, as those below give them too: texts and values in the language of the query."""
    name = section.id
    return [
        _text(f'{{"id":"{name}"'),
        *_json_item("rank", f'"{name}:rank"', comma=True),
        *_json_item("score", _json_number(f"{name}:score"), comma=True),
        *_json_item("possible", _json_number(f"{name}:possible"), comma=True),
        *_json_item("complete", f'"{name}:complete"', comma=True),
        *_json_item("grade", f'to_json("{name}:grade")' if graded else "NULL::VARCHAR", comma=True),
        _text(',"indicators":'),
        *_json_list([_json_indicator(indicator.id) for indicator in section]),
        _text("}"),
    ]


def _json_indicator(name: str) -> list[str]:
    return [
        _text(f'{{"id":"{name}"'),
        *_json_item("level", f'"{name}:level"', comma=True),
        *_json_item("possible_level", f'"{name}:possible_level"', comma=True),
        *_json_item("points", _json_number(f"{name}:points"), comma=True),
        _text("}"),
    ]


def _json_list(objects: Sequence[Sequence[str]]) -> list[str]:
    pieces = [piece for one in objects for piece in (_text(","), *one)]
    return [_text("["), *pieces[1:], _text("]")]


def _json_item(key: str, value: str, *, comma: bool = False) -> tuple[str, str]:
    return _text(f'{"," if comma else ""}"{key}":'), f"COALESCE(CAST({value} AS VARCHAR), 'null')"


def _json_number(name: str) -> str:
    return f'CAST(ROUND("{name}", {LEAST_DIGITS}) AS DOUBLE)'


def json_tail(diagnostics: Iterable[Diagnostic], language: Language) -> bytes:
    """All that stands behind the rows."""
    return f'\n  ],\n  "diagnostics": {_dump(list(diagnostic_objects(diagnostics, language)))}\n}}\n'.encode()


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
