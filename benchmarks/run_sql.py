"""Runs a query over a Parquet file in DuckDB and prints what it took: seconds, and seconds of the processor.

usage: python benchmarks/run_sql.py QUERY.sql RESULTS.parquet [OUT.parquet]

The query reads the table `results`. What it returns is kept in memory, or written to OUT; opening the engine does not
count.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb


def main(query: str, results: str, out: str | None = None) -> None:
    """Runs the query in the file `query`, and prints both figures."""
    text = Path(query).read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW results AS SELECT * FROM read_parquet('{results}')")
        seconds, processor = time.perf_counter(), time.process_time()
        connection.execute(f"COPY ({text}) TO '{out}' (FORMAT parquet)" if out else f"CREATE TEMP TABLE made AS {text}")
        print(time.perf_counter() - seconds, time.process_time() - processor)


if __name__ == "__main__":
    main(*sys.argv[1:])
