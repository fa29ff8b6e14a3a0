"""A few trials of every kind in this process, and rules by the hundred; `run.py` goes on for as long as one likes."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.rules.parser import RuleSyntaxError, parse_unary
from tests.fuzz.mutations import make_rule, mutate_text
from tests.fuzz.sandbox import judge, run_here
from tests.fuzz.trials import KINDS, make_trial


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_whatever_comes_in_ends_in_a_result_or_in_diagnostics(kind: str, seed: int) -> None:
    _, trial = make_trial(seed, (kind,))
    assert judge(trial, run_here(trial)) == ""


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_whatever_is_written_as_a_rule_is_one_or_a_syntax_error(seed: int) -> None:
    rng = random.Random(seed)
    with contextlib.suppress(RuleSyntaxError):
        parse_unary(mutate_text(make_rule(rng), rng))


def test_a_seed_is_a_trial() -> None:
    assert make_trial(7) == make_trial(7)
