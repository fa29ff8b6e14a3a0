"""proven <= possible; and whatever the missing figures turn out to be, the result lies between what was said."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Iterator
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli import load_set, read_results, score
from kpi_cli.scoring.scorecard import Scorecard
from tests.laws.made_up import GIVEN, Row, law, make_rows, write_csv_file, write_set_file

Band = tuple[Fraction | int, Fraction | int]
_FILLED = {name: figures | st.just("") for name, figures in GIVEN.items()}
_RATIO = ("some", "every")


@settings(law, max_examples=60)
@given(make_rows())
def test_the_proven_is_never_above_the_possible(rows: list[Row]) -> None:
    for name, (proven, possible) in _list_bands(_score(rows)).items():
        assert 0 <= proven <= possible, name


@settings(law, max_examples=60)
@given(make_rows(), st.lists(st.fixed_dictionaries(_FILLED), min_size=5, max_size=5))
def test_filling_in_missing_figures_never_leaves_the_band(rows: list[Row], more: list[Row]) -> None:
    """Levels, scores of sections, and the overall score. "Not applicable" is no figure: it takes a weight away."""
    before = _list_bands(_score(rows))
    after = _list_bands(_score([_fill(row, figures) for row, figures in zip(rows, more, strict=False)]))
    for name, (proven, possible) in before.items():
        assert proven <= after[name][0], name
        assert after[name][1] <= possible, name


def _fill(row: Row, figures: Row) -> Row:
    """The row with figures where it has none; what is not applicable has no parts to fill in."""
    settled = _RATIO if row["done"] else ()
    filled = {name: value or ("" if name in settled else figures.get(name, "")) for name, value in row.items()}
    return filled if _is_share(filled) else filled | {name: row[name] for name in _RATIO}


def _is_share(row: Row) -> bool:
    """Whether the part is within the whole; a part above it is refused, and what is refused is no figure."""
    some, every = (row[name] for name in _RATIO)
    return not (some and every) or float(some) <= float(every)


def _score(rows: list[Row]) -> Scorecard:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        definition = load_set(write_set_file(folder)).definition
        assert definition is not None
        return score(definition, read_results([write_csv_file(folder / "rows.csv", rows)], definition).records)


def _list_bands(card: Scorecard) -> dict[tuple[str, ...], Band]:
    return dict(_find_bands(card))


def _find_bands(card: Scorecard) -> Iterator[tuple[tuple[str, ...], Band]]:
    """Of each section, entity and indicator; where nothing was reported, or nothing applies, there is no score."""
    assert card.overall is not None
    for section, rows in (*((each.id, each.rows) for each in card.sections), ("overall", card.overall.rows)):
        for row in rows:
            if row.score is not None and row.possible is not None:
                yield (section, row.entity.name), (row.score, row.possible)
            for one in row.indicators:
                if one.level is not None and one.possible_level is not None:
                    yield (section, row.entity.name, one.id), (one.level, one.possible_level)
