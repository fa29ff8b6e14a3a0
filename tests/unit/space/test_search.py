"""Independent measures are proved apart, so that their number hardly matters; what is too large is said."""

import time
from unittest import mock

import pytest

from kpi_cli.space import search
from kpi_cli.space.blocks import split_dimensions
from kpi_cli.space.dimensions import build_dimensions
from kpi_cli.space.search import decide_space
from tests.unit.checks.drafts import LEVEL_LINE, draft, load_indicator, prove, say

NAMES = "abcdefghijklmnopqrst"


def percents(count: int) -> str:
    return "\n".join(f"{name}: {{type: percent, title: {name}}}" for name in NAMES[:count])


def steps(count: int) -> list[str]:
    """Five levels, each asking more of every measure."""
    return [", ".join(f'{name}: ">= {level * 10}"' for name in NAMES[:count]) for level in range(1, 6)]


@pytest.mark.parametrize(
    ("levels", "groups"),
    [
        (['a: ">= 1", b: ">= 1", c: ">= 1"'], ["a", "b", "c"]),
        (['a: ">= 1", any: [{b: ">= 1"}, {c: ">= 1"}]'], ["a", "bc"]),
        (['any: [{a: ">= 1"}, {c: ">= 1"}]', 'b: ">= 1"'], ["ac", "b"]),
        (['any: [{a: ">= 1"}, {b: ">= 1"}]', 'any: [{b: ">= 1"}, {c: ">= 1"}]'], ["abc"]),
        (['all: [{a: ">= 1"}, {all: [{b: ">= 1"}]}]', 'c: ">= 1"'], ["a", "b", "c"]),
        (['a: ">= 1"'], ["a"]),
    ],
)
def test_split_dimensions(levels: list[str], groups: list[str]) -> None:
    indicator = load_indicator(percents(3), levels)
    split = split_dimensions(build_dimensions(indicator), indicator.rules)
    assert ["".join(dimension.name for dimension in group) for group in split] == groups


def test_twenty_independent_measures_are_proved_at_once() -> None:
    start = time.perf_counter()
    found = prove(draft(percents(20), steps(20)))
    assert time.perf_counter() - start < 5
    assert [finding.code for finding in found] == ["below-first-level"]


def test_a_hole_among_twenty_measures_is_found_with_its_witness() -> None:
    levels = steps(20)
    levels[4] = levels[4].replace('t: ">= 50"', 't: "[50..60)"')
    falls = [finding for finding in prove(draft(percents(20), levels)) if finding.code == "not-monotone"]
    assert [(finding.level, finding.params["lower"]) for finding in falls] == [(5, 4)]
    assert say(falls[0]).endswith("t 60 reaches only level 4, though t 59.99 reaches level 5")


def test_what_is_too_large_is_said_and_leaves_accepts_alone() -> None:
    every = ", ".join(f'{{{name}: ">= {level}"}}' for name in NAMES[:7] for level in range(1, 10))
    accept = ["code: level-gap, level: 1, why: cannot be known", "code: text-mismatch, level: 1, why: can be"]
    text = draft(percents(7), [f"any: [{every}]", 'a: ">= 10"'], accept=accept)
    found = {finding.code: finding for finding in prove(text)}
    assert set(found) == {"proof-too-large", "unused-accept"}
    assert found["unused-accept"].params["code"] == "text-mismatch"
    large = found["proof-too-large"]
    assert (large.severity, large.indicator) == ("warning", "A")
    assert large.params["cells"] == 11 * 10**6
    assert large.place.line == LEVEL_LINE + 5


def test_a_search_that_grows_too_large_is_said_beside_what_was_found() -> None:
    text = draft(percents(3), ['a: ">= 1", b: ">= 1"', 'a: "< 0", c: ">= 5"'])
    with mock.patch.object(search, "MOST_CELLS", 5), mock.patch.object(search, "_FEW_CELLS", 0):
        codes = {finding.code for finding in prove(text)}
    assert "proof-too-large" in codes
    assert "level-unreachable" in codes


def test_a_scale_of_a_hundred_levels_is_walked_whole() -> None:
    levels = [f'a: ">= {level}", b: ">= {level}"' for level in range(1, 101)]
    assert [finding.code for finding in prove(draft(percents(2), levels))] == ["below-first-level"]


def test_equal_cells_are_merged_before_they_are_counted() -> None:
    indicator = load_indicator(percents(2), ['a: "[1..2], [2..3], [3..4]"', 'b: ">= 5"'])
    assert [dimension.name for dimension in decide_space(indicator).dimensions] == ["a", "b"]
    assert [len(dimension.cells) for dimension in build_dimensions(indicator)] == [3, 2]


def test_pairs_of_levels_are_counted_before_they_are_listed() -> None:
    levels = [f'a: ">= {level}"' for level in range(1, 6)]
    with mock.patch.object(search, "MOST_CELLS", 11):
        assert [finding.code for finding in prove(draft(percents(1), levels))] == [
            "below-first-level",
            "proof-too-large",
        ]
