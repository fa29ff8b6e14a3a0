"""`kpi score in.parquet -o out.parquet`: DuckDB gives what Python gives, and refuses by row and column."""

from __future__ import annotations

import contextlib
import json
import pathlib
import sys
import tempfile

import duckdb
import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from kpi_cli.results.bulk import csv_source
from tests.agreement.tables import KINDS, Row, Table, draw_rows, expect, normalise
from tests.unit.render.test_json_v1 import check_schema

SET = """\
kpi: 1
id: small
title: Made up
sections:
  - id: one
    title: One
    indicators:
      - id: A
        title: A
        weight: 60
        measures:
          done: {type: percent, title: Done, not_applicable: allowed, ratio: {part: part, whole: whole}}
          part: {type: count, title: Part}
          whole: {type: count, title: Whole}
        levels:
          1: {when: {done: "< 50"}}
          2: {when: {done: ">= 50"}}
          3: {when: {done: ">= 66.67"}}
          4: {when: {done: ">= 70"}}
          5: {when: {done: ">= 80"}}
      - id: B
        title: B
        weight: 40
        measures: {sites: {type: count, title: Sites}, plan: {type: flag, title: Plan}}
        levels:
          1: {when: {sites: ">= 1"}}
          2: {when: {sites: ">= 2"}}
          3: {when: {sites: ">= 3"}}
          4: {when: {sites: ">= 4"}}
          5: {when: {sites: ">= 5", plan: true}}
"""
ROSTER = "entity: {roster: [{code: '1', name: Alpha}, {code: '2', name: Beta}]}\nsections:"
TYPES = (
    "done::DECIMAL(9, 4) AS done, part::INT AS part, whole::INT AS whole, sites::INT AS sites, plan::BOOLEAN AS plan"
)


@pytest.fixture(autouse=True)
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    for variable in ("KPI_SET", "KPI_LANG", "LC_ALL", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "small.yaml").write_text(SET, encoding="utf-8")
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(app, ["score", "--set", "small.yaml", *arguments])


def write(values: str, columns: str = f"entity, {TYPES}") -> None:
    names = "(entity, done, part, whole, sites, plan)"
    with duckdb.connect() as connection:
        rows = f"SELECT {columns} FROM (VALUES {values}) AS r{names}"
        connection.execute(f"COPY ({rows}) TO 'in.parquet' (FORMAT parquet)")


def by_rank(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["one:rank"] or "last")


def read() -> list[Row]:
    relation = duckdb.sql("SELECT COLUMNS(*)::VARCHAR FROM 'out.parquet'")
    return [
        dict(zip(relation.columns, ("" if value is None else value for value in row), strict=True))
        for row in relation.fetchall()
    ]


SOUND = "('Alpha', 80, NULL, NULL, 2, true), ('Beta', 66.67, 2, 3, 5, true), ('Gamma', NULL, 0, 0, 3, NULL)"


def test_by_hand() -> None:
    write(SOUND)
    result = run("in.parquet", "-o", "out.parquet")
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert "Engine: DuckDB, since the output is Parquet" in result.stderr
    assert "3 rows" in result.stderr
    # Alpha 60 x 5/5 + 40 x 2/5 = 76; Beta 2/3 is below 66.67: 60 x 2/5 + 40 = 64; Gamma has B alone: 3/5 = 60.
    found = [(row["entity"], row["A:level"], float(row["one:score"]), row["one:rank"]) for row in read()]
    assert found == [("Alpha", "5", 76, "1"), ("Beta", "2", 64, "2"), ("Gamma", "", 60, "3")]


def test_without_duckdb_it_says_what_to_install_in_any_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    write(SOUND)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    result = run("in.parquet", "-o", "out.parquet")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "DuckDB is not installed: pip install duckdb" in result.stderr
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = run("in.parquet")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "in.parquet" in result.stderr
    assert "pip install duckdb" in result.stderr


def test_a_name_with_the_signs_of_a_pattern_is_that_file_alone(here: pathlib.Path) -> None:
    for name, rows in (("a1.parquet", "('Gamma', 10, NULL, NULL, 2, true)"), ("a[1].parquet", SOUND)):
        write(rows)
        (here / "in.parquet").rename(here / name)
    assert run("a[1].parquet", "-o", "out.parquet").exit_code == 0
    assert [row["entity"] for row in read()] == ["Alpha", "Beta", "Gamma"]
    assert [float(row["one:score"]) for row in read()] == [76, 64, 60]


