"""How much of what is amiss in a set is told, and how much is done to say what a name was meant to be."""

from __future__ import annotations

import pathlib

import pytest

from kpi_cli.cli.exit_codes import choose_exit_code
from kpi_cli.definition import bound, near, shape
from kpi_cli.definition.bound import bound_findings
from kpi_cli.diagnostics import Diagnostic, Place, Severity
from kpi_cli.render.sentences import describe
from kpi_cli.workflows.sets import check_loaded
from kpi_cli.workflows.validation import validate_files
from tests.patience import within
from tests.unit.definition.small import END, SMALL, find, load, vary

ODD = "oda: 1\nodb: 1\nodc: 1\n"
MORE = ("wrong-type", "more-findings", None, None)


def test_up_to_the_bound_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MAX_FINDINGS", 3)
    assert find(SMALL + ODD) == [("unknown-key", "", END + line, 1) for line in range(3)]


def test_past_the_bound_it_is_said_that_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MAX_FINDINGS", 2)
    assert find(SMALL + ODD) == [("unknown-key", "", END, 1), ("unknown-key", "", END + 1, 1), MORE]
    more = load(SMALL + ODD).diagnostics[-1]
    assert (more.severity, more.place) == (Severity.ERROR, Place("draft.yaml"))
    assert describe(more, "en").message == "there are more than 2 findings; what comes after these is not listed"


def test_of_several_sets_together_no_more_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bound, "MAX_FINDINGS", 4)
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        pathlib.Path(name).write_text(SMALL + ODD, encoding="utf-8")
    found = validate_files(["a.yaml", "b.yaml", "c.yaml"], set_reference=None, percent="ask").diagnostics
    assert [item.place.file for item in found if isinstance(item.place, Place)] == ["a.yaml"] * 3 + ["b.yaml"]
    assert [item.variant for item in found if item.place is None] == ["more-findings"]


@pytest.mark.parametrize("severity", list(Severity))
def test_the_exit_code_is_what_it_would_be(severity: Severity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MAX_FINDINGS", 1)
    found = [Diagnostic("x", Severity.NOTE), Diagnostic("x", Severity.NOTE), Diagnostic("x", severity)]
    for strict in (False, True):
        assert choose_exit_code(bound_findings(found), strict=strict) == choose_exit_code(found, strict=strict)
    unread = [*found, Diagnostic("unreadable", Severity.ERROR)]
    assert [item.code for item in bound_findings(unread)] == ["x", "unreadable", "wrong-type"]
    assert choose_exit_code(bound_findings(unread)) == 2


def test_findings_bounded_twice_say_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found on reading is bounded, and once more together with what the checks find."""
    accept = "        accept:\n" + "          - {code: odd, level: 1, why: so}\n" * 3
    monkeypatch.setattr(bound, "MAX_FINDINGS", 2)
    loaded = load(SMALL + accept)
    assert [item.variant for item in loaded.diagnostics] == ["never", "never", "more-findings"]
    assert loaded.definition is not None
    for checked in (
        check_loaded(loaded, lambda _: ()),
        check_loaded(loaded, lambda _: [Diagnostic("x", Severity.NOTE)]),
    ):
        variants = [item.variant for item in checked.diagnostics]
        assert (len(variants), variants[-1], variants.count("more-findings")) == (3, "more-findings", 1)
        assert checked.definition is not None


def test_past_a_bound_no_likeness_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = SMALL + "        tests:\n          - {given: {spnt: 1, sitez: 1, spnt2: 1, plam: true}, level: 1}\n"
    assert [item[1] for item in find(cases)] == ["near"] * 4
    # The measures of the small set have 19 characters and count as 40 more; each name as ten more than it has.
    monkeypatch.setattr(near, "MAX_COMPARED", (14 + 15) * 59)
    found = load(cases).diagnostics
    assert [item.params["suggestion"] for item in found] == ["spent", "sites", "", ""]
    assert [item.variant for item in found] == ["near", "near", "", ""]
    assert describe(found[2], "en").help == "its measures: spent, plan, sites, place"


def test_past_a_bound_few_of_the_names_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = SMALL + "        tests:\n          - {given: {zz: 1, yy: 1}, level: 1}\n"
    monkeypatch.setattr(near, "MAX_LISTED", 19)
    helps = [describe(item, "en").help for item in load(cases).diagnostics]
    assert helps == ["its measures: spent, plan, sites, place", "its measures: spent, plan, sites, …"]


def test_thousands_of_unknown_names_among_long_ones_are_told_in_time() -> None:
    def name(number: int) -> str:
        return f"m{number:05}" + f"{number:070b}".replace("0", "a").replace("1", "b")

    measures = "".join(f"          {name(number)}: {{type: flag, title: M{number}}}\n" for number in range(96))
    given = ", ".join(f"x{name(number * 7919)}: 1" for number in range(5_000))
    head, rest = SMALL.split("        measures:\n", 1)
    with within(1.5):
        found = load(
            f"{head}        measures:\n{measures}{rest}        tests:\n          - {{level: 1, given: {{{given}}}}}\n"
        )
    assert len(found.diagnostics) == 5_000


def test_choices_beyond_their_bound_bring_no_other_finding_and_take_no_time() -> None:
    choices = ", ".join(f"c{number}" for number in range(25_000))
    cases = "        tests:\n" + "          - {level: 0, given: {place: z}}\n" * 5_000
    rule = "{any: [" + ", ".join(["{place: z}"] * 5_000) + "]}"
    text = vary("[town, hill]", f"[{choices}]", text=vary('{spent: "< 75"}', rule))
    with within(2):
        found = find(text + cases)
    assert [item[:2] for item in found] == [("wrong-type", "too-many")]


def test_of_very_many_measures_the_first_are_named() -> None:
    measures = "".join(f"          m{number}: {{type: flag, title: M{number}}}\n" for number in range(97))
    text = vary('{spent: "< 75"}', '{zzz: "< 75"}')
    head, rest = text.split("        measures:\n", 1)
    (found,) = (
        item
        for item in load(f"{head}        measures:\n{measures}{rest}").diagnostics
        if item.code == "unknown-measure"
    )
    known = found.params["known"]
    assert isinstance(known, tuple)
    assert (len(known), known[0], known[-2:]) == (101, "m0", ("sites", "…"))


def test_of_the_shape_no_more_is_looked_into_than_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "MAX_ERRORS", 3)
    assert [item[1] for item in find(SMALL + ODD)] == ["", "", ""]
    monkeypatch.setattr(shape, "MAX_ERRORS", 2)
    assert [item[1] for item in find(SMALL + ODD)] == ["", "", "more-findings"]
