"""Bounds of time: what takes too long fails, and lines are counted again after it."""

from __future__ import annotations

import contextlib
import sys
import time

import pytest

from tests.patience import PATIENCE, within


def use_processor(seconds: float) -> None:
    started = time.process_time()
    while time.process_time() - started < seconds:
        pass


def test_what_takes_longer_than_there_is_patience_for_fails() -> None:
    with within(0.02):
        use_processor(0.02)
    with pytest.raises(AssertionError, match=r"where 0\.02 s are enough"), within(0.02):
        use_processor(0.02 * PATIENCE)


def test_lines_are_not_counted_meanwhile_but_after_it() -> None:
    before = sys.gettrace()

    def count(*_: object) -> None:
        return None

    sys.settrace(count)
    try:
        with contextlib.suppress(ValueError), within(1):
            meanwhile = sys.gettrace()
            raise ValueError
        after = sys.gettrace()
    finally:
        sys.settrace(before)
    assert (meanwhile, after) == (None, count)
