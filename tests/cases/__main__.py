"""Writes below the command of each case what it prints now."""

import pathlib
import tempfile

from tests.cases.commands import command_of, copy_cases, list_cases, run_case

with tempfile.TemporaryDirectory() as folder:
    copied = copy_cases(pathlib.Path(folder))
    for case in list_cases():
        printed = run_case(case, copied)
        case.write_text(f"{command_of(case)}\n{printed.text}", encoding="utf-8")
