"""What hangs by a thread, as every format shows it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from syrupy.assertion import SnapshotAssertion

from kpi_cli.render.fragile_words import list_fragile, tell_within
from kpi_cli.render.html_file import render_html
from kpi_cli.render.json_v1 import score_document
from kpi_cli.render.markdown import render_markdown
from kpi_cli.render.terminal import render_score
from kpi_cli.render.translate import translate
from kpi_cli.scoring.fragile import Fragility, Sensitivity, Turn
from tests.unit.render.reports import SATUEK, SET, make_report
from tests.unit.render.test_json_v1 import check_schema

CLOSE = Sensitivity(
    Decimal("0.50"),
    (
        Fragility("team", SATUEK, "T1", Turn("spent", Decimal(90), Decimal(90), Fraction(0), 3), 4, 1, 3),
        Fragility("team", SATUEK, "T2.1", Turn("po", Fraction(206, 3), Decimal(69), Fraction(1, 3), 2), 1, 1, 1),
    ),
)
REPORT = make_report(sensitivity=CLOSE)


@pytest.mark.parametrize("language", ["en", "th"])
def test_a_terminal_marks_names_and_lists_figures(golden: SnapshotAssertion, language: str) -> None:
    shown = render_score(REPORT, language=language, colour=False, width=100)  # type: ignore[arg-type]
    assert shown == golden(name=f"score-fragile-{language}")


def test_rows_say_how_far_and_what_would_change() -> None:
    assert list(list_fragile(CLOSE, SET, translate("en"), section="team")) == [
        ("สตึก", "T1", "spent 90%: exactly at the threshold", "4 → 3", "1 → 3"),
        ("สตึก", "T2.1", "po 68.67%: 0.3333 from 69", "1 → 2", "1"),
    ]


def test_a_section_without_any_says_so() -> None:
    assert tell_within(CLOSE, translate("en"), section="individual").endswith(": no figure lies that close")
    assert "0.5 points" in tell_within(CLOSE, translate("en"), section="team")


def test_json_has_the_key_only_where_it_was_asked_for() -> None:
    document = score_document(REPORT, "en")
    check_schema(document, "kpi.score-1.json")
    assert document["fragile"]["found"][1]["distance"] == "1/3"
    assert "fragile" not in score_document(make_report(), "en")


def test_pages_show_it() -> None:
    assert "Close to a threshold" in render_html(REPORT, "en")
    assert "Close to a threshold" not in render_markdown(make_report(), "en")
    assert "### Close to a threshold" in render_markdown(REPORT, "en")
    assert "Close to a threshold" not in render_html(make_report(), "en").replace("close", "")
