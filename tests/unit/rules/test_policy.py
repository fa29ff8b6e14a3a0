import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.rules.evaluate import Truth
from kpi_cli.rules.policy import Band, Policy, decide_level

T, F, U = True, False, None


@pytest.mark.parametrize(
    ("truths", "highest", "ladder"),
    [
        ([], Band(0, 0), Band(0, 0)),
        ([F, F, F], Band(0, 0), Band(0, 0)),
        ([T, F, F], Band(1, 1), Band(1, 1)),
        ([T, T, T], Band(3, 3), Band(3, 3)),
        ([F, T, F], Band(2, 2), Band(0, 0)),
        ([T, F, T], Band(3, 3), Band(1, 1)),
        ([T, T, F, T, F], Band(4, 4), Band(2, 2)),
        ([U, U, U], Band(0, 3), Band(0, 3)),
        ([T, U, F], Band(1, 2), Band(1, 2)),
        ([T, U, T], Band(3, 3), Band(1, 3)),
        ([U, T, F], Band(2, 2), Band(0, 2)),
        ([F, U, T], Band(3, 3), Band(0, 0)),
        ([T, F, U], Band(1, 3), Band(1, 1)),
    ],
)
def test_decide_level(truths: list[Truth], highest: Band, ladder: Band) -> None:
    assert decide_level(truths, "highest") == highest
    assert decide_level(truths, "ladder") == ladder


_truths = st.lists(st.sampled_from([T, F, U]), max_size=7)
_policies = st.sampled_from(["highest", "ladder"])


@given(_truths, _policies, st.data())
def test_whatever_an_unknown_rule_turns_out_to_be_the_level_lies_in_the_band(
    truths: list[Truth], policy: Policy, data: st.DataObject
) -> None:
    known = [data.draw(st.booleans()) if truth is None else truth for truth in truths]
    band, final = decide_level(truths, policy), decide_level(known, policy)
    assert final.proven == final.possible
    assert 0 <= band.proven <= final.proven <= band.possible <= len(truths)


@given(_truths)
def test_a_ladder_never_reaches_above_the_highest(truths: list[Truth]) -> None:
    ladder, highest = decide_level(truths, "ladder"), decide_level(truths, "highest")
    assert ladder.proven <= highest.proven
    assert ladder.possible <= highest.possible


def test_equal_bands_are_one() -> None:
    assert decide_level([T, U], "highest") is decide_level([T, U], "ladder") is not decide_level([T, T], "highest")
