"""What differs between two sets: parts, keys, and whether a verdict can change."""

import textwrap
from unittest import mock

import pytest

from kpi_cli.definition.load import load_definition
from kpi_cli.scoring.diff import Effect, diff_sets
from kpi_cli.scoring.set_parts import PartId
from kpi_cli.space import allowance
from tests.unit.two_sets import NEW, OLD

V, R, N = Effect.VERDICT, Effect.READING, Effect.NONE


def load(text):
    loaded = load_definition(text.encode(), file="set.yaml", folder=None)
    assert loaded.definition is not None, loaded.diagnostics
    return loaded.definition


def diff(old, new):
    return diff_sets(old=load(old), new=load(new))


def list_changes(found):
    return {
        (change.part.kind, change.part.id, key.key): key.effect for change in found.changes for key in change.keys
    } | {
        (change.part.kind, change.part.id, change.turn): change.effect
        for change in found.changes
        if change.turn != "changed"
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("title: Budget spent", "title: Money spent", {("indicator", "A", "title"): N}),
        ("text: below 75", "text: under 75", {("level", "1", "text"): N}),
        ("weight: 60", 'weight: 60\n        note: as agreed', {("indicator", "A", "note"): N}),
        ("weight: 60", "weight: 60.00", {}),
        ("title: Spent}", "title: Spent, range: [0, 100], better: higher, step: 0.01}", {}),
        ("title: Spent}", "title: Money}", {("measure", "spent", "title"): R}),
        ("title: Spent}", "title: Spent, aliases: [Money]}", {("measure", "spent", "aliases"): R}),
        ("title: Spent}", "title: Spent, not_applicable: allowed}", {("measure", "spent", "not_applicable"): R}),
        ("title: Spent}", "title: Spent, unit: baht}", {("measure", "spent", "unit"): N}),
        ("title: Sites}", "title: Sites, better: none}", {("measure", "sites", "better"): N}),
        ('spent: ">= 90"', 'spent: "not(< 90)"', {("level", "5", "when"): N}),
        ('spent: ">= 90"', 'spent: "> 90"', {("level", "5", "when"): V}),
        ("measures: {sites", "policy: ladder\n        measures: {sites", {("indicator", "B", "policy"): N}),
        ("measures: {spent", "policy: ladder\n        measures: {spent", {("indicator", "A", "policy"): V}),
        ("title: Team", "title: Team\n    share: 100", {("section", "team", "share"): V}),
        ("  roster:", "  title: District\n  roster:", {("entity", "", "title"): R}),
        ("name: Gamma", "name: Gamma, aliases: [G]", {("roster", "3", "aliases"): R}),
        ('    - {code: "3", name: Gamma}\n', "", {("roster", "3", "went"): V}),
        ("kpi: 1\n", "kpi: 1\nround: 2\n", {("set", "", "round"): N}),
        ("kpi: 1\n", "kpi: 1\ngrades: [{title: Good, min: 80}]\n", {
            ("grade", "Good", "came"): V, ("grade", "Good", "min"): V
        }),
    ],
)  # fmt: skip
def test_one_change(before, after, expected):
    assert before in OLD
    found = diff(OLD, OLD.replace(before, after, 1))
    assert list_changes(found) == expected
    assert found.effect is next((effect for effect in Effect if effect in expected.values()), N)


def test_a_change_of_reading_that_moves_a_level_is_one_of_the_verdict():
    found = diff(OLD, OLD.replace("title: Spent}", "title: Spent, range: [0, 120]}"))
    assert list_changes(found) == {("measure", "spent", "range"): R}
    assert [(move.old, move.new) for move in found.moves["A"].moves] == [(None, 5)]
    assert found.effect is V


def test_a_change_says_what_it_is_about_and_what_stood_before():
    new = OLD.replace("name: Gamma", "name: Gamma Hill").replace("weight: 60", "weight: 50").replace(
        "weight: 30", "weight: 40"
    ).replace("text: below 75", "text: under 75")  # fmt: skip
    found = diff(OLD, new)
    assert [
        (change.part.id, change.turn, change.effect, change.title, key.key, key.old, key.new)
        for change in found.changes
        for key in change.keys
    ] == [
        ("A", "changed", V, "Budget spent", "weight", 60, 50),
        ("1", "changed", N, None, "text", "below 75", "under 75"),
        ("B", "changed", V, "Learning sites", "weight", 30, 40),
        ("3", "changed", R, "Gamma Hill", "name", "Gamma", "Gamma Hill"),
    ]


def test_what_comes_and_goes_says_its_title_and_its_effect():
    new = OLD.replace("{sites: {type: count, title: Sites}}", "{places: {type: count, title: Places}}").replace(
        "{sites: ", "{places: "
    ).replace('    - {code: "3", name: Gamma}\n', "")  # fmt: skip
    found = diff(OLD, new)
    assert [
        (change.part.id, change.turn, change.effect, change.title) for change in found.changes if not change.keys
    ] == [
        ("places", "came", R, "Places"),
        ("sites", "went", R, "Sites"),
        ("3", "went", V, "Gamma"),
    ]


