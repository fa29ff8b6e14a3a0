import pytest

from kpi_cli.definition.text import MAX_BYTES, decode_definition, read_tree
from kpi_cli.diagnostics import Diagnostic, Place
from tests.patience import within

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("data", "code", "variant", "line", "column"),
    [
        (b"a: 1\nb: \xff\n", "unreadable", "not-utf8", 2, 4),
        (BOM + b"a: 1\r\nb: \xc3(\n", "unreadable", "not-utf8", 2, 4),
        (b"a: 1\rb: \xe0\xb8", "unreadable", "not-utf8", 2, 4),
        ("กข: ".encode() + b"\xa1", "unreadable", "not-utf8", 1, 5),
        ("a: ก".encode("cp874"), "unreadable", "not-utf8", 1, 4),
        ("a: 1".encode("utf-16"), "unreadable", "utf16", None, None),
        (b"\xfe\xff" + "a: 1".encode("utf-16-be"), "unreadable", "utf16", None, None),
        ("a: 1".encode("utf-16-le"), "yaml-syntax", "control", 1, 2),
        (b"a: 1\nb: x\0y\n", "yaml-syntax", "control", 2, 5),
        (b"a: \x1b[31m", "yaml-syntax", "control", 1, 4),
        (BOM + b"a: 1\n" + BOM + b"b: 2", "yaml-syntax", "control", 2, 1),
        ("a: \x9b".encode(), "yaml-syntax", "control", 1, 4),
        ("a: \ufffe".encode(), "yaml-syntax", "control", 1, 4),
        (b"x" * (MAX_BYTES + 1), "unreadable", "definition-too-large", None, None),
        (b"a: " + b"x" * 3_000_000, "unreadable", "definition-too-large", None, None),
    ],
)
def test_what_cannot_be_read(data: bytes, code: str, variant: str, line: int | None, column: int | None) -> None:
    problem = decode_definition(data, "draft.yaml").problem
    assert problem is not None
    assert isinstance(problem.place, Place)
    assert (problem.code, problem.variant) == (code, variant)
    assert (problem.place.file, problem.place.line, problem.place.column) == ("draft.yaml", line, column)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (BOM + b"a: 1", "a: 1"),
        ("ก: 😀\t\r\n\x85\u2028".encode(), "ก: 😀\t\r\n\x85\u2028"),
        (b"x" * MAX_BYTES, "x" * MAX_BYTES),
    ],
)
def test_what_can(data: bytes, text: str) -> None:
    assert decode_definition(data, "draft.yaml") == (text, None)


def test_the_text_around_a_broken_byte_serves_the_excerpt() -> None:
    assert decode_definition(b"a: \xff\nb: 1\n", "draft.yaml").text == "a: \ufffd\nb: 1\n"


UNQUOTED = {
    # a mapping in braces, and in lines of their own
    "m: >= 80\n": (1, 4, ">= 80"),
    "m: > 80\n": (1, 4, "> 80"),
    "m: >80\n": (1, 4, ">80"),
    "m: >-5 x\n": (1, 4, ">-5 x"),
    "when: {m: >= 75}\n": (1, 11, ">= 75"),
    "when: {m: >75, n: true}\n": (1, 11, ">75"),
    "when: {m: => 75}\n": None,  # a plain text, and a rule-syntax later
    "when: {m: (80..90]}\n": (1, 11, "(80..90]"),
    "when: {m: [80..90)}\n": (1, 11, "[80..90)"),
    "when: {m: [ -1.5 .. .5 )}\n": (1, 11, "[ -1.5 .. .5 )"),
    "when: {m: < 75, > 90}\n": (1, 11, "< 75, > 90"),
    "when:\n  m: [80..90)\nb: 1\n": (2, 6, "[80..90)"),
    "when:\n  m: [80..90)\n" + "  # a comment\n" * 30 + "b: 1\nc: 2\n": (2, 6, "[80..90)"),
    # what only looks like one
    "m: (80..90]\n": None,
    "m: (0..75)\n": None,
    "m: < 75\n": None,
    "m: = 80\n": None,
    "range: [0, 100]\nb: 'x\n": "unclosed",
    'm: "< 5, > 9"\nb: [x\n': "unclosed",
    "m: '> 9' # is m: > 9\nb: {x\n": "unclosed",
    "m: 5 # not m: [80..90)\nb: {x\n": "unclosed",
    "a: b: > c\n": "colon",
}


@pytest.mark.parametrize("text", UNQUOTED)
def test_a_rule_without_quotes_is_named_where_it_stands(text: str) -> None:
    expected = UNQUOTED[text]
    tree = read_tree(text, "draft.yaml")
    if expected is None:
        assert not isinstance(tree, Diagnostic)
        return
    assert isinstance(tree, Diagnostic)
    if isinstance(expected, str):
        assert (tree.code, tree.variant) == ("yaml-syntax", expected)
        return
    line, column, rule = expected
    assert tree.code == "unquoted-rule"
    assert tree.params == {"rule": rule}
    assert tree.place == Place("draft.yaml", line, column, line, column + len(rule))


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "--- ~\n", "\n \n"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    tree = read_tree(text, "draft.yaml")
    if text == "--- ~\n":
        assert not isinstance(tree, Diagnostic)
        return
    assert isinstance(tree, Diagnostic)
    assert (tree.code, tree.variant, tree.place) == ("missing-key", "empty-file", Place("draft.yaml", 1, 1, 1, 1))


@pytest.mark.parametrize(
    "line",
    [
        '{"' * 250_000,
        '{"' + '\\"' * 400_000,
        "{x: >" + "1" * 900_000,
        "{x: [" + "1" * 900_000,
        "{x:" + " " * 900_000 + ">",
    ],
)
def test_a_long_line_costs_no_time(line: str) -> None:
    with within(1):
        assert isinstance(read_tree(line, "draft.yaml"), Diagnostic)
