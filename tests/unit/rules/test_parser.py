from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.rules.ast import Compare, Either, Interval, Is, Negation, Span, UnaryTest
from kpi_cli.rules.parser import MAX_DEPTH, MAX_LENGTH, RuleSyntaxError, parse_unary
from kpi_cli.rules.printer import print_unary


def _compare(operator: str, number: str) -> Compare:
    return Compare(operator, Decimal(number))  # type: ignore[arg-type]


def _interval(low: str, high: str, ends: str) -> Interval:
    return Interval(Decimal(low), Decimal(high), ends[0] == "[", ends[1] == "]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("< 75", _compare("<", "75")),
        ("<=75", _compare("<=", "75")),
        ("> 75.5", _compare(">", "75.5")),
        (">=\t75", _compare(">=", "75")),
        ("= 0", _compare("=", "0")),
        ("75", _compare("=", "75")),
        ("  75  ", _compare("=", "75")),
        (".5", _compare("=", "0.5")),
        ("-.5", _compare("=", "-0.5")),
        (">= -12", _compare(">=", "-12")),
        ("> +3", _compare(">", "3")),
        ("0.50", _compare("=", "0.5")),
        ("[80..90]", _interval("80", "90", "[]")),
        ("(80..90)", _interval("80", "90", "()")),
        ("[80..90)", _interval("80", "90", "[)")),
        ("(80..90]", _interval("80", "90", "(]")),
        ("[ -1.5 .. .5 ]", _interval("-1.5", "0.5", "[]")),
        ("[-5..-3]", _interval("-5", "-3", "[]")),
        ("[3..3]", _interval("3", "3", "[]")),
        ("1, 2", Either((_compare("=", "1"), _compare("=", "2")))),
        ("1,2,3", Either((_compare("=", "1"), _compare("=", "2"), _compare("=", "3")))),
        ("1, 250", Either((_compare("=", "1"), _compare("=", "250")))),
        ("1000,250", Either((_compare("=", "1000"), _compare("=", "250")))),
        ("< 5, [10..20)", Either((_compare("<", "5"), _interval("10", "20", "[)")))),
        ("not(5)", Negation(_compare("=", "5"))),
        ("not (1, > 5)", Negation(Either((_compare("=", "1"), _compare(">", "5"))))),
        ("not(not(5)), 7", Either((Negation(Negation(_compare("=", "5"))), _compare("=", "7")))),
        ("true", Is(True)),
        (" false ", Is(False)),
        ("not(true)", Negation(Is(True))),
        ("9" * 40, _compare("=", "9" * 40)),
    ],
)
def test_good_unary_tests(text: str, expected: UnaryTest) -> None:
    assert parse_unary(text) == expected


