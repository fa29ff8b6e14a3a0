from __future__ import annotations

import pytest

from kpi_cli.render.csv_file import render_csv
from kpi_cli.render.headings import count_turnout, describe_options, describe_provisional, list_counts, name_sections
from kpi_cli.render.json_text import dump
from kpi_cli.render.json_v1 import score_document
from kpi_cli.render.markdown import render_markdown
from kpi_cli.render.report import Report
from kpi_cli.render.terminal import render_score
from kpi_cli.render.text import display_width, shorten_text
from kpi_cli.render.translate import translate
from kpi_cli.scoring.scorecard import Scorecard, SectionRanking
from tests.unit.render.reports import CHAMNI, NANG_RONG, SET, TEAM, individual_row, make_overall_report, make_report

EN, TH = translate("en"), translate("th")
OPTIONS = {"percent": "points", "tie-break": "T1", "keep-going": "25"}


def counts(report: Report) -> list[str]:
    assert report.scorecard is not None
    return list(list_counts(report._replace(diagnostics=()), report.scorecard, EN))


def test_turnout_is_over_all_rankings() -> None:
    # นางรอง complete, สตึก complete, ปะคำ in part, ชำนิ nothing
    assert count_turnout([TEAM.rows]) == (4, 2, 1, 1)
    assert count_turnout([TEAM.rows, [individual_row(CHAMNI, level=3)]]) == (4, 2, 2, 0)
    assert count_turnout([TEAM.rows, [individual_row(NANG_RONG, level=None)]]) == (4, 1, 2, 1)


def test_counts_leave_out_sections_nobody_began() -> None:
    assert counts(make_report()) == ["4 อำเภอ", "complete 2", "not complete 1", "reported nothing 1"]
    assert counts(make_overall_report())[1] == "complete in all sections 2"
    absent = SectionRanking("team", "x", TEAM.rows[3:])
    assert counts(make_report(scorecard=Scorecard((absent,)))) == ["1 อำเภอ", "complete 0", "reported nothing 1"]
    final = SectionRanking("team", "x", TEAM.rows[:1])
    assert counts(make_report(scorecard=Scorecard((final,)))) == ["1 อำเภอ", "complete 1"]


def test_what_was_refused_makes_a_ranking_provisional() -> None:
    assert describe_provisional([TEAM.rows[:1]], make_report(), EN) == ""
    shown = describe_provisional([TEAM.rows[:1]], make_report(options={"keep-going": "3"}), TH)
    assert shown == "ชั่วคราว: ไม่นับช่องที่อ่านไม่ได้ (ข้อผิดพลาด 3 รายการ)"


def test_options_in_words() -> None:
    assert describe_options(make_report(), EN) == []
    assert describe_options(make_report(options=OPTIONS), EN) == [
        "percent figures from 0 to 1 without a % sign were read as percent: 0.9 is 0.9% (--percent points)",
        "equal scores were ranked by T1 (--tie-break)",
        "ranked without the cells that were refused: errors 25 (--keep-going)",
    ]
    assert all(not sentence.isascii() for sentence in describe_options(make_report(options=OPTIONS), TH))


def test_a_section_is_told_what_decided_in_it_alone() -> None:
    report = make_report(options={"tie-break": "I1, T2.1, T1"})
    team, own = SET.sections
    assert describe_options(report, EN) == ["equal scores were ranked by I1, T2.1, T1 (--tie-break)"]
    assert describe_options(report, EN, team) == ["equal scores were ranked by T2.1, T1 (--tie-break)"]
    assert describe_options(report, EN, own) == ["equal scores were ranked by I1 (--tie-break)"]
    assert describe_options(make_report(options={"tie-break": "T1"}), EN, own) == []


def test_options_are_told_to_people_and_leave_the_contracts_alone() -> None:
    told, plain = make_report(options=OPTIONS), make_report()
    page = render_markdown(told, "en")
    screen = render_score(told, language="en", colour=False, width=None)
    for sentence in describe_options(told, EN):
        assert f"- option: {sentence}" in page
        assert f"\n{sentence}\n" in screen
    assert dump(score_document(told, "en")) == dump(score_document(plain, "en"))
    assert render_csv(told) == render_csv(plain)


def test_sections_are_named_by_their_titles_even_where_these_are_long() -> None:
    report = make_overall_report()
    assert report.scorecard is not None
    assert report.scorecard.overall is not None
    long = TEAM._replace(title="ตัวชี้วัด" * 10)
    names = name_sections(report.scorecard.overall, report.scorecard._replace(sections=(long,)))
    assert names["team"].endswith("…")
    assert names["individual"] == "individual"  # no title to be had
    assert display_width(names["team"]) <= 30


def test_headings_are_ids_where_titles_do_not_fit() -> None:
    def heading(width: int) -> str:
        text = render_score(make_overall_report(), language="en", colour=False, width=width)
        return next(line for line in text.split("Overall")[1].splitlines() if line.startswith("#"))

    assert "ตัวชี้วัดงานรายทีม 50" in heading(120)
    assert "team 50" in heading(60)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("กขเมือง", 4, "กข…"), ("ab cd", 4, "ab…"), ("่่่x", 0, "่…")],
)
def test_shorten_text(text: str, width: int, shown: str) -> None:
    assert shorten_text(text, width) == shown
