"""Engines that run a compiled query over a table loaded from csv text; each gives the rows back as csv text."""

from __future__ import annotations

import contextlib
import csv
import os
import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from typing import Protocol

from tests.needs import need, need_module

Rows = list[dict[str, str]]


class Engine(Protocol):
    """One engine. `kinds` are the columns with their types as DuckDB and Spark call them; blank is NULL."""

    def __call__(self, query: str, *, table: str, kinds: Mapping[str, str], data: pathlib.Path) -> Rows: ...


def _columns(kinds: Mapping[str, str]) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())


def read_rows(path: pathlib.Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@contextlib.contextmanager
def open_duckdb(folder: pathlib.Path) -> Iterator[Engine]:
    need_module("duckdb")
    import duckdb

    def run(query: str, *, table: str, kinds: Mapping[str, str], data: pathlib.Path) -> Rows:
        out = folder / f"{table}.duckdb.csv"
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TABLE {table} ({_columns(kinds)})")
            connection.execute(f"COPY {table} FROM '{data}' (HEADER, NULLSTR '')")
            connection.execute(f"COPY ({query}) TO '{out}' (HEADER)")
        return read_rows(out)

    yield run


@contextlib.contextmanager
def open_postgresql(folder: pathlib.Path) -> Iterator[Engine]:
    """A server of its own, without a network: its folder, its socket and its data are gone afterwards."""
    programs = pathlib.Path(need("postgresql")).resolve().parent
    home = pathlib.Path(tempfile.mkdtemp(prefix="kpi-pg-"))  # short: the path of a socket must be
    # initdb refuses to run as root.
    as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_user:
        shutil.chown(home, "postgres")

    def control(*arguments: str) -> None:
        subprocess.run([*as_user, *arguments], check=True, capture_output=True, cwd="/")

    data_folder, log = str(home / "data"), str(home / "log")
    try:
        control(
            str(programs / "initdb"), "-D", data_folder, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"
        )
        options = f"-c listen_addresses='' -k {home} -c fsync=off"
        control(str(programs / "pg_ctl"), "-D", data_folder, "-l", log, "-w", "-o", options, "start")
        try:
            yield _Postgresql(programs / "psql", home, folder)
        finally:
            control(str(programs / "pg_ctl"), "-D", data_folder, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


class _Postgresql:
    def __init__(self, psql: pathlib.Path, home: pathlib.Path, folder: pathlib.Path) -> None:
        self.psql, self.home, self.folder = psql, home, folder

    def __call__(self, query: str, *, table: str, kinds: Mapping[str, str], data: pathlib.Path) -> Rows:
        out = self.folder / f"{table}.postgresql.csv"
        self._run(f"CREATE TABLE {table} ({_columns(kinds)})")
        with data.open("rb") as stream:
            self._run(f"COPY {table} FROM STDIN (FORMAT csv, HEADER)", stdin=stream)
        with out.open("wb") as stream:
            self._run(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)", stdout=stream)
        return read_rows(out)

    def _run(self, statement: str, **streams: object) -> None:
        command = [str(self.psql), "-h", str(self.home), "-U", "postgres", "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        subprocess.run([*command, "-c", statement], check=True, **streams)  # type: ignore[call-overload]


@contextlib.contextmanager
def open_spark(folder: pathlib.Path) -> Iterator[Engine]:
    need("java")
    need_module("pyspark")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("kpi")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")

    def run(query: str, *, table: str, kinds: Mapping[str, str], data: pathlib.Path) -> Rows:
        out = folder / f"{table}.spark"
        schema = ", ".join(f"`{name}` {'STRING' if kind == 'VARCHAR' else kind}" for name, kind in kinds.items())
        session.read.csv(str(data), schema=schema, header=True, mode="FAILFAST").createOrReplaceTempView(table)
        session.sql(query).coalesce(1).write.csv(str(out), header=True, nullValue="", emptyValue="")
        (part,) = out.glob("part-*.csv")
        return read_rows(part)

    try:
        yield run
    finally:
        session.stop()


ENGINES = {"duckdb": open_duckdb, "postgresql": open_postgresql, "spark": open_spark}
"""By the name of the dialect."""
