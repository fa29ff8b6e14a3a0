import pytest

from kpi_cli.definition import structure
from kpi_cli.render.sentences import describe
from tests.unit.definition.small import END, SMALL, Found, find, load, vary

TWO = """\
kpi: 1
id: two
title: Two
scale: 1
sections:
  - id: team
    title: Team
    indicators:
      - {id: T1, title: T1, weight: 60, measures: {a: {type: flag, title: A}}, levels: {1: {when: {a: true}}}}
      - id: G
        title: Group
        indicators:
          - {id: T2, title: T2, weight: 40, measures: {b: {type: flag, title: B}}, levels: {1: {when: {b: true}}}}
  - id: alone
    title: Alone
    indicators:
      - {id: I1, title: I1, weight: 100, measures: {c: {type: flag, title: C}}, levels: {1: {when: {c: true}}}}
"""


def test_groups_and_sections_are_sound() -> None:
    loaded = load(TWO)
    assert loaded.diagnostics == ()
    assert loaded.definition is not None
    assert [indicator.id for indicator in loaded.definition.indicators] == ["T1", "T2", "I1"]


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("{id: T2", "{id: T1", 13, 18),
        ("id: G\n", "id: T1\n", 10, 13),
        ("id: alone", "id: team", 14, 9),
        ("id: alone", "id: G", 14, 9),
        ("{id: I1", "{id: T2", 17, 14),
    ],
)
def test_an_id_stands_once_in_a_set(old: str, new: str, line: int, column: int) -> None:
    assert find(vary(old, new, text=TWO)) == [("duplicate-id", "", line, column)]


def test_the_id_of_the_set_is_its_own() -> None:
    assert find(vary("id: two", "id: T1", text=TWO)) == []


@pytest.mark.parametrize(
    ("weights", "shown"),
    [
        (("60", "40"), None),
        (("33.33", "66.67"), None),
        (("33.333333333333333333333333333333", "66.666666666666666666666666666667"), None),
        (("60", "39"), "99"),
        (("33.33", "66.66"), "99.99"),
        (("33.333333333333333333333333333333", "66.666666666666666666666666666666"), "99." + "9" * 30),
        (("0.1", "99.8"), "99.9"),
        (("0.0000001", "100"), "100.0000001"),
    ],
)
def test_the_weights_of_a_section_sum_to_exactly_100(weights: tuple[str, str], shown: str | None) -> None:
    text = vary("weight: 40", f"weight: {weights[1]}", text=vary("weight: 60", f"weight: {weights[0]}", text=TWO))
    loaded = load(text)
    if shown is None:
        assert loaded.diagnostics == ()
        return
    (found,) = loaded.diagnostics
    assert (found.code, found.params["section"]) == ("weights-sum", "team")
    assert str(found.params["weights"]) == f"T1 {weights[0]} + T2 {weights[1]}"
    assert f"sum to {shown}, not 100" in describe(found, "en").message


def test_three_thirds_with_a_cent_make_100() -> None:
    third = "      - {id: T3, title: T3, weight: 33.34, measures: {d: {type: flag, title: D}},"
    third += " levels: {1: {when: {d: true}}}}\n"
    text = vary("weight: 60", "weight: 33.33", text=vary("weight: 40", "weight: 33.33", text=TWO))
    assert find(vary("      - id: G\n", third + "      - id: G\n", text=text)) == []


def test_a_sum_over_what_could_not_be_read_is_not_taken() -> None:
    assert find(vary("weight: 40", "weight: x", text=TWO)) == [("wrong-type", "", 13, 41)]
    assert find(vary("      - id: G\n", "      - 5\n      - id: G\n", text=TWO)) == [("wrong-type", "item", 10, 9)]


