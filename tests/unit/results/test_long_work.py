"""Tables of very many rows, columns or names: what was looked at once is not looked at again."""

from __future__ import annotations

from kpi_cli.diagnostics import Place
from kpi_cli.model import EntityKind, IndicatorSet, RosterEntry, Section
from kpi_cli.results.columns import check_columns
from kpi_cli.results.csv_file import read_csv
from kpi_cli.results.entities import MAX_NAMED, EntityIndex, Unnamed
from kpi_cli.results.header import find_tables
from kpi_cli.results.headers import HeaderIndex
from kpi_cli.results.set_index import index_set
from tests.patience import within
from tests.unit.results.small_set import REST, SMALL, make_indicator

HEADERS = HeaderIndex(SMALL)


def list_untitled(text: str) -> list[str | None]:
    (table,) = find_tables(read_csv(text.encode(), file="f.csv").sheets[0], HEADERS)
    with within(0.5):
        found = list(check_columns(table, HEADERS))
    assert all((one.code, one.variant) == ("unclaimed-column", "untitled") for one in found)
    return [one.place.cell for one in found if isinstance(one.place, Place)]


def test_short_rows_are_not_walked_for_columns_that_they_do_not_have() -> None:
    blank, short = "," * 16_000, "ก,1\n" * 58_000
    assert list_untitled(f"entity,clips{blank}\nก,1{blank}\n{short}ข,2{',' * 8_000}x\n") == ["f.csv[KUT58003]"]


def test_of_a_column_without_a_title_the_first_filled_cell_is_named_from_left_to_right() -> None:
    lines = ("entity,,clips,,,", "ก,,1,,,", "ข,,1,,x,", "ค,y,1,,x,", "ง,y,1,,,z")
    assert list_untitled("\n".join(lines)) == ["f.csv[B4]", "f.csv[E3]", "f.csv[F5]"]


def test_an_indicator_is_known_by_its_id_however_many_there_are() -> None:
    indicators = tuple(make_indicator(f"T{number}", REST, {1: "true"}) for number in range(3_000))
    sections = (Section(id="s", title="s", indicators=indicators),)
    index = index_set(IndicatorSet(kpi=1, id="many", title="many", scale=1, sections=sections), "refuse")
    with within(0.3):
        found = [index.find_indicator(f"t {number}") for number in range(60_000)]
    assert [one.id for one in found if one is not None] == [f"T{number}" for number in range(3_000)]


def test_those_who_share_a_name_are_gone_through_once_however_many_rows_bear_it() -> None:
    roster = tuple(RosterEntry(code=f"{number}", name="X", aliases=("Y",)) for number in range(1, 10_001))
    index = EntityIndex(EntityKind(prefixes=tuple("abc"), roster=roster))
    with within(0.5):
        found = {index.identify(names=[f"{'abc'[row % 3]}x{' ' * (row % 2_000)}"], codes=[]) for row in range(30_000)}
        agreed = {index.identify(names=["x", "y"], codes=[f"{row % 10_000 + 1}"]) for row in range(30_000)}
        shared = {index.identify(names=["x", "y"], codes=[]) for _ in range(30_000)}
    assert len(found) == 6_000
    assert len(agreed) == 10_000
    (unnamed,) = shared
    assert isinstance(unnamed, Unnamed)
    named = ", ".join(f"X ({number})" for number in range(1, MAX_NAMED + 1))
    assert unnamed == Unnamed("ambiguous", "x", named, 10_000)
