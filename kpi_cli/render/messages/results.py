"""The sentences of what is found in results files: files, sheets, columns, rows, cells, and what they add up to."""

from __future__ import annotations

from kpi_cli.render.messages import Sentence

_SAVE_XLSX = "open it in the program that made it and save it as Excel Workbook (.xlsx)"
_SAVE_UTF8 = "save the file as CSV UTF-8 (in Excel: Save as, CSV UTF-8)"
_SMALLER = "copy the figures into a new workbook, without the formats of empty cells, or save them as csv"
_RATIO = "correct the percent or the figures it is made of"
_NUMBER = "write {expected}"
_KINDS = "results are read from .xlsx, .xls, .ods, .csv, .json and .parquet"
_TITLES = "head the columns as `kpi show` and the examples do: with the title or the id of each measure"

MESSAGES: dict[str, Sentence] = {
    # files
    "unreadable/not-found": Sentence("there is no file `{file}`", "check the name and the folder"),
    "unreadable/no-match": Sentence("`{file}` matches no file that can be read", "check the pattern and the folder"),
    "unreadable/empty-folder": Sentence("the folder `{file}` holds no file that can be read", _KINDS),
    "unreadable/nothing-to-check": Sentence(
        "the folder `{file}` holds neither a set nor results", f"sets are read from .yaml and .yml; {_KINDS}"
    ),
    "unreadable/large-folder": Sentence(
        "the folder `{file}` holds more than {limit} files, so it was not searched to its end",
        "name the folder of the sets or of the results",
    ),
    "unreadable/is-empty": Sentence("the file is empty", "check that it was saved or sent completely"),
    "unreadable/permission": Sentence(
        "the file may not be opened", "close it where it is open, in Excel for instance, or check its permissions"
    ),
    "unreadable/cannot-open": Sentence("the file cannot be opened ({problem})", "check the file and its permissions"),
    "unreadable/unsupported": Sentence("`{suffix}` files are not read", _SAVE_XLSX),
    "unreadable/no-table": Sentence(
        "no table can be read from `{suffix}` files", f"{_KINDS}; ask for the workbook that the figures come from"
    ),
    "unreadable/lock-file": Sentence(
        "`{file}` is the file that Excel keeps beside a workbook while it is open",
        "close the workbook in Excel, and name `{workbook}` itself",
    ),
    "unreadable/old-xls": Sentence(
        "this is a workbook of the old kind (.xls)",
        "open it in Excel and save it as Excel Workbook (.xlsx), or install its reader: pip install xlrd",
    ),
    "unreadable/xls-is-xlsx": Sentence(
        "this is a workbook of the new kind under a name that ends in .xls", "rename it so that it ends in .xlsx"
    ),
    "unreadable/web-page": Sentence(
        "this is a web page (HTML) or other XML under the name of a workbook",
        "open it in Excel and save it as Excel Workbook (.xlsx)",
    ),
    "unreadable/encrypted": Sentence(
        "the workbook is protected by a password",
        "remove the password in Excel (File, Info, Protect) and save it again",
    ),
    "unreadable/not-a-workbook": Sentence(
        "the content is no Excel workbook, whatever the name says", f"check that it is the right file; {_KINDS}"
    ),
    "unreadable/broken-workbook": Sentence(
        "the workbook is broken ({problem})", "open it in Excel, let Excel repair it, and save it again"
    ),
    "unreadable/zip-bomb": Sentence(
        "the file would unpack to {size}, far more than its size allows for", "do not open it; ask who sent it"
    ),
    "unreadable/too-large": Sentence("the file is too large; at most {limit} are read", "split it into several files"),
    "unreadable/too-much-xml": Sentence("the workbook holds more than can be read ({part})", _SMALLER),
    "unreadable/packed-workbook": Sentence(
        "the workbook is smaller than 1 MB and yet has more than {rows} rows or {cells} cells ({part})",
        "where it is what you meant to send, save it as csv; otherwise do not open it and ask who sent it",
    ),
    "unreadable/too-many-findings": Sentence(
        "there are more than {count} findings, so reading stopped; nothing of any file counts",
        "mend what is listed first; where most cells are refused it may be the wrong file, or the wrong set (--set)",
    ),
    "unreadable/encoding": Sentence("the text is neither UTF-8, UTF-16 nor Thai Windows (cp874)", _SAVE_UTF8),
    "unreadable/csv-quotes": Sentence(
        "a quote is opened and not closed, or closed too early, at line {line} or before",
        "correct the quotes; until then nobody can say where the rows end",
    ),
    "unreadable/csv-field": Sentence(
        "a cell at line {line} or before is longer than {limit} characters",
        "check that it is a table, and that every quote that is opened is closed",
    ),
    "unreadable/not-json": Sentence("this is not JSON: line {line}, column {column}", "check the commas and brackets"),
    "unreadable/json-too-deep": Sentence("the brackets are nested too deep", "results are a flat list of objects"),
    "unreadable/not-a-list": Sentence(
        "this JSON is not a list of objects",
        'write one object an entity: [{{"entity": "...", "measure_id": 85}}]',
    ),
    "not-a-record": Sentence("item {number} of the list is no object", "write one object an entity"),
    "skipped-file": Sentence("`{file}` is no results file and was passed over"),
    "skipped-file/folder": Sentence("the folder `{file}` was passed over", "name it, if its files are to be read"),
    "set-changed": Sentence(
        "the set {set} has changed since this workbook was made: levels that the workbook shows may be those of before",
        "what is scored here is the set as it stands now; send out a new workbook (kpi template) for the next figures",
    ),
    "own-report": Sentence("`{file}` is a report that kpi wrote, and was passed over"),
    "no-figures": Sentence(
        "nothing was read from `{file}`: no sheet has a header that names the entity and a measure, with rows below it",
        _TITLES,
    ),
    # sheets and columns
    "hidden-sheet": Sentence(
        "the sheet “{sheet}” is hidden and was passed over", "show it in Excel if it is to be read"
    ),
    "no-header": Sentence("the sheet has no header that names the entity and a measure; it was passed over"),
    "no-entity-column": Sentence(
        "this row names measures, but no column is headed “{expected_header}”: nobody can say whose figures these are",
        "write “{expected_header}” above the column of names",
    ),
    "no-data": Sentence("no sheet has a header that names the entity and a measure", _TITLES),
    "no-data/records": Sentence("no record names an entity and a measure", "name both by their ids in each record"),
    "no-data/own-report": Sentence(
        "`{file}` is what kpi wrote, and no results", "name the files that hold the figures; kpi verify checks a report"
    ),
    "no-data/no-rows": Sentence("there is a header but no row below it", "check that the right file was sent"),
    "ambiguous-column": Sentence(
        "the header “{header}” may mean {candidates}; the column is not read", "write the id of the measure instead"
    ),
    "ambiguous-column/merged": Sentence(
        "the header “{header}” stands over several columns; none of them is read", "write it above one column alone"
    ),
    "ambiguous-column/long": Sentence(
        "more than one column is headed as the measure or as the value; the sheet is not read",
        "leave one column each for the entity, the measure and the value",
    ),
    "unknown-column": Sentence(
        "the header “{header}” is unknown; its column is not read", "did you mean `{suggestion}`?"
    ),
    "unclaimed-column": Sentence("nothing claims the column “{header}”; it is not read"),
    "unclaimed-column/untitled": Sentence("this column has no header and is not read"),
    "missing-column": Sentence(
        "no file has a column for {measure} ({title})",
        "its figures count as missing; add the column, or a file that has it",
    ),
    "missing-column/many": Sentence(
        "no file has a column for these {count} measures: {measures}",
        "their figures count as missing; add the columns, or the files that have them",
    ),
    "unknown-measure/column": Sentence("there is no measure “{header}”", "write the id or the title of a measure"),
    "unknown-measure/column-near": Sentence("there is no measure “{header}”", "did you mean `{suggestion}`?"),
    "unknown-measure/is-indicator": Sentence("{header} is an indicator, not a measure", "its measures: {known}"),
    "unknown-measure/blank": Sentence("a value stands here without its measure", "write the id of the measure"),
    "unknown-measure/ambiguous": Sentence("“{header}” may mean several measures", "write the id of the measure"),
    # figures typed on the command line
    "unknown-measure/typed": Sentence("{indicator} has no measure “{measure}”", "it has: {known}"),
    "unknown-measure/typed-near": Sentence("{indicator} has no measure “{measure}”", "did you mean `{suggestion}`?"),
    "unknown-measure/typed-elsewhere": Sentence(
        "{indicator} has no measure “{measure}”: that is one of {owner}", "{indicator} has: {known}"
    ),
    "conflicting-values/typed": Sentence("{measure} is given twice", "give each measure once"),
    "cell-ambiguous-percent/typed": Sentence(
        "{entity}, {measure}: “{raw}” is taken as {points}", "write {fraction} if that is what you mean"
    ),
    # rows
    "unknown-entity": Sentence("“{entity}” is not on the roster", "correct the name, or use the code"),
    "unknown-entity/near": Sentence("“{entity}” is not on the roster", "did you mean “{suggestion}”?"),
    "unknown-entity/typed": Sentence("nobody is called “{entity}”", "`kpi score` lists all of them"),
    "unknown-entity/typed-near": Sentence("nobody is called “{entity}”", "did you mean “{suggestion}”?"),
    "ambiguous-entity": Sentence("“{entity}” may be any of {suggestion}", "write the code instead of the name"),
    "ambiguous-entity/many": Sentence("“{entity}” may be any of {count}, among them {suggestion}", "write the code"),
    "entity-mismatch": Sentence(
        "“{entity}” and “{suggestion}” stand in one row but are not the same", "correct one of them"
    ),
    "entity-mismatch/codes": Sentence(
        "“{entity}” has the code {raw} here and {suggestion} in another row; no figure of the name is read",
        "correct the code, or the name, so that each name has one code",
    ),
    "row-too-long": Sentence(
        "{entity}: the row has more cells than the header (surplus: {count}, from “{raw}” on); none of it is read",
        "a comma inside a figure needs quotes, or write it without the comma",
    ),
    "row-without-entity": Sentence("there are figures in this row, but no name", "write whose they are"),
    "row-without-entity/broken": Sentence(
        "there are figures in this row, but the name is {kind}", "write whose they are"
    ),
    "totals-row": Sentence("the row “{text}” was taken for a summary row (a total, an average) and passed over"),
    "skipped-row": Sentence("the row “{text}” names nobody known and holds no figure; it was passed over"),
    "skipped-row/column-numbers": Sentence("the row “{text}” numbers the columns and was passed over"),
    "skipped-row/broken": Sentence("the name of this row is {kind}, and it holds no figure; it was passed over"),
    # cells
    "cell-ambiguous-percent": Sentence(
        "{entity}, {measure}: “{raw}” is either {points} or {fraction}",
        "write {points} or {fraction} in the cell, or run with --percent points or --percent fraction",
    ),
    "cell-out-of-range": Sentence(
        "{entity}, {measure}: “{raw}” is not within {low} to {high}", "check the figure and its unit"
    ),
    "cell-out-of-range/from": Sentence("{entity}, {measure}: “{raw}” is below {low}", "check the figure and its sign"),
    "cell-out-of-range/up-to": Sentence(
        "{entity}, {measure}: “{raw}” is above {high}", "check the figure and its unit"
    ),
    "cell-not-calculated": Sentence(
        "{entity}, {measure}: the formula has no stored value", "open the file in Excel, save it, and send it again"
    ),
    "cell-error": Sentence(
        "{entity}, {measure}: the cell holds the error “{raw}”", "correct the formula, or clear the cell"
    ),
    "cell-error/too-narrow": Sentence(
        "{entity}, {measure}: the column was too narrow for the figure when the file was saved",
        "widen the column and save the file again",
    ),
    "cell-not-a-number": Sentence("{entity}, {measure}: “{raw}” is not a number", _NUMBER),
    "cell-not-a-number/date": Sentence(
        "{entity}, {measure}: “{raw}” is a date, not a number", "format the cell as a number"
    ),
    "cell-not-a-number/truth": Sentence("{entity}, {measure}: “{raw}” is yes or no, not a number", _NUMBER),
    "cell-not-a-number/decimal-comma": Sentence(
        "{entity}, {measure}: “{raw}” has a comma where a decimal point belongs",
        "write {mended}, not {raw}",
    ),
    "cell-not-a-number/comma": Sentence(
        "{entity}, {measure}: “{raw}” has a comma that is neither a decimal point nor stands before three digits",
        _NUMBER,
    ),
    "cell-not-a-number/span": Sentence(
        "{entity}, {measure}: “{raw}” is a span, not one number", "write the figure reached"
    ),
    "cell-not-a-number/thousands": Sentence(
        "{entity}, {measure}: “{raw}” has a comma for thousands, which no percent reaches", "check the figure"
    ),
    "cell-not-a-percent": Sentence(
        "{entity}, {measure}: “{raw}” is a percentage where {kind} is asked for", "write the figure itself, without a %"
    ),
    "cell-too-many-digits": Sentence(
        "{entity}, {measure}: “{raw}” has more digits than any figure has", "check the figure"
    ),
    "cell-not-whole": Sentence(
        "{entity}, {measure}: “{raw}” is not a whole number", "counts are whole numbers, such as 3"
    ),
    "cell-not-a-flag": Sentence("{entity}, {measure}: “{raw}” is neither yes nor no", "write มี or ไม่มี, or 1 or 0"),
    "cell-not-a-choice": Sentence("{entity}, {measure}: “{raw}” is none of {choices}", "write one of them"),
    "cell-not-applicable": Sentence(
        "{entity}, {measure}: “{raw}” is no answer here; everyone has this to report",
        "write the figure, or leave the cell blank if it is not known yet",
    ),
    "cell-not-a-figure": Sentence("{entity}, {measure}: a list or an object stands here", "write one value"),
    "cell-repeated-key": Sentence("{entity}, {measure}: the object gives this key twice", "remove one of the two"),
    "cell-merged": Sentence(
        "{entity}, {measure}: the cell belongs to the merged cells {range} (“{raw}”), and has no figure of its own",
        "unmerge {range}, and write into each cell its own figure",
    ),
    "cell-merged/name": Sentence(
        "there are figures in this row, but its name belongs to the merged cells {range} (“{entity}”)",
        "unmerge {range}, and write in each row whose figures they are",
    ),
    # what cells add up to
    "conflicting-values": Sentence(
        "{entity}, {measure}: the cells disagree: {values}", "correct one of them, or clear it"
    ),
    "ratio-mismatch": Sentence("{entity}, {measure}: “{raw}” is reported, but {part} of {whole} are {value}%", _RATIO),
    "ratio-mismatch/not-applicable": Sentence(
        "{entity}, {measure}: “{raw}” is reported, but {part} of {whole} are {value}%", _RATIO
    ),
    "ratio-mismatch/whole-zero": Sentence(
        "{entity}, {measure}: “{raw}” is reported, but {whole_measure} is 0, and of nothing there is no percent", _RATIO
    ),
    "ratio-out-of-range": Sentence(
        "{entity}, {measure}: {part} of {whole} are {value}%, which is not within {low} to {high}",
        "check {part_measure} and {whole_measure}",
    ),
    "ratio-whole-zero": Sentence(
        "{entity}, {measure}: {whole_measure} is 0, and of nothing there is no percent",
        "check the figure; clear the cell if it is not known yet",
    ),
    "ratio-whole-zero/part-left": Sentence(
        "{entity}, {measure}: {part_measure} is {part}, though {whole_measure} is 0", "correct one of the two"
    ),
    "display-rounding": Sentence(
        "{entity}, {measure}: the cell shows {displayed} but holds {value}, which is what counts",
        "show more decimals, so that nobody is surprised by the level",
    ),
    "display-rounding/ratio": Sentence(
        "{entity}, {measure}: {displayed} is reported, but {part} of {whole} are {value}%, which is what counts"
    ),
}

LABELS: dict[str, str] = {
    "other-value": "“{raw}” here",
    "other-code": "{raw} here",
    "ratio-percent": "{measure} is “{raw}” here",
    "ratio-part": "{measure} is “{raw}” here",
    "ratio-whole": "{measure} is “{raw}” here",
}

NOUNS: dict[str, str] = {
    # what stands in a cell of a measure
    "percent-figure": "the percent alone, such as 85 or 85.5",
    "number-figure": "the number alone, such as 1250 or 1250.5",
    "count-figure": "a count such as 3; if there is none, write 0",
    # what stands where a name should
    "date-cell": "a date",
    "truth-cell": "yes or no",
    "error-cell": "an error",
    "not-calculated-cell": "a formula without a stored value",
    "structure-cell": "a list or an object",
    "repeated-cell": "a key given twice",
}
