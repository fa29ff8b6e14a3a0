import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model.names import clean_header, is_invisible


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("จำนวนครั้งที่ ๑", "จำนวนครั้งที่1"),
        ("จ\u0e4d\u0e32นวน", "จำนวน"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("เเผน", "แผน"),
        ("ท\u0e48\u0e35", "ที่"),
        ("  Money\t spent\n", "moneyspent"),
        (" ร้อย ละ\nของ\u00a0การใช้ ", "ร้อยละของการใช้"),
        ("mo\u00adn\u200be\u2060y\ufeff", "money"),
        ("\u202emoney\u202c", "money"),
        ("ＭＯＮＥＹ（％）", "money(%)"),
        ("ＢＰＭ　１", "bpm1"),
        ("STRASSE straße", "strassestrasse"),
        ("8²", "8²"),
        ("ก\ufe0f", "ก"),
        ("✔\ufe0f", "✔"),
        ("a\x1b\x00[31m", "a[31m"),
        ("−5", "-5"),
        ("", ""),
    ],
)
def test_clean_up(text: str, cleaned: str) -> None:
    assert clean_header(text) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [("8²", "82"), ("½", "1/2"), ("มี", "ไม่มี"), ("น้า", "น\u0e33\u0e49"), ("ลำ", "ล\u0e4d\u0e32\u0e32")],
)
def test_spellings_that_stay_apart(one: str, other: str) -> None:
    assert clean_header(one) != clean_header(other)


_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("\u0e4d\u0e32\u0e33\u0e48\u0e49\u0e35\u0e40๑ ก\u200b")), max_size=12
)


@given(_TEXT)
def test_clean_up_leaves_nothing_to_see_through(text: str) -> None:
    cleaned = clean_header(text)
    assert not any(is_invisible(character) for character in cleaned)
    assert not set(cleaned) & set("๑Ａ％")
    assert "\u0e40\u0e40" not in cleaned
    assert "\u0e4d\u0e32" not in cleaned


@pytest.mark.parametrize(("character", "invisible"), [(" ", True), ("\u200b", True), ("\x1b", True), ("ก", False)])
def test_is_invisible(character: str, invisible: bool) -> None:
    assert is_invisible(character) is invisible
