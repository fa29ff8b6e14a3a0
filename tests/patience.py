"""The seconds that work may take in a test: counted in time of the processor, with room for a slow and busy machine.

Runs beside others, on a slower machine, and with its lines counted, the same work took up to three times as long.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

PATIENCE = 5


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails where the body takes more than PATIENCE times the `seconds` that a machine at rest may need for it."""
    started = time.process_time()
    yield
    taken = time.process_time() - started
    assert taken < PATIENCE * seconds, f"{taken:.1f} s of the processor, where {seconds:g} s are enough"
