"""Every field of every part is fed values of every other kind: one finding each, at its line, and never a crash."""

from __future__ import annotations

import pytest

from kpi_cli.definition.load import LoadedSet
from kpi_cli.diagnostics import Place, Severity
from tests.unit.definition.small import END, SMALL, Found, find, load, vary

FULL = """\
kpi: 1
id: full
title: A full set
organisation: An office
fiscal_year: 2564
round: 1
period:
  from: 2020-10-01
  to: 2021-03-31
source:
  document: No. 1
  date: 2021-02-25
scale: 1
entity:
  title: district
  aliases:
    - a district
  prefixes:
    - d.
  roster:
    - code: "01"
      name: North
      name_en: North of it
      aliases:
        - the north
note: a note
grades:
  - title: good
    min: 50
sections:
  - id: team
    code: "1"
    title: Team
    share: 100
    note: a note
    indicators:
      - id: G
        code: "1"
        title: Group
        note: a note
        indicators:
          - id: T1
            code: "1"
            title: Money
            weight: 100
            owner: A group
            policy: ladder
            note: a note
            measures:
              spent:
                type: percent
                title: Money spent
                aliases:
                  - money
                range:
                  - 0
                  - 100
                better: higher
                step: 1
                unit: baht
                ratio:
                  part: done
                  whole: due
                not_applicable: allowed
                note: a note
              done:
                type: number
                title: Done
              due:
                type: number
                title: Due
              place:
                type: choice
                title: Place
                choices:
                  - town
            levels:
              1:
                text: some
                when:
                  spent: "> 5"
                note: a note
            tests:
              - given:
                  spent: 80
                level: 1
            accept:
              - code: level-gap
                level: 1
                at:
                  spent: 5
                why: so it is
"""
LINES = FULL.splitlines()
# Of these kinds of value, those that each key takes.
TEXT, NUMBER, WHOLE, DATE, FLAG, LIST, MAPPING, NOTHING = "text", "1.5", "7", "2021-01-01", "true", "[]", "{}", "~"
KINDS = (TEXT, NUMBER, WHOLE, DATE, FLAG, LIST, MAPPING, NOTHING)
TAKES = {
    "kpi": (),
    "id": (TEXT,),
    "title": (TEXT,),
    "organisation": (TEXT, NOTHING),
    "fiscal_year": (WHOLE, NOTHING),
    "round": (WHOLE, NOTHING),
    "from": (DATE,),
    "to": (DATE,),
    "document": (TEXT,),
    "date": (DATE, NOTHING),
    "scale": (WHOLE,),
    "code": (TEXT, NOTHING),
    "name": (TEXT,),
    "name_en": (TEXT, NOTHING),
    "note": (TEXT, NOTHING),
    "min": (NUMBER, WHOLE),
    "share": (NUMBER, WHOLE, NOTHING),
    "weight": (NUMBER, WHOLE),
    "owner": (TEXT, NOTHING),
    "policy": (),
    "type": (),
    "better": (NOTHING,),
    "step": (NUMBER, WHOLE, NOTHING),
    "unit": (TEXT, NOTHING),
    "part": (),
    "whole": (),
    "not_applicable": (),
    "text": (TEXT, NOTHING),
    "spent": (NUMBER, WHOLE, NOTHING),
    "level": (WHOLE, NOTHING),
    "why": (TEXT,),
}
_SCALARS = [
    (number, line.split(":")[0].strip(" -"))
    for number, line in enumerate(LINES, start=1)
    if ":" in line and not line.endswith(":")
]
# What may be left empty elsewhere, but not here: the code of an entity and of a finding, a rule, the level of a case.
_NEVER_NOTHING = {
    number
    for number, line in enumerate(LINES, start=1)
    if line.strip() in {'- code: "01"', "- code: level-gap", 'spent: "> 5"'}
    or (line.strip() == "level: 1" and "tests:" in LINES[number - 4])
}


def _cases() -> list[tuple[int, str, str]]:
    return [
        (number, key, kind)
        for number, key in _SCALARS
        for kind in KINDS
        if kind not in TAKES[key] or (kind == NOTHING and number in _NEVER_NOTHING)
    ]


def test_the_full_set_is_sound() -> None:
    loaded = load(FULL)
    assert loaded.diagnostics == ()
    assert loaded.definition is not None


@pytest.mark.parametrize(("number", "key", "kind"), _cases())
def test_a_value_of_another_kind_is_one_finding_at_its_line(number: int, key: str, kind: str) -> None:
    lines = list(LINES)
    lines[number - 1] = lines[number - 1].split(":")[0] + f": {kind}"
    loaded = load("\n".join(lines) + "\n")
    assert loaded.definition is None
    _check_sound(loaded)
    at_line = [item for item in loaded.diagnostics if isinstance(item.place, Place) and item.place.line == number]
    assert len(at_line) == 1, at_line
    assert at_line[0].code in {"wrong-type", "rule-syntax", "unknown-measure"}
    # What else is said is about what depended on it, never of the same place.
    others = {item.code for item in loaded.diagnostics} - {at_line[0].code}
    assert others <= {"levels-incomplete", "duplicate-id", "missing-key", "unknown-measure", "wrong-type"}


