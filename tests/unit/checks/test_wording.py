import pytest

from tests.patience import within
from tests.unit.checks.drafts import LEVEL_LINE, draft, locate, prove_codes, say

PERCENT = "m: {type: percent, title: M}"
TITLED = "m: {type: percent, title: ครัวเรือนที่ปลูกผักไม่น้อยกว่า ๑๐ ชนิด}\nn: {type: count, title: N}"
LOWER = "m: {type: percent, title: M, better: lower}"


@pytest.mark.parametrize(
    ("measures", "rule", "text", "variants"),
    [
        (PERCENT, 'm: ">= 75"', "ไม่น้อยกว่าร้อยละ ๗๕", []),
        (PERCENT, 'm: ">= 75"', "", []),
        (PERCENT, 'm: "> 75"', "ไม่น้อยกว่าร้อยละ ๗๕", ["not-in-rule"]),
        (PERCENT, 'm: ">= 75"', "มากกว่าร้อยละ ๗๕", ["not-in-rule"]),
        (PERCENT, 'm: ">= 57"', "ไม่น้อยกว่าร้อยละ ๗๕", ["not-in-rule"]),
        (PERCENT, 'm: ">= 75"', "ครบถ้วน", ["not-in-text"]),
        (PERCENT, 'm: "(0..75)"', "น้อยกว่าร้อยละ ๗๕", ["not-in-text"]),
        (PERCENT, 'm: "[60..75)"', "ตั้งแต่ร้อยละ ๖๐ แต่น้อยกว่าร้อยละ ๗๕", []),
        (PERCENT, 'm: "[60..75]"', "ตั้งแต่ ๖๐ - ๗๕", []),
        (PERCENT, 'm: "[60..75)"', "ตั้งแต่ ๖๐ - ๗๕", ["not-in-rule"]),
        (PERCENT, 'm: ">= 60"', "ร้อยละ ๖๐", []),
        (PERCENT, 'm: "= 60"', "ร้อยละ ๖๐", []),
        (PERCENT, 'm: "> 60"', "ร้อยละ ๖๐", ["not-in-rule"]),
        (PERCENT, 'm: "= 60"', "ตั้งแต่ร้อยละ ๖๐ ขึ้นไป", ["not-in-rule"]),
        (PERCENT, 'm: "not(< 75)"', "ไม่น้อยกว่าร้อยละ ๗๕", []),
        (PERCENT, 'm: "not([60..75])"', "น้อยกว่าร้อยละ ๖๐ หรือมากกว่าร้อยละ ๗๕", []),
        (PERCENT, 'm: "not(= 75)"', "ร้อยละ ๗๕", ["not-in-rule"]),
        (PERCENT, 'm: "not(not(>= 75))"', "ไม่น้อยกว่าร้อยละ ๗๕", []),
        (PERCENT, 'm: "< 10, > 90"', "ต่ำกว่าร้อยละ ๑๐ หรือเกินกว่าร้อยละ ๙๐", []),
        (LOWER, 'm: "= 0"', "คงเหลือร้อยละ ๐", []),
        (LOWER, 'm: ">= 0"', "คงเหลือร้อยละ ๐", ["not-in-rule"]),
        (TITLED, 'm: ">= 90"', "ร้อยละ ๙๐ ปลูกผัก ไม่น้อยกว่า ๑๐ ชนิด", []),
        (TITLED, 'n: ">= 90"', "ร้อยละ ๙๐ ปลูกผัก ไม่น้อยกว่า ๑๐ ชนิด", ["not-in-rule"]),
        (TITLED, 'm: ">= 10"', "ร้อยละ ๙๐ ปลูกผัก ไม่น้อยกว่า ๑๐ ชนิด", ["not-in-rule"]),
        (TITLED, 'm: ">= 10"', "ปลูกผัก ๑๐ ชนิด", []),
        ("m: {type: flag, title: M}", "m: true", "มีแผน ๒ ฉบับ", []),
        ("m: {type: choice, title: M, choices: [p, q]}", "m: p", "p", []),
    ],
)
def test_the_text_of_a_level_and_its_rule(measures: str, rule: str, text: str, variants: list[str]) -> None:
    found = prove_codes(draft(measures, [rule], texts=text), "text-mismatch")
    assert [finding.variant for finding in found] == variants
    assert {finding.level for finding in found} <= {1}


@pytest.mark.parametrize(("policy", "levels"), [("ladder", []), ("highest", [2])])
def test_on_the_ladder_the_text_may_repeat_what_is_below(policy: str, levels: list[int]) -> None:
    texts = "ร้อยละ ๙๐\nไม่น้อยกว่าร้อยละ ๙๐ และอย่างน้อย ๒ แห่ง"
    measures = f"{PERCENT}\nn: {{type: count, title: N}}"
    text = draft(measures, ['m: ">= 90"', 'n: ">= 2"'], policy=policy, texts=texts)
    assert [finding.level for finding in prove_codes(text, "text-mismatch")] == levels


