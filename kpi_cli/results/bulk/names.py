"""Whom each row is about: plain names by DuckDB, all others by the reader of tables, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kpi_cli.model.names import clean_header
from kpi_cli.results.bulk.limits import MOST_TEXTS, EngineLimitError
from kpi_cli.results.bulk.source import HEADING, NAMING, Source, escape, insert_rows
from kpi_cli.results.cells import BLANK, Row
from kpi_cli.results.entities import TOTALS, Named
from kpi_cli.results.headers import Role
from kpi_cli.results.merged_cells import MergedCells
from kpi_cli.results.row_identity import RowIdentity
from kpi_cli.results.set_index import SetIndex

if TYPE_CHECKING:
    import duckdb

PEOPLE = "people"
"""The table of names that were read: whom they mean, with a key of NULL where they mean nobody."""
_KINDS = ("VARCHAR", "BIGINT", "INTEGER", "SMALLINT")
# Letters, figures and signs that clean-up leaves as they are, single spaces between them; and what it would mend.
_PLAIN = "[!-&(-~ก-ฺเ-์]+( [!-&(-~ก-ฺเ-์]+)*"
_MENDED = "เเ|[่-๋][ัิ-ฺ็]|ำ[่-๋]|ํ"
_DASHES_ONLY = "[- ]+"


def list_identity(source: Source) -> tuple[int, ...]:
    """The columns that say whom a row is about; raises `EngineLimitError` where they hold anything but texts."""
    columns = source.columns(Role.ENTITY, Role.CODE)
    for column in columns:
        if source.kinds[column] not in _KINDS:
            name = source.table.header.cells[0].text
            name = next((cell.text for cell in source.table.header.cells if cell.column == column), name)
            raise EngineLimitError(source.file, "column", column=name, type=source.kinds[column])
    return columns


def is_plain_name(source: Source, index: SetIndex) -> str:
    """The condition under which the first column names someone as it stands; a roster is looked up by Python."""
    if index.entities.has_roster or len(source.columns(Role.ENTITY)) > 1:
        return "false"
    words = [*map(clean_header, TOTALS), *index.headers.list_keys(*NAMING)]
    listed = ", ".join(f"'{escape(word)}'" for word in words)
    names = [f"name{position}" for position in range(len(list_identity(source)))]
    plain = [
        f"regexp_full_match({name}, '{_PLAIN}') AND NOT regexp_matches({name}, '{_MENDED}')"
        f" AND NOT regexp_full_match({name}, '{_DASHES_ONLY}') AND {_KEY.format(name)} NOT IN ({listed})"
        for name in names
    ]
    codes = (f"({name} IS NULL OR ({each}))" for name, each in zip(names[1:], plain[1:], strict=True))
    return f"coalesce({' AND '.join([plain[0], *codes])}, false)"


_KEY = "lower(replace({}, ' ', ''))"


def read_names(connection: duckdb.DuckDBPyConnection, staged: str, source: Source, index: SetIndex) -> int:
    """Reads every name that is not plain into the table `PEOPLE`; gives how many there are."""
    identity = list_identity(source)
    names = [f"name{position}" for position in range(len(identity))]
    kinds = ", ".join(f"{name} VARCHAR" for name in names)
    connection.execute(
        f"CREATE TEMP TABLE {PEOPLE} ({kinds}, key VARCHAR, name VARCHAR, code VARCHAR, position BIGINT)"
    )
    query = f"SELECT DISTINCT {', '.join(names)} FROM {staged} WHERE NOT plain LIMIT {MOST_TEXTS + 1}"
    texts = connection.execute(query).fetchall()
    if len(texts) > MOST_TEXTS:
        raise EngineLimitError(source.file, "names", limit=f"{MOST_TEXTS:,}")
    if texts:
        insert_rows(connection, PEOPLE, list(_identify(texts, identity, source, index)))
    return len(texts)


def _identify(
    texts: Sequence[tuple[str | None, ...]], identity: Sequence[int], source: Source, index: SetIndex
) -> Iterator[tuple[str | int | None, ...]]:
    positions = {entity.code: position for position, entity in enumerate(index.entities.entities)}
    found = RowIdentity(source.table, index.entities, MergedCells(source.table))
    rows = source.make_rows([[text or "" for text in each] for each in texts])
    for each, row in zip(texts, rows, strict=True):
        if any(index.headers.may_head(text or "", *HEADING) for text in each):
            raise EngineLimitError(source.file, "tables", count=2)
        named = found.identify(_place(row, identity), speaks=True)
        if isinstance(named, Named):
            yield *each, named.key, named.entity.name, named.entity.code, positions.get(named.entity.code)
        else:
            yield *each, None, None, None, None


def _place(row: Row, identity: Sequence[int]) -> Row:
    """The cells of `row` in the columns where they stand in the file."""
    cells = [BLANK] * (max(identity) + 1)
    for position, column in enumerate(identity):
        cells[column] = row.cell(position)
    return Row(row.number, tuple(cells))


def write_people(names: int) -> str:
    """The join of the rows `s` with whom they mean."""
    same = " AND ".join(f"s.name{each} IS NOT DISTINCT FROM p.name{each}" for each in range(names))
    return f"LEFT JOIN {PEOPLE} AS p ON NOT s.plain AND {same}"


def write_key() -> str:
    """What rows of one entity share, beside `write_people`."""
    return f"CASE WHEN s.plain THEN {_KEY.format('s.name0')} ELSE p.key END"


def find_repeated(
    connection: duckdb.DuckDBPyConnection, keys: str, prefixes: Sequence[str], *, has_roster: bool
) -> str | None:
    """Somebody whom more than one row of `keys` (name, key) means; None where there is nobody."""
    # Whole numbers in the place of names take a tenth of the room; what they find is looked at again.
    counted = f"SELECT hash(key) AS h FROM {keys} GROUP BY h HAVING COUNT(*) > 1 LIMIT 1000"
    found = connection.execute(
        f"SELECT any_value(name) FROM {keys} WHERE hash(key) IN ({counted}) GROUP BY key HAVING COUNT(*) > 1 LIMIT 1"
    ).fetchone()
    if found is None and not has_roster:
        found = next((one for prefix in prefixes if (one := _find_prefixed(connection, keys, prefix))), None)
    return found[0] if found else None


def _find_prefixed(connection: duckdb.DuckDBPyConnection, keys: str, prefix: str) -> tuple[str] | None:
    """Without a roster, อำเภอสตึก is สตึก where a row of that name is there too."""
    key = clean_header(prefix)
    bare = f"SELECT name, substr(key, {len(key) + 1}) AS key FROM {keys} WHERE starts_with(key, '{escape(key)}')"
    if not key or connection.execute(f"{bare} LIMIT 1").fetchone() is None:
        return None
    return connection.execute(
        f"SELECT name FROM ({bare}) WHERE hash(key) IN (SELECT hash(key) FROM {keys}) LIMIT 1"
    ).fetchone()
