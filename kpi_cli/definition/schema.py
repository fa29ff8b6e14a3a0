"""The JSON Schema of an indicator set as a file: the model's own schema, with what only the file has."""

from __future__ import annotations

from typing import Any

from kpi_cli.definition.field_docs import read_field_docs
from kpi_cli.definition.schema_words import ENUMS, EXAMPLES
from kpi_cli.model import MEASURE_ID, RESERVED_MEASURE_IDS, IndicatorSet, fields, indicator, indicator_set

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MEASURE = f"^(?!(?:{'|'.join(sorted(RESERVED_MEASURE_IDS))})$){MEASURE_ID}$"
_LEVEL = "^(?:[1-9][0-9]?|100)$"

# What a test looks like, short enough for an editor to show; `rules.parser` has the grammar. The name of a choice is
# told from a slip such as `>= 80%` by its letters.
_NUMBER = r"[+-]?[.0-9]+"
_ONE = rf"(?:not\s*\(\s*)?(?:[<>]=?|=|[\[(])?\s*{_NUMBER}(?:\s*\.\.\s*{_NUMBER})?\s*[\])]*"
_UNARY = rf"^\s*{_ONE}(?:\s*,\s*{_ONE})*\s*$"
_NO_INTERVAL = r"^(?![-+.0-9\s]*\.\.)"  # [80..90] without quotes is a list to YAML
_LETTER = "[A-Za-z\u00c0-\u0df4\u0e01-\u0e2e\u0e81-\u0eae\u0f00-\u1fff\u3040-\ufaff]"

_TEST = {
    "description": "A measure of this indicator, and the test that it must pass: "
    '">= 75", "80", "[80..90)", "< 5, > 10" (or), "not(0)", true; of a choice its names.',
    "anyOf": [
        {
            "description": "Of a number: < <= > >= = and a number, or an interval; commas mean or. In quotes.",
            "type": "string",
            "pattern": _UNARY,
            "examples": [">= 75", "< 75", "[80..90)", "(0..75)", "= 0", "not(0)"],
        },
        {"description": "Of a choice: its name.", "type": "string", "pattern": _LETTER},
        {"description": "Of a number: exactly this.", "type": "number"},
        {"description": "Of a flag: yes or no.", "type": "boolean"},
        {
            "description": "Of a choice: one of these.",
            "type": "array",
            "items": {"type": "string", "pattern": _NO_INTERVAL},
            "minItems": 1,
        },
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
    "patternProperties": {_MEASURE: _TEST},
    "additionalProperties": False,
}


def build_schema() -> dict[str, Any]:
    """The schema of a set, JSON Schema 2020-12. It says what is of the right shape; `kpi validate` proves the rest."""
    schema = IndicatorSet.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    parts = {**definitions, "IndicatorSet": schema}
    _describe_fields(parts)
    definitions["Rule"] = _RULE
    described = definitions["Level"]["properties"]["when"].get("description")
    definitions["Level"]["properties"]["when"] = {"$ref": "#/$defs/Rule", "description": described}
    _describe_keys(definitions)
    _bound_numbers(definitions)
    _describe_measure(definitions["Measure"])
    _describe_roster(definitions["EntityKind"]["properties"])
    _describe_items(definitions["Section"]["properties"])
    definitions["Accept"]["anyOf"] = [{"required": ["level"]}, {"required": ["at"]}]
    _simplify(schema)
    del definitions["Measure"]["properties"]["step"]["gt"]  # no word of JSON Schema
    del schema["properties"]["entity"]["default"]  # what it leaves out has defaults of its own
    _describe_values(parts)
    return {"$schema": DIALECT, **schema, "title": "Indicator set", "description": "The agreement of one round."}


def _describe_fields(parts: dict[str, Any]) -> None:
    for part, docs in read_field_docs((fields, indicator, indicator_set)).items():
        for key, text in docs.items():
            if part in parts:
                parts[part]["properties"][key]["description"] = text


def _describe_keys(definitions: dict[str, Any]) -> None:
    """The mappings whose keys are measures or levels."""
    levels, measures = {"$ref": "#/$defs/Level"}, {"$ref": "#/$defs/Measure"}
    indicator = definitions["Indicator"]["properties"]
    indicator["levels"] |= {"patternProperties": {_LEVEL: levels}, "additionalProperties": False, "minProperties": 1}
    indicator["measures"] |= {"patternProperties": {_MEASURE: measures}, "additionalProperties": False}
    for values in (definitions["TestCase"]["properties"]["given"], definitions["Accept"]["properties"]["at"]):
        mapping = next((part for part in values.get("anyOf", ()) if part.get("type") == "object"), values)
        figure = {**mapping["additionalProperties"], "description": "A measure of this indicator, and its value."}
        mapping |= {"patternProperties": {_MEASURE: figure}, "additionalProperties": False}


def _bound_numbers(definitions: dict[str, Any]) -> None:
    """The bounds of numbers that are exact in the model, which pydantic leaves out of its schema."""
    definitions["Indicator"]["properties"]["weight"] |= {"exclusiveMinimum": 0, "maximum": 100}
    definitions["Measure"]["properties"]["step"]["exclusiveMinimum"] = 0
    definitions["Section"]["properties"]["share"] |= {"minimum": 0, "maximum": 100}
    definitions["Grade"]["properties"]["min"] |= {"minimum": 0, "maximum": 100}
    definitions["TestCase"]["properties"]["level"]["maximum"] = 100
    definitions["Accept"]["properties"]["level"] |= {"minimum": 1, "maximum": 100}


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
    measure["properties"]["choices"] |= {"minItems": 1, "uniqueItems": True}
    measure["allOf"] = [
        {"if": _is_type("choice"), "then": {"required": ["choices"]}, "else": _without("choices")},
        {"if": _is_type("flag", "choice"), "then": _without("range", "step")},
        {"if": _is_type("percent"), "else": _without("ratio")},
        {"if": _is_type("count"), "then": {"properties": {"range": {"prefixItems": [{"minimum": 0}]}}}},
    ]


def _is_type(*types: str) -> dict[str, Any]:
    return {"properties": {"type": {"enum": list(types)}}, "required": ["type"]}


def _without(*keys: str) -> dict[str, Any]:
    return {"properties": dict.fromkeys(keys, False)}


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


def _describe_values(parts: dict[str, Any]) -> None:
    """What each word of a list means, in the key that editors read it from, and examples."""
    for (part, key), words in ENUMS.items():
        parts[part]["properties"][key] |= {"enum": list(words), "enumDescriptions": list(words.values())}
    for (part, key), examples in EXAMPLES.items():
        parts[part]["properties"][key]["examples"] = examples
