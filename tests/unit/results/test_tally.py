from __future__ import annotations

import pathlib

import pytest

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model import EntityKind, RosterEntry
from kpi_cli.results import likeness, tally
from kpi_cli.results.entities import EntityIndex
from kpi_cli.results.headers import HeaderIndex
from tests.unit.results.small_set import SMALL, read_lines, summarise

LETTERS = str.maketrans("0123456789", "abcdefghij")
REFUSED = ("entity,clips", "สตึก,9", "นางรอง,9", "ลำปลายมาศ,1")


def test_findings_up_to_the_bound_are_all_listed(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = len(read_lines(tmp_path, *REFUSED).diagnostics)
    monkeypatch.setattr(tally, "MAX_FINDINGS", found)
    results = read_lines(tmp_path, *REFUSED)
    assert len(results.diagnostics) == found
    assert len(results.inputs) == 1


def test_past_the_bound_nothing_counts(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "MAX_FINDINGS", 1)
    results = read_lines(tmp_path, *REFUSED)
    assert (results.records, results.inputs) == ((), ())
    assert summarise(results) == [
        ("B2", "cell-out-of-range"),
        ("B3", "cell-out-of-range"),
        ("", "unreadable/too-many-findings"),
    ]


def test_likenesses_are_looked_for_a_thousand_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MAX_SUGGESTIONS", 2)
    index, entities = HeaderIndex(SMALL), EntityIndex(SMALL.entity)
    assert [index.suggest(text) for text in ("helt", "clipz", "pointz")] == ["held", "clips", None]
    assert [entities.suggest(text) for text in ("สตึค", "นางลอง", "ลำปลายมาส")] == ["สตึก", "นางรอง", None]


def test_past_them_a_row_is_refused_rather_than_taken_for_a_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MAX_SUGGESTIONS", 1)
    entities = EntityIndex(SMALL.entity)
    assert [entities.is_totals(text) for text in ("รวมทั้งจังหวัดบุรีรัมย์", "รวมทั้งจังหวัดสุรินทร์")] == [True, False]


def test_as_many_as_the_bound_are_kept_and_not_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "MAX_FINDINGS", 2)
    kept = tally.Tally()
    kept.keep([Diagnostic("x", Severity.NOTE, None, {})] * 2)
    with pytest.raises(tally.TooManyFindingsError):
        kept.keep([Diagnostic("x", Severity.NOTE, None, {})])


def test_of_a_long_roster_fewer_likenesses_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MAX_STEPS", 20_000)
    found = []
    for length in (20, 200, 2_000):
        names = [f"{number:04}".translate(LETTERS) for number in range(length)]
        entities = EntityIndex(EntityKind(roster=tuple(RosterEntry(code=f"x{name}", name=name) for name in names)))
        found.append([entities.suggest(f"{name}x") for name in names[:20]])
    assert found[0] == names[:20]
    assert [sum(name is not None for name in each) for each in found] == [20, 4, 0]


def test_when_no_steps_are_left_a_row_is_refused_rather_than_taken_for_a_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "MAX_STEPS", 150)
    entities = EntityIndex(SMALL.entity)
    assert [entities.is_totals(f"รวมทั้งจังหวัด{name}") for name in ("บุรีรัมย์", "สุรินทร์")] == [True, False]
