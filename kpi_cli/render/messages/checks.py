"""The sentences of what is proved of a definition: levels that fall or cannot be reached, wording, what is accepted."""

from __future__ import annotations

from kpi_cli.render.messages import Sentence

_OR_ACCEPT = "or accept it, with a reason"
_OTHER_WAY = "if it is the other way round, say `better: {turned}` of `{measure}`"
_ACCEPTED = "it is accepted: {why}"

_FINDINGS: dict[str, Sentence] = {
    "level-gap": Sentence(
        "{better} reaches no level, though {worse} reaches level {level}",
        f"let one of the levels take it in, {_OR_ACCEPT}",
    ),
    "level-gap/at-threshold": Sentence(
        "{better} reaches no level, though {worse} reaches level {level}",
        f'"{{test}}" at level {{ending}} or "{{next_test}}" at level {{next_level}}; {_OR_ACCEPT}',
    ),
    "level-gap/direction": Sentence(
        "{better} reaches no level, though {worse} reaches level {level}",
        f"{_OTHER_WAY}; else let one of the levels take it in, {_OR_ACCEPT}",
    ),
    "not-monotone": Sentence(
        "{better} reaches only level {lower}, though {worse} reaches level {level}",
        f"let the rule of level {{level}} go on to better values, {_OR_ACCEPT}",
    ),
    "not-monotone/direction": Sentence(
        "{better} reaches only level {lower}, though {worse} reaches level {level}",
        f"{_OTHER_WAY}; else let the rule of level {{level}} go on to better values, {_OR_ACCEPT}",
    ),
    "level-unreachable/never": Sentence(
        "no value reaches level {level}: its rule never holds", f"mend the rule or the range of a measure, {_OR_ACCEPT}"
    ),
    "level-unreachable/masked": Sentence(
        "no value reaches level {level}: wherever its rule holds, a higher level is reached",
        f"narrow the higher levels, {_OR_ACCEPT}",
    ),
    "level-unreachable/blocked": Sentence(
        "no value reaches level {level}: its rule never holds together with those below it",
        f"on the ladder every level needs all below it: mend one of the rules, {_OR_ACCEPT}",
    ),
    "level-unreachable/passed": Sentence(
        "no value stops at level {level}: wherever the ladder comes to it, level {next} holds as well",
        f"narrow the rule of level {{next}}, {_OR_ACCEPT}",
    ),
    "below-first-level": Sentence("the worst values ({worst}) reach no level and score 0"),
    "below-first-level/some": Sentence("some values reach no level and score 0, such as {worst}"),
    "below-first-level/some-of-one": Sentence("some values of `{measure}` reach no level and score 0: {values}"),
    "level-skipped": Sentence(
        "{better} reaches level {level}, though the rule of level {skipped} holds neither there nor at any worse value",
        "if the levels are steps that build on each other, say `policy: ladder`",
    ),
    "mixed-operators": Sentence(
        "`{measure}` is compared with `{test}` at level {level}, but with `{usual}` at level {usual_level}",
        "check both against the memo",
    ),
    "fraction-thresholds": Sentence(
        "`{measure}` is a percent and is compared with no more than 1: {threshold} is {threshold} %, not {percent} %",
        f"a percent counts points: write {{percent}} for {{percent}} %, {_OR_ACCEPT}",
    ),
    "text-mismatch/not-in-rule": Sentence(
        "the text of level {level} says “{text}” ({comparison}), and the rule does not: {rule}",
        f"mend the rule or the text, {_OR_ACCEPT}",
    ),
    "text-mismatch/not-in-text": Sentence(
        "the rule of level {level} compares `{measure}` with {threshold}, which its text does not name: {rule}",
        f"mend the rule or the text, {_OR_ACCEPT}",
    ),
    "unused-measure": Sentence(
        "no rule reads `{measure}`", f"use it in a rule, remove it, {_OR_ACCEPT} and at: {{{{{{measure}}: null}}}}"
    ),
}


def _accepted_key(key: str) -> str:
    return f"{key}-accepted" if "/" in key else f"{key}/accepted"


MESSAGES: dict[str, Sentence] = {
    **_FINDINGS,
    # What is accepted is said in the same words; in the place of advice stands the reason.
    **{_accepted_key(key): Sentence(sentence.message, _ACCEPTED) for key, sentence in _FINDINGS.items()},
    "unused-accept": Sentence("this accepts a `{code}` that is not there", "remove it, or correct its `level` or `at`"),
    "unused-accept/never": Sentence("a `{code}` cannot be accepted", "mend what it is about; what can be: {known}"),
    "proof-too-large/steps": Sentence(
        "not everything is proved of these levels: the searches of the set would take more than {limit} steps",
        "split the set, compare with fewer values, or write cases under `tests:` for what is not proved",
    ),
    "proof-too-large/cases": Sentence(
        "no cases are suggested: these levels compare with too many values",
        "ask for fewer indicators (--indicator), or write cases under `tests:` by hand",
    ),
    "proof-too-large": Sentence(
        "the measures of these levels have {cells} combinations that the rules tell apart, too many to prove all",
        "split the indicator, or mix fewer measures under `any`; at most {limit} are walked",
    ),
}

LABELS: dict[str, str] = {
    "level-ends": "level {level} ends here",
    "level-begins": "level {level} begins here",
    "level-holds": "level {level} holds",
    "level-not-asked": "level {level} asks this",
    "compared-otherwise": "so at level {level}",
    "rule-asks": "the rule of level {level}",
    "accepted-here": "accepted here",
}

NOUNS: dict[str, str] = {}