def test_rungs_of_the_ladder_are_no_numbers_of_the_text() -> None:
    texts = "อย่างน้อย ๑ แห่ง\nมีผลจากระดับ ๑ - ๒ และเพิ่มขึ้น"
    measures = "m: {type: count, title: M}\nn: {type: count, title: N}"
    text = draft(measures, ['m: ">= 1"', 'n: ">= 2"'], policy="ladder", texts=texts)
    assert [finding.level for finding in prove_codes(text, "text-mismatch")] == [2]


def test_each_comparison_and_threshold_without_its_like_is_a_finding_of_its_own() -> None:
    text = draft(PERCENT, ['m: "[10..20], [30..40]"'], texts="ไม่เกินร้อยละ ๕ มากกว่าร้อยละ ๑๐ และ ๒๐")
    found = prove_codes(text, "text-mismatch")
    assert [say(finding).split(",")[0].split(": ")[0] for finding in found] == [
        "the text of level 1 says “ไม่เกินร้อยละ ๕” (<= 5)",
        "the text of level 1 says “มากกว่าร้อยละ ๑๐” (> 10)",
    ]
    text = draft(PERCENT, ['m: "[10..20], [30..40]"'], texts="ตั้งแต่ ๑๐ - ๒๐")
    assert [finding.params["threshold"] for finding in prove_codes(text, "text-mismatch")] == [30, 40]


def test_the_comparison_is_placed_in_the_text_and_the_rule_beside_it() -> None:
    (finding,) = prove_codes(draft(PERCENT, ['m: "<= 80"'], texts="ได้น้อยกว่าร้อยละ ๘๐"), "text-mismatch")
    column = len('          1: {text: "ได้') + 1
    assert locate(finding) == (LEVEL_LINE, column, column + len("น้อยกว่าร้อยละ ๘๐"))
    (rule,) = finding.related
    assert (rule.label, rule.place.line) == ("rule-asks", LEVEL_LINE)
    assert rule.place.column > column
    assert (finding.params["comparison"], finding.params["rule"]) == ("< 80", "m <= 80")


def test_of_a_range_only_the_end_that_is_missing_is_found() -> None:
    (finding,) = prove_codes(draft(PERCENT, ['m: ">= 60"'], texts="ตั้งแต่ ๖๐ - ๗๕"), "text-mismatch")
    assert (finding.params["text"], finding.params["comparison"]) == ("ตั้งแต่ ๖๐ - ๗๕", "<= 75")


def test_a_number_typed_wrong_is_one_finding_though_it_is_missing_on_both_sides() -> None:
    found = prove_codes(draft(PERCENT, ['m: ">= 57"'], texts="ไม่น้อยกว่าร้อยละ ๗๕"), "text-mismatch")
    assert [(finding.variant, finding.params["comparison"]) for finding in found] == [("not-in-rule", ">= 75")]


def test_beside_an_accepted_comparison_a_threshold_is_a_finding_of_its_own() -> None:
    accept = ["code: text-mismatch, level: 1, why: 80 itself belongs here"]
    found = prove_codes(draft(PERCENT, ['m: "<= 90"'], texts="น้อยกว่าร้อยละ ๘๐", accept=accept), "text-mismatch")
    assert [(finding.variant, finding.severity) for finding in found] == [
        ("not-in-rule-accepted", "note"),
        ("not-in-text", "warning"),
    ]


def test_the_rule_beside_it_is_the_test_with_the_same_number() -> None:
    measures = f"n: {{type: percent, title: N}}\n{PERCENT}"
    texts = "ไม่น้อยกว่าร้อยละ ๖๐ และร้อยละ ๗๕"
    (finding,) = prove_codes(draft(measures, ['n: ">= 60", m: "> 75"'], texts=texts), "text-mismatch")
    assert finding.params["comparison"] == ">= 75"
    (rule,) = finding.related
    line = draft(measures, ['n: ">= 60", m: "> 75"'], texts=texts).splitlines()[rule.place.line - 1]
    assert line[rule.place.column - 1 : rule.place.end_column - 1] == "> 75"


def test_thousands_of_findings_about_a_long_rule_take_little_time() -> None:
    lists = ", ".join(f'{{m: "{", ".join(f"= {part}.{tenth:02}" for tenth in range(99))}"}}' for part in range(90))
    text = " ".join(f"มากกว่า {number}" for number in range(1_000, 3_000))
    with within(2):
        found = prove_codes(draft(PERCENT, [f"any: [{lists}]"], texts=text), "text-mismatch")
    assert len(found) > 5_000