@pytest.mark.parametrize(
    ("team", "alone", "expected"),
    [
        ("50", "50", []),
        ("33.3", "66.7", []),
        ("0", "100", []),
        ("50", None, [("shares-sum", "some-lack", 15, 9)]),
        (None, "50", [("shares-sum", "some-lack", 6, 9)]),
        ("50", "49.9", [("shares-sum", "", 8, 12)]),
        ("-50", "150", [("wrong-type", "", 8, 12)]),
        ("x", "50", [("wrong-type", "", 8, 12)]),
    ],
)
def test_sections_have_shares_that_sum_to_100_or_none(
    team: str | None, alone: str | None, expected: list[Found]
) -> None:
    text = vary("    title: Team\n", f"    title: Team\n    share: {team}\n", text=TWO) if team else TWO
    text = vary("    title: Alone\n", f"    title: Alone\n    share: {alone}\n", text=text) if alone else text
    assert find(text) == expected


@pytest.mark.parametrize(
    ("scale", "levels", "expected"),
    [
        (2, (1, 2), []),
        (3, (1, 2), [("levels-incomplete", "", 17, 9)]),
        (3, (1, 3), [("levels-incomplete", "", 17, 9)]),
        (2, (2, 1), []),
        (1, (1, 2), [("levels-incomplete", "surplus", 19, 11)]),
        (2, (0, 1, 2), [("levels-incomplete", "surplus", 18, 11)]),
        (2, (1, -2, 2), [("levels-incomplete", "surplus", 19, 11)]),
        (1, (1, 2, 3), [("levels-incomplete", "surplus", 19, 11), ("levels-incomplete", "surplus", 20, 11)]),
        (2, (1, '"2"'), [("levels-incomplete", "quoted", 19, 11)]),
        (2, (1, 2, "x"), [("levels-incomplete", "not-a-number", 20, 11)]),
        (2, (1, 2, "2.0"), [("yaml-surprise", "typed-key", 20, 11)]),
        (2, (1, 2, 2), [("duplicate-key", "", 20, 11)]),
        (2, (1, 2, "9" * 30), [("levels-incomplete", "quoted", 20, 11)]),
    ],
)
def test_levels_run_from_1_to_the_scale(scale: int, levels: tuple[object, ...], expected: list[Found]) -> None:
    text = vary("scale: 2", f"scale: {scale}")[: SMALL.index("          1: {")]
    assert find(text + "".join(f"          {level}: {{when: {{plan: true}}}}\n" for level in levels)) == expected


def test_the_scale_is_5_unless_it_says_otherwise() -> None:
    (found,) = load(vary("scale: 2\n", "")).diagnostics
    assert (found.code, found.params) == ("levels-incomplete", {"scale": 5, "missing": ("3", "4", "5")})


@pytest.mark.parametrize(
    ("appended", "expected"),
    [
        ("period: {from: 2021-03-31, to: 2020-10-01}\n", [("wrong-type", "period-backwards", END, 32)]),
        ("period: {from: 2021-03-31, to: 2021-03-31}\n", []),
        ("period: {from: 2021-03-31, to: x}\n", [("wrong-type", "", END, 32)]),
        ("grades: [{title: a, min: 90}, {title: b, min: 80}]\n", []),
        ("grades: [{title: a, min: 90}, {title: a, min: 80}]\n", [("duplicate-id", "grade-title", END, 39)]),
        ("grades: [{title: a, min: 90}, {title: b, min: 90.0}]\n", [("duplicate-id", "grade-bound", END, 47)]),
        ("        accept: [{code: level-gap, why: x}]\n", [("missing-key", "accept-what", END, 18)]),
        ("        accept: [{code: level-gap, why: x, level: ~, at: ~}]\n", [("missing-key", "accept-what", END, 18)]),
        ("        accept: [{code: level-gap, why: x, at: {spent: 5}}]\n", []),
        ("        accept: [{code: level-gap, why: '', level: 1}]\n", [("wrong-type", "bare", END, 41)]),
        ("entity: {roster: [{code: '1', name: A}, {code: '2', name: A}]}\n", []),
        (
            "entity: {roster: [{code: '1', name: A}, {code: '1', name: B}]}\n",
            [("duplicate-id", "roster-code", END, 48)],
        ),
        (
            "entity: {roster: [{code: a1, name: A}, {code: A๑, name: B}]}\n",
            [("duplicate-id", "roster-code-alike", END, 47)],
        ),
        (
            "entity: {roster: [{code: '010', name: C}, {code: '10', name: D}]}\n",
            [("duplicate-id", "roster-code-alike", END, 50)],
        ),
        ("entity: {roster: [{code: 1, name: A}]}\n", [("wrong-type", "unquoted", END, 26)]),
        ("entity: {roster: []}\n", []),
        ("entity: {roster: {a: b}}\n", [("wrong-type", "bare", END, 18)]),
    ],
)
def test_what_else_must_agree(appended: str, expected: list[Found]) -> None:
    assert find(SMALL + appended) == expected


