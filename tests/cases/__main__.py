"""Writes below the command of each case what it prints now."""

import pathlib
import tempfile

from tests.cases.commands import command_of, copy_cases, list_cases, run_case

with tempfile.TemporaryDirectory() as folder:
    copied = copy_cases(pathlib.Path(folder))
    for case in list_cases():
        printed = run_case(case, copied)
        case.write_text(printed.below(command_of(case)), encoding="utf-8")