def _check_sound(loaded: LoadedSet) -> None:
    lines = loaded.text.count("\n") + 1
    for item in loaded.diagnostics:
        assert item.severity is Severity.ERROR
        assert isinstance(item.place, Place)
        assert item.place.line is not None
        assert 1 <= item.place.line <= lines


_CONTAINERS = [
    (number, line.split(":")[0].strip(" -")) for number, line in enumerate(LINES, start=1) if line.endswith(":")
]


@pytest.mark.parametrize(("number", "key"), _CONTAINERS)
@pytest.mark.parametrize("kind", [TEXT, NUMBER, FLAG])
def test_what_should_hold_more_and_does_not_is_one_finding(number: int, key: str, kind: str) -> None:
    if (key, kind) == ("roster", TEXT):
        return  # the name of a file
    indent = len(LINES[number - 1]) - len(LINES[number - 1].lstrip(" -"))
    lines = [*LINES[: number - 1], f"{LINES[number - 1]} {kind}"]
    rest = LINES[number:]
    while rest and len(rest[0]) - len(rest[0].lstrip(" ")) > indent - (rest[0].lstrip().startswith("- ") and 1):
        rest = rest[1:]
    loaded = load("\n".join(lines + rest) + "\n")
    _check_sound(loaded)
    at_line = [item for item in loaded.diagnostics if isinstance(item.place, Place) and item.place.line == number]
    assert [item.code for item in at_line] == ["wrong-type"]


REQUIRED = [
    ("kpi: 1\n", "kpi", 1, 1),
    ("id: small\n", "id", 1, 1),
    ("title: A small set\n", "title", 1, 1),
    ("id: team\n    ", "id", 6, 5),
    ("    title: Team\n", "title", 6, 5),
    ("id: T1\n        ", "id", 9, 9),
    ("        title: Money\n", "title", 9, 9),
    ("        weight: 100\n", "weight", 9, 9),
    ("type: percent, ", "type", 13, 11),
    (", title: A plan", "title", 14, 11),
    ('when: {spent: "< 75"}', "when", 18, 11),
    (SMALL[SMALL.index("        levels:") :], "levels", 9, 9),
    (SMALL[SMALL.index("    indicators:") :], "indicators", 6, 5),
    (SMALL[SMALL.index("sections:") :], "sections", 1, 1),
    (SMALL[SMALL.index("        measures:") : SMALL.index("        levels:")], "measures", 9, 9),
]


@pytest.mark.parametrize(("part", "key", "line", "column"), REQUIRED)
def test_a_missing_key_is_placed_at_what_lacks_it(part: str, key: str, line: int, column: int) -> None:
    loaded = load(vary(part, ""))
    (found,) = loaded.diagnostics
    assert isinstance(found.place, Place)
    assert (found.code, found.params["key"]) == ("missing-key", key)
    assert (found.place.line, found.place.column) == (line, column)


