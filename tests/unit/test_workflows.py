"""Which set is chosen, and what a run comes to as a value."""

import pytest

from kpi_cli.diagnostics import Diagnostic
from kpi_cli.workflows import choose_set

SET = """\
kpi: 1
id: {id}
title: Made up
sections:
  - id: only
    title: Only
    indicators:
      - id: A
        title: A
        weight: 100
        measures:
          done: {{type: percent, title: Done}}
        levels:
          1: {{when: {{done: "< 50"}}}}
          2: {{when: {{done: ">= 50"}}}}
          3: {{when: {{done: ">= 60"}}}}
          4: {{when: {{done: ">= 70"}}}}
          5: {{when: {{done: ">= 80"}}}}
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with sets of its own under indicators/, and no KPI_SET."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KPI_SET", raising=False)
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "mine.yaml").write_text(SET.format(id="mine-2565"), encoding="utf-8")
    (tmp_path / "other.yaml").write_text(SET.format(id="other"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("reference", "workbooks", "environment", "origin", "id_"),
    [
        (None, {}, None, "shipped", "fy2564-round1"),
        (None, {}, "mine-2565", "environment", "mine-2565"),
        (None, {}, "other.yaml", "environment", "other"),
        (None, {"a.xlsx": "mine-2565"}, "other.yaml", "workbook", "mine-2565"),
        (None, {"a.xlsx": "mine-2565", "b.xlsx": "mine-2565"}, None, "workbook", "mine-2565"),
        ("other.yaml", {"a.xlsx": "mine-2565"}, "fy2564-round1", "option", "other"),
        ("fy2564-round1", {}, None, "option", "fy2564-round1"),
    ],
)
def test_what_chooses_the_set(here, monkeypatch, reference, workbooks, environment, origin, id_):
    if environment:
        monkeypatch.setenv("KPI_SET", environment)
    chosen = choose_set(reference, workbook_ids=workbooks)
    assert (chosen.origin, chosen.loaded.definition.id) == (origin, id_)
    assert chosen.shipped is (id_ == "fy2564-round1")


@pytest.mark.parametrize(
    ("reference", "workbooks", "environment", "variant"),
    [
        ("nowhere", {}, None, "set-id-not-found"),
        ("nowhere.yaml", {}, None, "set-file-not-found"),
        (None, {"a.xlsx": "nowhere"}, None, "workbook-set-not-found"),
        (None, {}, "nowhere", "set-id-not-found"),
        (None, {"a.xlsx": "other.yaml"}, None, "workbook-set-not-found"),  # it cannot bring rules of its own
        (None, {"a.xlsx": "mine-2565", "b.xlsx": "fy2564-round1"}, None, "set-ids-differ"),
    ],
)
def test_a_name_that_leads_nowhere_is_never_passed_over(here, monkeypatch, reference, workbooks, environment, variant):
    if environment:
        monkeypatch.setenv("KPI_SET", environment)
    found = choose_set(reference, workbook_ids=workbooks)
    assert isinstance(found, Diagnostic)
    assert (found.code, found.variant) == ("unreadable", variant)


def test_a_set_of_that_id_here_comes_before_the_shipped_one(here):
    (here / "indicators" / "copy.yaml").write_text(SET.format(id="fy2564-round1"), encoding="utf-8")
    chosen = choose_set("fy2564-round1", workbook_ids={})
    assert (chosen.shipped, chosen.loaded.file) == (False, "indicators/copy.yaml")


def test_the_id_of_a_workbook_is_also_that_of_the_set_that_kpi_set_names(here, monkeypatch):
    (here / "afar.yaml").write_text(SET.format(id="afar"), encoding="utf-8")
    monkeypatch.setenv("KPI_SET", "afar.yaml")
    chosen = choose_set(None, workbook_ids={"a.xlsx": "afar"})
    assert (chosen.origin, chosen.loaded.file) == ("environment", "afar.yaml")
    # A set of that id among those here goes before it.
    (here / "indicators" / "afar.yaml").write_text(SET.format(id="afar"), encoding="utf-8")
    assert choose_set(None, workbook_ids={"a.xlsx": "afar"}).loaded.file == "indicators/afar.yaml"
