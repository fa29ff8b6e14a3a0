from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from kpi_cli.render import terminal
from kpi_cli.render.bar import draw_bar
from kpi_cli.render.level_columns import break_columns, measure_columns, place_texts, plan_columns
from kpi_cli.render.report import Report
from kpi_cli.render.terminal import render_score
from kpi_cli.render.text import display_width
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import Overall, Scorecard, SectionRanking
from tests.unit.render.reports import SET, TEAM, individual_row, level_score, make_overall_report, make_report

NEXT = "kpi explain inbox/ ปะคำ"


def render(report: Report, **options: object) -> str:
    fixed: dict[str, object] = {"language": "en", "colour": False, "width": 100}
    return render_score(report, **{**fixed, **options})  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize(("name", "report"), [("score", make_report()), ("overall", make_overall_report())])
def test_what_is_printed(golden: SnapshotAssertion, language: str, name: str, report: Report) -> None:
    assert render(report, language=language, next_command=NEXT) == golden(name=f"{name}-{language}")


def test_narrow_pages_lose_the_bar_before_anything_else(golden: SnapshotAssertion) -> None:
    assert render(make_report(), width=44) == golden(name="score-narrow")


@pytest.mark.parametrize("width", [50, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    lines = render(make_overall_report(), width=width, next_command=NEXT).splitlines()
    assert max(map(display_width, lines)) <= width


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [60, 100, None])
def test_no_line_ends_with_spaces(colour: bool, width: int | None) -> None:
    text = render(make_overall_report(), width=width, colour=colour)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert bare == re.sub(r" +\n", "\n", bare)
    assert ("\x1b" in text) is colour


def test_nothing_is_cut_without_a_width() -> None:
    name = "อำเภอที่มีชื่อยาวมาก" * 20
    row = individual_row(Entity(None, name), level=4)
    text = render(make_report(scorecard=Scorecard((SectionRanking("individual", "x", (row,)),))), width=None)
    assert name in text


@pytest.mark.parametrize("draw", ["section", "overall"])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "the first 2 of 3 rows; "), ("th", "แสดง 2 แถวแรกจากทั้งหมด 3 แถว ")]
)
def test_a_table_that_nobody_reads_to_its_end_says_where_all_of_it_is(
    monkeypatch: pytest.MonkeyPatch, draw: str, language: str, said: str
) -> None:
    row = individual_row(Entity(None, "กก"), level=4)
    rows = tuple(row._replace(entity=Entity(None, name)) for name in ("กก", "ขข", "คค"))
    section = SectionRanking("individual", "x", rows)
    overall = Overall({"individual": Decimal(100)}, False, rows)
    report = make_report(
        scorecard=Scorecard(() if draw == "overall" else (section,), overall if draw == "overall" else None)
    )
    whole = render(report, language=language)
    assert all(name in whole for name in ("กก", "ขข", "คค"))
    assert "ranking.csv" not in whole
    monkeypatch.setattr(terminal, "MAX_ROWS", 2)
    cut = render(report, language=language)
    assert "ขข" in cut
    assert "คค" not in cut
    assert cut.count(said) == 1
    assert "`-o ranking.csv`" in cut
    assert "`--format csv`" in cut


@pytest.mark.parametrize("width", [30, 60, 100])
def test_long_names_fold_and_lose_nothing(width: int) -> None:
    name = "อำเภอที่มีชื่อยาวมาก" * 6
    row = individual_row(Entity(None, name), level=4)
    text = render(make_report(scorecard=Scorecard((SectionRanking("individual", "x", (row,)),))), width=width)
    table = text.split("\n\n")[1]
    assert name in "".join(re.findall("[\u0e01-\u0e4e]+", table.partition("\n")[2]))


def test_hostile_names_never_reach_the_terminal() -> None:
    rows = (individual_row(Entity(None, "\x1b[2J\u202eevil\n[red]x"), level=4),)
    report = make_report(
        set_file="\x1b.yaml", scorecard=Scorecard((SectionRanking("individual", "a\x1bb [bold]c", rows),))
    )
    text = render(report, next_command="kpi \x1b[2J", width=None)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert r"\x1b[2J\u202eevil [red]x" in text
    assert "[bold]c" in text


def test_not_applicable_throughout_is_no_score() -> None:
    total = TEAM.rows[0].total._replace(score=None, possible=None, indicators=(level_score("T1", 50, None),))
    row = TEAM.rows[0]._replace(rank=None, total=total)
    text = render(make_report(scorecard=Scorecard((TEAM._replace(rows=(row,)),))))
    assert re.search(r"^-  นางรอง +n/a +n/a$", text, re.MULTILINE)


def test_nothing_ranked_prints_nothing() -> None:
    assert render(make_report(scorecard=None)) == ""
    assert render(make_report(definition=None)) == ""


def test_footer_can_be_left_out() -> None:
    assert "small_set.yaml" not in render(make_report(), footer=False)
    assert "(--notes)" not in render(make_report(diagnostics=()))


@pytest.mark.parametrize(
    ("score", "possible", "cells", "bar"),
    [
        (92, 92, 20, ("██████████████████▍", "")),
        (54, 62, 20, ("██████████▊", "░░")),
        (51, 51, 20, ("██████████▏", "")),
        (0, 100, 10, ("", "░" * 10)),
        (100, 100, 8, ("█" * 8, "")),
        (0, 0, 20, ("", "")),
        (120, 120, 10, ("█" * 10, "")),
    ],
)
def test_draw_bar(score: int, possible: int, cells: int, bar: tuple[str, str]) -> None:
    assert draw_bar(Fraction(score), Fraction(possible), cells) == bar


@given(st.fractions(0, 100), st.fractions(0, 100), st.integers(1, 40))
def test_bars_stay_in_their_cells_and_never_shrink(one: Fraction, other: Fraction, cells: int) -> None:
    low, high = sorted((one, other))
    proven, open_part = draw_bar(low, high, cells)
    assert len(proven) + len(open_part) <= cells
    assert len(proven) <= len(draw_bar(high, high, cells)[0])


def test_groups_stand_apart_from_what_is_around() -> None:
    columns = plan_columns(SET.sections[0], [{"T1": "5", "T2.1": "2-5", "T2.2": "n/a"}])
    assert [(column.id, column.width, column.gap) for column in columns] == [
        ("T1", 2, 2),
        ("T2.1", 4, 3),
        ("T2.2", 4, 1),
    ]
    line = "".join(
        placed.indent + placed.text for placed in place_texts(columns, {"T1": "5", "T2.1": "2-5", "T2.2": "n/a"})
    )
    assert line == " 5    2-5  n/a"
    assert measure_columns(columns) == 14


def test_columns_break_where_the_page_ends() -> None:
    columns = plan_columns(SET.sections[0], [])
    assert [[column.id for column in line] for line in break_columns(columns, 9)] == [["T1", "T2.1"], ["T2.2"]]
    assert [len(line) for line in break_columns(columns, 1)] == [1, 1, 1]


def test_what_follows_a_group_stands_apart_too() -> None:
    spending, group = SET.sections[0].indicators
    section = SET.sections[0].model_copy(update={"indicators": (group, spending, spending)})
    assert [column.gap for column in plan_columns(section, [])] == [3, 1, 3, 2]
