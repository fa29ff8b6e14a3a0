"""What DESIGN section 9 promises, as data: each row a work, what it is held against, and the floor beneath it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from districts import SHIPPED_SET, copy_example, make_districts, make_open_set
from measuring import KPI, ROOT, Bench, Clock, Cost, Work, take_median, take_ratio

HERE = ROOT / "benchmarks"
HAND_WRITTEN = HERE / "hand_written.sql"
SET = str(SHIPPED_SET)
MANY = 25
"""Rounds for works that take less than seconds; `Row.rounds` says how many others take at most."""


class Verdict(NamedTuple):
    """What came of a promise: the figure measured, the bar, and whether it holds."""

    figure: str
    bar: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Ratio:
    """Takes at most `limit` times as long as `against`; without a limit it is only measured."""

    against: Work
    limit: float | None = None

    def judge(self, costs: Mapping[Work, Sequence[Cost]], work: Work, clock: Clock) -> Verdict:
        """The verdict over what the rounds cost."""
        ratio = take_ratio(costs[work], costs[self.against], clock)
        if self.limit is None:
            return Verdict(f"{ratio:.2f}x", "", holds=True)
        return Verdict(f"{ratio:.2f}x", f"<= {self.limit:g}x", ratio <= self.limit)


@dataclass(frozen=True, slots=True)
class Speed:
    """Works through `rows` at `least` a second, and never holds more than `most` megabytes."""

    rows: int
    least: int
    most: int
    against: None = None

    def judge(self, costs: Mapping[Work, Sequence[Cost]], work: Work, clock: Clock) -> Verdict:
        """The verdict over what the rounds cost."""
        speed = self.rows / take_median(costs[work], clock)
        held = max(cost.megabytes or 0 for cost in costs[work])
        figure = f"{speed:,.0f} rows/s, {held:.0f} MB"
        bar = f">= {self.least:,} rows/s, <= {self.most} MB"
        return Verdict(figure, bar, speed >= self.least and held <= self.most)


@dataclass(frozen=True, slots=True)
class Row:
    """A promise about `work`, and the least that any program would take for the same: its floor."""

    work: Work
    promise: Ratio | Speed
    floor: Work
    rounds: int = MANY

    @property
    def works(self) -> tuple[Work, ...]:
        """All that is measured, the work first."""
        return tuple(dict.fromkeys(each for each in (self.work, self.promise.against, self.floor) if each))


class Sizes(NamedTuple):
    """How large the tables are."""

    districts: int = 878
    csv: int = 100_000
    parquet: int = 1_000_000

    def cap(self, most: int) -> Sizes:
        """No table of more than `most` rows."""
        return Sizes(*(min(each, most) for each in self))


def _python(name: str, code: str, *arguments: str) -> Work:
    return Work(name, (sys.executable, "-c", code, *arguments))


def _sql(name: str, query: str) -> Work:
    return Work(name, (sys.executable, str(HERE / "run_sql.py"), query, "results.parquet"), times_itself=True)


def _kpi(name: str, *arguments: str, says: str = "") -> Work:
    return Work(name, (*KPI, *arguments), says=says)


NOTHING = _python("`python -c pass`", "pass")
READ_YAML = _python(
    "reading the YAML", "import sys, yaml; yaml.compose(open(sys.argv[1], 'rb'), yaml.CSafeLoader)", SET
)
_PARSE = """
import sys, zipfile
from xml.parsers.expat import ParserCreate
with zipfile.ZipFile(sys.argv[1]) as book:
    for name in book.namelist():
        if name.endswith(('.xml', '.rels')):
            ParserCreate().Parse(book.read(name), True)