def test_a_finding_says_which_indicator_and_level_it_is_about() -> None:
    text = vary("{when: {b: true}}", "{when: {b: 5}}", text=vary("title: I1", "title: ''", text=TWO))
    assert [(item.indicator, item.level) for item in load(text).diagnostics] == [("T2", 1), ("I1", None)]


@pytest.mark.parametrize(("choices", "found"), [(300, []), (301, [("wrong-type", "too-many", 16, 56)])])
def test_sections_and_choices_have_bounds(choices: int, found: list[Found]) -> None:
    named = ", ".join(["town", *(f"place {number}" for number in range(choices - 1))])
    assert find(vary("[town, hill]", f"[{named}]")) == found


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, [("wrong-type", "too-many", 12, 9)])])
def test_so_many_measures_has_no_indicator(more: int, found: list[Found]) -> None:
    added = "".join(f"          m{number}: {{type: flag, title: M{number}}}\n" for number in range(96 + more))
    head, rest = SMALL.split("        measures:\n", 1)
    found_here = find(f"{head}        measures:\n{added}{rest}")
    assert [each for each in found_here if each[1] == "too-many"] == found


@pytest.mark.parametrize(("prefixes", "found"), [(100, []), (101, [("wrong-type", "too-many", END, 20)])])
def test_so_many_prefixes_has_no_entity(prefixes: int, found: list[Found]) -> None:
    named = ", ".join(f"p{number}" for number in range(prefixes))
    assert find(f"{SMALL}entity: {{prefixes: [{named}]}}\n") == found


def test_so_many_sections_has_no_agreement() -> None:
    def sections(count: int) -> list[Found]:
        head, section = SMALL.split("  - id: team\n", 1)
        parts = []
        for number in range(count):
            own = section.replace("T1", f"T{number}")
            for name in ("spent", "plan", "sites", "place"):
                own = own.replace(f"{name}:", f"{name}{number}:").replace(
                    f"title: {name.title()}", f"title: {name}{number}"
                )
            own = own.replace("Money spent", f"Money{number}").replace("A plan", f"A{number}")
            parts.append(f"  - id: team{number}\n{own}")
        return [each for each in find(head + "".join(parts)) if each[1] == "too-many"]

    assert sections(100) == []
    assert sections(101) == [("wrong-type", "too-many", 5, 1)]


def test_lists_of_indicators_cases_and_accepts_have_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in a list that is too long is not held against its shape: that would be an error in every item."""
    cases = SMALL + "        tests:\n          - {}\n          - {}\n"
    accepts = SMALL + "        accept:\n          - {}\n          - {}\n"
    assert {each[1] for each in find(TWO) + find(cases) + find(accepts)} == {"", "accept-what"}
    monkeypatch.setattr(structure, "MAX_CASES", 1)
    assert find(cases) == [("wrong-type", "too-many", END, 9)]
    assert ("wrong-type", "too-many", END, 9) in find(accepts)
    monkeypatch.setattr(structure, "MAX_INDICATORS", 1)
    assert find(TWO) == [("wrong-type", "too-many", 8, 5)]
