"""`kpi schema`: current in docs, a schema indeed, met by what is sound and by nothing that is misshapen."""

from __future__ import annotations

import json
import pathlib
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from kpi_cli.definition.data import convert_tree
from kpi_cli.definition.find import find_shipped
from kpi_cli.definition.schema import build_schema
from kpi_cli.definition.tree import compose_tree
from tests.unit.definition.small import SMALL, load, vary
from tests.unit.definition.test_shape import FULL
from tests.unit.definition.test_structure import TWO

DOCUMENTED = pathlib.Path(__file__).parents[3] / "docs" / "schemas" / "indicator-set.json"


def _as_json(value: object) -> Any:
    """Plain values as JSON has them: keys are text, dates too, numbers are numbers."""
    match value:
        case dict():
            return {str(key): _as_json(item) for key, item in value.items()}
        case tuple():
            return [_as_json(item) for item in value]
        case Decimal():
            return float(value)
        case bool() | int() | str() | None:
            return value
    return str(value)


def _errors(text: str) -> list[str]:
    tree = compose_tree(text)
    assert tree is not None
    validator = jsonschema.Draft202012Validator(build_schema(), format_checker=jsonschema.FormatChecker())
    return [error.message for error in validator.iter_errors(_as_json(convert_tree(tree)))]


def test_the_documented_schema_is_current() -> None:
    assert json.loads(DOCUMENTED.read_text(encoding="utf-8")) == build_schema(), "kpi schema > " + str(DOCUMENTED)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(build_schema())


@pytest.mark.parametrize("text", [SMALL, FULL, TWO, find_shipped().path.read_text(encoding="utf-8")])
def test_what_is_sound_meets_it(text: str) -> None:
    assert _errors(text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kpi: 1", "kpi: 2"),
        ("id: small", "id: sm all"),
        ("title: A small set\n", ""),
        ("scale: 2", "scale: 0"),
        ("scale: 2", "sclae: 2"),
        ("weight: 100", "weight: 0"),
        ("weight: 100", 'weight: "100"'),
        ("weight: 100", "weight: 100\n        policy: lader"),
        ("type: flag", "type: flg"),
        ("choices: [town, hill]", "note: x"),
        ("          plan: {", "          Plan: {"),
        ("title: Sites", "title: Sites, range: [1]"),
        ("title: Sites", "title: Sites, range: [1, 2, 3]"),
        ("title: Sites", "title: Sites, step: 0"),
        ("title: Sites", "title: Sites, aliases: x"),
        ('{when: {spent: "< 75"}}', "{}"),
        ('{spent: "< 75"}', "{}"),
        ('{spent: "< 75"}', "{any: []}"),
        ('"< 75"', "{a: 1}"),
        ("          1: {when", "          x: {when"),
        ("    title: Team\n", "    title: Team\n    share: -1\n"),
    ],
)
def test_what_is_misshapen_does_not(old: str, new: str) -> None:
    text = vary(old, new)
    assert _errors(text)
    assert load(text).definition is None


def test_every_key_is_explained() -> None:
    schema = build_schema()
    parts = {"Set": schema, **schema["$defs"]}
    silent = [
        f"{part}.{key}"
        for part, one in parts.items()
        for key, described in one.get("properties", {}).items()
        if not described.get("description")
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("rule", "sound"),
    [
        ({"any": [{"m": ">= 1"}, {"all": [{"k": 1}, {"n": True}]}]}, True),
        ({"all": ">= 1"}, False),
        ({"any": []}, False),
        ({"M": ">= 1"}, False),
    ],
)
def test_nested_rules(rule: object, sound: bool) -> None:
    schema = build_schema()
    validator = jsonschema.Draft202012Validator({**schema["$defs"]["Rule"], "$defs": schema["$defs"]})
    assert validator.is_valid(rule) is sound
