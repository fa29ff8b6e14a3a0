"""The sentences about queries for other engines, and about what DuckDB reads."""

from __future__ import annotations

from kpi_cli.render.messages import Sentence

_ELSEWHERE = "ask for duckdb, postgresql or spark"

MESSAGES: dict[str, Sentence] = {
    "sql-inexact/measure": Sentence("`{measure}` is {kind}, and {dialect} keeps no exact decimals", _ELSEWHERE),
    "sql-inexact/score": Sentence(
        "the scores of section `{section}` have decimals, and {dialect} keeps none of them exact", _ELSEWHERE
    ),
    "sql-inexact/digits": Sentence(
        "{threshold}, with which `{measure}` is compared, has more digits than {dialect} computes with exactly",
        "use a threshold of fewer digits, or `kpi score`",
    ),
    "sql-inexact/negative-whole": Sentence(
        "`{whole}` may be negative, and a percent of it cannot be compared in one step", "give `{whole}` a range from 0"
    ),
    "sql-inexact/weights": Sentence(
        "the weights of section `{section}` have more digits than {dialect} adds up exactly",
        "use weights of fewer digits, or `kpi score`",
    ),
    "sql-inexact/grade": Sentence(
        "the grade from {threshold} on has more digits than {dialect} compares exactly in section `{section}`",
        "let it begin at a number of fewer digits, or use `kpi score`",
    ),
    "unreadable/parquet-needs-duckdb": Sentence(
        "Parquet files are read through DuckDB, which is not installed", "pip install duckdb"
    ),
    "unreadable/engine": Sentence("DuckDB cannot go on: {problem}", "check the file, and the room on the disk"),
    "unreadable/engine-folder": Sentence(
        "DuckDB cannot write its own files in {folder}, the folder for temporary files: {problem}",
        "make room there, or name another folder in TMPDIR",
    ),
    "unreadable/too-large-csv": Sentence(
        "the file is too large for Python, which reads at most {limit} of a csv file",
        "score it alone into one file, through DuckDB (pip install duckdb): kpi score FILE -o scores.csv; or split it",
    ),
    "unreadable/not-parquet": Sentence("this is not a Parquet file, or a part of it is missing", "send it again"),
    "skipped-row/words": Sentence(
        "the row “{text}” has words where figures stand, and rows with figures follow it: another table may begin here",
        "if one does, write the ids or titles of its measures above its columns",
    ),
    "skipped-row/sub-heading": Sentence(
        "“{text}” stands between a heading and its figures; the row was passed over, and the figures below it count",
        "if they are of another year, targets, or in another unit than the set's, they must not: take them out",
    ),
    "unclaimed-column/apart": Sentence(
        "{entity} stands in several rows that “{header}” tells apart ({values}), and that column is not read: equal"
        " figures of theirs count once",
        "write one row an entity, with the figures for all of them; or leave out the rows that are not meant",
    ),
    "no-header/below": Sentence(
        "this row reads as the header of another table, and names no measure: the figures below it are not read",
        "write the ids or titles of the measures in it, or take that table out",
    ),
    "ambiguous-column/overruled": Sentence(
        "“{title}” stands above the id `{header}`, and is the title of another measure: the id counts",
        "put every title above its own id",
    ),
    "conflicting-values/many": Sentence(
        "{entity}, {measure}: {count} figures disagree, among them {values}", "correct one of them, or clear it"
    ),
    "unreadable/too-many-cells": Sentence(
        "the file has more than {limit} cells", "use --engine duckdb, or the query of `kpi sql` where the data lies"
    ),
    "unreadable/too-many-places": Sentence(
        "its rows, with the columns of all measures, come to more than {limit} cells",
        "take out columns that stand twice, and rows below the table",
    ),
    "unreadable/too-many-rows": Sentence(
        "the file is smaller than 1 MB and yet has more than {limit} rows",
        "use --engine duckdb -o scores.parquet where that is right; otherwise check that it is a table of results",
    ),
    "unreadable/packed-rows": Sentence(
        "the file has {count} rows, far more than its size allows for", "do not open it; ask who sent it"
    ),
    "unreadable/long-text": Sentence(
        "a text of this file is longer than {limit} characters", "check that it is a table of results"
    ),
    "engine-limit/repeated": Sentence(
        "`{entity}` stands in more than one row, and DuckDB merges none", "make one row of them, or use --engine python"
    ),
    "engine-limit/column": Sentence(
        "the column `{column}` is of the type {type}, which must be read cell by cell", "use --engine python"
    ),
    "engine-limit/tables": Sentence(
        "DuckDB reads a file with one table, below one header; this one has {count}", "use --engine python"
    ),
    "engine-limit/long": Sentence(
        "a figure a row (entity, measure, value) is a layout that DuckDB does not read",
        "make it one row an entity, or use --engine python",
    ),
    "engine-limit/twice": Sentence(
        "`{column}` has more than one column, and DuckDB merges none", "delete one, or use --engine python"
    ),
    "engine-limit/texts": Sentence(
        "in `{column}` stand more than {limit} different texts that are no plain numbers such as 85.5",
        "write plain numbers, or use --engine python",
    ),
    "engine-limit/names": Sentence(
        "more than {limit} different names must be looked up or cleaned up, which DuckDB does not do",
        "use --engine python",
    ),
    "engine-limit/digits": Sentence(
        "`{value}` in `{column}` has more digits than DuckDB keeps here: {digits} before the point, 8 behind it",
        "use --engine python",
    ),
    "engine-limit/order": Sentence(
        "DuckDB keeps the rows of this file in another order, so that no row could be named", "use --engine python"
    ),
    "engine-limit/row": Sentence(
        "the row of {at} has a figure of more digits than DuckDB keeps, or cannot be read by itself",
        "use --engine python",
    ),
    "engine-limit/doubts": Sentence(
        "{count} rows would have to be read one by one, which DuckDB leaves to Python", "use --engine python"
    ),
    "engine-limit/shares": Sentence(
        "the set has shares of an overall score, and DuckDB ranks by sections alone", "use --engine python"
    ),
    "engine-limit/no-rows": Sentence("there is no row below the header", "fill in the table, or use --engine python"),
    "engine-limit/encoding": Sentence(
        "this file is not in UTF-8, and DuckDB reads nothing else", "save it as CSV UTF-8, or use --engine python"
    ),
    "engine-limit/lines": Sentence(
        "a line of this file is not a row of it: a cell has a line break in it, or lines end in different ways",
        "take the line breaks out of the cells, or use --engine python",
    ),
    "engine-limit/quotes": Sentence(
        "a space stands before or behind a quote, which programs read differently",
        "take it out, or use --engine python",
    ),
    "engine-limit/csv": Sentence(
        "DuckDB cannot cut this file into cells: {said}", "mend that line, or use --engine python"
    ),
    "engine-limit/weights": Sentence(
        "the weights of section `{section}` give scores of more decimals than a csv file shows here",
        "write a .parquet file, or use --engine python",
    ),
    "engine-limit/wide": Sentence(
        "the set is too wide for a file of less than 1 MB: {measures} measures and {comparisons} comparisons",
        "use --engine python",
    ),
    "engine-limit/work": Sentence(
        "the file is smaller than 1 MB and yet has {rows} rows; by this set DuckDB scores {limit} of such a file",
        "split the file, or use --engine python",
    ),
    "engine-limit/columns": Sentence(
        "the file has {count} columns; one of less than 1 MB may have {limit}",
        "keep the columns of the set, or use --engine python",
    ),
    "engine-limit/odd": Sentence(
        "{count} columns hold texts that are no plain numbers such as 85.5; in a file of less than 1 MB {limit} may",
        "write plain numbers, or use --engine python",
    ),
    "engine-limit/rest": Sentence(
        "the first {read} rows in doubt were read; {count} more are in doubt",
        "mend what was found, and run it again to see the rest",
    ),
    "sql-table": Sentence(
        "`{table}` is no name of a table for {dialect}", "such as results, or warehouse.results; quote other letters"
    ),
    "sql-table/step": Sentence(
        "the query has a step of its own that is called `{table}`, and would read that instead",
        "name the schema of the table too, such as main.{table}, or give it another name",
    ),
    "sql-name/alike": Sentence(
        "`{name}` and `{other}` differ in capitals only, and to {dialect} that is one name", "rename one of them"
    ),
    "sql-name/too-long": Sentence(
        "columns named after `{name}` would be longer than the {limit} letters that {dialect} keeps", "shorten it"
    ),
    "sql-name/unprintable": Sentence(
        "`{name}` has characters that cannot be seen, and a query would carry them to a terminal", "remove them"
    ),
    "sql-name/variable": Sentence(
        "{dialect} puts another text in the place of what begins with `${{` in `{name}`", "choose another name"
    ),
}

LABELS: dict[str, str] = {}
NOUNS: dict[str, str] = {}
