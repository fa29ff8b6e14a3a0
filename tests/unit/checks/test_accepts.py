import pytest

from kpi_cli.checks.accepts import apply_accepts
from kpi_cli.checks.paths import iterate_indicator_paths
from kpi_cli.checks.subject import Subject
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model import Accept
from tests.patience import within
from tests.unit.checks.drafts import draft, load, locate, prove, prove_codes

GAP = ('m: "< 80"', 'm: "> 80"')
MEASURES = "m: {type: percent, title: M}"
SPARE = f"{MEASURES}\nspare: {{type: count, title: S}}"
RATIO = """
m: {type: percent, title: M, ratio: {part: p, whole: w}}
p: {type: count, title: P}
w: {type: count, title: W}
n: {type: percent, title: N}
"""


@pytest.mark.parametrize(
    ("entry", "severity", "unused"),
    [
        ("code: level-gap, level: 1, why: so it is", "note", []),
        ("code: level-gap, at: {m: 80}, why: so it is", "note", []),
        ("code: level-gap, at: {m: 80.0}, level: 1, why: so it is", "note", []),
        ("code: level-gap, level: 2, why: so it is", "error", [""]),
        ("code: level-gap, at: {m: 80.01}, why: so it is", "error", [""]),
        ("code: level-gap, level: 2, at: {m: 80}, why: so it is", "error", [""]),
        ("code: not-monotone, level: 1, why: so it is", "error", [""]),
        ("code: weights-sum, level: 1, why: so it is", "error", ["never"]),
        ("code: test-failed, level: 1, why: so it is", "error", ["never"]),
        ("code: nonsense, level: 1, why: so it is", "error", ["never"]),
    ],
)
def test_an_accept_reaches_what_it_names(entry: str, severity: str, unused: list[str]) -> None:
    text = draft(MEASURES, GAP, accept=[entry])
    found = [*load(text).diagnostics, *prove(text)]
    assert [finding.severity for finding in found if finding.code == "level-gap"] == [severity]
    assert [finding.variant for finding in found if finding.code == "unused-accept"] == unused


def test_what_is_accepted_shows_the_reason_and_where_it_stands() -> None:
    text = draft(MEASURES, GAP, accept=["code: level-gap, level: 1, why: nobody has 80"])
    (finding,) = prove_codes(text, "level-gap")
    assert (finding.variant, finding.params["why"]) == ("at-threshold-accepted", "nobody has 80")
    assert finding.related[-1].label == "accepted-here"
    assert finding.related[-1].place.line == len(text.splitlines())


def test_one_accept_is_enough_and_a_second_is_unused() -> None:
    entry = "code: level-gap, level: 1, why: so it is"
    (finding,) = prove_codes(draft(MEASURES, GAP, accept=[entry, entry]), "unused-accept")
    assert (finding.severity, finding.level) == ("warning", 1)
    assert locate(finding)[0] == len(draft(MEASURES, GAP, accept=[entry, entry]).splitlines())


@pytest.mark.parametrize(("entries", "severities"), [(1, ["note", "error"]), (2, ["note", "note"])])
def test_an_accept_reaches_one_finding_and_no_other(entries: int, severities: list[str]) -> None:
    levels = ['m: ">= 0"', 'm: "[0..50]"', 'm: "[0..20]"']
    accept = ["code: not-monotone, level: 3, why: so it is"] * entries
    found = prove_codes(draft(MEASURES, levels, accept=accept), "not-monotone")
    assert [(each.level, each.params["lower"]) for each in found] == [(2, 1), (3, 1), (3, 2)]
    assert [each.severity for each in found] == ["error", *severities]


def test_an_accept_of_one_level_leaves_the_others() -> None:
    levels = ['m: "[10..20]"', 'm: "[15..18]"']
    text = draft(MEASURES, levels, accept=["code: level-gap, level: 2, why: so it is"])
    assert [(each.level, each.severity) for each in prove_codes(text, "level-gap")] == [(1, "error"), (2, "note")]


def test_a_measure_that_no_rule_reads() -> None:
    (finding,) = prove_codes(draft(SPARE, ['m: ">= 0"']), "unused-measure")
    assert (finding.severity, finding.params["measure"], finding.witness) == ("warning", "spare", {"spare": None})
    assert locate(finding)[1:] == (11, 11 + len("spare"))


@pytest.mark.parametrize(
    ("rule", "unused"), [('m: ">= 0"', ["n"]), ('n: ">= 0"', ["m", "p", "w"]), ('m: ">= 0", n: ">= 0"', [])]
)
def test_the_parts_of_a_ratio_are_used_where_its_percent_is(rule: str, unused: list[str]) -> None:
    found = prove_codes(draft(RATIO, [rule]), "unused-measure")
    assert [finding.params["measure"] for finding in found] == unused


def test_an_unused_measure_is_accepted_by_its_name() -> None:
    text = draft(SPARE, ['m: ">= 0"'], accept=["code: unused-measure, at: {spare: null}, why: wanted next round"])
    assert [(finding.code, finding.severity) for finding in prove(text)] == [("unused-measure", "note")]


def test_the_first_accept_that_fits_is_taken_whatever_it_leaves_open() -> None:
    entries = [
        f"code: level-gap, {about}why: {why}" for about, why in (("level: 2, ", "other"), ("at: {m: 80}, ", "first"))
    ]
    text = draft(MEASURES, GAP, accept=[*entries, "code: level-gap, level: 1, why: late"])
    assert [finding.params["why"] for finding in prove_codes(text, "level-gap")] == ["first"]
    assert [finding.level for finding in prove_codes(text, "unused-accept")] == [2, 1]


def test_thousands_of_accepts_meet_thousands_of_findings_in_time() -> None:
    accept = Accept(code="text-mismatch", level=2, why="so it is")
    definition = load(draft(MEASURES, GAP)).definition
    assert definition is not None
    keys, indicator = next(iter(iterate_indicator_paths(definition)))
    subject = Subject(keys, indicator.model_copy(update={"accept": (accept,) * 10_000}))
    found = [Diagnostic("text-mismatch", Severity.WARNING, level=1)] * 10_000
    with within(1):
        kept = list(apply_accepts(subject, found))
    assert [item.code for item in kept] == ["text-mismatch"] * 10_000 + ["unused-accept"] * 10_000