@pytest.mark.parametrize(
    ("text", "reason", "span", "found", "suggestion"),
    [
        # nothing where a test should be
        ("", "test-expected", (0, 1), "", ""),
        ("   ", "test-expected", (0, 1), "", ""),
        ("abc", "test-expected", (0, 3), "abc", ""),
        ("True", "test-expected", (0, 4), "True", ""),
        ("yes", "test-expected", (0, 3), "yes", ""),
        ("มากกว่า 80", "test-expected", (0, 7), "มากกว่า", ""),
        ("1, ", "test-expected", (2, 3), "", ""),
        (", 1", "test-expected", (0, 1), ",", ""),
        ("not()", "test-expected", (4, 5), ")", ""),
        ("]80..90[", "test-expected", (0, 1), "]", ""),
        ("- 5", "test-expected", (0, 1), "-", ""),
        ("..5", "test-expected", (0, 2), "..", ""),
        # a number
        (">=", "number-expected", (2, 3), "", ""),
        (">= ", "number-expected", (2, 3), "", ""),
        ("> abc", "number-expected", (2, 5), "abc", ""),
        ("> > 5", "number-expected", (2, 3), ">", ""),
        ("> true", "number-expected", (2, 6), "true", ""),
        ("<> 5", "number-expected", (1, 2), ">", ""),
        ("[..5]", "number-expected", (1, 3), "..", ""),
        ("[5..]", "number-expected", (4, 5), "]", ""),
        ("(5, 6)", "range-expected", (2, 3), ",", ""),
        ("((1..2))", "number-expected", (1, 2), "(", ""),
        ("> 5.", "number-malformed", (2, 4), "5.", ""),
        ("010", "number-malformed", (0, 3), "010", ""),
        ("> -01.5", "number-malformed", (2, 7), "-01.5", ""),
        ("9" * 41, "too-many-digits", (0, 41), "9" * 41, ""),
        (">= 1" + "0" * 55, "too-many-digits", (3, 59), "1" + "0" * 55, ""),
        ("-" + "9" * 40, "too-many-digits", (0, 41), "-" + "9" * 40, ""),
        ("0" * 55, "number-malformed", (0, 55), "0" * 55, ""),
        ("01." + "5" * 55, "number-malformed", (0, 58), "01." + "5" * 55, ""),
        ("5" * 55 + ".", "number-malformed", (0, 56), "5" * 55 + ".", ""),
        (">= 1e30", "exponent", (3, 7), "1e30", ""),
        ("[0..1.5E-3]", "interval-end-expected", (7, 8), "E", ""),
        ("< 1.5E-3", "exponent", (2, 8), "1.5E-3", ""),
        ("< 15 e3", "end-expected", (5, 7), "e3", ""),
        # what people write instead
        ("1,250", "thousands", (0, 5), "1,250", "1250"),
        (">= 1,000", "thousands", (3, 8), "1,000", "1000"),
        ("-1,250", "thousands", (0, 6), "-1,250", "-1250"),
        ("[1,001..1,500]", "thousands", (1, 6), "1,001", "1001"),
        ("> 12,345,678.5", "thousands", (2, 12), "12,345,678", "12345678"),
        ("> ๘๐", "thai-digits", (2, 3), "๘", ""),
        ("๘๐", "thai-digits", (0, 1), "๘", ""),
        (">= 80%", "percent-sign", (5, 6), "%", ""),
        ("=> 80", "operator-near", (0, 2), "=>", ">="),
        ("=< 80", "operator-near", (0, 2), "=<", "<="),
        ("== 80", "operator-near", (0, 2), "==", "="),
        ("!= 80", "operator-unknown", (0, 2), "!=", ""),
        ("≥ 80", "operator-near", (0, 1), "≥", ">="),
        ("≤80", "operator-near", (0, 1), "≤", "<="),
        ("1, > 80, ＞ 90", "operator-near", (9, 10), "＞", ">"),
        ("＜ 90", "operator-near", (0, 1), "＜", "<"),
        ("[1…5]", "operator-near", (2, 3), "…", ".."),
        ("[0...5]", "operator-near", (2, 5), "...", ".."),
        # intervals
        ("[5]", "range-expected", (2, 3), "]", ""),
        ("[5 6]", "range-expected", (3, 4), "6", ""),
        ("[5.6]", "range-expected", (4, 5), "]", ""),
        ("[5....6]", "range-expected", (2, 6), "....", ""),
        ("[1..5", "interval-end-expected", (5, 6), "", ""),
        ("[1..5, 6", "interval-end-expected", (5, 6), ",", ""),
        ("[90..80]", "interval-empty", (0, 8), "", ""),
        ("1, (3..3)", "interval-empty", (3, 9), "", ""),
        ("[3..3)", "interval-empty", (0, 6), "", ""),
        ("(3..3]", "interval-empty", (0, 6), "", ""),
        # the rest
        ("75 80", "end-expected", (3, 5), "80", ""),
        (">= 75 )", "end-expected", (6, 7), ")", ""),
        ("true true", "end-expected", (5, 9), "true", ""),
        (">= 75 and <= 80", "both-ends", (6, 9), "and", "[75..80]"),
        (">=70 and <80", "both-ends", (5, 8), "and", "[70..80)"),
        ("< 80 และ > 70", "both-ends", (5, 8), "และ", "(70..80)"),
        ("> 70 <= 80", "both-ends", (5, 7), "<=", "(70..80]"),
        (">= 80 and < 80", "end-expected", (6, 9), "and", ""),
        (">= 75 and >= 80", "end-expected", (6, 9), "and", ""),
        (">= 75 and <= 80 and true", "end-expected", (6, 9), "and", ""),
        ("75 and <= 80", "end-expected", (3, 6), "and", ""),
        (">= 75 or <= 80", "end-expected", (6, 8), "or", ""),
        (">= 75 and", "end-expected", (6, 9), "and", ""),
        ("1 # why", "end-expected", (2, 3), "#", ""),
        ("not 5", "mark-expected", (4, 5), "5", "("),
        ("not", "mark-expected", (3, 4), "", "("),
        ("not(5", "mark-expected", (5, 6), "", ")"),
        ("not(5 6)", "mark-expected", (6, 7), "6", ")"),
        ("1" + " " * MAX_LENGTH, "too-long", (0, 1), "", ""),
        ("not(" * (MAX_DEPTH + 1), "too-deep", (4 * MAX_DEPTH + 3, 4 * MAX_DEPTH + 4), "(", ""),
        ("not(" * 5_000, "too-long", (0, 1), "", ""),
    ],
)
def test_bad_unary_tests(text: str, reason: str, span: Span, found: str, suggestion: str) -> None:
    with pytest.raises(RuleSyntaxError) as caught:
        parse_unary(text)
    error = caught.value
    assert (error.reason, error.span, error.found, error.suggestion) == (reason, span, found, suggestion)
    assert error.args == (reason, span, found, suggestion)


