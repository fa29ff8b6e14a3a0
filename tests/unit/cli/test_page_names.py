"""Names of files made from codes and names that came from a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.cli.page_names import name_pages, name_safely


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("3101", "3101"),
        ("เมืองบุรีรัมย์", "เมืองบุรีรัมย์"),
        ("บ้านใหม่ไชยพจน์ (เดิม)", "บ้านใหม่ไชยพจน์_เดิม"),
        ("..", "_"),
        ("", "_"),
        ("../../etc/passwd", "etc_passwd"),
        ("a/b\\c", "a_b_c"),
        ("C:x", "C_x"),
        ("CON", "_CON"),
        ("con.txt", "con_txt"),
        ("Lpt1", "_Lpt1"),
        ("COM¹", "_COM¹"),
        (".hidden", "hidden"),
        ("trailing. ", "trailing"),
        ("-rf", "rf"),
        ("a\x00\x1b[2Jb", "a_2Jb"),
        ("\u202egnp.exe", "gnp_exe"),
        ("<b>|?*\"'", "b"),
    ],
)
def test_a_name_is_safe(text, name):
    assert name_safely(text) == name


def test_a_long_name_is_cut_between_characters():
    name = name_safely("ก" * 300)
    assert name == "ก" * 40
    assert len(name.encode()) == 120


def test_no_two_pages_are_one_file():
    assert name_pages(["a/b", "A b", "a_b", "a_b-2"]) == ["a_b", "A_b-2", "a_b-3", "a_b-2-2"]


@given(st.lists(st.text(max_size=200), max_size=8))
def test_every_name_is_safe_and_its_own(texts):
    names = name_pages(texts)
    assert len({name.casefold() for name in names}) == len(texts)
    for name in names:
        assert name
        assert len(name.encode()) < 200
        assert not set(name) & set('/\\:*?"<>|. \x00')
        assert name.isprintable()
