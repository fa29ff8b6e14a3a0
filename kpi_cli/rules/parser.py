"""The text of a unary test to its tree: a small lexer and a recursive-descent parser."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, cast

from kpi_cli.rules.ast import Compare, Either, Interval, Is, Negation, Operator, Span, UnaryTest
from kpi_cli.rules.printer import print_unary
from kpi_cli.rules.values import MAX_DIGITS, parse_number

MAX_LENGTH = 2_000
MAX_DEPTH = 32


class RuleSyntaxError(Exception):
    """Text that is no unary test: the name of the reason, where it stands, and what was found there."""

    def __init__(self, reason: str, span: Span, found: str = "", suggestion: str = "") -> None:
        super().__init__(reason, span, found, suggestion)
        self.reason, self.span, self.found, self.suggestion = reason, span, found, suggestion


class _Token(NamedTuple):
    kind: str
    text: str
    span: Span


# Thai vowels and tone marks above and below a letter belong to its word, though `\w` leaves them out.
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<thousands>[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]))
      | (?P<number>[+-]?(?:[0-9]+(?:\.(?!\.)[0-9]*)?|\.(?!\.)[0-9]+))
      | (?P<operator>[<>=!]=|=[<>]|[<>=])
      | (?P<range>\.{2,})
      | (?P<word>[^\W\d_](?:\w|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])*)
      | (?P<mark>[\[\](),])
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_MEANT = {"=<": "<=", "=>": ">=", "==": "=", "≤": "<=", "≥": ">=", "＜": "<", "＞": ">", "…": "..", "...": ".."}
_THAI_DIGITS = frozenset("๐๑๒๓๔๕๖๗๘๙")
_AND = frozenset({"and", "AND", "และ", "&"})
_EXPONENT = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")
_OPERATORS = frozenset({"<", "<=", ">", ">=", "="})


def parse_unary(text: str) -> UnaryTest:
    """The unary test that `text` spells; raises `RuleSyntaxError` with the span of the first thing amiss."""
    if len(text) > MAX_LENGTH:
        raise RuleSyntaxError("too-long", (0, 1))
    return _Parser(text).parse()


class _Parser:
    """Recursive descent over this grammar (S-FEEL, plus `=`):

    tests      = test {"," test}
    test       = "not" "(" tests ")" | "true" | "false" | comparison | interval | number
    comparison = ("<" | "<=" | ">" | ">=" | "=") number
    interval   = ("[" | "(") number ".." number ("]" | ")")
    number     = ["+" | "-"] (digits ["." digits] | "." digits)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [*_lex(text), _Token("end", "", (len(text.rstrip()), len(text.rstrip()) + 1))]
        self.position = 0
        self.depth = 0

    def parse(self) -> UnaryTest:
        unary = self.tests()
        if self.here.kind != "end":
            raise self.unexpected_after(unary)
        return unary

    def tests(self) -> UnaryTest:
        start = self.here.span[0]
        tests = [self.test()]
        while self.take(","):
            tests.append(self.test())
        if len(tests) == 1:
            return tests[0]
        return Either(tuple(tests), span=(start, self.last_end))

    def test(self) -> UnaryTest:
        token = self.here
        match token.kind, token.text:
            case "word", "not":
                return self.negation()
            case "word", "true" | "false":
                self.position += 1
                return Is(token.text == "true", span=token.span)
            case "operator", _:
                return self.comparison()
            case "mark", "[" | "(":
                return self.interval()
            case "number", _:
                return Compare("=", self.number(), span=token.span)
        raise self.unexpected("test-expected")

    def negation(self) -> Negation:
        start = self.here.span[0]
        self.position += 1
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.unexpected("too-deep")
        self.expect("(")
        test = self.tests()
        self.expect(")")
        self.depth -= 1
        return Negation(test, span=(start, self.last_end))

    def comparison(self) -> Compare:
        token = self.here
        if token.text not in _OPERATORS:
            raise self.unexpected("operator-unknown")
        self.position += 1
        number = self.number()
        return Compare(cast(Operator, token.text), number, span=(token.span[0], self.last_end))

    def interval(self) -> Interval:
        start = self.here.span[0]
        low_closed = self.take("[") or not self.take("(")
        low = self.number()
        if self.here.text != "..":
            raise self.unexpected("range-expected")
        self.position += 1
        high = self.number()
        if self.here.text not in {"]", ")"}:
            raise self.unexpected("interval-end-expected")
        high_closed = self.take("]") or not self.take(")")
        interval = Interval(low, high, low_closed, high_closed, span=(start, self.last_end))
        if _is_empty(interval):
            raise RuleSyntaxError("interval-empty", (start, self.last_end))
        return interval

    def number(self) -> Decimal:
        token = self.here
        if token.kind != "number":
            raise self.unexpected("number-expected")
        number = parse_number(token.text)
        digits = token.text.lstrip("+-")
        if number is None or (digits[:1] == "0" and digits[1:2].isdigit()):
            raise self.unexpected(_explain_number(digits))
        self.position += 1
        return number

    @property
    def here(self) -> _Token:
        return self.tokens[self.position]

    @property
    def last_end(self) -> int:
        return self.tokens[self.position - 1].span[1]

    def take(self, mark: str) -> bool:
        found = self.here.kind == "mark" and self.here.text == mark
        self.position += found
        return found

    def expect(self, mark: str) -> None:
        if not self.take(mark):
            raise self.unexpected("mark-expected", suggestion=mark)

    def unexpected_after(self, unary: UnaryTest) -> RuleSyntaxError:
        """What stands where `unary` should end: an exponent, the other end of an interval, or something else."""
        token = self.here
        power = _EXPONENT.match(self.text, self.tokens[self.position - 1].span[0])
        if power:
            return RuleSyntaxError("exponent", power.span(), power.group())
        interval = _join_ends(unary, self.text[token.span[1 if token.text in _AND else 0] :])
        if interval is not None:
            return RuleSyntaxError("both-ends", token.span, token.text, print_unary(interval))
        return self.unexpected("end-expected")

    def unexpected(self, reason: str, suggestion: str = "") -> RuleSyntaxError:
        token = self.here
        if token.kind == "thousands":
            return RuleSyntaxError("thousands", token.span, token.text, token.text.replace(",", ""))
        if token.text in _THAI_DIGITS:
            return RuleSyntaxError("thai-digits", token.span, token.text)
        if token.text == "%":
            return RuleSyntaxError("percent-sign", token.span, token.text)
        meant = _MEANT.get(token.text)
        if meant:
            return RuleSyntaxError("operator-near", token.span, token.text, meant)
        return RuleSyntaxError(reason, token.span, token.text, suggestion)


def _lex(text: str) -> list[_Token]:
    tokens = (_Token(str(match.lastgroup), match.group(), match.span()) for match in _TOKEN.finditer(text))
    return [token for token in tokens if token.kind != "space"]


def _explain_number(digits: str) -> str:
    odd = (digits[:1] == "0" and digits[1:2].isdigit()) or digits.endswith(".")
    return "too-many-digits" if len(digits) >= MAX_DIGITS and not odd else "number-malformed"


def _join_ends(first: UnaryTest, rest: str) -> Interval | None:
    """The interval that was meant by `first`, and by the comparison in `rest` alone; None where none was."""
    parser = _Parser(rest)
    try:
        ends = {test.operator[0]: test for test in (first, parser.comparison()) if isinstance(test, Compare)}
        if parser.here.kind != "end" or set(ends) != {"<", ">"}:
            return None
        low, high = ends[">"], ends["<"]
        interval = Interval(low.threshold, high.threshold, low.operator == ">=", high.operator == "<=")
        return None if _is_empty(interval) else interval
    except RuleSyntaxError:
        return None


def _is_empty(interval: Interval) -> bool:
    closed = interval.low_closed and interval.high_closed
    return interval.low > interval.high or (interval.low == interval.high and not closed)
