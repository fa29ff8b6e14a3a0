"""The JSON Schema of an indicator set as a file: the model's own schema, with what only the file has."""

from __future__ import annotations

from typing import Any

from kpi_cli.definition.field_docs import read_field_docs
from kpi_cli.model import MEASURE_ID, IndicatorSet, fields, indicator, indicator_set

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEST = {
    "description": 'A unary test: ">= 75", "80", "[80..90)", "< 5, > 10" (or), "not(0)", true; for a choice its names.',
    "anyOf": [
        {"type": "string", "minLength": 1, "examples": [">= 75", "< 75", "[80..90)", "(0..75)", "= 0", "not(0)"]},
        {"type": "number"},
        {"type": "boolean"},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
    ],
}
_RULES = {"type": "array", "items": {"$ref": "#/$defs/Rule"}, "minItems": 1}
_RULE = {
    "title": "Rule",
    "description": "Measure -> unary test, all of which must hold. `any` and `all` take lists of rules and nest.",
    "type": "object",
    "minProperties": 1,
    "properties": {
        "any": {**_RULES, "description": "One of these rules must hold."},
        "all": {**_RULES, "description": "All of these rules must hold."},
    },
    "patternProperties": {f"^(?!(?:any|all)$){MEASURE_ID}$": _TEST},
    "additionalProperties": False,
}


def build_schema() -> dict[str, Any]:
    """The schema of a set, JSON Schema 2020-12. It says what is of the right shape; `kpi validate` proves the rest."""
    schema = IndicatorSet.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    _describe_fields({**definitions, "IndicatorSet": schema})
    definitions["Rule"] = _RULE
    described = definitions["Level"]["properties"]["when"].get("description")
    definitions["Level"]["properties"]["when"] = {"$ref": "#/$defs/Rule", "description": described}
    _describe_levels(definitions["Indicator"]["properties"])
    _bound_numbers(definitions)
    _describe_measure(definitions["Measure"])
    _describe_roster(definitions["EntityKind"]["properties"])
    _describe_items(definitions["Section"]["properties"])
    _simplify(schema)
    return {"$schema": DIALECT, **schema, "title": "Indicator set", "description": "The agreement of one round."}


def _describe_fields(parts: dict[str, Any]) -> None:
    for part, docs in read_field_docs((fields, indicator, indicator_set)).items():
        for key, text in docs.items():
            if part in parts:
                parts[part]["properties"][key]["description"] = text


def _describe_levels(properties: dict[str, Any]) -> None:
    levels = {"$ref": "#/$defs/Level"}
    properties["levels"] |= {"patternProperties": {"^[1-9][0-9]*$": levels}, "additionalProperties": False}
    measures = {"$ref": "#/$defs/Measure"}
    properties["measures"] |= {"patternProperties": {f"^{MEASURE_ID}$": measures}, "additionalProperties": False}


def _bound_numbers(definitions: dict[str, Any]) -> None:
    """The bounds of numbers that are exact in the model, which pydantic leaves out of its schema."""
    definitions["Indicator"]["properties"]["weight"]["exclusiveMinimum"] = 0
    definitions["Measure"]["properties"]["step"]["exclusiveMinimum"] = 0
    definitions["Section"]["properties"]["share"]["minimum"] = 0


def _describe_measure(measure: dict[str, Any]) -> None:
    bound = {"type": ["number", "null"]}
    described = measure["properties"]["range"].get("description")
    measure["properties"]["range"] = {
        "description": described,
        "type": "array",
        "prefixItems": [bound, bound],
        "items": False,
        "minItems": 2,
    }
    is_choice = {"properties": {"type": {"const": "choice"}}, "required": ["type"]}
    measure["if"], measure["then"] = is_choice, {"required": ["choices"]}


def _describe_roster(properties: dict[str, Any]) -> None:
    described = properties["roster"].get("description")
    entries = {"type": "array", "items": {"$ref": "#/$defs/RosterEntry"}}
    properties["roster"] = {"description": described, "anyOf": [{"type": "string"}, entries]}


def _describe_items(properties: dict[str, Any]) -> None:
    """An item with `indicators` is a group, else an indicator; said so that an error speaks of the right one."""
    group, indicator = {"$ref": "#/$defs/Group"}, {"$ref": "#/$defs/Indicator"}
    properties["indicators"]["items"] = {"if": {"required": ["indicators"]}, "then": group, "else": indicator}


def _simplify(node: Any) -> None:
    """Leaves out what only the model has: null for what is optional, and titles that repeat the key."""
    if isinstance(node, list):
        for item in node:
            _simplify(item)
    if not isinstance(node, dict):
        return
    for key, value in node.get("properties", {}).items():
        if isinstance(value, dict):
            value.pop("title", None)
            node["properties"][key] = _without_null(value)
    for value in node.values():
        _simplify(value)


def _without_null(value: dict[str, Any]) -> dict[str, Any]:
    members = value.get("anyOf", [])
    kept = [member for member in members if member != {"type": "null"}]
    if len(kept) == len(members):
        return value
    rest = {key: item for key, item in value.items() if key not in {"anyOf", "default"}}
    return {**kept[0], **rest} if len(kept) == 1 else {**rest, "anyOf": kept}
