"""A report held against what was computed: files by content, then by name; figures in any order."""

import pytest

from kpi_cli.scoring.figures import Entity, InputFile
from kpi_cli.scoring.verify import Claim, Kind, compare_claims, match_files

ALPHA, BETA = Entity("1", "Alpha"), Entity("2", "Beta")


def claim(entity, item, figure, value, cell=None, *, section="team", part=""):
    return Claim(section, entity, part, item, figure, value, cell)


CLAIMS = [
    claim(None, "", "title", "Team", "A1"),
    claim(ALPHA, "", "rank", "1", "A7"),
    claim(ALPHA, "", "score", "98", "C7"),
    claim(ALPHA, "T1", "level", "5", "E7"),
    claim(BETA, "", "rank", "2", "A8"),
    claim(BETA, "T1", "level", "4", "E8"),
    claim(BETA, "spent", "value", "85", "E20", part="details"),
    claim(ALPHA, "", "rank", "1", "A7", section="individual"),
]


def differences(reported, computed=CLAIMS):
    return [(one.kind, one.section, one.entity, one.part, one.item, one.figure, one.reported, one.computed, one.cell)
            for one in compare_claims(reported, computed)]  # fmt: skip


def test_what_is_the_same_in_another_order_does_not_differ():
    assert differences(CLAIMS[::-1]) == []


def test_where_a_figure_stands_is_no_figure():
    assert differences([each._replace(cell=None) for each in CLAIMS]) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            lambda each: each._replace(value="4") if each.cell == "E7" else each,
            (Kind.CHANGED, "team", ALPHA, "", "T1", "level", "4", "5", "E7"),
            id="a-level",
        ),
        pytest.param(
            lambda each: None if each.cell == "C7" else each,
            (Kind.MISSING, "team", ALPHA, "", "", "score", None, "98", None),
            id="a-blank",
        ),
        pytest.param(
            lambda each: None if each.cell == "E7" else each,
            (Kind.MISSING, "team", ALPHA, "", "T1", None, None, None, None),
            id="an-indicator",
        ),
        pytest.param(
            lambda each: None if each.cell == "E20" else each,
            (Kind.MISSING, "team", BETA, "details", None, None, None, None, None),
            id="a-part",
        ),
        pytest.param(
            lambda each: None if each.entity == BETA else each,
            (Kind.MISSING, "team", BETA, None, None, None, None, None, None),
            id="an-entity",
        ),
        pytest.param(
            lambda each: None if each.section == "individual" else each,
            (Kind.MISSING, "individual", None, None, None, None, None, None, None),
            id="a-section",
        ),
    ],
)
def test_what_one_side_lacks_is_one_difference(change, expected):
    changed = [each for each in map(change, CLAIMS) if each is not None]
    assert differences(changed) == [expected]
    swapped = [(one.kind, one.cell) for one in compare_claims(CLAIMS, changed)]
    turned = {Kind.MISSING: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}[expected[0]]
    first = next(each.cell for each in CLAIMS if each not in changed)
    assert swapped == [(turned, first)]


def test_two_of_one_name_may_state_two_figures():
    twins = [claim(ALPHA, "", "rank", "1", "A7"), claim(ALPHA, "", "rank", "2", "A8")]
    assert differences(twins, twins[::-1]) == []
    one = [(each[0], *each[-3:]) for each in differences([twins[0], twins[1]._replace(value="3")], twins)]
    assert one == [(Kind.CHANGED, "3", "2", "A8")]
    assert [(each[0], *each[-3:]) for each in differences(twins[:1], twins)] == [(Kind.MISSING, None, "2", None)]
    assert [(each[0], *each[-3:]) for each in differences(twins, twins[:1])] == [(Kind.ADDED, "2", None, "A8")]


A, B, C = (InputFile(f"{name}.xlsx", name * 64) for name in "abc")


@pytest.mark.parametrize(
    ("reported", "given", "expected"),
    [
        pytest.param((A, B), (B, A), [("same", A, A), ("same", B, B)], id="in-any-order"),
        pytest.param((A,), (A._replace(file="x.xlsx"),), [("same", A, A._replace(file="x.xlsx"))], id="renamed"),
        pytest.param((A,), (A._replace(sha256="0" * 64),), [("changed", A, A._replace(sha256="0" * 64))], id="changed"),
        pytest.param((A,), (InputFile("in/a.xlsx", "0" * 64),),
                     [("changed", A, InputFile("in/a.xlsx", "0" * 64))], id="in-another-folder"),
        pytest.param((A, B), (A,), [("same", A, A), ("missing", B, None)], id="missing"),
        pytest.param((A,), (A, C), [("same", A, A), ("extra", None, C)], id="extra"),
        pytest.param((A, B), (B._replace(file="a.xlsx"),),
                     [("missing", A, None), ("same", B, B._replace(file="a.xlsx"))], id="content-before-name"),
        pytest.param((A, A), (A,), [("same", A, A), ("missing", A, None)], id="one-file-is-not-two"),
        pytest.param((), (), [], id="nothing"),
    ],
)  # fmt: skip
def test_files_match_by_content_then_by_name(reported, given, expected):
    assert [tuple(match) for match in match_files(reported, given)] == expected


def test_a_name_is_what_stands_behind_the_folders_of_any_system():
    (match,) = match_files([InputFile("C:\\reports\\a.xlsx", "1")], [InputFile("here/a.xlsx", "2")])
    assert (match.state, match.same) == ("changed", False)
    (match,) = match_files([InputFile("a.xlsx", "1")], [InputFile("b.xlsx", "1")])
    assert (match.state, match.same) == ("same", True)


def test_a_figure_that_only_the_report_states_is_named_with_its_value_and_cell():
    more = claim(ALPHA, "T1", "note", "x", "F7")
    assert differences([*CLAIMS, more]) == [(Kind.ADDED, "team", ALPHA, "", "T1", "note", "x", None, "F7")]


def test_what_two_of_one_name_state_alike_does_not_differ():
    twice = [claim(ALPHA, "", "score", "98", "C7"), claim(ALPHA, "", "score", "98", "C8")]
    assert differences(twice, twice) == []
