"""Rules as formulas of Excel 2010 that LibreOffice 7 reads alike: the verdict of the scorer, live in a sheet.

`formula` writes the pieces, `answers` says what a cell is read as, `levels` compiles rules, `scores` weighs levels.

A spreadsheet compares numbers by their first fifteen digits, and these are what `kpi score` reads of a cell: so plain
comparisons decide as the scorer does, 0.1 + 0.2 at a threshold of 0.3 among them, and nothing needs to be rounded.
"""