@pytest.mark.parametrize(
    ("appended", "key"),
    [
        ("period: {from: 2020-10-01}\n", "to"),
        ("source: {date: 2020-10-01}\n", "document"),
        ("grades: [{title: good}]\n", "min"),
        ("entity: {roster: [{code: '1'}]}\n", "name"),
        ("        tests: [{given: {}}]\n", "level"),
        ("        tests: [{level: 0}]\n", "given"),
        ("        accept: [{level: 1, why: x}]\n", "code"),
        ("        accept: [{level: 1, code: level-gap}]\n", "why"),
        ("        accept: [{why: x, code: level-gap}]\n", "level"),
    ],
)
def test_so_is_one_of_a_part_that_need_not_be_there(appended: str, key: str) -> None:
    (found,) = load(SMALL + appended).diagnostics
    assert isinstance(found.place, Place)
    assert (found.code, found.params["key"], found.place.line) == ("missing-key", key, END)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # unknown keys, and what they are near to
        ("weight: 100", "weight: 100\n        wieght: 5", [("unknown-key", "near", 12, 9)]),
        ("    title: Team", "    title: Team\n    zzz: 5", [("unknown-key", "", 8, 5)]),
        ("scale: 2", "scale: 2\n5: x", [("unknown-key", "", 5, 1)]),
        ("scale: 2", 'scale: 2\n"a b": x', [("unknown-key", "", 5, 1)]),
        ("title: A plan}", "title: A plan, tittle: x}", [("unknown-key", "near", 14, 45)]),
        ("weight: 100", "weight: 100\n        interpolate: true", [("unknown-key", "interpolate", 12, 9)]),
        ("weight: 100", "weight: 100\n        indicator: x", [("unknown-key", "", 12, 9)]),
        # literals
        ("kpi: 1", "kpi: 2", [("wrong-type", "version", 1, 6)]),
        ("kpi: 1", 'kpi: "1"', [("wrong-type", "quoted-version", 1, 6)]),
        ("kpi: 1", "kpi: true", [("wrong-type", "version", 1, 6)]),
        ("weight: 100", "weight: 100\n        policy: interpolate", [("wrong-type", "interpolate", 12, 17)]),
        ("weight: 100", "weight: 100\n        policy: lader", [("wrong-type", "not-among-near", 12, 17)]),
        ("type: flag", "type: zzz", [("wrong-type", "not-among", 14, 24)]),
        ("type: flag", "type: [flag]", [("wrong-type", "bare", 14, 24)]),
        # numbers
        ("weight: 100", 'weight: "100"', [("wrong-type", "quoted-number", 11, 17)]),
        ("weight: 100", "weight: 100%", [("wrong-type", "percent", 11, 17)]),
        ("weight: 100", "weight: 0", [("weights-sum", "", 6, 9), ("wrong-type", "weight", 11, 17)]),
        ("scale: 2", "scale: 0", [("wrong-type", "scale", 4, 8)]),
        ("scale: 2", "scale: 101", [("wrong-type", "scale", 4, 8)]),
        ("scale: 2", "scale: true", [("wrong-type", "", 4, 8)]),
        ("weight: 100", "weight: ๖๐", [("wrong-type", "thai-digits", 11, 17)]),
        ("scale: 2", "scale: 2\ngrades: [{title: ดี, min: 200}]", [("wrong-type", "grade-min", 5, 27)]),
        ("scale: 2", "scale: 2\ngrades: [{title: ดี, min: -0.5}]", [("wrong-type", "grade-min", 5, 27)]),
        ("scale: 2", "scale: 2\ngrades: [{title: ดี, min: 100}, {title: a, min: 0}]", []),
        ("scale: 2", "scale: 2\nentity: {roster: [Alpha]}", [("wrong-type", "roster-entry", 5, 19)]),
        # what can never be accepted
        (
            "weight: 100",
            "weight: 90\n        accept: [{code: weights-sum, why: x}]",
            [("weights-sum", "", 6, 9), ("unused-accept", "never", 12, 18)],
        ),
        # text
        ("title: Money\n", "title: ''\n", [("wrong-type", "bare", 10, 16)]),
        ("title: Money\n", "title: 2564\n", [("wrong-type", "unquoted", 10, 16)]),
        ("id: T1", "id: T 1", [("wrong-type", "", 9, 13)]),
        ("id: T1", "id: ตัวชี้วัด", [("wrong-type", "", 9, 13)]),
        # lists
        ("title: Sites}", "title: Sites, aliases: x}", [("wrong-type", "", 15, 55)]),
        ("title: Sites}", "title: Sites, aliases: [x, 5]}", [("wrong-type", "item-unquoted", 15, 59)]),
        ("title: Sites}", "title: Sites, aliases: [[x]]}", [("wrong-type", "item-bare", 15, 56)]),
        ("title: Sites}", "title: Sites, range: [1]}", [("wrong-type", "bare", 15, 53)]),
        ("title: Sites}", "title: Sites, range: [1, 2, 3]}", [("wrong-type", "bare", 15, 53)]),
        ("title: Sites}", "title: Sites, range: [1, x]}", [("wrong-type", "item", 15, 57)]),
        # keys of levels and measures
        ('1: {when: {spent: "< 75"}}', '"1": {when: {spent: "< 75"}}', [("levels-incomplete", "quoted", 18, 11)]),
        (
            "          plan: {",
            "          5: {",
            [("wrong-type", "measure-id", 14, 11), ("unknown-measure", "near", 19, 38)],
        ),
        # a measure that is called like a key
        ("place: {type: choice, ", "type: {", [("missing-key", "", 16, 11), ("unknown-measure", "near", 19, 62)]),
    ],
)
def test_a_slip_is_one_finding(old: str, new: str, expected: list[Found]) -> None:
    assert find(vary(old, new)) == expected


def test_a_group_in_a_group_is_said_once() -> None:
    nested = vary(
        "        measures:",
        "        indicators:\n          - id: G\n            title: G\n            indicators: []\n        measures:",
    )
    assert find(nested) == [
        ("unknown-key", "", 11, 9),
        ("wrong-type", "nested-group", 15, 13),
        ("unknown-key", "", 16, 9),
        ("unknown-key", "", 21, 9),
    ]


@pytest.mark.parametrize("text", ["abc\n", "- a\n", "5\n", "true\n", "[]\n"])
def test_what_is_no_mapping_at_all(text: str) -> None:
    assert find(text) == [("wrong-type", "root", 1, 1)]


def test_a_list_of_which_every_item_is_refused_is_not_also_too_short() -> None:
    assert find("kpi: 1\nid: a\ntitle: t\nsections: [5, {}]\n") == [
        ("wrong-type", "item", 4, 12),
        ("missing-key", "", 4, 15),
        ("missing-key", "", 4, 15),
        ("missing-key", "", 4, 15),
    ]
    assert find("kpi: 1\nid: a\ntitle: t\nsections: []\n") == [("wrong-type", "empty", 4, 11)]
