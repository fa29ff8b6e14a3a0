import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model import names
from kpi_cli.model.names import clean_header, clean_headers, is_invisible


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


@pytest.mark.parametrize(
    ("texts", "cleaned"),
    [
        ([], []),
        ([""], [""]),
        (["เมือง ก", " Money spent ", ""], ["เมืองก", "moneyspent", ""]),
        (["STRASSE", "straße"], ["strasse", "strasse"]),
        # each of these is mended, and the others are cleaned beside it
        (["ที่ ๑", "Ａ", "A b"], ["ที่1", "a", "ab"]),
        (["เ เผน", "x"], ["แผน", "x"]),
        (["ท\u0e48\u0e35", "x"], ["ที่", "x"]),
        (["น\u0e33\u0e49", "x"], ["น้ำ", "x"]),
        (["จ\u0e4d\u0e32", "x"], ["จำ", "x"]),
        (["เ", "เ", "ำ", "\u0e48", "\u0e35"], ["เ", "เ", "ำ", "\u0e48", "\u0e35"]),
        (["a\u200b", "b\u00a0c", "d\ne"], ["a", "bc", "de"]),
        (["a|b", "|", "c"], ["a|b", "|", "c"]),
    ],
)
def test_many_texts_are_cleaned_as_each_of_them_is(texts: list[str], cleaned: list[str]) -> None:
    assert clean_headers(texts) == cleaned == [clean_header(text) for text in texts]


@given(st.lists(_TEXT))
def test_many_texts_of_any_kind_are_cleaned_as_each_of_them_is(texts: list[str]) -> None:
    assert clean_headers(texts) == [clean_header(text) for text in texts]


def test_texts_that_take_much_room_are_cleaned_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    by_itself: list[str] = []
    monkeypatch.setattr(names, "clean_header", lambda text: by_itself.append(text) or clean_header(text))
    monkeypatch.setattr(names, "MOST_TOGETHER", 9)
    assert clean_headers(["Room abc", "d"]) == ["roomabc", "d"]
    assert by_itself == []
    assert clean_headers(["Room abcd", "e"]) == ["roomabcd", "e"]
    assert by_itself == ["Room abcd", "e"]


def test_texts_that_need_no_mending_are_not_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    by_itself: list[str] = []
    monkeypatch.setattr(names, "clean_header", by_itself.append)
    assert clean_headers(["สมมุติ ก", "สมมุติ ข"]) == ["สมมุติก", "สมมุติข"]
    assert by_itself == []


@pytest.mark.parametrize(("character", "invisible"), [(" ", True), ("\u200b", True), ("\x1b", True), ("ก", False)])
def test_is_invisible(character: str, invisible: bool) -> None:
    assert is_invisible(character) is invisible