def gather(text):
    """`text` with its last two indicators under a heading of their own."""
    at = text.index("      - id: B")
    head = "      - id: G\n        title: Sites and meetings\n        indicators:\n"
    return text[:at] + head + textwrap.indent(text[at:], "    ")


GROUPED = gather(OLD)
# A section for the first indicator, and one for the other two.
TWO = OLD.replace("weight: 60", "weight: 100").replace("weight: 30", "weight: 90").replace(
    "      - id: B", "  - id: rest\n    title: Rest\n    indicators:\n      - id: B"
)  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (GROUPED, GROUPED.replace("title: Sites and meetings", "title: Places"), {("group", "G", "title"): N}),
        (OLD, GROUPED, {("group", "G", "came"): N, ("indicator", "B", "group"): N, ("indicator", "C", "group"): N}),
        (GROUPED, OLD, {("group", "G", "went"): N, ("indicator", "B", "group"): N, ("indicator", "C", "group"): N}),
    ],
)
def test_a_heading_changes_no_verdict(old, new, expected):
    assert list_changes(diff(old, new)) == expected


def test_an_indicator_comes_to_a_group_by_its_id():
    (change,) = (one for one in diff(OLD, GROUPED).changes if one.part.id == "B")
    assert [(key.key, key.old, key.new) for key in change.keys] == [("group", None, "G")]


def test_a_heading_stands_in_its_section():
    grouped = gather(TWO)
    found = diff(grouped, grouped.replace("id: rest", "id: other"))
    (group,) = (change for change in found.changes if change.part.kind == "group")
    assert [(key.key, key.old, key.new, key.effect) for key in group.keys] == [("section", "rest", "other", N)]


def test_an_indicator_that_comes_says_its_weight_and_not_its_parts():
    found = list_changes(diff(OLD, NEW))
    assert {key: effect for key, effect in found.items() if key[1] in {"C", "D", "visits", "meetings"}} == {
        ("indicator", "C", "went"): V,
        ("indicator", "C", "weight"): V,
        ("indicator", "C", "section"): V,
        ("indicator", "D", "came"): V,
        ("indicator", "D", "weight"): V,
        ("indicator", "D", "section"): V,
    }


def test_only_indicators_that_are_decided_otherwise_are_searched():
    found = diff(OLD, NEW)
    assert {id_: [(move.old, move.new) for move in moves.moves] for id_, moves in found.moves.items()} == {
        "A": [(2, 1), (None, 5)],
        "B": [],
    }
    assert found.effect is V


def test_a_set_does_not_differ_from_itself():
    found = diff(OLD, OLD)
    assert (found.changes, found.moves, found.effect) == ((), {}, N)


def test_another_order_is_said_and_changes_nothing():
    entries = '    - {code: "1", name: Alpha}\n    - {code: "2", name: Beta}\n'
    swapped = "".join(reversed(entries.splitlines(keepends=True)))
    found = diff(OLD, OLD.replace(entries, swapped))
    assert list_changes(found) == {("set", "order", "roster-order"): N}
    start, middle, end = OLD.index("      - id: A"), OLD.index("      - id: B"), OLD.index("      - id: C")
    found = diff(OLD, OLD[:start] + OLD[middle:end] + OLD[start:middle] + OLD[end:])
    assert [(change.turn, change.effect) for change in found.changes] == [("changed", N)]
    assert list_changes(found) == {("set", "order", "indicator-order"): N, ("set", "order", "measure-order"): N}
    assert found.effect is N
    first, last = TWO.index("  - id: team"), TWO.index("  - id: rest")
    found = diff(TWO, TWO[:first] + TWO[last:] + TWO[first:last])
    assert ("set", "order", "section-order") in list_changes(found)
    assert found.effect is N


def test_an_indicator_moved_to_another_section_keeps_its_levels_and_not_its_place():
    found = list_changes(diff(OLD, TWO))
    assert found["section", "rest", "came"] is V
    assert found["indicator", "B", "section"] is V
    assert found["indicator", "B", "weight"] is V
    assert not any(kind == "level" for kind, _, _ in found)


def test_a_level_that_goes_counts_where_values_move():
    four = OLD.replace("kpi: 1\n", "kpi: 1\nscale: 4\n")
    for measure in ("spent", "sites", "meetings"):
        line = next(
            line for line in four.splitlines(keepends=True) if line.startswith(f"          5: {{when: {{{measure}")
        )
        four = four.replace(line, "")
    found = diff(OLD, four)
    assert list_changes(found)["set", "", "scale"] is V
    assert {change.part: change.effect for change in found.changes if change.part.kind == "level"} == {
        PartId("level", "5", "A"): V,
        PartId("level", "5", "B"): V,
        PartId("level", "5", "C"): V,
    }
    assert [(move.old, move.new) for move in found.moves["A"].moves] == [(5, 4)]


def test_all_indicators_share_the_steps_of_a_run():
    text = OLD.replace('spent: ">= 90"', 'spent: "> 90"').replace('sites: ">= 5"', 'sites: ">= 6"')
    found = set()
    for steps in range(0, 320, 16):
        with mock.patch.object(allowance, "MOST_STEPS", steps):
            found.add(tuple(moves.obstacle for moves in diff(OLD, text).moves.values()))
    assert {("too-large", "too-large"), (None, "too-large"), (None, None)} <= found
