"""The sentences of what is found in a definition: YAML, its shape, its structure and its cases."""

from __future__ import annotations

from kpi_cli.render.messages import Sentence

_QUOTE = 'put it in quotes: "{text}"'
_IN_RANGE = "write a value in its range, or widen `range:` of the measure"
_SAVE_AS = "save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
_SUGGEST = "did you mean `{suggestion}`?"

MESSAGES: dict[str, Sentence] = {
    "unreadable/definition-too-large": Sentence(
        "the file has {size} bytes; an indicator set has at most {limit}",
        "check that this is the right file",
    ),
    "unreadable/not-utf8": Sentence("this is not UTF-8 text", _SAVE_AS),
    "unreadable/utf16": Sentence("the file is UTF-16, not UTF-8", _SAVE_AS),
    "unreadable/set-file-not-found": Sentence(
        "there is no file `{set}`", "check the name and the folder; a set is named by its file or its id"
    ),
    "unreadable/set-id-not-found": Sentence(
        "no indicator set has the id `{set}`",
        "known ids: {known}; a set of your own stands in `indicators/` here, or is named by its file",
    ),
    "unreadable/workbook-set-not-found": Sentence(
        "this file is made for the indicator set `{set}`, and no set known here has that id",
        "name the file of the set: --set FILE.yaml; known ids: {known}",
    ),
    "unreadable/set-id-twice": Sentence(
        "several sets here have the id `{set}`: {known}", "name the file, or give one of them another id"
    ),
    "unreadable/set-cannot-open": Sentence("`{set}` cannot be opened: {problem}", "check the file and its permissions"),
    "unreadable/folder-cannot-open": Sentence("`{file}` cannot be looked into: {problem}", "check its permissions"),
    "unreadable/set-ids-differ": Sentence(
        "the workbooks name different indicator sets: {known}", "say which one with --set"
    ),
    "unknown-id": Sentence("{option}: `{id}` is not an id of this set", "known ids: {known}"),
    "unreadable/roster-outside": Sentence(
        "the roster `{file}` is not inside the folder of this set",
        "put the file beside the set, and name it from there, without `..`",
    ),
    "unreadable/roster-not-found": Sentence(
        "there is no roster `{file}` beside this set", "check the name; it is looked for from the folder of the set"
    ),
    "unreadable/roster-too-large": Sentence("the roster `{file}` is larger than 5 MB", "check the file"),
    "unreadable/roster-not-utf8": Sentence(
        "the roster `{file}` is not UTF-8 text", "save it as CSV UTF-8 (in Excel: Save as, CSV UTF-8)"
    ),
    "unreadable/roster-cannot-open": Sentence("the roster `{file}` cannot be opened", "check its permissions"),
    "unreadable/roster-separator": Sentence(
        "the columns of the roster are not separated by commas", "save it as CSV with commas between the columns"
    ),
    "unreadable/roster-broken": Sentence(
        "the roster `{file}` is not a csv file that can be read",
        "look for a quotation mark that is not closed, or that stands inside a name",
    ),
    "yaml-syntax/parser": Sentence(
        "YAML cannot be read here: {problem}",
        "look at this line and the one before it: a missing quote, colon or space, or another indentation",
    ),
    "yaml-syntax/tab": Sentence("a tab stands where the text is indented", "indent with spaces"),
    "yaml-syntax/colon": Sentence(
        "a colon that YAML does not expect here",
        "put a text that has a colon in quotes; else let the line begin under the one it belongs with",
    ),
    "yaml-syntax/unclosed": Sentence(
        "what begins here is not closed: {problem}", "add the quote or the bracket that closes it"
    ),
    "yaml-syntax/control": Sentence("the character {character} may not stand in YAML", "remove it"),
    "yaml-syntax/second-document": Sentence(
        "a second document begins here", "one file holds one set: remove the `---`"
    ),
    "yaml-syntax/unknown-alias": Sentence(
        "`*{problem}` refers to an anchor `&{problem}` that is not finished or does not exist", "write the value out"
    ),
    "yaml-syntax/too-deep": Sentence("the nesting is deeper than 40", "a set is never that deep: look for brackets"),
    "yaml-syntax/too-large": Sentence(
        "with its aliases written out, the file holds more than 100,000 values",
        "a set is never that large: look for aliases (`*...`) of what holds aliases itself",
    ),
    "missing-key": Sentence("{kind} lacks `{key}`", "add `{key}:`"),
    "missing-key/empty-file": Sentence(
        "the file holds nothing", "start from `kpi: 1`, `id:`, `title:` and `sections:`"
    ),
    "missing-key/accept-what": Sentence(
        "`accept` does not say which finding it is about", "add `level:` or `at:`, as the finding prints it"
    ),
    "missing-key/choices": Sentence("a choice lacks `{key}`", "list the names it may take, as choices: [low, high]"),
    "missing-key/roster-header": Sentence(
        "the roster has no column `{key}`",
        "its first line names the columns, with commas between them: code,name,name_en,aliases",
    ),
    "missing-key/roster-column": Sentence("the roster lacks a `{key}` here", "each row needs a code and a name"),
    "yaml-surprise/tag": Sentence(
        "the tag `{tag}` changes what other readers of YAML make of this", "remove it; for text use quotes"
    ),
    "yaml-surprise/not-equal": Sentence(
        "`!=` is a tag to YAML, and would be lost", 'for other than {text} write "not({text})", in quotes'
    ),
    "yaml-surprise/typed-key": Sentence(
        "the key `{text}` is not text to YAML, but true, false, a number, a date or nothing", _QUOTE
    ),
    "yaml-surprise/boolean-word": Sentence(
        "`{text}` is true or false to many readers of YAML, and text to others",
        'write true or false, or put it in quotes: "{text}"',
    ),
    "yaml-surprise/sexagesimal": Sentence("`{text}` is a number of base 60 to many readers of YAML", _QUOTE),
    "yaml-surprise/leading-zero": Sentence(
        "`{text}` is an octal number to many readers of YAML", f"write it without the zero, or {_QUOTE}"
    ),
    "yaml-surprise/radix": Sentence(
        "`{text}` is a number of another base to YAML", f"write it in decimal, or {_QUOTE}"
    ),
    "yaml-surprise/underscore": Sentence(
        "`{text}` is a number to some readers of YAML", f"write it without `_`, or {_QUOTE}"
    ),
    "yaml-surprise/exponent": Sentence(
        "`{text}` is a number to some readers of YAML, and text to others", f"write the number out, or {_QUOTE}"
    ),
    "yaml-surprise/bare-point": Sentence(
        "`{text}` is a number to some readers of YAML, and text to others",
        "write a digit on both sides of the point",
    ),
    "yaml-surprise/not-finite": Sentence("`{text}` is not a finite number", "write null where there is no bound"),
    "yaml-surprise/timestamp": Sentence("`{text}` is a time to YAML", f"write the day alone, or {_QUOTE}"),
    "yaml-surprise/merge-key": Sentence("`<<` merges keys from elsewhere", "write the keys out"),
    "yaml-surprise/too-many-digits": Sentence("`{text}` has more than 40 digits", "write a shorter number"),
    "yaml-surprise/complex-key": Sentence("a list or a mapping stands here as a key", "write a word, or quote the key"),
    "duplicate-key": Sentence(
        "`{key}` stands twice here; YAML would silently keep only the last", "remove one, or rename it"
    ),
    "unknown-key": Sentence("`{key}` is not a key of {kind}", "its keys: {known}"),
    "duplicate-key/roster-header": Sentence("the roster has two columns `{key}`", "remove one"),
    "unknown-key/interpolate": Sentence(
        "`interpolate` is a reserved word: this version does not know it yet", "use policy: highest or policy: ladder"
    ),
    "unknown-key/near": Sentence("`{key}` is not a key of {kind}", _SUGGEST),
    "unknown-key/roster-column": Sentence(
        "the roster has a column `{key}`, which is not known", "its columns: {known}"
    ),
    "wrong-type": Sentence("`{key}` is {kind} here ({value}); expected {expected}"),
    "wrong-type/bare": Sentence("`{key}` is {kind} here; expected {expected}"),
    "wrong-type/item": Sentence("an item of `{key}` is {kind} ({value}); expected {expected}"),
    "wrong-type/item-bare": Sentence("an item of `{key}` is {kind}; expected {expected}"),
    "wrong-type/unquoted": Sentence("`{key}` is {kind} here ({value}); expected text", 'put it in quotes: "{value}"'),
    "wrong-type/item-unquoted": Sentence(
        "an item of `{key}` is {kind} ({value}); expected text", 'put it in quotes: "{value}"'
    ),
    "wrong-type/quoted-number": Sentence(
        '`{key}` is text here, because of the quotes ("{value}"); expected {expected}', "write {value} without quotes"
    ),
    "wrong-type/percent": Sentence(
        "`{key}` is text here ({value}); expected {expected}",
        "write the number without the percent sign: 85 means 85 %",
    ),
    "wrong-type/root": Sentence(
        "the file holds {kind}; an indicator set is a mapping of keys to values",
        "start from `kpi: 1`, `id:`, `title:` and `sections:`, each in a line of its own",
    ),
    "wrong-type/interpolate": Sentence(
        "the policy `interpolate` is reserved: this version does not know it yet", "use highest or ladder"
    ),
    "wrong-type/version": Sentence(
        "this program reads format 1, and the file says {value}",
        "this kpi reads version 1 only: write kpi: 1, or read a file of a later version with a newer kpi",
    ),
    "wrong-type/quoted-version": Sentence("`kpi` is text here, because of the quotes", "write kpi: 1 without quotes"),
    "wrong-type/empty": Sentence("`{key}` is empty here; expected {expected}", "write one below it, or more"),
    "wrong-type/thai-digits": Sentence(
        "`{key}` is text here ({value}); expected {expected}", "write the number with 0-9: {digits}"
    ),
    "wrong-type/weight": Sentence(
        "`{key}` is {value} here; expected {expected}",
        "write what it weighs of the 100 of its section; leave out an indicator that weighs nothing",
    ),
    "wrong-type/scale": Sentence(
        "`{key}` is {value} here; expected {expected}", "write how many levels there are; without `scale` there are 5"
    ),
    "wrong-type/roster-entry": Sentence(
        "an item of `{key}` is {kind} ({value}); expected {expected}",
        'write each as {{code: "01", name: {value}}}, or name a csv file: roster: roster.csv',
    ),
    "wrong-type/grade-min": Sentence(
        "the `min` of a grade is {value} here, and no score lies there: scores run from 0 to 100",
        "write the lowest score of the grade, from 0 to 100",
    ),
    "wrong-type/not-among": Sentence("`{key}` cannot be `{value}`", "one of: {known}"),
    "wrong-type/not-among-near": Sentence("`{key}` cannot be `{value}`", _SUGGEST),
    "wrong-type/period-backwards": Sentence(
        "the period ends ({to}) before it begins ({from})", "exchange `from` and `to`"
    ),
    "wrong-type/reserved-measure-id": Sentence(
        "`{id}` is a word of the language and cannot name a measure", "choose another id"
    ),
    "wrong-type/measure-id": Sentence(
        "`{id}` cannot name a measure", "a to z, digits and _, beginning with a letter, such as budget_spent"
    ),
    "wrong-type/ratio-of-no-percent": Sentence(
        "only a percent can be a ratio", "write type: percent, or remove `ratio`"
    ),
    "wrong-type/ratio-of-itself": Sentence("part and whole are the same measure", "name two measures"),
    "wrong-type/ratio-part": Sentence(
        "`{measure}` is neither a number nor a count", "the parts of a ratio are numbers or counts"
    ),
    "wrong-type/not-for-type": Sentence("`{key}` has no meaning for {kind}", "remove it"),
    "wrong-type/range-backwards": Sentence("the range runs from {low} down to {high}", "write the lower bound first"),
    "wrong-type/nested-group": Sentence(
        "a group stands inside a group", "groups do not nest: give it its own place in the section"
    ),
    "wrong-type/given-below": Sentence("{value} is below {bound}, the lowest value of `{measure}`", _IN_RANGE),
    "wrong-type/given-above": Sentence("{value} is above {bound}, the highest value of `{measure}`", _IN_RANGE),
    "wrong-type/no-such-level": Sentence(
        "there is no level {level}; levels run from 0 (none) to {scale}", "write one of them"
    ),
    "wrong-type/roster-row": Sentence(
        "this row of the roster has more cells than columns: {text}",
        'put a name with a comma in quotes; aliases are separated by "|"',
    ),
    "wrong-type/count-below-zero": Sentence("a count cannot be below 0 ({low})", "begin its range with 0 or more"),
    "wrong-type/given": Sentence("this is no value of `{measure}`, which is {kind}", "write a value of that type"),
    "duplicate-id": Sentence("the id `{id}` stands twice in this set", "choose another id for one of them"),
    "duplicate-id/measure": Sentence(
        "the measure `{id}` stands in two indicators", "a measure is one column: choose another id for one of them"
    ),
    "duplicate-id/header": Sentence(
        "two columns would be called `{id}`, so a results file could mean either",
        "let titles and aliases differ, not only in spaces or digits",
    ),
    "duplicate-id/choice": Sentence("the choice `{id}` stands twice", "remove one"),
    "duplicate-id/roster-code": Sentence("the code {id} stands twice in the roster", "each has a code of its own"),
    "duplicate-id/roster-row": Sentence("the code {id} stands twice in the roster, first in line {line}", "remove one"),
    "duplicate-id/entity-header": Sentence(
        "a column called `{id}` names who is scored, so it cannot be a measure", "choose another title or alias"
    ),
    "duplicate-id/grade-title": Sentence("the grade `{id}` stands twice", "remove one"),
    "duplicate-id/grade-bound": Sentence("two grades begin at {id}", "let their lower bounds differ"),
    "weights-sum": Sentence(
        "section {section}: the weights sum to {sum}, not 100: {weights}", "correct a weight so that they sum to 100"
    ),
    "shares-sum": Sentence("the shares sum to {sum}, not 100: {shares}", "correct a share so that they sum to 100"),
    "shares-sum/some-lack": Sentence(
        "section {section} has no share, though others have", "give every section a share, or none"
    ),
    "levels-incomplete": Sentence(
        "levels run from 1 to {scale}; missing: {missing}", "add the level, or set `scale:` of the file"
    ),
    "levels-incomplete/surplus": Sentence(
        "level {key} is beyond the scale; levels run from 1 to {scale}", "remove it, or set `scale:` of the file"
    ),
    "levels-incomplete/quoted": Sentence(
        "the level `{key}` is in quotes, so it is text", "write {key}: without quotes"
    ),
    "levels-incomplete/not-a-number": Sentence("`{key}` is no level", "levels are the whole numbers from 1 to {scale}"),
    "test-failed": Sentence(
        "this case gets level {level}, not {expected_level}", "correct the case, or the rule that decides it"
    ),
}

