from decimal import Decimal

import pytest

from kpi_cli.model import Measure
from tests.unit.definition.small import END, SMALL, Found, find, load, vary


def _measures(*written: str) -> str:
    """The small set with further measures, from line 17 on."""
    return vary("        levels:\n", "".join(f"          {line}\n" for line in written) + "        levels:\n")


_PARTS = ("done: {type: number, title: Done}", "due: {type: count, title: Due}")


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("any", "reserved-measure-id"),
        ("all", "reserved-measure-id"),
        ("not", "reserved-measure-id"),
        ("code", "reserved-measure-id"),
        ("entity", "reserved-measure-id"),
        ("Speed", "measure-id"),
        ("spent-x", "measure-id"),
        ("_x", "measure-id"),
        ("1x", "measure-id"),
        ('"5"', "measure-id"),
        ("ก", "measure-id"),
        ("x y", "measure-id"),
        ('""', "measure-id"),
        ('"x\\n"', "measure-id"),
    ],
)
def test_ids_that_no_measure_may_have(name: str, variant: str) -> None:
    assert find(_measures(f"{name}: {{type: flag, title: X}}")) == [("wrong-type", variant, 17, 11)]


@pytest.mark.parametrize("name", ["x", "title", "type", "measures", "levels", "any1", "x_1", "null_x", "indicators"])
def test_ids_that_one_may(name: str) -> None:
    assert find(_measures(f"{name}: {{type: flag, title: X}}")) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("x: {type: percent, title: X, ratio: {part: done, whole: due}}", []),
        (
            "x: {type: number, title: X, ratio: {part: done, whole: due}}",
            [("wrong-type", "ratio-of-no-percent", 17, 46)],
        ),
        ("x: {type: percent, title: X, ratio: {part: dnoe, whole: due}}", [("unknown-measure", "near", 17, 54)]),
        ("x: {type: percent, title: X, ratio: {part: zz, whole: due}}", [("unknown-measure", "", 17, 54)]),
        ("x: {type: percent, title: X, ratio: {part: due, whole: due}}", [("wrong-type", "ratio-of-itself", 17, 47)]),
        ("x: {type: percent, title: X, ratio: {part: plan, whole: due}}", [("wrong-type", "ratio-part", 17, 54)]),
        ("x: {type: percent, title: X, ratio: {part: spent, whole: due}}", [("wrong-type", "ratio-part", 17, 54)]),
        ("x: {type: percent, title: X, ratio: {part: done}}", [("missing-key", "", 17, 40)]),
        ("x: {type: percent, title: X, ratio: {part: 5, whole: due}}", [("wrong-type", "unquoted", 17, 54)]),
        ("x: {type: percnt, title: X, ratio: {part: done, whole: due}}", [("wrong-type", "not-among-near", 17, 21)]),
        ("x: {type: choice, title: X}", [("missing-key", "choices", 17, 11)]),
        ("x: {type: choice, title: X, choices: []}", [("wrong-type", "bare", 17, 48)]),
        ("x: {type: choice, title: X, choices: [a, b, A]}", [("duplicate-id", "choice", 17, 55)]),
        ('x: {type: choice, title: X, choices: [a, " "]}', [("wrong-type", "item-bare", 17, 52)]),
        ("x: {type: choice, title: X, choices: [a, 5]}", [("wrong-type", "item-unquoted", 17, 52)]),
        ("x: {type: choice, title: X, choices: ~}", [("missing-key", "choices", 17, 11)]),
        ("x: {type: flag, title: X, choices: [a]}", [("wrong-type", "not-for-type", 17, 37)]),
        ("x: {type: count, title: X, choices: [a]}", [("wrong-type", "not-for-type", 17, 38)]),
        ("x: {type: flag, title: X, range: [0, 1]}", [("wrong-type", "not-for-type", 17, 37)]),
        ("x: {type: flag, title: X, step: 1}", [("wrong-type", "not-for-type", 17, 37)]),
        ("x: {type: number, title: X, range: [5, 1]}", [("wrong-type", "range-backwards", 17, 46)]),
        ("x: {type: count, title: X, range: [~, -1]}", [("wrong-type", "range-backwards", 17, 45)]),
        ("x: {type: number, title: X, range: [5, 5]}", []),
        ("x: {type: number, title: X, range: [~, 5.5]}", []),
        ("x: {type: number, title: X, range: [-100, ~]}", []),
        ("x: {type: number, title: X, step: 0}", [("wrong-type", "", 17, 45)]),
        ("x: {type: number, title: X, better: lower}", []),
        ("x: {type: number, title: X, better: low}", [("wrong-type", "not-among-near", 17, 47)]),
        ("x: {type: number, title: X, not_applicable: true}", [("wrong-type", "not-among", 17, 55)]),
    ],
)
def test_what_a_measure_says(written: str, expected: list[Found]) -> None:
    assert find(_measures(written, *_PARTS)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("x: {type: flag, title: Money spent}", [("duplicate-id", "header", 17, 34)]),
        ("x: {type: flag, title: mOnEy  SPENT}", [("duplicate-id", "header", 17, 34)]),
        ('x: {type: flag, title: "Mo\\u200bney spent"}', [("duplicate-id", "header", 17, 34)]),
        ("x: {type: flag, title: X, aliases: [ok, Money spent]}", [("duplicate-id", "header", 17, 51)]),
        ("x: {type: flag, title: spent}", [("duplicate-id", "header", 17, 34)]),
        ("x: {type: flag, title: X, aliases: [X, x, X ]}", []),
        ("x: {type: flag, title: Entity}", [("duplicate-id", "entity-header", 17, 34)]),
        ("x: {type: flag, title: X, aliases: [Code]}", [("duplicate-id", "entity-header", 17, 47)]),
        ("x: {type: flag, title: ชื่อ entity}", [("duplicate-id", "entity-header", 17, 34)]),
    ],
)
def test_headers_stay_distinct_after_clean_up(written: str, expected: list[Found]) -> None:
    assert find(_measures(written)) == expected


