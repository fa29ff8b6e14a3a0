"""The sentences of what is found in the rules of a definition: their quotes, their syntax and what they test."""

from __future__ import annotations

from kpi_cli.render.messages import Sentence

_APART = "capital letters, Thai digits and zeros before a code tell nobody apart: choose another"
_SUGGEST = "did you mean `{suggestion}`?"

MESSAGES: dict[str, Sentence] = {
    "unquoted-rule": Sentence(
        "the rule {rule} is not in quotes, and YAML reads it as something else", 'write "{rule}"'
    ),
    "unquoted-rule/block": Sentence(
        "`{sign}` without quotes begins a block of text in YAML", 'write the rule in quotes, such as "> 80"'
    ),
    "unquoted-rule/comma": Sentence(
        "without quotes the rule ends at the comma before `{rule}`", "put the whole rule in quotes, from its first sign"
    ),
    "wrong-type/rule-shape": Sentence("a rule says which measure it tests", 'write it as {{{measure}: ">= 80"}}'),
    "wrong-type/rule-list": Sentence("`{key}` takes a list of rules", 'write {key}: [{{a: ">= 80"}}, {{b: true}}]'),
    "wrong-type/test-shape": Sentence("a test is missing here", 'write one in quotes, such as ">= 80", or true'),
    "wrong-type/list-of-tests": Sentence(
        "a list is no test of a number", 'an interval is written in quotes, "[80..90]"; "or" is a comma: "1, 2"'
    ),
    "wrong-type/choice-test": Sentence("`{measure}` is tested with a name, or a list of names", "one of: {known}"),
    "wrong-type/unknown-choice": Sentence("`{name}` is not a choice of `{measure}`", "one of: {known}"),
    "wrong-type/unknown-choice-near": Sentence("`{name}` is not a choice of `{measure}`", _SUGGEST),
    "wrong-type/flag-test": Sentence("`{measure}` is a flag, but is tested with `{test}`", "write true or false"),
    "wrong-type/number-test": Sentence(
        "`{measure}` is {kind}, but is tested with `{test}`", 'write a comparison, such as ">= 80"'
    ),
    "wrong-type/count-test": Sentence(
        "`{measure}` is a whole number, so `{test}` can never hold", "write a whole number"
    ),
    "rule-syntax/empty-rule": Sentence(
        "the rule asks for nothing, and would always hold", 'write {{measure: ">= 80"}}'
    ),
    "rule-syntax/too-long": Sentence("the rule is longer than 2,000 characters", "break it up with `any` and `all`"),
    "rule-syntax/too-many": Sentence(
        "up to here the rules of the set make more than {limit} comparisons",
        "an agreement makes about a hundred: look for aliases (`*...`) and for lists that repeat themselves",
    ),
    "wrong-type/more-findings": Sentence(
        "there are more than {limit} findings; what comes after these is not listed",
        "mend these first, then check again; where there are so many, it may be the wrong file",
    ),
    "wrong-type/too-many-cases": Sentence(
        "up to here the cases of the set take more than {limit} steps to try",
        "an indicator needs a dozen cases: look for aliases (`*...`), and for cases that repeat themselves",
    ),
    "wrong-type/too-many": Sentence(
        "`{key}` lists {count}; it may list {limit} at most",
        "an agreement has a few: look for aliases (`*...`), or split it",
    ),
    "rule-syntax/too-deep": Sentence("`not` is nested deeper than 32", "write the rule more simply"),
    "rule-syntax/end-expected": Sentence(
        "the rule should end before `{found}`", 'a comma means "or"; for "and" write all: [...]'
    ),
    "rule-syntax/test-expected": Sentence(
        "`{found}` begins no test", 'such as ">= 75", "80", "[80..90)", "not(0)", true'
    ),
    "rule-syntax/test-expected-at-end": Sentence("a test is missing here", 'such as ">= 75", "80", "[80..90)"'),
    "duplicate-id/roster-code-alike": Sentence("the code {id} is read as {other}, which is another's", _APART),
    "duplicate-id/roster-row-alike": Sentence(
        "the code {id} is read as {other}, which is another's, in line {line}", _APART
    ),
    "rule-syntax/number-expected": Sentence("a number should stand here, not `{found}`", "write a number, such as 80"),
    "rule-syntax/number-expected-at-end": Sentence("a number is missing here", "write a number, such as 80"),
    "rule-syntax/number-malformed": Sentence(
        "`{found}` is not a number as it is written here", "write it as 80 or 79.99, without leading zeros"
    ),
    "rule-syntax/too-many-digits": Sentence("`{found}` has more than 40 digits", "write a shorter number"),
    "rule-syntax/exponent": Sentence(
        "`{found}` has an exponent, and exponents are not read", "write the number out, with all its zeros"
    ),
    "rule-syntax/both-ends": Sentence(
        "the rule should end before `{found}`", 'write both ends as one interval: "{suggestion}"'
    ),
    "rule-syntax/range-expected": Sentence("`..` should stand here, not `{found}`", "write an interval as [80..90)"),
    "rule-syntax/range-expected-at-end": Sentence("the interval is not finished", "write it as [80..90)"),
    "rule-syntax/interval-end-expected": Sentence(
        "the interval should end with ] or ) here, not `{found}`", "] includes the end, ) leaves it out"
    ),
    "rule-syntax/interval-end-expected-at-end": Sentence(
        "the interval is not closed", "] includes the end, ) leaves it out"
    ),
    "rule-syntax/mark-expected": Sentence("`{suggestion}` should stand here, not `{found}`", "write not(...)"),
    "rule-syntax/mark-expected-at-end": Sentence("`{suggestion}` is missing here", "write not(...)"),
    "rule-syntax/operator-unknown": Sentence(
        "`{found}` is no comparison of this language", "use one of < <= > >= =; for other than, write not(...)"
    ),
    "rule-syntax/operator-near": Sentence("`{found}` is no comparison of this language", "write `{suggestion}`"),
    "rule-syntax/thousands": Sentence(
        '`{found}` is read as several numbers: a comma means "or"',
        "write {suggestion}, without a comma; for alternatives put a space after the comma",
    ),
    "rule-syntax/percent-sign": Sentence("`%` does not stand in a rule", "a percent is in points: 80 means 80 %"),
    "rule-syntax/thai-digits": Sentence("`{found}` is a Thai digit", "write numbers of rules with 0-9"),
    "rule-syntax/interval-empty": Sentence(
        "no value lies in this interval", "write the lower end first; [80..80] is just 80"
    ),
    "unknown-measure": Sentence("`{measure}` is not a measure of this indicator", "its measures: {known}"),
    "unknown-measure/near": Sentence("`{measure}` is not a measure of this indicator", _SUGGEST),
}

LABELS: dict[str, str] = {}

NOUNS: dict[str, str] = {
    # the types of measures
    "percent": "a percent",
    "count": "a count",
    "flag": "a flag (yes or no)",
    "choice": "a choice",
}