def test_a_csv_whose_name_has_the_signs_of_a_pattern_is_that_file_alone(here: pathlib.Path) -> None:
    for name, entity in (("a1.csv", "Gamma"), ("a[1].csv", "Alpha")):
        (here / name).write_text(f"entity,sites,plan\n{entity},2,yes\n", encoding="utf-8")
    assert run("a[1].csv", "-o", "out.csv", "--engine", "duckdb").exit_code == 0
    assert ",Alpha,1," in (here / "out.csv").read_text(encoding="utf-8-sig")


def test_it_gives_what_python_gives(here: pathlib.Path) -> None:
    from kpi_cli.workflows import load_set_file

    definition = load_set_file(here / "small.yaml").definition
    assert definition is not None
    rows = {f"e{number}": row for number, row in enumerate(draw_rows(definition, 3_000, said=False, seed=7))}
    table = Table(definition, False, rows)
    table.write(here / "in.csv")
    kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in table.kinds.items())
    assert KINDS["percent"] in kinds
    duckdb.sql(f"COPY (SELECT * FROM read_csv('in.csv', columns = {{{kinds}}})) TO 'in.parquet' (FORMAT parquet)")
    assert run("in.parquet", "-o", "out.parquet").exit_code == 0
    expected = expect(table)
    found = {row.pop("entity"): {name: normalise(name, text) for name, text in row.items()} for row in read()}
    assert found == {
        entity: {name: text for name, text in own.items() if name != "one:grade"} for entity, own in expected.items()
    }


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        pytest.param("('Beta', 102, NULL, NULL, 2, true)", "cell-out-of-range", "in.parquet[2.done]", id="range"),
        pytest.param("('Beta', 70, NULL, NULL, -2, true)", "cell-out-of-range", "in.parquet[2.sites]", id="count"),
        pytest.param("('Beta', 66.68, 2, 3, 2, true)", "ratio-mismatch", "in.parquet[2.done]", id="mismatch"),
        pytest.param("('Beta', NULL, 4, 3, 2, true)", "ratio-out-of-range", "in.parquet[2.part]", id="ratio-range"),
        pytest.param("('Beta', NULL, 1, 0, 2, true)", "ratio-whole-zero", "in.parquet[2.whole]", id="of-nothing"),
        pytest.param("('Beta', 50, NULL, 0, 2, true)", "ratio-mismatch", "in.parquet[2.done]", id="percent-of-nothing"),
        pytest.param("(NULL, 50, NULL, NULL, 2, true)", "row-without-entity", "in.parquet[2.entity]", id="nobody"),
    ],
)
def test_a_refusal_names_its_row_and_nothing_is_written(here: pathlib.Path, row: str, code: str, cell: str) -> None:
    write(f"('Alpha', 80, NULL, NULL, 2, true), {row}")
    result = run("in.parquet", "-o", "out.parquet")
    python = json.loads(run("in.parquet", "--format", "json").stdout)["diagnostics"]
    errors = [(each["code"], each["cell"]) for each in python if each["severity"] == "error"]
    assert result.exit_code == 1
    assert f"{cell}  error[{code}]" in result.stderr
    assert errors == [(code, cell)]  # what the Python engine says of the same file
    assert not (here / "out.parquet").exists()
    assert sorted(path.name for path in here.iterdir()) == ["in.parquet", "small.yaml"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Beta,89.60,1792,2000,2,/", None),
        ("Beta,89.6,8964,10000,2,/", None),
        ("Beta,90,8960,10000,2,/", None),
        ("Beta,90.0,8960,10000,2,/", "ratio-mismatch"),
        ("Beta,90.00,8960,10000,2,/", "ratio-mismatch"),
        ("Beta,๙๐.๐๐ %,8960,10000,2,/", "ratio-mismatch"),
        ("Beta,90.0000000,900000001,1000000000,2,/", "ratio-mismatch"),
        ("Beta,N/A,8960,10000,2,/", "ratio-mismatch"),
        ("Beta,N/A,0,0,2,/", None),
        ("Beta,N/A,,10000,2,/", None),
    ],
)
def test_a_percent_is_held_against_its_parts_to_the_digits_typed(
    here: pathlib.Path, row: str, code: str | None
) -> None:
    (here / "in.csv").write_text(f"entity,done,part,whole,sites,plan\nAlpha,80,,,2,มี\n{row}\n", encoding="utf-8")
    results = [run("in.csv", "-o", f"{engine}.csv", "--engine", engine) for engine in ("python", "duckdb")]
    if code is None:
        assert [result.exit_code for result in results] == [0, 0], [result.stderr for result in results]
        assert (here / "duckdb.csv").read_bytes() == (here / "python.csv").read_bytes()
    else:
        assert [result.exit_code for result in results] == [1, 1]
        assert all(f"in.csv[B3]  error[{code}]" in result.stderr for result in results)


