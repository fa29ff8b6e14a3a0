"""Fuzzes `kpi` for a while: `python tests/fuzz/run.py --minutes 15`; `--seed N` repeats one trial and shows it.

Prints each finding as it comes, and a line a kind when time is up: tried, findings, the slowest, the most memory. The
files and the command of a finding are kept in the folder of `--keep`. Exits with 1 if there was any.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import random
import shlex
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))
from tests.fuzz.sandbox import Outcome, judge, run_here, run_trial
from tests.fuzz.trials import KINDS, MAX_SIZE, Trial, make_trial

WARM_SEEDS = 60


def main() -> int:
    """Runs trials until time is up; 1 where one broke the promise."""
    options = _read_options()
    _warm_up()
    if options.seed is not None:
        return _repeat(options.seed, tuple(options.kind), options.keep)
    tallies = _run_for(60 * options.minutes, tuple(options.kind), options)
    for kind, tally in tallies.items():
        print(f"| {kind} | {tally.tried:,} | {tally.found} | {tally.seconds:.1f} s | {tally.megabytes:.0f} MB |")
    return int(any(tally.found for tally in tallies.values()))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--kind", action="append", default=[], choices=list(KINDS), help="Only these; repeatable.")
    parser.add_argument("--seed", type=int, help="Repeat one trial, and show what it says.")
    parser.add_argument("--first", type=int, help="The seed of the first trial; else one by chance.")
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path("fuzz-findings"), metavar="FOLDER")
    return parser.parse_args()


def _warm_up() -> None:
    """Runs some trials here, so that their imports are not paid for again in every child."""
    harmless = tuple(kind for kind in KINDS if not kind.endswith("Parquet through DuckDB"))
    for seed in range(WARM_SEEDS):
        run_here(make_trial(seed, harmless)[1])


class _Tally:
    """What came of the trials of a kind."""

    tried = found = 0
    seconds = megabytes = 0.0

    def add(self, outcome: Outcome, finding: str) -> None:
        self.tried += 1
        self.found += bool(finding)
        self.seconds = max(self.seconds, outcome.seconds)
        self.megabytes = max(self.megabytes, outcome.megabytes)


def _run_for(seconds: float, kinds: tuple[str, ...], options: argparse.Namespace) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = collections.defaultdict(_Tally)
    seed = random.randrange(1_000_000_000) if options.first is None else options.first
    print(f"first seed {seed}", flush=True)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        kind, trial = make_trial(seed, kinds)
        if all(len(data) < MAX_SIZE for data in trial.files.values()):
            outcome = run_trial(trial)
            finding = judge(trial, outcome)
            tallies[kind].add(outcome, finding)
            if finding:
                print(f"seed {seed} ({kind}): {finding}", flush=True)
                _keep(options.keep / str(seed), trial)
        seed += 1
    return dict(sorted(tallies.items()))


def _repeat(seed: int, kinds: tuple[str, ...], keep: pathlib.Path) -> int:
    kind, trial = make_trial(seed, kinds)
    outcome = run_trial(trial)
    finding = judge(trial, outcome)
    print(f"{kind}: kpi {shlex.join(trial.arguments)}\n{outcome.out}{outcome.err}")
    print(f"exit {outcome.code}, {outcome.seconds:.1f} s, {outcome.megabytes:.0f} MB; {finding or 'as promised'}")
    _keep(keep / str(seed), trial)
    return int(bool(finding))


def _keep(folder: pathlib.Path, trial: Trial) -> None:
    for name, data in trial.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "command.txt").write_text(f"kpi {shlex.join(trial.arguments)}\n", encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
