"""What an editor is told beyond the fields' own docstrings: what each word of a list means, and examples."""

from __future__ import annotations

from typing import Final

Key = tuple[str, str]
"""The name of a part of the model, and of its key."""

ENUMS: Final[dict[Key, dict[str, str]]] = {
    ("Measure", "type"): {
        "percent": "Percent points from 0 to 100 unless `range` says otherwise: 85 means 85 %.",
        "number": "A decimal from 0 unless `range` says otherwise.",
        "count": "A whole number from 0.",
        "flag": "Yes or no: a rule says `true` or `false`.",
        "choice": "One of the names in `choices`.",
    },
    ("Measure", "better"): {
        "higher": "More is better (what holds where nothing is said; not for a choice).",
        "lower": "Less is better, as of debt.",
        "none": "Neither: values are only equal or not (what holds for a choice).",
    },
    ("Measure", "not_applicable"): {
        "allowed": "An answer: the indicator and its weight are left out for that entity.",
        "refused": "No answer: everyone has this to report.",
    },
    ("Indicator", "policy"): {
        "highest": "The highest level whose rule holds.",
        "ladder": "The highest level such that its rule and all below it hold.",
    },
    ("Accept", "code"): {
        "level-gap": "A value reaches no level, though a worse one does.",
        "not-monotone": "A better value gets a lower level.",
        "level-unreachable": "No value reaches the level.",
        "below-first-level": "The worst values reach no level and score 0.",
        "level-skipped": "A level is reached where the rule of a lower one never held.",
        "mixed-operators": "Levels compare one measure now with > and now with >=.",
        "fraction-thresholds": "A percent is compared with fractions alone, where it counts points.",
        "text-mismatch": "The wording of a level and its rule do not agree.",
        "unused-measure": "No rule reads a measure; `at: {measure: null}` says which.",
    },
}

EXAMPLES: Final[dict[Key, list[object]]] = {
    ("IndicatorSet", "id"): ["fy2564-round1"],
    ("IndicatorSet", "fiscal_year"): [2564],
    ("IndicatorSet", "round"): [1],
    ("EntityKind", "title"): ["อำเภอ"],
    ("EntityKind", "aliases"): [["ชื่ออำเภอ", "district"]],
    ("EntityKind", "prefixes"): [["อำเภอ", "อ."]],
    ("EntityKind", "roster"): ["rosters/buriram.csv"],
    ("RosterEntry", "code"): ["3101"],
    ("Section", "id"): ["team"],
    ("Section", "share"): [50],
    ("Group", "id"): ["T3"],
    ("Indicator", "id"): ["T1"],
    ("Indicator", "weight"): [25],
    ("Indicator", "tests"): [[{"given": {"budget_spent": 89.99}, "level": 4}]],
    ("Measure", "range"): [[0, 100], [0, None]],
    ("Measure", "step"): [0.01, 1],
    ("Measure", "unit"): ["บาท"],
    ("Measure", "ratio"): [{"part": "budget_spent_baht", "whole": "budget_allocated_baht"}],
    ("Measure", "choices"): [["ไม่มี", "บางส่วน", "ครบ"]],
    ("Level", "when"): [{"budget_spent": ">= 75"}, {"any": [{"plan": True}, {"meetings": ">= 3"}]}],
    ("TestCase", "given"): [{"budget_spent": 89.99}],
    ("Accept", "at"): [{"plan_achieved": 80}],
    ("Grade", "min"): [90],
    ("Period", "from"): ["2020-10-01"],
    ("Period", "to"): ["2021-03-31"],
    ("Source", "date"): ["2021-02-25"],
}
