"""Keeps what kpi prints for each example, piped and without colour."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# file -> the arguments of kpi, from the root of the repository
COMMANDS = {
    "buriram.th.txt": ("score", "examples/buriram_fy2564_round1.xlsx", "--lang", "th"),
    "buriram.en.txt": ("score", "examples/buriram_fy2564_round1.xlsx", "--lang", "en"),
    "inbox.th.txt": ("score", "examples/inbox", "--lang", "th"),
    "messy.th.txt": ("score", "examples/messy.xlsx", "--lang", "th"),
    "messy.en.txt": ("score", "examples/messy.xlsx", "--lang", "en"),
    "messy.keep-going.en.txt": ("score", "examples/messy.xlsx", "--lang", "en", "--keep-going"),
    "explain.th.txt": ("explain", "examples/buriram_fy2564_round1.xlsx", "ปะคำ", "T3.1", "--lang", "th"),
    "explain.en.txt": ("explain", "examples/buriram_fy2564_round1.xlsx", "3111", "T2", "--lang", "en"),
    "try.en.txt": ("try", "T2", "plan_achieved=80", "--lang", "en"),
}


def print_all(folder: Path) -> None:
    """Writes one file a command to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, arguments in COMMANDS.items():
        (folder / name).write_text(run_kpi(arguments), encoding="utf-8", newline="\n")


def run_kpi(arguments: tuple[str, ...]) -> str:
    """The command line, what it prints on both streams, and its exit code, as one text."""
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith(("KPI_", "FORCE_COLOR"))}
    surroundings |= {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "kpi_cli", *arguments]
    ended = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, encoding="utf-8", check=False)
    parts = (f"$ kpi {' '.join(arguments)}", ended.stdout, "--- standard error ---", ended.stderr)
    return "\n".join(part.rstrip("\n") for part in parts) + f"\n--- exit code {ended.returncode} ---\n"
