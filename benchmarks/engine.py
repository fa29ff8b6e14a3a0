"""What DuckDB takes for the query of `kpi sql`, beside the same by hand and beside reading the file alone.

usage: python benchmarks/engine.py [--rows N] [--rounds N]

The file is made up: the shipped set without its roster, N rows, some figures missing. Times are seconds of the
processor over all threads (medians of the rounds, taken in turns), so that a busy machine does not matter much. The
ranks of both queries are compared; a single difference fails.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

import duckdb
from districts import SHIPPED_ROSTER, SHIPPED_SET
from sqlglot import exp

from kpi_cli.model import IndicatorSet
from kpi_cli.targets.sql.query import Plan, build_query, plan_query
from kpi_cli.workflows import load_set_file

HERE = Path(__file__).parent
READ, BY_HAND, RANKED, UNRANKED = "reading alone", "by hand", "kpi sql", "kpi sql, without ranks"
PROMISES = ((RANKED, BY_HAND, 1.3), (UNRANKED, READ, 4.0))


def main() -> int:
    """Measures, prints the table; 1 where a promise does not hold or the ranks differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        definition = _take_set(Path(name))
        connection = _open_rows(Path(name) / "results.parquet", definition, options.rows)
        queries = _list_queries(definition)
        seconds = _measure(connection, queries, options.rounds)
        different = _count_different(connection, queries, options.rows)
    ratios = [(work, other, seconds[work] / seconds[other], limit) for work, other, limit in PROMISES]
    print("| work | seconds | against | seconds | ratio | must be |\n|---|---:|---|---:|---:|---:|")
    for work, other, ratio, limit in ratios:
        print(f"| {work} | {seconds[work]:.2f} | {other} | {seconds[other]:.2f} | {ratio:.2f}x | <= {limit:g}x |")
    print(f"\n{different} rows of {options.rows:,} have other ranks than by hand")
    return 0 if not different and all(ratio <= limit for *_, ratio, limit in ratios) else 1


def _take_set(folder: Path) -> IndicatorSet:
    path = folder / "set.yaml"
    text = SHIPPED_SET.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if SHIPPED_ROSTER not in line]
    path.write_text("".join(lines), encoding="utf-8")
    definition = load_set_file(path).definition
    assert definition is not None
    return definition


def _open_rows(path: Path, definition: IndicatorSet, rows: int) -> duckdb.DuckDBPyConnection:
    columns = ["'d' || i AS entity", *_draw_columns(definition)]
    connection = duckdb.connect()
    connection.execute(f"COPY (SELECT {', '.join(columns)} FROM range({rows}) AS r(i)) TO '{path}' (FORMAT parquet)")
    connection.execute(f"CREATE VIEW results AS SELECT * FROM read_parquet('{path}')")
    return connection


def _draw_columns(definition: IndicatorSet) -> Iterator[str]:
    """A figure for each measure, the same in every run; one in 33 is missing, and ratios come as their parts."""
    wholes = {each.ratio.whole for each in definition.measures.values() if each.ratio}
    parts = {each.ratio.part for each in definition.measures.values() if each.ratio}
    for number, (name, measure) in enumerate(definition.measures.items()):
        drawn = f"(hash(i * 97 + {number}) % 10000)"
        kinds = {
            "percent": "NULL::DECIMAL(9, 2)" if measure.ratio else f"({drawn} / 100)::DECIMAL(9, 2)",
            "number": f"({drawn} / 3 + {10_000 if name in wholes else 0})::DECIMAL(18, 2)",
            "count": f"({drawn} % {13 if name not in parts | wholes else 50} + {50 if name in wholes else 0})::INT",
            "flag": f"{drawn} < 8000",
        }
        value = f"({drawn} % 4)::INT" if measure.bounds[1] == 3 else kinds[measure.type]
        yield f'CASE WHEN hash(i * 31 + {number}) % 33 = 0 THEN NULL ELSE {value} END AS "{name}"'


def _list_queries(definition: IndicatorSet) -> Mapping[str, str]:
    plan = plan_query(definition)
    return {
        READ: "SELECT MAX(COLUMNS(*)) FROM results",
        BY_HAND: (HERE / "hand_written.sql").read_text(encoding="utf-8"),
        RANKED: _select(plan, ranked=True),
        UNRANKED: _select(plan, ranked=False),
    }


def _select(plan: Plan, *, ranked: bool) -> str:
    """Levels, scores and ranks of the whole query: what is not asked for, the engine leaves out."""
    kinds = ("score", "rank") if ranked else ("score",)
    names = [f"{indicator.id}:level" for indicator in plan.indicators]
    names += [f"{section.id}:{kind}" for section in plan.sections for kind in kinds]
    query = build_query(plan, exp.to_table("results")).sql(dialect="duckdb", comments=False)
    columns = ", ".join(f'"{name}"' for name in names)
    return f"SELECT entity, {columns} FROM ({query})"


def _measure(connection: duckdb.DuckDBPyConnection, queries: Mapping[str, str], rounds: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in queries}
    for _ in range(rounds + 1):
        for name, query in queries.items():
            start = time.process_time()
            connection.execute(f"CREATE OR REPLACE TEMP TABLE made AS {query}")
            taken[name].append(time.process_time() - start)
    return {name: median(each[1:]) for name, each in taken.items()}


def _count_different(connection: duckdb.DuckDBPyConnection, queries: Mapping[str, str], rows: int) -> int:
    same = f"""SELECT COUNT(*) FROM ({queries[BY_HAND]}) AS hand JOIN ({queries[RANKED]}) AS kpi USING (entity)
               WHERE team_rank = "team:rank" AND individual_rank = "individual:rank" """
    (equal,) = connection.execute(same).fetchone() or (0,)
    return rows - equal


if __name__ == "__main__":
    raise SystemExit(main())
