"""Whole files: everything at once and in order, line ends, fingerprints, and text that nobody meant to write."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.checks.cases import find_failed_cases
from kpi_cli.definition import load as definition_load
from kpi_cli.definition.bound import MAX_FINDINGS
from kpi_cli.definition.find import find_shipped
from kpi_cli.definition.load import LoadedSet, load_definition
from kpi_cli.diagnostics import Diagnostic, Path, Place, Severity, has_errors
from kpi_cli.render.sentences import find_sentence
from kpi_cli.render.translate import LANGUAGES, translate
from kpi_cli.workflows.sets import check_loaded
from tests.patience import within
from tests.unit.definition.small import END, RULE_COLUMN, RULE_LINE, SMALL, find, load, rule, vary
from tests.unit.definition.test_tree import LADDER, LAUGHS, LONG_TEXT

MANY = """\
kpi: 1
id: many
tilte: Many
scale: 2
sections:
  - id: team
    title: yes
    indicators:
      - id: T1
        title: Money
        weight: 40
        weight: 60
        measures:
          spent: {type: percent, title: Spent}
        levels:
          1: {when: {spend: "< 75"}}
          3: {when: {spent: [80..90]}}
        tests:
          - {given: {spent: x}, level: 1}
"""


def test_everything_is_found_at_once_and_sorted_by_place() -> None:
    assert find(MANY) == [
        ("missing-key", "", 1, 1),
        ("unknown-key", "near", 3, 1),
        ("weights-sum", "", 6, 9),
        ("yaml-surprise", "boolean-word", 7, 12),
        ("duplicate-key", "", 12, 9),
        ("levels-incomplete", "", 15, 9),
        ("unknown-measure", "near", 16, 22),
        ("levels-incomplete", "surplus", 17, 11),
        ("unquoted-rule", "", 17, 29),
        ("wrong-type", "given", 19, 29),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_line_ends_do_not_matter(line_end: str) -> None:
    assert find(MANY.replace("\n", line_end)) == find(MANY)
    sound, same = load(SMALL).definition, load(SMALL.replace("\n", line_end)).definition
    assert sound is not None
    assert same is not None
    assert same.sha256 == sound.sha256


def test_nor_does_a_byte_order_mark() -> None:
    assert find(b"\xef\xbb\xbf" + MANY.encode()) == find(MANY)


_REORDERED = vary("id: small\ntitle: A small set\n", "# said twice\ntitle:   A small set\nid: 'small' # so\n")


@pytest.mark.parametrize(
    "same",
    [
        _REORDERED,
        "---\n" + SMALL + "...\n",
        rule("<75"),
        rule('"<  75.00"'),
        vary("weight: 100", "weight: 100.0"),
        vary('"< 75"', "&rule '< 75'"),
        vary("    title: Team\n", '    title: "Te\\u0061m"\n'),
    ],
)
def test_the_fingerprint_is_of_what_is_meant(same: str) -> None:
    sound, other = load(SMALL).definition, load(same).definition
    assert sound is not None
    assert other is not None
    assert other.sha256 == sound.sha256


@pytest.mark.parametrize(
    "different",
    [
        rule('"< 74.99"'),
        rule('"<= 75"'),
        vary("title: Team", "title: team"),
        vary("id: small", "id: smaller"),
        vary("title: A plan", "title: a plan"),
        vary("[town, hill]", "[hill, town]"),
        vary("title: Sites", "title: Sites, better: lower"),
        vary("weight: 100", "weight: 100\n        policy: ladder"),
        vary('1: {when: {spent: "< 75"}}', '1: {text: less, when: {spent: "< 75"}}'),
        SMALL + "        tests: [{given: {spent: 5}, level: 1}]\n",
        SMALL + "entity: {title: district}\n",
    ],
)
def test_the_fingerprint_tells_sets_apart(different: str) -> None:
    sound, other = load(SMALL).definition, load(different).definition
    assert sound is not None
    assert other is not None
    assert other.sha256 != sound.sha256


def test_a_weight_keeps_its_digits() -> None:
    third = "33.333333333333333333333333333333"
    second = (
        "      - {id: T2, title: T2, weight: 66.666666666666666666666666666667, measures: {x: {type: flag, title: X}},"
    )
    second += " levels: {1: {when: {x: true}}, 2: {when: {x: false}}}}\n"
    definition = load(vary("weight: 100", f"weight: {third}") + second).definition
    assert definition is not None
    assert definition.indicators[0].weight == Decimal(third)
    assert str(definition.indicators[0].weight) == third


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("yes", "yaml-surprise"),
        ("010", "yaml-surprise"),
        ("!= 80", "yaml-surprise"),
        (">= 75", "unquoted-rule"),
        ("> 75", "unquoted-rule"),
        (">75", "unquoted-rule"),
        ("[80..90]", "unquoted-rule"),
        ("[80..90)", "unquoted-rule"),
        ("(80..90]", "unquoted-rule"),
        ('"[90..80]"', "rule-syntax"),
        ('"(3..3)"', "rule-syntax"),
        ('">= 1,500"', "rule-syntax"),
    ],
)
def test_a_rule_in_braces(written: str, code: str) -> None:
    found, _, line, _ = find(rule(written))[0]
    assert (found, line) == (code, RULE_LINE)


def test_an_alias_is_named_where_it_stands() -> None:
    text = vary('">= 75", plan: true', "*r, plan: true", text=rule('&r "75%"'))
    assert find(text) == [
        ("rule-syntax", "percent-sign", RULE_LINE, RULE_COLUMN + 6),
        ("rule-syntax", "percent-sign", RULE_LINE + 1, 29),
    ]


def test_many_aliases_of_one_slip_are_one_finding() -> None:
    text = vary("{type: flag, title: A plan}", "&m {type: flg, title: A plan}")
    text = vary("{type: count, title: Sites}", "*m", text=text)
    assert find(text) == [("wrong-type", "not-among-near", 14, 27), ("duplicate-id", "header", 14, 39)]


def test_a_set_with_errors_has_no_definition_but_its_text() -> None:
    loaded = load(MANY)
    assert (loaded.definition, loaded.text) == (None, MANY)
    assert load(b"a: \xff\n").text == "a: \ufffd\n"


def test_paths_of_later_findings_are_located() -> None:
    (found,) = load(SMALL).locate([Diagnostic("code", Severity.NOTE, Path(("id",)))])
    assert found.place == Place("draft.yaml", 2, 5, 2, 10)
    (unplaced,) = load("").locate([Diagnostic("code", Severity.NOTE, Path(("id",)))])
    assert unplaced.place == Path(("id",))


_HOSTILE = {
    "many laughs": LAUGHS,
    "a long text, many aliases": LONG_TEXT,
    "aliases that nest": LADDER,
    "3 MB in a line": "a: " + "x" * 3_000_000,
    "5,000 open brackets": "[" * 5_000,
    "200,000 open brackets": "[" * 200_000,
    "200,000 open braces": "{" * 200_000,
    "a line of quotes": SMALL + "n: {" + '"' * 900_001,
    "a line of digits": SMALL + "n: " + "1" * 900_000,
    "a million spaces": SMALL + "n: {x:" + " " * 900_000 + ">",
    "many aliases in a list": vary(
        "title: Sites", 'title: Sites, aliases: [&a "' + "ก" * 90_000 + '"' + ", *a" * 99_000 + "]"
    ),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_a_hostile_file_is_a_clear_error_in_seconds(name: str) -> None:
    with within(2):
        assert has_errors(load(_HOSTILE[name]).diagnostics)


def test_a_file_of_nothing_but_slips_ends_too() -> None:
    with within(5):
        found = load(SMALL + "".join(f"k{number}: 1\n" for number in range(10_000))).diagnostics
    assert [item.code for item in found] == ["unknown-key"] * MAX_FINDINGS + ["wrong-type"]


@cache
def _shipped_lines() -> tuple[str, ...]:
    return tuple(find_shipped().path.read_text(encoding="utf-8").splitlines())


def _check_every_finding(loaded: LoadedSet) -> None:
    lines = (loaded.text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    lengths = [len(line) for line in lines.replace("\u2028", "\n").replace("\u2029", "\n").split("\n")]
    for item in loaded.diagnostics:
        place = item.place
        assert isinstance(place, Place)
        if place.line is not None and place.column is not None:
            assert 1 <= place.line <= len(lengths)
            assert 1 <= place.column <= lengths[place.line - 1] + 1
            assert (place.end_line or 0, place.end_column or 0) >= (place.line, 0)
        _check_sentence(item.code, item.variant, dict(item.params))
    assert (loaded.definition is None) == has_errors(loaded.diagnostics)


def _check_sentence(code: str, variant: str, params: dict[str, object]) -> None:
    sentence = find_sentence(code, variant=variant)
    for language in LANGUAGES:
        for text in sentence:
            translate(language).template(text).format_map(params)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused_in_its_place(text: str) -> None:
    _check_every_finding(load_definition(text.encode("utf-8", "replace"), file="draft.yaml", folder=None))


@given(st.binary(max_size=100))
@settings(max_examples=100, deadline=None)
def test_so_are_any_bytes(data: bytes) -> None:
    _check_every_finding(load_definition(data, file="draft.yaml", folder=None))


_TOKENS = (
    *("~", "5", "-1.5", "yes", "[]", "{}", "x", '""', "[80..90)", ">= 80", '">= 80"', "*a", "&a", "!!str"),
    *(",", ":", "- ", "}", '"', "#", "1:30", "true", "ก", "\t"),
)
_EDIT = st.tuples(
    st.sampled_from(["delete", "double", "replace", "insert", "indent"]),
    st.integers(0, 10_000),
    st.integers(0, 80),
    st.sampled_from(_TOKENS),
)


def _mutate(lines: list[str], edits: list[tuple[str, int, int, str]]) -> str:
    for kind, number, column, token in edits:
        at = number % len(lines)
        match kind:
            case "delete" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "replace":
                words = lines[at].split(" ")
                words[column % len(words)] = token
                lines[at] = " ".join(words)
            case "insert":
                lines[at] = lines[at][:column] + token + lines[at][column:]
            case _:
                lines[at] = " " + lines[at]
    return "\n".join(lines)


@given(st.lists(_EDIT, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_slip_in_the_shipped_set_is_found_in_its_place(edits: list[tuple[str, int, int, str]]) -> None:
    path = find_shipped().path
    text = _mutate(list(_shipped_lines()), edits)
    _check_every_finding(load_definition(text.encode(), file="draft.yaml", folder=path.parent))


@given(st.lists(_EDIT, min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_so_is_one_in_a_small_set(edits: list[tuple[str, int, int, str]]) -> None:
    _check_every_finding(load(_mutate(SMALL.splitlines(), edits)))


def test_the_comparisons_of_all_rules_together_have_a_bound() -> None:
    """The small set makes 5, of which this replaces one; the finding is at the level that passes the bound."""

    def lists(*sizes: int) -> str:
        return "{any: [" + ", ".join('{spent: "' + ",".join([">1"] * size) + '"}' for size in sizes) + "]}"

    within_bound = vary('{spent: "< 75"}', lists(*[500] * 19, 496))
    beyond = vary('{spent: "< 75"}', lists(*[500] * 19, 497))
    assert [found for found in find(within_bound) if found[0] == "rule-syntax"] == []
    assert [found for found in find(beyond) if found[0] == "rule-syntax"] == [("rule-syntax", "too-many", 19, 21)]


def test_the_cases_of_a_set_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small set makes 5 comparisons and has 4 measures, so each case takes 25 steps."""
    cases = SMALL + "        tests:\n" + "          - {given: {spent: 1}, level: 1}\n" * 4
    monkeypatch.setattr(definition_load, "MAX_TRIED", 100)
    assert find(cases) == []
    monkeypatch.setattr(definition_load, "MAX_TRIED", 99)
    assert find(cases) == [("wrong-type", "too-many-cases", END, 9)]
    assert load(cases).definition is None  # so no case is tried


def test_cases_beyond_the_bound_are_refused_in_time() -> None:
    points = "{any: [" + ", ".join(f'{{spent: "{",".join(map(str, range(100)))}"}}' for _ in range(90)) + "]}"
    cases = (
        vary('{spent: "< 75"}', points) + "        tests:\n" + "          - {given: {spent: 99.5}, level: 1}\n" * 9_000
    )
    with within(1.5):
        assert has_errors(check_loaded(load(cases), find_failed_cases).diagnostics)


def test_very_many_levels_are_found_in_time() -> None:
    levels = "".join(f"          {level}: {{when: 1}}\n" for level in range(3, 20_000))
    with within(2):
        assert has_errors(load(SMALL + levels).diagnostics)
