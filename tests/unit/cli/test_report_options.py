from __future__ import annotations

import pathlib

import pytest

from kpi_cli.workflows import ScoreOptions, score_files

SOUND = "อำเภอ,plan_achieved\nนางรอง,81\n"
REFUSED = "อำเภอ,plan_achieved\nนางรอง,81\nสตึก,x\nปะคำ,y\n"


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        (SOUND, ScoreOptions(), {}),
        (SOUND, ScoreOptions(keep_going=True), {}),  # nothing was left out
        (REFUSED, ScoreOptions(percent="points"), {}),  # nothing was ranked
        (REFUSED, ScoreOptions(keep_going=True), {"keep-going": "2"}),
        (
            SOUND,
            ScoreOptions(percent="fraction", tie_break=("T2", "T1")),
            {"percent": "fraction", "tie-break": "T2, T1"},
        ),
    ],
)
def test_a_report_names_the_options_that_changed_it(
    tmp_path: pathlib.Path, text: str, options: ScoreOptions, told: dict[str, str]
) -> None:
    file = tmp_path / "results.csv"
    file.write_text(text, encoding="utf-8")
    assert score_files([str(file)], options).report.options == told
