"""The page as text: what it says, and that nothing in it can end a tag or a script. `tests/browser` opens it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from kpi_cli.render.html_file import render_html
from kpi_cli.render.report import Report
from kpi_cli.scoring.scorecard import Scorecard
from tests.unit.render.reports import make_overall_report, make_report

REPORT = make_report()
NOTHING_RANKED = make_report(scorecard=None)
_VOID = {"meta", "link", "input", "br", "col", "img"}


class _Reader(HTMLParser):
    """The tags that are open, and the text of each script."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.open += [] if tag in _VOID else [tag]
        self.scripts += [""] if tag == "script" else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts[-1] += data


def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("report", [REPORT, make_overall_report(), NOTHING_RANKED])
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_tag_is_closed_and_the_data_is_json(report: Report, language: str) -> None:
    data, script = read(render_html(report, language)).scripts  # type: ignore[arg-type]
    json.loads(data)
    assert script.startswith('"use strict";')


def test_the_policy_lets_this_script_run_and_nothing_else() -> None:
    page = render_html(REPORT, "en")
    digest = hashlib.sha256(read(page).scripts[1].encode()).digest()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert f"script-src 'sha256-{base64.b64encode(digest).decode()}'" in policy[1]
    assert policy[1].startswith("default-src 'none';")


def _rename(name: str) -> Report:
    assert REPORT.scorecard
    first = [(one, one.rows[0]) for one in REPORT.scorecard.sections]
    sections = (one._replace(rows=(row._replace(entity=row.entity._replace(name=name)),)) for one, row in first)
    return REPORT._replace(scorecard=Scorecard(tuple(sections)))


@pytest.mark.parametrize("name", ["<b>&amp;</b>", "</script><script>", "<!--<script>", '" onclick="x', "\u2028"])
def test_names_are_text_wherever_they_stand(name: str) -> None:
    page = render_html(_rename(name), "en")
    reader = read(page)
    assert len(reader.scripts) == 2
    assert name not in page.replace("\u2028", "") or name == "\u2028"
    json.loads(reader.scripts[0])


def test_a_report_without_a_ranking_says_so() -> None:
    page = render_html(NOTHING_RANKED, "en")
    assert "Nothing is ranked." in page
    assert "<table" not in page
