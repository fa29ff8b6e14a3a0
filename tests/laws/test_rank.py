"""A rank is a function of the exact scores alone: one more than the number of better ones, however they are shown."""

from __future__ import annotations

import pathlib
import random
import tempfile
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.made_up import Row, law, list_rankings, make_rows, score, write_csv_file

_NEARLY_EQUAL = (
    {"done": "", "some": "4", "every": "7", "sites": "1"},  # levels 2 and 1: 50.0003 points
    {"done": "", "some": "1", "every": "7", "sites": "2"},  # levels 1 and 2: 49.9997
)
"""Two rows of the first section that are shown alike."""


@settings(law, max_examples=25)
@given(make_rows(), st.integers(0, 2**32))
def test_a_rank_is_one_more_than_the_number_of_better_exact_scores(rows: list[Row], seed: int) -> None:
    """In every section and overall, whatever the names and the order of the rows."""
    rng = random.Random(seed)
    together = rng.sample([*rows, *(dict.fromkeys(rows[0], "") | row for row in _NEARLY_EQUAL)], len(rows) + 2)
    names = rng.sample(["Other" * (number % 3) + f" {number}" for number in range(len(together))], len(together))
    renamed = [{**row, "entity": name} for row, name in zip(together, names, strict=True)]
    with tempfile.TemporaryDirectory() as name:
        document = score(pathlib.Path(name), write_csv_file(pathlib.Path(name) / "rows.csv", renamed))
    for section, ranking in list_rankings(document).items():
        exact = [None if row["exact"] is None else Fraction(row["exact"]) for row in ranking]
        for row, own in zip(ranking, exact, strict=True):
            better = [other for other in exact if other is not None and own is not None and other > own]
            assert row["rank"] == (None if own is None else 1 + len(better)), section
