"""Takes one defence after the other out of a copy of kpi, and shows that the test which guards it fails.

`python tests/safety/defences.py` does it, in some minutes; `--only WORD` for those whose name has the word.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))
from tests.safety.defence_table import DEFENCES, Defence

PROJECT = pathlib.Path(__file__).parents[2]
PATIENCE, MAX_BYTES = 120, 4_000_000_000
"""Without a defence a test may never end, or take all that the machine has."""
PASSES = "PASSES"


def main() -> int:
    """Prints a line for each defence; 1 where its test passes without it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    only = parser.parse_args().only
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        copy = pathlib.Path(name) / "kpi"
        for folder in ("kpi_cli", "tests", "indicators", "examples", "benchmarks", "docs"):
            shutil.copytree(PROJECT / folder, copy / folder)
        for file in ("pyproject.toml", "README.md", "SECURITY.md"):
            shutil.copy(PROJECT / file, copy)
        for defence in (each for each in DEFENCES if only in each.name):
            outcome = _try_without(defence, copy)
            missed += outcome == PASSES
            print(f"{outcome} without it: {defence.name} ({defence.test})", flush=True)
    return int(bool(missed))


def _try_without(defence: Defence, copy: pathlib.Path) -> str:
    path = copy / "kpi_cli" / defence.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(defence.code, defence.without), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", defence.test]
    try:
        environment = {**os.environ, "PYTHONPATH": str(copy)}
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, timeout=PATIENCE, preexec_fn=_bound_memory
        )
    except subprocess.TimeoutExpired:
        return "never ends"  # what the defence kept from never ending did not end
    finally:
        path.write_text(text, encoding="utf-8")
    return "fails" if done.returncode == 1 else "crashes" if done.returncode < 0 else PASSES


def _bound_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))


if __name__ == "__main__":
    sys.exit(main())
