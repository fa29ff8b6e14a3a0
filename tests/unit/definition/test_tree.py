import pytest
import yaml

from kpi_cli.definition import tree
from kpi_cli.definition.tree import MAX_DEPTH, Mapping, Node, Scalar, Sequence, TreeError, compose_tree
from tests.patience import within

LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 20))
LONG_TEXT = "a: &a " + "x" * 400_000 + "\nb: [" + "*a, " * 100_000 + "]\n"
LADDER = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} {'[' * 9}*a{i - 1}{']' * 9}\n" for i in range(1, 2_000))


def _scalars(node: Node | None) -> list[tuple[str, int, int, int, int]]:
    match node:
        case Scalar():
            return [(node.text, *node.region)]
        case Sequence():
            return [found for item in node.items for found in _scalars(item)]
        case Mapping():
            return [found for pair in node.entries for item in pair for found in _scalars(item)]
    return []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n", [("a", 1, 1, 1, 2), ("b", 1, 4, 1, 5)]),
        ('a: "b c"\n', [("a", 1, 1, 1, 2), ("b c", 1, 4, 1, 9)]),
        ("กข: คง\n", [("กข", 1, 1, 1, 3), ("คง", 1, 5, 1, 7)]),
        ("😀: 😀😀\n", [("😀", 1, 1, 1, 2), ("😀😀", 1, 4, 1, 6)]),
        ("a: 1\r\nb: 2\r\n", [("a", 1, 1, 1, 2), ("1", 1, 4, 1, 5), ("b", 2, 1, 2, 2), ("2", 2, 4, 2, 5)]),
        ("a: 1\rb: 2\r", [("a", 1, 1, 1, 2), ("1", 1, 4, 1, 5), ("b", 2, 1, 2, 2), ("2", 2, 4, 2, 5)]),
        ("a: 1\x85b: 2", [("a", 1, 1, 1, 2), ("1", 1, 4, 1, 5), ("b", 2, 1, 2, 2), ("2", 2, 4, 2, 5)]),
        ("a: 1\u2028b: 2", [("a", 1, 1, 1, 2), ("1", 1, 4, 1, 5), ("b", 2, 1, 2, 2), ("2", 2, 4, 2, 5)]),
        ("[x, &k y, *k]", [("x", 1, 2, 1, 3), ("y", 1, 5, 1, 9), ("y", 1, 11, 1, 13)]),
        ("a:\n", [("a", 1, 1, 1, 2), ("", 1, 3, 1, 3)]),
        ("a: |\n  x\n  y\nb: 1\n", [("a", 1, 1, 1, 2), ("x\ny\n", 1, 4, 4, 1), ("b", 4, 1, 4, 2), ("1", 4, 4, 4, 5)]),
    ],
)
def test_every_scalar_has_its_place(text: str, expected: list[object]) -> None:
    assert _scalars(compose_tree(text)) == expected


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n", "%YAML 1.1\n# x\n"])
def test_no_document_is_no_tree(text: str) -> None:
    if text.startswith("%"):
        with pytest.raises(TreeError):
            compose_tree(text)
    else:
        assert compose_tree(text) is None


@pytest.mark.parametrize("text", ["---\na: 1\n", "a: 1\n...\n", "---\na: 1\n...\n# end\n"])
def test_the_marks_of_one_document_are_fine(text: str) -> None:
    assert [found[0] for found in _scalars(compose_tree(text))] == ["a", "1"]


@pytest.mark.parametrize(
    ("text", "reason", "line", "column"),
    [
        ("a: 1\n---\nb: 2\n", "second-document", 2, 1),
        ("a: 1\n---\n", "second-document", 2, 1),
        ("a: *b\n", "unknown-alias", 1, 4),
        ("a: &a [*a]\n", "unknown-alias", 1, 8),
        ("[" * 500, "too-deep", 1, MAX_DEPTH + 1),
        ("- " * 200_000, "too-deep", 1, 2 * MAX_DEPTH + 1),
        ("? " * 200_000, "too-deep", 1, 2 * MAX_DEPTH + 1),
        (LADDER, "too-deep", 6, 18),
        (LAUGHS, "too-large", 6, 25),
        (LONG_TEXT, "too-large", 2, 29),
        ("a: 'b\nc: d\n", "unclosed", 1, 4),
        ('a: "b\nc: "d"\n', "unclosed", 1, 4),
        ("a: [b\nc: d\n", "unclosed", 1, 4),
        ("a: {b: 1\nc: d\n", "unclosed", 1, 4),
        ("a: b: c\n", "colon", 1, 5),
        ("a: [b\n", "unclosed", 1, 4),
        ("\ta: b\n", "parser", 1, 1),
        ("a: @b\n", "parser", 1, 4),
        ("%YAML 9.9\n---\na: b\n", "parser", 1, 1),
    ],
)
def test_what_makes_no_tree_is_placed(text: str, reason: str, line: int, column: int) -> None:
    with within(1), pytest.raises(TreeError) as caught:
        compose_tree(text)
    assert (caught.value.reason, *caught.value.region[:2]) == (reason, line, column)


@pytest.mark.parametrize("opening", ["[", "{"])
def test_brackets_without_end_are_too_deep_whoever_notices(opening: str) -> None:
    with within(1), pytest.raises(TreeError) as caught:
        compose_tree(opening * 200_000)  # libyaml has a bound of its own: the column is its or ours
    assert (caught.value.reason, caught.value.region.line) == ("too-deep", 1)


def test_an_open_bracket_also_says_where_that_was_noticed() -> None:
    with pytest.raises(TreeError) as caught:
        compose_tree("a:\n  b: {c: 1\nd: 2\n")
    assert caught.value.region[:2] == (2, 6)
    assert caught.value.noticed is not None
    assert caught.value.noticed.line == 3


def test_aliases_within_reason_are_fine() -> None:
    node = compose_tree("a: &a {b: [1, 2]}\nc: *a\nd: *a\n")
    assert isinstance(node, Mapping)
    assert node.entries[1][1].entries == node.entries[2][1].entries
    assert [value.aliased for _, value in node.entries] == [False, True, True]
    assert [value.region[:2] for _, value in node.entries] == [(1, 4), (2, 4), (3, 4)]


def test_a_file_may_hold_many_values_and_long_texts() -> None:
    assert compose_tree("[" + "a, " * 90_000 + "]") is not None
    assert compose_tree("a: " + "x" * 900_000) is not None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("a", "a"),
        ("1", 1),
        ('"1"', "1"),
        ("-3", -3),
        ("true", "true"),
        ("~", "~"),
        ("1.5", "1.5"),
        ("9" * 12, "9" * 12),
    ],
)
def test_a_key_is_text_or_a_level(written: str, key: str | int) -> None:
    node = compose_tree(f"{written}: x")
    assert isinstance(node, Mapping)
    (name, _) = node.entries[0]
    assert isinstance(name, Scalar)
    assert name.key == key
    assert type(name.key) is type(key)


def test_the_parser_in_python_makes_the_same_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &x [1, \"b\\u0e01\", 'c''d']\nb: |\n  text\nc: *x\nd: {e: ~, f: < 5}\n"
    there = _scalars(compose_tree(text))
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)
    assert _scalars(compose_tree(text)) == there