def test_thai_headers_are_compared_after_clean_up_too() -> None:
    text = _measures("x: {type: flag, title: จำนวนครั้งที่ ๑}", 'y: {type: flag, title: "จ\\u0e4d\\u0e32นวนครั้งที่ 1"}')
    assert find(text) == [("duplicate-id", "header", 18, 34)]


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("{title: อำเภอ, aliases: [district]}", []),
        ("{title: A plan}", [("duplicate-id", "header", 14, 37)]),
        ("{title: อำเภอ, aliases: [place]}", [("duplicate-id", "header", 16, 11)]),
        ("{title: เ เขต}", []),
    ],
)
def test_nor_may_the_column_of_the_entity_be_called_like_a_measure(entity: str, expected: list[Found]) -> None:
    assert find(SMALL + f"entity: {entity}\n") == expected


def test_a_measure_stands_in_one_indicator() -> None:
    second = """\
      - id: T2
        title: T2
        weight: 50
        measures: {spent: {type: flag, title: Other}}
        levels: {1: {when: {spent: true}}, 2: {when: {spent: false}}}
"""
    loaded = load(vary("weight: 100", "weight: 50") + second)
    (found,) = loaded.diagnostics
    assert (found.code, found.variant, found.params, found.indicator) == (
        "duplicate-id",
        "measure",
        {"id": "spent"},
        "T2",
    )


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("{given: {spent: 80}, level: 2}", []),
        ("{given: {spent: ~, plan: false, sites: 3, place: hill}, level: 0}", []),
        ("{given: {spnt: 80}, level: 2}", [("unknown-measure", "near", END, 26)]),
        ("{given: {5: 80}, level: 2}", [("unknown-measure", "", END, 26)]),
        ("{given: {spent: true}, level: 2}", [("wrong-type", "given", END, 33)]),
        ("{given: {spent: '80'}, level: 2}", [("wrong-type", "given", END, 33)]),
        ("{given: {spent: 100.01}, level: 2}", [("wrong-type", "given-above", END, 33)]),
        ("{given: {spent: -0.01}, level: 2}", [("wrong-type", "given-below", END, 33)]),
        ("{given: {plan: 1}, level: 2}", [("wrong-type", "given", END, 32)]),
        ("{given: {sites: 1.5}, level: 2}", [("wrong-type", "given", END, 33)]),
        ("{given: {sites: 3.0}, level: 2}", []),
        ("{given: {sites: -1}, level: 2}", [("wrong-type", "given", END, 33)]),
        ("{given: {place: sea}, level: 2}", [("wrong-type", "given", END, 33)]),
        ("{given: {spent: [80]}, level: 2}", [("wrong-type", "given", END, 33)]),
        ("{given: {spent: 80}, level: 3}", [("wrong-type", "no-such-level", END, 45)]),
        ("{given: {spent: 80}, level: -1}", [("wrong-type", "no-such-level", END, 45)]),
        ("{given: {spent: 80}, level: 2.0}", [("wrong-type", "", END, 45)]),
        ("{given: [80], level: 2}", [("wrong-type", "bare", END, 25)]),
        ("5", [("wrong-type", "item", END, 17)]),
    ],
)
def test_a_case_gives_values_that_its_measures_may_have(case: str, expected: list[Found]) -> None:
    assert find(SMALL + f"        tests: [{case}]\n") == expected


def test_so_does_what_is_accepted() -> None:
    appended = "        accept: [{code: level-gap, why: x, at: {spent: 101}, level: 7}]\n"
    assert find(SMALL + appended) == [("wrong-type", "given-above", END, 56), ("wrong-type", "no-such-level", END, 69)]


def test_a_count_begins_at_0_whatever_its_range_says() -> None:
    for low, high in ((None, Decimal(9)), (Decimal(0), Decimal(9))):
        measure = Measure.model_validate({"type": "count", "title": "x", "range": (low, high)})
        assert measure.bounds == (0, 9)


def test_a_range_of_its_own_counts() -> None:
    text = vary("title: Money spent", "title: Money spent, range: [-50, ~]")
    assert find(text + "        tests: [{given: {spent: 1000}, level: 0}, {given: {spent: -51}, level: 0}]\n") == [
        ("wrong-type", "given-below", END, 67)
    ]
