"""A report of a whole country stays a file that can be sent: made-up figures, all different, as real ones are."""

from __future__ import annotations

import json
import pathlib
import random

from typer.testing import CliRunner

from kpi_cli.cli.app import app
from kpi_cli.definition.find import find_shipped
from kpi_cli.model import Measure
from kpi_cli.workflows import load_set_file

DISTRICTS, MOST_BYTES = 878, 5_000_000
SHIPPED = find_shipped().path


def _draw(measure: Measure, chance: random.Random) -> object:
    if measure.type == "flag":
        return chance.random() < 0.8
    if measure.type == "count":
        return chance.randint(0, int(measure.bounds[1] or 20))
    return round(chance.uniform(60, 100) * (30 if measure.type == "number" else 1), 2)


def test_878_districts_fit_in_five_megabytes(tmp_path: pathlib.Path) -> None:
    definition = load_set_file(SHIPPED).definition
    assert definition is not None
    chance = random.Random(2564)
    parts = {part for indicator in definition.indicators for part in indicator.ratio_parts}
    measures = {name: measure for name, measure in definition.measures.items() if name not in parts}
    rows = [
        {"entity": f"อำเภอสมมุติ{number}", **{name: _draw(measure, chance) for name, measure in measures.items()}}
        for number in range(DISTRICTS)
    ]
    results, draft, page = (tmp_path / name for name in ("รายงานรอบที่หนึ่งทั้งประเทศ.json", "set.yaml", "report.html"))
    results.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    text = SHIPPED.read_text(encoding="utf-8")
    draft.write_text(text.replace("  roster: rosters/buriram.csv\n", ""), encoding="utf-8")
    run = CliRunner().invoke(app, ["score", str(results), "--set", str(draft), "-o", str(page), "--lang", "th", "-q"])
    assert run.exit_code == 0, run.output
    assert 1_000_000 < page.stat().st_size < MOST_BYTES
