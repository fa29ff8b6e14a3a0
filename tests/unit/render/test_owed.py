from __future__ import annotations

import csv

from kpi_cli.render.owed import OwedReport, iterate_owed_csv, owed_document, render_reminder
from kpi_cli.scoring.figures import Entity, Figure
from kpi_cli.scoring.owed import Owed, list_owed
from tests.unit.render.test_json_v1 import check_schema
from tests.unit.scoring.small_sets import indicator, indicator_set, record, section

ALPHA, BETA = indicator("A1", "50").model_copy(update={"owner": "Finance"}), indicator("B1", "50")
DEFINITION = indicator_set(section("s", ALPHA, BETA))
RECORDS = [
    record("x"),
    record("y"),
    record("=z", a1=5, b1=Figure(None, "1,5", "f.csv[B4]")),
    record("done", a1=5, b1=5),
]


def make(owed: tuple[Owed, ...] | None) -> OwedReport:
    return OwedReport(DEFINITION, "s.yaml", (), "0", owed, (), tuple(one.entity for one in RECORDS))


REPORT = make(list_owed(DEFINITION, RECORDS))


def test_a_reminder_goes_by_owner_and_by_who_owes_the_same() -> None:
    assert render_reminder(REPORT, "en").splitlines() == [
        "small: 5 figures are still owed",
        "",
        "Finance (2)",
        "  x, y",
        "    - A1 count",
        "",
        "No owner named (3)",
        "  x, y",
        "    - B1 count",
        "  =z",
        "    - B1 count (“1,5” was sent, which does not count)",
    ]


def test_what_everybody_owes_says_so() -> None:
    report = make(tuple(Owed("s", ALPHA, "a1", one.entity) for one in RECORDS))
    assert "  All 4: x, y, =z, done" in render_reminder(report, "en").splitlines()
    assert "  ครบทั้ง 4 แห่ง: x, y, =z, done" in render_reminder(report, "th").splitlines()


def test_nothing_owed_says_so_and_nothing_read_says_nothing() -> None:
    assert render_reminder(make(()), "en") == "small: nothing is owed\n"
    assert render_reminder(make(()), "th") == "small: ไม่มีข้อมูลค้างส่ง\n"
    assert render_reminder(make(None), "en") == ""


def test_markdown() -> None:
    report = make((Owed("s", ALPHA, "a1", Entity(None, "*a*")),))._replace(entities=(Entity(None, "*a*"),))
    assert render_reminder(report, "en", markdown=True) == (
        "# small: 1 figure is still owed\n\n## Finance (1)\n\n**\\*a\\***\n\n- A1 count\n"
    )


def test_csv_has_a_row_a_figure_and_no_formula() -> None:
    rows = list(csv.reader(iterate_owed_csv(REPORT)))
    assert len(rows) == 6
    assert rows[1] == ["small", "Finance", "", "x", "s", "A1", "a1", "count", "blank", "", ""]
    assert rows[5] == ["small", "", "", "'=z", "s", "B1", "b1", "count", "not_read", "1,5", "f.csv[B4]"]
    assert len(list(iterate_owed_csv(make(())))) == 1


def test_the_document_meets_the_published_schema() -> None:
    for report in (REPORT, make(()), make(None), make(None)._replace(definition=None)):
        check_schema(owed_document(report, "th"), "kpi.missing-1.json")
    assert owed_document(make(None), "en")["owed"] is None