def test_texts_of_typed_columns_have_the_digits_typed_too() -> None:
    columns = "entity, '90.00' AS done, part::INT AS part, whole::INT AS whole, sites::INT AS sites"
    write("('Alpha', NULL, 8960, 10000, 2, true)", columns)
    assert "in.parquet[1.done]  error[ratio-mismatch]" in run("in.parquet", "-o", "out.parquet").stderr
    write("('Alpha', NULL, 9000, 10000, 2, true)", columns)
    assert run("in.parquet", "-o", "out.parquet").exit_code == 0


@pytest.mark.parametrize(
    ("sites", "refused"), [("999999999999999", False), ("1000000000000000", True), ("9999999999999999", True)]
)
def test_a_count_that_the_query_would_take_for_missing_is_refused(
    here: pathlib.Path, sites: str, *, refused: bool
) -> None:
    (here / "in.csv").write_text(f"entity,done,sites\nAlpha,80,{sites}\nBeta,80,1\n", encoding="utf-8")
    result = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
    assert result.exit_code == (2 if refused else 0)
    assert ("`sites` has more digits than DuckDB keeps here: 15" in result.stderr) is refused
    assert run("in.csv", "--engine", "python").exit_code == 0


def both(here: pathlib.Path, name: str, *options: str) -> tuple[bytes, bytes]:
    """What Python and DuckDB write for one sound file."""
    for engine in ("python", "duckdb"):
        result = run(name, "-o", f"{engine}.csv", "--engine", engine, "--force", *options)
        assert result.exit_code == 0, result.stderr
    return (here / "python.csv").read_bytes(), (here / "duckdb.csv").read_bytes()


