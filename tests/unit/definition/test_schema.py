"""`kpi schema`: current in docs, a schema indeed, met by what is sound and by nothing that is misshapen."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args

import jsonschema
import pytest

from kpi_cli.checks.accepts import ACCEPTABLE_CODES
from kpi_cli.definition.data import convert_tree
from kpi_cli.definition.find import find_shipped
from kpi_cli.definition.schema import build_schema
from kpi_cli.definition.tree import compose_tree
from kpi_cli.model.fields import Better, MeasureType
from kpi_cli.rules.policy import Policy
from tests.unit.definition.small import SMALL, load, rule, vary
from tests.unit.definition.test_shape import FULL
from tests.unit.definition.test_structure import TWO

PROJECT = pathlib.Path(__file__).parents[3]
DOCUMENTED = PROJECT / "docs" / "schemas" / "indicator-set.json"


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


@pytest.mark.parametrize("text", [SMALL, FULL, TWO], ids=["small", "full", "two"])
def test_what_is_sound_meets_it(text: str) -> None:
    assert _errors(text) == []


STARTERS = PROJECT / "kpi_cli" / "render" / "starters"
SOUND = [find_shipped().path, *sorted((PROJECT / "tests" / "cases" / "ok").glob("*.yaml")), *STARTERS.glob("*.yaml")]


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_every_sound_set_of_the_project_meets_it(path: pathlib.Path) -> None:
    assert _errors(path.read_text(encoding="utf-8")) == []


def test_the_shipped_set_points_an_editor_at_it() -> None:
    path = find_shipped().path
    first, _, _ = path.read_text(encoding="utf-8").partition("\n")
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve() == DOCUMENTED.resolve()


@pytest.mark.parametrize(
    "test",
    [
        '">=75"', '" >= 75 "', '"= +.5"', '"-3"', "5", '"[0..75)"', '"( -5 .. -1 ]"', '"< 5, > 10"', '"not(0)"',
        '"not( [1..2], 5 )"', '"not(not(1))"', "true", '"true"', "town", "[town, hill]",
        '"not(town)"', "ครบ", '"3 ครั้ง"',
    ],
)  # fmt: skip
def test_tests_of_every_kind(test: str) -> None:
    assert _errors(rule(test)) == []


def test_every_word_of_a_list_is_explained() -> None:
    listed = [part for part in _walk(build_schema()) if "enum" in part and "description" in part]
    assert len(listed) >= 5
    assert [part for part in listed if len(part["enum"]) != len(part.get("enumDescriptions", ()))] == []


def test_the_words_are_those_of_the_program() -> None:
    parts = build_schema()["$defs"]
    assert set(parts["Accept"]["properties"]["code"]["enum"]) == ACCEPTABLE_CODES
    assert set(parts["Measure"]["properties"]["type"]["enum"]) == set(get_args(MeasureType))
    assert set(parts["Measure"]["properties"]["better"]["enum"]) == set(get_args(Better))
    assert set(parts["Indicator"]["properties"]["policy"]["enum"]) == set(get_args(Policy))


def test_examples_are_sound() -> None:
    schema = build_schema()
    for part in _walk(schema):
        validator = jsonschema.Draft202012Validator({**part, "$defs": schema["$defs"]})
        assert [example for example in part.get("examples", ()) if not validator.is_valid(example)] == []


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    if isinstance(node, dict):
        if "type" in node or "$ref" in node or "anyOf" in node:
            yield node
        for key, value in node.items():
            yield from _walk(value) if key != "examples" else ()
    for item in node if isinstance(node, list) else ():
        yield from _walk(item)


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
        ("weight: 100", "weight: 101"),
        ('"< 75"', '"=> 75"'),
        ('"< 75"', '"> = 75"'),
        ('"< 75"', '"< 75%"'),
        ('"< 75"', '"≤ 75"'),
        ('"< 75"', '"< ๗๕"'),
        ('"< 75"', '"70-75"'),
        ('"< 75"', '""'),
        ('"< 75"', "[0..75]"),
        ('"< 75"', ""),
        ("title: Sites", "title: Sites, choices: [a]"),
        ("title: Sites", "title: Sites, ratio: {part: spent, whole: sites}"),
        ("title: Sites", "title: Sites, range: [-1, 3]"),
        ("title: A plan", "title: A plan, step: 1"),
        ("title: A plan", "title: A plan, range: [0, 1]"),
        ("title: A plan", "title: A plan, better: up"),
        ("title: A plan", "title: A plan, not_applicable: yes"),
        ("choices: [town, hill]", "choices: []"),
        ("choices: [town, hill]", "choices: [town, town]"),
        ("          plan: {", "          any: {"),
        ("          1: {when", "          0: {when"),
        ("          1: {when", "          101: {when"),
        ("scale: 2", "scale: 101"),
        ("weight: 100", "weight: 100\n        tests: [{given: {spent: 1}}]"),
        ("weight: 100", "weight: 100\n        tests: [{spent: 1, level: 1}]"),
        ("weight: 100", "weight: 100\n        tests: [{given: {Spent: 1}, level: 1}]"),
        ("weight: 100", "weight: 100\n        accept: [{code: level-gap, why: x}]"),
        ("weight: 100", "weight: 100\n        accept: [{code: level-gap, level: 1}]"),
        ("scale: 2", "entity: {roster: [{code: 1, name: A}]}\nscale: 2"),
        ("scale: 2", "period: {from: 2020-10-01}\nscale: 2"),
        ("scale: 2", "source: {date: 2020-10-01}\nscale: 2"),
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
