"""The seconds that work may take in a test: counted in time of the processor, with room for a slow and busy machine.

Runs beside others, and on a slower machine, the same work took up to three times as long. Lines are not counted for the
coverage meanwhile: that took up to five times as long again, and a bound with room for both would hold nobody.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

PATIENCE = 5


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails where the body takes more than PATIENCE times the `seconds` that a machine at rest may need for it."""
    counts_lines = sys.gettrace()
    sys.settrace(None)
    started = time.process_time()
    try:
        yield
    finally:
        taken = time.process_time() - started
        sys.settrace(counts_lines)
    assert taken < PATIENCE * seconds, f"{taken:.1f} s of the processor, where {seconds:g} s are enough"
