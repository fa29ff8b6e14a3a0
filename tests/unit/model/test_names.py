import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.model.names import clean_header
from kpi_cli.results.cleanup import clean_key


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
        ("mo\u00adn\u200be\u2060y\ufeff", "money"),
        ("\u202emoney\u202c", "money"),
        ("ＭＯＮＥＹ（％）", "money(%)"),
        ("STRASSE straße", "strassestrasse"),
        ("8²", "8²"),
        ("ก\ufe0f", "ก"),
        ("\x1b[31m", "[31m"),
        ("−5", "-5"),
        ("", ""),
    ],
)
def test_clean_up(text: str, cleaned: str) -> None:
    assert clean_header(text) == cleaned


_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("\u0e4d\u0e32\u0e33\u0e48\u0e49\u0e35\u0e40๑ ก\u200b")), max_size=12
)


@given(_TEXT)
def test_what_a_set_keeps_apart_a_results_file_does_too(text: str) -> None:
    assert clean_header(text) == clean_key(text)


@given(_TEXT)
def test_clean_up_leaves_nothing_to_see_through(text: str) -> None:
    cleaned = clean_header(text)
    assert not any(character.isspace() for character in cleaned)
    assert "\u0e40\u0e40" not in cleaned
