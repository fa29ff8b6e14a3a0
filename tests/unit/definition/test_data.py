from datetime import date
from decimal import Decimal

import pytest

from kpi_cli.definition.data import convert_tree, inspect_tree
from kpi_cli.definition.tree import compose_tree
from kpi_cli.diagnostics import Place


def _inspect(text: str) -> list[tuple[str, str, int | None, int | None]]:
    tree = compose_tree(text)
    assert tree is not None
    found = []
    for diagnostic in inspect_tree(tree, "draft.yaml"):
        assert isinstance(diagnostic.place, Place)
        found.append((diagnostic.code, diagnostic.variant, diagnostic.place.line, diagnostic.place.column))
    return found


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1\nb: [x, 0.50, true, ~]\n", {"a": 1, "b": ("x", Decimal("0.50"), True, None)}),
        ("{1: a, '1': b}", {1: "a", "1": "b"}),
        ("a: 1\na: 2\n", {"a": 1}),
        ("a: &x {b: 1}\nc: *x\n", {"a": {"b": 1}, "c": {"b": 1}}),
        ("? [a]\n: b\nc: 1\n", {"c": 1}),
        ("a: 2021-02-25\n", {"a": date(2021, 2, 25)}),
        ("a: |\n  two\n  lines\nb: >\n  one\n  line\n", {"a": "two\nlines\n", "b": "one line\n"}),
        ('a: "5"\n', {"a": "5"}),
    ],
)
def test_a_tree_becomes_plain_values(text: str, data: object) -> None:
    tree = compose_tree(text)
    assert tree is not None
    assert convert_tree(tree) == data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: yes\n", [("yaml-surprise", "boolean-word", 1, 4)]),
        ("a: 'yes'\n", []),
        ("a: [1, 010, 1_0]\n", [("yaml-surprise", "leading-zero", 1, 8), ("yaml-surprise", "underscore", 1, 13)]),
        ("no: 1\n", [("yaml-surprise", "boolean-word", 1, 1)]),
        ("<<: {a: 1}\n", [("yaml-surprise", "merge-key", 1, 1)]),
        ("true: 1\n", [("yaml-surprise", "typed-key", 1, 1)]),
        ("~: 1\n", [("yaml-surprise", "typed-key", 1, 1)]),
        ("1.5: 1\n", [("yaml-surprise", "typed-key", 1, 1)]),
        ("2020-01-01: 1\n", [("yaml-surprise", "typed-key", 1, 1)]),
        ("5: 1\n", []),
        ("? [a, b]\n: 1\n", [("yaml-surprise", "complex-key", 1, 3)]),
        ("? {a: b}\n: 1\n", [("yaml-surprise", "complex-key", 1, 3)]),
        ("a: !!str 5\n", [("yaml-surprise", "tag", 1, 4)]),
        ("a: !!python/object:os.system x\n", [("yaml-surprise", "tag", 1, 4)]),
        ("a: !!python/tuple [1]\n", [("yaml-surprise", "tag", 1, 4)]),
        ("a: !!omap\n  b: 1\n", [("yaml-surprise", "tag", 1, 4)]),
        ("a: ! 5\n", [("yaml-surprise", "tag", 1, 4)]),
        ("a: != 80\n", [("yaml-surprise", "not-equal", 1, 4)]),
        ("!!str a: 5\n", [("yaml-surprise", "tag", 1, 1)]),
        ("a: 1\nb: 2\na: 3\na: 4\n", [("duplicate-key", "", 3, 1), ("duplicate-key", "", 4, 1)]),
        ("a: {b: [{c: 1, c: 2}]}\n", [("duplicate-key", "", 1, 16)]),
        ("{1: a, +1: b}", [("duplicate-key", "", 1, 8)]),
        ("{a: 1, 'a': 2}", [("duplicate-key", "", 1, 8)]),
        ("a: &x {b: yes}\nc: *x\nd: *x\n", [("yaml-surprise", "boolean-word", 1, 11)]),
        ("a: &x b\n? *x\n: 1\nb: 2\n", [("duplicate-key", "", 4, 1)]),
    ],
)
def test_what_yaml_would_swallow_is_found_where_it_stands(text: str, expected: list[object]) -> None:
    assert _inspect(text) == expected


def test_a_duplicate_points_back_at_the_first() -> None:
    tree = compose_tree("a: 1\nb: 2\na: 3\n")
    assert tree is not None
    (found,) = inspect_tree(tree, "draft.yaml")
    assert found.params == {"key": "a"}
    assert [(related.label, related.place) for related in found.related] == [
        ("first-here", Place("draft.yaml", 1, 1, 1, 2))
    ]
