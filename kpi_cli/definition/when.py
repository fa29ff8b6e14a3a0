"""The rule of a level (`when`) from its node to its tree: measures are known here, so a test is read for its type."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from kpi_cli.definition.measures import describe_unknown_measure, name_measures
from kpi_cli.definition.outline import Keys
from kpi_cli.definition.structure import MAX_CHOICES
from kpi_cli.definition.tree import Mapping, Node, Scalar, Sequence
from kpi_cli.diagnostics import Diagnostic, Path, Severity
from kpi_cli.rules.ast import AllOf, AnyOf, Compare, Is, Negation, OneOf, Rule, Test, UnaryTest
from kpi_cli.rules.parser import RuleSyntaxError, parse_unary
from kpi_cli.rules.printer import print_unary

_NUMERIC = frozenset({"percent", "number", "count"})
_RANGE_TEXT = re.compile(r"\s*[-+]?[0-9.]+\s*\.\.\s*[-+]?[0-9.]+\s*\Z")
_NOT = re.compile(r"\s*not\s*\((.*)\)\s*\Z", re.DOTALL)
_CUT_OFF = re.compile(r"\s*[-+<>=\[(.0-9]|[^(\[]*[)\]]\s*\Z")


@dataclass
class RuleReader:
    """Reads the rules of one indicator. `measures`: id -> the plain values of its measure, as far as they are sound."""

    measures: Map[str, Map[str | int, object]]
    found: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = name_measures(self.measures)
        self.choices: dict[str, tuple[str, ...]] = {}

    def read(self, node: Node | None, keys: Keys) -> Rule:
        """The rule at `keys`; what is amiss is added to `found`, and stands in the tree as a rule that always holds."""
        if not isinstance(node, Mapping):
            params = {"measure": next(iter(self.measures), "measure")}
            return self._refuse("wrong-type", keys, params, "rule-shape")
        if not node.entries:
            return self._refuse("rule-syntax", keys, variant="empty-rule")
        named = [(name, value) for name, value in node.entries if isinstance(name, Scalar)]
        parts = [self._read_part(name.text, value, (*keys, name.key)) for name, value in named]
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _read_part(self, name: str, node: Node, keys: Keys) -> Rule:
        if name not in {"any", "all"}:
            return self._read_test(name, node, keys)
        if not isinstance(node, Sequence) or not node.items:
            return self._refuse("wrong-type", keys, {"key": name}, "rule-list")
        parts = tuple(self.read(item, (*keys, index)) for index, item in enumerate(node.items))
        return AnyOf(parts) if name == "any" else AllOf(parts)

    def _read_test(self, measure: str, node: Node, keys: Keys) -> Rule:
        if measure not in self.measures:
            return self._refuse_measure(measure, node, keys)
        kind = str(self.measures[measure].get("type"))
        unary = self._read_choice(node, measure, keys) if kind == "choice" else self._read_unary(node, keys)
        if unary is None:
            return AllOf(())
        wanted = _wanted_test(kind, unary)
        if wanted:
            params = {"measure": measure, "kind": kind, "test": print_unary(unary)}
            return self._refuse("wrong-type", keys, params, wanted)
        return Test(measure, unary, keys)

    def _refuse_measure(self, measure: str, node: Node, keys: Keys) -> Rule:
        if _CUT_OFF.match(measure) and isinstance(node, Scalar) and node.value is None:
            # {spent: < 75, > 90}: in braces a comma ends the rule, and what follows is a key
            return self._refuse("unquoted-rule", keys, {"rule": measure}, "comma", on_key=True)
        if self.measures:  # else that is a finding of its own
            self.found.append(describe_unknown_measure(measure, self.known, Path(keys, on_key=True)))
        return AllOf(())

    def _read_unary(self, node: Node, keys: Keys) -> UnaryTest | None:
        if isinstance(node, Sequence):
            self._refuse_list(node, keys)
            return None
        if not isinstance(node, Scalar) or node.value is None:
            self._refuse("wrong-type", keys, variant="test-shape")
            return None
        if node.style in {">", "|"}:
            self._refuse("unquoted-rule", keys, {"sign": node.style}, "block")
            return None
        if isinstance(node.value, bool):
            return Is(node.value, span=(0, len(node.text)))
        return self._parse(node, keys)

    def _parse(self, node: Scalar, keys: Keys) -> UnaryTest | None:
        try:
            return parse_unary(node.text)
        except RuleSyntaxError as error:
            params = {"rule": node.text, "found": error.found, "suggestion": error.suggestion}
            variant = error.reason if error.found or error.reason not in _AT_END else f"{error.reason}-at-end"
            path = Path(keys, span=error.span)
            self.found.append(Diagnostic("rule-syntax", Severity.ERROR, path, params, variant))
            return None

    def _refuse_list(self, node: Sequence, keys: Keys) -> None:
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        if len(texts) == 1 and _RANGE_TEXT.match(texts[0]):
            self._refuse("unquoted-rule", keys, {"rule": f"[{texts[0]}]"})
        else:
            self._refuse("wrong-type", keys, variant="list-of-tests")

    def _read_choice(self, node: Node, measure: str, keys: Keys) -> UnaryTest | None:
        known = self._list_choices(measure)
        texts = _choice_texts(node)
        if texts is None:
            self._refuse("wrong-type", keys, {"measure": measure, "known": known}, "choice-test")
            return None
        if not known:  # a finding of its own
            return None
        inner = _NOT.match(texts[0]) if len(texts) == 1 and texts[0] not in known else None
        names = tuple(part.strip() for part in inner.group(1).split(",")) if inner else texts
        for name in names:
            if name not in known:
                params = {"measure": measure, "name": name, "known": known, "suggestion": ""}
                self._refuse("wrong-type", keys, params, "unknown-choice")
                return None
        return Negation(OneOf(names)) if inner else OneOf(names)

    def _list_choices(self, measure: str) -> tuple[str, ...]:
        """The names that a choice may take, made once a measure; none where there are too many."""
        choices = self.measures[measure].get("choices")
        if measure not in self.choices:
            listed = choices if isinstance(choices, tuple) and len(choices) <= MAX_CHOICES else ()
            self.choices[measure] = tuple(map(str, listed))
        return self.choices[measure]

    def _refuse(
        self,
        code: str,
        keys: Keys,
        params: Map[str, object] | None = None,
        variant: str = "",
        *,
        on_key: bool = False,
    ) -> Rule:
        path = Path(keys, on_key=on_key)
        self.found.append(Diagnostic(code, Severity.ERROR, path, params or {}, variant))
        return AllOf(())


_AT_END = frozenset({"test-expected", "number-expected", "range-expected", "interval-end-expected", "mark-expected"})


def _choice_texts(node: Node) -> tuple[str, ...] | None:
    """The names of a choice test: one text, or a list of texts. A number would be a name only by accident."""
    items = node.items if isinstance(node, Sequence) else (node,)
    texts = [item.text for item in items if isinstance(item, Scalar) and isinstance(item.value, str)]
    return tuple(texts) if texts and len(texts) == len(items) else None


def _wanted_test(kind: str, unary: UnaryTest) -> str | None:
    """The variant that says what a measure of this type is tested with, where `unary` is not that; else None."""
    leaves = tuple(_leaves(unary))
    if kind == "flag" and not all(isinstance(leaf, Is) for leaf in leaves):
        return "flag-test"
    if kind in _NUMERIC and any(isinstance(leaf, Is) for leaf in leaves):
        return "number-test"
    whole = all(isinstance(leaf, Is | OneOf) or _is_whole(leaf) for leaf in leaves)
    return "count-test" if kind == "count" and not whole else None


def _leaves(unary: UnaryTest) -> tuple[UnaryTest, ...]:
    match unary:
        case Negation():
            return _leaves(unary.test)
        case _ if hasattr(unary, "tests"):
            return tuple(leaf for test in unary.tests for leaf in _leaves(test))
    return (unary,)


def _is_whole(unary: UnaryTest) -> bool:
    """An `=` with a fraction can never hold for a count; other comparisons with one are sound, if odd."""
    return not (isinstance(unary, Compare) and unary.operator == "=" and unary.threshold != int(unary.threshold))
