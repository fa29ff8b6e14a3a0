"""What LibreOffice saves as .ods and .xls is scored as the workbook is from which it was made."""

from __future__ import annotations

import json
import pathlib
import subprocess
from typing import Any

import pytest

from kpi_cli.render.json_text import dump
from kpi_cli.render.json_v1 import score_document
from kpi_cli.workflows import ScoreOptions, score_files
from tests.needs import need

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"


FORMATS = pytest.mark.parametrize("suffix", ["ods", "xls"])


@FORMATS
def test_a_converted_workbook_is_scored_alike(tmp_path: pathlib.Path, suffix: str) -> None:
    source = EXAMPLES / "buriram_fy2564_round1.xlsx"
    assert _score(_convert(source, tmp_path, suffix)) == _score(source)


@FORMATS
def test_what_is_refused_is_refused_in_every_format(tmp_path: pathlib.Path, suffix: str) -> None:
    source = EXAMPLES / "messy.xlsx"
    expected = [item for item in _score(source)["diagnostics"] if item["code"] != "cell-not-calculated"]
    # LibreOffice calculates the one formula that was saved without a value.
    assert _score(_convert(source, tmp_path, suffix))["diagnostics"] == expected


def _convert(source: pathlib.Path, folder: pathlib.Path, suffix: str) -> pathlib.Path:
    own = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [need("libreoffice"), own, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{source.stem}.{suffix}"


def _score(path: pathlib.Path) -> dict[str, Any]:
    """All that is said of a file but for its name and its hash."""
    report = score_files([str(path)], ScoreOptions("fy2564-round1", keep_going=True)).report
    text = dump(score_document(report, "en")).replace(path.name, "FILE")
    document: dict[str, Any] = json.loads(text)
    del document["inputs"]
    return document
