"""Whatever comes in ends in a result or in diagnostics: mutated files and odd options, for seconds here and for hours.

A trial (`trials.py`) is one command with the files that it reads, made from real ones (`seeds.py`) by mutation
(`mutations.py`). `test_fuzz.py` runs a few in this process; `python tests/fuzz/run.py --minutes N` runs many, each in
a process of its own (`sandbox.py`). What was found stands in `test_found.py` as cases with names.
"""
