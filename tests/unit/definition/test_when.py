import pytest

from kpi_cli.definition.near import suggest_names
from kpi_cli.definition.tree import compose_tree
from kpi_cli.definition.when import RuleReader
from kpi_cli.diagnostics import Path
from kpi_cli.rules.printer import print_rule
from tests.unit.definition.small import RULE_COLUMN, RULE_LINE, find, rule, vary

MEASURES: dict[str, dict[str | int, object]] = {
    "spent": {"type": "percent"},
    "grown": {"type": "number"},
    "sites": {"type": "count"},
    "plan": {"type": "flag"},
    "place": {"type": "choice", "choices": ("town", "hill", "river bank")},
    "odd": {"type": "precent"},
    "bare": {"type": "choice"},
}


def _read(text: str) -> tuple[str, list[tuple[str, str, Path]]]:
    reader = RuleReader(MEASURES)
    printed = print_rule(reader.read(compose_tree(text), ("when",)))
    found = suggest_names(reader.found)
    return printed, [(item.code, item.variant, item.place) for item in found if isinstance(item.place, Path)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ('{spent: ">= 75"}', "spent >= 75"),
        ("{spent: < 75}", "spent < 75"),
        ("spent: (0..75)", "spent (0..75)"),
        ("spent: = 80", "spent = 80"),
        ("{spent: 80}", "spent = 80"),
        ("{spent: 0.10}", "spent = 0.1"),
        ("{spent: not(0)}", "spent not(= 0)"),
        ('{spent: "< 5, > 10"}', "spent < 5, > 10"),
        ("spent: < 5, > 10", "spent < 5, > 10"),
        ("{plan: true}", "plan true"),
        ("{plan: False}", "plan false"),
        ('{plan: "not(true)"}', "plan not(true)"),
        ("{place: town}", "place town"),
        ("{place: [town, hill]}", "place town, hill"),
        ("{place: 'not(town, river bank)'}", "place not(town, river bank)"),
        ("{sites: 3}", "sites = 3"),
        ('{sites: "> 1.5"}', "sites > 1.5"),
        ('{spent: ">= 75", plan: true}', "spent >= 75 and plan true"),
        ("{any: [{spent: 5}, {plan: true}]}", "spent = 5 or plan true"),
        ("{all: [{spent: '> 5'}, {spent: '< 9'}]}", "spent > 5 and spent < 9"),
        (
            "{plan: true, any: [{spent: 5}, {all: [{sites: 1}, {grown: 2}]}]}",
            "plan true and (spent = 5 or (sites = 1 and grown = 2))",
        ),
        ("{any: [{plan: true, sites: 1}, {spent: 5}]}", "(plan true and sites = 1) or spent = 5"),
    ],
)
def test_a_sound_rule(text: str, printed: str) -> None:
    assert _read(text) == (printed, [])


_WHEN = Path(("when",))
_SPENT = ("when", "spent")


