from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from kpi_cli.render.markdown import draw_table, escape_markdown, render_markdown
from kpi_cli.render.report import Report
from tests.unit.render.reports import make_overall_report, make_report


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize(("name", "report"), [("score", make_report()), ("overall", make_overall_report())])
def test_page(golden: SnapshotAssertion, language: str, name: str, report: Report) -> None:
    assert render_markdown(report, language) == golden(name=f"markdown-{name}-{language}")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", r"a\|b"),
        ("`x`", r"\`x\`"),
        ("[a](http://b)", r"\[a\](http://b)"),
        ("<script>", r"\<script\>"),
        ("a\nb", "a b"),
        ("**x** _y_ ~z~", r"\*\*x\*\* \_y\_ \~z\~"),
        ("\\", "\\\\"),
        ("&lt;", r"\&lt;"),
        ("\x1b[2J", r"\\x1b\[2J"),
        ("ร้อยละ ๘๐", "ร้อยละ ๘๐"),
    ],
)
def test_escape_markdown(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@given(st.lists(st.text(max_size=20), min_size=3, max_size=3))
def test_a_row_has_as_many_cells_as_its_header(cells: list[str]) -> None:
    header, rule, row = draw_table(["a", "b", "c"], [cells], right={1}).split("\n")
    assert rule == "| --- | --: | --- |"
    bare = row.replace("\\\\", "").replace("\\|", "")
    assert bare.count("|") == header.count("|") == 4


def test_nothing_ranked_says_so() -> None:
    page = render_markdown(make_report(scorecard=None), "en")
    assert "Nothing is ranked." in page
    assert "cell-made-up" in page
    assert render_markdown(make_report(scorecard=None, definition=None), "en").startswith("# Ranking\n")
