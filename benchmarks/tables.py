"""A table of any number of made-up entities for the shipped set, as .csv or .parquet: `tables.py PATH ROWS`.

One figure in 33 is missing. Percents of a ratio are reported in csv and come as their parts in Parquet: 35 columns of
measures there, 41 here. A program of its own, since a child begins with the memory that its parent once held.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
from districts import SHIPPED_SET

from kpi_cli import IndicatorSet, load_set

MISSING_ONE_IN = 33
KINDS = {".csv": "FORMAT csv, HEADER", ".parquet": "FORMAT parquet"}


def main(name: str, rows: str) -> None:
    """Writes the table of that many `rows` to the file `name`."""
    path = Path(name)
    definition = load_set(SHIPPED_SET).definition
    assert definition is not None
    columns = ["'สมมุติ' || i AS entity", *_draw_columns(definition, parts=path.suffix == ".parquet")]
    table = f"SELECT {', '.join(columns)} FROM range({rows}) AS r(i)"
    duckdb.execute(f"COPY ({table}) TO '{path}' ({KINDS[path.suffix]})")


def _draw_columns(definition: IndicatorSet, *, parts: bool) -> Iterator[str]:
    """A figure for each measure, drawn from the number of the row."""
    ratios = [each.ratio for each in definition.measures.values() if each.ratio]
    wholes, pieces = {ratio.whole for ratio in ratios}, {ratio.part for ratio in ratios}
    for number, (name, measure) in enumerate(definition.measures.items()):
        drawn = f"(hash(i * 97 + {number}) % 10000)"
        kinds = {
            # Between 0 and 1 a percent that a person typed is ambiguous, and refused.
            "percent": f"(1.01 + {drawn} % 9900 / 100)::DECIMAL(9, 2)",
            "number": f"({drawn} / 3 + {10_000 if name in wholes else 0})::DECIMAL(18, 2)",
            "count": f"({drawn} % {50 if name in wholes | pieces else 13} + {50 if name in wholes else 0})::INT",
            "flag": f"{drawn} < 8000",
        }
        value = f"({drawn} % 4)::INT" if measure.bounds[1] == 3 else kinds[measure.type]
        if name in wholes | pieces and not parts:
            continue
        if measure.ratio and parts:
            value = "NULL::DECIMAL(9, 2)"
        yield f'CASE WHEN hash(i * 31 + {number}) % {MISSING_ONE_IN} <> 0 THEN {value} END AS "{name}"'


if __name__ == "__main__":
    main(*sys.argv[1:])
