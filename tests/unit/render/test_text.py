from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.render.text import (
    char_width,
    clean_text,
    cut_middle,
    display_width,
    fold_text,
    join_lines,
    pad_left,
    pad_right,
)

ANY_TEXT = st.text(st.characters(), max_size=60)
SYLLABLES = st.sampled_from(["กา", "เมือง", "น้ำ", "ครัว", "ที่", "โนน", "๒๕๖๔", "PO", "(นพต.)", " ", "ๆ", "budget_spent"])
THAI_TEXT = st.lists(SYLLABLES, max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("นางรอง", "นางรอง", id="thai-as-it-is"),
        pytest.param("น้ำ", "น้ำ", id="marks-and-sara-am"),
        pytest.param("\x1b[2J", r"\x1b[2J", id="clears-a-screen"),
        pytest.param("\x9b2J", r"\x9b2J", id="eight-bit-escape"),
        pytest.param("a\u202eb", r"a\u202eb", id="reversed"),
        pytest.param("a\u200bb", r"a\u200bb", id="zero-width"),
        pytest.param("a\nb\tc", r"a\nb\tc", id="line-break-and-tab"),
        pytest.param("a\u00a0b", "a b", id="no-break-space"),
        pytest.param("\ud800", r"\ud800", id="half-a-character"),
        pytest.param("\U000e0041", r"\U000e0041", id="tag-character"),
        pytest.param("\x00", r"\x00", id="nul"),
    ],
)
def test_clean_text(text: str, shown: str) -> None:
    assert clean_text(text) == shown


def test_clean_text_keeps_what_it_is_told_to() -> None:
    assert clean_text("a\tb\x1b\n", keep="\t\n") == "a\tb\\x1b\n"


@given(ANY_TEXT)
def test_clean_text_is_harmless_and_settled(text: str) -> None:
    shown = clean_text(text)
    assert shown.isprintable()
    assert clean_text(shown) == shown
    shown.encode("utf-8")


@given(ANY_TEXT)
def test_what_can_be_printed_stays(text: str) -> None:
    assert (clean_text(text) == text) == text.isprintable()


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("นางรอง", 6),
        ("ชำนิ", 3),  # sara am is a cell, sara i is none
        ("น้ำ", 2),
        ("เมืองบุรีรัมย์", 9),
        ("日本", 4),
        ("█▍", 2),
        ("“๙”", 3),
    ],
)
def test_display_width(text: str, cells: int) -> None:
    assert display_width(text) == cells


@pytest.mark.parametrize(("char", "cells"), [("a", 1), ("ำ", 1), ("่", 0), ("\u200b", 0), ("全", 2)])
def test_char_width(char: str, cells: int) -> None:
    assert char_width(char) == cells


def test_padding_counts_cells() -> None:
    assert pad_right("ชำนิ", 5) == "ชำนิ  "
    assert pad_left("ชำนิ", 5) == "  ชำนิ"
    assert pad_right("ชำนิ", 2) == "ชำนิ"


def test_join_lines() -> None:
    assert join_lines("  ก \n\n ข\t\x1bค ") == "ก ข \\x1bค"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abcdefgh", "abcdefgh"),
        ("abcdefghi", "abc…ghi"),
        ("กขที่อำเภอชี้", "กข…ชี้"),  # neither a vowel below its letter nor one before it is torn off
        ("กขเมืองเก่าแก่", "กข…แก่"),
        ("่" * 9, "่…่"),
    ],
)
def test_cut_middle(text: str, shown: str) -> None:
    assert cut_middle(text, limit=8) == shown


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("", 10, [""], id="nothing"),
        pytest.param("one two three", 8, ["one two", "three"], id="at-spaces"),
        pytest.param("ไม่น้อยกว่า ร้อยละ ๘๐", 12, ["ไม่น้อยกว่า", "ร้อยละ ๘๐"], id="thai-at-spaces"),
        pytest.param("กขคเงจฉชซ", 4, ["กขค", "เงจ", "ฉชซ"], id="never-after-a-leading-vowel"),
        pytest.param("กขคงจฉ", 5, ["กขค", "งจฉ"], id="tail-stays-together"),
        pytest.param("ab กขคงจฉชซ", 6, ["ab กขค", "งจฉชซ"], id="long-thai-flows-on"),
        pytest.param("กขคง123456", 6, ["กขคง", "123456"], id="numbers-stay-whole"),
    ],
)
def test_fold_text(text: str, width: int, lines: list[str]) -> None:
    assert fold_text(text, width) == lines


@given(THAI_TEXT.filter(lambda text: "ๆๆ" not in text and "budget_spentb" not in text), st.integers(24, 60))
def test_folding_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = fold_text(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(display_width, lines)) <= width
    assert lines == [line.strip() for line in lines]


@given(THAI_TEXT)
def test_no_line_begins_with_a_mark(text: str) -> None:
    assert all(char_width(line[0]) > 0 for line in fold_text(text, 10) if line)
