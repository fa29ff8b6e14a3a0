from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model import names
from kpi_cli.render import csv_file
from kpi_cli.render.csv_file import escape_formula, render_csv
from kpi_cli.scoring.figures import Entity
from kpi_cli.scoring.scorecard import EntityScore, Scorecard, SectionRanking
from tests.unit.render.reports import individual_row, make_overall_report, make_report

HEADER = "set,section,code,entity,rank,score,possible,complete,grade"
LEVELS = ",".join(
    f"{id_}:{part}" for id_ in ("T1", "T2.1", "T2.2", "I1") for part in ("level", "possible_level", "points")
)


def test_rows_of_every_state() -> None:
    assert render_csv(make_report()).splitlines() == [
        f"{HEADER},{LEVELS}",
        "small-set,team,3104,นางรอง,1,92.00,92.00,true,,5,5,50.00,5,5,30.00,3,3,12.00,,,",
        "small-set,team,3111,สตึก,2,83.33,83.33,true,,4,4,83.33,,,,,,,,,",
        "small-set,team,3112,ปะคำ,3,54.00,72.00,false,,3,3,30.00,2,5,12.00,3,3,12.00,,,",
        "small-set,team,3118,ชำนิ,,,,false,,0,5,0.00,0,5,0.00,0,5,0.00,,,",
        *(
            f"small-set,individual,{code},{name},,,,false,,,,,,,,,,,0,5,0.00"
            for code, name in (("3104", "นางรอง"), ("3111", "สตึก"), ("3112", "ปะคำ"), ("3118", "ชำนิ"))
        ),
    ]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_a_long_table_is_written_in_pieces_without_losing_a_row(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = render_csv(make_overall_report())
    monkeypatch.setattr(csv_file, "_AT_ONCE", at_once)
    assert render_csv(make_overall_report()) == whole


def test_overall_rows_come_last() -> None:
    lines = render_csv(make_overall_report()).splitlines()
    assert lines[-4:] == [
        "small-set,overall,3111,สตึก,1,91.67,91.67,true,ดีเด่น" + "," * 12,
        "small-set,overall,3104,นางรอง,2,86.00,86.00,true,ดี" + "," * 12,
        "small-set,overall,3112,ปะคำ,3,57.00,57.00,false,พอใช้" + "," * 12,
        "small-set,overall,3118,ชำนิ,,,,false," + "," * 12,
    ]


@pytest.mark.parametrize(
    ("changes", "text"),
    [({"scorecard": None}, f"{HEADER},{LEVELS}\n"), ({"scorecard": None, "definition": None}, f"{HEADER}\n")],
)
def test_nothing_ranked_is_a_header(changes: dict[str, object], text: str) -> None:
    assert render_csv(make_report(**changes)) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("=1+1", "'=1+1"),
        ("+66", "'+66"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", r"'\rx"),
        ("นางรอง", "นางรอง"),
        ("a=b", "a=b"),
        ("", ""),
        ("\x1b[2J", r"\x1b[2J"),
    ],
)
def test_escape_formula(text: str, escaped: str) -> None:
    assert escape_formula(text) == escaped


_ODD = ["=1+1", "'=1", "'x", "-", "@a", "a,b", 'a"b', "a\nb", "a\tb", "\x1b[2J", ""]


@pytest.mark.parametrize("odd", _ODD)
@pytest.mark.parametrize("of_a_code", [True, False])
def test_one_odd_text_among_plain_ones_is_written_as_by_itself(odd: str, of_a_code: bool) -> None:
    plain = [Entity(None, "สตึก"), Entity("3104", "a=b-1")]
    rows = [individual_row(entity, level=3) for entity in (*plain, Entity(odd, "x") if of_a_code else Entity("1", odd))]
    together, alone = ([f"{line}\n" for line in _render(each).split("\nsmall-set")[1:]] for each in (rows, rows[2:]))
    assert together[2].rstrip("\n") == alone[0].rstrip("\n")
    assert [line.split(",")[2:4] for line in together[:2]] == [["", "สตึก"], ["3104", "a=b-1"]]


def test_names_that_take_much_room_are_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [individual_row(Entity("1", name), level=3) for name in ("สตึก", "=1", "ปะคำ")]
    whole = _render(rows)
    looked_at: list[str] = []
    plain = csv_file._are_plain
    monkeypatch.setattr(csv_file, "_are_plain", lambda texts: looked_at.extend(texts) or plain(texts))
    monkeypatch.setattr(names, "MOST_TOGETHER", 5)
    assert _render(rows) == whole
    assert looked_at == ["1", "1", "1", "สตึก", "=1", "ปะคำ"]  # names have ten characters, codes three


def _render(rows: list[EntityScore]) -> str:
    return render_csv(make_report(scorecard=Scorecard((SectionRanking("individual", "x", tuple(rows)),))))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("'=1+1", "''=1+1"),
        ("'สตึก", "'สตึก"),
        ("''-5", "'''-5"),
        ("a,b", '"a,b"'),
        ('a"b', '"a""b"'),
        ("=a,b", '"\'=a,b"'),
    ],
)
def test_a_quote_of_its_own_is_told_from_the_one_that_is_put_before(name: str, written: str) -> None:
    (line,) = _render([individual_row(Entity(None, name), level=3)]).splitlines()[1:]
    assert line.startswith(f"small-set,individual,,{written},,60.00,")


@given(st.text(max_size=30) | st.text('a ,"\n\r=', max_size=5))
def test_a_name_never_begins_a_formula_and_reads_back(name: str) -> None:
    row = individual_row(Entity("-1", name), level=3)
    report = make_report(scorecard=Scorecard((SectionRanking("individual", "x", (row,)),)))
    _, data = csv.reader(io.StringIO(render_csv(report), newline=""))
    assert data[2] == "'-1"
    assert data[3] == escape_formula(name)
    assert data[3][:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert data[5] == "60.00"