@pytest.mark.parametrize(
    ("text", "code", "variant", "path"),
    [
        ('">= 75"', "wrong-type", "rule-shape", _WHEN),
        ("[a, b]", "wrong-type", "rule-shape", _WHEN),
        ("~", "wrong-type", "rule-shape", _WHEN),
        ("{}", "rule-syntax", "empty-rule", _WHEN),
        ("{any: {spent: 5}}", "wrong-type", "rule-list", Path(("when", "any"))),
        ("{all: []}", "wrong-type", "rule-list", Path(("when", "all"))),
        ("{any: [5]}", "wrong-type", "rule-shape", Path(("when", "any", 0))),
        ("{any: [{spent: 5}, {}]}", "rule-syntax", "empty-rule", Path(("when", "any", 1))),
        ("{spend: 5}", "unknown-measure", "near", Path(("when", "spend"), on_key=True)),
        ("{xyz: 5}", "unknown-measure", "", Path(("when", "xyz"), on_key=True)),
        ("{5: 5}", "unknown-measure", "", Path(("when", 5), on_key=True)),
        ("{all: [{any: [{xyz: 5}]}]}", "unknown-measure", "", Path(("when", "all", 0, "any", 0, "xyz"), on_key=True)),
        ("{spent: ~}", "wrong-type", "test-shape", Path(_SPENT)),
        ("{spent: {a: 1}}", "wrong-type", "test-shape", Path(_SPENT)),
        ("{spent: [80..90]}", "unquoted-rule", "", Path(_SPENT)),
        ("{spent: [80, 90]}", "wrong-type", "list-of-tests", Path(_SPENT)),
        ("{spent: []}", "wrong-type", "list-of-tests", Path(_SPENT)),
        ("{spent: 1,500}", "unquoted-rule", "comma", Path(("when", 500), on_key=True)),
        ("{spent: < 5, < 9}", "unquoted-rule", "comma", Path(("when", "< 9"), on_key=True)),
        ("spent: >5\nplan: true", "unquoted-rule", "block", Path(_SPENT)),
        ("spent: |\n  >= 80", "unquoted-rule", "block", Path(_SPENT)),
        ("{spent: '>= 75%'}", "rule-syntax", "percent-sign", Path(_SPENT, span=(5, 6))),
        ("{spent: ''}", "rule-syntax", "test-expected-at-end", Path(_SPENT, span=(0, 1))),
        ("{spent: '>'}", "rule-syntax", "number-expected-at-end", Path(_SPENT, span=(1, 2))),
        ("{spent: '> x'}", "rule-syntax", "number-expected", Path(_SPENT, span=(2, 3))),
        ("{spent: '[80'}", "rule-syntax", "range-expected-at-end", Path(_SPENT, span=(3, 4))),
        ("{spent: '[80..90'}", "rule-syntax", "interval-end-expected-at-end", Path(_SPENT, span=(7, 8))),
        ("{spent: 'not(5'}", "rule-syntax", "mark-expected-at-end", Path(_SPENT, span=(5, 6))),
        ("{spent: '5 6'}", "rule-syntax", "end-expected", Path(_SPENT, span=(2, 3))),
        ("{spent: true}", "wrong-type", "number-test", Path(_SPENT)),
        ("{spent: 'not(true)'}", "wrong-type", "number-test", Path(_SPENT)),
        ("{plan: 1}", "wrong-type", "flag-test", Path(("when", "plan"))),
        ("{plan: '> 1'}", "wrong-type", "flag-test", Path(("when", "plan"))),
        ("{plan: 'true, 1'}", "wrong-type", "flag-test", Path(("when", "plan"))),
        ("{sites: 1.5}", "wrong-type", "count-test", Path(("when", "sites"))),
        ("{sites: '1, 2.5'}", "wrong-type", "count-test", Path(("when", "sites"))),
        ("{place: twon}", "wrong-type", "unknown-choice-near", Path(("when", "place"))),
        ("{place: sea}", "wrong-type", "unknown-choice", Path(("when", "place"))),
        ("{place: [town, sea]}", "wrong-type", "unknown-choice", Path(("when", "place"))),
        ("{place: 'not(town, sea)'}", "wrong-type", "unknown-choice", Path(("when", "place"))),
        ("{place: 5}", "wrong-type", "choice-test", Path(("when", "place"))),
        ("{place: [town, 5]}", "wrong-type", "choice-test", Path(("when", "place"))),
        ("{place: {a: b}}", "wrong-type", "choice-test", Path(("when", "place"))),
        ("{odd: '> '}", "rule-syntax", "number-expected-at-end", Path(("when", "odd"), span=(1, 2))),
    ],
)
def test_what_is_amiss_in_a_rule(text: str, code: str, variant: str, path: Path) -> None:
    assert _read(text)[1] == [(code, variant, path)]


def test_everything_amiss_in_a_rule_is_found_at_once() -> None:
    _, found = _read("{spent: '> x', plan: 5, xyz: 1, any: [{sites: ''}]}")
    assert [variant for _, variant, _ in found] == ["number-expected", "flag-test", "", "test-expected-at-end"]


def test_a_comma_in_braces_cuts_a_rule_in_two() -> None:
    _, found = _read("{spent: not(5, 6)}")
    assert [variant for _, variant, _ in found] == ["mark-expected-at-end", "comma"]


def test_a_measure_whose_type_or_choices_are_unsound_brings_no_echo() -> None:
    assert _read("{odd: 5, bare: town}") == ("odd = 5 and (always)", [])


def test_without_any_measure_there_is_no_echo_either() -> None:
    reader = RuleReader({})
    reader.read(compose_tree("{a: 5, b: town}"), ("when",))
    assert reader.found == []


def test_forty_digits_are_compared_exactly() -> None:
    assert _read("{sites: " + "9" * 40 + "}")[1] == []
    (found,) = _read("{sites: '= " + "9" * 38 + ".5'}")[1]
    assert found[:2] == ("wrong-type", "count-test")


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ('">= 75%"', 6),
        ("'>= 75%'", 6),
        ("< 75%", 4),
        ('"\\u003e\\x3d 75%"', 14),
        ('"<\\t75%"', 6),
        ('&rule ">= 75%"', 12),
        ("&rule < 75%", 10),
        ('" ๘๕"', 2),
    ],
)
def test_the_caret_stands_under_the_character(written: str, column: int) -> None:
    ((code, _, line, found),) = find(rule(written))
    assert (code, line, found) == ("rule-syntax", RULE_LINE, RULE_COLUMN + column)


@pytest.mark.parametrize("written", ["< 75", "(0..75)", "= 80", "80", '"< 75"', "'< 75'", "not(80)"])
def test_what_is_sound_without_quotes_is_accepted(written: str) -> None:
    assert find(rule(written)) == []


def test_of_a_surprise_nothing_else_is_said() -> None:
    surprises = {
        "yes": "boolean-word",
        "010": "leading-zero",
        "1:30": "sexagesimal",
        "1e3": "exponent",
        ".5": "bare-point",
    }
    for written, name in surprises.items():
        assert find(rule(written)) == [("yaml-surprise", name, RULE_LINE, RULE_COLUMN)]


def test_a_rule_of_the_wrong_shape_is_shown_with_a_measure_of_its_own() -> None:
    assert find(vary('{spent: "< 75"}', '"< 75"')) == [("wrong-type", "rule-shape", RULE_LINE, 21)]
