"""A made-up set with a measure of every kind, results for it, and what `kpi score` makes of them."""

from __future__ import annotations

import csv
import json
import pathlib
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kpi_cli.cli.app import app

SET = """
kpi: 1
id: laws
title: Made up
scale: 3
sections:
  - id: one
    title: One
    share: 60
    indicators:
      - id: A
        title: A
        weight: 50.001
        measures:
          done: {type: percent, title: Done, ratio: {part: some, whole: every}, not_applicable: allowed}
          some: {type: number, title: Some}
          every: {type: number, title: Every}
        levels: {1: {when: {done: "< 50"}}, 2: {when: {done: ">= 50"}}, 3: {when: {done: ">= 66.67"}}}
      - id: B
        title: B
        weight: 49.999
        measures: {sites: {type: count, title: Sites}}
        levels: {1: {when: {sites: ">= 1"}}, 2: {when: {sites: ">= 2"}}, 3: {when: {sites: ">= 3"}}}
  - id: two
    title: Two
    share: 40
    indicators:
      - id: G
        title: Group
        indicators:
          - id: C
            title: C
            weight: 70
            measures: {plan: {type: flag, title: Plan}, kind: {type: choice, title: Kind, choices: [low, middle, high]}}
            levels:
              1: {when: {plan: true}}
              2: {when: {plan: true, kind: [middle, high]}}
              3: {when: {plan: true, kind: high}}
      - id: D
        title: D
        weight: 30
        policy: ladder
        measures: {late: {type: percent, title: Late, better: lower}, visits: {type: count, title: Visits}}
        levels: {1: {when: {visits: ">= 1"}}, 2: {when: {late: "< 5"}}, 3: {when: {any: [{late: 0}, {visits: "> 8"}]}}}
grades: [{title: "Good, \\"fair\\"", min: 50}, {title: Poor, min: 0}]
"""
"""Weights that no rounding to two decimals tells apart, a ladder, a rule with `any`, a group, grades."""
INDICATORS = {"one": ("A", "B"), "two": ("C", "D"), "overall": ()}
GIVEN = {
    "some": st.integers(0, 7).map(str) | st.just("0.1"),
    "every": st.sampled_from(["7", "3", "9.5"]),
    "sites": st.sampled_from(["0", "1", "2", "3"]),
    "plan": st.sampled_from(["yes", "no"]),
    "kind": st.sampled_from(["low", "middle", "high"]),
    "late": st.sampled_from(["0%", "4.99%", "5", "100"]),
    "visits": st.sampled_from(["0", "1", "9"]),
}
"""Figures for each measure; `done` is worked out from two of them."""
NAMES = ("Name", "Name 1", '"Name" 2', "Name, 3", "N" * 70)
"""Names that have to be written with care, of different lengths."""
Row = dict[str, str]
law = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink what runs a command would take minutes
)


def make_rows() -> st.SearchStrategy[list[Row]]:
    """Rows of a few entities, some of whose figures are blank or not applicable."""
    blank = {name: figures | st.just("") for name, figures in GIVEN.items()}
    row = st.fixed_dictionaries({"done": st.sampled_from(["", "", "N/A"]), **blank})
    rows = st.lists(row, min_size=1, max_size=5)
    return rows.map(lambda some: [{"entity": name, **each} for name, each in zip(NAMES, some, strict=False)])


def write_csv_file(path: pathlib.Path, rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Writes the columns of those names, all of them if none is named; returns the name of the file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns or list(rows[0]), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def write_set_file(folder: pathlib.Path, roster: Sequence[str] = ()) -> str:
    """Writes the set, with names under codes if any are given; returns the name of the file."""
    listed = [{"code": f"0{number}", "name": name} for number, name in enumerate(roster)]
    entity = f"entity: {json.dumps({'roster': listed})}\n" if roster else ""
    (folder / "set.yaml").write_text(SET + entity, encoding="utf-8")
    return str(folder / "set.yaml")


def score(folder: pathlib.Path, *arguments: str, roster: Sequence[str] = ()) -> dict[str, Any]:
    """The json of `kpi score` with these arguments and the set."""
    command = [
        "score",
        *arguments,
        "--set",
        write_set_file(folder, roster),
        "--format",
        "json",
        "--keep-going",
        "--force",
    ]
    result = CliRunner().invoke(app, command)
    assert result.exit_code in {0, 1}, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def list_rankings(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Every ranking of a report by its section; `overall` is one of them."""
    rankings = {section["id"]: section["ranking"] for section in document["sections"]}
    return {**rankings, "overall": document["overall"]["ranking"]}


def list_verdicts(document: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """All that is decided, by section and name: without the cells, and without the order of ties."""
    found = {}
    for section, ranking in list_rankings(document).items():
        for row in ranking:
            own = row.get("indicators", ())
            figures = {name: figure["value"] for one in own for name, figure in one["values"].items()}
            levels = [(one["level"], one["possible_level"], one["points"], one["status"]) for one in own]
            parts = (
                row["rank"],
                row["score"],
                row["exact"],
                row["possible"],
                row["complete"],
                row["grade"],
                levels,
                figures,
            )
            parts = (*parts, [each["points"] for each in row.get("groups", ())])
            found[section, row["entity"]["name"]] = parts
    assert found
    return found
