"""The shape of a definition, held against the model: unknown keys, missing keys and values of the wrong type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from kpi_cli.definition.bound import say_more
from kpi_cli.definition.outline import Keys
from kpi_cli.diagnostics import Diagnostic, Path, Severity
from kpi_cli.model import (
    Accept,
    EntityKind,
    Grade,
    Group,
    Indicator,
    IndicatorSet,
    Level,
    Measure,
    Part,
    Period,
    Ratio,
    RosterEntry,
    Section,
    Source,
    TestCase,
)
from kpi_cli.model.names import TO_ASCII
from kpi_cli.rules.values import exact_text, parse_number

MAX_ERRORS = 20_000
"""Of the shape of a set that are looked into: more than are told, for some stand where others say the same."""
_PARTS: dict[str, type[Part]] = {
    "sections": Section,
    "measures": Measure,
    "levels": Level,
    "tests": TestCase,
    "accept": Accept,
    "ratio": Ratio,
    "entity": EntityKind,
    "roster": RosterEntry,
    "period": Period,
    "source": Source,
    "grades": Grade,
}
_EXPECTED = {
    "string_type": "text",
    "is_instance_of": "number",
    "bool_type": "figure",
    "int_type": "whole-number",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "date_type": "date",
    "literal_error": "text",
    "greater_than": "positive",
    "greater_than_equal": "not-negative",
    "less_than_equal": "up-to-hundred",
    "too_short": "not-empty",
    "too_long": "pair",
    "missing": "pair",
    "string_too_short": "text",
    "string_pattern_mismatch": "identifier",
}
# Numbers that are refused for their size alone have a sentence of their own.
_BOUNDED = frozenset({"weight", "scale"})
_PERCENT = re.compile(r"\s*[0-9]+(?:\.[0-9]+)?\s*%\s*\Z")


def build_set(data: object) -> IndicatorSet | list[Diagnostic]:
    """The model of plain values, or every finding about their shape."""
    try:
        return IndicatorSet.model_validate(data)
    except ValidationError as error:
        return _describe_first(error, data)


def _describe_first(error: ValidationError, data: object) -> list[Diagnostic]:
    """The findings of the first errors; where there are more of them, that is one more finding."""
    errors = error.errors(include_url=False, include_context=False, include_input=False)
    found = _describe_errors(errors[:MAX_ERRORS], data)
    return [*found, say_more(Severity.ERROR, Path(()))] if len(errors) > MAX_ERRORS else found


def _describe_errors(errors: Iterable[Any], data: object) -> list[Diagnostic]:
    """One finding a place: a list is also "too short" once all it holds is refused, a union fails once a member."""
    kept: dict[tuple[object, ...], Diagnostic] = {}
    above: set[Keys] = set()  # what holds a finding
    placed = [(_real_keys(error["loc"], data), error) for error in errors]
    for keys, error in sorted(placed, key=lambda item: -len(item[0])):
        if not (keys in above and error["type"] == "too_short"):
            above |= {keys[:length] for length in range(len(keys))}
            if not _is_said_elsewhere(error["loc"], data):
                diagnostic = _describe(keys, error, data)
                kept.setdefault((keys, diagnostic.code == "missing-key" and diagnostic.params["key"]), diagnostic)
    return list(kept.values())


def _is_said_elsewhere(loc: tuple[str | int, ...], data: object) -> bool:
    """Keys of levels and measures, and a group in a group, have findings of their own in `structure`, `measures`."""
    nested = _real_keys(loc, data)[:6]
    item = _value_at(nested, data) if len(nested) == 6 and nested[4] == "indicators" else None
    return loc[-1:] == ("[key]",) or (isinstance(item, Mapping) and "indicators" in item)


def _describe(keys: Keys, error: Any, data: object) -> Diagnostic:
    if error["type"] in {"extra_forbidden", "invalid_key"}:
        return _unknown_key(keys, data)
    if error["type"] == "missing" and isinstance(error["loc"][-1], str):
        return _missing_key(keys, error["loc"][-1], data)
    if error["type"] == "literal_error" and isinstance(_value_at(keys, data), str | int):
        return _not_among(keys, data)
    return _wrong_type(keys, error, data)


def _real_keys(loc: tuple[str | int, ...], data: object) -> Keys:
    """`loc` without what is not in the file: tags of unions, and a key that is missing."""
    if loc[0::2][:2] == ("sections", "indicators"):  # sections, 0, indicators, 0, then the tag of what stands there
        loc = loc[:4] + loc[5:]
    keys: list[str | int] = []
    for segment in loc:
        if not _has_key(data, segment):
            break
        data = data[segment]  # type: ignore[index]
        keys.append(segment)
    return tuple(keys)


def _has_key(data: object, key: str | int) -> bool:
    if isinstance(data, tuple):
        return isinstance(key, int) and key < len(data)
    return isinstance(data, Mapping) and key in data


def _value_at(keys: Keys, data: Any) -> object:
    for key in keys:
        data = data[key]
    return data


def _unknown_key(keys: Keys, data: object) -> Diagnostic:
    part = _part_at(keys[:-1], data)
    known = _file_keys(part)
    params = {"key": keys[-1], "kind": part.__name__.lower(), "suggestion": "", "known": known}
    variant = "interpolate" if keys[-1] == "interpolate" else ""
    return Diagnostic("unknown-key", Severity.ERROR, Path(keys, on_key=True), params, variant)


def _part_at(keys: Keys, data: object) -> type[Part]:
    """The class of the part that `keys` lead to, by the last key that names one."""
    if keys[-2:-1] in {("measures",), ("levels",)}:
        return _PARTS[str(keys[-2])]
    named = next((key for key in reversed(keys) if key in _PARTS or key == "indicators"), None)
    if named == "indicators":
        value = _value_at(keys, data)
        return Group if isinstance(value, Mapping) and "indicators" in value else Indicator
    return _PARTS.get(str(named), IndicatorSet)


@cache
def _file_keys(part: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in part.model_fields.items())


def _missing_key(keys: Keys, key: str, data: object) -> Diagnostic:
    is_named = bool(keys) and (isinstance(keys[-1], str) or keys[-2:-1] == ("levels",))
    path = Path(keys, on_key=is_named)
    kind = _part_at(keys, data).__name__.lower()
    return Diagnostic("missing-key", Severity.ERROR, path, {"key": key, "kind": kind})


def _not_among(keys: Keys, data: object) -> Diagnostic:
    value = _value_at(keys, data)
    field = _part_at(keys[:-1], data).model_fields.get(str(keys[-1]))
    known = tuple(str(item) for item in _literals(field.annotation)) if field else ()
    params = {"key": str(keys[-1]), "value": _short(value), "known": known, "suggestion": ""}
    if value == "interpolate":
        variant = "interpolate"
    elif keys == ("kpi",):
        variant = "quoted-version" if value == "1" else "version"
    else:
        variant = "not-among"
    return Diagnostic("wrong-type", Severity.ERROR, Path(keys), params, variant)


def _literals(annotation: Any) -> tuple[object, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(item for inner in get_args(annotation) for item in _literals(inner))


def _wrong_type(keys: Keys, error: Any, data: object) -> Diagnostic:
    value = _value_at(keys, data)
    expected = "scale" if keys == ("scale",) else _EXPECTED[error["type"]]
    named = [key for key in keys if isinstance(key, str)]
    params = {
        "key": named[-1] if named else "",
        "expected": expected,
        "kind": _kind_of(value),
        "value": _short(value),
        "digits": _short(value).translate(TO_ASCII),
    }
    variant = _choose_variant(keys, expected, value)
    return Diagnostic("wrong-type", Severity.ERROR, Path(keys), params, variant)


def _choose_variant(keys: Keys, expected: str, value: object) -> str:
    """Which sentence says best what is wrong: quotes too many, quotes too few, a percent sign, or just the types."""
    if not keys:
        return "root"
    if expected == "not-empty":
        return "empty"
    if isinstance(value, str) and expected in {"number", "whole-number"}:
        named = _name_number_text(value)
        if named:
            return named
    if keys[-2:-1] == ("roster",) and isinstance(value, str):
        return "roster-entry"
    if keys[:1] == ("grades",) and expected in {"not-negative", "up-to-hundred"}:
        return "grade-min"
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and keys[-1] in _BOUNDED:
        return str(keys[-1])
    item = "item" if isinstance(keys[-1], int) and keys[-2:-1] != ("levels",) else ""
    if not _short(value):
        return f"{item}-bare".lstrip("-")
    if expected == "text" and not isinstance(value, str):
        return f"{item}-unquoted".lstrip("-")
    return item


def _name_number_text(text: str) -> str:
    if parse_number(text) is not None:
        return "quoted-number"
    if _PERCENT.match(text):
        return "percent"
    return "" if parse_number(text.translate(TO_ASCII)) is None else "thai-digits"


def _kind_of(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "boolean"
        case str():
            return "text" if value else "empty-text"
        case tuple():
            return "list"
        case Mapping():
            return "mapping"
    return "number" if isinstance(value, int | Decimal) else "date"


def _short(value: object) -> str:
    match value:
        case bool() | Decimal():
            text = exact_text(value)
        case None | tuple() | Mapping():
            text = ""
        case _:
            text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"