LABELS: dict[str, str] = {
    "first-here": "first here",
    "noticed-here": "noticed here",
}

NOUNS: dict[str, str] = {
    # what is expected of a value
    "text": "text",
    "whole-number": "a whole number",
    "number": "a number",
    "figure": "a number, true or false, or the name of a choice",
    "list": "a list",
    "mapping": "a mapping (key: value)",
    "date": "a date, such as 2020-10-01",
    "positive": "a number above 0",
    "not-negative": "a number from 0",
    "up-to-hundred": "a number up to 100",
    "scale": "a whole number from 1 to 100",
    "not-empty": "at least one item",
    "pair": "a pair, such as [0, 100]",
    "identifier": "an id of Latin letters, digits, `.`, `-` and `_`",
    # what was found instead
    "nothing": "nothing",
    "boolean": "true or false",
    "empty-text": "empty text",
    # the parts of a set
    "indicatorset": "the set",
    "section": "the section",
    "group": "the group",
    "indicator": "the indicator",
    "level": "the level",
    "measure": "the measure",
    "testcase": "the case",
    "accept": "the `accept`",
    "ratio": "the ratio",
    "entitykind": "the entity",
    "rosterentry": "the roster entry",
    "period": "the period",
    "source": "the source",
    "grade": "the grade",
}