def test_rows_keep_the_order_of_the_file(here: pathlib.Path) -> None:
    """Two threads kept blocks of rows in another order, in files of this size: a sound row was read instead."""
    rows = 150_000
    lines = [f"E{row},,{row % 8},8,{row % 7},yes,{'n' * 200}" for row in range(rows)]
    lines[rows * 3 // 5] = f"E{rows * 3 // 5},85,5,100,,,"
    (here / "in.csv").write_text("\n".join(["entity,done,part,whole,sites,plan,note", *lines, ""]), encoding="utf-8")
    result = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
    assert result.exit_code == 1
    assert f"in.csv[B{rows * 3 // 5 + 2}]  error[ratio-mismatch]" in result.stderr


def test_rows_in_another_order_are_found(here: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "in.csv").write_text("entity,done,sites\n" + "".join(f"E{row},80,1\n" for row in range(50)), "utf-8")
    plain = csv_source._write_scan
    monkeypatch.setattr(csv_source, "_write_scan", lambda *a, **o: f"SELECT * FROM ({plain(*a, **o)}) ORDER BY c0 DESC")
    result = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
    assert result.exit_code == 2
    assert "keeps the rows of this file in another order" in result.stderr


@pytest.mark.parametrize(
    ("columns", "level", "limit"),
    [
        # 57063361.44 is 85 % of 67133366.4, and is not where either is off by a hundred-millionth.
        ("57063361.44::DOUBLE AS part, 67133366.4::DOUBLE AS whole", 5, False),
        ("25500000::INTEGER AS part, 30000000::INTEGER AS whole", 5, False),
        ("5::UTINYINT AS part, 6::UTINYINT AS whole", 4, False),
        ("70::DOUBLE AS done", 4, False),
        ("66.67::DOUBLE AS done", 3, False),
        ("66.67::FLOAT AS done", None, True),
        ("0.5::FLOAT AS done", 1, False),
        ("1e-9::DOUBLE AS done", None, True),
        ("'-0.0'::DOUBLE AS done", 1, False),
    ],
)
def test_floats_and_narrow_numbers_are_read_as_python_reads_them(
    here: pathlib.Path, columns: str, level: int | None, *, limit: bool
) -> None:
    numbers = SET.replace("whole}}", "whole}, range: [-10, 120]}").replace('">= 80"', '">= 85"', 1)
    for name in ("part", "whole"):
        numbers = numbers.replace(f"{name}: {{type: count", f"{name}: {{type: number")
    (here / "small.yaml").write_text(numbers, encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 'Alpha' AS entity, {columns}) TO 'in.parquet' (FORMAT parquet)")
    result = run("in.parquet", "-o", "out.parquet")
    assert result.exit_code == (2 if limit else 0), result.stderr
    assert ("[engine-limit]" in result.stderr) is limit
    if level is not None:
        assert [row["A:level"] for row in read()] == [str(level)]
        python, found = both(here, "in.parquet")
        assert python == found


@pytest.mark.parametrize(
    "sites", ["87990019582.0::DOUBLE", "20000001.0::DOUBLE", "123456789012345.0::DOUBLE", "123456789::FLOAT"]
)
def test_counts_that_are_floats_are_whole(here: pathlib.Path, sites: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 'A' AS entity, {sites} AS sites) TO 'in.parquet' (FORMAT parquet)")
    assert run("in.parquet", "-o", "out.parquet").exit_code == 0
    assert [row["B:level"] for row in read()] == ["4"]


def test_a_count_of_decimals_is_refused_beside_its_whole() -> None:
    write("('Alpha', NULL, 2.5, 5, 2, true)", "entity, part::DECIMAL(9, 2) AS part, whole::INT AS whole")
    result = run("in.parquet", "-o", "out.parquet")
    assert (result.exit_code, "in.parquet[1.part]  error[cell-not-whole]" in result.stderr) == (1, True)


def test_percents_that_are_rounded_as_typed_are_in_no_doubt(here: pathlib.Path) -> None:
    """More of them than are read one by one, each half of its last digit away or nearly so."""
    typed = ["33.3,1,3", "33.30,333,1000", "66.67,2,3", "๖๖.๗,2,3", "12,1249999,10000000", "13,1251,10000"]
    rows = "".join(f"E{row},{typed[row % len(typed)]}\n" for row in range(9_000))
    (here / "in.csv").write_text(f"entity,done,part,whole\n{rows}", encoding="utf-8")
    python, found = both(here, "in.csv")
    assert python == found


@pytest.mark.parametrize("data", [b"", b"junk", b"PAR1" + b"junk" * 9 + b"PAR1"])
def test_what_is_no_parquet_file_is_said_to_be_none(here: pathlib.Path, data: bytes) -> None:
    (here / "in.parquet").write_bytes(data)
    result = run("in.parquet", "-o", "out.parquet")
    assert result.exit_code == 2
    assert "in.parquet: error[unreadable] this is not a Parquet file, or a part of it is missing" in result.stderr


def test_a_large_csv_names_the_way_through_duckdb(here: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi_cli.results.csv_file.MAX_CSV_BYTES", 10)
    (here / "in.csv").write_text("entity,done\nAlpha,80\n", encoding="utf-8")
    result = run("in.csv")
    assert (result.exit_code, "kpi score FILE -o scores.csv" in result.stderr) == (2, True)


def test_a_folder_gives_no_column(here: pathlib.Path) -> None:
    for name in ("in.parquet", "in.csv"):
        folder = here / "sites=5"
        folder.mkdir(exist_ok=True)
        with duckdb.connect() as connection:
            connection.execute(f"COPY (SELECT 'Alpha' AS entity, 80 AS done) TO '{folder / name}'")
        python, found = both(here, f"sites=5/{name}")
        assert python == found
        assert b",Alpha,1,60.00,100.00,false,,5,5,60.00,0,5,0.00\n" in found.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("name", ["row", "position", "plain", "rowid", "unfit", "unnamed", "name0", "blank", "headed"])
def test_a_measure_may_be_called_as_a_column_of_ours(here: pathlib.Path, name: str) -> None:
    (here / "small.yaml").write_text(SET.replace("sites", name), encoding="utf-8")
    rows = [f"entity,done,{name},plan", "Alpha,90,2,yes", "รวม,60,3,", "อำเภอ๑,๖๐,3,no", 'Beta,70,"1,000",yes']
    (here / "in.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    python, found = both(here, "in.csv")
    assert python == found
    assert found.count(b"\n") == 4


def test_a_total_in_the_column_of_codes_is_nobody(here: pathlib.Path) -> None:
    (here / "in.csv").write_text("entity,code,done\nสตึก,1,90\n23 อำเภอ,รวม,80\n,รวม,80\n", encoding="utf-8")
    python, found = both(here, "in.csv")
    assert python == found
    assert "อำเภอ".encode() not in found


@pytest.mark.parametrize(
    ("header", "more"),
    [
        ("entity,done,n1,n2", ",,entity,sites\n,,E999,3\n"),
        ("entity,done,n1,n2", ",,อำเภอ,Sites\n,,E999,3\n"),
        ("entity,done,n1,n2", "entity,,,sites\nE999,,,3\n"),
        ("entity,done,n1,n2", ",entity,sites,\n,E999,3,\n"),
        ("entity,done,,sites\n,result,target,", "EE,90,50,2\n"),
        ("entity,done,,sites", "EE,90,ไม่มี,2\n"),
    ],
)
def test_what_begins_below_the_rows_that_were_looked_at_is_left_to_python(
    here: pathlib.Path, header: str, more: str
) -> None:
    rows = "".join(f"E{row},90,,\n" for row in range(150))
    (here / "in.csv").write_text(f"{header}\n{rows}{more}", encoding="utf-8")
    result = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
    assert result.exit_code == 2
    assert "error[engine-limit]" in result.stderr


def test_words_in_columns_that_are_not_read_say_nothing(here: pathlib.Path) -> None:
    rows = "".join(f"E{row},90,code,{'ดี' if row % 3 else ''}\n" for row in range(150))
    (here / "in.csv").write_text(f"entity,done,kind,\n{rows}" + ",,,\n" * 1_500, encoding="utf-8")
    python, found = both(here, "in.csv")
    assert python == found
    assert found.count(b"\n") == 151


def test_many_texts_that_are_not_plain_are_no_small_file_of_many_rows(here: pathlib.Path) -> None:
    rows = "".join(f'E{row},90,"{10_000 + row:,}"\n' for row in range(61_000))
    (here / "in.csv").write_text(f"entity,done,sites\n{rows}", encoding="utf-8")
    result = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
    assert result.exit_code == 0, result.stderr
    assert "61,000 rows" in result.stderr


def test_a_line_break_above_the_rows_is_left_to_python(here: pathlib.Path) -> None:
    (here / "in.csv").write_text('entity,done,"sites\n"\n\nAlpha,0.85,1\n', encoding="utf-8")
    result = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
    assert (result.exit_code, "a cell has a line break in it" in result.stderr) == (2, True)


def test_who_is_not_on_the_roster_is_refused(here: pathlib.Path) -> None:
    (here / "small.yaml").write_text(SET.replace("sections:", ROSTER), encoding="utf-8")
    write(SOUND)
    result = run("in.parquet", "-o", "out.parquet")
    assert result.exit_code == 1
    assert "Gamma" in result.stderr
    assert "in.parquet[3.entity]" in result.stderr


def test_everyone_on_the_roster_is_listed_under_the_name_that_stands_there(here: pathlib.Path) -> None:
    roster = ROSTER.replace("[{", "[{code: '3', name: Gamma, aliases: [G]}, {", 1)
    (here / "small.yaml").write_text(SET.replace("sections:", roster), encoding="utf-8")
    write("('G', 80, NULL, NULL, 2, true), ('1', 66.67, 2, 3, 5, true), ('total', 1, 1, 1, 1, NULL)")
    result = run("in.parquet", "-o", "out.parquet")
    assert result.exit_code == 0, result.stderr
    found = [(row["entity"], row["A:level"], row["one:score"][:2], row["one:rank"]) for row in by_rank(read())]
    # Beta reported nothing: proven level 0, no score and no rank; the total is nobody.
    assert found == [("Gamma", "5", "76", "1"), ("Alpha", "2", "64", "2"), ("Beta", "0", "", "")]


def test_texts_are_read_as_those_of_any_file(here: pathlib.Path) -> None:
    columns = "entity, done, sites::VARCHAR AS sites, 'มี' AS plan"
    write("('Alpha', '๘๐ %', NULL, NULL, '๒', true), ('Beta', 'N/A', NULL, NULL, '5', true)", columns)
    assert run("in.parquet", "-o", "out.parquet").exit_code == 0
    # Alpha 60 x 5/5 + 40 x 2/5 = 76; Beta has B alone, 5/5.
    found = [(row["entity"], row["A:level"], row["B:level"], float(row["one:score"])) for row in read()]
    assert found == [("Alpha", "5", "2", 76), ("Beta", "", "5", 100)]


def test_how_many_rows_in_doubt_were_not_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from kpi_cli.results.bulk import doubts

    monkeypatch.setattr(doubts, "MOST_ROWS", 2)
    write(", ".join(f"('e{number}', 102, NULL, NULL, 2, true)" for number in range(5)))
    result = run("in.parquet", "-o", "out.parquet")
    assert result.exit_code == 1
    assert result.stderr.count("error[cell-out-of-range]") == 2
    assert "the first 2 rows in doubt were read; 3 more are in doubt" in result.stderr


CSV = 'entity,done,part,whole,sites,plan\nAlpha,80%,,,2,มี\n\n\'=Beta,66.67,2,3,5,/\n"Gamma, G",,0,0,๓,\n'


def test_csv_is_what_python_writes_to_the_byte(here: pathlib.Path) -> None:
    (here / "small.yaml").write_text(
        SET.replace("sections:", "grades: [{title: ok, min: 64}]\nsections:"), encoding="utf-8"
    )
    (here / "in.csv").write_text(CSV, encoding="utf-8")
    result = run("in.csv", "-o", "duck.csv", "--engine", "duckdb")
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert run("in.csv", "-o", "python.csv", "--engine", "python").exit_code == 0
    assert (here / "duck.csv").read_bytes() == (here / "python.csv").read_bytes()
    # Alpha 76, Beta 64 (as above), Gamma 3/5 of B alone = 60.
    text = (here / "duck.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[3:6] for line in text.splitlines()[1:3]] == [
        ["Alpha", "1", "76.00"],
        ["'=Beta", "2", "64.00"],
    ]
    assert '"Gamma, G",3,60.00' in text


def test_json_is_a_document_of_its_own(here: pathlib.Path) -> None:
    (here / "in.csv").write_text(CSV, encoding="utf-8")
    assert run("in.csv", "-o", "out.json", "--engine", "duckdb").exit_code == 0
    text = (here / "out.json").read_text(encoding="utf-8")
    document = json.loads(text)
    check_schema(document, "kpi.results-1.json")
    assert [row["entity"]["name"] for row in document["results"]] == ["Alpha", "=Beta", "Gamma, G"]
    gamma = document["results"][2]["sections"][0]
    assert (gamma["rank"], gamma["score"], gamma["possible"], gamma["complete"]) == (3, 60.0, 60.0, True)
    assert [one["level"] for one in gamma["indicators"]] == [None, 3]
    assert sum(line.startswith('{"entity"') for line in text.splitlines()) == 3  # a row a line


def test_auto_takes_duckdb_for_what_python_would_not_read(here: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kpi_cli.cli import score_stream

    (here / "in.csv").write_text(CSV, encoding="utf-8")
    small = run("in.csv", "-o", "small.json")
    assert "Engine" not in small.stderr
    assert json.loads((here / "small.json").read_text(encoding="utf-8"))["schema"] == "kpi.score/1"
    monkeypatch.setattr(score_stream, "LARGE", 10)
    large = run("in.csv", "-o", "large.json")
    assert "Engine: DuckDB, since in.csv is over 50 MB" in large.stderr
    assert json.loads((here / "large.json").read_text(encoding="utf-8"))["schema"] == "kpi.results/1"
    assert "Engine" not in run("in.csv", "-o", "python.json", "--engine", "python").stderr


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (CSV.encode("cp874"), "not in UTF-8"),
        (CSV.encode("utf-16"), "not in UTF-8"),
        (CSV.replace("Gamma, G", "Gamma\nG").encode(), "a cell has a line break in it"),
        (CSV.replace("\n\n", "\r\n").encode(), "a line of this file is not a row"),
        (CSV.replace('"Gamma, G"', ' "Gamma"').encode(), "before or behind a quote"),
        (
            CSV.replace("Alpha,80%,,,2", "Alpha,80%,,,2,1,2,3").encode(),
            "cannot cut this file into cells: CSV Error on Line: 2",
        ),
        (CSV.splitlines()[0].encode(), "no row below the header"),
        (b"entity,measure,value\nAlpha,done,80%\n", "one row an entity"),
    ],
)
def test_a_csv_that_only_python_reads_is_left_to_it(here: pathlib.Path, data: bytes, said: str) -> None:
    (here / "in.csv").write_bytes(data)
    result = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "--engine python" in result.stderr
    assert not (here / "out.csv").exists()


def test_a_comma_too_many_is_refused_where_it_stands(here: pathlib.Path) -> None:
    (here / "in.csv").write_text(CSV.replace("/", "/,7"), encoding="utf-8")
    result = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
    assert result.exit_code == 1
    assert "in.csv[G4]  error[row-too-long]" in result.stderr


def test_shares_of_the_set_are_not_passed_over(here: pathlib.Path) -> None:
    (here / "small.yaml").write_text(SET.replace("    title: One", "    title: One\n    share: 100"), encoding="utf-8")
    write(SOUND)
    result = run("in.parquet", "-o", "out.parquet")
    assert result.exit_code == 2
    assert "ranks by sections alone" in result.stderr


def test_not_a_number_is_refused(here: pathlib.Path) -> None:
    columns = f"entity, {TYPES.replace('done::DECIMAL(9, 4)', 'done::DOUBLE')}"
    write("('Alpha', 'NaN'::DOUBLE, NULL, NULL, 2, true)", columns)
    result = run("in.parquet", "-o", "out.parquet")
    assert result.exit_code == 1
    assert "cell-not-a-number" in result.stderr


@pytest.mark.parametrize(
    ("values", "columns", "said"),
    [
        pytest.param(
            "('Alpha', 1, 1, 1, 1, true), ('Alpha', 1, 1, 1, 1, true)", f"entity, {TYPES}", "more than one row"
        ),
        pytest.param("('Alpha', 1, 1, 1, 1, true)", "entity, [done] AS done", "[]"),
        pytest.param("('Alpha', 1, 1, 1, 1, true)", "entity, done, sites AS ' Done'", "more than one column"),
        pytest.param("('Alpha', 0.123456789, 1, 1, 1, true)", "entity, done::DOUBLE AS done", "more digits"),
        # The query would take each of these for missing.
        pytest.param("('Alpha', 1, 1, 1, 1000000000000000000, true)", "entity, sites::BIGINT AS sites", "more digits"),
        pytest.param("('Alpha', 1, 1, 1, 10000000000000000, true)", "entity, sites::DOUBLE AS sites", "more digits"),
        pytest.param("('Alpha', 1, 1, 1, 1000000000000000000, true)", "entity, sites::VARCHAR AS sites", "digits"),
        pytest.param("('Alpha', 1, 1, 1, 1, true)", "entity, 'sites' AS measure, sites AS value", "one row an entity"),
    ],
    ids=["an-entity-twice", "a-list", "a-column-twice", "digits", "bigint", "double", "text", "long"],
)
def test_what_only_python_can_do_is_said(values: str, columns: str, said: str) -> None:
    write(values, columns)
    result = run("in.parquet", "-o", "out.parquet")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "--engine python" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["in.parquet", "-o", "out.parquet", "--engine", "python"], "writes no Parquet"),
        (["in.parquet", "--engine", "duckdb"], "one .csv or .parquet file"),
        (["in.parquet", "-o", "out.xlsx", "--engine", "duckdb"], "one .csv or .parquet file"),
        (["in.parquet", "-o", "out.csv", "-o", "out.json", "--engine", "duckdb"], "one .csv or .parquet file"),
        (["small.yaml", "-o", "out.parquet"], "one .csv or .parquet file"),
        (["in.parquet", "-o", "out.parquet", "--keep-going"], "--keep-going goes with --engine python alone"),
        (["in.parquet", "-o", "out.parquet", "--overall", "one=100"], "--overall goes with"),
        (["in.parquet", "-o", "out.parquet", "--tie-break", "A", "--within", "1"], "--tie-break, --fragile goes"),
        (["in.parquet", "-o", "out.parquet", "--missing"], "--missing goes with"),
        (["in.parquet", "-o", "out.parquet", "--format", "json"], "--format goes with"),
        (["nowhere.parquet", "-o", "out.parquet"], "no such file"),
        (["in.parquet", "-o", "in.parquet", "--force"], "never written over"),
    ],
)
def test_usage(arguments: list[str], said: str) -> None:
    write(SOUND)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_warning_ends_a_strict_run_as_a_finding() -> None:
    write(SOUND, f"entity, {TYPES.replace('sites::INT AS sites, ', '')}")
    assert run("in.parquet", "-o", "out.parquet").exit_code == 0
    assert run("in.parquet", "-o", "strict.parquet", "--strict").exit_code == 1


