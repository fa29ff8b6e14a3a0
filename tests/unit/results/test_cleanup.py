from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.results.cleanup import clean_figure, clean_key, clean_name

NIKHAHIT, AA, AM, TONE = "\u0e4d", "\u0e32", "\u0e33", "\u0e49"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" ร้อย ละ\nของ\tการ\u00a0ใช้ ", "ร้อยละของการใช้"),
        ("บ้าน\u200bกรวด", "บ้านกรวด"),
        ("\ufeffentity\u00ad\u202e", "entity"),
        ("a\x1b\x00b", "ab"),
        (f"ล{NIKHAHIT}{AA}ปลายมาศ", "ลำปลายมาศ"),
        (f"น{NIKHAHIT}{TONE}{AA}", f"น{TONE}{AM}"),
        (f"น{TONE}{NIKHAHIT}{AA}", f"น{TONE}{AM}"),
        (f"น{AM}{TONE}", f"น{TONE}{AM}"),
        ("เเคนดง", "แคนดง"),
        (f"ท{TONE}ี", f"ที{TONE}"),
        ("ครั้งที่ ๑๐", "ครั้งที่10"),
        ("ＢＰＭ　１", "bpm1"),
        ("Mueang BURI Ram", "mueangburiram"),
        ("✔\ufe0f", "✔"),
    ],
)
def test_spellings_that_are_one(typed: str, meant: str) -> None:
    assert clean_key(typed) == clean_key(meant) == meant.casefold()


@pytest.mark.parametrize(
    ("one", "other"), [("8²", "82"), ("ลำ", f"ล{NIKHAHIT}า" + "า"), ("น้า", "นำ้"), ("½", "1/2"), ("มี", "ไม่มี")]
)
def test_spellings_that_stay_apart(one: str, other: str) -> None:
    assert clean_key(one) != clean_key(other)


@given(st.text(alphabet=f"กขเแ{NIKHAHIT}{AA}{AM}{TONE}ีุ๑1 aA\u200b", max_size=12))
def test_clean_keys_are_clean(text: str) -> None:
    key = clean_key(text)
    assert not set(key) & set(" \u200b๑A")
    assert "เเ" not in key
    assert f"{NIKHAHIT}{AA}" not in key


def test_a_name_is_printed_without_what_would_harm_a_terminal() -> None:
    assert clean_name("  สตึก \x1b[31m\n แดง\u200b ") == "สตึก [31m แดง"


@pytest.mark.parametrize(
    ("typed", "figure"),
    [(" ๘๕.๕ ", "85.5"), ("８５", "85"), ("−5", "-5"), ("8 5", "8 5"), ("8\u200b5", "85"), ("8\x005", "8\x005")],
)
def test_a_figure_keeps_what_stands_inside_it(typed: str, figure: str) -> None:
    assert clean_figure(typed) == figure
