"""The figures of a row of a table: what a mapping of them would say, made when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import itemgetter

import pytest

from kpi_cli.scoring.figures import (
    Absence,
    Answer,
    Entity,
    Figure,
    FigureRow,
    Layout,
    Said,
    change_figures,
    count_rows,
    list_columns,
    make_many,
    say,
)

NAMES = ("a", "b", "c")
LAYOUT = Layout(NAMES, {"a": 0, "c": 1}, itemgetter(0, 2, 1), lambda row, name: f"x.csv[{name.upper()}{row}]")
ROW = FigureRow(LAYOUT, 7, (Said(Decimal(5), "5"), Said(None, "")))
PLAIN = {"a": Figure(Decimal(5), "5", "x.csv[A7]"), "c": Figure(None, "", "x.csv[C7]")}


def list_answers(figures: Mapping[str, Figure], names: tuple[str, ...]) -> tuple[Answer, ...]:
    return tuple(answer for (answer,) in list_answer_columns([figures], names))


def list_answer_columns(rows: Sequence[Mapping[str, Figure]], names: tuple[str, ...]) -> list[list[Answer]]:
    return [[said.answer for said in column] for column in list_columns(rows, names)]


def test_a_row_says_what_its_figures_say_each_in_its_place() -> None:
    assert dict(ROW) == PLAIN
    assert len(ROW) == 2
    assert "b" not in ROW
    assert "a" in ROW
    with pytest.raises(KeyError):
        ROW["b"]


def test_a_changed_figure_goes_before_the_cell_and_the_row_itself_stays() -> None:
    ratio = {"b": Figure(Decimal(3)), "a": Figure(Decimal(4), "4", "y")}
    changed = change_figures(ROW, ratio)
    assert dict(changed) == change_figures(PLAIN, ratio) == {**PLAIN, **ratio}
    assert list_answers(changed, NAMES) == (4, 3, None)
    assert len(changed) == 3
    assert "b" in changed
    assert dict(ROW) == PLAIN


@pytest.mark.parametrize("names", [NAMES, ("c", "a"), ("elsewhere", "a")])
def test_a_row_answers_as_a_mapping_does(names: tuple[str, ...]) -> None:
    assert list_answers(ROW, names) == list_answers(PLAIN, names)


OTHER = FigureRow(LAYOUT._replace(positions={"b": 0}), 3, (Said(Decimal(6), "6"),))
TWICE = FigureRow(LAYOUT, 8, (Said(Decimal(7), "7"), Said(Decimal(8), "8")))
RATIO = change_figures(TWICE, {"b": Figure(Decimal(9))})


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([ROW, TWICE], id="one-table"),
        pytest.param([ROW, RATIO, TWICE], id="worked-out"),
        pytest.param([ROW, OTHER, RATIO], id="two-tables"),
        pytest.param([PLAIN, ROW, {}, TWICE], id="beside-plain-figures"),
        pytest.param([PLAIN, {"b": Figure(None, "N/A", applicable=False)}], id="no-table"),
        pytest.param([], id="nobody"),
    ],
)
def test_columns_say_what_each_row_says(rows: list[Mapping[str, Figure]]) -> None:
    expected = [[row.get(name, Figure()).answer for row in rows] for name in NAMES]
    assert list_answer_columns(rows, NAMES) == (expected if rows else [])


@pytest.mark.parametrize(("name", "answer"), [("a", 5), ("b", 3), ("c", None), ("elsewhere", None)])
def test_one_measure_is_asked_for_by_name(name: str, answer: int | None) -> None:
    ratio = {"b": Figure(Decimal(3))}
    assert say(change_figures(ROW, ratio), name).answer == say({**PLAIN, **ratio}, name).answer == answer


def test_what_is_not_applicable_is_an_answer_of_its_own() -> None:
    row = FigureRow(LAYOUT, 1, (Said(Absence.NOT_APPLICABLE, "N/A"), Said(Decimal(1), "1")))
    assert list_answers(row, NAMES) == (Absence.NOT_APPLICABLE, None, 1)
    assert row["a"] == Figure(None, "N/A", "x.csv[A1]", applicable=False)


@pytest.mark.parametrize(
    ("figure", "reported"),
    [(Figure(Decimal(0), "0"), True), (Figure(None, "-"), False), (Figure(None, "N/A", applicable=False), True)],
)
def test_a_figure_is_reported_where_it_says_something(figure: Figure, reported: bool) -> None:
    assert figure.reported is reported


def test_many_are_made_of_lists_of_one_length_or_none_is_lost_in_silence() -> None:
    assert list(make_many(Entity, ["1", None], ["a", "b"])) == [Entity("1", "a"), Entity(None, "b")]
    with pytest.raises(ValueError, match="zip"):
        list(make_many(Entity, ["1", None], ["a"]))


@pytest.mark.parametrize(
    ("columns", "rows"),
    [(0, 16_384), (1, 16_384), (36, 16_384), (37, 16_216), (300, 2_000), (16_384, 36), (600_000, 1), (600_001, 1)],
)
def test_places_bound_how_many_rows_are_laid_out_at_a_time(columns: int, rows: int) -> None:
    assert count_rows(columns) == rows