def test_an_existing_file_is_kept(here: pathlib.Path) -> None:
    write(SOUND)
    (here / "out.parquet").write_bytes(b"kept")
    assert run("in.parquet", "-o", "out.parquet").exit_code == 2
    assert (here / "out.parquet").read_bytes() == b"kept"
    assert run("in.parquet", "-o", "out.parquet", "--force").exit_code == 0
    assert len(read()) == 3


@pytest.mark.parametrize(
    ("part", "whole", "code"),
    [
        pytest.param(10**15 - 1, 10**15 - 1, 0, id="the-largest-counts"),
        pytest.param(10**15 - 1, 25 * 10**12, 0, id="a-long-threshold-of-a-large-whole"),
        pytest.param(10**15, 10**15, 2, id="a-digit-more"),
        pytest.param(10**17, 10**17, 2, id="more-than-64-bits-a-hundredfold"),
    ],
)
def test_products_of_large_counts_are_exact_or_the_file_is_refused(
    here: pathlib.Path, part: int, whole: int, code: int
) -> None:
    text = SET.replace("title: Done,", "title: Done, range: [0, 5000],").replace('">= 80"', '">= 3999.96"')
    (here / "large.yaml").write_text(text, encoding="utf-8")
    row = f"'x' AS entity, NULL::DECIMAL(9, 2) AS done, {part}::BIGINT AS part, {whole}::BIGINT AS whole"
    duckdb.execute(f"COPY (SELECT {row}, 1 AS sites, true AS plan) TO 'in.parquet' (FORMAT parquet)")
    ended = {
        engine: CliRunner().invoke(
            app, ["score", "in.parquet", "--set", "large.yaml", "--engine", engine, "-o", f"{engine}.csv", "-q"]
        )
        for engine in ("duckdb", "python")
    }
    assert (ended["duckdb"].exit_code, ended["python"].exit_code) == (code, 0)
    if code:
        assert "engine-limit" in ended["duckdb"].stderr
        assert "--engine python" in ended["duckdb"].stderr
    else:
        assert (here / "duckdb.csv").read_bytes() == (here / "python.csv").read_bytes()