"""
READ_CSV = _python(
    "reading the csv",
    "import csv, sys; sum(1 for _ in csv.reader(open(sys.argv[1], encoding='utf-8', newline='')))",
    "results.csv",
)
READ_PARQUET = _sql("DuckDB reading the file", "read.sql")


def list_rows(sizes: Sizes) -> tuple[Row, ...]:
    """Every promise, for tables of these sizes."""
    return (*_list_commands(), *_list_workbooks(sizes), *_list_tables(sizes))


def _list_commands() -> tuple[Row, ...]:
    check = Work("`check-jsonschema`, the same file", ("check-jsonschema", "--schemafile", "schema.json", SET))
    return (
        Row(_kpi("`kpi --version`", "--version"), Ratio(NOTHING, 7), NOTHING),
        Row(_kpi("`kpi --help`", "--help"), Ratio(NOTHING, 7), NOTHING),
        Row(_kpi("`kpi validate`, the shipped set", "validate", SET), Ratio(check, 0.9), READ_YAML),
    )


def _list_workbooks(sizes: Sizes) -> tuple[Row, ...]:
    few, many = _score_workbook(23), _score_workbook(sizes.districts)
    # frictionless reads the first sheet only, and finds fault with it (1): that is its answer.
    command = ("frictionless", "validate", "example.xlsx")
    frictionless = Work("`frictionless validate`, the same file", command, (0, 1), "type-error")
    example = _kpi("`kpi score`, the example of 23 districts", "score", "example.xlsx", says="98.00")
    summary = _kpi(f"{many.name}, with `-o summary.xlsx`", *many.command[len(KPI) :], "-o", "summary.xlsx", "--force")
    return (
        Row(example, Ratio(frictionless, 0.55), _read_workbook("example.xlsx")),
        Row(many, Ratio(few, 3), _read_workbook(f"{sizes.districts}/results.xlsx")),
        Row(summary, Ratio(many, 6), _read_workbook(f"{sizes.districts}/results.xlsx"), rounds=7),
    )


def _score_workbook(districts: int) -> Work:
    files = f"{districts}/results.xlsx", "--set", f"{districts}/set.yaml"
    return _kpi(f"`kpi score`, {districts} districts", "score", *files, says="สมมุติ0023")


def _read_workbook(name: str) -> Work:
    return _python("reading the XML", _PARSE, name)


def _list_tables(sizes: Sizes) -> tuple[Row, ...]:
    csv = ("score", "results.csv", "--set", "open.yaml", "--engine", "python", "--format", "csv")
    parquet = ("score", "results.parquet", "--set", "open.yaml", "-o", "scores.parquet", "--force")
    by_hand = _sql("by hand", "by_hand.sql")
    from_file = Work("by hand, file to file", (*by_hand.command, "by_hand.parquet"))
    rows = f"{sizes.parquet:,} rows"
    return (
        Row(
            _kpi(f"`kpi score` of {sizes.csv:,} rows of csv, csv out", *csv, says="team"),
            Speed(sizes.csv, 25_000, 300),
            READ_CSV,
            rounds=5,
        ),
        Row(_sql(f"{rows}, to levels, scores and ranks", "ranked.sql"), Ratio(by_hand, 1.3), READ_PARQUET, rounds=7),
        Row(_sql(f"{rows}, without ranks", "unranked.sql"), Ratio(READ_PARQUET, 4), READ_PARQUET, rounds=7),
        Row(_kpi(f"`kpi score` of {rows}, Parquet out", *parquet), Ratio(from_file), READ_PARQUET, rounds=3),
    )


def prepare(rows: Sequence[Row], sizes: Sizes, bench: Bench) -> None:
    """Makes the files that `rows` read, and sees to it that kpi's query and the one by hand rank alike."""
    read = {part for row in rows for work in row.works for part in work.command}
    read |= {"ranked.sql"} if any(part.endswith(".sql") for part in read) else set()  # all are made at once
    for name, make in _list_files(sizes, bench).items():
        if any(part.startswith(name) for part in read):
            make()
    if "ranked.sql" in read:
        bench.run(_sql("the same ranks as by hand", "same_ranks.sql"))


def _list_files(sizes: Sizes, bench: Bench) -> dict[str, Callable[[], object]]:
    """How each file is made; `ranked.sql` is made together with all queries."""
    folder = bench.folder
    return {
        "example.xlsx": lambda: copy_example(folder),
        "schema.json": lambda: _write(folder / "schema.json", bench, "schema"),
        "open.yaml": lambda: make_open_set(folder),
        **{f"{each}/": _maker(folder / f"{each}", each) for each in {23, sizes.districts}},
        "results.csv": lambda: make_table(bench, "results.csv", sizes.csv),
        "results.parquet": lambda: make_table(bench, "results.parquet", sizes.parquet),
        "ranked.sql": lambda: _write_queries(bench),
    }


def _maker(folder: Path, districts: int) -> Callable[[], object]:
    return lambda: make_districts(folder, districts)


def make_table(bench: Bench, name: str, rows: int) -> None:
    """Writes a made-up table in a process of its own, which holds what this one must not."""
    bench.run(Work(f"making {name}", (sys.executable, str(HERE / "tables.py"), name, str(rows))))


def _write(path: Path, bench: Bench, *arguments: str) -> str:
    text = bench.run(_kpi(f"making {path.name}", *arguments)).out
    path.write_text(text, encoding="utf-8")
    return text


def _write_queries(bench: Bench) -> None:
    """The queries of `kpi sql`, asked for the columns that the one by hand gives: the engine leaves out the others."""
    make_open_set(bench.folder)
    asked = ("sql", "--set", "open.yaml", "--dialect", "duckdb")
    whole = _write(bench.folder / "kpi.sql", bench, *asked)
    parts = _write(bench.folder / "parts.sql", bench, *asked, "--no-ranks")
    by_hand = HAND_WRITTEN.read_text(encoding="utf-8")
    ranked, unranked = (
        f"SELECT entity, COLUMNS(':({kinds})$') FROM (\n{query.rstrip().rstrip(';')}\n)"
        for query, kinds in ((whole, "level|score|rank"), (parts, "level|score"))
    )
    same = f"""SELECT CASE WHEN COUNT(*) <> (SELECT COUNT(*) FROM results) THEN error('other ranks than by hand') END
FROM (\n{by_hand}\n) AS hand JOIN (\n{ranked}\n) AS kpi USING (entity)
WHERE team_rank = "team:rank" AND individual_rank = "individual:rank" """
    queries = {"read": "SELECT MAX(COLUMNS(*)) FROM results", "by_hand": by_hand, "ranked": ranked}
    for name, query in {**queries, "unranked": unranked, "same_ranks": same}.items():
        (bench.folder / f"{name}.sql").write_text(query, encoding="utf-8")
