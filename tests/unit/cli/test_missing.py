from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import pytest

HEADER = "อำเภอ,plan_achieved,budget_spent\n"


def run(folder: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kpi_cli", "score", *arguments, "--lang", "en"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("นางรอง,81,\n", 0, ""),
        ("นางรอง,81,\nสตึก,0.85,90%\n", 1, "cell-ambiguous-percent"),  # no refusal is hidden
    ],
)
def test_a_reminder_is_no_finding_but_refusals_are(tmp_path: pathlib.Path, text: str, code: int, says: str) -> None:
    (tmp_path / "in.csv").write_text(HEADER + text, encoding="utf-8")
    ended = run(tmp_path, "in.csv", "--missing")
    assert ended.returncode == code
    assert says in ended.stderr
    assert "    - T1 ร้อยละของการใช้จ่ายเงินงบประมาณ" in ended.stdout.splitlines()


@pytest.mark.parametrize(
    "option",
    [("--overall", "team=50,individual=50"), ("--tie-break", "T1"), ("--fragile",)],
    ids=lambda option: option[0],
)
def test_what_needs_a_ranking_is_refused(tmp_path: pathlib.Path, option: tuple[str, ...]) -> None:
    (tmp_path / "in.csv").write_text(HEADER + "นางรอง,81,\n", encoding="utf-8")
    ended = run(tmp_path, "in.csv", "--missing", *option)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"--missing ranks nobody, so {option[0]} does not go with it" in ended.stderr


def test_files_and_formats(tmp_path: pathlib.Path) -> None:
    (tmp_path / "in.csv").write_text(HEADER + "นางรอง,81,\n", encoding="utf-8")
    outputs = [part for name in ("a.txt", "a.csv", "a.json", "a.md") for part in ("-o", name)]
    ended = run(tmp_path, "in.csv", "--missing", "--format", "json", *outputs)
    assert ended.returncode == 0
    assert json.loads(ended.stdout)["schema"] == "kpi.missing/1"
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == ended.stdout
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfset,owner,")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# ")
    assert run(tmp_path, "in.csv", "--missing", "-o", "a.md").returncode == 2  # it is there already
    refused = run(tmp_path, "in.csv", "--missing", "-o", "b.xlsx")
    assert (refused.returncode, "--missing writes .txt" in refused.stderr) == (2, True)


def test_a_file_that_cannot_be_read_leaves_nothing_to_remind_of(tmp_path: pathlib.Path) -> None:
    ended = run(tmp_path, "none.csv", "--missing", "--format", "json")
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["owed"] is None


def test_where_nobody_is_known_nothing_is_said_to_be_owed(tmp_path: pathlib.Path) -> None:
    """A broken file, and a set without a roster: "nothing is owed" would go out to everyone."""
    (tmp_path / "set.yaml").write_text(
        "kpi: 1\nid: s\ntitle: S\nscale: 1\nsections: [{id: a, title: A, indicators: [{id: T, title: T, weight: 100,"
        " measures: {m: {type: count, title: M}}, levels: {1: {when: {m: '>= 1'}}}}]}]\n",
        encoding="utf-8",
    )
    for name, text in (("junk.xlsx", "junk"), ("rows.csv", "entity,m\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        ended = run(tmp_path, name, "--set", "set.yaml", "--missing")
        assert ended.returncode in {1, 2}
        assert ended.stdout == ""
