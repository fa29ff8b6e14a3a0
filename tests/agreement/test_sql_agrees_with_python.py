"""One definition, one verdict: the compiled query gives on every engine what Python gives.

At every cell of every indicator the same levels, and on random rows the same scores and ranks. KPI_SQL_ROWS asks for
another number of rows.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator
from functools import lru_cache

import pytest

from kpi_cli.model import IndicatorSet
from kpi_cli.workflows import ChosenSet, QueryOptions, choose_set, write_query
from tests.agreement.engines import ENGINES, Engine
from tests.agreement.tables import Row, Table, draw_rows, expect, list_cells, normalise

ROWS = int(os.environ.get("KPI_SQL_ROWS", "100000"))
MADE_UP = pathlib.Path(__file__).parent / "every_construct.yaml"
TIE_BREAK = {"fy2564-round1": (), "every-construct": ("e3", "E1")}


@lru_cache
def make_table(reference: str, *, said: bool, rows: int) -> tuple[Table, dict[str, Row]]:
    chosen = choose_set(reference, workbook_ids={})
    assert isinstance(chosen, ChosenSet)
    assert chosen.loaded.definition is not None
    definition = chosen.loaded.definition
    cells = (
        (f"{one.id} {number}", given)
        for one in definition.indicators
        for number, given in enumerate(list_cells(one, said=said))
    )
    drawn = (
        (f"drawn {number}", row)
        for number, row in enumerate(draw_rows(definition, rows, said=said, seed=2564, unsound=0.05))
    )
    table = Table(definition, said, dict([*cells, *drawn]))
    return table, expect(table, TIE_BREAK[definition.id])


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Engine]]:
    with ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as run:
        yield request.param, run


@pytest.mark.parametrize(
    ("reference", "said", "rows", "name"),
    [
        pytest.param("fy2564-round1", False, ROWS, "results", id="the-shipped-set"),
        pytest.param(str(MADE_UP), True, 2_000, "made_up", id="every-construct"),
    ],
)
def test_the_query_gives_what_python_gives(
    engine: tuple[str, Engine], reference: str, said: bool, rows: int, name: str, tmp_path: pathlib.Path
) -> None:
    dialect, run = engine
    table, expected = make_table(reference, said=said, rows=rows)
    query = _compile(table.definition, dialect, name, said=said)
    found = run(query, table=name, kinds=table.kinds, data=table.write(tmp_path / f"{name}.csv"))
    assert {row["entity"] for row in found} == expected.keys()
    assert len(found) == len(expected)
    assert _differences(found, expected) == []


def _compile(definition: IndicatorSet, dialect: str, name: str, *, said: bool) -> str:
    options = QueryOptions(dialect, name, said=said, tie_break=TIE_BREAK[definition.id])
    query = write_query(definition, options)
    assert query.text is not None, query
    return query.text


def _differences(found: list[Row], expected: dict[str, Row]) -> list[tuple[str, str, str, str]]:
    """Entity, column, the engine's word and Python's: the first ten."""
    differences = []
    for row in found:
        own = expected[row["entity"]]
        for column, text in row.items():
            if column != "entity" and normalise(column, text) != own[column]:
                differences.append((row["entity"], column, text, own[column]))
    return differences[:10]