def test_what_is_just_within_the_limits_parses() -> None:
    assert parse_unary("not(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH)
    assert parse_unary("1" + " " * (MAX_LENGTH - 1)) == _compare("=", "1")


def test_depth_counts_what_is_open_and_not_what_is_closed() -> None:
    text = ", ".join(["not(1)"] * (MAX_DEPTH + 1))
    assert parse_unary(text) == Either((Negation(_compare("=", "1")),) * (MAX_DEPTH + 1))
    deepest = "not(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH
    assert parse_unary(f"not(1), {deepest}")
    error = _parse(f"not(1), not({deepest})")
    assert isinstance(error, RuleSyntaxError)
    assert error.reason == "too-deep"


def test_each_node_knows_where_it_stands() -> None:
    text = " >= 75, not( [1 .. 2], true )  "
    tree = parse_unary(text)
    assert isinstance(tree, Either)
    compare, negation = tree.tests
    assert isinstance(negation, Negation)
    assert isinstance(negation.test, Either)
    nodes = [tree, compare, negation, negation.test, *negation.test.tests]
    assert [text[slice(*node.span)] for node in nodes if node.span] == [
        ">= 75, not( [1 .. 2], true )",
        ">= 75",
        "not( [1 .. 2], true )",
        "[1 .. 2], true",
        "[1 .. 2]",
        "true",
    ]


def test_a_bare_number_has_a_span_too() -> None:
    assert parse_unary("  75 ").span == (2, 4)


_pieces = st.sampled_from(
    ["<", "<=", "=", "not", "(", ")", "[", "]", "..", ",", " ", "true", "75", "1,250", "-.5", "%", "๘"]
)


@given(st.text(max_size=40) | st.lists(_pieces, max_size=14).map("".join))
def test_any_text_is_a_tree_or_a_placed_syntax_error(text: str) -> None:
    parsed = _parse(text)
    if isinstance(parsed, RuleSyntaxError):
        low, high = parsed.span
        assert 0 <= low < high <= len(text) + 1
        assert parsed.found in {"", text[low:high]}
    else:
        assert parse_unary(print_unary(parsed)) == parsed


def _parse(text: str) -> UnaryTest | RuleSyntaxError:
    try:
        return parse_unary(text)
    except RuleSyntaxError as error:
        return error
