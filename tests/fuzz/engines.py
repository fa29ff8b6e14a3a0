"""Where both engines answer, they agree: the same refusals at the same cells, or the same ranks, scores and levels."""

from __future__ import annotations

import json
import pathlib
import re
import tempfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from tests.fuzz.sandbox import Outcome

_ERROR = re.compile(r"^(\S.*?)?:?[ \t]*(?:error|ผิดพลาด)\[([a-z-]+)\]", re.M)
_LEFT = re.compile(r"\[(?:engine-limit|sql-[a-z]+)\]")
"""What DuckDB says of files and sets that it leaves to Python."""
_CENT = 0.0051
"""Scores of a json have two decimals, those of Parquet all that the query keeps."""
Verdict = Mapping[str, Any]


def find_difference(own: Outcome, twin: Outcome, written: Mapping[str, bytes]) -> str:
    """What DuckDB (`own`) and Python disagree on, in a word or two; what DuckDB leaves to Python is no difference."""
    if _LEFT.search(own.err) or own.code == twin.code == 2:
        return ""
    refused, expected = (_list_errors(outcome.err) for outcome in (own, twin))
    if refused != expected:
        return f"the engines refuse differently: {sorted(refused ^ expected)[:3]}"
    if own.code != twin.code:
        return f"the engines end with {own.code} and {twin.code}"
    if not refused and written.keys() != {"out", "twin"}:
        return f"of the two engines wrote {sorted(written)}"
    return "" if refused else _compare(written["out"], written["twin"])


def _list_errors(said: str) -> set[tuple[str, str]]:
    """The cell and the code of each."""
    return {(place, code) for place, code in _ERROR.findall(said)}


def _compare(own: bytes, twin: bytes) -> str:
    if not twin.startswith(b"{"):
        return "" if own == twin else "the engines write other lines of csv"
    found, expected = (_read_parquet if own.startswith(b"PAR1") else _read_results)(own), _read_score(twin)
    if found.keys() != expected.keys():
        return f"the engines list others: {sorted(found.keys() ^ expected.keys())[:3]}"
    different = [key for key, verdict in expected.items() if not _agree(found[key], verdict)]
    return f"the engines score {different[0]} differently" if different else ""


def _agree(found: Verdict, expected: Verdict) -> bool:
    return all(_is_same(found.get(name), value) for name, value in expected.items())


def _is_same(found: Any, expected: Any) -> bool:
    if isinstance(expected, float) and found is not None:
        return abs(float(found) - expected) < _CENT
    return bool(found == expected)


def _read_score(data: bytes) -> dict[tuple[str, str], Verdict]:
    document = json.loads(data)
    return {
        (section["id"], row["entity"]["name"]): _list_verdict(row)
        for section in document["sections"]
        for row in section["ranking"]
    }


def _read_results(data: bytes) -> dict[tuple[str, str], Verdict]:
    rows = json.loads(data)["results"]
    return {(each["id"], row["entity"]["name"]): _list_verdict(each) for row in rows for each in row["sections"]}


def _list_verdict(row: Mapping[str, Any]) -> Verdict:
    """What is decided of one entity in one section, by the names that columns have."""
    levels = {f"{one['id']}:{part}": one[part] for one in row["indicators"] for part in ("level", "possible_level")}
    points = {f"{one['id']}:points": one["points"] for one in row["indicators"]}
    return {**{part: row[part] for part in ("rank", "score", "possible", "complete", "grade")}, **levels, **points}


def _read_parquet(data: bytes) -> dict[tuple[str, str], Verdict]:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = pathlib.Path(folder, "x.parquet")
        path.write_bytes(data)
        relation = connection.read_parquet(str(path))
        columns = relation.columns
        rows = [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
    sections = [name.removesuffix(":rank") for name in columns if name.endswith(":rank")]
    parts = ("rank", "score", "possible", "complete", "grade")
    return {
        (section, row["entity"]): {**row, **{part: row.get(f"{section}:{part}") for part in parts}}
        for row in rows
        for section in sections
    }
