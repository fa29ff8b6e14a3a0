"""A rank is a function of the exact scores alone: one more than the number of better ones, however they are shown."""

from __future__ import annotations

import pathlib
import random
import tempfile
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.made_up import Row, law, list_rankings, make_rows, score, write_csv_file


@settings(law, max_examples=40)
@given(make_rows(most=9), st.integers(0, 2**32))
def test_a_rank_is_one_more_than_the_number_of_better_exact_scores(rows: list[Row], seed: int) -> None:
    """In every section and overall, whatever the names and the order of the rows."""
    names = random.Random(seed).sample([f"Other {number}" for number in range(len(rows))], len(rows))
    renamed = [{**row, "entity": name} for row, name in zip(rows, names, strict=True)]
    with tempfile.TemporaryDirectory() as name:
        document = score(pathlib.Path(name), write_csv_file(pathlib.Path(name) / "rows.csv", renamed))
    for section, ranking in list_rankings(document).items():
        exact = [None if row["exact"] is None else Fraction(row["exact"]) for row in ranking]
        for row, own in zip(ranking, exact, strict=True):
            better = [other for other in exact if other is not None and own is not None and other > own]
            assert row["rank"] == (None if own is None else 1 + len(better)), section