def test_a_second_table_is_left_to_python(here: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its figures would be read by the header of the first, wherever in the file it begins."""
    monkeypatch.setattr(csv_source, "_SAMPLE", 2)
    for below in ("entity,owed,said", ",plan,sites"):
        (here / "in.csv").write_text(f"entity,sites,plan\nAlpha,1,yes\n{below}\nBeta,5,no\n", encoding="utf-8")
        (here / "small.yaml").write_text(SET.replace("sections:", ROSTER), encoding="utf-8")
        ended = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
        assert ended.exit_code == 2, ended.stderr
        assert "engine-limit" in ended.stderr
        assert not (here / "out.csv").exists()


@pytest.mark.parametrize("options", [[], ["--notes"]])
def test_what_was_passed_over_is_said(here: pathlib.Path, options: list[str]) -> None:
    (here / "in.csv").write_text("entity,sites,plan\nAlpha,1,yes\nTotal,5,\nSigned,,\n", encoding="utf-8")
    (here / "small.yaml").write_text(SET.replace("sections:", ROSTER), encoding="utf-8")
    ended = run("in.csv", "-o", "out.csv", "--engine", "duckdb", *options)
    assert ended.exit_code == 0, ended.stderr
    assert ("notes 2 (--notes)" in ended.stderr) is not bool(options)
    assert ("in.csv[A3]" in ended.stderr and "in.csv[A4]" in ended.stderr) is bool(options)


def test_a_folder_for_temporary_files_without_room_is_named(
    here: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB's own files are not to be had there: no defect of ours, and no fault of the file that was given."""
    (here / "in.csv").write_text(CSV, encoding="utf-8")
    make, missing = tempfile.TemporaryDirectory, str(here / "gone" / "folder")
    monkeypatch.setattr(
        tempfile, "TemporaryDirectory", lambda **named: make(**named) if named else contextlib.nullcontext(missing)
    )
    result = run("in.csv", "-o", "out.csv", "--engine", "duckdb")
    assert result.exit_code == 2
    said = "error[unreadable] DuckDB cannot write its own files in"
    assert f"{said} {here / 'gone'}, the folder for temporary files: IO Error:" in result.stderr
    assert "name another folder in TMPDIR" in result.stderr
    assert not (here / "out.csv").exists()
